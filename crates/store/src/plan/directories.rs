//! Directories and their offices, as rows.

mod change;
mod history;
mod kind;
mod uploads;
mod visits;

use std::collections::BTreeMap;

use exchange::{Directory, DirectoryId, DirectoryShape, Office, OfficeId, PhoneNumber};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

pub use change::DirectoryChange;
pub use history::{OfficeChange, PastChange};
pub use kind::ChangeKind;
pub use uploads::Upload;

use super::{number, optional, plan_version, text};
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, unreadable};
use crate::{PlanVersion, Store};

const WHAT: &str = "an office";

/// A directory with what belongs to the list as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDirectory {
    /// The directory.
    pub directory: Directory,
    /// How its offices stand to each other; nothing where they tell themselves.
    pub shape: Option<DirectoryShape>,
    /// The columns of the file that it came from, as they stood there; none where it came from no sheet.
    pub header: Vec<String>,
    /// Its offices, by region and position.
    pub offices: Vec<Office>,
    /// The plan's version as each office last changed; those that never did are missing.
    pub versions: BTreeMap<OfficeId, PlanVersion>,
    /// The plan's version as all of this was read.
    pub plan: PlanVersion,
}

/// A directory in the list of all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedDirectory {
    /// The directory.
    pub directory: Directory,
    /// Its offices serve regions: as it was made, else as they tell.
    pub is_by_region: bool,
    /// How many offices it has.
    pub offices: u64,
    /// When it last changed, and who did it.
    pub changed: Option<(exchange::Moment, String)>,
}

impl Store {
    /// The offices of a directory, by region and position.
    ///
    /// # Errors
    /// When the database fails or holds an office that this release cannot read.
    pub async fn offices(&self, directory: &DirectoryId) -> Result<Vec<Office>, Error> {
        let mut connection = self.db.read().await?;
        offices_of(&mut connection, directory).await
    }

    /// A directory with its offices and their versions.
    ///
    /// What changes while it is read makes the versions older than the offices, never newer: a change that is decided by
    /// them is then refused.
    ///
    /// # Errors
    /// When the database fails or holds rows that this release cannot read.
    pub async fn directory(&self, id: &DirectoryId) -> Result<Option<KeptDirectory>, Error> {
        let doing = "read a directory";
        let mut connection = self.db.read().await?;
        let plan = plan_version(&mut connection).await?;
        let versions = versions_of(&mut connection, id).await?;
        let row = sqlx::query(
            "
            select id, name, source, as_of, shape, header
            from directories
            where id = $1
            ",
        )
        .bind(id.as_str())
        .fetch_optional(&mut *connection)
        .await
        .doing(doing)?;
        let Some(row) = row else {
            return Ok(None);
        };
        Ok(Some(KeptDirectory {
            directory: read_directory(&row)?,
            shape: DirectoryShape::parse(text(&row, "shape")?),
            header: from_json(text(&row, "header")?, "a directory's columns")?,
            offices: offices_of(&mut connection, id).await?,
            versions,
            plan,
        }))
    }

    /// Every directory, by name.
    ///
    /// # Errors
    /// When the database fails or holds rows that this release cannot read.
    pub async fn directories(&self) -> Result<Vec<ListedDirectory>, Error> {
        let doing = "list the directories";
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(
            "
            select d.id, d.name, d.source, d.as_of, d.shape, c.changed_at, c.changed_by,
                (select count(*) from offices where directory_id = d.id) as offices,
                (select count(region) from offices where directory_id = d.id) as placed
            from directories d
            left join directory_changes c on c.directory_id = d.id and c.plan_version = (
                select max(plan_version) from directory_changes where directory_id = d.id
            )
            order by d.name, d.id
            ",
        )
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?;
        rows.iter()
            .map(|row| {
                let at: Option<i64> = sqlx::Row::try_get(row, "changed_at").doing(doing)?;
                let by = optional(row, "changed_by")?;
                let shape = DirectoryShape::parse(text(row, "shape")?);
                let is_placed = number(row, "placed")? > 0;
                Ok(ListedDirectory {
                    directory: read_directory(row)?,
                    is_by_region: shape
                        .map_or(is_placed, |shape| shape == DirectoryShape::ByRegion),
                    offices: u64::try_from(number(row, "offices")?).unwrap_or(0),
                    changed: at
                        .zip(by)
                        .map(|(at, by)| (exchange::Moment(at), by.to_owned())),
                })
            })
            .collect()
    }
}

