//! Codes and PINs keyed in lately: a window that slides, in which a try counts before it is known to be wrong.

use exchange::Moment;
use serde::{Deserialize, Serialize};
use sqlx::Row;

use crate::Store;
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, to_json};

/// How many wrong tries are borne, and what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// After this many wrong ones within the window nothing is read any more; at least 1.
    pub most: usize,
    /// How long a wrong one counts, in milliseconds.
    pub window_ms: i64,
    /// How long nothing is read then, in milliseconds from the last of them.
    pub block_ms: i64,
    /// How long a try counts at most that is not known to be right or wrong, in milliseconds.
    pub pending_ms: i64,
}

/// A try that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Try {
    /// What tells it from others, while it is not known whether it is right; nothing once it is wrong.
    id: Option<String>,
    until: i64,
}

impl Store {
    /// Whether somebody may try another code. It counts from here on, until [`Store::try_is_over`] or
    /// [`Store::try_was_wrong`] says what became of it: however many try at once, no more than so many are read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn may_try(
        &self,
        who: &str,
        id: &str,
        now: Moment,
        bounds: &Tries,
    ) -> Result<bool, Error> {
        let doing = "count a code that was keyed in";
        let mut tx = self.db.begin().await?;
        let mut tries = counting(&mut tx, who, now).await?;
        let is_known = |one: &Try| one.id.as_deref() == Some(id);
        if tries.iter().any(is_known) {
            return Ok(true);
        }
        if tries.len() >= bounds.most {
            return Ok(false);
        }
        tries.push(Try {
            id: Some(id.to_owned()),
            until: now.0.saturating_add(bounds.pending_ms),
        });
        keep(&mut tx, who, &tries).await?;
        tx.commit().await.doing(doing)?;
        Ok(true)
    }

    /// Whether somebody has keyed in so many wrong codes lately that none is read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn may_not_try(&self, who: &str, now: Moment, bounds: &Tries) -> Result<bool, Error> {
        let doing = "look for wrong codes";
        let mut connection = self.db.read().await?;
        let tries: Option<String> = sqlx::query_scalar(
            "
            select tries
            from keyed_codes
            where who = $1
            ",
        )
        .bind(who)
        .fetch_optional(&mut *connection)
        .await
        .doing(doing)?;
        let tries = tries.map_or(Ok(Vec::new()), |tries| read(&tries, now))?;
        Ok(tries.len() >= bounds.most)
    }

    /// A code was wrong.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn try_was_wrong(&self, who: &str, now: Moment, bounds: &Tries) -> Result<(), Error> {
        let doing = "count a wrong code";
        let mut tx = self.db.begin().await?;
        let mut tries = counting(&mut tx, who, now).await?;
        tries.push(Try {
            id: None,
            until: now.0.saturating_add(bounds.window_ms),
        });
        let is_wrong = |one: &&mut Try| one.id.is_none();
        if tries.iter_mut().filter(is_wrong).count() >= bounds.most {
            let blocked = now.0.saturating_add(bounds.block_ms);
            for one in tries.iter_mut().filter(is_wrong) {
                one.until = blocked;
            }
        }
        keep(&mut tx, who, &tries).await?;
        tx.commit().await.doing(doing)?;
        self.forget_old_tries(now).await
    }

    /// Forgets codes that count no more. In a transaction of its own: whoever holds one row and waits for others may wait
    /// for ever.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_old_tries(&self, now: Moment) -> Result<(), Error> {
        let doing = "forget codes that were keyed in";
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "
            delete from keyed_codes
            where counts_until <= $1
            ",
        )
        .bind(now.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// It is known what became of a try: one that was wrong counts by itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn try_is_over(&self, who: &str, id: &str, now: Moment) -> Result<(), Error> {
        let doing = "count a code no more";
        let mut tx = self.db.begin().await?;
        let mut tries = counting(&mut tx, who, now).await?;
        tries.retain(|one| one.id.as_deref() != Some(id));
        keep(&mut tx, who, &tries).await?;
        tx.commit().await.doing(doing)
    }
}

/// Somebody's tries that still count. Whoever else writes them waits until this is written.
async fn counting(tx: &mut Write<'_>, who: &str, now: Moment) -> Result<Vec<Try>, Error> {
    let doing = "read codes that were keyed in";
    let row = sqlx::query(
        "
        insert into keyed_codes (who, tries, counts_until)
        values ($1, '[]', 0)
        on conflict (who) do update
        set who = excluded.who
        returning tries
        ",
    )
    .bind(who)
    .fetch_one(&mut **tx)
    .await
    .doing(doing)?;
    read(row.try_get("tries").doing(doing)?, now)
}

fn read(tries: &str, now: Moment) -> Result<Vec<Try>, Error> {
    let mut tries: Vec<Try> = from_json(tries, "codes that were keyed in")?;
    tries.retain(|one| one.until > now.0);
    Ok(tries)
}

async fn keep(tx: &mut Write<'_>, who: &str, tries: &[Try]) -> Result<(), Error> {
    let until = tries.iter().map(|one| one.until).max().unwrap_or(0);
    sqlx::query(
        "
        update keyed_codes
        set tries = $2,
            counts_until = $3
        where who = $1
        ",
    )
    .bind(who)
    .bind(to_json(&tries, "codes that were keyed in")?)
    .bind(until)
    .execute(&mut **tx)
    .await
    .doing("count a code that was keyed in")?;
    Ok(())
}
