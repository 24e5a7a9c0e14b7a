//! What rooms remember of a call that is old: masked, while who is in them, and what is of other calls, stays as it is.

use exchange::PhoneNumber;
use exchange::conference::Room;
use sqlx::Row;

use super::texts::{Edit, rewrite_each};
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, to_json};

/// Masks what a room remembers of a call, in its state, its log and the audit. Who calls again has the number that an old
/// call of theirs is masked by: it goes when the later call is old.
pub(super) async fn rewrite(
    tx: &mut Write<'_>,
    edit: &Edit<'_>,
    call: &str,
    id: &str,
) -> Result<(), Error> {
    let since = rewrite_state(tx, edit, call, id).await?;
    rewrite_each(tx, edit, id, ("room_log", "room_id", "line"), since).await?;
    rewrite_each(tx, edit, id, ("audit", "about", "what"), since).await
}

/// Masks a room's state, and gives since when others have one of the numbers in it.
async fn rewrite_state(
    tx: &mut Write<'_>,
    edit: &Edit<'_>,
    call: &str,
    id: &str,
) -> Result<Option<i64>, Error> {
    let doing = "write a room without a number";
    loop {
        let row = sqlx::query(
            "
            select version, state
            from rooms
            where id = $1
            ",
        )
        .bind(id)
        .fetch_optional(&mut **tx)
        .await
        .doing(doing)?;
        let Some(row) = row else {
            return Ok(None);
        };
        let text: &str = row.try_get("state").doing(doing)?;
        let version: i64 = row.try_get("version").doing(doing)?;
        let Ok(room) = from_json::<Room>(text, "a room") else {
            // One that a later release wrote: what is in it is not known.
            rewrite_each(tx, edit, id, ("rooms", "id", "state"), None).await?;
            return Ok(None);
        };
        let mut masked: Room = from_json(&edit.over(text), "a room")?;
        let since = keep_others(&mut masked, &room, call, |number| {
            edit.over(number.as_str()) != number.as_str()
        });
        if masked == room {
            return Ok(since);
        }
        if put(tx, (id, version), &masked).await? {
            return Ok(since);
        }
    }
}

/// Writes a room over the version that was read. False when it was written by somebody else meanwhile.
pub(super) async fn put(
    tx: &mut Write<'_>,
    (id, version): (&str, i64),
    room: &Room,
) -> Result<bool, Error> {
    let written = sqlx::query(
        "
        update rooms
        set state = $3,
            version = version + 1
        where id = $1
          and version = $2
        ",
    )
    .bind(id)
    .bind(version)
    .bind(to_json(room, "a room")?)
    .execute(&mut **tx)
    .await
    .doing("write a room")?
    .rows_affected();
    Ok(written > 0)
}

/// Puts back what is of other calls: who is in the room, who was, and whom they called. Gives since when one of them has
/// a number that is masked.
fn keep_others(
    masked: &mut Room,
    room: &Room,
    call: &str,
    is_masked: impl Fn(&PhoneNumber) -> bool,
) -> Option<i64> {
    let mut since: Option<i64> = None;
    let mut have = |number: Option<&PhoneNumber>, at: i64| {
        if number.is_some_and(&is_masked) {
            since = Some(since.map_or(at, |since| since.min(at)));
        }
    };
    for (member, was) in masked.members.iter_mut().zip(&room.members) {
        if was.leg.as_str() != call {
            member.clone_from(was);
            have(was.number.as_ref(), was.came.0);
        }
    }
    for (stay, was) in masked.gone.iter_mut().zip(&room.gone) {
        if was.leg.as_str() != call {
            stay.clone_from(was);
            have(was.number.as_ref(), was.came.0);
        }
    }
    for (invite, was) in masked.invites.iter_mut().zip(&room.invites) {
        if was.via.as_str() != call || was.outcome.is_none() {
            invite.clone_from(was);
            have(Some(&was.number), was.began.0);
        }
    }
    since
}
