//! A database of one's own: for tests, benchmarks and trying out.

use std::path::PathBuf;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use exchange::CallSid;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor, Row};
use tempfile::TempDir;

use crate::Store;
use crate::error::{Doing, Error};

/// Names a PostgreSQL server on which scratch databases are made, as `postgres://user@host:port/postgres`.
///
/// Without it a scratch database is a SQLite file in a temporary folder.
pub const TEST_POSTGRES: &str = "SWITCHBOARD_TEST_POSTGRES";

/// A database of one's own, migrated and otherwise empty, with a store on it.
pub struct Scratch {
    store: Store,
    url: String,
    place: Place,
}

enum Place {
    Folder(TempDir),
    Server { admin: String, name: String },
}

impl Scratch {
    /// Makes a database: on PostgreSQL where [`TEST_POSTGRES`] names a server, else a SQLite file.
    ///
    /// # Errors
    /// When the database cannot be made.
    pub async fn new() -> Result<Self, Error> {
        match test_postgres() {
            Some(admin) => Self::on_postgres(&admin).await,
            None => Self::on_sqlite().await,
        }
    }

    /// Makes a SQLite file in a temporary folder; it goes when the scratch is dropped.
    ///
    /// # Errors
    /// When the database cannot be made.
    pub async fn on_sqlite() -> Result<Self, Error> {
        let folder = tempfile::tempdir().map_err(|source| Error::File {
            path: std::env::temp_dir(),
            source: Arc::new(source),
        })?;
        let url = format!("sqlite://{}", folder.path().join("scratch.db").display());
        Self::at(url, Place::Folder(folder)).await
    }

