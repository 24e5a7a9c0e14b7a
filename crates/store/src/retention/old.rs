//! Removing what is older than a moment, a batch at a time. Each gives how much it did; nothing when all is done.

use exchange::{Call, Mask, Moment, PhoneNumber};
use sqlx::Row;

use super::texts::{Edit, Kept, recordings, rewrite};
use super::{Keepable, removals};
use crate::Store;
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json};

/// What belongs to a call and lies by when it began.
const BY_START: [&str; 2] = [
    "delete from journal where call_started_at = $1 and call_sid = $2",
    "delete from outbox where call_started_at = $1 and call_sid = $2",
];

/// What belongs to a call and goes with it.
const OF_A_CALL: [&str; 5] = [
    "delete from wrap_ups where call_sid = $1",
    "delete from survey_answers where call_sid = $1",
    "delete from attendance where call_sid = $1",
    "delete from inbox where call_sid = $1",
    "delete from calls where sid = $1",
];

impl Store {
    /// Removes calls that began before a moment and are over, with all that was written of them. Their recordings are to
    /// be removed from then on.
    ///
    /// # Errors
    /// When the database fails; then nothing of the batch is done.
    pub async fn remove_calls(&self, before: Moment, now: Moment, most: u32) -> Result<u64, Error> {
        let doing = "remove old calls";
        let mut tx = self.db.begin().await?;
        let calls = over(&mut tx, Moment(i64::MIN), before, most).await?;
        for call in &calls {
            let recordings = recordings(&mut tx, call).await?;
            removals::ask(&mut tx, recordings, now).await?;
            for statement in BY_START {
                sqlx::query(statement)
                    .bind(call.started)
                    .bind(call.sid.as_str())
                    .execute(&mut *tx)
                    .await
                    .doing(doing)?;
            }
            for statement in OF_A_CALL {
                sqlx::query(statement)
                    .bind(call.sid.as_str())
                    .execute(&mut *tx)
                    .await
                    .doing(doing)?;
            }
        }
        let mut done = u64::try_from(calls.len()).unwrap_or(0);
        if calls.is_empty() {
            done += remove_gatherings(&mut tx, before).await?;
        }
        self.write_old(tx, doing).await?;
        self.forget(&calls);
        Ok(done)
    }

    /// Masks the numbers of calls that began before a moment and are over.
    ///
    /// # Errors
    /// As for [`Store::remove_calls`].
    pub async fn mask_numbers(&self, before: Moment, most: u32) -> Result<u64, Error> {
        let doing = "mask old numbers";
        let mut tx = self.db.begin().await?;
        let from = done_before(&mut tx, Keepable::Numbers).await?;
        let calls = over(&mut tx, from, before, most).await?;
        for call in &calls {
            let state: Call = from_json(&call.state, "a call")?;
            let masks = masks(&mut tx, &state, Mask::of).await?;
            if masks.is_empty() {
                continue;
            }
            let edit = Edit {
                masks: &masks,
                clears: false,
                place: None,
            };
            rewrite(&mut tx, call, &state, &edit).await?;
        }
        let done = move_on(&mut tx, Keepable::Numbers, &calls, before, most).await?;
        self.write_old(tx, doing).await?;
        self.forget(&calls);
        Ok(done)
    }

    /// Asks for the recordings of calls that began before a moment and are over to be removed; messages go from the inbox.
    ///
    /// # Errors
    /// As for [`Store::remove_calls`].
    pub async fn remove_recordings(
        &self,
        before: Moment,
        now: Moment,
        most: u32,
    ) -> Result<u64, Error> {
        let doing = "remove old recordings";
        let mut tx = self.db.begin().await?;
        let from = done_before(&mut tx, Keepable::Recordings).await?;
        let calls = over(&mut tx, from, before, most).await?;
        for call in &calls {
            let recordings = recordings(&mut tx, call).await?;
            removals::ask(&mut tx, recordings, now).await?;
            sqlx::query(
                "
                delete from inbox
                where call_sid = $1
                  and recording is not null
                ",
            )
            .bind(call.sid.as_str())
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        }
        let done = move_on(&mut tx, Keepable::Recordings, &calls, before, most).await?;
        self.write_old(tx, doing).await?;
        Ok(done)
    }

