//! What somebody should look at in a directory.

use std::collections::{BTreeMap, BTreeSet};

use exchange::menu::{Draft, Fault, What, check};
use exchange::{
    DialRules, DirectoryId, Menu, Office, OfficeId, PhoneNumber, Plan, Visit, VisitOutcome, Whom,
};
use jiff::civil::Date;

use super::Known;
use crate::roster::{phone, unusual_counts};

/// How many attempts in a row have to fail before it is said.
const STREAK: usize = 3;

/// What is remarkable about a directory, whoever calls: as a whole, and office by office.
#[derive(Debug)]
pub(super) struct Standing {
    /// About the whole, in whole sentences.
    whole: Vec<String>,
    /// About offices.
    offices: BTreeMap<OfficeId, Vec<String>>,
}

impl Standing {
    /// Looks through a directory.
    pub(super) fn of(known: &Known, plan: &Plan) -> Self {
        let offices = &known.kept.offices;
        let mut holders: BTreeMap<PhoneNumber, Vec<&Office>> = BTreeMap::new();
        for office in offices {
            for number in office.numbers() {
                holders.entry(number).or_default().push(office);
            }
        }
        let mut by_office: BTreeMap<OfficeId, Vec<String>> = BTreeMap::new();
        for office in offices {
            let mut found = Vec::new();
            for number in office.numbers() {
                found.extend(invalid(&number));
                found.extend(shared(office, &number, &holders));
            }
            found.extend(unreadable_numbers(office));
            found.extend(term_over(office, known.today));
            if !found.is_empty() {
                by_office.insert(office.id.clone(), found);
            }
        }
        let mut whole = unusual_counts(&offices.iter().collect::<Vec<_>>(), known.ground());
        whole.extend(of_menus(plan, known.id()));
        Self {
            whole,
            offices: by_office,
        }
    }
}

/// The same, with what the latest calls met.
pub(super) struct Warnings<'a> {
    standing: &'a Standing,
    failing: BTreeMap<OfficeId, String>,
}

impl<'a> Warnings<'a> {
    /// Of a directory; `visits` are the latest attempts to reach anybody.
    pub(super) fn of(standing: &'a Standing, id: &DirectoryId, visits: &[Visit]) -> Self {
        Self {
            standing,
            failing: failing(id, visits),
        }
    }

    /// What is remarkable about an office.
    pub(super) fn about(&self, office: &Office) -> impl Iterator<Item = &str> {
        let standing = self.standing.offices.get(&office.id).into_iter().flatten();
        let all = standing.chain(self.failing.get(&office.id));
        all.map(String::as_str)
    }

    /// The first of all, each office's under its name, and how many there are besides.
    pub(super) fn first(&self, offices: &[Office], most: usize) -> (Vec<String>, usize) {
        let of_whole = self.standing.whole.iter();
        let of_whole = of_whole.map(|words| (None, words.as_str()));
        let of_offices = offices
            .iter()
            .flat_map(|office| self.about(office).map(move |words| (Some(office), words)));
        let mut all = of_whole.chain(of_offices);
        let first = all.by_ref().take(most).map(|(office, words)| match office {
            Some(office) => format!("{}: {words}", office.name),
            None => words.to_owned(),
        });
        let first = first.collect();
        (first, all.count())
    }
}

/// What is wrong with the list for live menus that read it out: it was right when they went live.
fn of_menus(plan: &Plan, id: &DirectoryId) -> BTreeSet<String> {
    let of_menu = |menu: &Menu| {
        let faults = check(&menu.id, &Draft::of(menu), plan).into_iter();
        let faults = faults.filter(|fault| is_of_list(&fault.what, id));
        let words = |fault: Fault| format!("The menu “{}” reads it out. {}", menu.name, fault.what);
        faults.map(words).collect::<Vec<_>>()
    };
    plan.menus().flat_map(of_menu).collect()
}

fn is_of_list(what: &What, id: &DirectoryId) -> bool {
    if let What::EmptyList { list } | What::LongList { list, .. } | What::ListKey { list, .. } =
        what
    {
        list == id.as_str()
    } else {
        false
    }
}

fn invalid(number: &PhoneNumber) -> Option<String> {
    let shown = number.formatted();
    if let Err(reason) = phone::read(number.as_str()) {
        return Some(format!("{shown} is not valid: {reason}."));
    }
    let refusal = DialRules::default().check(number).err()?;
    Some(format!(
        "{shown} is not dialled unless a line allows it: {refusal}."
    ))
}