impl Store {
    /// The regions there are.
    ///
    /// # Errors
    /// When the database fails or holds a region that this release cannot read.
    pub async fn regions(&self) -> Result<Vec<exchange::Region>, Error> {
        super::regions::all(&mut *self.db.read().await?).await
    }
}

async fn versions_of(
    connection: &mut AnyConnection,
    directory: &DirectoryId,
) -> Result<BTreeMap<OfficeId, PlanVersion>, Error> {
    sqlx::query(
        "
        select office_id, max(plan_version) as version
        from office_changes
        where directory_id = $1
        group by office_id
        ",
    )
    .bind(directory.as_str())
    .fetch_all(connection)
    .await
    .doing("read the versions of offices")?
    .iter()
    .map(|row| {
        let id = OfficeId::parse(text(row, "office_id")?).map_err(|e| unreadable(WHAT, e))?;
        Ok((id, PlanVersion(number(row, "version")?)))
    })
    .collect()
}

pub(super) async fn all(connection: &mut AnyConnection) -> Result<Vec<Directory>, Error> {
    sqlx::query(
        "
        select id, name, source, as_of
        from directories
        order by id
        ",
    )
    .fetch_all(connection)
    .await
    .doing("read the directories")?
    .iter()
    .map(read_directory)
    .collect()
}

pub(super) async fn insert(tx: &mut Write<'_>, directories: &[Directory]) -> Result<(), Error> {
    for directory in directories {
        sqlx::query(
            "
            insert into directories (id, name, source, as_of)
            values ($1, $2, $3, $4)
            ",
        )
        .bind(directory.id.as_str())
        .bind(directory.name.as_str())
        .bind(directory.source.as_str())
        .bind(directory.as_of.as_str())
        .execute(&mut **tx)
        .await
        .doing("write a directory")?;
    }
    Ok(())
}

pub(super) async fn all_offices(connection: &mut AnyConnection) -> Result<Vec<Office>, Error> {
    sqlx::query(
        "
        select directory_id, id, region, position, name, title, phone, details
        from offices
        order by directory_id, region, position, id
        ",
    )
    .fetch_all(connection)
    .await
    .doing("read the offices")?
    .iter()
    .map(read_office)
    .collect()
}

pub(super) async fn insert_offices(tx: &mut Write<'_>, offices: &[Office]) -> Result<(), Error> {
    change::insert_all(tx, &offices.iter().collect::<Vec<_>>()).await
}

async fn offices_of(
    connection: &mut AnyConnection,
    directory: &DirectoryId,
) -> Result<Vec<Office>, Error> {
    sqlx::query(
        "
        select directory_id, id, region, position, name, title, phone, details
        from offices
        where directory_id = $1
        order by region, position, id
        ",
    )
    .bind(directory.as_str())
    .fetch_all(connection)
    .await
    .doing("read a directory's offices")?
    .iter()
    .map(read_office)
    .collect()
}

fn read_directory(row: &AnyRow) -> Result<Directory, Error> {
    Ok(Directory {
        id: read_id(text(row, "id")?)?,
        name: text(row, "name")?.to_owned(),
        source: text(row, "source")?.to_owned(),
        as_of: text(row, "as_of")?.to_owned(),
    })
}

fn read_id(text: &str) -> Result<DirectoryId, Error> {
    DirectoryId::parse(text).map_err(|error| unreadable("a directory", error))
}

fn read_office(row: &AnyRow) -> Result<Office, Error> {
    let region = optional(row, "region")?
        .map(super::regions::read_code)
        .transpose()?;
    Ok(Office {
        directory: read_id(text(row, "directory_id")?)?,
        id: OfficeId::parse(text(row, "id")?).map_err(|error| unreadable(WHAT, error))?,
        region,
        position: u16::try_from(number(row, "position")?)
            .map_err(|error| unreadable(WHAT, error))?,
        name: text(row, "name")?.to_owned(),
        title: text(row, "title")?.to_owned(),
        phone: PhoneNumber::parse(text(row, "phone")?).map_err(|error| unreadable(WHAT, error))?,
        details: from_json(text(row, "details")?, WHAT)?,
    })
}