    /// Removes entries of the inbox from before a moment, whether somebody has seen to them or not. Their recordings are
    /// to be removed from then on.
    ///
    /// # Errors
    /// As for [`Store::remove_calls`].
    pub async fn remove_entries(
        &self,
        before: Moment,
        now: Moment,
        most: u32,
    ) -> Result<u64, Error> {
        let doing = "remove old entries of the inbox";
        let mut tx = self.db.begin().await?;
        let rows = sqlx::query(
            "
            select call_sid, kind, recording
            from inbox
            where at < $1
            order by at, call_sid, kind
            limit $2
            ",
        )
        .bind(before.0)
        .bind(i64::from(most))
        .fetch_all(&mut *tx)
        .await
        .doing(doing)?;
        for row in &rows {
            let (call, kind): (String, String) = (
                row.try_get("call_sid").doing(doing)?,
                row.try_get("kind").doing(doing)?,
            );
            let recording: Option<String> = row.try_get("recording").doing(doing)?;
            removals::ask(&mut tx, recording, now).await?;
            sqlx::query("delete from inbox where call_sid = $1 and kind = $2")
                .bind(call)
                .bind(kind)
                .execute(&mut *tx)
                .await
                .doing(doing)?;
        }
        self.write_old(tx, doing).await?;
        Ok(u64::try_from(rows.len()).unwrap_or(0))
    }

    /// Removes lines of the audit from before a moment.
    ///
    /// # Errors
    /// As for [`Store::remove_calls`].
    pub async fn remove_audited(&self, before: Moment, most: u32) -> Result<u64, Error> {
        let doing = "remove old lines of the audit";
        let mut tx = self.db.begin().await?;
        let until: Option<i64> = sqlx::query_scalar(
            "
            select max(at)
            from (
                select at
                from audit
                where at < $1
                order by at
                limit $2
            ) oldest
            ",
        )
        .bind(before.0)
        .bind(i64::from(most))
        .fetch_one(&mut *tx)
        .await
        .doing(doing)?;
        let Some(until) = until else { return Ok(0) };
        let done = sqlx::query("delete from audit where at <= $1")
            .bind(until)
            .execute(&mut *tx)
            .await
            .doing(doing)?
            .rows_affected();
        tx.commit().await.doing(doing)?;
        Ok(done)
    }

    pub(super) async fn write_old(
        &self,
        mut tx: Write<'_>,
        doing: &'static str,
    ) -> Result<(), Error> {
        tx.tell_of_floor().await.doing(doing)?;
        tx.commit().await.doing(doing)?;
        self.wakes.floor();
        Ok(())
    }

    /// What this process remembers of calls is as it was before.
    pub(super) fn forget(&self, calls: &[Kept]) {
        for sid in calls
            .iter()
            .filter_map(|call| exchange::CallSid::parse(&call.sid).ok())
        {
            self.memory.forget(&sid);
        }
    }
}

/// Calls that are over and began within a time, the oldest first.
async fn over(
    tx: &mut Write<'_>,
    from: Moment,
    before: Moment,
    most: u32,
) -> Result<Vec<Kept>, Error> {
    let doing = "find old calls";
    sqlx::query(
        "
        select sid, started_at, state
        from calls
        where started_at >= $1
          and started_at < $2
          and ended_at is not null
        order by started_at, sid
        limit $3
        ",
    )
    .bind(from.0)
    .bind(before.0)
    .bind(i64::from(most))
    .fetch_all(&mut **tx)
    .await
    .doing(doing)?
    .iter()
    .map(read)
    .collect()
}

