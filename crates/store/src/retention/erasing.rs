//! Erasing one caller: finding what is known of them, and taking it out.

use std::collections::BTreeSet;

use exchange::{Call, Caller, Mask, Moment, PhoneNumber, Place};
use sqlx::Row;

use super::old::{masks, read};
use super::removals;
use super::texts::{Edit, Kept, recordings, rewrite};
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json};
use crate::{Audited, Store, audit};

/// What is known of a caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    /// Calls that came from their number or went to it.
    pub calls: u64,
    /// Other calls that mention it.
    pub mentions: u64,
    /// Recordings in their calls.
    pub recordings: u64,
    /// Entries of the inbox.
    pub inbox: u64,
    /// Stays in rooms.
    pub stays: u64,
    /// One of the calls goes on.
    pub is_live: bool,
}

/// What became of erasing a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erased {
    /// Nothing of them is left, but in as many calls that they are nobody.
    Done(u64),
    /// They are in a call.
    Live,
}

/// Calls that came from a number or went to it, by the index `calls_by_number`.
const OWN: &str = "
    select sid, started_at, state, ended_at
    from calls
    where substr(caller, 1, length(caller) - length(ltrim(caller, '0123456789'))) = $1
      and (caller = $1 or caller like $2)
    order by started_at, sid
";

/// Other calls that have the number in them: whoever was handed over to it, or it was called into a room.
const MENTIONS: &str = "
    select sid, started_at, state, ended_at
    from calls
    where sid in (
        select sid
        from calls
        where state like $1
        union
        select call_sid
        from journal
        where lines like $1
           or lines like $2
           or request like $1
        union
        select call_sid
        from inbox
        where number = $3
    )
    order by started_at, sid
";

impl Store {
    /// What is known of the caller with a number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn traces(&self, number: &PhoneNumber) -> Result<Traces, Error> {
        let doing = "look for a caller";
        let mut tx = self.db.begin().await?;
        let found = find(&mut tx, number).await?;
        let mut traces = Traces {
            calls: count(found.own.len()),
            mentions: count(found.mentions.len()),
            is_live: found.is_live,
            ..Traces::default()
        };
        let mut named = BTreeSet::new();
        for call in &found.own {
            named.extend(recordings(&mut tx, call).await?);
            traces.inbox += count_of(&mut tx, "inbox", &call.sid).await?;
            traces.stays += count_of(&mut tx, "attendance", &call.sid).await?;
        }
        traces.recordings = count(named.len());
        tx.rollback().await.doing(doing)?;
        Ok(traces)
    }

    /// Erases the caller with a number: their calls stay as nobody's, and count. Recordings are to be removed from then on.
    ///
    /// # Errors
    /// When the database fails; what was done of it by then is done, and can be done again.
    pub async fn erase(
        &self,
        number: &PhoneNumber,
        at: Moment,
        audited: &Audited,
    ) -> Result<Erased, Error> {
        let doing = "erase a caller";
        let mut tx = self.db.begin().await?;
        let found = find(&mut tx, number).await?;
        if found.is_live {
            tx.rollback().await.doing(doing)?;
            return Ok(Erased::Live);
        }
        for call in &found.own {
            erase_call(&mut tx, call, number, at).await?;
        }
        sqlx::query("delete from inbox where number = $1")
            .bind(number.as_str())
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        let whole = [Mask::whole(number)];
        for call in &found.mentions {
            let state: Call = from_json(&call.state, "a call")?;
            let edit = Edit {
                masks: &whole,
                clears: false,
                place: None,
            };
            rewrite(&mut tx, call, &state, &edit).await?;
        }
        audit::append(&mut tx, audited).await.doing(doing)?;
        self.write_old(tx, doing).await?;
        self.forget(&found.own);
        self.forget(&found.mentions);
        Ok(Erased::Done(count(found.own.len())))
    }
}

/// Makes a call nobody's.
async fn erase_call(
    tx: &mut Write<'_>,
    call: &Kept,
    number: &PhoneNumber,
    at: Moment,
) -> Result<(), Error> {
    let doing = "erase a caller from a call";
    let mut state: Call = from_json(&call.state, "a call")?;
    let mut masks = masks(tx, &state, Mask::whole).await?;
    masks.push(Mask::whole(number));
    let place = std::mem::take::<Place>(&mut state.place).label();
    if state.caller.number().is_some() {
        state.caller = Caller::Withheld;
    }
    let named = recordings(tx, call).await?;
    removals::ask(tx, named, at).await?;
    let edit = Edit {
        masks: &masks,
        clears: true,
        place: Some(format!(" from {place}")).filter(|_| !place.is_empty()),
    };
    rewrite(tx, call, &state, &edit).await?;
    sqlx::query("delete from inbox where call_sid = $1")
        .bind(call.sid.as_str())
        .execute(&mut **tx)
        .await
        .doing(doing)
        .map(|_| ())
}

struct Found {
    own: Vec<Kept>,
    mentions: Vec<Kept>,
    is_live: bool,
}

async fn find(tx: &mut Write<'_>, number: &PhoneNumber) -> Result<Found, Error> {
    let doing = "look for a caller's calls";
    let digits = number.digits();
    let own = sqlx::query(OWN)
        .bind(digits)
        .bind(format!("{digits} %"))
        .fetch_all(&mut **tx)
        .await
        .doing(doing)?;
    let mentions = sqlx::query(MENTIONS)
        .bind(format!("%{number}%"))
        .bind(format!("%{}%", number.formatted()))
        .bind(number.as_str())
        .fetch_all(&mut **tx)
        .await
        .doing(doing)?;
    let mut is_live = false;
    for row in own.iter().chain(&mentions) {
        let ended: Option<i64> = row.try_get("ended_at").doing(doing)?;
        is_live |= ended.is_none();
    }
    let own: Vec<Kept> = own.iter().map(read).collect::<Result<_, _>>()?;
    let sids: BTreeSet<&str> = own.iter().map(|call| call.sid.as_str()).collect();
    let mentions: Vec<Kept> = mentions.iter().map(read).collect::<Result<_, _>>()?;
    let mentions = mentions
        .into_iter()
        .filter(|call| !sids.contains(call.sid.as_str()))
        .collect();
    Ok(Found {
        mentions,
        is_live,
        own,
    })
}

async fn count_of(tx: &mut Write<'_>, table: &str, sid: &str) -> Result<u64, Error> {
    let sql = format!("select count(*) from {table} where call_sid = $1");
    let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(sid)
        .fetch_one(&mut **tx)
        .await
        .doing("count what is known of a caller")?;
    Ok(u64::try_from(found).unwrap_or(0))
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