fn shared(
    office: &Office,
    number: &PhoneNumber,
    holders: &BTreeMap<PhoneNumber, Vec<&Office>>,
) -> Option<String> {
    let others: Vec<&str> = holders
        .get(number)?
        .iter()
        .filter(|other| other.id != office.id)
        .map(|other| other.name.as_str())
        .collect();
    match others.as_slice() {
        [] => None,
        [other] => Some(format!(
            "{} is also the number of {other}.",
            number.formatted()
        )),
        [other, rest @ ..] => Some(format!(
            "{} is also the number of {other} and {} more.",
            number.formatted(),
            rest.len()
        )),
    }
}

fn unreadable_numbers(office: &Office) -> Option<String> {
    let texts = Office::FURTHER
        .into_iter()
        .filter_map(|key| office.details.get(key));
    texts
        .filter(|text| PhoneNumber::parse(text).is_err())
        .map(|text| format!("{text:?} is no number; it is not called."))
        .next()
}

fn term_over(office: &Office, today: Date) -> Option<String> {
    let end = office.details.get("term_end")?;
    let day: Date = end.parse().ok()?;
    (day < today).then(|| format!("The term ended on {end}."))
}

/// The offices of a directory that were not reached several times in a row, and the words for it.
fn failing(directory: &DirectoryId, visits: &[Visit]) -> BTreeMap<OfficeId, String> {
    let mut latest_first: Vec<&Visit> = visits.iter().collect();
    latest_first.sort_by_key(|visit| std::cmp::Reverse(visit.began));
    let mut outcomes: BTreeMap<&OfficeId, Vec<&VisitOutcome>> = BTreeMap::new();
    for visit in latest_first {
        if let Whom::Office { directory: of, id } = &visit.whom
            && of == directory
            && let Some(outcome) = &visit.outcome
        {
            outcomes.entry(id).or_default().push(outcome);
        }
    }
    outcomes
        .into_iter()
        .filter_map(|(id, outcomes)| Some((id.clone(), streak(&outcomes)?)))
        .collect()
}

/// The words for attempts that failed in a row, the latest first.
fn streak(outcomes: &[&VisitOutcome]) -> Option<String> {
    let mut failed = Vec::new();
    for outcome in outcomes {
        match outcome {
            VisitOutcome::Talked(_) => break,
            VisitOutcome::Canceled | VisitOutcome::NotReported => {}
            VisitOutcome::NotConnected
            | VisitOutcome::Busy
            | VisitOutcome::NoAnswer
            | VisitOutcome::Failed
            | VisitOutcome::NotAllowed(_)
            | VisitOutcome::Other(_) => failed.push(*outcome),
        }
    }
    let latest = failed.first().filter(|_| failed.len() >= STREAK)?;
    Some(format!(
        "The last {} calls did not get through; the latest: {}.",
        failed.len(),
        latest.sentence()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_a_live_menu_reads_out_is_not_empty_and_not_too_long() {
        let planets = DirectoryId::parse("planets").expect("an id");
        let rows = crate::seeds::rows().expect("the seeds");
        let said = |change: &dyn Fn(&mut Vec<Office>)| {
            let mut rows = rows.clone();
            change(&mut rows.offices);
            let plan = Plan::new(rows).expect("a plan");
            let said = of_menus(&plan, &planets).into_iter();
            said.collect::<String>()
        };
        let is_planet = |office: &Office| office.directory == planets;

        let seeded = said(&|_| ());
        let empty = said(&|offices| offices.retain(|office| !is_planet(office)));
        let long = said(&|offices| {
            let planet = offices.iter().find(|office| is_planet(office));
            let planet = planet.expect("a planet").clone();
            for n in 10..20 {
                let id = OfficeId::parse(&format!("moon-{n}")).expect("an id");
                offices.push(Office {
                    id,
                    position: n,
                    ..planet.clone()
                });
            }
        });

        assert_eq!(seeded, "");
        assert!(empty.contains("reads it out. "), "{empty}");
        assert!(
            long.contains("callers choose one by the keys 1 to 9"),
            "{long}"
        );
    }

    #[test]
    fn several_failures_in_a_row_are_said() {
        let (talked, busy, cancelled) = (
            VisitOutcome::Talked(9),
            VisitOutcome::Busy,
            VisitOutcome::Canceled,
        );

        assert_eq!(streak(&[&busy, &busy, &talked, &busy]), None);
        assert_eq!(streak(&[&talked, &busy, &busy, &busy]), None);
        assert_eq!(
            streak(&[&busy, &cancelled, &busy, &busy, &talked]).as_deref(),
            Some("The last 3 calls did not get through; the latest: busy.")
        );
    }
}
