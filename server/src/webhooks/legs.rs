//! The legs of agents: into a caller's room, out of it, and how they stand (reference B.4).

use axum::extract::State;
use axum::response::Response;
use exchange::{CallSid, Event, LegStatus, Prompt, SupportEvent, UserName, hold_document};
use twilio::CallStatus;
use twilio::callback::CallStatusCallback;
use twilio::webhook::VoiceRequest;

use super::incoming::{Incoming, input};
use super::notice::{passed_over, take};
use super::paths::PathTexts;
use super::routes::knock;
use super::spoken::{apology, speak, twiml};
use super::support;
use crate::chain::chain;
use crate::door::{self, Answered, Failure};
use crate::render;
use crate::state::AppState;

/// The agents of the tutorial: they need not be people of ours.
const TUTORIAL: [&str; 2] = ["agent1", "agent2"];

/// `/conference/{call_sid}/connect/{agent}`: a leg that an agent has answered asks for its room. Where
/// the query names an offer, it was created for that.
pub(super) async fn connect(
    State(state): State<AppState>,
    PathTexts(call, agent): PathTexts,
    incoming: Incoming,
) -> Response {
    let Some((leg, _, call)) = leg_of(&incoming, &call) else {
        return too_late(&state);
    };
    if leg == call {
        // A caller who was sent here waits in their own room.
        return support::lead(&state, incoming).await;
    }
    let offer = incoming
        .query
        .get("offer")
        .map(|number| number.parse().unwrap_or(0));
    let agent = match agent_of(&state, &agent, offer.is_some()).await {
        Ok(Some(agent)) => agent,
        Ok(None) => {
            tracing::warn!(call.id = %call, "a leg of an unknown agent is kept waiting");
            return twiml(render::document(&hold_document(&call), &state.urls));
        }
        Err(error) => {
            let error = chain(&error);
            tracing::error!(call.id = %call, error, "an agent's leg was sent away");
            return sorry(&state);
        }
    };
    let event = SupportEvent::AgentJoins { agent, leg, offer };
    decide(&state, &incoming, &call, event, Prompt::AgentTooLate).await
}

/// `/conference/{call_sid}/agent-left`: the action of an agent's `<Dial>`.
pub(super) async fn agent_left(
    State(state): State<AppState>,
    PathTexts(call, _): PathTexts,
    incoming: Incoming,
) -> Response {
    let Some((leg, request, call)) = leg_of(&incoming, &call) else {
        return too_late(&state);
    };
    let is_over = request.call_status.is_final();
    let event = SupportEvent::AgentLeft { leg, is_over };
    decide(&state, &incoming, &call, event, Prompt::AgentTooLate).await
}

/// `/conference/{call_sid}/screened`: whoever answered at a telephone pressed a key, or none.
pub(super) async fn screened(
    State(state): State<AppState>,
    PathTexts(call, _): PathTexts,
    incoming: Incoming,
) -> Response {
    let Some((leg, request, call)) = leg_of(&incoming, &call) else {
        return too_late(&state);
    };
    let keys = input(&request).digits;
    let event = SupportEvent::Screened { leg, keys };
    decide(&state, &incoming, &call, event, Prompt::AgentTooLate).await
}

/// The leg that asks, with what it says, and the caller's call that its path names.
fn leg_of(incoming: &Incoming, call: &str) -> Option<(CallSid, VoiceRequest, CallSid)> {
    let (leg, request) = incoming.voice()?;
    if let Ok(call) = CallSid::parse(call) {
        return Some((leg, request, call));
    }
    tracing::warn!(webhook = incoming.name, "a leg asks for no call");
    None
}

/// Who is meant by a path. The tutorial's agents always are somebody; so is whoever an offer names,
/// for the rules know it. Nobody, where no such person works here.
async fn agent_of(
    state: &AppState,
    name: &str,
    is_offered: bool,
) -> Result<Option<UserName>, store::Error> {
    let Ok(agent) = UserName::parse(name) else {
        return Ok(None);
    };
    if is_offered || TUTORIAL.contains(&agent.as_str()) {
        return Ok(Some(agent));
    }
    let person = state.store.person(agent.as_str()).await?;
    let works_here = person.is_some_and(|person| person.deactivated.is_none());
    Ok(works_here.then_some(agent))
}

/// Takes what happens to the leg of somebody of ours through the door of the caller's call. `late` is said where there is
/// no room to go to.
pub(super) async fn decide(
    state: &AppState,
    incoming: &Incoming,
    call: &CallSid,
    event: SupportEvent,
    late: Prompt,
) -> Response {
    let knock = knock(incoming, call);
    match door::enter(state, knock, Event::Support(event), |_| None).await {
        Ok(Answered::Decided(Some(document))) => twiml(document),
        Ok(
            Answered::Decided(None)
            | Answered::NoCall
            | Answered::Refused(_)
            | Answered::AgentRefused(_),
        ) => {
            tracing::info!(call.id = %call, webhook = incoming.name, "a leg of ours has no room to go to");
            say(state, late)
        }
        Err(failure) => {
            log(call, &failure);
            sorry(state)
        }
    }
}

fn log(call: &CallSid, failure: &Failure) {
    let error = chain(failure);
    tracing::error!(call.id = %call, error, "an agent's leg was sent away");
}

/// Kind words for an agent whose caller is not there.
fn too_late(state: &AppState) -> Response {
    say(state, Prompt::AgentTooLate)
}

/// Something is said, and the leg ends.
pub(super) fn say(state: &AppState, words: Prompt) -> Response {
    let (_, plan) = state.plans.current();
    speak(&plan, None, words, &state.urls)
}

/// Something on our side failed.
pub(super) fn sorry(state: &AppState) -> Response {
    let (_, plan) = state.plans.current();
    apology(&plan, None, &state.urls)
}

/// `/twilio/leg-status?call=…&offer=…`: how the leg of an offer stands.
pub(super) async fn leg_status(State(state): State<AppState>, incoming: Incoming) -> Response {
    let Ok(notice) = CallStatusCallback::parse(&incoming.form) else {
        return passed_over(&incoming, "it names no leg");
    };
    let Ok(leg) = CallSid::parse(notice.call_sid.as_str()) else {
        return passed_over(&incoming, "it names no leg");
    };
    let call = incoming.query.get("call").unwrap_or_default();
    let Ok(call) = CallSid::parse(call) else {
        return passed_over(&incoming, "its URL names no call");
    };
    let offer = incoming.query.get("offer").unwrap_or_default();
    let Ok(offer) = offer.parse() else {
        return passed_over(&incoming, "its URL names no offer");
    };
    let Some(status) = status(&notice.call_status) else {
        return passed_over(&incoming, "its status means nothing to us");
    };
    let identity = format!("{call} leg {offer} {}", notice.identity());
    let event = Event::Support(SupportEvent::Leg { leg, offer, status });
    take(&state, &incoming, &call, identity, event).await
}

pub(super) fn status(status: &CallStatus) -> Option<LegStatus> {
    Some(match status {
        CallStatus::Queued | CallStatus::Initiated | CallStatus::Ringing => LegStatus::Ringing,
        CallStatus::InProgress => LegStatus::Answered,
        CallStatus::Completed => LegStatus::Completed,
        CallStatus::Busy => LegStatus::Busy,
        CallStatus::NoAnswer => LegStatus::NoAnswer,
        CallStatus::Failed => LegStatus::Failed,
        CallStatus::Canceled => LegStatus::Canceled,
        CallStatus::Other(_) => return None,
    })
}
