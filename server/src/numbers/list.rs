//! The account's numbers as the page and the command show them.

use std::collections::BTreeMap;

use desk::setup::{NumberPast, NumberView};
use exchange::PhoneNumber;
use store::NumberChange;
use twilio::rest::NumberResource;

use super::{Aim, Bearings, Pointing};

/// The numbers, by number.
pub(crate) fn views(
    numbers: &[NumberResource],
    changes: &BTreeMap<String, NumberChange>,
    bearings: Bearings<'_>,
) -> Vec<NumberView> {
    let mut views: Vec<_> = numbers
        .iter()
        .map(|number| view(number, changes.get(number.sid.as_str()), bearings))
        .collect();
    views.sort_by(|one, other| one.number.cmp(&other.number));
    views
}

fn view(
    number: &NumberResource,
    change: Option<&NumberChange>,
    bearings: Bearings<'_>,
) -> NumberView {
    let pointing = Pointing::of(number);
    let mut judged = bearings.judge(number);
    let phone = number
        .phone_number
        .as_ref()
        .map_or("", |phone| phone.as_str());
    let shown =
        PhoneNumber::parse(phone).map_or_else(|_| phone.to_owned(), |phone| phone.formatted());
    let name = number.friendly_name.clone().unwrap_or_default();
    let is_named = digits(&name) != digits(phone);
    let pointed = change.filter(|change| !change.line.is_empty());
    let (past, moved) = match pointed {
        Some(change) if Pointing::read(&change.after) == pointing => (Some(change), None),
        Some(change) => (None, Some(change)),
        None => (None, None),
    };
    if let Some(change) = moved {
        judged.faults.push(format!(
            "{} pointed it at the line {}; it was changed at Twilio since.",
            change.by, change.line
        ));
    }
    let line = match &judged.aim {
        Aim::Line(id) => Some(id),
        Aim::Route(_)
        | Aim::Lost(_)
        | Aim::Elsewhere(_)
        | Aim::Trunk(_)
        | Aim::Application(_)
        | Aim::Nowhere => judged.claimed_by.as_ref(),
    };
    NumberView {
        sid: number.sid.to_string(),
        number: phone.to_owned(),
        shown,
        name: if is_named { name } else { String::new() },
        state: judged.state,
        points: bearings.words(&judged.aim),
        line: line.map(ToString::to_string),
        clears: pointing.beaten_by(),
        fallback: kept_fallback(&pointing, bearings).to_owned(),
        seen: pointing.mark(),
        past: past.map(|change| NumberPast {
            before: bearings.words(&bearings.aim(&Pointing::read(&change.before))),
            by: change.by.clone(),
            at_ms: change.at.0,
            version: change.version,
        }),
        faults: judged.faults,
    }
}

/// The fallback that a number keeps when it is pointed at a line: one made for that at Twilio. Another program's would
/// answer our callers in its own way.
pub(super) fn kept_fallback<'p>(pointing: &'p Pointing, bearings: Bearings<'_>) -> &'p str {
    let url = pointing.fallback_url.as_str();
    let is_at_twilio = url.starts_with("https://handler.twilio.com/");
    let leads_here = matches!(bearings.aim(pointing), Aim::Line(_) | Aim::Route(_));
    if is_at_twilio || (leads_here && bearings.ours(url).is_none()) {
        url
    } else {
        ""
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
