//! What rooms of conference lines leave behind: gatherings that are over, who was there, and what was done.

use exchange::Moment;
use exchange::conference::{Gathering, RoomId, Stay};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::Store;
use crate::batch::Prepared;
use crate::change::RoomChange;
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, to_json, unreadable};

/// Room for this many lines of one step.
const PER_VERSION: i64 = 1000;

/// How many gatherings a page has.
pub const GATHERINGS_PER_PAGE: u32 = 20;

/// A line of a room's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedLine {
    /// When.
    pub at: Moment,
    /// What was done, as a sentence.
    pub line: String,
}

impl Store {
    /// One page of the gatherings that are over, the latest first, each with its stays in the order of coming; and how
    /// many there are on all pages. Pages count from 1.
    ///
    /// # Errors
    /// When the database fails or holds something that this release cannot read.
    pub async fn past_gatherings(
        &self,
        page: u32,
    ) -> Result<(Vec<(Gathering, Vec<Stay>)>, u64), Error> {
        let doing = "list past conferences";
        let mut connection = self.db.read().await?;
        let total: i64 = sqlx::query_scalar("select count(*) from conferences")
            .fetch_one(&mut *connection)
            .await
            .doing(doing)?;
        let before = i64::from(page.max(1) - 1) * i64::from(GATHERINGS_PER_PAGE);
        let rows = sqlx::query(
            "
            select room_id, gathering, opened_at, met_at, closed_at, visits
            from conferences
            order by closed_at desc, room_id, gathering desc
            limit $1 offset $2
            ",
        )
        .bind(i64::from(GATHERINGS_PER_PAGE))
        .bind(before)
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?;
        let gatherings = with_stays(&mut connection, &rows).await?;
        Ok((gatherings, u64::try_from(total).unwrap_or(0)))
    }

    /// The latest gatherings of a room that are over, the latest first.
    ///
    /// # Errors
    /// As for [`Store::past_gatherings`].
    pub async fn gatherings_of(
        &self,
        room: &RoomId,
        most: u32,
    ) -> Result<Vec<(Gathering, Vec<Stay>)>, Error> {
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(
            "
            select room_id, gathering, opened_at, met_at, closed_at, visits
            from conferences
            where room_id = $1
            order by gathering desc
            limit $2
            ",
        )
        .bind(room.to_string())
        .bind(i64::from(most))
        .fetch_all(&mut *connection)
        .await
        .doing("list past conferences")?;
        with_stays(&mut connection, &rows).await
    }

    /// The gathering of a room that is over and began at a moment.
    ///
    /// # Errors
    /// As for [`Store::past_gatherings`].
    pub async fn gathering_begun(
        &self,
        room: &RoomId,
        opened_ms: i64,
    ) -> Result<Option<(Gathering, Vec<Stay>)>, Error> {
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(
            "
            select room_id, gathering, opened_at, met_at, closed_at, visits
            from conferences
            where room_id = $1
              and opened_at = $2
            order by gathering
            ",
        )
        .bind(room.to_string())
        .bind(opened_ms)
        .fetch_all(&mut *connection)
        .await
        .doing("read a past conference")?;
        Ok(with_stays(&mut connection, &rows).await?.pop())
    }

    /// The stays of a gathering that are over, in the order of coming.
    ///
    /// # Errors
    /// As for [`Store::past_gatherings`].
    pub async fn stays(&self, room: &RoomId, gathering: u32) -> Result<Vec<Stay>, Error> {
        let mut connection = self.db.read().await?;
        stays(&mut connection, &room.to_string(), i64::from(gathering)).await
    }

    /// What was done in a room lately, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn room_log(&self, room: &RoomId, most: u32) -> Result<Vec<LoggedLine>, Error> {
        let doing = "read what was done in a room";
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select at, line
            from room_log
            where room_id = $1
            order by seq desc
            limit $2
            ",
        )
        .bind(room.to_string())
        .bind(i64::from(most))
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?
        .iter()
        .map(|row| {
            Ok(LoggedLine {
                at: Moment(row.try_get("at").doing(doing)?),
                line: row.try_get("line").doing(doing)?,
            })
        })
        .collect()
    }
}

