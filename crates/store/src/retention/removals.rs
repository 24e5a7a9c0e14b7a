//! Recordings that the carrier is yet to remove.

use exchange::{Moment, RecordingSid};
use sqlx::Row;

use crate::Store;
use crate::dialect::Write;
use crate::error::{Doing, Error, unreadable};

impl Store {
    /// Recordings that the carrier is to be asked to remove by now, each with how often it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn removals_due(
        &self,
        now: Moment,
        most: u32,
    ) -> Result<Vec<(RecordingSid, i64)>, Error> {
        let doing = "read which recordings are to be removed";
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select recording, attempts
            from removals
            where due <= $1
            order by due, recording
            limit $2
            ",
        )
        .bind(now.0)
        .bind(i64::from(most))
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?
        .iter()
        .map(|row| {
            let sid: &str = row.try_get("recording").doing(doing)?;
            let sid = RecordingSid::parse(sid).map_err(|error| unreadable("a recording", error))?;
            Ok((sid, row.try_get("attempts").doing(doing)?))
        })
        .collect()
    }

    /// How many recordings the carrier is yet to remove.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_removals(&self) -> Result<u64, Error> {
        let mut connection = self.db.read().await?;
        let count: i64 = sqlx::query_scalar("select count(*) from removals")
            .fetch_one(&mut *connection)
            .await
            .doing("count the recordings to be removed")?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// The carrier has removed a recording, or never had it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn removed(&self, recording: &RecordingSid) -> Result<(), Error> {
        let doing = "note that a recording is removed";
        let mut tx = self.db.begin().await?;
        sqlx::query("delete from removals where recording = $1")
            .bind(recording.as_str())
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// The carrier did not remove a recording, and is asked again at a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn not_removed(&self, recording: &RecordingSid, due: Moment) -> Result<(), Error> {
        let doing = "note that a recording is not removed";
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "
            update removals
            set due = $2,
                attempts = attempts + 1
            where recording = $1
            ",
        )
        .bind(recording.as_str())
        .bind(due.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)
    }
}

/// Asks for recordings to be removed.
pub(super) async fn ask(
    tx: &mut Write<'_>,
    recordings: impl IntoIterator<Item = String>,
    at: Moment,
) -> Result<u64, Error> {
    let mut asked = 0;
    for recording in recordings {
        asked += insert(tx, &recording, at)
            .await
            .doing("ask for a recording to be removed")?;
    }
    Ok(asked)
}

/// Asks for a recording to be removed, unless it was asked for before; gives how many that makes.
pub(crate) async fn insert(
    tx: &mut Write<'_>,
    recording: &str,
    at: Moment,
) -> Result<u64, sqlx::Error> {
    sqlx::query(
        "
        insert into removals (recording, asked_at, due, attempts)
        values ($1, $2, $2, 0)
        on conflict (recording) do nothing
        ",
    )
    .bind(recording)
    .bind(at.0)
    .execute(&mut **tx)
    .await
    .map(|done| done.rows_affected())
}
