//! What is found wrong while a document is read, collected.

use super::content::Found;
use super::tree::{Attribute, Element};
use crate::code::Code;
use crate::report::{Position, Warning};
use crate::value::Slot;

/// So much of a value is quoted.
const QUOTED: usize = 60;

/// What was found so far.
pub(crate) struct Notes<'xml> {
    xml: &'xml str,
    found: Vec<Note>,
    verb: Option<usize>,
    in_gather: bool,
    depth: usize,
}

struct Note {
    code: Code,
    at: usize,
    verb: Option<usize>,
    about: String,
}

impl<'xml> Notes<'xml> {
    pub(super) fn new(xml: &'xml str) -> Self {
        Self {
            xml,
            found: Vec::new(),
            verb: None,
            in_gather: false,
            depth: 0,
        }
    }

    /// Notes something about a place.
    pub(crate) fn note(&mut self, code: Code, at: usize, about: impl Into<String>) {
        let code = match code.number() {
            13510 if self.in_gather => const { Code::of(13322) },
            13511 if self.in_gather => const { Code::of(13321) },
            _ => code,
        };
        self.found.push(Note {
            code,
            at,
            verb: self.verb,
            about: about.into(),
        });
    }

    /// The bytes of the document between an element's tags.
    pub(crate) fn inside(&self, element: Element<'_>) -> &'xml str {
        self.xml.get(element.inside()).unwrap_or_default()
    }

    /// What an attribute holds; where that is nothing, as if it did not stand there.
    pub(crate) fn value<T: Slot>(
        &mut self,
        element: Element<'_>,
        attribute: &Attribute<'_>,
        code: Code,
        rule: impl Fn(&str) -> bool,
    ) -> T {
        let value = match T::read(&attribute.value) {
            Ok(value) if rule(&attribute.value) => return value,
            Ok(_) => T::absent(),
            Err(understood) => understood,
        };
        let bad = match attribute.name {
            "password" => "…".to_owned(),
            _ => quoted(&attribute.value),
        };
        let about = format!("{}=\"{bad}\" in <{}>", attribute.name, element.name());
        self.note(code, attribute.at, about);
        value
    }

    /// Notes an attribute that the element does not have.
    pub(crate) fn unknown(&mut self, element: Element<'_>, attribute: &Attribute<'_>) {
        let name = attribute.name;
        if name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xsi:") {
            return;
        }
        let about = format!("{} in <{}>", quoted(name), element.name());
        self.note(const { Code::of(12200) }, attribute.at, about);
    }

    /// Notes that an attribute is missing.
    pub(crate) fn missing(&mut self, element: Element<'_>, name: &str) {
        let about = format!("<{}> without {name}", element.name());
        self.note(const { Code::of(12200) }, element.at(), about);
    }

    /// Notes that what an element holds is skipped because of its depth.
    pub(crate) fn too_deep(&mut self, element: Element<'_>) {
        let about = format!(
            "what <{}> holds, over {} levels deep",
            element.name(),
            super::MOST_DEPTH
        );
        self.note(const { Code::of(12200) }, element.at(), about);
    }

    /// Does something for the verb that will stand at this position, or for none.
    pub(crate) fn about_verb<T>(
        &mut self,
        position: usize,
        read: impl FnOnce(&mut Self) -> Found<T>,
    ) -> Found<T> {
        let before = self.found.len();
        self.verb = Some(position);
        let verb = read(self);
        self.verb = None;
        if !matches!(verb, Found::Here(_)) {
            let found = self.found[before..].iter_mut();
            found.for_each(|note| note.verb = None);
        }
        verb
    }

    /// Does something inside a `<Gather>`, where some codes are others.
    pub(crate) fn in_gather<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.in_gather = true;
        let done = read(self);
        self.in_gather = false;
        done
    }

    /// Does something one level deeper, unless that is too deep.
    pub(crate) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth == super::MOST_DEPTH {
            return None;
        }
        self.depth += 1;
        let done = read(self);
        self.depth -= 1;
        Some(done)
    }

    /// Everything noted, in the order of the document.
    pub(super) fn finish(mut self) -> Vec<Warning> {
        self.found.sort_by_key(|note| note.at);
        let mut here = Position::START;
        let placed = self.found.into_iter().map(|note| {
            here = here.forward(self.xml, note.at);
            Warning {
                code: note.code,
                at: here,
                verb: note.verb,
                about: note.about,
            }
        });
        placed.collect()
    }
}

/// The beginning of a value, on one line.
pub(crate) fn quoted(value: &str) -> String {
    let start: String = value.chars().take(QUOTED).collect();
    let dots = if start.len() < value.len() { "…" } else { "" };
    format!("{}{dots}", start.escape_debug())
}
