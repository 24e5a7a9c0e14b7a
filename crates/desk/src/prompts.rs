//! What callers hear, as admins look at it and change it.

mod length;
mod sample;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::DeskError;

pub use length::{Length, length};
pub use sample::filled;

/// What admins may ask about prompts.
#[async_trait]
pub trait Prompts: Send + Sync {
    /// The prompts that match; for admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound` for a line that does not exist, `Internal`.
    async fn prompts(&self, filter: PromptFilter) -> Result<PromptsView, DeskError>;

    /// Says a prompt in other words; for admins. It is heard from the next request of a call on.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound`, `Invalid` for a text that does not fit, `Refused` when somebody else
    /// changed it meanwhile.
    async fn save_prompt(&self, form: PromptForm) -> Result<(), DeskError>;

    /// Goes back to the words that all lines share, or, for those, to the words that came with this release; for admins.
    ///
    /// # Errors
    /// As for `save_prompt`.
    async fn reset_prompt(&self, form: PromptForm) -> Result<(), DeskError>;
}

/// Which prompts are shown, from the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PromptFilter {
    /// Whose words, by the line's id; empty for those that all lines share.
    pub line: String,
    /// In which language, by its code; empty for the line's own.
    pub language: String,
    /// What is looked for.
    pub search: String,
    /// The prompt that is being changed, by its key.
    pub edit: String,
    /// The prompt that was changed a moment ago.
    pub done: String,
}

impl PromptFilter {
    /// The filter that an address holds.
    #[must_use]
    pub fn from_pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            let field = match name {
                "line" => &mut filter.line,
                "language" => &mut filter.language,
                "search" => &mut filter.search,
                "edit" => &mut filter.edit,
                "done" => &mut filter.done,
                _ => continue,
            };
            value.clone_into(field);
        }
        filter
    }

    /// What stands in the address; what is empty is left out.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        [
            ("line", &self.line),
            ("language", &self.language),
            ("search", &self.search),
            ("edit", &self.edit),
            ("done", &self.done),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name, value.clone()))
        .collect()
    }

    /// The same list with another prompt opened; none for an empty key.
    #[must_use]
    pub fn opening(&self, key: &str) -> Self {
        Self {
            edit: key.to_owned(),
            done: String::new(),
            ..self.clone()
        }
    }

    /// The same list after a prompt was changed.
    #[must_use]
    pub fn after(&self, key: &str) -> Self {
        Self {
            edit: String::new(),
            done: key.to_owned(),
            ..self.clone()
        }
    }
}

/// The prompts of a line in a language, and what else there is to look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptsView {
    /// The lines, by id and name.
    pub lines: Vec<(String, String)>,
    /// The languages that there are texts in, by code and name.
    pub languages: Vec<(String, String)>,
    /// The language that is shown, by its code.
    pub language: String,
    /// The tag that a speech synthesiser knows it by.
    pub tag: String,
    /// What was found, by what it is for.
    pub groups: Vec<PromptGroupView>,
    /// How many prompts were found.
    pub found: u64,
    /// How many there are.
    pub total: u64,
}

/// Prompts that are for the same part of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptGroupView {
    /// What they are for.
    pub name: String,
    /// The prompts.
    pub prompts: Vec<PromptView>,
}

/// A prompt, whose words it has, and what it might have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptView {
    /// Its key.
    pub key: String,
    /// What it is for, as a sentence.
    pub about: String,
    /// What callers hear.
    pub text: String,
    /// Whether these are the line's own words; for those that all share, whether they differ from what came with this
    /// release.
    pub is_own: bool,
    /// The words to go back to.
    pub usual: String,
    /// What may be filled in.
    pub placeholders: Vec<String>,
    /// The version of the row as it is shown.
    pub version: i64,
}

/// A prompt in other words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PromptForm {
    /// Whose words, by the line's id; empty for those that all lines share.
    pub line: String,
    /// In which language, by its code.
    pub language: String,
    /// Which prompt, by its key.
    pub key: String,
    /// The version of the row as it was shown.
    pub version: i64,
    /// The words.
    pub text: String,
    /// What the list was searched for.
    pub search: String,
}

impl PromptForm {
    /// The list that the form stood in.
    #[must_use]
    pub fn list(&self) -> PromptFilter {
        PromptFilter {
            line: self.line.clone(),
            language: self.language.clone(),
            search: self.search.clone(),
            ..PromptFilter::default()
        }
    }
}
