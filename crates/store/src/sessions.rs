//! The sessions of signed-in people.

use std::fmt;

use async_trait::async_trait;
use time::OffsetDateTime;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error as StoreError, Result};

use crate::Store;
use crate::dialect::{Database, Write};
use crate::error::{Doing, Error};

/// The key under which a session holds who signed in, as a JSON string.
///
/// The store reads it from each session, so that it can end all sessions of a person.
pub const USER_NAME: &str = "user_name";

/// The sessions in the database. Expired ones are never found, and are deleted when another begins.
#[derive(Clone)]
pub struct Sessions {
    db: Database,
}

impl Store {
    /// The sessions, for the session layer.
    #[must_use]
    pub fn sessions(&self) -> Sessions {
        Sessions {
            db: self.db.clone(),
        }
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let mut tx = self.db.begin().await.map_err(backend)?;
        delete_expired(&mut tx).await.map_err(backend)?;
        while !insert(&mut tx, record).await? {
            record.id = Id::default();
        }
        tx.commit().await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let mut tx = self.db.begin().await.map_err(backend)?;
        sqlx::query(
            "
            insert into sessions (id, user_name, record, expires_at)
            values ($1, $2, $3, $4)
            on conflict (id) do update
            set user_name = excluded.user_name, record = excluded.record, expires_at = excluded.expires_at
            ",
        )
        .bind(record.id.to_string())
        .bind(user_name(record))
        .bind(encode(record)?)
        .bind(record.expiry_date.unix_timestamp())
        .execute(&mut *tx)
        .await
        .map_err(backend)?;
        tx.commit().await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let mut connection = self.db.read().await.map_err(backend)?;
        let record: Option<String> = sqlx::query_scalar(
            "
            select record
            from sessions
            where id = $1
              and expires_at > $2
            ",
        )
        .bind(id.to_string())
        .bind(now())
        .fetch_optional(&mut *connection)
        .await
        .map_err(backend)?;
        record
            .map(|text| {
                serde_json::from_str(&text).map_err(|error| StoreError::Decode(error.to_string()))
            })
            .transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut tx = self.db.begin().await.map_err(backend)?;
        sqlx::query(
            "
            delete from sessions
            where id = $1
            ",
        )
        .bind(id.to_string())
        .execute(&mut *tx)
        .await
        .map_err(backend)?;
        tx.commit().await.map_err(backend)
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}

pub(crate) async fn end_sessions_of(
    tx: &mut Write<'_>,
    user_name: &str,
) -> std::result::Result<(), Error> {
    sqlx::query(
        "
        delete from sessions
        where user_name = $1
        ",
    )
    .bind(user_name)
    .execute(&mut **tx)
    .await
    .doing("end sessions")
    .map(|_| ())
}

/// A session's id is made by chance; false when it is taken.
async fn insert(tx: &mut Write<'_>, record: &Record) -> Result<bool> {
    let made = sqlx::query(
        "
        insert into sessions (id, user_name, record, expires_at)
        values ($1, $2, $3, $4)
        on conflict (id) do nothing
        ",
    )
    .bind(record.id.to_string())
    .bind(user_name(record))
    .bind(encode(record)?)
    .bind(record.expiry_date.unix_timestamp())
    .execute(&mut **tx)
    .await
    .map_err(backend)?;
    Ok(made.rows_affected() == 1)
}

async fn delete_expired(tx: &mut Write<'_>) -> std::result::Result<(), sqlx::Error> {
    sqlx::query(
        "
        delete from sessions
        where expires_at <= $1
        ",
    )
    .bind(now())
    .execute(&mut **tx)
    .await
    .map(|_| ())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the session layer reckons a session's end by this clock, so its store looks at the same one"
)]
fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

fn user_name(record: &Record) -> Option<String> {
    record
        .data
        .get(USER_NAME)
        .and_then(|value| value.as_str())
        .map(str::to_owned)
}

fn encode(record: &Record) -> Result<String> {
    serde_json::to_string(record).map_err(|error| StoreError::Encode(error.to_string()))
}

fn backend(error: impl fmt::Display) -> StoreError {
    StoreError::Backend(error.to_string())
}
