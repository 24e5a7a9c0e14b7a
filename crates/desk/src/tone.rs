//! What a state means to the person who reads it; pages give each tone its icon and colour.

use serde::{Deserialize, Serialize};

/// How a state is to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// It went as it was meant to.
    Good,
    /// It is still going on.
    Live,
    /// It went another way, and nothing of ours is at fault.
    Quiet,
    /// Something failed and may want looking at.
    Bad,
    /// What became of it is not known.
    #[default]
    Unknown,
}
