//! Failed attempts to sign in, counted by user name and by address, and wrong codes, counted by number.

use exchange::Moment;

use crate::Store;
use crate::error::{Doing, Error};

/// How many failures are borne, and what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttle {
    /// With this many failures within the window the key is blocked; at least 1.
    pub failures: i64,
    /// How long a failure counts, in milliseconds; at most a day.
    pub window_ms: i64,
    /// How long a block lasts, in milliseconds from the failure that caused it.
    pub block_ms: i64,
}

/// After this time a key is forgotten; no window is longer. What counts under one key is no business of another's window.
const FORGOTTEN_MS: i64 = 24 * 3_600_000;

impl Store {
    /// Counts a failed attempt under a key such as `name:ada` or `address:192.0.2.1`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn login_failed(
        &self,
        key: &str,
        at: Moment,
        throttle: &Throttle,
    ) -> Result<(), Error> {
        let doing = "count a failed sign-in";
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "
            delete from login_attempts
            where blocked_until <= $1
              and (since <= $2 or (key = $3 and since <= $4))
            ",
        )
        .bind(at.0)
        .bind(at.0.saturating_sub(FORGOTTEN_MS))
        .bind(key)
        .bind(at.0.saturating_sub(throttle.window_ms))
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        sqlx::query(
            "
            insert into login_attempts (key, failures, since, blocked_until)
            values ($1, 1, $2, case when $3 <= 1 then $4 else 0 end)
            on conflict (key) do update
            set failures = login_attempts.failures + 1,
                blocked_until = case
                    when login_attempts.failures + 1 >= $3 then $4
                    else login_attempts.blocked_until
                end
            ",
        )
        .bind(key)
        .bind(at.0)
        .bind(throttle.failures)
        .bind(at.0.saturating_add(throttle.block_ms))
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// Until when a key is blocked, if it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn login_blocked_until(
        &self,
        key: &str,
        now: Moment,
    ) -> Result<Option<Moment>, Error> {
        let mut connection = self.db.read().await?;
        let until: Option<i64> = sqlx::query_scalar(
            "
            select blocked_until
            from login_attempts
            where key = $1
              and blocked_until > $2
            ",
        )
        .bind(key)
        .bind(now.0)
        .fetch_optional(&mut *connection)
        .await
        .doing("look for a blocked sign-in")?;
        Ok(until.map(Moment))
    }

    /// Forgets the failures of a key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn login_succeeded(&self, key: &str) -> Result<(), Error> {
        let doing = "forget failed sign-ins";
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "
            delete from login_attempts
            where key = $1
            ",
        )
        .bind(key)
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)
    }
}
