//! Whose turn it is to create a call: a second's worth of turns, shared by all processes, and a line of those who wait for
//! theirs.

use exchange::Moment;
use exchange::placing::{self, Creation, InLine, Rate, Urgency};
use sqlx::Row;

use crate::dialect::Write;
use crate::error::{Doing, Error};
use crate::{Claimed, EffectId, Store, outbox};

/// How those in line are named among the facts; each is worth the moment at which they come to ask again.
const TURN: &str = "creation_turn.";

const DOING: &str = "take a turn to create a call";

impl Claimed {
    /// What its turn to create a call is known by, if it creates one: an offer's by its call, which rings at one place at
    /// a time.
    #[must_use]
    pub fn turn(&self) -> Option<String> {
        match self.kind.as_str() {
            "ring_agent" | "ring_number" => Some(self.call.to_string()),
            "room_ring" => Some(self.id.to_string()),
            _ => None,
        }
    }
}

impl Store {
    /// Takes a turn to create a call that nobody waits for, unless there is somebody in line; else says when to ask again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_creation_turn(
        &self,
        now: Moment,
        per_second: u32,
    ) -> Result<Option<Moment>, Error> {
        let mut turns = self.turns(now, Rate { per_second }).await?;
        let later = placing::last_turn(&turns.line, (turns.next, turns.rate), now);
        if later.is_none() {
            turns.take().await?;
        }
        turns.commit(self).await?;
        Ok(later)
    }

    /// Takes the turn of an effect to create a call. When it is not its turn yet, it is given back until then, and stands
    /// in line: whoever is more urgent comes before it, in whichever process.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn await_creation_turn(
        &self,
        (of, who): (&EffectId, &str),
        creation: Creation,
        now: Moment,
        per_second: u32,
    ) -> Result<Option<Moment>, Error> {
        let mut turns = self.turns(now, Rate { per_second }).await?;
        let later = placing::turn((who, &creation), &turns.line, (turns.next, turns.rate), now);
        turns.leave(who).await?;
        if let Some(comes) = later {
            turns.stand(who, creation, comes).await?;
            outbox::give_back(&mut turns.tx, of, comes)
                .await
                .doing(DOING)?;
        } else {
            turns.take().await?;
        }
        turns.commit(self).await?;
        Ok(later)
    }

    /// Stands in line for callers who are about to be offered, so that whoever is first to ask is not the first. Whom
    /// another process has offered meanwhile has their place, or had their turn.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stand_in_line(
        &self,
        creations: &[(String, Creation)],
        now: Moment,
        per_second: u32,
    ) -> Result<(), Error> {
        let mut turns = self.turns(now, Rate { per_second }).await?;
        for (who, creation) in creations {
            if turns.is_offered(who).await? {
                continue;
            }
            let line = (turns.next, turns.rate);
            let comes = placing::turn((who, creation), &turns.line, line, now);
            turns.leave(who).await?;
            turns.stand(who, *creation, comes.unwrap_or(now)).await?;
        }
        turns.commit(self).await
    }

    /// Gives the place in line back of one who creates no call, or not soon: whoever is next has the turn.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn leave_line(&self, who: &str, now: Moment, per_second: u32) -> Result<(), Error> {
        let mut turns = self.turns(now, Rate { per_second }).await?;
        if turns.leave(who).await? {
            turns.call_first().await?;
        }
        turns.commit(self).await
    }

    /// The same for callers who were about to be offered, except whom another process has offered meanwhile: their calls
    /// are created in the order in which they stand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn leave_line_unoffered(
        &self,
        callers: &[String],
        now: Moment,
        per_second: u32,
    ) -> Result<(), Error> {
        let mut turns = self.turns(now, Rate { per_second }).await?;
        let mut has_left = false;
        for who in callers {
            if !turns.is_offered(who).await? {
                has_left |= turns.leave(who).await?;
            }
        }
        if has_left {
            turns.call_first().await?;
        }
        turns.commit(self).await
    }

    /// One after the other: PostgreSQL keeps the row for whoever writes it first.
    async fn turns(&self, now: Moment, rate: Rate) -> Result<Turns, Error> {
        let mut tx = self.db.begin().await?;
        let next = sqlx::query_scalar(
            "
            update facts
            set value = value
            where name = 'next_creation'
            returning value
            ",
        )
        .fetch_one(&mut *tx)
        .await
        .doing(DOING)?;
        let rows = sqlx::query(
            "
            select name, value
            from facts
            where name like $1
            ",
        )
        .bind(format!("{TURN}%"))
        .fetch_all(&mut *tx)
        .await
        .doing(DOING)?;
        let mut line = Vec::with_capacity(rows.len());
        for row in &rows {
            let name: &str = row.try_get("name").doing(DOING)?;
            let comes = Moment(row.try_get("value").doing(DOING)?);
            match parse(name, comes).filter(|one| one.is_expected(now, rate)) {
                Some(one) => line.push(one),
                None => forget(&mut tx, name).await?,
            }
        }
        Ok(Turns {
            tx,
            next: Moment(next),
            line,
            now,
            rate,
            has_called: false,
        })
    }
}

