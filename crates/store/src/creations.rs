//! Whose turn it is to create a call: a second's worth of turns, shared by all processes.

use exchange::Moment;

use crate::Store;
use crate::error::{Doing, Error};

impl Store {
    /// Takes a turn to create a call, of which there are so many in a second; else says when to ask
    /// again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_creation_turn(
        &self,
        now: Moment,
        per_second: u32,
    ) -> Result<Option<Moment>, Error> {
        let doing = "take a turn to create a call";
        let apart_ms = (1000 / i64::from(per_second.max(1))).max(1);
        let mut tx = self.db.begin().await?;
        let taken = sqlx::query(
            "
            update facts
            set value = $2
            where name = 'next_creation'
              and value <= $1
            ",
        )
        .bind(now.0)
        .bind(now.0 + apart_ms)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        let next: i64 = sqlx::query_scalar("select value from facts where name = 'next_creation'")
            .fetch_one(&mut *tx)
            .await
            .doing(doing)?;
        tx.commit().await.doing(doing)?;
        Ok((taken == 0).then_some(Moment(next)))
    }
}
