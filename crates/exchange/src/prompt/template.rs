//! A prompt's text, held against what its prompt needs, and filled in.

use std::collections::BTreeMap;

use super::{Prompt, PromptRow};
use crate::{Language, Part};

impl PromptError {
    /// What to do about it, as a sentence at the field of the text.
    #[must_use]
    pub fn advice(&self, prompt: Prompt) -> String {
        let known: Vec<String> = prompt
            .placeholders()
            .iter()
            .map(|name| format!("{{{name}}}"))
            .collect();
        match self {
            Self::UnknownKey(key) => format!("There is no prompt {key}."),
            Self::Empty(_) => "Say something: callers would hear silence.".to_owned(),
            Self::UnknownPlaceholder { placeholder, .. } if known.is_empty() => {
                format!("Nothing can be filled in here; take out {{{placeholder}}}.")
            }
            Self::UnknownPlaceholder { placeholder, .. } => format!(
                "{{{placeholder}}} is not known here. There is {}.",
                known.join(", ")
            ),
            Self::MissingPlaceholder { placeholder, .. } => {
                format!("Say {{{placeholder}}} somewhere: callers need to hear it.")
            }
            Self::LoneBrace(_) => {
                "A brace lacks its partner. What is filled in stands in braces, like {name}."
                    .to_owned()
            }
        }
    }
}

/// Why a text cannot be a prompt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PromptError {
    /// No such prompt.
    #[error("there is no prompt {0:?}")]
    UnknownKey(String),
    /// A text that says nothing.
    #[error("the prompt {0:?} is empty")]
    Empty(String),
    /// `{…}` that the prompt does not know.
    #[error("the prompt {key:?} does not know the placeholder {{{placeholder}}}")]
    UnknownPlaceholder {
        /// The prompt.
        key: String,
        /// What stands in the braces.
        placeholder: String,
    },
    /// A placeholder that the text leaves out.
    #[error("the prompt {key:?} must say {{{placeholder}}}")]
    MissingPlaceholder {
        /// The prompt.
        key: String,
        /// What is left out.
        placeholder: String,
    },
    /// A brace without its partner.
    #[error("the prompt {0:?} has a brace without its partner")]
    LoneBrace(String),
}

/// A text cut at its placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Slot(String),
}

impl Template {
    /// Cuts a row's text and holds it against what its prompt needs.
    pub(crate) fn parse(row: &PromptRow) -> Result<(Prompt, Self), PromptError> {
        let key = &row.key;
        let prompt = Prompt::parse(key).ok_or_else(|| PromptError::UnknownKey(key.clone()))?;
        if row.text.trim().is_empty() {
            return Err(PromptError::Empty(key.clone()));
        }
        let mut pieces = Vec::new();
        let mut rest = row.text.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            let (words, tail) = rest.split_at(at);
            if !words.is_empty() {
                pieces.push(Piece::Words(words.to_owned()));
            }
            let lone = || PromptError::LoneBrace(key.clone());
            let (slot, tail) = tail
                .strip_prefix('{')
                .ok_or_else(lone)?
                .split_once('}')
                .ok_or_else(lone)?;
            if !prompt.placeholders().contains(&slot) {
                let placeholder = slot.to_owned();
                return Err(PromptError::UnknownPlaceholder {
                    key: key.clone(),
                    placeholder,
                });
            }
            pieces.push(Piece::Slot(slot.to_owned()));
            rest = tail;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        for placeholder in prompt
            .placeholders()
            .iter()
            .filter(|name| !name.ends_with("title"))
        {
            if !pieces
                .iter()
                .any(|p| matches!(p, Piece::Slot(slot) if slot == placeholder))
            {
                let placeholder = (*placeholder).to_owned();
                return Err(PromptError::MissingPlaceholder {
                    key: key.clone(),
                    placeholder,
                });
            }
        }
        Ok((prompt, Self(pieces)))
    }

    /// The text with what is filled in, appended to `parts`.
    pub(crate) fn fill(&self, values: &[(&str, Part)], parts: &mut Vec<Part>) {
        for piece in &self.0 {
            match piece {
                Piece::Words(words) => parts.push(Part::Text(words.clone())),
                Piece::Slot(slot) => {
                    let value = values.iter().find(|(name, _)| name == slot);
                    debug_assert!(value.is_some(), "nothing to say for {{{slot}}}");
                    parts.extend(value.map(|(_, part)| part.clone()));
                }
            }
        }
    }
}

/// The texts of prompts in the languages that have them.
pub(crate) type Prompts = BTreeMap<(Language, Prompt), Template>;

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: &str, text: &str) -> PromptRow {
        PromptRow {
            line: None,
            language: Language::English,
            key: key.into(),
            text: text.into(),
        }
    }

    #[test]
    fn a_text_is_filled_where_its_placeholders_stand() {
        let (prompt, template) =
            Template::parse(&row("region_choice", "For {region}, press {key}.")).unwrap();
        let mut parts = Vec::new();

        template.fill(
            &[
                ("key", Part::Text("1".into())),
                ("region", Part::Name("Ohio".into())),
            ],
            &mut parts,
        );

        assert_eq!(prompt, Prompt::RegionChoice);
        assert_eq!(
            parts,
            [
                Part::Text("For ".into()),
                Part::Name("Ohio".into()),
                Part::Text(", press ".into()),
                Part::Text("1".into()),
                Part::Text(".".into())
            ]
        );
    }

    #[test]
    fn a_text_that_does_not_fit_its_prompt_is_refused() {
        let problems = [
            ("nonsense", "x", "there is no prompt"),
            ("goodbye", "  ", "is empty"),
            (
                "goodbye",
                "Bye {name}.",
                "does not know the placeholder {name}",
            ),
            ("zip_unknown", "No.", "must say {zip}"),
            ("zip_unknown", "{zip", "a brace without its partner"),
            ("goodbye", "bye }", "a brace without its partner"),
        ];
        for (key, text, problem) in problems {
            let said = Template::parse(&row(key, text)).unwrap_err().to_string();
            assert!(said.contains(problem), "{key} {text}: {said}");
        }
    }
}
