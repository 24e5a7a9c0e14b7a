//! Erasing one caller: finding what is known of them, and taking it out.

use std::collections::BTreeSet;

use exchange::{Caller, Mask, Moment, PhoneNumber, Place};
use sqlx::AnyConnection;

use super::finding::{Beside, find};
use super::numbers::of_the_caller;
use super::removals;
use super::shared::Shared;
use super::texts::{Edit, Kept, Reach, recordings, rewrite, rewrite_each};
use crate::batch::Begun;
use crate::dialect::Write;
use crate::error::{Doing, Error};
use crate::{Audited, Store, audit};

/// What is known of a caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    /// Calls that came from their number or went to it.
    pub calls: u64,
    /// Other calls, rooms and the like that mention it.
    pub mentions: u64,
    /// Recordings in their calls, and of rooms while they were in the conference.
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

/// How many calls are written again in one transaction: a caller's webhook that waits for it waits no longer than for others.
const BATCH: usize = 20;

/// How often it is looked again for what came meanwhile.
const ROUNDS: usize = 5;

impl Store {
    /// What is known of the caller with a number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn traces(&self, number: &PhoneNumber) -> Result<Traces, Error> {
        let mut connection = self.db.read().await?;
        let found = find(&mut connection, number).await?;
        let mut traces = Traces {
            calls: count(found.own.len()),
            mentions: count(found.mentioned()),
            stays: count(found.stays),
            is_live: found.is_live,
            ..Traces::default()
        };
        let mut named = BTreeSet::new();
        let mut shared = Shared::default();
        for call in &found.own {
            shared.add(&mut connection, call).await?;
            named.extend(recordings(&mut connection, call).await?);
            traces.inbox += count_of(&mut connection, "inbox", &call.sid).await?;
            traces.stays += count_of(&mut connection, "attendance", &call.sid).await?;
        }
        named.extend(shared.recordings(&mut connection).await?);
        traces.recordings = count(named.len());
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
        let mut done = BTreeSet::new();
        let mut shared = Shared::default();
        for round in 0..ROUNDS {
            let found = {
                let mut connection = self.db.read().await?;
                let found = find(&mut connection, number).await?;
                for call in &found.own {
                    shared.add(&mut connection, call).await?;
                }
                found
            };
            if found.is_live {
                return Ok(Erased::Live);
            }
            if round == 0 {
                self.begin_erasing(number, audited).await?;
            } else if found.is_nothing() {
                break;
            }
            // Before their calls are nobody's: then nothing tells any more where they were.
            self.unwant(&shared, at).await?;
            let mut own: Vec<&str> = found.own.iter().map(|call| call.sid.as_str()).collect();
            // In the order in which the writer writes calls: so the two wait for each other, and neither for ever.
            own.sort_unstable();
            let mentions: Vec<&str> = found.mentions.iter().map(String::as_str).collect();
            for (sids, whose) in [(&own, Whose::Theirs), (&mentions, Whose::AnothersCall)] {
                for batch in sids.chunks(BATCH) {
                    if !self.erase_calls(batch, whose, number, at).await? {
                        return Ok(Erased::Live);
                    }
                }
            }
            let beside: Vec<_> = found.beside.iter().collect();
            for batch in beside.chunks(BATCH) {
                self.erase_beside(batch, number).await?;
            }
            done.extend(own.into_iter().map(str::to_owned));
        }
        // A recording may have been told of meanwhile, by a step that did not know of it yet.
        self.unwant(&shared, at).await?;
        Ok(Erased::Done(count(done.len())))
    }

    /// Says that it is done, and takes what stands under the number itself.
    async fn begin_erasing(&self, number: &PhoneNumber, audited: &Audited) -> Result<(), Error> {
        let doing = "erase a caller";
        let mut tx = self.db.begin().await?;
        for (statement, key) in [
            ("delete from inbox where number = $1", number.to_string()),
            (
                "delete from keyed_codes where who = $1",
                format!("pin:{number}"),
            ),
        ] {
            sqlx::query(statement)
                .bind(key)
                .execute(&mut *tx)
                .await
                .doing(doing)?;
        }
        audit::append(&mut tx, audited).await.doing(doing)?;
        self.write_old(tx, doing).await
    }

    /// Erases a caller from calls; false, and nothing is done, where one goes on.
    async fn erase_calls(
        &self,
        sids: &[&str],
        whose: Whose,
        number: &PhoneNumber,
        at: Moment,
    ) -> Result<bool, Error> {
        let mut begun = Begun::default();
        loop {
            match self.erase_batch(sids, whose, number, at).await {
                Err(error) if begun.again_after(&error) => {}
                done => return done,
            }
        }
    }

    /// Erases a caller from calls as they lie there at this moment; false, and nothing is done, where one goes on.
    async fn erase_batch(
        &self,
        sids: &[&str],
        whose: Whose,
        number: &PhoneNumber,
        at: Moment,
    ) -> Result<bool, Error> {
        let mut tx = self.db.begin().await?;
        for sid in sids {
            while let Some(call) = Kept::find(&mut tx, sid).await? {
                if !call.is_over {
                    return Ok(false);
                }
                let is_written = match whose {
                    Whose::Theirs => erase_call(&mut tx, &call, number, at).await?,
                    Whose::AnothersCall => {
                        let masks = [Mask::whole(number)];
                        let mut state = call.call()?;
                        state.is_erased = true;
                        rewrite(&mut tx, &call, &state, &only(&masks)).await?
                    }
                };
                if is_written {
                    break;
                }
            }
        }
        self.write_old(tx, "erase a caller from calls").await?;
        self.forget(sids.iter().copied());
        Ok(true)
    }

    async fn erase_beside(
        &self,
        batch: &[&(Beside, String)],
        number: &PhoneNumber,
    ) -> Result<(), Error> {
        let mut begun = Begun::default();
        loop {
            match self.erase_texts(batch, number).await {
                Err(error) if begun.again_after(&error) => {}
                done => return done,
            }
        }
    }

    async fn erase_texts(
        &self,
        batch: &[&(Beside, String)],
        number: &PhoneNumber,
    ) -> Result<(), Error> {
        let masks = [Mask::whole(number)];
        let mut tx = self.db.begin().await?;
        for (column, of) in batch {
            rewrite_each(&mut tx, &only(&masks), of, *column, None).await?;
        }
        self.write_old(tx, "erase a caller from rooms").await
    }
}

