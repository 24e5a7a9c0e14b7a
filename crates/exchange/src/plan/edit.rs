//! Changes of the plan, a row at a time: what an admin may put, take away or say otherwise.

use serde::{Deserialize, Serialize};

use crate::{Language, Line, LineId, Menu, MenuId, PlanRows, Prompt, PromptRow};

/// One change of the plan's rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum PlanEdit {
    /// The line is as it stands here; it is made where it is missing.
    PutLine {
        /// The line.
        line: Box<Line>,
    },
    /// The line goes, with what it says in its own words.
    RemoveLine {
        /// The line.
        line: LineId,
    },
    /// The prompt's text is as it stands here.
    PutPrompt {
        /// The text.
        row: PromptRow,
    },
    /// The prompt's text goes: a line says again what all say.
    RemovePrompt {
        /// Whose words; none for those that all lines share.
        line: Option<LineId>,
        /// In which language.
        language: Language,
        /// Which prompt, by its key.
        key: String,
    },
    /// The menu goes live as it stands here; it is made where it is missing. What was live before is kept for the calls
    /// that began with it.
    PutMenu {
        /// The menu, with the number of its version.
        menu: Box<Menu>,
        /// What its maker says of the version.
        note: String,
    },
    /// The menu goes; calls that began with it finish on it.
    RemoveMenu {
        /// The menu.
        menu: MenuId,
    },
    /// A draft of a menu can be tried with a call.
    TryMenu {
        /// The draft, with the number of the trial.
        menu: Box<Menu>,
    },
}

impl PlanEdit {
    /// The removal of a text.
    #[must_use]
    pub fn without_prompt(line: Option<LineId>, language: Language, prompt: Prompt) -> Self {
        Self::RemovePrompt {
            line,
            language,
            key: prompt.key().to_owned(),
        }
    }
}

impl PlanRows {
    /// The rows as they would stand after a change.
    #[must_use]
    pub fn with(mut self, edit: &PlanEdit) -> Self {
        match edit {
            PlanEdit::PutLine { line } => {
                self.lines.retain(|other| other.id != line.id);
                self.lines.push(Line::clone(line));
            }
            PlanEdit::RemoveLine { line } => {
                self.lines.retain(|other| other.id != *line);
                self.prompts.retain(|row| row.line.as_ref() != Some(line));
            }
            PlanEdit::PutPrompt { row } => {
                self.prompts.retain(|other| !is_of(other, row));
                self.prompts.push(row.clone());
            }
            PlanEdit::RemovePrompt {
                line,
                language,
                key,
            } => self.prompts.retain(|other| {
                other.line != *line || other.language != *language || other.key != *key
            }),
            PlanEdit::PutMenu { menu, .. } => {
                self.put_by(&menu.id);
                self.menus.push(Menu::clone(menu));
            }
            PlanEdit::RemoveMenu { menu } => self.put_by(menu),
            PlanEdit::TryMenu { menu } => self.trials.push(Menu::clone(menu)),
        }
        self
    }

    /// Keeps the live version of a menu for the calls that are led through it.
    fn put_by(&mut self, id: &MenuId) {
        let is_other = |menu: &mut Menu| menu.id == *id;
        self.past_menus.extend(self.menus.extract_if(.., is_other));
    }
}

fn is_of(row: &PromptRow, other: &PromptRow) -> bool {
    row.line == other.line && row.language == other.language && row.key == other.key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(line: Option<&str>, text: &str) -> PromptRow {
        PromptRow {
            line: line.map(|id| LineId::parse(id).unwrap()),
            language: Language::English,
            key: Prompt::Goodbye.key().to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_text_takes_the_place_of_its_own_alone() {
        let rows = PlanRows {
            prompts: vec![says(None, "Bye."), says(Some("a"), "So long.")],
            ..PlanRows::default()
        };

        let row = says(Some("a"), "Farewell.");
        let rows = rows.with(&PlanEdit::PutPrompt { row });

        assert_eq!(
            rows.prompts,
            [says(None, "Bye."), says(Some("a"), "Farewell.")]
        );
    }

    #[test]
    fn a_line_goes_with_its_own_words() {
        let rows = PlanRows {
            prompts: vec![says(None, "Bye."), says(Some("a"), "So long.")],
            ..PlanRows::default()
        };

        let rows = rows.with(&PlanEdit::RemoveLine {
            line: LineId::parse("a").unwrap(),
        });

        assert_eq!(rows.prompts, [says(None, "Bye.")]);
    }

    #[test]
    fn a_removed_text_leaves_those_of_others() {
        let rows = PlanRows {
            prompts: vec![says(None, "Bye."), says(Some("a"), "So long.")],
            ..PlanRows::default()
        };

        let line = Some(LineId::parse("a").unwrap());
        let rows = rows.with(&PlanEdit::without_prompt(
            line,
            Language::English,
            Prompt::Goodbye,
        ));

        assert_eq!(rows.prompts, [says(None, "Bye.")]);
    }
}
