//! The legs that the account bears: those of calls off the floor, and claims to a leg that is about to be made.

use exchange::{Call, Moment};

use crate::Store;
use crate::error::{Doing, Error, from_json};

/// How claims are named among the facts.
const CLAIM: &str = "leg_claim.";

impl Store {
    /// Every call that came in since a moment, is not over, and is not on the floor.
    ///
    /// # Errors
    /// When the database fails or holds a call that this release cannot read.
    pub async fn live_off_floor(&self, since: Moment) -> Result<Vec<Call>, Error> {
        let doing = "look for the calls that go on";
        let mut connection = self.db.read().await?;
        let states: Vec<String> = sqlx::query_scalar(
            "
            select state
            from calls
            where started_at >= $1
              and outcome is null
              and not exists (select 1 from floor where floor.call_sid = calls.sid)
            ",
        )
        .bind(since.0)
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?;
        states
            .iter()
            .map(|state| from_json(state, "a call"))
            .collect()
    }

    /// Claims a leg that is about to be made, if there are fewer than so many on the floor and claimed. Of two who claim
    /// the last one at the same time, in whichever process, one has it. It holds until it is given back, or until a
    /// moment, by which the leg is on the floor or will never be.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_leg(
        &self,
        claim: &str,
        now: Moment,
        until: Moment,
        most: usize,
    ) -> Result<bool, Error> {
        let doing = "claim a leg";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut tx = self.db.begin().await?;
        // One after the other: PostgreSQL keeps this row for whoever writes it first.
        sqlx::query("update facts set value = value where name = 'next_creation'")
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        // In one statement: what was claimed is on the floor before the claim is given back.
        let taken: i64 = sqlx::query_scalar(
            "
            select cast(
                (select count(*) + coalesce(sum(legs), 0) from floor)
                + (select count(*) from facts where name like $1 and value > $2)
                as bigint)
            ",
        )
        .bind(format!("{CLAIM}%"))
        .bind(now.0)
        .fetch_one(&mut *tx)
        .await
        .doing(doing)?;
        if taken >= most {
            return Ok(false);
        }
        sqlx::query("delete from facts where name like $1 and value <= $2")
            .bind(format!("{CLAIM}%"))
            .bind(now.0)
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        sqlx::query(
            "
            insert into facts (name, value)
            values ($1, $2)
            on conflict (name) do update
            set value = excluded.value
            ",
        )
        .bind(format!("{CLAIM}{claim}"))
        .bind(until.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)?;
        Ok(true)
    }

    /// Gives a claim back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_leg_back(&self, claim: &str) -> Result<(), Error> {
        let doing = "give a claim to a leg back";
        let mut tx = self.db.begin().await?;
        sqlx::query("delete from facts where name = $1")
            .bind(format!("{CLAIM}{claim}"))
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        tx.commit().await.doing(doing)
    }
}
