//! The account's numbers as the page and the command show them.

use std::collections::BTreeMap;

use desk::setup::{NumberPast, NumberView};
use exchange::PhoneNumber;
use store::NumberChange;
use twilio::rest::NumberResource;

use super::way::Hop;
use super::{Aim, Bearings, Pointing, Way};

/// The numbers, by number.
pub(crate) fn views(
    numbers: &[NumberResource],
    changes: &BTreeMap<String, Vec<NumberChange>>,
    bearings: Bearings<'_>,
) -> Vec<NumberView> {
    let of = |number: &NumberResource| {
        let changes = changes.get(number.sid.as_str());
        changes.map(Vec::as_slice).unwrap_or_default()
    };
    let mut views: Vec<_> = numbers
        .iter()
        .map(|number| view(number, of(number), bearings))
        .collect();
    views.sort_by(|one, other| one.number.cmp(&other.number));
    views
}

fn view(number: &NumberResource, changes: &[NumberChange], bearings: Bearings<'_>) -> NumberView {
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
    let way = Way::of(changes, &pointing);
    if let Some(hop) = way.left() {
        judged.faults.push(left(hop, &way, bearings));
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
        past: way.last().map(|hop| NumberPast {
            before: bearings.words(&bearings.aim(&hop.before)),
            first: first(&way, bearings),
            by: hop.by.clone(),
            at_ms: hop.at.0,
            version: hop.version,
        }),
        faults: judged.faults,
    }
}

/// That a number was pointed elsewhere at the carrier, and what it pointed at before us.
fn left(hop: &Hop, way: &Way, bearings: Bearings<'_>) -> String {
    let Hop { by, line, .. } = hop;
    let before = bearings.words(&bearings.aim(way.first().unwrap_or(&hop.before)));
    let what = if hop.is_sure {
        format!("{by} pointed it at the line {line}; it was changed at Twilio since.")
    } else {
        format!("{by} was pointing it at the line {line}; whether Twilio did so is not known.")
    };
    format!("{what} Before us, it pointed at {before}.")
}

/// What a number pointed at before anything of ours, where that is further back than one step.
fn first(way: &Way, bearings: Bearings<'_>) -> Option<String> {
    let first = way.first()?;
    Some(bearings.words(&bearings.aim(first)))
}

/// The fallback that a number keeps when it is pointed at a line: one made for that at Twilio. Another program's would
/// answer our callers in its own way.
pub(super) fn kept_fallback<'p>(pointing: &'p Pointing, bearings: Bearings<'_>) -> &'p str {
    let url = pointing.fallback_url.as_str();
    let is_at_twilio = url.starts_with("https://handler.twilio.com/");
    let leads_here = matches!(bearings.aim(pointing), Aim::Line(_) | Aim::Route(_));
    if is_at_twilio || (leads_here && !bearings.is_our_host(url)) {
        url
    } else {
        ""
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
