//! What a file would change in a directory, line by line, before anything happens.

use serde::{Deserialize, Serialize};

use super::{DirectoryHead, FieldChange};

/// A file, looked through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// The directory that it is for.
    pub head: DirectoryHead,
    /// The file's id; empty where none was handed in.
    pub upload: String,
    /// The file's name.
    pub file: String,
    /// The plan's version as it was looked through.
    pub version: i64,
    /// Lines that cannot be taken: while there is one, nothing is.
    pub bad: Vec<ImportLine>,
    /// Offices that would come.
    pub added: Vec<ImportLine>,
    /// Offices that would stay with other particulars.
    pub changed: Vec<ImportLine>,
    /// Offices that would go.
    pub removed: Vec<ImportLine>,
    /// How many there are of the four, in their order; each list holds the first of them.
    pub counts: [u64; 4],
    /// How many offices would stay as they are.
    pub unchanged: u64,
    /// What somebody should look at, in whole sentences.
    pub warnings: Vec<String>,
}

/// A line of the file, or an office that is missing in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLine {
    /// Its number, from 1; nothing where the file has no such line.
    pub line: Option<u64>,
    /// Which office, as people name it; for a line that cannot be taken, why not.
    pub words: String,
    /// What would change of one that stays.
    pub fields: Vec<FieldChange>,
}

impl ImportView {
    /// Whether the file can be taken, and would change something.
    #[must_use]
    pub fn can_be_taken(&self) -> bool {
        let [bad, added, changed, removed] = self.counts;
        !self.upload.is_empty() && bad == 0 && added + changed + removed > 0
    }
}
