//! Parties that are named by text, or by an element beside parameters; the two forms are never mixed (A.3.8).

use crate::code::Code;
use crate::parameter::Parameter;
use crate::read::content::{self, Found};
use crate::read::notes::Notes;
use crate::read::tree::{Element, Part};

/// Whom an element names, and what they are told.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) parameters: Vec<Parameter>,
}

impl Named {
    /// Reads both forms; where they are mixed, the element counts and the text is skipped.
    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>, by: &str) -> Self {
        let mut names = Vec::new();
        let mut parameters = Vec::new();
        let mut text = String::new();
        for part in element.parts() {
            match part {
                Part::Text { text: piece, .. } => text.push_str(piece),
                Part::Element(child) if child.name() == by => {
                    let attributes = child.attributes().iter();
                    attributes.for_each(|attribute| notes.unknown(child, attribute));
                    names.push(content::text(child, notes));
                }
                Part::Element(child) => match Parameter::found(child, notes) {
                    Found::Here(parameter) => parameters.push(parameter),
                    Found::Done => {}
                    Found::Misplaced => content::misplaced(element, child, notes),
                },
            }
        }
        if !names.is_empty() {
            content::stray(element, element.at(), &text, notes);
        }
        if names.len() > 1 {
            let about = format!("<{}> with {} names", element.name(), names.len());
            notes.note(const { Code::of(12200) }, element.at(), about);
        }
        let name = names.into_iter().next();
        Self {
            name: name.unwrap_or_else(|| text.trim().to_owned()),
            parameters,
        }
    }
}
