//! Visitors of a conference line: the tutorial's `/voice`, and every step after it.

use axum::extract::State;
use axum::response::Response;
use axum::routing::MethodRouter;
use exchange::conference::{
    By, ConferenceEvent, ConferenceRoute, RoomId, announcement, hold_document,
};
use exchange::{Act, Answer, Call, CallSid, Event, Input, Line, LineKind, Plan, Prompt, Route};
use store::Person;
use twilio::Direction;
use twilio::webhook::VoiceRequest;

use super::incoming::{Incoming, caller, dialled, input};
use super::legs::say;
use super::routes::{answer_from, both, first, knock, usual_line};
use super::spoken::{apology, goodbye, twiml};
use crate::chain::chain;
use crate::door::{self, Answered};
use crate::guesses::Guesser;
use crate::render;
use crate::state::AppState;

/// A step of a visitor's.
pub(super) fn step(route: ConferenceRoute) -> MethodRouter<AppState> {
    both(
        move |State(state): State<AppState>, incoming: Incoming| async move {
            visitor(&state, incoming, route).await
        },
    )
}

async fn visitor(state: &AppState, incoming: Incoming, route: ConferenceRoute) -> Response {
    let incoming = Incoming {
        may_be_pin: route != ConferenceRoute::Menu,
        ..incoming
    };
    let begin = |plan: &Plan, sid: &CallSid, request: &VoiceRequest| {
        // A leg that we made is no caller's.
        let line = usual(plan, request).filter(|_| !is_ours(request))?;
        Some(first(sid, line, request, state))
    };
    visit(state, incoming, route, begin).await
}

/// Takes a step of a visit through the door. What is keyed in too often is not read.
async fn visit(
    state: &AppState,
    incoming: Incoming,
    route: ConferenceRoute,
    begin: impl Fn(&Plan, &CallSid, &VoiceRequest) -> Option<Call>,
) -> Response {
    let guess = Guess::of(&incoming, route);
    let too_many = match is_stopped(state, guess.as_ref()).await {
        Ok(too_many) => too_many,
        Err(error) => {
            let error = chain(&error);
            tracing::error!(error, "nobody knows how many wrong codes there were");
            let (_, plan) = state.plans.current();
            return apology(&plan, None, &state.urls);
        }
    };
    let event = |request: &VoiceRequest| {
        let input = Input {
            too_many,
            ..input(request)
        };
        Event::Conference(ConferenceEvent::Visits(route, input))
    };
    let response = answer_from(state, incoming, event, begin, usual).await;
    if let Some(Guess {
        guesser,
        tries: Some(id),
    }) = &guess
    {
        guesser.is_answered(state, id).await;
    }
    response
}

/// Somebody who may be asked for a code, or has keyed one in.
struct Guess {
    guesser: Guesser,
    /// What tells this try from others; nothing where nothing was keyed in.
    tries: Option<String>,
}

impl Guess {
    fn of(incoming: &Incoming, route: ConferenceRoute) -> Option<Self> {
        let may_have_keyed = match route {
            ConferenceRoute::Code | ConferenceRoute::Pin => true,
            ConferenceRoute::Enter | ConferenceRoute::Next => false,
            ConferenceRoute::Wait
            | ConferenceRoute::Hold
            | ConferenceRoute::Left
            | ConferenceRoute::Menu => return None,
        };
        let (sid, request) = incoming.voice()?;
        let has_keyed = request.digits.as_ref().is_some_and(|keys| !keys.is_empty());
        let token = incoming.token.as_deref().unwrap_or_default();
        Some(Self {
            guesser: guesser(&request),
            tries: (may_have_keyed && has_keyed).then(|| format!("{sid} {token}")),
        })
    }
}

fn guesser(request: &VoiceRequest) -> Guesser {
    Guesser::of(&caller(&request.from), dialled(&request.to).as_ref())
}

/// Whether what is keyed in is not read. What is counts from here on.
async fn is_stopped(state: &AppState, guess: Option<&Guess>) -> Result<bool, store::Error> {
    match guess {
        Some(Guess {
            guesser,
            tries: Some(id),
        }) => Ok(!guesser.may_try(state, id).await?),
        Some(Guess {
            guesser,
            tries: None,
        }) => guesser.is_stopped(state).await,
        None => Ok(false),
    }
}

/// Whether too many wrong codes came from the caller of a request.
pub(super) async fn are_too_many(
    state: &AppState,
    incoming: &Incoming,
) -> Result<bool, store::Error> {
    match incoming.voice() {
        Some((_, request)) => guesser(&request).is_stopped(state).await,
        None => Ok(false),
    }
}

