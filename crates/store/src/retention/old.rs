//! Removing what is older than a moment, a batch at a time. Each gives how much it did; nothing when all is done.

use exchange::Moment;
use exchange::conference::{Invite, Room};
use sqlx::Row;

use super::found::removable;
use super::removals;
use super::texts::recordings;
use crate::Store;
use crate::batch::Begun;
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, to_json};

/// What belongs to a call and lies by when it began.
const BY_START: [&str; 2] = [
    "delete from journal where call_started_at = $1 and call_sid = $2",
    "delete from outbox where call_started_at = $1 and call_sid = $2",
];

/// What belongs to a call and goes with it.
const OF_A_CALL: [&str; 6] = [
    "delete from wrap_ups where call_sid = $1",
    "delete from survey_answers where call_sid = $1",
    "delete from attendance where call_sid = $1",
    "delete from inbox where call_sid = $1",
    "delete from facts where name in ('passed:numbers:' || $1, 'passed:recordings:' || $1)",
    "delete from calls where sid = $1",
];

impl Store {
    /// Removes calls that began before a moment and are over, with all that was written of them. Their recordings are to
    /// be removed from then on.
    ///
    /// # Errors
    /// When the database fails; then nothing of the batch is done.
    pub async fn remove_calls(&self, before: Moment, now: Moment, most: u32) -> Result<u64, Error> {
        let mut begun = Begun::default();
        loop {
            match self.remove_some_calls(before, now, most).await {
                Err(error) if begun.again_after(&error) => {}
                done => return done,
            }
        }
    }

    async fn remove_some_calls(
        &self,
        before: Moment,
        now: Moment,
        most: u32,
    ) -> Result<u64, Error> {
        let doing = "remove old calls";
        let mut tx = self.db.begin().await?;
        let calls = removable(&mut tx, before, most).await?;
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
            forget_guests(&mut tx, before).await?;
        }
        self.write_old(tx, doing).await?;
        self.forget(calls.iter().map(|call| call.sid.as_str()));
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
    pub(super) fn forget<'a>(&self, sids: impl IntoIterator<Item = &'a str>) {
        for sid in sids {
            if let Ok(sid) = exchange::CallSid::parse(sid) {
                self.memory.forget(&sid);
            }
        }
    }
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

/// What rooms remember of who has left and of who was called into them: it goes with the gatherings.
async fn forget_guests(tx: &mut Write<'_>, before: Moment) -> Result<(), Error> {
    let doing = "forget who was in a room";
    let rows = sqlx::query("select id, version, state from rooms")
        .fetch_all(&mut **tx)
        .await
        .doing(doing)?;
    for row in &rows {
        let state: &str = row.try_get("state").doing(doing)?;
        let version: i64 = row.try_get("version").doing(doing)?;
        // One that this release cannot read is left to the release that can.
        let Ok(mut room) = from_json::<Room>(state, "a room") else {
            continue;
        };
        let (gone, invites) = (room.gone.len(), room.invites.len());
        let is_old = |invite: &Invite| invite.outcome.is_some() && invite.began < before;
        room.gone.retain(|stay| stay.left >= before);
        room.invites.retain(|invite| !is_old(invite));
        if (room.gone.len(), room.invites.len()) == (gone, invites) {
            continue;
        }
        // Who took a step of the room meanwhile is left alone until the next time.
        sqlx::query(
            "
            update rooms
            set state = $3,
                version = version + 1
            where id = $1
              and version = $2
            ",
        )
        .bind(row.try_get::<String, _>("id").doing(doing)?)
        .bind(version)
        .bind(to_json(&room, "a room")?)
        .execute(&mut **tx)
        .await
        .doing(doing)?;
    }
    Ok(())
}
