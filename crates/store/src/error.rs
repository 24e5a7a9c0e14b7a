//! What can go wrong with the database, and what was being attempted.

use std::path::PathBuf;
use std::sync::Arc;

/// A failure of the database or of what was found in it.
///
/// It never carries the database's address, which may hold a password. It is cheap to clone: one
/// failed write is told to everybody whose change was in it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The address is of no known kind or form.
    #[error("the database address cannot be used: {0}")]
    Address(&'static str),
    /// The file of a SQLite database, or its folder, could not be made.
    #[error("could not create the database file {}", path.display())]
    File {
        /// Where the file should lie.
        path: PathBuf,
        /// What the file system said.
        #[source]
        source: Arc<std::io::Error>,
    },
    /// The file of a SQLite database is gone, or another lies in its place.
    #[error("the database file is no longer the one that was opened")]
    Moved,
    /// The database refused or could not be reached.
    #[error("could not {doing}")]
    Database {
        /// What was being attempted.
        doing: &'static str,
        /// What the database or its driver said.
        #[source]
        source: Arc<sqlx::Error>,
    },
    /// The database did not answer in time.
    #[error("could not {doing} in time")]
    Late {
        /// What was being attempted.
        doing: &'static str,
    },
    /// A migration failed or the database was migrated by another release.
    #[error("could not bring the tables up to date")]
    Migrate(#[source] Arc<sqlx::migrate::MigrateError>),
    /// A row holds what this release cannot read.
    #[error("{what} in the database cannot be read: {reason}")]
    Unreadable {
        /// Which thing it is.
        what: &'static str,
        /// Why not.
        reason: String,
    },
    /// A thing could not be turned into JSON.
    #[error("could not write {what} as JSON")]
    Unwritable {
        /// Which thing it is.
        what: &'static str,
        /// What the encoder said.
        #[source]
        source: Arc<serde_json::Error>,
    },
    /// The store has been closed.
    #[error("the store is closed")]
    Closed,
}

/// Says what was being attempted when the driver failed.
pub(crate) trait Doing<T> {
    fn doing(self, what: &'static str) -> Result<T, Error>;
}

impl<T> Doing<T> for Result<T, sqlx::Error> {
    fn doing(self, what: &'static str) -> Result<T, Error> {
        self.map_err(|source| Error::Database {
            doing: what,
            source: Arc::new(source),
        })
    }
}

/// A thing as the text of its column.
pub(crate) fn to_json<T: serde::Serialize>(thing: &T, what: &'static str) -> Result<String, Error> {
    serde_json::to_string(thing).map_err(|source| Error::Unwritable {
        what,
        source: Arc::new(source),
    })
}

/// A thing from the text of its column.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(
    text: &str,
    what: &'static str,
) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| unreadable(what, error))
}

pub(crate) fn unreadable(what: &'static str, reason: impl std::fmt::Display) -> Error {
    Error::Unreadable {
        what,
        reason: reason.to_string(),
    }
}
