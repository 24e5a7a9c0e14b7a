//! Rooms of conference lines: loading them, and writing how they stand with the steps that change them.

use exchange::Moment;
use exchange::conference::{Room, RoomId};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::Store;
use crate::change::{RoomChange, Version};
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, to_json};

/// A room as the database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRoom {
    /// How often it has changed.
    pub version: Version,
    /// The room.
    pub room: Room,
    /// When it last changed.
    pub changed: Moment,
}

impl Store {
    /// A room as the database has it; nothing for one in which nobody has been.
    ///
    /// # Errors
    /// When the database fails or holds a room that this release cannot read.
    pub async fn room(&self, id: &RoomId) -> Result<Option<KnownRoom>, Error> {
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select version, state, changed_at
            from rooms
            where id = $1
            ",
        )
        .bind(id.to_string())
        .fetch_optional(&mut *connection)
        .await
        .doing("load a room")?
        .as_ref()
        .map(read)
        .transpose()
    }

    /// Every room with somebody in it or on the way, by its id.
    ///
    /// # Errors
    /// As for [`Store::room`].
    pub async fn live_rooms(&self) -> Result<Vec<KnownRoom>, Error> {
        let mut connection = self.db.read().await?;
        sqlx::query(LIVE)
            .fetch_all(&mut *connection)
            .await
            .doing("load the rooms")?
            .iter()
            .map(read)
            .collect()
    }

    /// Every room with somebody in it or on the way, by its id, but those that this release cannot read: for screens.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn readable_rooms(&self) -> Result<Vec<KnownRoom>, Error> {
        let doing = "load the rooms";
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(LIVE)
            .fetch_all(&mut *connection)
            .await
            .doing(doing)?;
        let mut rooms = Vec::with_capacity(rows.len());
        for row in &rows {
            let id: &str = row.try_get("id").doing(doing)?;
            rooms.extend(self.left_out.unless_unreadable(id, read(row)).transpose()?);
        }
        Ok(rooms)
    }
}

const LIVE: &str = "
    select id, version, state, changed_at
    from rooms
    where is_live = 1
    order by id
";

fn read(row: &AnyRow) -> Result<KnownRoom, Error> {
    let doing = "load a room";
    let state: &str = row.try_get("state").doing(doing)?;
    Ok(KnownRoom {
        version: Version(row.try_get("version").doing(doing)?),
        room: from_json(state, "a room")?,
        changed: Moment(row.try_get("changed_at").doing(doing)?),
    })
}

/// Writes a room whose version is the one that the change was made from; false when it is not.
pub(crate) async fn update(
    tx: &mut Write<'_>,
    change: &RoomChange,
    at: i64,
) -> Result<bool, Error> {
    let room = &change.room;
    let is_live = room.taken() > 0;
    let written = sqlx::query(
        "
        insert into rooms (id, version, state, is_live, changed_at)
        values ($1, $2, $3, $4, $5)
        on conflict (id) do update
        set version = excluded.version,
            state = excluded.state,
            is_live = excluded.is_live,
            changed_at = excluded.changed_at
        where rooms.version = excluded.version - 1
        ",
    )
    .bind(room.id.to_string())
    .bind(change.was.0 + 1)
    .bind(to_json(room, "a room")?)
    .bind(i64::from(is_live))
    .bind(at)
    .execute(&mut **tx)
    .await
    .doing("write a room")?
    .rows_affected();
    Ok(written == 1)
}
