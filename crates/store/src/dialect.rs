//! Where SQLite and PostgreSQL differ: how a database is opened, how writing in it begins, how long statements name their parameters.

mod news;

use std::fs::{self, OpenOptions};
use std::io;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, ConnectOptions, Connection, Executor, Transaction};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use crate::error::{Doing, Error};
use crate::wakes::Wakes;

/// A caller waits for what waits for a connection, so it is better told early.
const CONNECTION_WAIT: Duration = Duration::from_secs(3);

/// WAL lets readers read while one writes; a full sync at each commit is what "committed" means. A page that is
/// written often goes from the log to the file once per checkpoint, so these are not made too often: the log
/// grows to some 16 MB.
const SQLITE_PRAGMAS: &str = "
    pragma busy_timeout = 5000;
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma cache_size = -16000;
    pragma wal_autocheckpoint = 4000;
    pragma temp_store = memory;
";

/// Eight readers beside the one that writes.
const SQLITE_CONNECTIONS: u32 = 9;
const POSTGRES_CONNECTIONS: u32 = 16;

/// What makes the tables.
static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// The latest migration of this release.
pub(crate) fn latest_migration() -> i64 {
    let versions = MIGRATIONS.iter().map(|migration| migration.version);
    versions.max().unwrap_or(0)
}

/// An open database of either kind.
#[derive(Clone)]
pub(crate) struct Database {
    pool: AnyPool,
    kind: Kind,
    is_closed: watch::Sender<bool>,
}

#[derive(Clone)]
enum Kind {
    /// Whoever writes holds the pen: within a process writers queue fairly instead of polling the file's lock.
    Sqlite {
        file: Arc<DatabaseFile>,
        pen: Arc<Mutex<()>>,
    },
    Postgres {
        /// What this process calls itself when it tells the others something.
        name: Arc<str>,
    },
}

/// How a statement's parameters are written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Parameters {
    /// `?`: SQLite's driver asks for the name of every parameter, and SQLite walks along all names to find it.
    InTurn,
    /// `$1`, `$2`, and so on.
    Numbered,
}

/// A write transaction; dropped without [`Write::commit`], it is rolled back.
pub(crate) struct Write<'c> {
    transaction: Transaction<'c, Any>,
    parameters: Parameters,
    /// Under which name others are told of it.
    tells_as: Option<Arc<str>>,
    _pen: Option<OwnedMutexGuard<()>>,
}

impl Database {
    pub(crate) async fn open(url: &str) -> Result<Self, Error> {
        sqlx::any::install_default_drivers();
        let (url, kind) = if let Some(path) = url.strip_prefix("sqlite:") {
            let file = DatabaseFile::create(path)?;
            let url = file.url();
            (
                url,
                Kind::Sqlite {
                    file: Arc::new(file),
                    pen: Arc::new(Mutex::new(())),
                },
            )
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let name = news::name();
            (url.to_owned(), Kind::Postgres { name })
        } else {
            return Err(Error::Address(
                "it starts with neither sqlite:// nor postgres://",
            ));
        };
        let options = AnyConnectOptions::from_str(&url)
            .map_err(|_| Error::Address("it is no URL"))?
            .disable_statement_logging();

        let opening = "open the database";
        let mut first = AnyConnection::connect_with(&options).await.doing(opening)?;
        kind.prepare(&mut first).await.doing(opening)?;
        first.close().await.doing(opening)?;

        let prepared = kind.clone();
        let pool = AnyPoolOptions::new()
            .acquire_timeout(CONNECTION_WAIT)
            .max_connections(kind.connections())
            .test_before_acquire(matches!(kind, Kind::Postgres { .. }))
            .after_connect(move |connection, _| {
                let kind = prepared.clone();
                Box::pin(async move { kind.prepare(connection).await })
            })
            .connect_lazy_with(options);
        Ok(Self {
            pool,
            kind,
            is_closed: watch::Sender::new(false),
        })
    }

    /// Wakes those who wait for what other processes commit.
    pub(crate) fn listen(&self, url: &str, wakes: &Wakes) {
        news::listen(&self.kind, url, wakes, self.is_closed.subscribe());
    }

    /// Whether other processes may work on it at the same time.
    pub(crate) const fn is_shared(&self) -> bool {
        matches!(self.kind, Kind::Postgres { .. })
    }

    /// A connection to read with.
    pub(crate) async fn read(&self) -> Result<PoolConnection<Any>, Error> {
        self.check()?;
        self.pool.acquire().await.doing("reach the database")
    }

