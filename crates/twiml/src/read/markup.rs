//! The inside of a start tag, as strict as XML is.

use std::borrow::Cow;
use std::collections::BTreeSet;

use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attributes;

use super::parse::Flaw;
use super::tree::Attribute;
use crate::write::is_carried;

/// So many names are compared one with the other; more are sorted.
const FEW: usize = 16;

/// Appends the attributes of a tag, whose name takes its first `name` bytes and which stands at `at`.
pub(super) fn attributes<'xml>(
    tag: &'xml str,
    name: usize,
    at: usize,
    all: &mut Vec<Attribute<'xml>>,
) -> Result<(), Flaw> {
    let first = all.len();
    let mut found = Attributes::new(tag, name);
    for attribute in found.with_checks(false) {
        let attribute = attribute.map_err(|error| Flaw::new(at, error.to_string()))?;
        let key = attribute.key.into_inner();
        let offset = key.as_ptr().addr() - tag.as_ptr().addr();
        let at = at + offset;
        let apart = tag.as_bytes()[offset - 1].is_ascii_whitespace();
        if !apart || !is_name(key) {
            return Err(Flaw::new(at, "an attribute cannot be written so"));
        }
        if attribute.value.contains('<') {
            return Err(Flaw::new(at, "`<` in an attribute"));
        }
        let value = attribute
            .normalized_value(XmlVersion::Explicit1_0)
            .map_err(|error| Flaw::new(at, error.to_string()))?;
        if matches!(&value, Cow::Owned(value) if !value.chars().all(is_carried)) {
            return Err(Flaw::new(at, "a character that XML does not know"));
        }
        all.push(Attribute {
            at,
            name: key,
            value,
        });
    }
    match doubled(&all[first..]) {
        Some(at) => Err(Flaw::new(at, "an attribute twice")),
        None => Ok(()),
    }
}

/// Whether something can be called so (XML 1.0, production 5, taken widely outside of ASCII).
pub(super) fn is_name(name: &str) -> bool {
    let begins = |b: u8| b.is_ascii_alphabetic() || matches!(b, b'_' | b':' | 0x80..);
    let goes_on = |b: u8| begins(b) || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    let mut bytes = name.bytes();
    bytes.next().is_some_and(begins) && bytes.all(goes_on)
}

/// Where the second attribute of the same name stands.
fn doubled(attributes: &[Attribute<'_>]) -> Option<usize> {
    let mut seen = BTreeSet::new();
    let again = attributes.iter().enumerate().find(|(position, one)| {
        if attributes.len() <= FEW {
            let mut before = attributes[..*position].iter();
            before.any(|other| other.name == one.name)
        } else {
            !seen.insert(one.name)
        }
    });
    again.map(|(_, attribute)| attribute.at)
}
