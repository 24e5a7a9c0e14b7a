//! Calls: loading them, remembering the recent ones, and writing them.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use exchange::{Call, CallSid, Caller, PhoneNumber};
use sqlx::Row;

use crate::batch::Prepared;
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json};
use crate::shape::Shape;
use crate::writer::PATIENCE;
use crate::{Store, Version};

/// How many calls half of the memory holds; a call takes about a kilobyte.
const GENERATION: usize = 8192;

impl Store {
    /// A call as this process last committed it, if that is not long ago.
    ///
    /// Another process may have changed it since; then a commit meets [`crate::Commit::Conflict`].
    #[must_use]
    pub fn recall(&self, sid: &CallSid) -> Option<(Version, Call)> {
        self.memory.find(sid)
    }

    /// A call as the database has it.
    ///
    /// # Errors
    /// When the database fails or holds a call that this release cannot read.
    pub async fn load(&self, sid: &CallSid) -> Result<Option<(Version, Call)>, Error> {
        let doing = "load a call";
        tokio::time::timeout(PATIENCE, self.load_in_time(sid))
            .await
            .unwrap_or(Err(Error::Late { doing }))
    }

    /// As [`Store::load`], for a list that does without a call that this release cannot read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load_readable(&self, sid: &CallSid) -> Result<Option<(Version, Call)>, Error> {
        let found = self.load(sid).await.transpose();
        let found = found.and_then(|found| self.left_out.unless_unreadable(sid.as_str(), found));
        found.transpose()
    }

    async fn load_in_time(&self, sid: &CallSid) -> Result<Option<(Version, Call)>, Error> {
        let doing = "load a call";
        let mut connection = self.db.read().await?;
        let row = sqlx::query(
            "
            select version, state
            from calls
            where sid = $1
            ",
        )
        .bind(sid.as_str())
        .fetch_optional(&mut *connection)
        .await
        .doing(doing)?;
        let Some(row) = row else { return Ok(None) };
        let state: &str = row.try_get("state").doing(doing)?;
        Ok(Some((
            Version(row.try_get("version").doing(doing)?),
            from_json(state, "a call")?,
        )))
    }
}

/// The calls that were committed last. When the young half is full, it becomes the old one, and
/// what was not touched meanwhile is forgotten.
#[derive(Default)]
pub(crate) struct Memory {
    halves: Mutex<Halves>,
}

#[derive(Default)]
struct Halves {
    young: HashMap<CallSid, (Version, Call)>,
    old: HashMap<CallSid, (Version, Call)>,
}

impl Memory {
    pub(crate) fn find(&self, sid: &CallSid) -> Option<(Version, Call)> {
        let halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        halves
            .young
            .get(sid)
            .or_else(|| halves.old.get(sid))
            .cloned()
    }

    pub(crate) fn put(&self, version: Version, call: Call) {
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        if halves.young.len() >= GENERATION {
            halves.old = std::mem::take(&mut halves.young);
        }
        halves.young.insert(call.sid.clone(), (version, call));
    }

    pub(crate) fn forget(&self, sid: &CallSid) {
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        halves.young.remove(sid);
        halves.old.remove(sid);
    }
}

static UPSERT: Shape = Shape::new(
    "
    insert into calls (sid, version, line_id, caller, started_at, ended_at, outcome, state)
    values
    ",
    8,
    "
    on conflict (sid) do update
    set version = excluded.version,
        ended_at = excluded.ended_at,
        outcome = excluded.outcome,
        state = excluded.state
    where calls.version = excluded.version - 1
    returning sid
    ",
);

/// Writes the calls whose version is the one after the database's, and tells which those are.
pub(crate) async fn upsert(
    tx: &mut Write<'_>,
    changes: &[&Prepared],
) -> Result<BTreeSet<String>, sqlx::Error> {
    let mut written = BTreeSet::new();
    for (sql, changes) in UPSERT.statements(tx, changes) {
        let mut query = sqlx::query(sql);
        for change in changes {
            query = query
                .bind(change.sid.as_str())
                .bind(change.version.0)
                .bind(change.line.as_str())
                .bind(change.caller.as_str())
                .bind(change.started_at)
                .bind(change.ended_at)
                .bind(change.outcome)
                .bind(change.state.as_str());
        }
        for row in query.fetch_all(&mut **tx).await? {
            written.insert(row.try_get(0)?);
        }
    }
    Ok(written)
}

/// What a search for a caller goes through: a number's digits, or the name in lower case; for a call that a browser
/// made, both.
/// Of a name only so much as an index can hold, and nothing that a text column cannot.
pub(crate) fn searchable(call: &Call) -> String {
    if call.calling_out().is_some() {
        let number = call.dialled.as_ref().map_or("", PhoneNumber::digits);
        return bearable(&format!("{number} {}", call.made_by()));
    }
    match &call.caller {
        Caller::Number(number) => number.digits().to_owned(),
        Caller::Client(name) | Caller::Sip(name) | Caller::Other(name) => bearable(name),
        Caller::Withheld => call.caller.label(),
    }
}

fn bearable(text: &str) -> String {
    let letters = text.chars().filter(|letter| !letter.is_control());
    letters.flat_map(char::to_lowercase).take(200).collect()
}
