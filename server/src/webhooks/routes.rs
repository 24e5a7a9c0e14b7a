//! The webhooks' routes, by the names that the tutorials gave them.

use std::convert::Infallible;

use axum::Router;
use axum::extract::{FromRequestParts, OptionalFromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use exchange::{
    Call, CallOutRoute, CallSid, Event, ForwardRoute, Line, LineId, LineKind, MenuRoute, Plan,
};
use sha2::{Digest, Sha256};
use twilio::webhook::VoiceRequest;

use super::browser;
use super::incoming::{Incoming, caller, dialled, input, place};
use super::spoken::{apology, goodbye, twiml};
use crate::carrier_api::reported;
use crate::chain::chain;
use crate::door::{self, Answered, Knock};
use crate::logging::OfCall;
use crate::sounds;
use crate::state::AppState;

/// The webhooks, and the sounds that their documents name.
pub fn router() -> Router<AppState> {
    routes()
        .into_iter()
        .fold(sounds::router(), |router, (path, handler)| {
            router.route(path, handler)
        })
}

/// Every webhook's path; each answers GET and POST.
pub fn paths() -> impl Iterator<Item = &'static str> {
    routes().into_iter().map(|(path, _)| path)
}

fn routes() -> Vec<(&'static str, MethodRouter<AppState>)> {
    let lost_caller = || forward(ForwardRoute::Unknown);
    let lost_alien = || menu(MenuRoute::Unknown);
    vec![
        ("/callcongress/welcome", forward(|_| ForwardRoute::Welcome)),
        (
            "/callcongress/set-state",
            forward(|_| ForwardRoute::SetState),
        ),
        (
            "/callcongress/collect-zip",
            forward(|_| ForwardRoute::CollectZip),
        ),
        (
            "/callcongress/state-lookup",
            forward(|_| ForwardRoute::StateLookup),
        ),
        (
            "/callcongress/call-senators/{state}",
            forward(ForwardRoute::CallSenators),
        ),
        (
            "/callcongress/call-second-senator/{id}",
            forward(ForwardRoute::CallSecondSenator),
        ),
        ("/callcongress/goodbye", forward(|_| ForwardRoute::Goodbye)),
        ("/callcongress", lost_caller()),
        ("/callcongress/", lost_caller()),
        ("/callcongress/{*path}", lost_caller()),
        ("/ivr/welcome", menu(|_| MenuRoute::Welcome)),
        ("/ivr/menu", menu(|_| MenuRoute::Menu)),
        ("/ivr/planets", menu(|_| MenuRoute::Planets)),
        ("/ivr", lost_alien()),
        ("/ivr/", lost_alien()),
        ("/ivr/{*path}", lost_alien()),
        ("/line", both(line)),
        ("/line/", both(line)),
        ("/line/{*id}", both(line)),
        ("/twilio/browser", call_out(CallOutRoute::Begin)),
        ("/twilio/browser/end", call_out(CallOutRoute::End)),
        ("/twilio/call-status", both(call_status)),
        ("/twilio/fallback", both(fallback)),
    ]
}

/// What a path leaves open, as text: empty where it leaves nothing open, U+FFFD where it is no text.
struct PathText(String);

impl<S: Send + Sync> FromRequestParts<S> for PathText {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Self(
            match <Path<String> as OptionalFromRequestParts<S>>::from_request_parts(parts, state)
                .await
            {
                Ok(path) => path.map_or_else(String::new, |path| path.0),
                Err(_) => char::REPLACEMENT_CHARACTER.to_string(),
            },
        ))
    }
}

fn both<H, T>(handler: H) -> MethodRouter<AppState>
where
    H: axum::handler::Handler<T, AppState>,
    T: 'static,
{
    get(handler.clone()).post(handler)
}

fn forward(route: fn(String) -> ForwardRoute) -> MethodRouter<AppState> {
    both(
        move |State(state): State<AppState>, path: PathText, incoming: Incoming| async move {
            let route = route(path.0);
            let is_forward = |line: &Line| matches!(line.kind, LineKind::Forward { .. });
            answer(
                &state,
                incoming,
                |input| Event::Forward(route, input),
                |plan, request| usual_line(plan, request, is_forward),
            )
            .await
        },
    )
}

fn menu(route: fn(String) -> MenuRoute) -> MethodRouter<AppState> {
    both(
        move |State(state): State<AppState>, path: PathText, incoming: Incoming| async move {
            let route = route(path.0);
            let is_menu = |line: &Line| matches!(line.kind, LineKind::Menu { .. });
            answer(
                &state,
                incoming,
                |input| Event::Menu(route, input),
                |plan, request| usual_line(plan, request, is_menu),
            )
            .await
        },
    )
}

fn call_out(route: CallOutRoute) -> MethodRouter<AppState> {
    both(
        move |State(state): State<AppState>, incoming: Incoming| async move {
            browser::call_out(&state, incoming, route).await
        },
    )
}

async fn line(State(state): State<AppState>, id: PathText, incoming: Incoming) -> Response {
    answer(&state, incoming, Event::Arrived, |plan, request| {
        LineId::parse(&id.0)
            .ok()
            .and_then(|id| plan.line(&id))
            .or_else(|| plan.line_of_number(&dialled(&request.to)?))
    })
    .await
}

