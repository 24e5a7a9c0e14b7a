//! The legs that the account bears: those of calls off the floor, and claims to a leg that is about to be made.

use exchange::conference::Room;
use exchange::{Call, CallSid, Moment};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::Store;
use crate::error::{Doing, Error, from_json};
use crate::left_out::LeftOut;

/// How claims are named among the facts.
const CLAIM: &str = "leg_claim.";

/// How claims are named whose leg will be a call of its own; the call's SID follows.
const CLAIM_OF_CALL: &str = "leg_claim.begins.";

/// Everything that may bear legs, in one statement and so at one moment: what was claimed is on the floor or in a room
/// before the claim is given back, and a call that leaves the floor is off it. A claim that bears the name of a call counts
/// until the call begins.
const BORNE: &str = "
    select 'borne' as what, '' as whose, cast(
        (select count(*) + coalesce(sum(legs), 0) from floor)
        + (
            select count(*) from facts
            where name like $1
              and value > $2
              and not (
                  name like 'leg_claim.begins.%'
                  and exists (select 1 from calls where calls.sid = substr(facts.name, 18))
              )
        )
        as bigint) as legs, '' as state
    union all
    select 'call', sid, 0, state
    from calls
    where started_at >= $3
      and outcome is null
      and not exists (select 1 from floor where floor.call_sid = calls.sid)
    union all
    select 'room', id, 0, state
    from rooms
    where is_live = 1
";

/// Who wants a leg, and when.
#[derive(Clone, Copy, Debug)]
pub struct LegClaim<'a> {
    /// What it is known by. Whoever claims under the same name wants the same leg.
    pub name: &'a str,
    /// The moment.
    pub now: Moment,
    /// By when the leg is borne or will never be.
    pub until: Moment,
    /// Calls that began before are over, whatever is written of them.
    pub since: Moment,
}

impl Store {
    /// How many legs calls bear that came in since a moment, go on, and are not on the floor: their callers and whoever
    /// they are connected to, and telephones that are called into rooms. A call or room
    /// that this release cannot read bears one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn legs_off_floor(&self, since: Moment) -> Result<usize, Error> {
        let mut connection = self.db.read().await?;
        let (_, off_floor) =
            borne(&mut connection, Moment(i64::MAX), since, &self.left_out).await?;
        Ok(off_floor)
    }

    /// Claims a leg that is about to be made, if fewer than so many are borne and claimed, on the floor and off it. Of
    /// two who claim the last one at the same time, in whichever process, one has it. It holds until it is given back,
    /// or until a moment, by which the leg is borne or will never be.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_leg(&self, claim: LegClaim<'_>, most: usize) -> Result<bool, Error> {
        let doing = "claim a leg";
        let mut tx = self.db.begin().await?;
        // One after the other: PostgreSQL keeps this row for whoever writes it first.
        sqlx::query("update facts set value = value where name = 'next_creation'")
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        let (on_floor, off_floor) = borne(&mut tx, claim.now, claim.since, &self.left_out).await?;
        if on_floor.saturating_add(off_floor) >= most {
            return Ok(false);
        }
        sqlx::query("delete from facts where name like $1 and value <= $2")
            .bind(format!("{CLAIM}%"))
            .bind(claim.now.0)
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
        .bind(format!("{CLAIM}{}", claim.name))
        .bind(claim.until.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)?;
        Ok(true)
    }

    /// Names a claim after the call that its leg will be, if it still holds. From then on it is over as soon as that call
    /// begins, and can be given back by who knows only the call.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn name_leg_claim(&self, claim: &str, call: &CallSid) -> Result<(), Error> {
        let doing = "name a claim to a leg";
        let mut tx = self.db.begin().await?;
        sqlx::query("update facts set name = $1 where name = $2")
            .bind(format!("{CLAIM_OF_CALL}{call}"))
            .bind(format!("{CLAIM}{claim}"))
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// Gives the claim back that bears the name of a call; for most calls there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_leg_of_call_back(&self, call: &CallSid) -> Result<(), Error> {
        let name = format!("{CLAIM_OF_CALL}{call}");
        let mut connection = self.db.read().await?;
        let found = sqlx::query("select 1 from facts where name = $1")
            .bind(&name)
            .fetch_optional(&mut *connection)
            .await
            .doing("look for a claim to a leg")?;
        drop(connection);
        match (found, name.strip_prefix(CLAIM)) {
            (Some(_), Some(claim)) => self.give_leg_back(claim, true).await,
            (None, _) | (_, None) => Ok(()),
        }
    }

    /// Gives a claim back. Until then a leg that was made counts twice, and somebody may have been told that there is
    /// none left: with `tells`, whoever looks at the floor looks again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_leg_back(&self, claim: &str, tells: bool) -> Result<(), Error> {
        let doing = "give a claim to a leg back";
        let mut tx = self.db.begin().await?;
        sqlx::query("delete from facts where name = $1")
            .bind(format!("{CLAIM}{claim}"))
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        if tells {
            tx.tell_of_floor().await.doing(doing)?;
        }
        tx.commit().await.doing(doing)?;
        if tells {
            self.wakes.floor();
        }
        Ok(())
    }
}

/// How many legs are borne on the floor or claimed, and how many off the floor.
async fn borne(
    connection: &mut AnyConnection,
    now: Moment,
    since: Moment,
    left_out: &LeftOut,
) -> Result<(usize, usize), Error> {
    let doing = "count the legs that are borne";
    let rows = sqlx::query(BORNE)
        .bind(format!("{CLAIM}%"))
        .bind(now.0)
        .bind(since.0)
        .fetch_all(connection)
        .await
        .doing(doing)?;
    let (mut on_floor, mut off_floor) = (0, 0);
    for row in &rows {
        let text =
            |column: &'static str| -> Result<&str, Error> { row.try_get(column).doing(doing) };
        match text("what")? {
            "call" => {
                let call = from_json(text("state")?, "a call");
                let call = left_out
                    .unless_unreadable(text("whose")?, call)
                    .transpose()?;
                off_floor += call.as_ref().map_or(1, legs_of_call);
            }
            "room" => {
                let room = from_json(text("state")?, "a room");
                let room = left_out
                    .unless_unreadable(text("whose")?, room)
                    .transpose()?;
                off_floor += room.as_ref().map_or(1, legs_of_room);
            }
            _ => on_floor += legs(row)?,
        }
    }
    Ok((on_floor, off_floor))
}

fn legs(row: &AnyRow) -> Result<usize, Error> {
    let legs: i64 = row.try_get("legs").doing("count the legs that are borne")?;
    Ok(usize::try_from(legs).unwrap_or(0))
}

/// The caller, and whoever they are connected to.
fn legs_of_call(call: &Call) -> usize {
    let talks = call.visits.iter().filter(|visit| visit.outcome.is_none());
    1 + talks.count()
}

/// Telephones that are called into it. Those of whoever is in it are calls.
fn legs_of_room(room: &Room) -> usize {
    let called = room
        .invites
        .iter()
        .filter(|invite| invite.outcome.is_none());
    called.count()
}
