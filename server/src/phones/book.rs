//! Whose number is whose: the telephone book of the pretend telephones.

use std::collections::BTreeMap;

use exchange::{PhoneNumber, PlanRows};
use store::{PlanVersion, Store};

/// Who is reached where, as the plan has it.
#[derive(Debug)]
pub(super) struct Book {
    pub(super) version: PlanVersion,
    /// Codes and names.
    pub(super) regions: Vec<(String, String)>,
    holders: BTreeMap<PhoneNumber, Holder>,
    lines: BTreeMap<PhoneNumber, LineEntry>,
}

/// Whose an outside number is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holder {
    pub(super) name: String,
    /// What they are: "Senator, Illinois".
    pub(super) about: String,
}

/// A number of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineEntry {
    pub(super) name: String,
    /// What it speaks, as BCP 47 writes it.
    pub(super) language: &'static str,
}

impl Book {
    pub(super) async fn read(store: &Store) -> Result<Self, store::Error> {
        let (version, rows) = store.plan().await?;
        Ok(Self::of(version, &rows))
    }

    fn of(version: PlanVersion, rows: &PlanRows) -> Self {
        let names: BTreeMap<_, _> = rows
            .regions
            .iter()
            .map(|region| (&region.code, region.name.as_str()))
            .collect();
        let offices = rows.offices.iter().map(|office| {
            let region = office.region.as_ref().and_then(|code| names.get(code));
            let about = match region {
                Some(region) => format!("{}, {region}", office.title),
                None => office.title.clone(),
            };
            let name = office.name.clone();
            (office.phone.clone(), Holder { name, about })
        });
        let people = rows.lines.iter().filter_map(|line| {
            let holder = Holder {
                name: format!("A person of {}", line.name),
                about: String::new(),
            };
            Some((line.person.clone()?, holder))
        });
        let lines = rows.lines.iter().filter_map(|line| {
            let entry = LineEntry {
                name: line.name.clone(),
                language: line.language.tag(),
            };
            Some((line.number.clone()?, entry))
        });
        let mut regions: Vec<_> = rows
            .regions
            .iter()
            .map(|region| (region.code.as_str().to_owned(), region.name.clone()))
            .collect();
        regions.sort_by(|(_, one), (_, other)| one.cmp(other));
        Self {
            version,
            holders: offices.chain(people).collect(),
            lines: lines.collect(),
            regions,
        }
    }

    /// Whose an outside number is.
    pub(super) fn holder(&self, number: &str) -> Option<&Holder> {
        self.holders.get(&PhoneNumber::parse(number).ok()?)
    }

    /// Which line a number is.
    pub(super) fn line(&self, number: &str) -> Option<&LineEntry> {
        self.lines.get(&PhoneNumber::parse(number).ok()?)
    }

    /// Every outside number with whose it is, by name.
    pub(super) fn offices(&self) -> Vec<(String, String)> {
        let mut offices: Vec<_> = self
            .holders
            .iter()
            .map(|(number, holder)| {
                let about = if holder.about.is_empty() {
                    holder.name.clone()
                } else {
                    format!("{} · {}", holder.name, holder.about)
                };
                (number.as_str().to_owned(), about)
            })
            .collect();
        offices.sort_by(|(_, one), (_, other)| one.cmp(other));
        offices
    }
}

/// A number as people read it; what is no number is told in words.
pub(super) fn shown(number: &str) -> String {
    match twilio::Party::parse(number) {
        twilio::Party::Withheld(_) => "Number withheld".to_owned(),
        twilio::Party::Number(_)
        | twilio::Party::Client(_)
        | twilio::Party::Sip(_)
        | twilio::Party::Other(_) => {
            PhoneNumber::parse(number).map_or_else(|_| number.to_owned(), |n| n.formatted())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds;

    #[test]
    fn the_seeds_book_knows_lines_senators_and_planets() {
        let book = Book::of(PlanVersion(1), &seeds::rows().unwrap());

        let holder = |number| book.holder(number).map(|holder| holder.about.as_str());
        assert_eq!(holder("+12022243004"), Some("Senator, Alaska"));
        assert_eq!(holder("+12025550142"), Some("Planet"));
        assert_eq!(holder("+12025550100"), None);
        assert_eq!(book.line("+12025550102").unwrap().language, "es-US");
        assert!(book.offices().len() > 100);
        assert!(
            book.regions
                .contains(&("IL".to_owned(), "Illinois".to_owned()))
        );
    }

    #[test]
    fn numbers_and_words_are_shown_for_people() {
        assert_eq!(shown("+12022246665"), "+1 (202) 224-6665");
        assert_eq!(shown("anonymous"), "Number withheld");
        assert_eq!(shown("client:ana"), "client:ana");
    }
}
