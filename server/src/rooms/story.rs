//! What pages are told of rooms: those that live, and those that are over.

use desk::DeskError;
use desk::rooms::{Attended, PastRoom, RoomLine, RoomStory, RoomsPage};
use exchange::conference::{Gathering, RoomId, Stay};
use exchange::{CallSid, Plan};
use store::GATHERINGS_PER_PAGE;

use super::conference::{attended, attending, line_name, name};
use super::support;
use crate::chain::chain;
use crate::state::AppState;

/// How much of a room's log a page shows.
const LOG: u32 = 200;

/// How many of its past gatherings.
const PAST: u32 = 20;

/// The rooms that live, and one page of what is over.
pub(crate) async fn page(state: &AppState, page: u32) -> Result<RoomsPage, DeskError> {
    let asked = page.max(1);
    let live = state.rooms.look(state).await.map_err(broken)?;
    let past = state.store.past_gatherings(asked).await;
    let (mut past, total) = past.map_err(broken)?;
    let page = asked.min(last_page(total));
    if page < asked {
        let last = state.store.past_gatherings(page).await;
        past = last.map_err(broken)?.0;
    }
    let (_, plan) = state.plans.current();
    Ok(RoomsPage {
        live: live.at(state.clock.now()),
        past: past.iter().map(|one| past_room(one, &plan)).collect(),
        page,
        per_page: GATHERINGS_PER_PAGE,
        total,
    })
}

/// An address may be older than what was erased since.
fn last_page(total: u64) -> u32 {
    let last = total.div_ceil(u64::from(GATHERINGS_PER_PAGE)).max(1);
    u32::try_from(last).unwrap_or(u32::MAX)
}

/// One room.
pub(crate) async fn story(state: &AppState, id: &str) -> Result<RoomStory, DeskError> {
    let now = state.clock.now();
    let (_, plan) = state.plans.current();
    let live = state.rooms.look(state).await.map_err(broken)?;
    let live = live.rooms.room(id).cloned();
    let (name, line_name, log, past) = match RoomId::parse(id) {
        Ok(room) => {
            let log = state.store.room_log(&room, LOG).await.map_err(broken)?;
            let past = state.store.gatherings_of(&room, PAST).await;
            let past: Vec<PastRoom> = past
                .map_err(broken)?
                .iter()
                .map(|one| past_room(one, &plan))
                .collect();
            let is_known = plan.conference_room(&room).is_some() || !log.is_empty();
            if live.is_none() && past.is_empty() && !is_known {
                return Err(DeskError::NotFound);
            }
            let log = log.into_iter().map(|line| RoomLine {
                at_ms: line.at.0,
                text: line.line,
            });
            let names = (name(&room, &plan), line_name(&room, &plan));
            (names.0, names.1, log.collect(), past)
        }
        Err(_) => {
            let (name, line_name) = match &live {
                Some(room) => (room.name.clone(), room.line_name.clone()),
                None => over(state, id, &plan).await?,
            };
            (name, line_name, Vec::new(), Vec::new())
        }
    };
    Ok(RoomStory {
        id: id.to_owned(),
        name,
        line_name,
        now_ms: now.0,
        live,
        log,
        past,
    })
}

/// The names of a support call's room that lives no more: whoever looks at it need not be told that it never was.
async fn over(state: &AppState, id: &str, plan: &Plan) -> Result<(String, String), DeskError> {
    let sid = CallSid::parse(id).map_err(|_| DeskError::NotFound)?;
    let found = state.store.load(&sid).await.map_err(broken)?;
    let call = found.map(|(_, call)| call);
    let call = call.filter(|call| call.support().is_some());
    let call = call.ok_or(DeskError::NotFound)?;
    Ok(support::names(&call, plan))
}

/// Who was in a room at one time that it lived, by when that began; without it, who is in now, or was last.
pub(crate) async fn attendance(
    state: &AppState,
    id: &str,
    began_ms: Option<i64>,
) -> Result<Vec<Attended>, DeskError> {
    let id = RoomId::parse(id).map_err(|_| DeskError::NotFound)?;
    let store = &state.store;
    let room = store.room(&id).await.map_err(broken)?;
    let room = room.ok_or(DeskError::NotFound)?.room;
    let is_now = began_ms.is_none_or(|began| began == room.opened.0);
    if is_now {
        let stays = store.stays(&id, room.gathering).await.map_err(broken)?;
        let over = stays.iter().map(attended);
        let mut all: Vec<Attended> = over.chain(room.members.iter().map(attending)).collect();
        all.sort_by(|a, b| (a.joined_ms, &a.leg).cmp(&(b.joined_ms, &b.leg)));
        return Ok(all);
    }
    let began = began_ms.unwrap_or_default();
    let past = store.gathering_begun(&id, began).await.map_err(broken)?;
    let (_, stays) = past.ok_or(DeskError::NotFound)?;
    Ok(stays.iter().map(attended).collect())
}

fn past_room((gathering, stays): &(Gathering, Vec<Stay>), plan: &Plan) -> PastRoom {
    PastRoom {
        room: gathering.room.to_string(),
        name: name(&gathering.room, plan),
        line_name: line_name(&gathering.room, plan),
        began_ms: gathering.opened.0,
        ended_ms: gathering.closed.0,
        attendance: stays.iter().map(attended).collect(),
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what `map_err` hands over"
)]
fn broken(error: store::Error) -> DeskError {
    tracing::error!(error = chain(&error), "rooms could not be shown");
    DeskError::Internal
}
