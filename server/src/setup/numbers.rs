//! Where the account's numbers point, and who answers when this server does not.

use desk::setup::{Check, CheckId, CheckState};
use exchange::{Line, Plan};
use twilio::rest::NumberResource;

use super::{Ground, documents};
use crate::numbers::{Aim, Bearings, Judged, Pointing, of_account};

/// Where the account's numbers point.
pub(super) async fn numbers(ground: &Ground) -> Check {
    let id = CheckId::Numbers;
    let (numbers, plan) = match known(ground, id).await {
        Ok(known) => known,
        Err(check) => return *check,
    };
    let bearings = Bearings {
        web: &ground.config.web,
        plan: &plan,
    };
    let judged: Vec<(&NumberResource, Judged)> = numbers
        .iter()
        .map(|number| (number, bearings.judge(number)))
        .collect();
    let mut details: Vec<String> = judged
        .iter()
        .map(|(number, judged)| {
            let points = bearings.words(&judged.aim);
            let faults: String = judged
                .faults
                .iter()
                .map(|fault| format!(" {fault}"))
                .collect();
            format!("{} points at {points}.{faults}", shown(number))
        })
        .collect();
    let strangers = strangers(&plan, &numbers);
    details.extend(strangers.iter().map(|line| {
        let number = line.number.as_ref().map(exchange::PhoneNumber::formatted);
        format!(
            "The line “{}” says that it has {}, which the account does not have.",
            line.name,
            number.unwrap_or_default()
        )
    }));
    let here = judged
        .iter()
        .filter(|(_, judged)| leads_here(&judged.aim))
        .count();
    let wrong = judged
        .iter()
        .filter(|(_, judged)| judged.state == CheckState::Wrong)
        .count();
    let unwell = judged
        .iter()
        .filter(|(_, judged)| judged.state == CheckState::Warning)
        .count();
    let led = led(here, numbers.len());
    let point = "Point them here: on /setup, or by `switchboard numbers point NUMBER LINE`.";
    let check = if numbers.is_empty() {
        Check::new(
            id,
            CheckState::Wrong,
            "The account has no number: nobody can call.",
        )
        .and("Buy one in Twilio's console, one that can speak (“Voice”), and check again.")
    } else if here == 0 {
        Check::new(
            id,
            CheckState::Wrong,
            "None of the account's numbers leads here: nobody's call arrives.",
        )
        .and(point)
    } else if wrong > 0 {
        Check::new(
            id,
            CheckState::Wrong,
            format!("{led}; {wrong} should and do not."),
        )
        .and(point)
    } else if unwell > 0 || !strangers.is_empty() {
        Check::new(
            id,
            CheckState::Warning,
            format!("{led}, and not everything is as it should be."),
        )
        .and(format!("{point} Pointing one anew sets everything."))
    } else {
        Check::good(id, format!("{led}."))
    };
    check.with(details)
}

/// Who answers when this server does not.
pub(super) async fn fallback(ground: &Ground) -> Check {
    let id = CheckId::Fallback;
    let (numbers, plan) = match known(ground, id).await {
        Ok(known) => known,
        Err(check) => return *check,
    };
    let bearings = Bearings {
        web: &ground.config.web,
        plan: &plan,
    };
    let ours = numbers.iter().map(|number| (number, Pointing::of(number)));
    let ours: Vec<_> = ours
        .filter(|(_, pointing)| leads_here(&bearings.aim(pointing)))
        .collect();
    if ours.is_empty() {
        return Check::new(
            id,
            CheckState::Unknown,
            "No number leads here yet, so nobody can say what answers instead.",
        )
        .and("Point a number at a line first.");
    }
    let alone: Vec<String> = ours
        .iter()
        .filter(|(_, pointing)| {
            pointing.fallback_url.is_empty() || bearings.is_our_host(&pointing.fallback_url)
        })
        .map(|(number, pointing)| match pointing.fallback_url.as_str() {
            "" => format!("{} has no fallback.", shown(number)),
            _ => format!("The fallback of {} is on this server.", shown(number)),
        })
        .collect();
    if alone.is_empty() {
        return Check::good(
            id,
            "Every number that leads here has a fallback on another host.",
        );
    }
    let mut check = Check::new(
        id,
        CheckState::Warning,
        "When this server cannot be reached at all, callers of some numbers hear Twilio's own error and not our words.",
    )
    .and("In Twilio's console make a TwiML Bin of the document below, in the language of the line, and give its address as the fallback when you point the number.")
    .with(alone);
    check.documents = documents::fallbacks(&plan, &ground.urls);
    check
}

/// The numbers and the plan, or the check that comes to nothing without them.
async fn known(
    ground: &Ground,
    id: CheckId,
) -> Result<(Vec<NumberResource>, std::sync::Arc<Plan>), Box<Check>> {
    let numbers = of_account(ground).await;
    let numbers = numbers.map_err(|unasked| Box::new(unasked.unknown(id)))?;
    let plan = ground.plan().await.ok_or_else(|| {
        let check = Check::new(
            id,
            CheckState::Unknown,
            "The lines are not known, since the database does not tell them.",
        );
        Box::new(check.and("See the check of the database."))
    })?;
    Ok((numbers, plan))
}

/// The lines whose number the account does not have.
fn strangers<'p>(plan: &'p Plan, numbers: &[NumberResource]) -> Vec<&'p Line> {
    let has = |line: &&Line| {
        line.number.as_ref().is_some_and(|own| {
            let mut phones = numbers
                .iter()
                .filter_map(|number| number.phone_number.as_ref());
            !phones.any(|phone| phone.as_str() == own.as_str())
        })
    };
    plan.lines().filter(has).collect()
}

fn leads_here(aim: &Aim) -> bool {
    match aim {
        Aim::Line(_) | Aim::Route(_) => true,
        Aim::Lost(_) | Aim::Elsewhere(_) | Aim::Trunk(_) | Aim::Application(_) | Aim::Nowhere => {
            false
        }
    }
}

/// How many numbers lead here, as the beginning of a sentence.
fn led(here: usize, all: usize) -> String {
    match (here, all) {
        (1, 1) => "The account's one number leads here".to_owned(),
        (1, all) => format!("One of {all} numbers leads here"),
        (here, all) => format!("{here} of {all} numbers lead here"),
    }
}

fn shown(number: &NumberResource) -> String {
    let phone = number
        .phone_number
        .as_ref()
        .map_or("", |phone| phone.as_str());
    exchange::PhoneNumber::parse(phone).map_or_else(|_| phone.to_owned(), |phone| phone.formatted())
}
