//! The plan: everything that calls are decided by, and the version that each change of it moves on.

mod directories;
mod edit;
mod lines;
mod menu_drafts;
mod menu_versions;
mod menus;
mod regions;

pub use directories::{
    ChangeKind, DirectoryChange, KeptDirectory, ListedDirectory, OfficeChange, PastChange, Upload,
};
pub use edit::{PlanEditing, RowChange, Thing};
pub use menu_drafts::{Mark, MenuDraft};
pub use menu_versions::MenuVersion;

use exchange::{PlanRows, PromptRow};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::dialect::Write;
use crate::error::{Doing, Error};
use crate::{PlanVersion, Store};

/// How often the plan is read again when it changes while it is read.
const TRIES: u32 = 5;

/// What became of seeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeded {
    /// They were written.
    Planted,
    /// There was a plan already; nothing was written.
    AlreadyThere,
}

impl Store {
    /// The plan's rows and their version.
    ///
    /// # Errors
    /// When the database fails or holds rows that this release cannot read.
    pub async fn plan(&self) -> Result<(PlanVersion, PlanRows), Error> {
        let mut connection = self.db.read().await?;
        let mut version = plan_version(&mut connection).await?;
        for _ in 1..TRIES {
            let rows = read(&mut connection).await?;
            let after = plan_version(&mut connection).await?;
            if after == version {
                return Ok((version, rows));
            }
            version = after;
        }
        Ok((version, read(&mut connection).await?))
    }

    /// The version of the plan as it stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn plan_version(&self) -> Result<PlanVersion, Error> {
        plan_version(&mut *self.db.read().await?).await
    }

    /// Writes a first plan, if there is none: no line, no directory, no region, no menu, no prompt.
    ///
    /// # Errors
    /// When the database fails, or refuses a row; then nothing is written.
    pub async fn seed(&self, rows: &PlanRows) -> Result<Seeded, Error> {
        let mut tx = self.db.begin().await?;
        move_on(&mut tx).await?;
        if !is_empty(&mut tx).await? {
            return Ok(Seeded::AlreadyThere);
        }
        lines::insert(&mut tx, &rows.lines).await?;
        directories::insert(&mut tx, &rows.directories).await?;
        directories::insert_offices(&mut tx, &rows.offices).await?;
        regions::insert(&mut tx, rows).await?;
        menus::insert(&mut tx, &rows.menus).await?;
        menu_versions::keep_installed(&mut tx, &rows.menus).await?;
        menus::insert_prompts(&mut tx, &rows.prompts).await?;
        tx.commit().await.doing("seed the plan")?;
        Ok(Seeded::Planted)
    }

    /// Adds what a later release says and the plan has no text for, in the languages it speaks; texts
    /// that are there stay as people made them. Gives how many were added.
    ///
    /// # Errors
    /// When the database fails; then nothing is written.
    pub async fn add_missing_prompts(&self, prompts: &[PromptRow]) -> Result<usize, Error> {
        let mut tx = self.db.begin().await?;
        move_on(&mut tx).await?;
        let added = menus::insert_missing_prompts(&mut tx, prompts).await?;
        if added > 0 {
            tx.commit().await.doing("add prompts")?;
        }
        Ok(added)
    }
}

async fn read(connection: &mut AnyConnection) -> Result<PlanRows, Error> {
    Ok(PlanRows {
        lines: lines::all(connection).await?,
        directories: directories::all(connection).await?,
        offices: directories::all_offices(connection).await?,
        regions: regions::all(connection).await?,
        zip_ranges: regions::all_zip_ranges(connection).await?,
        zip_spans: regions::all_zip_spans(connection).await?,
        area_codes: regions::all_area_codes(connection).await?,
        menus: menus::all(connection).await?,
        past_menus: menu_versions::all_past(connection).await?,
        trials: menu_versions::all_trials(connection).await?,
        prompts: menus::all_prompts(connection).await?,
    })
}

async fn is_empty(connection: &mut AnyConnection) -> Result<bool, Error> {
    let rows: i64 = sqlx::query_scalar(
        "
        select (select count(*) from lines)
            + (select count(*) from directories)
            + (select count(*) from regions)
            + (select count(*) from menus)
            + (select count(*) from prompts)
        ",
    )
    .fetch_one(connection)
    .await
    .doing("look for a plan")?;
    Ok(rows == 0)
}

async fn plan_version(connection: &mut AnyConnection) -> Result<PlanVersion, Error> {
    let version: i64 = sqlx::query_scalar("select value from facts where name = 'plan'")
        .fetch_one(connection)
        .await
        .doing("read the plan's version")?;
    Ok(PlanVersion(version))
}

/// Moves the plan's version on. Whoever changes the plan does this first: it also makes others who do so wait.
async fn move_on(tx: &mut Write<'_>) -> Result<PlanVersion, Error> {
    let doing = "move the plan's version on";
    pass_turnstile(tx, "plan").await.doing(doing)?;
    plan_version(tx).await
}

/// Lets one transaction through at a time: the next waits until this one is done.
pub(crate) async fn pass_turnstile(tx: &mut Write<'_>, fact: &str) -> Result<(), sqlx::Error> {
    sqlx::query(
        "
        update facts
        set value = value + 1
        where name = $1
        ",
    )
    .bind(fact)
    .execute(&mut **tx)
    .await
    .map(|_| ())
}

fn text<'r>(row: &'r AnyRow, column: &'static str) -> Result<&'r str, Error> {
    row.try_get(column).doing("read the plan")
}

fn optional<'r>(row: &'r AnyRow, column: &'static str) -> Result<Option<&'r str>, Error> {
    row.try_get(column).doing("read the plan")
}

fn number(row: &AnyRow, column: &'static str) -> Result<i64, Error> {
    row.try_get(column).doing("read the plan")
}
