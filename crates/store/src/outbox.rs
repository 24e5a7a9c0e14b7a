//! What is still to be done for calls, in order where that matters, by whoever claims it first.

use std::collections::BTreeSet;

use exchange::{CallSid, Moment};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, Row};

use crate::Store;
use crate::batch::Prepared;
use crate::change::{EffectId, NewEffect};
use crate::dialect::Write;
use crate::error::{Doing, Error, unreadable};
use crate::shape::Shape;

/// Room for this many effects of one change.
const PER_VERSION: i64 = 1000;

/// Something to be done, for as long as the lease lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Its row.
    pub id: EffectId,
    /// The call that it is done for.
    pub call: CallSid,
    /// Which kind of thing, as a word.
    pub kind: String,
    /// The thing itself, as JSON.
    pub payload: String,
    /// How often it has been claimed, this time included.
    pub attempts: i64,
}

impl Store {
    /// Claims up to `most` effects that are due, for `lease_ms` milliseconds; after that, whatever
    /// is neither settled nor postponed is due again.
    ///
    /// Of those of a call in one lane only the earliest is ever claimed, and of several who claim at
    /// once, one gets it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim(
        &self,
        now: Moment,
        lease_ms: i64,
        most: u32,
    ) -> Result<Vec<Claimed>, Error> {
        let doing = "claim effects";
        if self.next_due().await?.is_none_or(|due| due > now) {
            return Ok(Vec::new());
        }
        let mut tx = self.db.begin().await?;
        let rows = sqlx::query(
            "
            update outbox
            set due = $2, attempts = attempts + 1
            where due <= $1
              and (call_started_at, call_sid, seq) in (
                select next.call_started_at, next.call_sid, next.seq
                from outbox next
                where next.due <= $1
                  and not exists (
                    select 1
                    from outbox earlier
                    where next.lane <> ''
                      and earlier.lane = next.lane
                      and earlier.call_started_at = next.call_started_at
                      and earlier.call_sid = next.call_sid
                      and earlier.seq < next.seq
                  )
                order by next.due
                limit $3
              )
            returning call_started_at, call_sid, seq, kind, payload, attempts
            ",
        )
        .bind(now.0)
        .bind(now.0.saturating_add(lease_ms.max(1)))
        .bind(i64::from(most))
        .fetch_all(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)?;
        rows.iter().map(read_claimed).collect()
    }

    /// Makes due at once what an earlier process had claimed, or meant to try again: for a process that begins. Where
    /// others may be at work beside it, their leases stand. Gives how many effects that were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_over(&self, now: Moment) -> Result<u64, Error> {
        let doing = "take over what an earlier process left";
        if self.db.is_shared() {
            return Ok(0);
        }
        let mut tx = self.db.begin().await?;
        let taken = sqlx::query(
            "
            update outbox
            set due = $1
            where attempts > 0
              and due > $1
            ",
        )
        .bind(now.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        tx.commit().await.doing(doing)?;
        Ok(taken)
    }

    /// Gives a claimed effect back, to be done at `due`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn postpone(&self, id: &EffectId, due: Moment) -> Result<(), Error> {
        let doing = "postpone an effect";
        let mut tx = self.db.begin().await?;
        let put = "
            update outbox
            set due = $4
            where call_started_at = $1
              and call_sid = $2
              and seq = $3
            ";
        let put = of(put, id).bind(due.0);
        put.execute(&mut *tx).await.doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// Gives a claimed effect back that was not tried: it could not be its turn before `due`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_back(&self, id: &EffectId, due: Moment) -> Result<(), Error> {
        let doing = "give an effect back";
        let mut tx = self.db.begin().await?;
        give_back(&mut tx, id, due).await.doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// Takes a claimed effect away that need not be done any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_effect(&self, id: &EffectId) -> Result<(), Error> {
        let doing = "drop an effect";
        let mut tx = self.db.begin().await?;
        remove(&mut tx, id).await.doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// What is still to be done of a kind, claimed or not: for which call, and the thing itself as JSON.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pending(&self, kind: &str) -> Result<Vec<(CallSid, String)>, Error> {
        let doing = "look for what is still to be done";
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select call_sid, payload
            from outbox
            where kind = $1
            order by call_started_at, call_sid, seq
            ",
        )
        .bind(kind)
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?
        .iter()
        .map(|row| {
            let sid: &str = row.try_get("call_sid").doing(doing)?;
            let call = CallSid::parse(sid).map_err(|error| unreadable("an effect", error))?;
            Ok((call, row.try_get("payload").doing(doing)?))
        })
        .collect()
    }

    /// When there will be something to claim, if nothing else happens.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_due(&self) -> Result<Option<Moment>, Error> {
        let mut connection = self.db.read().await?;
        let due: Option<i64> = sqlx::query_scalar(
            "
            select next.due
            from outbox next
            where not exists (
                select 1
                from outbox earlier
                where next.lane <> ''
                  and earlier.lane = next.lane
                  and earlier.call_started_at = next.call_started_at
                  and earlier.call_sid = next.call_sid
                  and earlier.seq < next.seq
            )
            order by next.due
            limit 1
            ",
        )
        .fetch_optional(&mut *connection)
        .await
        .doing("look for the next effect")?;
        Ok(due.map(Moment))
    }
}

