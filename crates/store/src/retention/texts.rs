//! All that is written of one call, wherever it stands: read, changed, and written again.

use std::collections::BTreeSet;

use exchange::{Call, Mask};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::finding::Beside;
use super::rooms;
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, to_json};

/// A call as it lies in the database.
pub(super) struct Kept {
    pub(super) sid: String,
    pub(super) version: i64,
    pub(super) started: i64,
    pub(super) is_over: bool,
    pub(super) state: String,
}

impl Kept {
    /// From a row with `sid, version, started_at, ended_at, state`.
    pub(super) fn read(row: &AnyRow) -> Result<Self, Error> {
        let doing = "read an old call";
        let ended: Option<i64> = row.try_get("ended_at").doing(doing)?;
        Ok(Self {
            sid: row.try_get("sid").doing(doing)?,
            version: row.try_get("version").doing(doing)?,
            started: row.try_get("started_at").doing(doing)?,
            is_over: ended.is_some(),
            state: row.try_get("state").doing(doing)?,
        })
    }

    pub(super) fn call(&self) -> Result<Call, Error> {
        from_json(&self.state, "a call")
    }

    /// A call as it lies there at this moment.
    pub(super) async fn find(
        connection: &mut AnyConnection,
        sid: &str,
    ) -> Result<Option<Self>, Error> {
        sqlx::query(
            "
            select sid, version, started_at, ended_at, state
            from calls
            where sid = $1
            ",
        )
        .bind(sid)
        .fetch_optional(connection)
        .await
        .doing("read an old call")?
        .as_ref()
        .map(Self::read)
        .transpose()
    }
}

/// What becomes of the texts of a call.
pub(super) struct Edit<'a> {
    /// Numbers that are masked everywhere.
    pub(super) masks: &'a [Mask],
    /// The call's own texts go as well: what the carrier sent, what it was answered, what agents noted.
    pub(super) clears: bool,
    /// A text that goes from the journal's lines: where the caller was.
    pub(super) place: Option<String>,
    /// How far it goes in what rooms remember.
    pub(super) reach: Reach,
}

/// How far a change goes in the rooms that a call was in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Wherever the numbers stand.
    Everywhere,
    /// What is remembered of the call, and not of others with the same numbers.
    OfTheCall,
}

impl Edit<'_> {
    pub(super) fn over(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for mask in self.masks {
            text = mask.over(&text);
        }
        if let Some(place) = &self.place {
            text = text.replace(place, "");
        }
        text
    }

    /// The webhook's fields without the name that the carrier knows the caller by.
    fn request(&self, text: &str) -> Result<String, Error> {
        if self.clears {
            return Ok("[]".to_owned());
        }
        let pairs: Vec<(String, String)> = from_json(text, "a request")?;
        let kept: Vec<(String, String)> = pairs
            .into_iter()
            .filter(|(name, _)| name != "CallerName")
            .map(|(name, value)| (name, self.over(&value)))
            .collect();
        to_json(&kept, "a request")
    }
}

/// The recordings that a call's texts name.
pub(super) async fn recordings(
    connection: &mut AnyConnection,
    call: &Kept,
) -> Result<BTreeSet<String>, Error> {
    let doing = "look for a call's recordings";
    let mut found = BTreeSet::new();
    named_in(&call.state, &mut found);
    let rows = sqlx::query(
        "
        select request
        from journal
        where call_started_at = $1
          and call_sid = $2
          and request like '%\"RE%'
        ",
    )
    .bind(call.started)
    .bind(call.sid.as_str())
    .fetch_all(&mut *connection)
    .await
    .doing(doing)?;
    for row in &rows {
        named_in(row.try_get("request").doing(doing)?, &mut found);
    }
    let rows = sqlx::query(
        "
        select recording
        from inbox
        where call_sid = $1
          and recording is not null
        ",
    )
    .bind(call.sid.as_str())
    .fetch_all(&mut *connection)
    .await
    .doing(doing)?;
    for row in &rows {
        found.insert(row.try_get("recording").doing(doing)?);
    }
    Ok(found)
}

/// Every recording's SID that stands in a text by itself.
fn named_in(text: &str, found: &mut BTreeSet<String>) {
    for piece in text.split('"') {
        let is_sid = piece.len() == 34
            && piece.starts_with("RE")
            && piece.bytes().skip(2).all(|byte| byte.is_ascii_hexdigit());
        if is_sid {
            found.insert(piece.to_owned());
        }
    }
}

/// Writes a call again, with everything that was written of it. Whoever took a step of it meanwhile takes it again; where
/// the step came first it is false, nothing is written, and the call is to be looked at again.
pub(super) async fn rewrite(
    tx: &mut Write<'_>,
    call: &Kept,
    state: &Call,
    edit: &Edit<'_>,
) -> Result<bool, Error> {
    let doing = "write a call without a number";
    let text = edit.over(&to_json(state, "a call")?);
    // It must stay readable: what stands in a number's place is one.
    let state: Call = from_json(&text, "a call")?;
    let caller = crate::calls::searchable(&state);
    let written = sqlx::query(
        "
        update calls
        set state = $2,
            caller = $3,
            version = version + 1
        where sid = $1
          and version = $4
        ",
    )
    .bind(call.sid.as_str())
    .bind(text)
    .bind(caller)
    .bind(call.version)
    .execute(&mut **tx)
    .await
    .doing(doing)?
    .rows_affected();
    if written == 0 {
        return Ok(false);
    }
    rewrite_journal(tx, call, edit).await?;
    rewrite_beside(tx, call, edit).await?;
    Ok(true)
}

