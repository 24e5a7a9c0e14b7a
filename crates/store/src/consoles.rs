//! Consoles that answered: many at about the same time in one write, and those whose feed another process holds.

use exchange::{ANSWERED_WITHIN_MS, Moment};
use sqlx::Row;

use crate::dialect::Write;
use crate::error::{Doing, Error};
use crate::{Console, Store};

const DOING: &str = "note that consoles answered";

impl Store {
    /// Notes that consoles answered, as [`Store::console_answered`] notes it of one.
    ///
    /// # Errors
    /// When the database fails; then nothing is noted.
    pub async fn consoles_answered(&self, consoles: &[Console]) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        let mut is_seen = false;
        for console in consoles {
            is_seen |= !is_as_before(&mut tx, console).await?;
            write(&mut tx, console).await?;
        }
        if is_seen {
            tx.tell_of_floor().await.doing(DOING)?;
        }
        tx.commit().await.doing(DOING)?;
        if is_seen {
            self.wakes.floor();
        }
        Ok(())
    }
}

impl Store {
    /// Notes that a console answered whose feed another process holds; false where there is no such console of theirs
    /// that still counts.
    ///
    /// # Errors
    /// When the database fails; then nothing is noted.
    pub async fn console_goes_on(&self, console: &Console) -> Result<bool, Error> {
        let mut tx = self.db.begin().await?;
        let is_seen = !is_as_before(&mut tx, console).await?;
        let found = sqlx::query(
            "
            update consoles
            set answered_at = $3,
                registered = $4,
                microphone = $5
            where connection = $1
              and user_name = $2
              and answered_at > $6
            ",
        )
        .bind(console.connection.as_str())
        .bind(console.user.as_str())
        .bind(console.answered.0)
        .bind(i64::from(console.registered))
        .bind(i64::from(console.microphone))
        .bind(console.answered.0 - ANSWERED_WITHIN_MS)
        .execute(&mut *tx)
        .await
        .doing(DOING)?
        .rows_affected();
        if found == 0 {
            return Ok(false);
        }
        if is_seen {
            tx.tell_of_floor().await.doing(DOING)?;
        }
        tx.commit().await.doing(DOING)?;
        if is_seen {
            self.wakes.floor();
        }
        Ok(true)
    }

    /// When a console last answered, whichever process heard it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn console_heard(&self, connection: &str) -> Result<Option<Moment>, Error> {
        let doing = "ask when a console answered";
        let mut reader = self.db.read().await?;
        let answered: Option<i64> = sqlx::query_scalar(
            "
            select answered_at
            from consoles
            where connection = $1
            ",
        )
        .bind(connection)
        .fetch_optional(&mut *reader)
        .await
        .doing(doing)?;
        Ok(answered.map(Moment))
    }
}

/// Whether nobody can see that the console answered: it was there, and its phone is as it was.
async fn is_as_before(tx: &mut Write<'_>, console: &Console) -> Result<bool, Error> {
    let before = sqlx::query(
        "
        select answered_at, registered, microphone
        from consoles
        where connection = $1
        ",
    )
    .bind(console.connection.as_str())
    .fetch_optional(&mut **tx)
    .await
    .doing(DOING)?;
    let Some(row) = before else { return Ok(false) };
    let answered: i64 = row.try_get("answered_at").doing(DOING)?;
    let registered: i64 = row.try_get("registered").doing(DOING)?;
    let microphone: i64 = row.try_get("microphone").doing(DOING)?;
    Ok(console.answered.0 - answered < ANSWERED_WITHIN_MS
        && registered == i64::from(console.registered)
        && microphone == i64::from(console.microphone))
}

/// What another process heard later stays.
async fn write(tx: &mut Write<'_>, console: &Console) -> Result<(), Error> {
    sqlx::query(
        "
        insert into consoles (connection, user_name, answered_at, registered, microphone)
        values ($1, $2, $3, $4, $5)
        on conflict (connection) do update
        set answered_at = excluded.answered_at,
            registered = excluded.registered,
            microphone = excluded.microphone
        where consoles.answered_at <= excluded.answered_at
        ",
    )
    .bind(console.connection.as_str())
    .bind(console.user.as_str())
    .bind(console.answered.0)
    .bind(i64::from(console.registered))
    .bind(i64::from(console.microphone))
    .execute(&mut **tx)
    .await
    .doing(DOING)
    .map(|_| ())
}