/// `/voice/invited?room=…&invite=…`: somebody who was called into a room has answered.
pub(super) async fn invited(State(state): State<AppState>, incoming: Incoming) -> Response {
    let room = room_named(&incoming);
    let invite: u32 = number_named(&incoming, "invite");
    let now = state.clock.now();
    let begin = |plan: &Plan, sid: &CallSid, request: &VoiceRequest| {
        let number = dialled(&request.to)?;
        Call::invited(sid.clone(), number, invite, room.as_ref()?, plan, now)
    };
    visit(&state, incoming, ConferenceRoute::Enter, begin).await
}

/// The browser of a moderator asks for a room. Whose it is the carrier vouches for; what they may, we know ourselves.
pub(super) async fn from_browser(
    state: &AppState,
    incoming: Incoming,
    person: Option<&Person>,
    room: &str,
) -> Response {
    let by = person
        .filter(|person| person.role.sees_rooms())
        .and_then(|person| {
            Some(By {
                user: exchange::UserName::parse(&person.user_name).ok()?,
                name: person.name.clone(),
            })
        });
    let Some(by) = by else {
        tracing::warn!(
            webhook = incoming.name,
            "somebody wishes to moderate who may not"
        );
        return say(state, Prompt::ConferenceForbidden);
    };
    let room = RoomId::parse(room).ok();
    let now = state.clock.now();
    let begin = |plan: &Plan, sid: &CallSid, _: &VoiceRequest| {
        Call::at_browser(sid.clone(), &by, room.as_ref()?, plan, now)
    };
    visit(state, incoming, ConferenceRoute::Enter, begin).await
}

/// `/voice/wait`: what somebody hears until the conference begins. Whatever fails, they go on waiting.
pub(super) async fn wait(State(state): State<AppState>, incoming: Incoming) -> Response {
    let Some((sid, request)) = incoming.voice() else {
        return nobody(&state, &incoming);
    };
    let event = ConferenceEvent::Visits(ConferenceRoute::Wait, input(&request));
    let knock = knock(&incoming, &sid);
    match door::enter(&state, knock, Event::Conference(event), |_| None).await {
        Ok(Answered::Decided(Some(document))) => twiml(document),
        Ok(
            Answered::Decided(None)
            | Answered::NoCall
            | Answered::Refused(_)
            | Answered::AgentRefused(_),
        ) => {
            tracing::warn!(call.id = %sid, "somebody waits of whom nothing is known");
            music(&state)
        }
        Err(failure) => {
            let error = chain(&failure);
            tracing::error!(call.id = %sid, error, "a waiting visitor hears music alone");
            let again = Route::Conference(ConferenceRoute::Wait);
            let answer = Answer(vec![Act::Music, Act::Goto(again)]);
            twiml(render::document(&answer, &state.urls))
        }
    }
}

/// `/voice/hold`: what somebody on hold hears. Nothing is decided and nothing written.
pub(super) async fn hold(State(state): State<AppState>, _: Incoming) -> Response {
    music(&state)
}

/// `/voice/say?room=…&announcement=…`: what an announcement says; silence, where it is not known any more.
pub(super) async fn announced(State(state): State<AppState>, incoming: Incoming) -> Response {
    let number = number_named(&incoming, "announcement");
    let (_, plan) = state.plans.current();
    let known = match room_named(&incoming) {
        Some(room) => state.store.room(&room).await,
        None => Ok(None),
    };
    let said = known.map(|known| known.and_then(|known| announcement(&known.room, number, &plan)));
    let answer = match said {
        Ok(Some(answer)) => answer,
        Ok(None) => {
            tracing::warn!(
                webhook = incoming.name,
                "an announcement is not known any more"
            );
            Answer::default()
        }
        Err(error) => {
            let error = chain(&error);
            tracing::error!(error, "an announcement could not be read");
            Answer::default()
        }
    };
    twiml(render::document(&answer, &state.urls))
}

/// The room that a URL of ours names.
pub(super) fn room_named(incoming: &Incoming) -> Option<RoomId> {
    RoomId::parse(incoming.query.get("room")?).ok()
}

/// A number that a URL of ours names; one that nothing has, where it names none.
pub(super) fn number_named(incoming: &Incoming, name: &str) -> u32 {
    let text = incoming.query.get(name).unwrap_or_default();
    text.parse().unwrap_or(0)
}

fn music(state: &AppState) -> Response {
    twiml(render::document(&hold_document(), &state.urls))
}

fn nobody(state: &AppState, incoming: &Incoming) -> Response {
    tracing::warn!(webhook = incoming.name, "a webhook names no call");
    let (_, plan) = state.plans.current();
    goodbye(&plan, None, &state.urls)
}

fn is_ours(request: &VoiceRequest) -> bool {
    match request.direction {
        Direction::OutboundApi | Direction::OutboundDial => true,
        Direction::Inbound | Direction::Other(_) => false,
    }
}

/// The line of the number that was dialled; else the first conference line.
fn usual<'p>(plan: &'p Plan, request: &VoiceRequest) -> Option<&'p Line> {
    usual_line(plan, request, |line| {
        matches!(line.kind, LineKind::Conference(_))
    })
}
