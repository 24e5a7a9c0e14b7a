//! The audit: what people did to people, lines and calls that are not their own.

use exchange::Moment;
use sqlx::Row;

use crate::Store;
use crate::dialect::Write;
use crate::error::{Doing, Error};

/// The most lines that are read at once.
const MOST: i64 = 500;

/// A line of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// When.
    pub at: Moment,
    /// Who did it, by user name.
    pub by: String,
    /// Whom or what it concerns: a user name, a line, a call's SID.
    pub about: String,
    /// What was done, in plain words.
    pub what: String,
}

impl Store {
    /// Writes a line of the audit.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit(&self, line: &Audited) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        append(&mut tx, line).await.doing("write the audit")?;
        tx.commit().await.doing("write the audit")
    }

    /// The latest lines of the audit, latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audited(&self) -> Result<Vec<Audited>, Error> {
        let doing = "read the audit";
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select at, by_user, about, what
            from audit
            order by at desc, seq desc
            limit $1
            ",
        )
        .bind(MOST)
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?
        .iter()
        .map(|row| {
            Ok(Audited {
                at: Moment(row.try_get("at").doing(doing)?),
                by: row.try_get("by_user").doing(doing)?,
                about: row.try_get("about").doing(doing)?,
                what: row.try_get("what").doing(doing)?,
            })
        })
        .collect()
    }
}

/// Writes a line behind those of the same moment.
pub(crate) async fn append(tx: &mut Write<'_>, line: &Audited) -> Result<(), sqlx::Error> {
    sqlx::query(
        "
        insert into audit (at, seq, by_user, about, what)
        values ($1, (select count(*) from audit where at = $1), $2, $3, $4)
        ",
    )
    .bind(line.at.0)
    .bind(line.by.as_str())
    .bind(line.about.as_str())
    .bind(line.what.as_str())
    .execute(&mut **tx)
    .await
    .map(|_| ())
}