    /// A transaction to write in, on a connection of its own.
    pub(crate) async fn begin(&self) -> Result<Write<'static>, Error> {
        self.check()?;
        let pen = self.pen().await;
        let transaction = match &self.kind {
            Kind::Sqlite { .. } => self.pool.begin_with("begin immediate").await,
            Kind::Postgres { .. } => self.pool.begin().await,
        };
        Ok(Write {
            transaction: transaction.doing("begin to write")?,
            parameters: self.kind.parameters(),
            tells_as: self.kind.tells_as(),
            _pen: pen,
        })
    }

    /// A transaction to write in, on a connection that the caller keeps.
    pub(crate) async fn begin_on<'c>(
        &self,
        connection: &'c mut PoolConnection<Any>,
    ) -> Result<Write<'c>, Error> {
        self.check()?;
        let pen = self.pen().await;
        let transaction = match &self.kind {
            Kind::Sqlite { .. } => connection.begin_with("begin immediate").await,
            Kind::Postgres { .. } => connection.begin().await,
        };
        Ok(Write {
            transaction: transaction.doing("begin to write")?,
            parameters: self.kind.parameters(),
            tells_as: self.kind.tells_as(),
            _pen: pen,
        })
    }

    pub(crate) async fn migrate(&self) -> Result<(), Error> {
        self.check()?;
        let _pen = self.pen().await;
        MIGRATIONS
            .run(&self.pool)
            .await
            .map_err(|error| Error::Migrate(Arc::new(error)))
    }

    pub(crate) async fn close(&self) {
        self.is_closed.send_replace(true);
        self.pool.close().await;
    }

    /// A deleted SQLite file would go on taking writes that nobody can ever read again.
    fn check(&self) -> Result<(), Error> {
        match &self.kind {
            Kind::Sqlite { file, .. } => file.check(),
            Kind::Postgres { .. } => Ok(()),
        }
    }

    async fn pen(&self) -> Option<OwnedMutexGuard<()>> {
        match &self.kind {
            Kind::Sqlite { pen, .. } => Some(Arc::clone(pen).lock_owned().await),
            Kind::Postgres { .. } => None,
        }
    }
}

impl Kind {
    const fn connections(&self) -> u32 {
        match self {
            Self::Sqlite { .. } => SQLITE_CONNECTIONS,
            Self::Postgres { .. } => POSTGRES_CONNECTIONS,
        }
    }

    const fn parameters(&self) -> Parameters {
        match self {
            Self::Sqlite { .. } => Parameters::InTurn,
            Self::Postgres { .. } => Parameters::Numbered,
        }
    }

    fn tells_as(&self) -> Option<Arc<str>> {
        match self {
            Self::Sqlite { .. } => None,
            Self::Postgres { name } => Some(Arc::clone(name)),
        }
    }

    async fn prepare(&self, connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite { .. } => connection
                .execute(sqlx::raw_sql(SQLITE_PRAGMAS))
                .await
                .map(|_| ()),
            Self::Postgres { .. } => Ok(()),
        }
    }
}

impl Write<'_> {
    /// How the parameters of a statement over many rows are written; elsewhere both take `$1`.
    pub(crate) const fn parameters(&self) -> Parameters {
        self.parameters
    }

    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        self.transaction.commit().await
    }

    pub(crate) async fn rollback(self) -> Result<(), sqlx::Error> {
        self.transaction.rollback().await
    }
}

impl Deref for Write<'_> {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for Write<'_> {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}

/// The file of a SQLite database, and which file it was when it was opened.
struct DatabaseFile {
    path: PathBuf,
    identity: Identity,
}

impl DatabaseFile {
    /// Makes the file and its folder where they are missing; an empty file is an empty database.
    fn create(path: &str) -> Result<Self, Error> {
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        if path.is_empty() || path == ":memory:" {
            return Err(Error::Address(
                "a SQLite database takes the path of a file, as in sqlite://switchboard.db",
            ));
        }
        let path = PathBuf::from(path);
        let failed = |source| Error::File {
            path: path.clone(),
            source: Arc::new(source),
        };
        let absolute = std::path::absolute(&path).map_err(failed)?;
        if let Some(folder) = absolute.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        own_file().open(&absolute).map_err(failed)?;
        let identity = identity(&absolute).map_err(failed)?;
        Ok(Self {
            path: absolute,
            identity,
        })
    }

    /// The address that the driver takes: it opens the file, and never makes one.
    fn url(&self) -> String {
        let path = self.path.to_string_lossy();
        let path = path
            .replace('%', "%25")
            .replace('?', "%3F")
            .replace('#', "%23")
            .replace(' ', "%20");
        format!("sqlite://{path}?mode=rw")
    }

    fn check(&self) -> Result<(), Error> {
        match identity(&self.path) {
            Ok(found) if found == self.identity => Ok(()),
            Ok(_) | Err(_) => Err(Error::Moved),
        }
    }
}

#[cfg(unix)]
type Identity = (u64, u64);

/// Calls and sessions are nobody else's to read.
#[cfg(unix)]
fn own_file() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;

    let mut options = OpenOptions::new();
    options.append(true).create(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn own_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    options
}

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
type Identity = Option<std::time::SystemTime>;

#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<Identity> {
    fs::metadata(path).map(|file| file.created().ok())
}
