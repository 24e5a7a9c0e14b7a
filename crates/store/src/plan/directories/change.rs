//! Writing a directory: only what differs, with who did it, when, and what was before.

use std::collections::BTreeMap;

use exchange::{Directory, DirectoryId, DirectoryShape, Moment, Office, OfficeId, RegionCode};

use super::{ChangeKind, OfficeChange, WHAT, offices_of};
use crate::audit::{self, Audited};
use crate::dialect::Write;
use crate::error::{Doing, Error, to_json};
use crate::plan::{move_on, plan_version};
use crate::shape::Shape;
use crate::{PlanVersion, Store};

static INSERT_OFFICES: Shape = Shape::new(
    "insert into offices (directory_id, id, region, position, name, title, phone, details) values",
    8,
    "",
);

static INSERT_CHANGES: Shape = Shape::new(
    "insert into office_changes (directory_id, plan_version, office_id, changed_at, changed_by, before, after) values",
    7,
    "",
);

/// A change of a directory as a whole: what it was decided on, and what it is to be.
#[derive(Clone, Copy, Debug)]
pub struct DirectoryChange<'a> {
    /// The plan's version that it was decided on.
    pub decided_on: PlanVersion,
    /// The directory as it is to be; it is made where it is missing.
    pub directory: &'a Directory,
    /// How its offices are to stand to each other; nothing leaves that as it is.
    pub shape: Option<DirectoryShape>,
    /// The columns of the file that it comes from; nothing leaves them as they are.
    pub header: Option<&'a [String]>,
    /// Its offices as they are to be.
    pub offices: &'a [Office],
    /// How it comes about.
    pub kind: ChangeKind,
    /// What it is about, for people: a file's name, an office's.
    pub about: &'a str,
    /// The change that it takes back.
    pub undoes: Option<PlanVersion>,
    /// Who does it, by user name.
    pub by: &'a str,
    /// When.
    pub at: Moment,
    /// What the audit says of it.
    pub audit: &'a str,
}

impl Store {
    /// Changes a directory, all of it or nothing, and gives the plan's version that it made; nothing when the plan has
    /// moved on since it was decided.
    ///
    /// # Errors
    /// When the database fails, or two offices have the same id.
    pub async fn change_directory(
        &self,
        change: &DirectoryChange<'_>,
    ) -> Result<Option<PlanVersion>, Error> {
        let doing = "change a directory";
        let mut tx = self.db.begin().await?;
        let version = move_on(&mut tx).await?;
        if version.0 != change.decided_on.0 + 1 {
            tx.rollback().await.doing(doing)?;
            return Ok(None);
        }
        write(&mut tx, version, change).await?;
        let audited = Audited {
            at: change.at,
            by: change.by.to_owned(),
            about: change.directory.id.to_string(),
            what: change.audit.to_owned(),
        };
        audit::append(&mut tx, &audited).await.doing(doing)?;
        tx.commit().await.doing(doing)?;
        Ok(Some(version))
    }

    /// Puts these offices in the place of all that the directory has, whatever that is, and notes what changed.
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
        let mut connection = self.db.read().await?;
        let mut decided_on = plan_version(&mut connection).await?;
        drop(connection);
        loop {
            let change = DirectoryChange {
                decided_on,
                directory,
                shape: None,
                header: None,
                offices,
                kind: ChangeKind::Import,
                about: &directory.source,
                undoes: None,
                by,
                at,
                audit: "Replaced the offices.",
            };
            if self.change_directory(&change).await?.is_some() {
                return Ok(());
            }
            decided_on = self.plan_version().await?;
        }
    }
}

async fn write(
    tx: &mut Write<'_>,
    version: PlanVersion,
    change: &DirectoryChange<'_>,
) -> Result<(), Error> {
    let was = directory_of(tx, &change.directory.id).await?;
    let before = offices_of(tx, &change.directory.id).await?;
    put_directory(tx, change).await?;
    let changes = changes(&before, change.offices);
    for gone in changes.iter().filter(|change| change.after.is_none()) {
        delete(tx, &change.directory.id, &gone.id).await?;
    }
    for office in changes
        .iter()
        .filter(|change| change.before.is_some())
        .filter_map(|change| change.after.as_ref())
    {
        update(tx, office).await?;
    }
    let known: BTreeMap<&OfficeId, ()> = before.iter().map(|office| (&office.id, ())).collect();
    let added: Vec<&Office> = change
        .offices
        .iter()
        .filter(|office| !known.contains_key(&office.id))
        .collect();
    insert_all(tx, &added).await?;
    note_offices(tx, version, change, &changes).await?;
    note(tx, version, change, was.as_ref()).await?;
    match change.kind {
        ChangeKind::Deleted => take_away(tx, &change.directory.id).await,
        ChangeKind::Made
        | ChangeKind::Added
        | ChangeKind::Edited
        | ChangeKind::Removed
        | ChangeKind::Import
        | ChangeKind::Undo
        | ChangeKind::Renamed => Ok(()),
    }
}

/// Takes away a directory that has no offices any more. What was noted of it stays.
async fn take_away(tx: &mut Write<'_>, id: &DirectoryId) -> Result<(), Error> {
    sqlx::query(
        "
        delete from directories
        where id = $1
        ",
    )
    .bind(id.as_str())
    .execute(&mut **tx)
    .await
    .doing("take a directory away")
    .map(|_| ())
}

