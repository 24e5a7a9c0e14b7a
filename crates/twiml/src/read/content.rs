//! What stands between an element's tags: nothing, text, or elements, and a note for everything else.

use super::notes::{Notes, quoted};
use super::tree::{Element, Part};
use crate::code::Code;

/// What came of an element where only some elements may stand.
pub(crate) enum Found<T> {
    /// It is one of them.
    Here(T),
    /// It is one of them, and nothing remains to be done with it.
    Done,
    /// It is none of them.
    Misplaced,
}

impl<T> Found<T> {
    pub(crate) fn map<U>(self, make: impl FnOnce(T) -> U) -> Found<U> {
        match self {
            Self::Here(item) => Found::Here(make(item)),
            Self::Done => Found::Done,
            Self::Misplaced => Found::Misplaced,
        }
    }
}

/// Nothing may stand in the element.
pub(crate) fn nothing(element: Element<'_>, notes: &mut Notes<'_>) {
    all(element, notes, |_, _| Found::<()>::Misplaced);
}

/// Text alone may stand in the element; white space around it does not count (A.1.1, P5).
pub(crate) fn text(element: Element<'_>, notes: &mut Notes<'_>) -> String {
    let text = verbatim(element, notes);
    let trimmed = text.trim();
    if trimmed.len() == text.len() {
        text
    } else {
        trimmed.to_owned()
    }
}

/// Text alone may stand in the element, and is taken with its white space.
pub(crate) fn verbatim(element: Element<'_>, notes: &mut Notes<'_>) -> String {
    let mut all = String::new();
    for part in element.parts() {
        match part {
            Part::Text { text, .. } => all.push_str(text),
            Part::Element(child) => misplaced(element, child, notes),
        }
    }
    all
}

/// Elements alone may stand in the element: those of which `read` makes something.
pub(crate) fn all<'tree, T>(
    element: Element<'tree>,
    notes: &mut Notes<'_>,
    mut read: impl FnMut(Element<'tree>, &mut Notes<'_>) -> Found<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    for part in element.parts() {
        match part {
            Part::Text { at, text } => stray(element, at, text, notes),
            Part::Element(child) => match read(child, notes) {
                Found::Here(item) => found.push(item),
                Found::Done => {}
                Found::Misplaced => misplaced(element, child, notes),
            },
        }
    }
    found
}

/// Elements of two names may stand in the element; what their readers make of them, by kind.
pub(crate) fn both<A, B>(
    element: Element<'_>,
    notes: &mut Notes<'_>,
    (first, read_first): (&str, impl Fn(Element<'_>, &mut Notes<'_>) -> A),
    (second, read_second): (&str, impl Fn(Element<'_>, &mut Notes<'_>) -> B),
) -> (Vec<A>, Vec<B>) {
    let mut firsts = Vec::new();
    let seconds = all(element, notes, |child, notes| {
        if child.name() == first {
            firsts.push(read_first(child, notes));
            Found::Done
        } else if child.name() == second {
            Found::Here(read_second(child, notes))
        } else {
            Found::Misplaced
        }
    });
    (firsts, seconds)
}

/// Notes an element where it may not stand.
pub(crate) fn misplaced(parent: Element<'_>, child: Element<'_>, notes: &mut Notes<'_>) {
    let code = match parent.name() {
        "Dial" => const { Code::of(13215) },
        "Gather" => const { Code::of(13320) },
        _ => const { Code::of(12200) },
    };
    let about = format!("<{}> in <{}>", quoted(child.name()), parent.name());
    notes.note(code, child.at(), about);
}

/// Notes text where none may stand, unless it is white space.
pub(crate) fn stray(parent: Element<'_>, at: usize, text: &str, notes: &mut Notes<'_>) {
    if !text.trim().is_empty() {
        let about = format!("text in <{}>: {}", parent.name(), quoted(text.trim()));
        notes.note(const { Code::of(12200) }, at, about);
    }
}
