//! `DATABASE_URL`: a SQLite file or a PostgreSQL server.

use std::fmt;
use std::path::PathBuf;

use super::{ConfigError, Vars};

const DEFAULT: &str = "sqlite://data/switchboard.db";
const EXAMPLES: &str =
    "write sqlite://data/switchboard.db for a file, or postgres://user:password@host/database";

/// Where everything is remembered. `Debug` and `Display` show the URL without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct Database {
    url: String,
}

impl Database {
    /// Reads `DATABASE_URL`; without it, a SQLite file in `data`.
    ///
    /// # Errors
    /// When the URL is neither of SQLite nor of PostgreSQL, or keeps nothing.
    pub fn from_vars(vars: &Vars) -> Result<Self, ConfigError> {
        let url = vars.text("DATABASE_URL").unwrap_or(DEFAULT);
        let wrong = |what: &str| {
            Err(ConfigError::new(
                "DATABASE_URL",
                format!("{what}; {EXAMPLES}"),
            ))
        };
        let Some((scheme, rest)) = url.split_once("://") else {
            return wrong("is not a URL");
        };
        match scheme {
            "sqlite" if rest.is_empty() || rest.starts_with('?') => wrong("names no file"),
            "sqlite" if rest.contains(":memory:") || rest.contains("mode=memory") => {
                wrong("would forget every call at the next start")
            }
            "postgres" | "postgresql" if rest.is_empty() => wrong("names no server"),
            "sqlite" | "postgres" | "postgresql" => Ok(Self {
                url: url.to_owned(),
            }),
            _ => wrong("is of a database that is not supported"),
        }
    }

    /// The URL with its password, for the one who connects.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The file of a SQLite database.
    pub fn file(&self) -> Option<PathBuf> {
        let path = self.url.strip_prefix("sqlite://")?;
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        Some(PathBuf::from(path))
    }

    /// The URL as people and logs may see it.
    pub fn without_password(&self) -> String {
        let Some((scheme, rest)) = self.url.split_once("://") else {
            return "[hidden]".to_owned();
        };
        let (place, query) = rest
            .split_once('?')
            .map_or((rest, None), |(place, query)| (place, Some(query)));
        let (authority, path) = place
            .find('/')
            .map_or((place, ""), |slash| place.split_at(slash));
        let authority = match authority.rsplit_once('@') {
            Some((who, host)) => match who.split_once(':') {
                Some((user, _)) => format!("{user}:[hidden]@{host}"),
                None => format!("{who}@{host}"),
            },
            None => authority.to_owned(),
        };
        let query = query
            .map(|query| format!("?{}", without_secrets(query)))
            .unwrap_or_default();
        format!("{scheme}://{authority}{path}{query}")
    }
}

fn without_secrets(query: &str) -> String {
    let shown = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if name.to_ascii_lowercase().contains("pass") => format!("{name}=[hidden]"),
        Some(_) | None => pair.to_owned(),
    };
    query.split('&').map(shown).collect::<Vec<_>>().join("&")
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.without_password())
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DATABASE_URL={}", self.without_password())
    }
}