/// Gives a claimed effect back that was not tried.
pub(crate) async fn give_back(
    tx: &mut Write<'_>,
    id: &EffectId,
    due: Moment,
) -> Result<(), sqlx::Error> {
    let put = "
        update outbox
        set due = $4, attempts = attempts - 1
        where call_started_at = $1
          and call_sid = $2
          and seq = $3
        ";
    of(put, id).bind(due.0).execute(&mut **tx).await?;
    Ok(())
}

async fn remove(tx: &mut Write<'_>, id: &EffectId) -> Result<(), sqlx::Error> {
    let removed = "
        delete from outbox
        where call_started_at = $1
          and call_sid = $2
          and seq = $3
        ";
    of(removed, id).execute(&mut **tx).await?;
    Ok(())
}

/// A statement on one effect, whose key its first three parameters are.
fn of<'q>(sql: &'static str, id: &'q EffectId) -> Query<'q, Any, AnyArguments> {
    sqlx::query(sql)
        .bind(id.started_at)
        .bind(id.call.as_str())
        .bind(id.seq)
}

fn read_claimed(row: &AnyRow) -> Result<Claimed, Error> {
    let doing = "read a claimed effect";
    let sid: &str = row.try_get("call_sid").doing(doing)?;
    let call = CallSid::parse(sid).map_err(|error| unreadable("an effect", error))?;
    Ok(Claimed {
        id: EffectId {
            started_at: row.try_get("call_started_at").doing(doing)?,
            call: call.clone(),
            seq: row.try_get("seq").doing(doing)?,
        },
        call,
        kind: row.try_get("kind").doing(doing)?,
        payload: row.try_get("payload").doing(doing)?,
        attempts: row.try_get("attempts").doing(doing)?,
    })
}

static PUSH: Shape = Shape::new(
    "
    insert into outbox (call_started_at, call_sid, seq, kind, payload, due, attempts, lane)
    values
    ",
    8,
    "",
);

/// Writes the effects of changes; their places follow the versions that the changes made.
pub(crate) async fn push(tx: &mut Write<'_>, changes: &[&Prepared]) -> Result<(), sqlx::Error> {
    let rows: Vec<(&Prepared, i64, &NewEffect)> = changes
        .iter()
        .flat_map(|change| {
            let first = change.version.0 * PER_VERSION;
            (first..)
                .zip(&change.effects)
                .map(|(seq, effect)| (*change, seq, effect))
        })
        .collect();
    for (sql, rows) in PUSH.statements(tx, &rows) {
        let mut query = sqlx::query(sql);
        for (change, seq, effect) in rows {
            query = query
                .bind(change.started_at)
                .bind(change.sid.as_str())
                .bind(*seq)
                .bind(effect.kind.as_str())
                .bind(effect.payload.as_str())
                .bind(effect.due.0)
                .bind(0_i64)
                .bind(effect.lane.as_deref().unwrap_or(""));
        }
        query.execute(&mut **tx).await?;
    }
    for (change, _, effect) in &rows {
        if let ("end_leg", Some(lane)) = (effect.kind.as_str(), &effect.lane) {
            hasten(tx, change, lane).await?;
        }
    }
    Ok(())
}

/// A ring that waits for its turn is looked at as soon as its leg is to be ended: it need not be made, and what comes
/// behind it need not wait.
async fn hasten(tx: &mut Write<'_>, change: &Prepared, lane: &str) -> Result<(), sqlx::Error> {
    sqlx::query(
        "
        update outbox
        set due = $4
        where call_started_at = $1
          and call_sid = $2
          and lane = $3
          and due > $4
          and attempts = 0
          and kind in ('ring_agent', 'ring_number')
        ",
    )
    .bind(change.started_at)
    .bind(change.sid.as_str())
    .bind(lane)
    .bind(change.at)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Which effects that the batch reports the outcome of are there no more.
pub(crate) async fn settled(
    tx: &mut Write<'_>,
    batch: &[Prepared],
) -> Result<BTreeSet<EffectId>, sqlx::Error> {
    let mut settled = BTreeSet::new();
    for effect in batch.iter().filter_map(|change| change.settles.as_ref()) {
        let open = "
            select 1
            from outbox
            where call_started_at = $1
              and call_sid = $2
              and seq = $3
            ";
        let open = of(open, effect).fetch_optional(&mut **tx).await?;
        if open.is_none() {
            settled.insert(effect.clone());
        }
    }
    Ok(settled)
}

pub(crate) async fn remove_settled(
    tx: &mut Write<'_>,
    changes: &[&Prepared],
) -> Result<(), sqlx::Error> {
    for effect in changes.iter().filter_map(|change| change.settles.as_ref()) {
        remove(tx, effect).await?;
    }
    Ok(())
}
