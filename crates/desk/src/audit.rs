//! The audit as admins read it: what was done, by whom, and where to see what it was about.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::DeskError;
use crate::directory::Pages;

/// What admins read of the audit.
#[async_trait]
pub trait Audit: Send + Sync {
    /// One page of the lines that match, latest first.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `Invalid` for a day that is none, `Internal`.
    async fn audit(&self, filter: AuditFilter) -> Result<AuditView, DeskError>;
}

/// What the address of the page says; every field may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilter {
    /// Who did it, by user name.
    pub by: String,
    /// Whom or what it is about.
    pub about: String,
    /// The first day, `yyyy-mm-dd` UTC.
    pub from: String,
    /// The last day.
    pub to: String,
    /// From 1; 0 is read as 1.
    pub page: u32,
}

impl AuditFilter {
    /// Reads it from the fields of an address.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self {
            page: 1,
            ..Self::default()
        };
        for (name, value) in pairs {
            let value = value.trim();
            match name {
                "by" => filter.by = value.to_owned(),
                "about" => filter.about = value.to_owned(),
                "from" => filter.from = value.to_owned(),
                "to" => filter.to = value.to_owned(),
                "page" => filter.page = value.parse().unwrap_or(1).max(1),
                _ => {}
            }
        }
        filter
    }

    /// The fields that say something, by their names in an address; not the page.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        [
            ("by", self.by.as_str()),
            ("about", &self.about),
            ("from", &self.from),
            ("to", &self.to),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }
}

/// A page of the audit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditView {
    /// The lines, latest first.
    pub rows: Vec<AuditRow>,
    /// Which part of all that match.
    pub pages: Pages,
    /// Everybody who has done something, by user name.
    pub people: Vec<String>,
}

/// A line of the audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Who, by user name.
    pub by: String,
    /// Whom or what it is about.
    pub about: String,
    /// Where that is seen; nothing where there is nothing to see any more.
    pub href: Option<String>,
    /// What was done.
    pub what: String,
}
