//! Calls that browsers make: the TwiML application's voice URL, and what follows the dialled party.

use axum::response::Response;
use exchange::{Call, CallOutRoute, CallSid, CallingOut, Dialler, Event, Line, Plan};
use store::Person;
use twilio::Party;
use twilio::webhook::VoiceRequest;

use super::incoming::{Incoming, caller, input};
use super::routes::answer_from;
use super::spoken::apology;
use super::{conference, watch};
use crate::chain::chain;
use crate::state::AppState;

/// The parameter by which a browser names the line to call out on.
const LINE: &str = "Line";

/// The parameter by which a supervisor's browser names the call that they wish to listen to.
const WATCH: &str = "Watch";

/// The parameter by which a moderator's browser names the room that they wish to join.
const ROOM: &str = "Room";

/// A browser calls out, or its dialled party is over.
pub(super) async fn call_out(
    state: &AppState,
    incoming: Incoming,
    route: CallOutRoute,
) -> Response {
    let person = match person(state, &incoming).await {
        Ok(person) => person,
        Err(error) => {
            let error = chain(&error);
            tracing::error!(error, "who calls out could not be looked up");
            let (_, plan) = state.plans.current();
            return apology(&plan, None, &state.urls);
        }
    };
    if let Some(call) = incoming.form.get(WATCH) {
        return watch::join(state, &incoming, person.as_ref(), call).await;
    }
    if let Some(room) = incoming.form.get(ROOM).map(str::to_owned) {
        return conference::from_browser(state, incoming, person.as_ref(), &room).await;
    }
    // Whom the browser asks for stands in `To`. Who it is, the carrier vouches for in `From`; every other parameter is
    // the browser's own word (reference B.2).
    let asked = CallingOut::new(
        dialler(person),
        incoming.form.get("To").unwrap_or_default(),
        incoming.form.get(LINE),
    );
    let now = state.clock.now();
    let begin = |plan: &Plan, sid: &CallSid, request: &VoiceRequest| {
        Call::out(sid.clone(), caller(&request.from), asked.clone(), plan, now)
    };
    let event = |request: &VoiceRequest| Event::CallOut(route, input(request));
    answer_from(state, incoming, event, begin, no_line).await
}

/// Which of ours calls. A person who was deactivated calls no more, however long their token holds.
async fn person(state: &AppState, incoming: &Incoming) -> Result<Option<Person>, store::Error> {
    let from = Party::parse(incoming.form.get("From").unwrap_or_default());
    let is_ours = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let identity = match from {
        Party::Client(identity) if identity.chars().all(is_ours) => identity,
        Party::Client(_)
        | Party::Number(_)
        | Party::Sip(_)
        | Party::Withheld(_)
        | Party::Other(_) => return Ok(None),
    };
    let person = state.store.person(&identity).await?;
    Ok(person.filter(|person| person.deactivated.is_none()))
}

fn dialler(person: Option<Person>) -> Dialler {
    person.map_or(Dialler::Nobody, |person| Dialler::Person {
        user_name: person.user_name,
        name: person.name,
    })
}

/// What goes wrong before there is a call is told in English.
fn no_line<'p>(_: &'p Plan, _: &VoiceRequest) -> Option<&'p Line> {
    None
}