async fn directory_of(tx: &mut Write<'_>, id: &DirectoryId) -> Result<Option<Directory>, Error> {
    sqlx::query(
        "
        select id, name, source, as_of
        from directories
        where id = $1
        ",
    )
    .bind(id.as_str())
    .fetch_optional(&mut **tx)
    .await
    .doing("read a directory")?
    .map(|row| super::read_directory(&row))
    .transpose()
}

async fn put_directory(tx: &mut Write<'_>, change: &DirectoryChange<'_>) -> Result<(), Error> {
    let doing = "write a directory";
    let directory = change.directory;
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
    .execute(&mut **tx)
    .await
    .doing(doing)?;
    if let Some(shape) = change.shape {
        sqlx::query(
            "
            update directories
            set shape = $2
            where id = $1
            ",
        )
        .bind(directory.id.as_str())
        .bind(shape.word())
        .execute(&mut **tx)
        .await
        .doing(doing)?;
    }
    if let Some(header) = change.header {
        sqlx::query(
            "
            update directories
            set header = $2
            where id = $1
            ",
        )
        .bind(directory.id.as_str())
        .bind(to_json(&header, "a directory's columns")?)
        .execute(&mut **tx)
        .await
        .doing(doing)?;
    }
    Ok(())
}

async fn delete(tx: &mut Write<'_>, directory: &DirectoryId, id: &OfficeId) -> Result<(), Error> {
    sqlx::query(
        "
        delete from offices
        where directory_id = $1 and id = $2
        ",
    )
    .bind(directory.as_str())
    .bind(id.as_str())
    .execute(&mut **tx)
    .await
    .doing("remove an office")
    .map(|_| ())
}

async fn update(tx: &mut Write<'_>, office: &Office) -> Result<(), Error> {
    sqlx::query(
        "
        update offices
        set region = $3, position = $4, name = $5, title = $6, phone = $7, details = $8
        where directory_id = $1 and id = $2
        ",
    )
    .bind(office.directory.as_str())
    .bind(office.id.as_str())
    .bind(office.region.as_ref().map(RegionCode::as_str))
    .bind(i64::from(office.position))
    .bind(office.name.as_str())
    .bind(office.title.as_str())
    .bind(office.phone.as_str())
    .bind(to_json(&office.details, WHAT)?)
    .execute(&mut **tx)
    .await
    .doing("change an office")
    .map(|_| ())
}

/// Writes offices that are not there yet.
pub(super) async fn insert_all(tx: &mut Write<'_>, offices: &[&Office]) -> Result<(), Error> {
    for (sql, offices) in INSERT_OFFICES.statements(tx, offices) {
        let mut query = sqlx::query(sql);
        for office in offices {
            query = query
                .bind(office.directory.to_string())
                .bind(office.id.to_string())
                .bind(office.region.as_ref().map(ToString::to_string))
                .bind(i64::from(office.position))
                .bind(office.name.clone())
                .bind(office.title.clone())
                .bind(office.phone.to_string())
                .bind(to_json(&office.details, WHAT)?);
        }
        query.execute(&mut **tx).await.doing("write offices")?;
    }
    Ok(())
}

fn changes(before: &[Office], after: &[Office]) -> Vec<OfficeChange> {
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
        .map(|(id, (before, after))| OfficeChange {
            id: id.clone(),
            before: before.cloned(),
            after: after.cloned(),
        })
        .collect()
}

async fn note_offices(
    tx: &mut Write<'_>,
    version: PlanVersion,
    change: &DirectoryChange<'_>,
    changes: &[OfficeChange],
) -> Result<(), Error> {
    let json = |office: &Option<Office>| {
        office
            .as_ref()
            .map(|office| to_json(office, WHAT))
            .transpose()
    };
    for (sql, changes) in INSERT_CHANGES.statements(tx, changes) {
        let mut query = sqlx::query(sql);
        for noted in changes {
            query = query
                .bind(change.directory.id.to_string())
                .bind(version.0)
                .bind(noted.id.to_string())
                .bind(change.at.0)
                .bind(change.by.to_owned())
                .bind(json(&noted.before)?)
                .bind(json(&noted.after)?);
        }
        query
            .execute(&mut **tx)
            .await
            .doing("note a change of offices")?;
    }
    Ok(())
}

async fn note(
    tx: &mut Write<'_>,
    version: PlanVersion,
    change: &DirectoryChange<'_>,
    was: Option<&Directory>,
) -> Result<(), Error> {
    let is_other = was != Some(change.directory);
    let json = |directory: Option<&Directory>| {
        directory
            .filter(|_| is_other)
            .map(|directory| to_json(directory, "a directory"))
            .transpose()
    };
    sqlx::query(
        "
        insert into directory_changes
            (directory_id, plan_version, changed_at, changed_by, what, about, undoes, before, after)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ",
    )
    .bind(change.directory.id.as_str())
    .bind(version.0)
    .bind(change.at.0)
    .bind(change.by)
    .bind(change.kind.word())
    .bind(change.about)
    .bind(change.undoes.map(|undone| undone.0))
    .bind(json(was)?)
    .bind(json(Some(change.directory))?)
    .execute(&mut **tx)
    .await
    .doing("note a change of a directory")
    .map(|_| ())
}
