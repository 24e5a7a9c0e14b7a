//! How long things are kept, and removing what is older: a little at a time, and never of a call that goes on.

mod aging;
mod erasing;
mod finding;
mod found;
mod numbers;
mod old;
pub(crate) mod removals;
mod rooms;
mod shared;
mod texts;

use exchange::Moment;
use sqlx::Row;

pub use erasing::{Erased, Traces};

use crate::error::{Doing, Error, unreadable};
use crate::{Audited, Store, audit};

/// A kind of thing that is kept for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keepable {
    /// Calls, with everything that was written of them.
    Calls,
    /// The numbers of callers.
    Numbers,
    /// Recordings and messages.
    Recordings,
    /// Entries of the inbox.
    Inbox,
    /// The audit.
    Audit,
}

/// For how long a kind of thing is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptFor {
    /// What.
    pub what: Keepable,
    /// How many days; for ever where none are said.
    pub days: Option<i64>,
}

impl Keepable {
    /// Every kind, in the order that pages show them.
    pub const ALL: [Self; 5] = [
        Self::Calls,
        Self::Numbers,
        Self::Recordings,
        Self::Inbox,
        Self::Audit,
    ];

    /// Its word in the database and in forms.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Calls => "calls",
            Self::Numbers => "numbers",
            Self::Recordings => "recordings",
            Self::Inbox => "inbox",
            Self::Audit => "audit",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.word() == word)
    }
}

impl Store {
    /// For how long each kind of thing is kept.
    ///
    /// # Errors
    /// When the database fails or holds a kind that this release does not know.
    pub async fn kept_for(&self) -> Result<Vec<KeptFor>, Error> {
        let doing = "read how long things are kept";
        let mut connection = self.db.read().await?;
        let rows = sqlx::query("select what, days from retention")
            .fetch_all(&mut *connection)
            .await
            .doing(doing)?;
        let mut kept = Vec::new();
        for row in &rows {
            let word: &str = row.try_get("what").doing(doing)?;
            kept.push(KeptFor {
                what: Keepable::parse(word)
                    .ok_or_else(|| unreadable("what is kept", format!("{word:?}")))?,
                days: row.try_get("days").doing(doing)?,
            });
        }
        kept.sort_by_key(|kept| kept.what);
        Ok(kept)
    }

    /// Says for how long things are kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_for(&self, kept: &[KeptFor], audited: &Audited) -> Result<(), Error> {
        let doing = "write how long things are kept";
        let mut tx = self.db.begin().await?;
        for kept in kept {
            sqlx::query(
                "
                update retention
                set days = $2
                where what = $1
                ",
            )
            .bind(kept.what.word())
            .bind(kept.days)
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        }
        audit::append(&mut tx, audited).await.doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// Takes the work of removing what is old for a while; false while another process has it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_retention(&self, now: Moment, until: Moment) -> Result<bool, Error> {
        let doing = "take the work of removing what is old";
        let mut tx = self.db.begin().await?;
        let taken = sqlx::query(
            "
            update facts
            set value = $2
            where name = 'retention_until'
              and value <= $1
            ",
        )
        .bind(now.0)
        .bind(until.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        tx.commit().await.doing(doing)?;
        Ok(taken == 1)
    }

    /// How many things of a kind are older than a moment and would be removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_old(&self, what: Keepable, before: Moment) -> Result<u64, Error> {
        let sql = match what {
            Keepable::Calls => {
                "
                select count(*)
                from calls
                where started_at < $1
                  and ended_at is not null
                "
            }
            Keepable::Numbers | Keepable::Recordings => {
                "
                select count(*)
                from calls
                where started_at < $1
                  and started_at >= (select done_before from retention where what = $2)
                  and ended_at is not null
                "
            }
            Keepable::Inbox => "select count(*) from inbox where at < $1",
            Keepable::Audit => "select count(*) from audit where at < $1",
        };
        let mut connection = self.db.read().await?;
        let mut query = sqlx::query_scalar(sql).bind(before.0);
        if matches!(what, Keepable::Numbers | Keepable::Recordings) {
            query = query.bind(what.word());
        }
        let count: i64 = query
            .fetch_one(&mut *connection)
            .await
            .doing("count what is old")?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// When the oldest call began.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn oldest_call(&self) -> Result<Option<Moment>, Error> {
        let mut connection = self.db.read().await?;
        let oldest: Option<i64> = sqlx::query_scalar("select min(started_at) from calls")
            .fetch_one(&mut *connection)
            .await
            .doing("find the oldest call")?;
        Ok(oldest.map(Moment))
    }
}
