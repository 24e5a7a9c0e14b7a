//! Pointing a number at a line, and putting back what it pointed at.
//!
//! What is about to be done is written down first, under the number's next version: of two who do it at once the second
//! is told, and a process that dies on the way leaves behind what the number pointed at.

use std::collections::BTreeMap;

use desk::FieldError;
use desk::setup::{PointForm, PutBackForm};
use exchange::{Line, LineId, PhoneNumber, Plan, PlanEdit};
use http::Uri;
use store::{Audited, NumberChange, PlanEditing};
use twilio::NumberSid;
use twilio::rest::{Client, Error, NumberResource};

use super::list::kept_fallback;
use super::{Aim, Bearings, Hands, NotDone, Pointing, Way, of_account};
use crate::setup::{Unasked, within};

/// How often the line's own number is decided again because somebody else changed the plan meanwhile.
const TRIES: u32 = 5;

/// Points a number at a line; gives what was done, in words. An empty mark of how it was seen is no mark.
///
/// # Errors
/// [`NotDone`].
pub(crate) async fn point(hands: &Hands<'_>, form: &PointForm) -> Result<String, NotDone> {
    let plan = hands.plan().await?;
    let line = LineId::parse(&form.line).ok().and_then(|id| plan.line(&id));
    let line = line.ok_or_else(|| wrong("line", "Choose a line."))?;
    let client = hands.client()?;
    let changes = hands.store.number_changes().await?;
    let number = fetch(hands, &client, &form.number).await?;
    let before = Pointing::of(&number);
    let bearings = Bearings {
        web: &hands.ground.config.web,
        plan: &plan,
    };
    if !form.seen.is_empty() && form.seen != before.mark() {
        return Err(meanwhile(&bearings.words(&bearings.aim(&before))));
    }
    let fallback = match form.fallback.trim() {
        "" => hands.ground.urls.fallback(),
        url if is_https(url) => url.to_owned(),
        _ => {
            return Err(wrong(
                "fallback",
                "Write an https address, such as that of a TwiML Bin, or leave it empty.",
            ));
        }
    };
    let after = Pointing {
        voice_url: hands.ground.urls.line(&line.id),
        voice_method: "POST".to_owned(),
        fallback_url: fallback,
        fallback_method: "POST".to_owned(),
        status_callback: hands.ground.urls.call_status(),
        status_method: "POST".to_owned(),
        application: String::new(),
        trunk: String::new(),
    };
    let phone = shown(&number);
    if before == after {
        let recorded = record(hands, line, &number).await?;
        return Ok(format!(
            "{phone} points at “{}” already.{recorded}",
            line.name
        ));
    }
    let change = change(
        hands,
        &number,
        &changes,
        (line.id.as_str(), &before, &after),
    )?;
    let was = bearings.words(&bearings.aim(&before));
    let audit = format!(
        "Pointed {phone} at the line {}; it pointed at {was}.",
        line.id
    );
    carry_out(hands, &client, &number, &change, &after, audit).await?;
    let recorded = record(hands, line, &number).await?;
    Ok(format!(
        "{phone} points at “{}” from its next call on; before, it pointed at {was}.{recorded}",
        line.name
    ))
}

/// The form by which the command line points a number, with the fallback that the number keeps.
pub(crate) fn form_of(number: &NumberResource, line: &str, bearings: Bearings<'_>) -> PointForm {
    let pointing = Pointing::of(number);
    PointForm {
        number: number.sid.to_string(),
        line: line.to_owned(),
        fallback: kept_fallback(&pointing, bearings).to_owned(),
        seen: pointing.mark(),
    }
}

