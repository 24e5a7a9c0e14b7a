//! The webhooks' routes, by the names that the tutorials gave them.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use exchange::conference::ConferenceRoute;
use exchange::{
    Call, CallOutRoute, CallSid, Event, ForwardRoute, Input, Line, LineId, LineKind, MenuRoute,
    Plan, SupportEvent,
};
use twilio::webhook::VoiceRequest;

use super::incoming::{Incoming, caller, dialled, input, place};
use super::paths::PathText;
use super::spoken::{apology, goodbye, twiml};
use super::{
    browser, conference, conference_notices, legs, notice, recordings, room, support, watch,
};
use crate::carrier_api::reported;
use crate::chain::chain;
use crate::digest::sha256;
use crate::door::{self, Answered, Knock};
use crate::effects::guard;
use crate::logging::OfCall;
use crate::probe;
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
    let lost_client = || support::step(|input, _| SupportEvent::Next(input));
    let lost_visitor = || conference::step(ConferenceRoute::Next);
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
        ("/ivr/planets/{entry}", menu(MenuRoute::Entry)),
        ("/ivr", lost_alien()),
        ("/ivr/", lost_alien()),
        ("/ivr/{*path}", lost_alien()),
        ("/line", both(line)),
        ("/line/", both(line)),
        ("/line/{*id}", both(line)),
        (
            "/conference/connect/client",
            support::step(|input, _| SupportEvent::Enter(input)),
        ),
        ("/conference/wait", both(support::wait)),
        ("/conference/hold", both(support::hold)),
        (
            "/conference/{call_sid}/connect/{agent}",
            both(legs::connect),
        ),
        ("/conference/{call_sid}/next", lost_client()),
        (
            "/conference/{call_sid}/left",
            support::step(|input, _| SupportEvent::Left(input)),
        ),
        (
            "/conference/{call_sid}/keyed",
            support::step(|input, _| SupportEvent::Keyed(input)),
        ),
        (
            "/conference/{call_sid}/recorded",
            support::step(support::recorded),
        ),
        ("/conference/{call_sid}/agent-left", both(legs::agent_left)),
        ("/conference/{call_sid}/screened", both(legs::screened)),
        ("/conference/{call_sid}/watch-left", both(watch::left)),
        ("/conference/taken-over", both(watch::taken_over)),
        ("/conference", lost_client()),
        ("/conference/", lost_client()),
        ("/conference/{call_sid}", lost_client()),
        ("/conference/{call_sid}/{step}", lost_client()),
        ("/voice", conference::step(ConferenceRoute::Enter)),
        ("/voice/code", conference::step(ConferenceRoute::Code)),
        ("/voice/pin", conference::step(ConferenceRoute::Pin)),
        ("/voice/wait", both(conference::wait)),
        ("/voice/hold", both(conference::hold)),
        ("/voice/left", conference::step(ConferenceRoute::Left)),
        ("/voice/next", lost_visitor()),
        ("/voice/menu", conference::step(ConferenceRoute::Menu)),
        ("/voice/invited", both(conference::invited)),
        ("/voice/say", both(conference::announced)),
        ("/voice/", lost_visitor()),
        ("/voice/{*path}", lost_visitor()),
        ("/twilio/browser", call_out(CallOutRoute::Begin)),
        ("/twilio/browser/end", call_out(CallOutRoute::End)),
        ("/twilio/call-status", both(call_status)),
        ("/twilio/conference-status", both(room::conference_status)),
        ("/twilio/leg-status", both(legs::leg_status)),
        (
            "/twilio/invite-status",
            both(conference_notices::invite_status),
        ),
        (
            "/twilio/recording-status",
            both(recordings::recording_status),
        ),
        ("/twilio/fallback", both(fallback)),
        (probe::PATH, both(probe::probe)),
    ]
}

pub(super) fn both<H, T>(handler: H) -> MethodRouter<AppState>
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
    let surroundings = support::arriving(&state, &incoming, |plan, request| {
        line_named(&id.0, plan, request)
    })
    .await;
    // A guess that cannot be counted is let through: the next step counts again.
    let too_many = conference::are_too_many(&state, &incoming).await;
    let too_many = too_many.unwrap_or(false);
    let trial = incoming
        .query
        .get("trial")
        .and_then(|number| number.parse().ok());
    let event = |input| {
        Event::Arrived(Input {
            too_many,
            trial,
            ..surroundings.around(input)
        })
    };
    answer(&state, incoming, event, |plan, request| {
        line_named(&id.0, plan, request)
    })
    .await
}

/// The line of an id; else that of the number that was dialled.
fn line_named<'p>(id: &str, plan: &'p Plan, request: &VoiceRequest) -> Option<&'p Line> {
    LineId::parse(id)
        .ok()
        .and_then(|id| plan.line(&id))
        .or_else(|| plan.line_of_number(&dialled(&request.to)?))
}

/// The line of the number that was dialled; else the first of the right kind, for a number that
/// points at a tutorial's route without being anybody's here.
pub(super) fn usual_line<'p>(
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
pub(super) fn identity(text: String) -> String {
    if text.len() <= 200 && !text.contains(char::is_control) {
        text
    } else {
        sha256(text)
    }
}

/// Takes a webhook that asks for a document through the door; what is not known begins on `line`.
async fn answer(
    state: &AppState,
    incoming: Incoming,
    event: impl FnOnce(Input) -> Event,
    line: impl for<'p> Fn(&'p Plan, &VoiceRequest) -> Option<&'p Line>,
) -> Response {
    let event = |request: &VoiceRequest| event(input(request));
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
    event: impl FnOnce(&VoiceRequest) -> Event,
    begin: impl Fn(&Plan, &CallSid, &VoiceRequest) -> Option<Call>,
    line: impl for<'p> Fn(&'p Plan, &VoiceRequest) -> Option<&'p Line>,
) -> Response {
    let (_, plan) = state.plans.current();
    let Some((sid, request)) = incoming.voice() else {
        tracing::warn!(webhook = incoming.name, "a webhook names no call");
        return goodbye(&plan, None, &state.urls);
    };
    let knock = knock(&incoming, &sid);
    let begin = |plan: &Plan| begin(plan, &sid, &request);
    let mut response = match door::enter(state, knock, event(&request), begin).await {
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

/// A webhook that asks for a document, at the door of a call.
pub(super) fn knock<'a>(incoming: &'a Incoming, sid: &'a CallSid) -> Knock<'a> {
    Knock {
        sid,
        identity: incoming
            .token
            .as_ref()
            .map(|token| identity(format!("{sid} {token}"))),
        name: &incoming.name,
        request: incoming.kept(),
        settles: None,
    }
}

pub(super) fn first(sid: &CallSid, line: &Line, request: &VoiceRequest, state: &AppState) -> Call {
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
        return notice::passed_over(&incoming, "it names no call");
    };
    let number = incoming.form.get("SequenceNumber").unwrap_or("-");
    let status = request.call_status.word();
    let identity = format!("{sid} status {status} {number}");
    let event = Event::Reported(reported(&request.call_status));
    if request.call_status.is_final() {
        guard::is_over(&state, &sid).await;
    }
    notice::take(&state, &incoming, &sid, identity, event).await
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