    /// Makes a database on a PostgreSQL server; it goes with [`Scratch::drop_now`].
    ///
    /// # Errors
    /// When the database cannot be made.
    pub async fn on_postgres(admin: &str) -> Result<Self, Error> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let doing = "make a scratch database";
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(admin).await.doing(doing)?;
        let name = loop {
            let name = format!(
                "scratch_{}_{}",
                process::id(),
                MADE.fetch_add(1, Ordering::Relaxed)
            );
            let taken: i64 =
                sqlx::query_scalar("select count(*) from pg_database where datname = $1")
                    .bind(name.as_str())
                    .fetch_one(&mut connection)
                    .await
                    .doing(doing)?;
            if taken == 0 {
                break name;
            }
        };
        run(&mut connection, format!("create database {name}"))
            .await
            .doing(doing)?;
        connection.close().await.doing(doing)?;
        let url = database_on(admin, &name)?;
        Self::at(
            url,
            Place::Server {
                admin: admin.to_owned(),
                name,
            },
        )
        .await
    }

    async fn at(url: String, place: Place) -> Result<Self, Error> {
        let store = Store::open(&url).await?;
        store.migrate().await?;
        Ok(Self { store, url, place })
    }

    /// The store on this database.
    #[must_use]
    pub fn store(&self) -> Store {
        self.store.clone()
    }

    /// The address of this database, as `DATABASE_URL` takes it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Another store on the same database, as another process would open it.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub async fn another(&self) -> Result<Store, Error> {
        Store::open(&self.url).await
    }

    /// Writes a call as a later release might, which this one cannot read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_unreadable(&self, call: &CallSid) -> Result<(), Error> {
        let doing = "make a call unreadable";
        let mut tx = self.store.db.begin().await?;
        sqlx::query(
            "update calls set state = '{\"later\":true}', version = version + 1 where sid = $1",
        )
        .bind(call.as_str())
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// Writes for as long as what it gives is held: on SQLite everybody else who writes waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn writing(&self) -> Result<impl Sized + use<>, Error> {
        self.store.db.begin().await
    }

    /// Every column in which a text stands, as `table.column: what it stands in`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn columns_with(&self, text: &str) -> Result<Vec<String>, Error> {
        let doing = "look through every table";
        let mut connection = self.store.db.read().await?;
        let columns = match self.place {
            Place::Folder(_) => {
                "
                select m.name as of_table, c.name as of_column
                from sqlite_master m, pragma_table_info(m.name) c
                where m.type = 'table' and lower(c.type) = 'text'
                "
            }
            Place::Server { .. } => {
                "
                select table_name::text as of_table, column_name::text as of_column
                from information_schema.columns
                where table_schema = 'public' and data_type = 'text'
                "
            }
        };
        let columns = sqlx::query(columns)
            .fetch_all(&mut *connection)
            .await
            .doing(doing)?;
        let mut found = Vec::new();
        for row in &columns {
            let table: String = row.try_get("of_table").doing(doing)?;
            let column: String = row.try_get("of_column").doing(doing)?;
            let sql = format!("select {column} from {table} where {column} like $1");
            let texts: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
                .bind(format!("%{text}%"))
                .fetch_all(&mut *connection)
                .await
                .doing(doing)?;
            found.extend(texts.iter().map(|text| format!("{table}.{column}: {text}")));
        }
        Ok(found)
    }

    /// Takes the database away, as a stopped server or a lost disk would.
    ///
    /// # Errors
    /// When it cannot be taken away.
    pub async fn lose(&self) -> Result<(), Error> {
        match &self.place {
            Place::Folder(folder) => rename(folder, "scratch.db", "elsewhere.db"),
            Place::Server { admin, name } => {
                let doing = "take a scratch database away";
                let mut connection = AnyConnection::connect(admin).await.doing(doing)?;
                run(
                    &mut connection,
                    format!("alter database {name} with allow_connections false"),
                )
                .await
                .doing(doing)?;
                let others = format!(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
                );
                run(&mut connection, others).await.doing(doing)?;
                connection.close().await.doing(doing)
            }
        }
    }

    /// Brings a lost database back as it was.
    ///
    /// # Errors
    /// When it cannot be brought back.
    pub async fn find_again(&self) -> Result<(), Error> {
        match &self.place {
            Place::Folder(folder) => rename(folder, "elsewhere.db", "scratch.db"),
            Place::Server { admin, name } => {
                let doing = "bring a scratch database back";
                let mut connection = AnyConnection::connect(admin).await.doing(doing)?;
                run(
                    &mut connection,
                    format!("alter database {name} with allow_connections true"),
                )
                .await
                .doing(doing)?;
                connection.close().await.doing(doing)
            }
        }
    }

    /// How often two transactions waited for each other and one was let go, as far as connections that are closed have told.
    /// On a SQLite file they wait in turn.
    ///
    /// # Errors
    /// When the server fails.
    pub async fn deadlocks(&self) -> Result<i64, Error> {
        let Place::Server { admin, name } = &self.place else {
            return Ok(0);
        };
        let doing = "count deadlocks";
        let mut connection = AnyConnection::connect(admin).await.doing(doing)?;
        let deadlocks = sqlx::query_scalar(
            "
            select deadlocks
            from pg_stat_database
            where datname = $1
            ",
        )
        .bind(name.as_str())
        .fetch_one(&mut connection)
        .await
        .doing(doing)?;
        connection.close().await.doing(doing)?;
        Ok(deadlocks)
    }

    /// Closes the store and deletes the database, whoever else may still hold it.
    ///
    /// # Errors
    /// When the database cannot be deleted.
    pub async fn drop_now(self) -> Result<(), Error> {
        self.store.close().await;
        match self.place {
            Place::Folder(folder) => {
                let path = folder.path().to_owned();
                folder.close().map_err(|source| Error::File {
                    path,
                    source: Arc::new(source),
                })
            }
            Place::Server { admin, name } => {
                let doing = "drop a scratch database";
                let mut connection = AnyConnection::connect(&admin).await.doing(doing)?;
                run(
                    &mut connection,
                    format!("drop database {name} with (force)"),
                )
                .await
                .doing(doing)?;
                connection.close().await.doing(doing)
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "which databases the tests run on is no configuration of the server"
)]
fn test_postgres() -> Option<String> {
    std::env::var(TEST_POSTGRES)
        .ok()
        .filter(|url| !url.is_empty())
}

/// Names of databases cannot be bound; ours are made of digits and underscores.
async fn run(connection: &mut AnyConnection, sql: String) -> Result<(), sqlx::Error> {
    connection
        .execute(sqlx::raw_sql(AssertSqlSafe(sql)))
        .await
        .map(|_| ())
}

/// The address of another database on the same server.
fn database_on(admin: &str, name: &str) -> Result<String, Error> {
    let bad = Error::Address(
        "the server's address names no database, as in postgres://user@host/postgres",
    );
    let (address, options) = admin
        .split_once('?')
        .map_or((admin, None), |(address, options)| (address, Some(options)));
    let (_, rest) = address.split_once("://").ok_or_else(|| bad.clone())?;
    if !rest.contains('/') {
        return Err(bad);
    }
    let (server, _) = address.rsplit_once('/').ok_or(bad)?;
    Ok(match options {
        Some(options) => format!("{server}/{name}?{options}"),
        None => format!("{server}/{name}"),
    })
}

fn rename(folder: &TempDir, from: &str, to: &str) -> Result<(), Error> {
    let path: PathBuf = folder.path().join(from);
    std::fs::rename(&path, folder.path().join(to)).map_err(|source| Error::File {
        path,
        source: Arc::new(source),
    })
}
