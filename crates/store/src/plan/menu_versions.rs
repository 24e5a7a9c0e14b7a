//! Menus going live: every version is kept, and those that calls may still be led through belong to the plan.

use exchange::{Menu, MenuId, Moment};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::menus::read;
use super::{number, optional, text};
use crate::Store;
use crate::dialect::Write;
use crate::error::{Doing, Error, to_json, unreadable};

const WHAT: &str = "a menu";

/// How long a version belongs to the plan after it went, in milliseconds: a day. No call lasts longer than four hours.
const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;

/// A version of a menu that is live, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuVersion {
    /// The menu as it was.
    pub menu: Menu,
    /// When it went live; nothing for one that was installed.
    pub live: Option<Moment>,
    /// Who did that, by user name; empty for one that was installed.
    pub by: String,
    /// What they said of it.
    pub note: String,
    /// When another took its place, or the menu went.
    pub gone: Option<Moment>,
}

impl Store {
    /// Every version of a menu, the latest first.
    ///
    /// # Errors
    /// When the database fails or holds a menu that this release cannot read.
    pub async fn menu_versions(&self, id: &MenuId) -> Result<Vec<MenuVersion>, Error> {
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select menu_id as id, version, name, root, nodes, live_at, live_by, note, gone_at
            from menu_versions
            where menu_id = $1
            order by version desc
            ",
        )
        .bind(id.as_str())
        .fetch_all(&mut *connection)
        .await
        .doing("read the versions of a menu")?
        .iter()
        .map(read_version)
        .collect()
    }

    /// The number of the next trial of a menu.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_menu_trial(&self, id: &MenuId) -> Result<u32, Error> {
        let mut connection = self.db.read().await?;
        let last: i64 = sqlx::query_scalar(
            "
            select coalesce(max(number), 0)
            from menu_trials
            where menu_id = $1
            ",
        )
        .bind(id.as_str())
        .fetch_one(&mut *connection)
        .await
        .doing("read the trials of a menu")?;
        u32::try_from(last + 1).map_err(|error| unreadable("a trial of a menu", error))
    }
}

fn read_version(row: &AnyRow) -> Result<MenuVersion, Error> {
    let live = number(row, "live_at")?;
    let gone: Option<i64> = row
        .try_get("gone_at")
        .doing("read the versions of a menu")?;
    Ok(MenuVersion {
        menu: read(row)?,
        live: (live > 0).then_some(Moment(live)),
        by: text(row, "live_by")?.to_owned(),
        note: optional(row, "note")?.unwrap_or_default().to_owned(),
        gone: gone.map(Moment),
    })
}

/// The versions that went within a day of the last one that did: nothing is dropped while a call may be led through it.
pub(super) async fn all_past(connection: &mut AnyConnection) -> Result<Vec<Menu>, Error> {
    sqlx::query(
        "
        select menu_id as id, version, name, root, nodes
        from menu_versions
        where gone_at > (select max(gone_at) from menu_versions) - $1
        order by menu_id, version
        ",
    )
    .bind(KEPT_MS)
    .fetch_all(connection)
    .await
    .doing("read the earlier menus")?
    .iter()
    .map(read)
    .collect()
}

/// The trials of the last day on which there were some.
pub(super) async fn all_trials(connection: &mut AnyConnection) -> Result<Vec<Menu>, Error> {
    sqlx::query(
        "
        select menu_id as id, number as version, name, root, nodes
        from menu_trials
        where made_at > (select max(made_at) from menu_trials) - $1
        order by menu_id, number
        ",
    )
    .bind(KEPT_MS)
    .fetch_all(connection)
    .await
    .doing("read the trials of menus")?
    .iter()
    .map(read)
    .collect()
}

/// A menu goes live, in the place of its earlier version.
pub(super) async fn put(
    tx: &mut Write<'_>,
    menu: &Menu,
    note: &str,
    (by, at): (&str, Moment),
) -> Result<(), Error> {
    remove(tx, &menu.id, at).await?;
    super::menus::insert(tx, std::slice::from_ref(menu)).await?;
    keep(tx, menu, note, (by, at)).await
}

/// The menus that a plan begins with.
pub(super) async fn keep_installed(tx: &mut Write<'_>, menus: &[Menu]) -> Result<(), Error> {
    for menu in menus {
        keep(tx, menu, "", ("", Moment(0))).await?;
    }
    Ok(())
}

/// The menu is live no longer.
pub(super) async fn remove(tx: &mut Write<'_>, id: &MenuId, at: Moment) -> Result<(), Error> {
    let doing = "put a menu by";
    sqlx::query(
        "
        update menu_versions
        set gone_at = $2
        where menu_id = $1 and gone_at is null
        ",
    )
    .bind(id.as_str())
    .bind(at.0)
    .execute(&mut **tx)
    .await
    .doing(doing)?;
    sqlx::query(
        "
        delete from menus
        where id = $1
        ",
    )
    .bind(id.as_str())
    .execute(&mut **tx)
    .await
    .doing(doing)
    .map(|_| ())
}

/// A draft can be tried with a call, by the number that stands as its version.
pub(super) async fn keep_trial(tx: &mut Write<'_>, menu: &Menu, at: Moment) -> Result<(), Error> {
    sqlx::query(
        "
        insert into menu_trials (menu_id, number, name, root, nodes, made_at)
        values ($1, $2, $3, $4, $5, $6)
        ",
    )
    .bind(menu.id.as_str())
    .bind(i64::from(menu.version))
    .bind(menu.name.as_str())
    .bind(menu.root.as_str())
    .bind(to_json(&menu.nodes, WHAT)?)
    .bind(at.0)
    .execute(&mut **tx)
    .await
    .doing("keep a trial of a menu")
    .map(|_| ())
}

async fn keep(
    tx: &mut Write<'_>,
    menu: &Menu,
    note: &str,
    (by, at): (&str, Moment),
) -> Result<(), Error> {
    sqlx::query(
        "
        insert into menu_versions (menu_id, version, name, root, nodes, live_at, live_by, note)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        ",
    )
    .bind(menu.id.as_str())
    .bind(i64::from(menu.version))
    .bind(menu.name.as_str())
    .bind(menu.root.as_str())
    .bind(to_json(&menu.nodes, WHAT)?)
    .bind(at.0)
    .bind(by)
    .bind(note)
    .execute(&mut **tx)
    .await
    .doing("keep a version of a menu")
    .map(|_| ())
}
