//! What was changed in a directory, by whom and when.

use exchange::{Directory, DirectoryId, Moment, Office, OfficeId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::{ChangeKind, WHAT};
use crate::error::{Doing, Error, from_json, unreadable};
use crate::plan::{number, optional, text};
use crate::{PlanVersion, Store};

const DOING: &str = "read the history of a directory";

/// An office before and after; nothing before it came, nothing after it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeChange {
    /// Its id.
    pub id: OfficeId,
    /// As it was.
    pub before: Option<Office>,
    /// As it is from there on.
    pub after: Option<Office>,
}

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastChange {
    /// The plan's version that it made.
    pub version: PlanVersion,
    /// When.
    pub at: Moment,
    /// Who did it, by user name.
    pub by: String,
    /// How it came about.
    pub kind: ChangeKind,
    /// What it is about, for people.
    pub about: String,
    /// The change that it takes back.
    pub undoes: Option<PlanVersion>,
    /// The change that took it back.
    pub undone_by: Option<PlanVersion>,
    /// The directory before and after, where it changed itself.
    pub directory: (Option<Directory>, Option<Directory>),
    /// How many offices came, changed and went.
    pub counts: [u64; 3],
}

impl Store {
    /// One page of the changes of a directory, latest first, and how many there are.
    ///
    /// # Errors
    /// When the database fails or holds rows that this release cannot read.
    pub async fn directory_history(
        &self,
        directory: &DirectoryId,
        offset: u64,
        most: u32,
    ) -> Result<(u64, Vec<PastChange>), Error> {
        let mut connection = self.db.read().await?;
        let count: i64 =
            sqlx::query_scalar("select count(*) from directory_changes where directory_id = $1")
                .bind(directory.as_str())
                .fetch_one(&mut *connection)
                .await
                .doing(DOING)?;
        let rows = sqlx::query(
            "
            select d.plan_version, d.changed_at, d.changed_by, d.what, d.about, d.undoes, d.before, d.after,
                (select max(u.plan_version) from directory_changes u
                    where u.directory_id = d.directory_id and u.undoes = d.plan_version) as undone_by
            from directory_changes d
            where d.directory_id = $1
            order by d.plan_version desc
            limit $2 offset $3
            ",
        )
        .bind(directory.as_str())
        .bind(i64::from(most))
        .bind(i64::try_from(offset).unwrap_or(i64::MAX))
        .fetch_all(&mut *connection)
        .await
        .doing(DOING)?;
        let mut changes = Vec::new();
        for row in rows {
            let version = PlanVersion(number(&row, "plan_version")?);
            let counts = counts(&mut connection, directory, version).await?;
            changes.push(read_change(&row, version, counts)?);
        }
        Ok((u64::try_from(count).unwrap_or(0), changes))
    }

    /// What a change did to offices, by their ids; `most` of them at most.
    ///
    /// # Errors
    /// When the database fails or holds rows that this release cannot read.
    pub async fn office_changes(
        &self,
        directory: &DirectoryId,
        version: PlanVersion,
        most: u32,
    ) -> Result<Vec<OfficeChange>, Error> {
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select office_id, before, after
            from office_changes
            where directory_id = $1 and plan_version = $2
            order by office_id
            limit $3
            ",
        )
        .bind(directory.as_str())
        .bind(version.0)
        .bind(i64::from(most))
        .fetch_all(&mut *connection)
        .await
        .doing(DOING)?
        .iter()
        .map(read_office_change)
        .collect()
    }

    /// What a change did to one office.
    ///
    /// # Errors
    /// When the database fails or holds rows that this release cannot read.
    pub async fn one_office_change(
        &self,
        directory: &DirectoryId,
        version: PlanVersion,
        office: &OfficeId,
    ) -> Result<Option<OfficeChange>, Error> {
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select office_id, before, after
            from office_changes
            where directory_id = $1 and plan_version = $2 and office_id = $3
            ",
        )
        .bind(directory.as_str())
        .bind(version.0)
        .bind(office.as_str())
        .fetch_optional(&mut *connection)
        .await
        .doing(DOING)?
        .map(|row| read_office_change(&row))
        .transpose()
    }

    /// One change, by the version that it made.
    ///
    /// # Errors
    /// When the database fails or holds rows that this release cannot read.
    pub async fn directory_change(
        &self,
        directory: &DirectoryId,
        version: PlanVersion,
    ) -> Result<Option<PastChange>, Error> {
        let mut connection = self.db.read().await?;
        let row = sqlx::query(
            "
            select d.changed_at, d.changed_by, d.what, d.about, d.undoes, d.before, d.after,
                (select max(u.plan_version) from directory_changes u
                    where u.directory_id = d.directory_id and u.undoes = d.plan_version) as undone_by
            from directory_changes d
            where d.directory_id = $1 and d.plan_version = $2
            ",
        )
        .bind(directory.as_str())
        .bind(version.0)
        .fetch_optional(&mut *connection)
        .await
        .doing(DOING)?;
        let Some(row) = row else {
            return Ok(None);
        };
        let counts = counts(&mut connection, directory, version).await?;
        read_change(&row, version, counts).map(Some)
    }
}

fn read_office_change(row: &AnyRow) -> Result<OfficeChange, Error> {
    let office = |column| {
        optional(row, column)?
            .map(|json| from_json::<Office>(json, WHAT))
            .transpose()
    };
    Ok(OfficeChange {
        id: OfficeId::parse(text(row, "office_id")?).map_err(|e| unreadable(WHAT, e))?,
        before: office("before")?,
        after: office("after")?,
    })
}

async fn counts(
    connection: &mut AnyConnection,
    directory: &DirectoryId,
    version: PlanVersion,
) -> Result<[u64; 3], Error> {
    let row = sqlx::query(
        "
        select count(before) as befores, count(after) as afters, count(*) as touched
        from office_changes
        where directory_id = $1 and plan_version = $2
        ",
    )
    .bind(directory.as_str())
    .bind(version.0)
    .fetch_one(connection)
    .await
    .doing(DOING)?;
    let column = |name| number(&row, name).map(|count| u64::try_from(count).unwrap_or(0));
    let (befores, afters, rows) = (column("befores")?, column("afters")?, column("touched")?);
    let (added, removed) = (rows.saturating_sub(befores), rows.saturating_sub(afters));
    Ok([added, rows.saturating_sub(added + removed), removed])
}

fn read_change(row: &AnyRow, version: PlanVersion, counts: [u64; 3]) -> Result<PastChange, Error> {
    let other = |column: &'static str| -> Result<Option<PlanVersion>, Error> {
        let version: Option<i64> = row.try_get(column).doing(DOING)?;
        Ok(version.map(PlanVersion))
    };
    let directory = |column| {
        optional(row, column)?
            .map(|json| from_json::<Directory>(json, "a directory"))
            .transpose()
    };
    let kind = text(row, "what")?;
    Ok(PastChange {
        version,
        at: Moment(number(row, "changed_at")?),
        by: text(row, "changed_by")?.to_owned(),
        kind: ChangeKind::parse(kind)
            .ok_or_else(|| unreadable("a change of a directory", format!("{kind:?}")))?,
        about: text(row, "about")?.to_owned(),
        undoes: other("undoes")?,
        undone_by: other("undone_by")?,
        directory: (directory("before")?, directory("after")?),
        counts,
    })
}
