//! The way into a room of ours by one's own telephone.

use crate::rooms::WatchMode;

/// A room that the holder goes into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// Which room, and as what.
    pub way: Way,
    /// Its name for people.
    pub name: String,
}

/// Which room somebody goes into, and as what. Whether they may is decided by the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A room of a conference line, by its id, as a moderator.
    Room(String),
    /// The room of a support call, by its `CallSid`, as a supervisor.
    Watch(String, WatchMode),
}

impl Way {
    /// What is known of the call from its beginning: to leave a caller's room is told to the server first, for whoever
    /// listens may have taken the call over.
    #[must_use]
    pub fn about(&self) -> Vec<(String, String)> {
        match self {
            Self::Room(_) => Vec::new(),
            Self::Watch(call, _) => vec![("watch".to_owned(), call.clone())],
        }
    }

    /// What the carrier hands on to the server when the call is made.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Room(id) => vec![("Room", id.clone())],
            Self::Watch(call, mode) => {
                vec![("Watch", call.clone()), ("Mode", mode.word().to_owned())]
            }
        }
    }
}
