//! The queue as a caller stands in it: what waiting callers are told, and whether a line is full.

use exchange::routing::{self, Queued};
use exchange::{CallSid, LineId, QueuePlace};
use store::{Error, OnFloor};

use crate::state::AppState;

/// Talks that began longer ago tell nothing of how long it takes today.
const TODAY_S: i64 = 12 * 3600;

/// Where a call stands in the queue of a line, or would stand.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn place(
    state: &AppState,
    call: &CallSid,
    line: &LineId,
) -> Result<QueuePlace, Error> {
    let floor = state.store.floor().await?;
    let own = floor.iter().find(|on| on.call == *call);
    let line = own.map_or(line, |own| &own.line);
    let others = floor
        .iter()
        .filter(|on| on.call != *call && on.line == *line && is_queued(on));
    let waiting = u32::try_from(others.count()).unwrap_or(u32::MAX);
    let queue: Vec<Queued> = floor
        .iter()
        .filter(|on| is_queued(on))
        .filter_map(queued)
        .collect();
    let Some(place) = routing::place(&queue, call) else {
        return Ok(QueuePlace {
            waiting,
            ..QueuePlace::default()
        });
    };
    let team = own.and_then(|own| own.row.team.as_ref());
    let is_busy = |on: &&OnFloor| {
        on.row.team.as_ref() == team && matches!(on.row.stage, "talking" | "seeking" | "offered")
    };
    let busy = floor.iter().filter(is_busy).count();
    let since = state.clock.now().plus_seconds(-TODAY_S);
    let talks = state.store.last_talks(line, since).await?;
    Ok(QueuePlace {
        place,
        waiting,
        minutes: minutes(place, busy, &talks),
    })
}

/// Whether a caller is in the queue. One who is asked whether they go on waiting keeps their place.
fn is_queued(on: &OnFloor) -> bool {
    matches!(on.row.stage, "waiting" | "offered" | "asked")
}

fn queued(on: &OnFloor) -> Option<Queued> {
    Some(Queued {
        call: on.call.clone(),
        team: on.row.team.clone()?,
        language: None,
        priority: on.row.priority,
        queued: on.row.queued,
        first: None,
        by: None,
        not_before: on.row.not_before,
    })
}

/// About how many minutes it takes: as many talks as there are places before, shared by those who
/// talk. Where nobody talks, or nobody has yet, nobody knows.
fn minutes(place: u32, busy: usize, talks: &[i64]) -> Option<u32> {
    let count = i64::try_from(talks.len()).ok()?;
    let average_s = talks.iter().sum::<i64>().checked_div(count)?;
    let seconds = average_s
        .checked_mul(i64::from(place))?
        .checked_div(i64::try_from(busy).ok()?)?;
    u32::try_from(seconds / 60 + i64::from(seconds % 60 > 0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_as_many_talks_as_there_are_places_shared_by_those_who_talk() {
        for (place, busy, talks, told) in [
            (1, 1, &[120, 240][..], Some(3)),
            (4, 2, &[180], Some(6)),
            (1, 3, &[60], Some(1)),
            (2, 1, &[61], Some(3)),
            (1, 1, &[0], Some(0)),
            (1, 0, &[120], None),
            (1, 2, &[], None),
        ] {
            assert_eq!(
                minutes(place, busy, talks),
                told,
                "{place} {busy} {talks:?}"
            );
        }
    }
}