/// Puts back what a number pointed at; gives what was done, in words.
///
/// # Errors
/// [`NotDone`].
pub(crate) async fn put_back(hands: &Hands<'_>, form: &PutBackForm) -> Result<String, NotDone> {
    let plan = hands.plan().await?;
    let client = hands.client()?;
    let changes = hands.store.number_changes().await?;
    let number = fetch(hands, &client, &form.number).await?;
    let bearings = Bearings {
        web: &hands.ground.config.web,
        plan: &plan,
    };
    let now = Pointing::of(&number);
    let way = Way::of(of(&changes, &form.number), &now);
    if way.last().is_none() && way.left().is_none() {
        let nothing = "There is nothing to put back at this number.";
        return Err(NotDone::Refused(nothing.to_owned()));
    }
    let Some(last) = way.last().filter(|last| last.version == form.version) else {
        return Err(meanwhile(&bearings.words(&bearings.aim(&now))));
    };
    let after = last.before.clone();
    let change = change(hands, &number, &changes, ("", &now, &after))?;
    let (phone, again) = (shown(&number), bearings.words(&bearings.aim(&after)));
    let audit = format!("Put {phone} back: it points at {again} again.");
    carry_out(hands, &client, &number, &change, &after, audit).await?;
    let leads_back = matches!(bearings.aim(&after), Aim::Line(id) if id.as_str() == last.line);
    let line = LineId::parse(&last.line).ok();
    let line = line.filter(|_| !leads_back).and_then(|id| plan.line(&id));
    let freed = match line {
        Some(line) => forget(hands, line, &number).await?,
        None => String::new(),
    };
    let further = way.last_but_one().map_or_else(String::new, |hop| {
        let before = bearings.words(&bearings.aim(&hop.before));
        format!(" Put back once more, it points at {before}.")
    });
    Ok(format!("{phone} points at {again} again.{freed}{further}"))
}

/// What was done to a number.
fn of<'c>(changes: &'c BTreeMap<String, Vec<NumberChange>>, sid: &str) -> &'c [NumberChange] {
    changes.get(sid).map(Vec::as_slice).unwrap_or_default()
}

async fn fetch(hands: &Hands<'_>, client: &Client, sid: &str) -> Result<NumberResource, NotDone> {
    let sid = NumberSid::parse(sid).map_err(|_| wrong("number", "Choose a number."))?;
    let fetched = within(hands.ground.outside.patience, client.fetch_number(&sid)).await;
    fetched.map_err(|unasked| match unasked.status() {
        Some(404) => NotDone::Refused("The account does not have this number any more.".to_owned()),
        Some(_) | None => unasked.into(),
    })
}

fn change(
    hands: &Hands<'_>,
    number: &NumberResource,
    changes: &BTreeMap<String, Vec<NumberChange>>,
    (line, before, after): (&str, &Pointing, &Pointing),
) -> Result<NumberChange, NotDone> {
    let last = of(changes, number.sid.as_str()).last();
    let now = hands.ground.clock.now();
    let longest = i64::try_from((hands.ground.outside.patience * 3).as_millis()).unwrap_or(0);
    // What was begun and is not done may be under way; after that time whoever began it has died.
    if last.is_some_and(|last| last.done.is_none() && now.0 - last.at.0 < longest) {
        return Err(at_once());
    }
    let last = last.map_or(0, |last| last.version);
    Ok(NumberChange {
        sid: number.sid.to_string(),
        version: last + 1,
        number: shown(number),
        line: line.to_owned(),
        before: before.text(),
        after: after.text(),
        at: now,
        by: hands.by.to_owned(),
        done: None,
    })
}

fn at_once() -> NotDone {
    NotDone::Refused(
        "Somebody else changes this number at this moment. Look at it again, and decide anew."
            .to_owned(),
    )
}

/// Writes it down, does it, and writes down that it is done. A request that failed on its way may have been obeyed, so
/// the number is looked at again.
async fn carry_out(
    hands: &Hands<'_>,
    client: &Client,
    number: &NumberResource,
    change: &NumberChange,
    after: &Pointing,
    audit: String,
) -> Result<(), NotDone> {
    if !hands.store.begin_number_change(change).await? {
        return Err(at_once());
    }
    let patience = hands.ground.outside.patience;
    let update = after.update();
    let asked = within(patience, client.update_number(&number.sid, &update)).await;
    let stands = match asked {
        Ok(changed) => Ok(Pointing::of(&changed)),
        Err(unasked) if is_told(&unasked) => {
            hands.store.drop_number_change(change).await?;
            return Err(refused(&unasked));
        }
        Err(unasked) => within(patience, client.fetch_number(&number.sid))
            .await
            .map(|looked| Pointing::of(&looked))
            .map_err(|_| unasked),
    };
    match stands {
        Ok(stands) if stands == *after => {
            let line = Audited {
                at: hands.ground.clock.now(),
                by: hands.by.to_owned(),
                about: change.number.clone(),
                what: audit,
            };
            hands
                .store
                .finish_number_change(change, line.at, &line)
                .await?;
            Ok(())
        }
        Ok(stands) if stands == Pointing::read(&change.before) => {
            hands.store.drop_number_change(change).await?;
            Err(NotDone::Refused(
                "Twilio did not do it; the number is as it was. Try again.".to_owned(),
            ))
        }
        Ok(_) => Err(NotDone::Refused(
            "Whether the number was changed is not known: it points neither where it did nor where it was to point. Check again before you decide anew."
                .to_owned(),
        )),
        Err(unasked) => Err(NotDone::Refused(format!(
            "Whether the number was changed is not known: {} Check again before you decide anew.",
            unasked.found()
        ))),
    }
}