/// The turns at a moment, and who stands in line for them.
struct Turns {
    tx: Write<'static>,
    /// From when on the account bears another call.
    next: Moment,
    line: Vec<InLine>,
    now: Moment,
    rate: Rate,
    /// Whether somebody was told to come earlier.
    has_called: bool,
}

impl Turns {
    /// A call is created now.
    async fn take(&mut self) -> Result<(), Error> {
        self.next = Moment(self.now.0 + self.rate.apart_ms());
        sqlx::query(
            "
            update facts
            set value = $1
            where name = 'next_creation'
            ",
        )
        .bind(self.next.0)
        .execute(&mut *self.tx)
        .await
        .doing(DOING)?;
        self.call_first().await
    }

    /// Whether the call of an offer is to be created for this caller, or is being.
    async fn is_offered(&mut self, call: &str) -> Result<bool, Error> {
        let rings: i64 = sqlx::query_scalar(
            "
            select count(*)
            from outbox
            where call_sid = $1
              and kind in ('ring_agent', 'ring_number')
            ",
        )
        .bind(call)
        .fetch_one(&mut *self.tx)
        .await
        .doing(DOING)?;
        Ok(rings > 0)
    }

    /// Whether they stood there.
    async fn leave(&mut self, who: &str) -> Result<bool, Error> {
        let Some(place) = self.line.iter().position(|one| one.who == who) else {
            return Ok(false);
        };
        let left = self.line.remove(place);
        forget(&mut self.tx, &name(&left)).await?;
        Ok(true)
    }

    async fn stand(&mut self, who: &str, creation: Creation, comes: Moment) -> Result<(), Error> {
        let one = InLine {
            who: who.to_owned(),
            creation,
            comes,
        };
        sqlx::query(
            "
            insert into facts (name, value)
            values ($1, $2)
            ",
        )
        .bind(name(&one))
        .bind(comes.0)
        .execute(&mut *self.tx)
        .await
        .doing(DOING)?;
        self.line.push(one);
        Ok(())
    }

    /// Whoever is first in line comes as soon as there is a turn. One who is about to ask is left alone.
    async fn call_first(&mut self) -> Result<(), Error> {
        let comes = self.next.max(self.now);
        let first = placing::first(&self.line, self.now, self.rate);
        let Some(first) = first.filter(|one| one.comes > comes) else {
            return Ok(());
        };
        let call = first.who.split('/').next().unwrap_or_default();
        let called = sqlx::query(
            "
            update outbox
            set due = $1
            where call_sid = $2
              and due = $3
              and kind in ('ring_agent', 'ring_number', 'room_ring')
            ",
        )
        .bind(comes.0)
        .bind(call)
        .bind(first.comes.0)
        .execute(&mut *self.tx)
        .await
        .doing(DOING)?
        .rows_affected();
        if called == 0 {
            return Ok(());
        }
        sqlx::query(
            "
            update facts
            set value = $1
            where name = $2
            ",
        )
        .bind(comes.0)
        .bind(name(first))
        .execute(&mut *self.tx)
        .await
        .doing(DOING)?;
        self.has_called = true;
        self.tx.tell_of_effects().await.doing(DOING)
    }

    async fn commit(self, store: &Store) -> Result<(), Error> {
        self.tx.commit().await.doing(DOING)?;
        if self.has_called {
            store.wakes.effects();
        }
        Ok(())
    }
}

async fn forget(tx: &mut Write<'_>, name: &str) -> Result<(), Error> {
    sqlx::query(
        "
        delete from facts
        where name = $1
        ",
    )
    .bind(name)
    .execute(&mut **tx)
    .await
    .doing(DOING)?;
    Ok(())
}

/// Somebody in line, as a fact is named.
fn name(one: &InLine) -> String {
    let Creation {
        urgency,
        since,
        asked,
    } = one.creation;
    format!(
        "{TURN}{}.{}.{}.{}",
        urgency.word(),
        since.0,
        asked.0,
        one.who
    )
}

/// Nothing for what another release wrote.
fn parse(name: &str, comes: Moment) -> Option<InLine> {
    let mut parts = name.strip_prefix(TURN)?.splitn(4, '.');
    let urgency = Urgency::parse(parts.next()?)?;
    let since = Moment(parts.next()?.parse().ok()?);
    let asked = Moment(parts.next()?.parse().ok()?);
    Some(InLine {
        who: parts.next()?.to_owned(),
        creation: Creation {
            urgency,
            since,
            asked,
        },
        comes,
    })
}
