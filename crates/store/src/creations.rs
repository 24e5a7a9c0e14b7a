//! Whose turn it is to create a call: a second's worth of turns, shared by all processes, and given in the order in which
//! they were asked for.

use exchange::Moment;

use crate::Store;
use crate::error::{Doing, Error};

/// How turns that somebody waits for are named among the facts; each is worth the moment from which on it is theirs.
const TURN: &str = "creation_turn.";

/// How long a turn is kept whose owner never came for it, in milliseconds.
const KEPT_MS: i64 = 60_000;

impl Store {
    /// Takes a turn to create a call, of which there are so many in a second, if nobody else is to have it; else says
    /// when to ask again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_creation_turn(
        &self,
        now: Moment,
        per_second: u32,
    ) -> Result<Option<Moment>, Error> {
        self.creation_turn(None, now, per_second).await
    }

    /// The same for somebody who comes back: whoever asked first has the earlier turn, and it is kept for them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn await_creation_turn(
        &self,
        who: &str,
        now: Moment,
        per_second: u32,
    ) -> Result<Option<Moment>, Error> {
        let name = format!("{TURN}{who}");
        self.creation_turn(Some(&name), now, per_second).await
    }

    async fn creation_turn(
        &self,
        name: Option<&str>,
        now: Moment,
        per_second: u32,
    ) -> Result<Option<Moment>, Error> {
        let doing = "take a turn to create a call";
        let apart_ms = (1000 / i64::from(per_second.max(1))).max(1);
        let mut tx = self.db.begin().await?;
        // One after the other: PostgreSQL keeps this row for whoever writes it first.
        sqlx::query("update facts set value = value where name = 'next_creation'")
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        let next: i64 = sqlx::query_scalar("select value from facts where name = 'next_creation'")
            .fetch_one(&mut *tx)
            .await
            .doing(doing)?;
        let kept: Option<i64> = sqlx::query_scalar("select value from facts where name = $1")
            .bind(name.unwrap_or_default())
            .fetch_optional(&mut *tx)
            .await
            .doing(doing)?;
        let last: Option<i64> =
            sqlx::query_scalar("select max(value) from facts where name like $1")
                .bind(format!("{TURN}%"))
                .fetch_one(&mut *tx)
                .await
                .doing(doing)?;
        let own = kept.or(last.map(|last| last + apart_ms));
        let at = own.unwrap_or(next).max(next);
        if at <= now.0 {
            sqlx::query("delete from facts where name = $1")
                .bind(name.unwrap_or_default())
                .execute(&mut *tx)
                .await
                .doing(doing)?;
            sqlx::query("update facts set value = $1 where name = 'next_creation'")
                .bind(now.0 + apart_ms)
                .execute(&mut *tx)
                .await
                .doing(doing)?;
        } else if let (Some(name), None) = (name, kept) {
            sqlx::query("delete from facts where name like $1 and value <= $2")
                .bind(format!("{TURN}%"))
                .bind(now.0 - KEPT_MS)
                .execute(&mut *tx)
                .await
                .doing(doing)?;
            sqlx::query("insert into facts (name, value) values ($1, $2)")
                .bind(name)
                .bind(at)
                .execute(&mut *tx)
                .await
                .doing(doing)?;
        }
        tx.commit().await.doing(doing)?;
        Ok((at > now.0).then_some(Moment(at)))
    }
}