/// Whether the carrier said no, so that nothing was done.
fn is_told(unasked: &Unasked) -> bool {
    unasked
        .status()
        .is_some_and(|status| (400..500).contains(&status) && status != 408)
}

fn refused(unasked: &Unasked) -> NotDone {
    if let Unasked::Said(Error::Refused {
        code: Some(code), ..
    }) = unasked
    {
        return NotDone::Refused(format!("Twilio refuses: {}.", code.meaning()));
    }
    NotDone::Refused(unasked.found())
}

/// Writes the number down at its line, when the line has none or one that the account does not have.
async fn record(
    hands: &Hands<'_>,
    line: &Line,
    number: &NumberResource,
) -> Result<String, NotDone> {
    let phone = number.phone_number.as_ref();
    let Some(phone) = phone.and_then(|phone| PhoneNumber::parse(phone.as_str()).ok()) else {
        return Ok(String::new());
    };
    if line.number.as_ref() == Some(&phone) {
        return Ok(String::new());
    }
    let by_hand = format!(
        " The line's own number stays as it is; it is changed at /lines/{}.",
        line.id
    );
    if let Some(own) = &line.number {
        let owned = of_account(hands.ground).await.map(|numbers| {
            let mut owned = numbers
                .iter()
                .filter_map(|number| number.phone_number.as_ref());
            owned.any(|owned| owned.as_str() == own.as_str())
        });
        if owned.unwrap_or(true) {
            return Ok(by_hand);
        }
    }
    let written = renumber(
        hands,
        &line.id,
        Some(&phone),
        "Wrote down its number, which was pointed at it.",
    );
    Ok(if written.await? {
        " It is written down as the line's number.".to_owned()
    } else {
        by_hand
    })
}

/// Takes the number away from the line that it was pointed at.
async fn forget(
    hands: &Hands<'_>,
    line: &Line,
    number: &NumberResource,
) -> Result<String, NotDone> {
    let phone = number.phone_number.as_ref().map(|phone| phone.as_str());
    if line.number.as_ref().map(PhoneNumber::as_str) != phone {
        return Ok(String::new());
    }
    let forgotten = renumber(
        hands,
        &line.id,
        None,
        "Took away its number, which was put back.",
    );
    Ok(if forgotten.await? {
        format!(" “{}” has no number of its own any more.", line.name)
    } else {
        format!(
            " “{}” still says that it has it: change that at /lines/{}.",
            line.name, line.id
        )
    })
}

/// Gives a line a number, or none. `false` where the plan would not bear it.
async fn renumber(
    hands: &Hands<'_>,
    line: &LineId,
    number: Option<&PhoneNumber>,
    audit: &str,
) -> Result<bool, NotDone> {
    for _ in 0..TRIES {
        let (decided_on, rows) = hands.store.plan().await?;
        let Some(found) = rows.lines.iter().find(|found| found.id == *line) else {
            return Ok(false);
        };
        let edit = PlanEdit::PutLine {
            line: Box::new(Line {
                number: number.cloned(),
                ..found.clone()
            }),
        };
        if Plan::new(rows.with(&edit)).is_err() {
            return Ok(false);
        }
        let editing = PlanEditing {
            decided_on,
            edits: &[edit],
            by: hands.by,
            at: hands.ground.clock.now(),
            about: line.as_str(),
            audit,
        };
        if hands.store.edit_plan(&editing).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn meanwhile(points: &str) -> NotDone {
    NotDone::Refused(format!(
        "The number was changed meanwhile: it points at {points}. Look at it again, and decide anew."
    ))
}

fn wrong(field: &str, message: &str) -> NotDone {
    NotDone::Field(FieldError::new(field, message))
}

fn is_https(url: &str) -> bool {
    let uri: Option<Uri> = url.parse().ok();
    uri.is_some_and(|uri| {
        uri.scheme_str() == Some("https") && uri.host().is_some_and(|host| host.contains('.'))
    })
}

fn shown(number: &NumberResource) -> String {
    let phone = number
        .phone_number
        .as_ref()
        .map_or("", |phone| phone.as_str());
    PhoneNumber::parse(phone).map_or_else(|_| phone.to_owned(), |phone| phone.formatted())
}
