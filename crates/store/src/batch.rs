//! One transaction over changes of different calls: which of them count, and the rows they leave.

use std::collections::{BTreeMap, BTreeSet};

use exchange::{Call, Caller, Filed};

use crate::change::{
    AgentChange, Change, Commit, EffectId, NewEffect, PlanVersion, Request, RoomChange, Version,
};
use crate::dialect::Write;
use crate::error::{Doing, Error, to_json};
use crate::floor::FloorChange;
use crate::{agents, calls, floor, gatherings, inbox, journal, outbox, rooms};

const DOING: &str = "write changes of calls";

/// A change as its rows have it.
pub(crate) struct Prepared {
    pub(crate) sid: String,
    pub(crate) version: Version,
    pub(crate) plan: PlanVersion,
    pub(crate) line: String,
    pub(crate) caller: String,
    pub(crate) started_at: i64,
    pub(crate) ended_at: Option<i64>,
    pub(crate) outcome: Option<&'static str>,
    pub(crate) state: String,
    pub(crate) at: i64,
    pub(crate) identity: Option<String>,
    pub(crate) event: String,
    pub(crate) lines: String,
    pub(crate) request: Request,
    pub(crate) document: Option<String>,
    pub(crate) effects: Vec<NewEffect>,
    pub(crate) settles: Option<EffectId>,
    pub(crate) agents: Vec<AgentChange>,
    pub(crate) floor: FloorChange,
    pub(crate) filed: Vec<Filed>,
    pub(crate) team: Option<String>,
    pub(crate) room: Option<RoomChange>,
    /// The journal's lines, for the room's own log.
    pub(crate) room_lines: Vec<String>,
    /// The caller's number, and what people call them; read only for what is filed.
    pub(crate) number: Option<String>,
    pub(crate) caller_label: String,
}

impl Prepared {
    pub(crate) fn new(change: Change) -> Result<(Self, Call), Error> {
        let Change {
            call,
            was,
            plan,
            entry,
            effects,
            settles,
            agents,
            floor,
            filed,
            team,
            room,
        } = change;
        let (number, caller_label) = if filed.is_empty() {
            (None, String::new())
        } else {
            (number_of(&call), call.caller.label())
        };
        let prepared = Self {
            sid: call.sid.as_str().to_owned(),
            version: Version(was.0 + 1),
            plan,
            line: call.line.as_str().to_owned(),
            caller: calls::searchable(&call),
            started_at: call.started.0,
            ended_at: call.ended.as_ref().map(|ended| ended.at.0),
            outcome: call.ended.as_ref().map(|ended| ended.how.word()),
            state: to_json(&call, "a call")?,
            at: entry.at.0,
            identity: entry.identity,
            event: entry.event,
            lines: to_json(&entry.lines, "a line of the journal")?,
            request: entry.request,
            document: entry.document,
            effects,
            settles,
            agents,
            floor,
            filed,
            team: team.map(|team| team.as_str().to_owned()),
            room_lines: if room.is_some() {
                entry.lines
            } else {
                Vec::new()
            },
            room,
            number,
            caller_label,
        };
        Ok((prepared, call))
    }

    /// Whether it is refused as a whole when something beside its call has moved on.
    pub(crate) fn is_alone(&self) -> bool {
        !self.agents.is_empty() || self.room.is_some()
    }

    /// Whether an effect of it is to be done at once.
    fn is_urgent(&self) -> bool {
        self.effects.iter().any(|effect| effect.due.0 <= self.at)
    }
}

fn number_of(call: &Call) -> Option<String> {
    match &call.caller {
        Caller::Number(number) => Some(number.to_string()),
        Caller::Withheld | Caller::Client(_) | Caller::Sip(_) | Caller::Other(_) => None,
    }
}

/// What became of a batch, and who should be woken once it is committed.
pub(crate) struct Written {
    pub(crate) commits: Vec<Commit>,
    pub(crate) wakes_effects: bool,
    pub(crate) wakes_floor: bool,
    pub(crate) wakes_rooms: bool,
}

