//! What was done to the carrier's telephone numbers: written down before it is done, so that it can be put back.

use std::collections::BTreeMap;

use exchange::Moment;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::Store;
use crate::audit::{self, Audited};
use crate::error::{Doing, Error};

/// A change of a number's settings at the carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberChange {
    /// The number, by the carrier's SID.
    pub sid: String,
    /// Which change of that number it is, from 1 on.
    pub version: i64,
    /// The number itself.
    pub number: String,
    /// The line that it was pointed at; empty where it was put back.
    pub line: String,
    /// What it pointed at, as JSON.
    pub before: String,
    /// What it was to point at, as JSON.
    pub after: String,
    /// When.
    pub at: Moment,
    /// Who did it, by user name.
    pub by: String,
    /// When the carrier had confirmed it; nothing while it is not known whether it was done.
    pub done: Option<Moment>,
}

impl Store {
    /// What was done to each number, the first first, by SID.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn number_changes(&self) -> Result<BTreeMap<String, Vec<NumberChange>>, Error> {
        let doing = "read what was done to numbers";
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(
            "
            select number_sid, version, number, line_id, before, after, changed_at, changed_by, done_at
            from number_changes
            order by number_sid, version
            ",
        )
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?;
        let mut changes: BTreeMap<String, Vec<NumberChange>> = BTreeMap::new();
        for row in &rows {
            let change = read(row).doing(doing)?;
            changes.entry(change.sid.clone()).or_default().push(change);
        }
        Ok(changes)
    }

    /// Writes down what is about to be done. `false` when somebody else is ahead: nothing is written then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_number_change(&self, change: &NumberChange) -> Result<bool, Error> {
        let doing = "write down what is done to a number";
        let mut tx = self.db.begin().await?;
        let written = sqlx::query(
            "
            insert into number_changes
                (number_sid, version, number, line_id, before, after, changed_at, changed_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict do nothing
            ",
        )
        .bind(change.sid.as_str())
        .bind(change.version)
        .bind(change.number.as_str())
        .bind(change.line.as_str())
        .bind(change.before.as_str())
        .bind(change.after.as_str())
        .bind(change.at.0)
        .bind(change.by.as_str())
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        tx.commit().await.doing(doing)?;
        Ok(written == 1)
    }

    /// The carrier has done it: the change counts, and the audit has a line of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish_number_change(
        &self,
        change: &NumberChange,
        done: Moment,
        line: &Audited,
    ) -> Result<(), Error> {
        let doing = "write down that a number was changed";
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "
            update number_changes
            set done_at = $3
            where number_sid = $1 and version = $2
            ",
        )
        .bind(change.sid.as_str())
        .bind(change.version)
        .bind(done.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        audit::append(&mut tx, line).await.doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// The carrier has refused it: there was no change.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_number_change(&self, change: &NumberChange) -> Result<(), Error> {
        let doing = "forget a change of a number that was refused";
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "
            delete from number_changes
            where number_sid = $1 and version = $2 and done_at is null
            ",
        )
        .bind(change.sid.as_str())
        .bind(change.version)
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// The latest migration that the database has, and the latest of this release.
    ///
    /// # Errors
    /// When the database fails, or has no tables.
    pub async fn migrations(&self) -> Result<(i64, i64), Error> {
        let doing = "read which tables there are";
        let mut connection = self.db.read().await?;
        let row = sqlx::query("select max(version) as version from _sqlx_migrations")
            .fetch_one(&mut *connection)
            .await
            .doing(doing)?;
        let known = crate::dialect::latest_migration();
        Ok((row.try_get("version").doing(doing)?, known))
    }
}

fn read(row: &AnyRow) -> Result<NumberChange, sqlx::Error> {
    Ok(NumberChange {
        sid: row.try_get("number_sid")?,
        version: row.try_get("version")?,
        number: row.try_get("number")?,
        line: row.try_get("line_id")?,
        before: row.try_get("before")?,
        after: row.try_get("after")?,
        at: Moment(row.try_get("changed_at")?),
        by: row.try_get("changed_by")?,
        done: row.try_get::<Option<i64>, _>("done_at")?.map(Moment),
    })
}