/// The line of the number that was dialled; else the first of the right kind, for a number that
/// points at a tutorial's route without being anybody's here.
fn usual_line<'p>(
    plan: &'p Plan,
    request: &VoiceRequest,
    fits: impl Fn(&Line) -> bool,
) -> Option<&'p Line> {
    dialled(&request.to)
        .and_then(|number| plan.line_of_number(&number))
        .filter(|line| fits(line))
        .or_else(|| plan.lines().find(|line| fits(line)))
}

/// A text that an index can hold, however long and odd what came in is.
fn identity(text: String) -> String {
    if text.len() <= 200 && !text.contains(char::is_control) {
        text
    } else {
        let digest = Sha256::digest(text.as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Takes a webhook that asks for a document through the door; what is not known begins on `line`.
async fn answer(
    state: &AppState,
    incoming: Incoming,
    event: impl FnOnce(exchange::Input) -> Event,
    line: impl for<'p> Fn(&'p Plan, &VoiceRequest) -> Option<&'p Line>,
) -> Response {
    let begin = |plan: &Plan, sid: &CallSid, request: &VoiceRequest| {
        Some(first(sid, line(plan, request)?, request, state))
    };
    answer_from(state, incoming, event, begin, &line).await
}

/// Takes a webhook that asks for a document through the door. `begin` makes the call of which nothing is known; what
/// goes wrong is told in the words of `line`.
pub(super) async fn answer_from(
    state: &AppState,
    incoming: Incoming,
    event: impl FnOnce(exchange::Input) -> Event,
    begin: impl Fn(&Plan, &CallSid, &VoiceRequest) -> Option<Call>,
    line: impl for<'p> Fn(&'p Plan, &VoiceRequest) -> Option<&'p Line>,
) -> Response {
    let (_, plan) = state.plans.current();
    let Some((sid, request)) = incoming.voice() else {
        tracing::warn!(webhook = incoming.name, "a webhook names no call");
        return goodbye(&plan, None, &state.urls);
    };
    let knock = Knock {
        sid: &sid,
        identity: incoming
            .token
            .as_ref()
            .map(|token| identity(format!("{sid} {token}"))),
        name: &incoming.name,
        request: incoming.kept(),
        settles: None,
    };
    let begin = |plan: &Plan| begin(plan, &sid, &request);
    let mut response = match door::enter(state, knock, event(input(&request)), begin).await {
        Ok(Answered::Decided(Some(document))) => twiml(document),
        Ok(Answered::Decided(None)) => goodbye(&plan, line(&plan, &request), &state.urls),
        Ok(Answered::NoCall) => {
            tracing::warn!(call.id = %sid, webhook = incoming.name, "no line answers this webhook");
            apology(&plan, None, &state.urls)
        }
        Ok(Answered::Refused(refusal)) => {
            tracing::info!(call.id = %sid, webhook = incoming.name, %refusal, "a webhook was refused");
            goodbye(&plan, line(&plan, &request), &state.urls)
        }
        Ok(Answered::AgentRefused(refusal)) => {
            tracing::info!(call.id = %sid, webhook = incoming.name, %refusal, "a webhook was refused");
            goodbye(&plan, line(&plan, &request), &state.urls)
        }
        Err(failure) => {
            let error = chain(&failure);
            tracing::error!(call.id = %sid, error, "a caller was asked to call again");
            apology(&plan, line(&plan, &request), &state.urls)
        }
    };
    response.extensions_mut().insert(OfCall(sid));
    response
}

fn first(sid: &CallSid, line: &Line, request: &VoiceRequest, state: &AppState) -> Call {
    let (from, to) = (caller(&request.from), dialled(&request.to));
    Call::new(
        sid.clone(),
        line,
        from,
        to,
        place(request),
        state.clock.now(),
    )
}

/// `StatusCallback` of a number or a call (reference B.4): how the carrier says the call stands.
async fn call_status(State(state): State<AppState>, incoming: Incoming) -> Response {
    let Some((sid, request)) = incoming.voice() else {
        tracing::warn!("a status callback names no call");
        return StatusCode::NO_CONTENT.into_response();
    };
    let number = incoming.form.get("SequenceNumber").unwrap_or("-");
    let knock = Knock {
        sid: &sid,
        identity: Some(identity(format!(
            "{sid} status {} {number}",
            request.call_status.word()
        ))),
        name: &incoming.name,
        request: incoming.kept(),
        settles: None,
    };
    let event = Event::Reported(reported(&request.call_status));
    match door::enter(&state, knock, event, |_| None).await {
        Ok(Answered::Decided(_) | Answered::Refused(_) | Answered::AgentRefused(_)) => {
            StatusCode::NO_CONTENT.into_response()
        }
        Ok(Answered::NoCall) => {
            tracing::info!(call.id = %sid, "a status callback came for a call that was never answered here");
            StatusCode::NO_CONTENT.into_response()
        }
        Err(failure) => {
            let error = chain(&failure);
            tracing::error!(call.id = %sid, error, "a status callback could not be written down");
            // 5xx makes the carrier deliver it again: the URL's overrides ask for that.
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// What Twilio asks when a document of ours could not be had (reference A.1.5): answered without
/// the database, for that may be what is missing.
async fn fallback(State(state): State<AppState>, incoming: Incoming) -> Response {
    let (_, plan) = state.plans.current();
    let line = incoming.voice().and_then(|(sid, request)| {
        let code = request.error_code.unwrap_or(0);
        tracing::error!(call.id = %sid, code, "the carrier fell back");
        plan.line_of_number(&dialled(&request.to)?)
    });
    apology(&plan, line, &state.urls)
}