/// Whose a call is.
#[derive(Clone, Copy)]
enum Whose {
    /// The caller's who is erased.
    Theirs,
    /// Another's, in which they are mentioned.
    AnothersCall,
}

/// Masks, and nothing else.
const fn only(masks: &[Mask]) -> Edit<'_> {
    Edit {
        masks,
        clears: false,
        place: None,
        reach: Reach::Everywhere,
    }
}

/// Makes a call nobody's; false where somebody took a step of it meanwhile.
async fn erase_call(
    tx: &mut Write<'_>,
    call: &Kept,
    number: &PhoneNumber,
    at: Moment,
) -> Result<bool, Error> {
    let doing = "erase a caller from a call";
    let mut state = call.call()?;
    state.is_erased = true;
    let known = of_the_caller(tx, &state).await?;
    let masks: Vec<Mask> = known.iter().chain([number]).map(Mask::whole).collect();
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
        reach: Reach::Everywhere,
    };
    if !rewrite(tx, call, &state, &edit).await? {
        return Ok(false);
    }
    sqlx::query("delete from inbox where call_sid = $1")
        .bind(call.sid.as_str())
        .execute(&mut **tx)
        .await
        .doing(doing)?;
    Ok(true)
}

async fn count_of(connection: &mut AnyConnection, table: &str, sid: &str) -> Result<u64, Error> {
    let sql = format!("select count(*) from {table} where call_sid = $1");
    let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(sid)
        .fetch_one(connection)
        .await
        .doing("count what is known of a caller")?;
    Ok(u64::try_from(found).unwrap_or(0))
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