async fn with_stays(
    connection: &mut AnyConnection,
    rows: &[AnyRow],
) -> Result<Vec<(Gathering, Vec<Stay>)>, Error> {
    let mut gatherings = Vec::with_capacity(rows.len());
    for row in rows {
        let gathering = read(row)?;
        let room = gathering.room.to_string();
        let stays = stays(connection, &room, i64::from(gathering.number)).await?;
        gatherings.push((gathering, stays));
    }
    Ok(gatherings)
}

fn read(row: &AnyRow) -> Result<Gathering, Error> {
    let doing = "read a past conference";
    let what = "a past conference";
    let number = |column: &'static str| -> Result<i64, Error> { row.try_get(column).doing(doing) };
    let small = |column: &'static str| -> Result<u32, Error> {
        u32::try_from(number(column)?).map_err(|error| unreadable(what, error))
    };
    let room: &str = row.try_get("room_id").doing(doing)?;
    let met: Option<i64> = row.try_get("met_at").doing(doing)?;
    Ok(Gathering {
        room: RoomId::parse(room).map_err(|error| unreadable(what, error))?,
        number: small("gathering")?,
        opened: Moment(number("opened_at")?),
        first_met: met.map(Moment),
        closed: Moment(number("closed_at")?),
        visits: small("visits")?,
    })
}

async fn stays(
    connection: &mut AnyConnection,
    room: &str,
    gathering: i64,
) -> Result<Vec<Stay>, Error> {
    let doing = "read who was in a room";
    sqlx::query(
        "
        select state
        from attendance
        where room_id = $1
          and gathering = $2
        order by came_at, call_sid
        ",
    )
    .bind(room)
    .bind(gathering)
    .fetch_all(connection)
    .await
    .doing(doing)?
    .iter()
    .map(|row| from_json(row.try_get("state").doing(doing)?, "somebody's stay"))
    .collect()
}

/// Writes what a step of a room leaves behind: what was done, stays that are over, and the gathering once it is.
pub(crate) async fn write(
    tx: &mut Write<'_>,
    change: &RoomChange,
    step: &Prepared,
) -> Result<(), Error> {
    let room = change.room.id.to_string();
    log(tx, change, step).await?;
    for stay in &change.stays {
        sqlx::query(
            "
            insert into attendance (room_id, gathering, call_sid, came_at, met_at, left_at, state)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (room_id, gathering, call_sid, came_at) do update
            set met_at = excluded.met_at,
                left_at = excluded.left_at,
                state = excluded.state
            ",
        )
        .bind(room.as_str())
        .bind(i64::from(stay.gathering))
        .bind(stay.leg.as_str())
        .bind(stay.came.0)
        .bind(stay.met.map(|met| met.0))
        .bind(stay.left.0)
        .bind(to_json(stay, "somebody's stay")?)
        .execute(&mut **tx)
        .await
        .doing("write who was in a room")?;
    }
    if let Some(over) = &change.over {
        sqlx::query(
            "
            insert into conferences (room_id, gathering, opened_at, met_at, closed_at, visits)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (room_id, gathering) do update
            set met_at = excluded.met_at,
                closed_at = excluded.closed_at,
                visits = excluded.visits
            ",
        )
        .bind(room.as_str())
        .bind(i64::from(over.number))
        .bind(over.opened.0)
        .bind(over.first_met.map(|met| met.0))
        .bind(over.closed.0)
        .bind(i64::from(over.visits))
        .execute(&mut **tx)
        .await
        .doing("write a past conference")?;
    }
    Ok(())
}

async fn log(tx: &mut Write<'_>, change: &RoomChange, step: &Prepared) -> Result<(), Error> {
    let first = (change.was.0 + 1) * PER_VERSION;
    for (seq, line) in (first..).zip(&step.room_lines) {
        sqlx::query(
            "
            insert into room_log (room_id, seq, at, line)
            values ($1, $2, $3, $4)
            ",
        )
        .bind(change.room.id.to_string())
        .bind(seq)
        .bind(step.at)
        .bind(line.as_str())
        .execute(&mut **tx)
        .await
        .doing("write what was done in a room")?;
    }
    Ok(())
}
