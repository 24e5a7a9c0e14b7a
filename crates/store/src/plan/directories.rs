//! Directories and their offices, as rows, and the replacement of a directory's offices.

use std::collections::BTreeMap;

use exchange::{Directory, DirectoryId, Moment, Office, OfficeId, PhoneNumber, RegionCode};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{move_on, number, optional, text};
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, to_json, unreadable};
use crate::{PlanVersion, Store};

const WHAT: &str = "an office";

impl Store {
    /// The offices of a directory, by region and position.
    ///
    /// # Errors
    /// When the database fails or holds an office that this release cannot read.
    pub async fn offices(&self, directory: &DirectoryId) -> Result<Vec<Office>, Error> {
        let mut connection = self.db.read().await?;
        offices_of(&mut connection, directory).await
    }

    /// Puts these offices in the place of all that the directory has, and notes what changed.
    ///
    /// The directory is made where it is missing. All of it is written or nothing.
    ///
    /// # Errors
    /// When the database fails, or two offices have the same id.
    pub async fn replace_offices(
        &self,
        directory: &Directory,
        offices: &[Office],
        by: &str,
        at: Moment,
    ) -> Result<(), Error> {
        let doing = "replace a directory's offices";
        let mut tx = self.db.begin().await?;
        let version = move_on(&mut tx).await?;
        let before = offices_of(&mut tx, &directory.id).await?;
        sqlx::query(
            "
            insert into directories (id, name, source, as_of)
            values ($1, $2, $3, $4)
            on conflict (id) do update
            set name = excluded.name, source = excluded.source, as_of = excluded.as_of
            ",
        )
        .bind(directory.id.as_str())
        .bind(directory.name.as_str())
        .bind(directory.source.as_str())
        .bind(directory.as_of.as_str())
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        sqlx::query(
            "
            delete from offices
            where directory_id = $1
            ",
        )
        .bind(directory.id.as_str())
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        for office in offices {
            insert_office(&mut tx, &directory.id, office).await?;
        }
        for change in changes(&before, offices) {
            note(&mut tx, &directory.id, version, &change, by, at).await?;
        }
        tx.commit().await.doing(doing)
    }
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
    .map(|row| {
        Ok(Directory {
            id: read_id(text(row, "id")?)?,
            name: text(row, "name")?.to_owned(),
            source: text(row, "source")?.to_owned(),
            as_of: text(row, "as_of")?.to_owned(),
        })
    })
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
    for office in offices {
        insert_office(tx, &office.directory, office).await?;
    }
    Ok(())
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

async fn insert_office(
    tx: &mut Write<'_>,
    directory: &DirectoryId,
    office: &Office,
) -> Result<(), Error> {
    sqlx::query(
        "
        insert into offices (directory_id, id, region, position, name, title, phone, details)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        ",
    )
    .bind(directory.as_str())
    .bind(office.id.as_str())
    .bind(office.region.as_ref().map(RegionCode::as_str))
    .bind(i64::from(office.position))
    .bind(office.name.as_str())
    .bind(office.title.as_str())
    .bind(office.phone.as_str())
    .bind(to_json(&office.details, WHAT)?)
    .execute(&mut **tx)
    .await
    .doing("write an office")
    .map(|_| ())
}

struct OfficeChange<'a> {
    id: &'a OfficeId,
    before: Option<&'a Office>,
    after: Option<&'a Office>,
}

fn changes<'a>(before: &'a [Office], after: &'a [Office]) -> Vec<OfficeChange<'a>> {
    let mut pairs: BTreeMap<&OfficeId, (Option<&Office>, Option<&Office>)> = BTreeMap::new();
    for office in before {
        pairs.entry(&office.id).or_default().0 = Some(office);
    }
    for office in after {
        pairs.entry(&office.id).or_default().1 = Some(office);
    }
    pairs
        .into_iter()
        .filter(|(_, (before, after))| before != after)
        .map(|(id, (before, after))| OfficeChange { id, before, after })
        .collect()
}

async fn note(
    tx: &mut Write<'_>,
    directory: &DirectoryId,
    version: PlanVersion,
    change: &OfficeChange<'_>,
    by: &str,
    at: Moment,
) -> Result<(), Error> {
    let json = |office: Option<&Office>| office.map(|office| to_json(office, WHAT)).transpose();
    sqlx::query(
        "
        insert into office_changes (directory_id, plan_version, office_id, changed_at, changed_by, before, after)
        values ($1, $2, $3, $4, $5, $6, $7)
        ",
    )
    .bind(directory.as_str())
    .bind(version.0)
    .bind(change.id.as_str())
    .bind(at.0)
    .bind(by)
    .bind(json(change.before)?)
    .bind(json(change.after)?)
    .execute(&mut **tx)
    .await
    .doing("note a change of an office")
    .map(|_| ())
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
