//! A draft tried in the page: what was done, what is said, and what can be done next.

use serde::{Deserialize, Serialize};

use super::MenuLine;

/// A draft, tried by its keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialView {
    /// The line that it is tried on, by id; empty where no line uses the menu yet.
    pub line: String,
    /// The lines that it can be tried on.
    pub lines: Vec<MenuLine>,
    /// What happened, one thing after the other.
    pub scenes: Vec<SceneView>,
    /// How it stands, as a sentence.
    pub stands: String,
    /// The place where the caller is, by id; empty where that is none.
    pub place: String,
    /// What can be done next.
    pub awaits: Awaits,
}

/// What was done, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneView {
    /// What was done, in words; empty where the call came in.
    pub did: String,
    /// What is said then.
    pub said: Vec<String>,
    /// What the journal would say.
    pub lines: Vec<String>,
}

/// What can be done next in a trial.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Awaits {
    /// A key is pressed, or none.
    Key,
    /// Several keys are pressed.
    Keys,
    /// Whoever is called answers, or does not.
    Answer,
    /// Nothing: it is over.
    #[default]
    Nothing,
}

/// What was done, as an address writes it: words with dots between them.
#[must_use]
pub fn presses_of(text: &str) -> Vec<String> {
    text.split('.')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
