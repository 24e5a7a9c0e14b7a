//! Many consoles that answered at about the same time: one write for all of them.

use exchange::ANSWERED_WITHIN_MS;
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

async fn write(tx: &mut Write<'_>, console: &Console) -> Result<(), Error> {
    sqlx::query(
        "
        insert into consoles (connection, user_name, answered_at, registered, microphone)
        values ($1, $2, $3, $4, $5)
        on conflict (connection) do update
        set answered_at = excluded.answered_at,
            registered = excluded.registered,
            microphone = excluded.microphone
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