async fn rewrite_journal(tx: &mut Write<'_>, call: &Kept, edit: &Edit<'_>) -> Result<(), Error> {
    let doing = "write a journal without a number";
    let rows = sqlx::query(
        "
        select seq, lines, request, document
        from journal
        where call_started_at = $1
          and call_sid = $2
        ",
    )
    .bind(call.started)
    .bind(call.sid.as_str())
    .fetch_all(&mut **tx)
    .await
    .doing(doing)?;
    for row in &rows {
        let seq: i64 = row.try_get("seq").doing(doing)?;
        let document: Option<&str> = row.try_get("document").doing(doing)?;
        let document = document.filter(|_| !edit.clears);
        sqlx::query(
            "
            update journal
            set lines = $4,
                request = $5,
                document = $6
            where call_started_at = $1
              and call_sid = $2
              and seq = $3
            ",
        )
        .bind(call.started)
        .bind(call.sid.as_str())
        .bind(seq)
        .bind(edit.over(row.try_get("lines").doing(doing)?))
        .bind(edit.request(row.try_get("request").doing(doing)?)?)
        .bind(document.map(|document| edit.over(document)))
        .execute(&mut **tx)
        .await
        .doing(doing)?;
    }
    Ok(())
}

/// Notes, the inbox, stays in rooms, what rooms remember of them, and the audit.
async fn rewrite_beside(tx: &mut Write<'_>, call: &Kept, edit: &Edit<'_>) -> Result<(), Error> {
    let sid = call.sid.as_str();
    let rooms = rooms_of(tx, sid).await?;
    for column in OF_A_CALL {
        rewrite_each(tx, edit, sid, column, None).await?;
    }
    for room in rooms {
        match edit.reach {
            Reach::Everywhere => {
                for column in OF_A_ROOM {
                    rewrite_each(tx, edit, &room, column, None).await?;
                }
            }
            Reach::OfTheCall => rooms::rewrite(tx, edit, sid, &room).await?,
        }
    }
    Ok(())
}

/// The columns that are written again with a call, beside its own.
const OF_A_CALL: [Beside; 6] = [
    ("wrap_ups", "call_sid", "notes"),
    ("inbox", "call_sid", "caller"),
    ("inbox", "call_sid", "number"),
    ("attendance", "call_sid", "state"),
    ("audit", "about", "what"),
    ("outbox", "call_sid", "payload"),
];

/// And with a room.
const OF_A_ROOM: [Beside; 3] = [
    ("rooms", "id", "state"),
    ("room_log", "room_id", "line"),
    ("audit", "about", "what"),
];

async fn rooms_of(tx: &mut Write<'_>, sid: &str) -> Result<BTreeSet<String>, Error> {
    let doing = "find the rooms of a call";
    sqlx::query(
        "
        select room_id
        from attendance
        where call_sid = $1
        ",
    )
    .bind(sid)
    .fetch_all(&mut **tx)
    .await
    .doing(doing)?
    .iter()
    .map(|row| row.try_get("room_id").doing(doing))
    .collect()
}

/// Writes the texts of one column again where the number stands in them, and those that somebody else wrote meanwhile too;
/// of a log only those from before a moment, where one is said. All names are ours.
pub(super) async fn rewrite_each(
    tx: &mut Write<'_>,
    edit: &Edit<'_>,
    of: &str,
    (table, owner, column): Beside,
    before: Option<i64>,
) -> Result<(), Error> {
    let doing = "write what stands beside a call without a number";
    let in_time = before.map_or_else(String::new, |at| format!(" and at < {at}"));
    let read = format!(
        "select distinct {column} as text from {table} where {owner} = $1 and {column} is not null{in_time}"
    );
    let moves_on = if table == "rooms" {
        ", version = version + 1"
    } else {
        ""
    };
    let write = format!(
        "update {table} set {column} = $3{moves_on} where {owner} = $1 and {column} = $2{in_time}"
    );
    let is_noted = table == "wrap_ups" && edit.clears;
    let mut is_settled = false;
    while !is_settled {
        is_settled = true;
        let rows = sqlx::query(sqlx::AssertSqlSafe(read.clone()))
            .bind(of)
            .fetch_all(&mut **tx)
            .await
            .doing(doing)?;
        for row in &rows {
            let text: String = row.try_get("text").doing(doing)?;
            let masked = if is_noted {
                String::new()
            } else {
                edit.over(&text)
            };
            if masked == text {
                continue;
            }
            let written = sqlx::query(sqlx::AssertSqlSafe(write.clone()))
                .bind(of)
                .bind(text)
                .bind(masked)
                .execute(&mut **tx)
                .await
                .doing(doing)?
                .rows_affected();
            is_settled &= written > 0;
        }
    }
    Ok(())
}
