//! The legs of supervisors who listen to a call, coach in it or speak: into the caller's room, and out of it.

use axum::extract::State;
use axum::response::Response;
use desk::Role;
use exchange::{CallSid, Prompt, SupportEvent, UserName, WatchMode};
use store::Person;

use super::incoming::Incoming;
use super::legs::{decide, say};
use super::paths::PathTexts;
use crate::state::AppState;

/// The parameter by which a browser says how it wishes to be heard.
const MODE: &str = "Mode";

/// A browser asks for the room of a call. Whose it is the carrier vouches for; what they may, we know ourselves.
pub(super) async fn join(
    state: &AppState,
    incoming: &Incoming,
    person: Option<&Person>,
    call: &str,
) -> Response {
    let Some((leg, _)) = incoming.voice() else {
        return say(state, Prompt::WatchOver);
    };
    let supervisor = person.filter(|person| person.role >= Role::Supervisor);
    let user = supervisor.and_then(|person| UserName::parse(&person.user_name).ok());
    let (Some(supervisor), Some(user)) = (supervisor, user) else {
        tracing::warn!(
            webhook = incoming.name,
            "somebody wishes to listen who may not"
        );
        return say(state, Prompt::WatchForbidden);
    };
    let Ok(call) = CallSid::parse(call) else {
        return say(state, Prompt::WatchOver);
    };
    let mode = incoming.form.get(MODE).and_then(WatchMode::parse);
    let event = SupportEvent::WatcherJoins {
        user,
        name: supervisor.name.clone(),
        leg,
        mode: mode.unwrap_or_default(),
    };
    decide(state, incoming, &call, event, Prompt::WatchOver).await
}

/// `/conference/{call_sid}/watch-left`: the action of a watcher's `<Dial>`.
pub(super) async fn left(
    State(state): State<AppState>,
    PathTexts(call, _): PathTexts,
    incoming: Incoming,
) -> Response {
    let (Some((leg, request)), Ok(call)) = (incoming.voice(), CallSid::parse(&call)) else {
        tracing::warn!(
            webhook = incoming.name,
            "a watcher's leg comes from no call"
        );
        return say(&state, Prompt::WatchOver);
    };
    let is_over = request.call_status.is_final();
    let event = SupportEvent::WatcherLeft { leg, is_over };
    decide(&state, &incoming, &call, event, Prompt::WatchOver).await
}

/// `/conference/taken-over`: what an agent hears whose caller a supervisor has taken over. Nothing is decided.
pub(super) async fn taken_over(State(state): State<AppState>, _: Incoming) -> Response {
    say(&state, Prompt::TakenOver)
}
