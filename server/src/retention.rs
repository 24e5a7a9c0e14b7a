//! How long things are kept: what admins say of it, the work of removing what is older, and erasing one caller.

mod sweep;

use desk::retention::{EraseForm, KeepForm, KeptRow, NamedIn, RetentionView, TracesView};
use desk::{DeskError, FieldError};
use exchange::{LineKind, Moment, PhoneNumber, Plan};
use store::{Audited, Erased, Keepable, KeptFor};

use crate::chain::chain;
use crate::roster::phone;
use crate::state::AppState;

pub use sweep::{run, sweep};

const DAY_MS: i64 = 24 * 60 * 60_000;

/// A century: whoever means longer means for ever.
const MOST_DAYS: i64 = 36_500;

/// The days that are suggested, as a new installation has them.
const fn usual(what: Keepable) -> i64 {
    match what {
        Keepable::Calls => 730,
        Keepable::Numbers => 180,
        Keepable::Recordings => 90,
        Keepable::Inbox => 365,
        Keepable::Audit => 1_095,
    }
}

/// What is older than so many days.
const fn before(now: Moment, days: i64) -> Moment {
    Moment(now.0.saturating_sub(days.saturating_mul(DAY_MS)))
}

/// How long each kind of thing is kept, and what is older.
pub(crate) async fn view(state: &AppState) -> Result<RetentionView, DeskError> {
    let store = &state.store;
    let now = state.clock.now();
    let mut rows = Vec::new();
    for KeptFor { what, days } in store.kept_for().await.map_err(broken)? {
        let due = match days {
            Some(days) => store.count_old(what, before(now, days)).await,
            None => Ok(0),
        };
        let usual_due = store.count_old(what, before(now, usual(what))).await;
        rows.push(KeptRow {
            what: what.word().to_owned(),
            days,
            usual: usual(what),
            due: due.map_err(broken)?,
            usual_due: usual_due.map_err(broken)?,
        });
    }
    let oldest = store.oldest_call().await.map_err(broken)?;
    Ok(RetentionView {
        rows,
        removals: store.count_removals().await.map_err(broken)?,
        oldest_ms: oldest.map(|at| at.0),
    })
}

/// Says how long each kind of thing is kept.
pub(crate) async fn keep(state: &AppState, by: &str, form: &KeepForm) -> Result<(), DeskError> {
    let mut errors = Vec::new();
    let mut kept = Vec::new();
    for (what, (field, text)) in Keepable::ALL.into_iter().zip(form.fields()) {
        match days(text) {
            Some(days) => kept.push(KeptFor { what, days }),
            None => errors.push(FieldError::new(
                field,
                "Enter a whole number of days, at least one; leave it empty to keep this for ever.",
            )),
        }
    }
    if !errors.is_empty() {
        return Err(DeskError::Invalid(errors));
    }
    let words: Vec<String> = kept
        .iter()
        .map(|kept| match kept.days {
            Some(days) => format!("{} {days} days", kept.what.word()),
            None => format!("{} for ever", kept.what.word()),
        })
        .collect();
    let line = Audited {
        at: state.clock.now(),
        by: by.to_owned(),
        about: "retention".to_owned(),
        what: format!("Said how long things are kept: {}.", words.join(", ")),
    };
    state.store.keep_for(&kept, &line).await.map_err(broken)
}

/// Days as they are typed; for ever where nothing is.
fn days(text: &str) -> Option<Option<i64>> {
    match text.trim() {
        "" => Some(None),
        text => {
            let days = text.parse::<i64>().ok();
            days.filter(|days| (1..=MOST_DAYS).contains(days)).map(Some)
        }
    }
}

/// What is known of the caller with a number.
pub(crate) async fn traces(state: &AppState, number: &str) -> Result<TracesView, DeskError> {
    let number = callers(state, number)?;
    let traces = state.store.traces(&number).await.map_err(broken)?;
    Ok(TracesView {
        number: number.formatted(),
        calls: traces.calls,
        mentions: traces.mentions,
        recordings: traces.recordings,
        inbox: traces.inbox,
        stays: traces.stays,
        is_live: traces.is_live,
        named: named_in(&state.plans.current().1, &number),
    })
}

/// The lines whose settings name a number. They say who may do what on a line, so they are changed there and not by erasing.
fn named_in(plan: &Plan, number: &PhoneNumber) -> Vec<NamedIn> {
    let mut named = Vec::new();
    for line in plan.lines() {
        let moderates = match &line.kind {
            LineKind::Conference(settings) => settings.is_moderated_by(number),
            LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Support(_) => false,
        };
        let answers = line.person.as_ref() == Some(number);
        let roles = [("moderator", moderates), ("person", answers)];
        let roles = roles.into_iter().filter(|(_, is_so)| *is_so);
        named.extend(roles.map(|(role, _)| NamedIn {
            line: line.id.to_string(),
            name: line.name.clone(),
            role: role.to_owned(),
        }));
    }
    named
}

/// Erases the caller with a number. The audit says that it was done, and not of whom.
pub(crate) async fn erase(state: &AppState, by: &str, form: &EraseForm) -> Result<(), DeskError> {
    let number = callers(state, &form.number)?;
    if form.sure != "yes" {
        return Err(DeskError::Refused(
            "Look at what is there first, and say that you are sure.".to_owned(),
        ));
    }
    let line = Audited {
        at: state.clock.now(),
        by: by.to_owned(),
        about: "retention".to_owned(),
        what: "Erased a caller.".to_owned(),
    };
    let erased = state.store.erase(&number, state.clock.now(), &line).await;
    match erased.map_err(broken)? {
        Erased::Done(_) => Ok(()),
        Erased::Live => Err(DeskError::Refused(
            "They are in a call at this moment. Erase them when it is over.".to_owned(),
        )),
    }
}

/// A caller's number as it was typed. What lines and offices are called by is no caller's: calls would lose where they went.
fn callers(state: &AppState, text: &str) -> Result<PhoneNumber, DeskError> {
    let wrong = |words: &str| DeskError::Invalid(vec![FieldError::new("number", words)]);
    let number = phone::read(text)
        .map_err(|_| wrong("Write the number like (202) 224-6665 or +442079460123."))?;
    let (_, plan) = state.plans.current();
    match whose(&plan, &number) {
        Some(whose) => Err(wrong(&format!(
            "This is the number of {whose}, and no caller's."
        ))),
        None => Ok(number),
    }
}

/// The line or the office that a number is of.
fn whose(plan: &Plan, number: &PhoneNumber) -> Option<String> {
    let line = plan.line_of_number(number);
    let line = line.map(|line| format!("the line {:?}", line.name));
    line.or_else(|| {
        let office = plan.office_of_number(number)?;
        Some(format!("the office {:?}", office.name))
    })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what `map_err` hands over"
)]
fn broken(error: store::Error) -> DeskError {
    tracing::error!(
        error = chain(&error),
        "what is kept could not be read or written"
    );
    DeskError::Internal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole_and_nothing_means_for_ever() {
        assert_eq!(days(" 90 "), Some(Some(90)));
        assert_eq!(days(" "), Some(None));
        for wrong in ["0", "-1", "1.5", "ninety", "36501"] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }
}
