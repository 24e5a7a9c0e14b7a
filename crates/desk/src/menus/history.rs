//! The versions of a menu, as people read them.

use serde::{Deserialize, Serialize};

use super::MenuHead;

/// Every version of a menu that was live.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuHistory {
    /// The menu.
    pub head: MenuHead,
    /// Its versions, the latest first.
    pub versions: Vec<VersionView>,
    /// The two versions that are compared: from which, to which.
    pub compared: (u32, u32),
    /// What differs between them.
    pub differences: Vec<Difference>,
}

/// A version of a menu.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionView {
    /// Its number.
    pub version: u32,
    /// When it went live, in milliseconds since 1970 UTC; nothing for one that was installed.
    pub live_ms: Option<i64>,
    /// Who did that, by user name.
    pub by: String,
    /// What they said of it.
    pub note: String,
    /// It is live.
    pub is_live: bool,
    /// What it changed against the one before.
    pub differences: Vec<Difference>,
}

/// What differs at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What people call the place.
    pub title: String,
    /// What is different, each a sentence.
    pub words: Vec<String>,
}
