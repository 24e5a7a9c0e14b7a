//! The floor: live support calls, a row each, written with every step of theirs.

use exchange::{CallSid, FloorRow, LineId, Moment, Priority, TeamId, UserName};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::Store;
use crate::batch::Prepared;
use crate::dialect::Write;
use crate::error::{Doing, Error, unreadable};

const WHAT: &str = "a row of the floor";

/// A live support call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnFloor {
    /// The call.
    pub call: CallSid,
    /// When it began.
    pub started: Moment,
    /// Its line.
    pub line: LineId,
    /// Where it stands.
    pub row: FloorRow,
}

impl Store {
    /// Every live support call, in the order of the queue: priority, then who came first. Rows that this release cannot
    /// read are left out; one whose stage alone it does not know is there with the word `unknown`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn floor(&self) -> Result<Vec<OnFloor>, Error> {
        let doing = "read the floor";
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(
            "
            select call_sid, call_started_at, line_id, team, stage, since, queued_at, rank, agent, not_before, legs
            from floor
            order by rank, queued_at, call_sid
            ",
        )
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?;
        let mut floor = Vec::with_capacity(rows.len());
        for row in &rows {
            let sid: &str = row.try_get("call_sid").doing(doing)?;
            let known = self.left_out.unless_unreadable(sid, read(row));
            floor.extend(known.transpose()?);
        }
        Ok(floor)
    }
}

fn read(row: &AnyRow) -> Result<OnFloor, Error> {
    let doing = "read the floor";
    let text = |column: &'static str| -> Result<&str, Error> { row.try_get(column).doing(doing) };
    let number = |column: &'static str| -> Result<i64, Error> { row.try_get(column).doing(doing) };
    let bad = |error: exchange::BadId| unreadable(WHAT, error);
    let team: Option<&str> = row.try_get("team").doing(doing)?;
    let agent: Option<&str> = row.try_get("agent").doing(doing)?;
    Ok(OnFloor {
        call: CallSid::parse(text("call_sid")?).map_err(bad)?,
        started: Moment(number("call_started_at")?),
        line: LineId::parse(text("line_id")?).map_err(bad)?,
        row: FloorRow {
            team: team.map(TeamId::parse).transpose().map_err(bad)?,
            stage: stage_of(text("stage")?),
            since: Moment(number("since")?),
            queued: Moment(number("queued_at")?),
            priority: match number("rank")? {
                0 => Priority::Front,
                _ => Priority::Normal,
            },
            agent: agent.map(UserName::parse).transpose().map_err(bad)?,
            not_before: Moment(number("not_before")?),
            legs: u32::try_from(number("legs")?).map_err(|error| unreadable(WHAT, error))?,
        },
    })
}

/// A stage of another release's: the call has its legs, and neither waits nor talks as far as this one knows.
const UNKNOWN: &str = "unknown";

/// The words that the rules have for stages.
const STAGES: [&str; 12] = [
    "arrived",
    "waiting",
    "offered",
    "talking",
    "seeking",
    "outside",
    "turned_away",
    "asked",
    "recording",
    "ending",
    "survey",
    "calling_out",
];

fn stage_of(word: &str) -> &'static str {
    let known = STAGES.into_iter().find(|stage| *stage == word);
    known.unwrap_or(UNKNOWN)
}

/// What a step does to its call's row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FloorChange {
    /// The call is on no support line.
    #[default]
    None,
    /// The row as it now stands.
    Row(FloorRow),
    /// The call is over, or has left its support line.
    Gone,
}

/// Writes the rows of the calls that are on the floor; true when one was touched.
pub(crate) async fn write(tx: &mut Write<'_>, changes: &[&Prepared]) -> Result<bool, sqlx::Error> {
    let mut is_touched = false;
    for change in changes {
        match &change.floor {
            FloorChange::None => continue,
            FloorChange::Gone => {
                sqlx::query(
                    "
                    delete from floor
                    where call_sid = $1
                    ",
                )
                .bind(change.sid.as_str())
                .execute(&mut **tx)
                .await?;
            }
            FloorChange::Row(row) => upsert(tx, change, row).await?,
        }
        is_touched = true;
    }
    Ok(is_touched)
}

async fn upsert(tx: &mut Write<'_>, change: &Prepared, row: &FloorRow) -> Result<(), sqlx::Error> {
    let rank: i64 = match row.priority {
        Priority::Front => 0,
        Priority::Normal => 1,
    };
    sqlx::query(
        "
        insert into floor (call_sid, call_started_at, line_id, team, stage, since, queued_at, rank, agent, not_before, legs)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (call_sid) do update
        set line_id = excluded.line_id,
            team = excluded.team,
            stage = excluded.stage,
            since = excluded.since,
            queued_at = excluded.queued_at,
            rank = excluded.rank,
            agent = excluded.agent,
            not_before = excluded.not_before,
            legs = excluded.legs
        ",
    )
    .bind(change.sid.as_str())
    .bind(change.started_at)
    .bind(change.line.as_str())
    .bind(row.team.as_ref().map(TeamId::as_str))
    .bind(row.stage)
    .bind(row.since.0)
    .bind(row.queued.0)
    .bind(rank)
    .bind(row.agent.as_ref().map(UserName::as_str))
    .bind(row.not_before.0)
    .bind(i64::from(row.legs))
    .execute(&mut **tx)
    .await
    .map(|_| ())
}
