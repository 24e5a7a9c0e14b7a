//! Finding calls that are over and may be removed.

use exchange::Moment;

use super::texts::Kept;
use crate::dialect::Write;
use crate::error::{Doing, Error};

/// Calls that are over and began before a moment, the oldest first; but for those in whose outbox stands what is still
/// to be done in a room with somebody in it.
pub(super) async fn removable(
    tx: &mut Write<'_>,
    before: Moment,
    most: u32,
) -> Result<Vec<Kept>, Error> {
    let doing = "find old calls to remove";
    sqlx::query(
        "
        select sid, version, started_at, ended_at, state
        from calls
        where started_at < $1
          and ended_at is not null
          and not exists (
            select 1
            from attendance
            join rooms on rooms.id = attendance.room_id
            join outbox on outbox.call_sid = attendance.call_sid
            where attendance.call_sid = calls.sid
              and outbox.call_started_at = calls.started_at
              and rooms.is_live = 1
          )
        order by started_at, sid
        limit $2
        ",
    )
    .bind(before.0)
    .bind(i64::from(most))
    .fetch_all(&mut **tx)
    .await
    .doing(doing)?
    .iter()
    .map(Kept::read)
    .collect()
}