pub(super) fn read(row: &sqlx::any::AnyRow) -> Result<Kept, Error> {
    let doing = "read an old call";
    Ok(Kept {
        sid: row.try_get("sid").doing(doing)?,
        started: row.try_get("started_at").doing(doing)?,
        state: row.try_get("state").doing(doing)?,
    })
}

/// The masks of every number that a call's caller is known by, and that is not masked yet.
pub(super) async fn masks(
    tx: &mut Write<'_>,
    call: &Call,
    mask: fn(&PhoneNumber) -> Mask,
) -> Result<Vec<Mask>, Error> {
    let doing = "find the numbers of a caller";
    let mut numbers: Vec<PhoneNumber> = call.caller.number().cloned().into_iter().collect();
    if call.calling_out().is_some() {
        numbers.extend(call.dialled.clone());
    }
    let rows = sqlx::query(
        "
        select number
        from inbox
        where call_sid = $1
          and number is not null
        ",
    )
    .bind(call.sid.as_str())
    .fetch_all(&mut **tx)
    .await
    .doing(doing)?;
    for row in &rows {
        let number: &str = row.try_get("number").doing(doing)?;
        numbers.extend(PhoneNumber::parse(number));
    }
    numbers.sort();
    numbers.dedup();
    let is_there = |number: &&PhoneNumber| mask(number).over(number.as_str()) != number.as_str();
    Ok(numbers.iter().filter(is_there).map(mask).collect())
}

async fn done_before(tx: &mut Write<'_>, what: Keepable) -> Result<Moment, Error> {
    let done: i64 = sqlx::query_scalar("select done_before from retention where what = $1")
        .bind(what.word())
        .fetch_one(&mut **tx)
        .await
        .doing("read how far it is done")?;
    Ok(Moment(done))
}

/// Notes how far it is done: everything before the last of a full batch, else everything that is old, but for calls that
/// go on. Gives how much the batch was; a batch of calls that all began in one moment is passed over with it.
async fn move_on(
    tx: &mut Write<'_>,
    what: Keepable,
    calls: &[Kept],
    before: Moment,
    most: u32,
) -> Result<u64, Error> {
    let doing = "note how far it is done";
    let is_full = u32::try_from(calls.len()).is_ok_and(|done| done >= most);
    let first = calls.first().map(|call| call.started);
    let last = calls.last().map(|call| call.started);
    let until = match last.filter(|_| is_full) {
        Some(last) if first == Some(last) => last + 1,
        Some(last) => last,
        None => {
            let goes_on: Option<i64> = sqlx::query_scalar(
                "
                select min(started_at)
                from calls
                where started_at < $1
                  and ended_at is null
                ",
            )
            .bind(before.0)
            .fetch_one(&mut **tx)
            .await
            .doing(doing)?;
            goes_on.map_or(before.0, |goes_on| goes_on.min(before.0))
        }
    };
    sqlx::query(
        "
        update retention
        set done_before = $2
        where what = $1
          and done_before < $2
        ",
    )
    .bind(what.word())
    .bind(until)
    .execute(&mut **tx)
    .await
    .doing(doing)?;
    Ok(if is_full {
        u64::try_from(calls.len()).unwrap_or(0)
    } else {
        0
    })
}

/// Gatherings of which no stay is left, and what was done in rooms.
async fn remove_gatherings(tx: &mut Write<'_>, before: Moment) -> Result<u64, Error> {
    let mut done = 0;
    for statement in [
        "
        delete from conferences
        where closed_at < $1
          and not exists (
            select 1
            from attendance
            where attendance.room_id = conferences.room_id
              and attendance.gathering = conferences.gathering
          )
        ",
        "delete from room_log where at < $1",
    ] {
        done += sqlx::query(statement)
            .bind(before.0)
            .execute(&mut **tx)
            .await
            .doing("remove old gatherings")?
            .rows_affected();
    }
    Ok(done)
}
