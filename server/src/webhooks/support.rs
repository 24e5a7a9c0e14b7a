//! A caller on a support line: the beginning, the wait, and every step after it.

use axum::extract::State;
use axum::response::Response;
use axum::routing::MethodRouter;
use exchange::{
    Act, Answer, Call, CallSid, Event, Input, Line, LineKind, Plan, Route, SupportEvent,
    SupportRoute, hold_document,
};
use twilio::Direction;
use twilio::webhook::VoiceRequest;

use super::incoming::{Incoming, input};
use super::queue;
use super::recordings::message;
use super::routes::{answer_from, both, first, knock, usual_line};
use super::spoken::{goodbye, twiml};
use crate::chain::chain;
use crate::door::{self, Answered};
use crate::render;
use crate::state::AppState;

/// A step of a caller's. Whose call it is stands in the request: they hear the answer, whichever call
/// the path names.
pub(super) fn step(event: fn(Input, &VoiceRequest) -> SupportEvent) -> MethodRouter<AppState> {
    both(
        move |State(state): State<AppState>, incoming: Incoming| async move {
            caller(&state, incoming, event).await
        },
    )
}

/// `{call_sid}/recorded`: the action of `<Record>`, and where it goes when nothing was left.
pub(super) fn recorded(input: Input, request: &VoiceRequest) -> SupportEvent {
    SupportEvent::Recorded(input, message(request))
}

/// Somebody is led to whatever they are to meet now.
pub(super) async fn lead(state: &AppState, incoming: Incoming) -> Response {
    caller(state, incoming, |input, _| SupportEvent::Next(input)).await
}

async fn caller(
    state: &AppState,
    incoming: Incoming,
    event: fn(Input, &VoiceRequest) -> SupportEvent,
) -> Response {
    let surroundings = arriving(state, &incoming, usual).await;
    let event = |request: &VoiceRequest| {
        let input = surroundings.around(input(request));
        Event::Support(event(input, request))
    };
    let begin = |plan: &Plan, sid: &CallSid, request: &VoiceRequest| {
        let is_ours = match request.direction {
            Direction::OutboundApi | Direction::OutboundDial => true,
            Direction::Inbound | Direction::Other(_) => false,
        };
        // A leg that we made is no caller's.
        let line = usual(plan, request).filter(|_| !is_ours)?;
        Some::<Call>(first(sid, line, request, state))
    };
    answer_from(state, incoming, event, begin, usual).await
}

/// `/conference/wait`: what a waiting caller hears. Whatever fails, they go on waiting.
pub(super) async fn wait(State(state): State<AppState>, incoming: Incoming) -> Response {
    let Some((sid, request)) = incoming.voice() else {
        return nobody(&state, &incoming);
    };
    let surroundings = look(&state, &sid, &request, usual).await;
    let event = SupportEvent::Wait(surroundings.around(input(&request)));
    let knock = knock(&incoming, &sid);
    match door::enter(&state, knock, Event::Support(event), |_| None).await {
        Ok(Answered::Decided(Some(document))) => twiml(document),
        Ok(
            Answered::Decided(None)
            | Answered::NoCall
            | Answered::Refused(_)
            | Answered::AgentRefused(_),
        ) => {
            tracing::warn!(call.id = %sid, "somebody waits of whom nothing is known");
            music(&state, &hold_document(&sid))
        }
        Err(failure) => {
            let error = chain(&failure);
            tracing::error!(call.id = %sid, error, "a waiting caller hears music alone");
            let again = Route::Support(sid, SupportRoute::Wait);
            music(&state, &Answer(vec![Act::Music, Act::Goto(again)]))
        }
    }
}

/// `/conference/hold`: what a held caller hears. Nothing is decided and nothing written.
pub(super) async fn hold(State(state): State<AppState>, incoming: Incoming) -> Response {
    match incoming.voice() {
        Some((sid, _)) => music(&state, &hold_document(&sid)),
        None => nobody(&state, &incoming),
    }
}

fn music(state: &AppState, answer: &Answer) -> Response {
    twiml(render::document(answer, &state.urls))
}

fn nobody(state: &AppState, incoming: &Incoming) -> Response {
    tracing::warn!(webhook = incoming.name, "a webhook names no call");
    let (_, plan) = state.plans.current();
    goodbye(&plan, None, &state.urls)
}

/// The line of the number that was dialled; else the first support line.
fn usual<'p>(plan: &'p Plan, request: &VoiceRequest) -> Option<&'p Line> {
    usual_line(plan, request, |line| {
        matches!(line.kind, LineKind::Support(_))
    })
}

/// What a step needs to know that only the server knows.
#[derive(Clone, Debug, Default)]
pub(super) struct Surroundings(Input);

impl Surroundings {
    /// What the carrier sent, with what it did not know.
    pub(super) fn around(self, sent: Input) -> Input {
        Input {
            queue: self.0.queue,
            ..sent
        }
    }
}

/// What the beginning of a call on a support line needs to know; nothing for a call that has begun, and
/// for other lines.
pub(super) async fn arriving(
    state: &AppState,
    incoming: &Incoming,
    line: impl for<'p> Fn(&'p Plan, &VoiceRequest) -> Option<&'p Line>,
) -> Surroundings {
    match incoming.voice() {
        Some((sid, request)) if state.store.recall(&sid).is_none() => {
            look(state, &sid, &request, line).await
        }
        Some(_) | None => Surroundings::default(),
    }
}

async fn look(
    state: &AppState,
    sid: &CallSid,
    request: &VoiceRequest,
    line: impl for<'p> Fn(&'p Plan, &VoiceRequest) -> Option<&'p Line>,
) -> Surroundings {
    let (_, plan) = state.plans.current();
    let Some(line) = line(&plan, request) else {
        return Surroundings::default();
    };
    match line.kind {
        LineKind::Support(_) => {}
        LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Conference(_) => {
            return Surroundings::default();
        }
    }
    let queue = match queue::place(state, sid, &line.id).await {
        Ok(place) => Some(place),
        Err(error) => {
            let error = chain(&error);
            tracing::warn!(call.id = %sid, error, "nobody knows how long the queue is");
            None
        }
    };
    Surroundings(Input {
        queue,
        ..Input::default()
    })
}