/// Writes what counts of a batch and tells what became of each change, in their order.
///
/// No two changes of a batch may be of the same call, and one that concerns agents or a room is alone in its batch.
pub(crate) async fn write(mut tx: Write<'_>, batch: &[Prepared]) -> Result<Written, Error> {
    let known = journal::known(&mut tx, batch).await.doing(DOING)?;
    let settled = outbox::settled(&mut tx, batch).await.doing(DOING)?;
    let (refused, fit) = judge(batch, &known, &settled);
    let written = calls::upsert(&mut tx, &fit).await.doing(DOING)?;
    let mut rows: Vec<&Prepared> = fit
        .into_iter()
        .filter(|change| written.contains(&change.sid))
        .collect();
    let concerns_agents = rows.iter().any(|change| !change.agents.is_empty());
    if concerns_agents && !are_agents_written(&mut tx, &rows).await? {
        rows.clear();
    }
    let concerns_rooms = rows.iter().any(|change| change.room.is_some());
    if concerns_rooms && !are_rooms_written(&mut tx, &rows).await? {
        rows.clear();
    }
    let mut wakes_floor = concerns_agents;
    // Those behind an effect that is settled now may be due.
    let wakes_effects = rows
        .iter()
        .any(|change| change.is_urgent() || change.settles.is_some());
    if rows.is_empty() {
        tx.rollback().await.doing(DOING)?;
    } else {
        journal::append(&mut tx, &rows).await.doing(DOING)?;
        outbox::push(&mut tx, &rows).await.doing(DOING)?;
        outbox::remove_settled(&mut tx, &rows).await.doing(DOING)?;
        wakes_floor |= floor::write(&mut tx, &rows).await.doing(DOING)?;
        wakes_floor |= inbox::file(&mut tx, &rows).await.doing(DOING)?;
        if wakes_effects {
            tx.tell_of_effects().await.doing(DOING)?;
        }
        if wakes_floor {
            tx.tell_of_floor().await.doing(DOING)?;
        }
        if concerns_rooms {
            tx.tell_of_rooms().await.doing(DOING)?;
        }
        tx.commit().await.doing(DOING)?;
    }
    let commits = batch
        .iter()
        .map(|change| match refused.get(change.sid.as_str()) {
            Some(refusal) => refusal.clone(),
            None if rows.iter().any(|row| row.sid == change.sid) => {
                Commit::Committed(change.version)
            }
            None => Commit::Conflict,
        })
        .collect();
    Ok(Written {
        commits,
        wakes_effects,
        wakes_floor,
        wakes_rooms: concerns_rooms,
    })
}

async fn are_agents_written(tx: &mut Write<'_>, rows: &[&Prepared]) -> Result<bool, Error> {
    for change in rows.iter().flat_map(|row| &row.agents) {
        if !agents::update(tx, change).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn are_rooms_written(tx: &mut Write<'_>, rows: &[&Prepared]) -> Result<bool, Error> {
    for change in rows {
        let Some(room) = &change.room else { continue };
        if !rooms::update(tx, room, change.at).await? {
            return Ok(false);
        }
        gatherings::write(tx, room, change).await?;
    }
    Ok(true)
}

/// Whether an error is another process' doing at the same moment, so that a second look decides.
pub(crate) fn collided(error: &Error) -> bool {
    let Error::Database { source, .. } = error else {
        return false;
    };
    source.as_database_error().is_some_and(|error| {
        let serialization_failure_or_deadlock = ["40001", "40P01"];
        error.is_unique_violation()
            || error
                .code()
                .is_some_and(|code| serialization_failure_or_deadlock.contains(&&*code))
    })
}

/// How often a transaction is begun anew that collides with another process' writing each time.
const TRIES: u32 = 5;

/// Counts how often a transaction was begun.
#[derive(Default)]
pub(crate) struct Begun(u32);

impl Begun {
    /// Whether it is begun anew: where it collided with another process' writing, nothing of it was done.
    pub(crate) fn again_after(&mut self, error: &Error) -> bool {
        self.0 += 1;
        self.0 < TRIES && collided(error)
    }
}

/// Whether an error is about what one change holds, so that the others of its batch can be written:
/// a value that does not fit, a broken rule, a row that is too long (SQLSTATE classes 22, 23, 54).
pub(crate) fn is_of_one(error: &Error) -> bool {
    let Error::Database { source, .. } = error else {
        return false;
    };
    source
        .as_database_error()
        .and_then(|error| error.code())
        .is_some_and(|code| code.len() == 5 && ["22", "23", "54"].contains(&&code[..2]))
}

/// What the journal knows before a batch is written.
pub(crate) struct Known {
    pub(crate) plan: PlanVersion,
    /// The documents of those of the batch's webhooks that were answered before, by identity.
    pub(crate) documents: BTreeMap<String, Option<String>>,
}

fn judge<'a>(
    batch: &'a [Prepared],
    known: &Known,
    settled: &BTreeSet<EffectId>,
) -> (BTreeMap<&'a str, Commit>, Vec<&'a Prepared>) {
    let mut refused = BTreeMap::new();
    let mut fit = Vec::with_capacity(batch.len());
    for change in batch {
        let answered = change
            .identity
            .as_ref()
            .and_then(|identity| known.documents.get(identity));
        let refusal = if let Some(document) = answered {
            Commit::Duplicate {
                document: document.clone(),
            }
        } else if change
            .settles
            .as_ref()
            .is_some_and(|effect| settled.contains(effect))
        {
            Commit::Duplicate { document: None }
        } else if change.plan != known.plan {
            Commit::StalePlan(known.plan)
        } else {
            fit.push(change);
            continue;
        };
        refused.insert(change.sid.as_str(), refusal);
    }
    (refused, fit)
}
