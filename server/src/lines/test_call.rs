//! Trying a line: from a pretend telephone, or by calling somebody who is then led to it.

use desk::lines::{TestCallForm, TestState};
use desk::{DeskError, FieldError, PlaceCallForm, SAMPLE_CALLERS};
use exchange::{CallSid, Line, LineId, Moment, PhoneNumber, Reported, Route};
use store::Audited;
use twilio::Party;

use super::broken;
use crate::carrier_api::{NotSaid, Ring};
use crate::chance;
use crate::effects::guard;
use crate::roster::phone;
use crate::state::AppState;

/// How long a call that rings somebody already stands for the same click, in milliseconds.
const SAME_CLICK_MS: i64 = 60_000;

/// Calls the line, and gives the address of the page that shows how it goes.
pub(crate) async fn call(
    state: &AppState,
    by: &str,
    form: &TestCallForm,
) -> Result<String, DeskError> {
    let (_, plan) = state.plans.current();
    let line = LineId::parse(&form.line).ok();
    let line = line.and_then(|id| plan.line(&id));
    let line = line.ok_or(DeskError::NotFound)?;
    let Some(own) = &line.number else {
        let words = "The line has no number yet. Give it one first.";
        return Err(DeskError::Refused(words.to_owned()));
    };
    match &state.phones {
        Some(phones) => {
            let caller = SAMPLE_CALLERS[0].form();
            let sid = phones.place_call(
                state,
                &PlaceCallForm {
                    line: line.id.to_string(),
                    ..caller
                },
            )?;
            Ok(format!("/phones?phone={sid}"))
        }
        None => {
            let to = whom(line, own, &form.to)?;
            let sid = ring(state, by, line, (own, &to)).await?;
            Ok(format!("/lines/{}?test={sid}", line.id))
        }
    }
}

/// Somebody whom the line may dial.
fn whom(line: &Line, own: &PhoneNumber, text: &str) -> Result<PhoneNumber, DeskError> {
    let refuse = |words: String| DeskError::Invalid(vec![FieldError::new("to", words)]);
    let to = phone::read(text).map_err(|_| {
        refuse(
            "Write the number of a telephone at hand, like (202) 224-6665 or +12022246665."
                .to_owned(),
        )
    })?;
    if to == *own {
        let words = "This is the line's own number: it would be busy with itself.";
        return Err(refuse(words.to_owned()));
    }
    match line.dial.check(&to) {
        Ok(()) => Ok(to),
        Err(refusal) => Err(refuse(format!("It is not called: {refusal}."))),
    }
}

/// Rings somebody. Who rings already for the same click is not rung again.
async fn ring(
    state: &AppState,
    by: &str,
    line: &Line,
    (own, to): (&PhoneNumber, &PhoneNumber),
) -> Result<CallSid, DeskError> {
    let now = state.clock.now();
    let since = Moment(now.0 - SAME_CLICK_MS);
    let rings = state.carrier.legs_to(to.as_str(), since).await;
    if let Some(leg) = rings.map_err(|why| refused(&why))?.into_iter().next() {
        return Ok(leg.sid);
    }
    // Until it is answered, it stands in no call of ours.
    let claim = format!("test.{:x}", chance::seed());
    let claimed = guard::claim_ringing(state, &claim, line.dial.ring_seconds).await;
    if !claimed.map_err(|error| broken("claim a leg for a test call", &error))? {
        return Err(DeskError::Refused(guard::full(state)));
    }
    let placed = match write_down(state, by, line).await {
        Ok(()) => place(state, line, (own, to)).await,
        Err(error) => Err(Unplaced::Certainly(error)),
    };
    match placed {
        Ok(sid) => {
            guard::name_claim(state, &claim, &sid).await;
            tracing::info!(call.id = %sid, line.id = %line.id, "a line is tried");
            Ok(sid)
        }
        Err(Unplaced::Certainly(error)) => {
            guard::give_back_unused(state, &claim).await;
            Err(error)
        }
        Err(Unplaced::Perhaps(error)) => Err(error),
    }
}

/// Whether nobody is rung.
enum Unplaced {
    Certainly(DeskError),
    /// The carrier's answer may have been lost: the claim runs out by itself.
    Perhaps(DeskError),
}

/// Takes the account's turn to call, and says by whom: before it is done, so that nobody is rung of whom it is not known.
async fn write_down(state: &AppState, by: &str, line: &Line) -> Result<(), DeskError> {
    let now = state.clock.now();
    let per_second = state.config.guard.calls_per_second;
    let turn = state.store.take_creation_turn(now, per_second).await;
    let turn = turn.map_err(|error| broken("take a turn to call", &error))?;
    if turn.is_some() {
        let words = "The account places as many calls as it bears at this moment. Try again.";
        return Err(DeskError::Refused(words.to_owned()));
    }
    let asked = Audited {
        at: now,
        by: by.to_owned(),
        about: line.id.to_string(),
        what: "Had a telephone rung to try the line.".to_owned(),
    };
    let written = state.store.audit(&asked).await;
    written.map_err(|error| broken("write the audit", &error))
}

async fn place(
    state: &AppState,
    line: &Line,
    (own, to): (&PhoneNumber, &PhoneNumber),
) -> Result<CallSid, Unplaced> {
    let document = state.urls.of(&Route::Line(line.id.clone()));
    let status = state.urls.call_status();
    let to = Party::parse(to.as_str());
    let asked = Ring {
        to: &to,
        from: own.as_str(),
        document: &document,
        status: &status,
        ring_seconds: line.dial.ring_seconds,
    };
    state.carrier.ring(&asked).await.map_err(|why| match why {
        NotSaid::NotNow(_) | NotSaid::Unclear => Unplaced::Perhaps(refused(&why)),
        NotSaid::NoCarrier | NotSaid::Never(_) | NotSaid::NotThere => {
            Unplaced::Certainly(refused(&why))
        }
    })
}

fn refused(why: &NotSaid) -> DeskError {
    DeskError::Refused(format!("The telephone was not rung: {}.", why.words()))
}

/// How a test call goes: by what is known of the call, else by what the carrier says.
pub(crate) async fn state(
    state: &AppState,
    line: &str,
    call: &str,
) -> Result<TestState, DeskError> {
    LineId::parse(line).map_err(|_| DeskError::NotFound)?;
    let sid = CallSid::parse(call).map_err(|_| DeskError::NotFound)?;
    let known = state.store.load(&sid).await;
    let known = known.map_err(|error| broken("read a test call", &error))?;
    if let Some((_, call)) = known {
        return Ok(match &call.ended {
            Some(ended) => TestState {
                words: format!("The test call is over. {}.", ended.how.sentence()),
                goes_on: false,
                has_come: true,
            },
            None => TestState {
                words: "The test call is on the line.".to_owned(),
                goes_on: true,
                has_come: true,
            },
        });
    }
    let (words, goes_on) = match state.carrier.call(&sid).await {
        Ok(Reported::Live) => ("The telephone rings. Answer it to hear the line.".to_owned(), true),
        Ok(Reported::Completed) => ("The test call is over and never came to the line. Look at the line's number under Set-up.".to_owned(), false),
        Ok(Reported::NotAnswered(how)) => (format!("Nobody answered the test call ({how})."), false),
        Ok(Reported::Unknown(why)) => (format!("The carrier cannot tell how the test call goes: {why}."), false),
        Err(why) => (format!("It cannot be told how the test call goes: {}.", why.words()), true),
    };
    Ok(TestState {
        words,
        goes_on,
        has_come: false,
    })
}
