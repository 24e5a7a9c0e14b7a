//! The audit: what people did to people, lines and calls that are not their own.

use exchange::Moment;
use sqlx::Row;

use crate::Store;
use crate::dialect::Write;
use crate::error::{Doing, Error};

/// How many lines a page has.
pub const AUDIT_PER_PAGE: u32 = 50;

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

/// Which lines are wanted; an empty text asks for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditQuery {
    /// Who did it.
    pub by: String,
    /// Whom or what it concerns.
    pub about: String,
    /// Not before this moment.
    pub from: Moment,
    /// Before this moment.
    pub until: Moment,
}

impl Default for AuditQuery {
    fn default() -> Self {
        Self {
            by: String::new(),
            about: String::new(),
            from: Moment(i64::MIN),
            until: Moment(i64::MAX),
        }
    }
}

/// What the counting and the listing share.
const WHERE: &str = "
    where at >= $1
      and at < $2
      and ($3 = '' or by_user = $3)
      and ($4 = '' or about = $4)
";

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
        self.audit_lines(&AuditQuery::default(), 0, 500).await
    }

    /// Lines of the audit, latest first, after as many others.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_lines(
        &self,
        query: &AuditQuery,
        after: u64,
        most: u32,
    ) -> Result<Vec<Audited>, Error> {
        let doing = "read the audit";
        let mut connection = self.db.read().await?;
        let sql = format!(
            "
            select at, by_user, about, what
            from audit
            {WHERE}
            order by at desc, seq desc
            limit $5 offset $6
            "
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(query.from.0)
            .bind(query.until.0)
            .bind(query.by.as_str())
            .bind(query.about.as_str())
            .bind(i64::from(most))
            .bind(i64::try_from(after).unwrap_or(i64::MAX))
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

    /// How many lines of the audit there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_audited(&self, query: &AuditQuery) -> Result<u64, Error> {
        let mut connection = self.db.read().await?;
        let sql = format!("select count(*) from audit {WHERE}");
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(query.from.0)
            .bind(query.until.0)
            .bind(query.by.as_str())
            .bind(query.about.as_str())
            .fetch_one(&mut *connection)
            .await
            .doing("count the audit")?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Everybody who has done something, by user name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn who_did_something(&self) -> Result<Vec<String>, Error> {
        let doing = "list who did something";
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select distinct by_user
            from audit
            order by by_user
            ",
        )
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?
        .iter()
        .map(|row| row.try_get("by_user").doing(doing))
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
