//! Going through calls by their age, once each: those that go on are passed over, and come when they are over.

use exchange::Moment;

use super::texts::{Edit, Kept, Reach, recordings, rewrite};
use super::{Keepable, numbers, removals};
use crate::Store;
use crate::batch::Begun;
use crate::dialect::Write;
use crate::error::{Doing, Error};

/// Some of the calls that are next.
struct Batch {
    /// Those that are over.
    calls: Vec<Kept>,
    /// How many were looked at; nothing when there are no more.
    looked_at: usize,
}

impl Store {
    /// Masks the numbers of calls that began before a moment and are over.
    ///
    /// # Errors
    /// As for [`Store::remove_calls`].
    pub async fn mask_numbers(&self, before: Moment, most: u32) -> Result<u64, Error> {
        let mut begun = Begun::default();
        loop {
            match self.mask_some(before, most).await {
                Err(error) if begun.again_after(&error) => {}
                done => return done,
            }
        }
    }

    async fn mask_some(&self, before: Moment, most: u32) -> Result<u64, Error> {
        let doing = "mask old numbers";
        let mut tx = self.db.begin().await?;
        let batch = next(&mut tx, Keepable::Numbers, before, most).await?;
        for call in &batch.calls {
            mask(&mut tx, &call.sid).await?;
        }
        self.write_old(tx, doing).await?;
        self.forget(batch.calls.iter().map(|call| call.sid.as_str()));
        Ok(u64::try_from(batch.looked_at).unwrap_or(u64::MAX))
    }

    /// Asks for the recordings of calls that began before a moment and are over to be removed; messages go from the inbox.
    ///
    /// # Errors
    /// As for [`Store::remove_calls`].
    pub async fn remove_recordings(
        &self,
        before: Moment,
        now: Moment,
        most: u32,
    ) -> Result<u64, Error> {
        let mut begun = Begun::default();
        loop {
            match self.remove_some_recordings(before, now, most).await {
                Err(error) if begun.again_after(&error) => {}
                done => return done,
            }
        }
    }

    async fn remove_some_recordings(
        &self,
        before: Moment,
        now: Moment,
        most: u32,
    ) -> Result<u64, Error> {
        let doing = "remove old recordings";
        let mut tx = self.db.begin().await?;
        let batch = next(&mut tx, Keepable::Recordings, before, most).await?;
        for call in &batch.calls {
            let recordings = recordings(&mut tx, call).await?;
            removals::ask(&mut tx, recordings, now).await?;
            sqlx::query(
                "
                delete from inbox
                where call_sid = $1
                  and recording is not null
                ",
            )
            .bind(call.sid.as_str())
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        }
        self.write_old(tx, doing).await?;
        Ok(u64::try_from(batch.looked_at).unwrap_or(u64::MAX))
    }
}

/// Masks every number of a call, as it lies there at this moment: a step of it that comes in between is not lost.
async fn mask(tx: &mut Write<'_>, sid: &str) -> Result<(), Error> {
    while let Some(call) = Kept::find(tx, sid).await? {
        let state = call.call()?;
        let masks = numbers::masks(tx, &state).await?;
        let edit = Edit {
            masks: &masks,
            clears: false,
            place: None,
            reach: Reach::OfTheCall,
        };
        if masks.is_empty() || rewrite(tx, &call, &state, &edit).await? {
            break;
        }
    }
    Ok(())
}

/// First the calls that were passed over and are over by now; else those that began next, all of the last moment with it.
async fn next(
    tx: &mut Write<'_>,
    what: Keepable,
    before: Moment,
    most: u32,
) -> Result<Batch, Error> {
    let doing = "find the next old calls";
    let calls = passed_over(tx, what, most).await?;
    if !calls.is_empty() {
        let looked_at = calls.len();
        return Ok(Batch { calls, looked_at });
    }
    let from: i64 = sqlx::query_scalar("select done_before from retention where what = $1")
        .bind(what.word())
        .fetch_one(&mut **tx)
        .await
        .doing(doing)?;
    let last: Option<i64> = sqlx::query_scalar(
        "
        select max(started_at)
        from (
            select started_at
            from calls
            where started_at >= $1
              and started_at < $2
            order by started_at
            limit $3
        ) oldest
        ",
    )
    .bind(from)
    .bind(before.0)
    .bind(i64::from(most))
    .fetch_one(&mut **tx)
    .await
    .doing(doing)?;
    let until = last.map_or(before.0, |last| last + 1);
    let calls: Vec<Kept> = sqlx::query(
        "
        select sid, version, started_at, ended_at, state
        from calls
        where started_at >= $1
          and started_at < $2
        order by started_at, sid
        ",
    )
    .bind(from)
    .bind(until)
    .fetch_all(&mut **tx)
    .await
    .doing(doing)?
    .iter()
    .map(Kept::read)
    .collect::<Result<_, _>>()?;
    move_on(tx, what, until).await?;
    let looked_at = calls.len();
    let (mut calls, live): (Vec<_>, Vec<_>) = calls.into_iter().partition(|call| call.is_over);
    // In the order in which the writer writes calls: so the two wait for each other, and neither for ever.
    calls.sort_by(|a, b| a.sid.cmp(&b.sid));
    for call in &live {
        pass_over(tx, what, call).await?;
    }
    Ok(Batch { calls, looked_at })
}

/// How calls that were passed over are named among the facts.
fn prefix(what: Keepable) -> String {
    format!("passed:{}:", what.word())
}

async fn pass_over(tx: &mut Write<'_>, what: Keepable, call: &Kept) -> Result<(), Error> {
    sqlx::query(
        "
        insert into facts (name, value)
        values ($1, $2)
        on conflict (name) do nothing
        ",
    )
    .bind(format!("{}{}", prefix(what), call.sid))
    .bind(call.started)
    .execute(&mut **tx)
    .await
    .doing("pass over a call that goes on")
    .map(|_| ())
}

async fn passed_over(tx: &mut Write<'_>, what: Keepable, most: u32) -> Result<Vec<Kept>, Error> {
    let doing = "find calls that went on";
    let prefix = prefix(what);
    let calls: Vec<Kept> = sqlx::query(
        "
        select sid, version, started_at, ended_at, state
        from calls
        where ended_at is not null
          and sid in (select replace(name, $1, '') from facts where name like $2)
        order by started_at, sid
        limit $3
        ",
    )
    .bind(prefix.as_str())
    .bind(format!("{prefix}%"))
    .bind(i64::from(most))
    .fetch_all(&mut **tx)
    .await
    .doing(doing)?
    .iter()
    .map(Kept::read)
    .collect::<Result<_, _>>()?;
    for call in &calls {
        sqlx::query("delete from facts where name = $1")
            .bind(format!("{prefix}{}", call.sid))
            .execute(&mut **tx)
            .await
            .doing(doing)?;
    }
    Ok(calls)
}

/// Notes how far it is done.
async fn move_on(tx: &mut Write<'_>, what: Keepable, until: i64) -> Result<(), Error> {
    sqlx::query(
        "
        update retention
        set done_before = $2
        where what = $1
          and done_before < $2
        ",
    )
    .bind(what.word())
    .bind(until)
    .execute(&mut **tx)
    .await
    .doing("note how far it is done")
    .map(|_| ())
}
