//! How a directory came to be changed, and its word in the database.

/// How a directory came to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// The directory was made.
    Made,
    /// An office was added by hand.
    Added,
    /// An office was changed by hand.
    Edited,
    /// An office was removed by hand.
    Removed,
    /// A file took the place of what was there.
    Import,
    /// Another change was taken back.
    Undo,
    /// The directory got another name.
    Renamed,
    /// The directory was taken away, with all its offices.
    Deleted,
}

impl ChangeKind {
    const ALL: [Self; 8] = [
        Self::Made,
        Self::Added,
        Self::Edited,
        Self::Removed,
        Self::Import,
        Self::Undo,
        Self::Renamed,
        Self::Deleted,
    ];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Added => "added",
            Self::Edited => "edited",
            Self::Removed => "removed",
            Self::Import => "import",
            Self::Undo => "undo",
            Self::Renamed => "renamed",
            Self::Deleted => "deleted",
        }
    }

    pub(super) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
