//! The writer: elements and attributes as quick-xml events into one buffer.

use std::borrow::Cow;

use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;

use crate::value::Slot;

/// A document of ordinary length fits without the buffer growing.
const USUAL_LENGTH: usize = 1024;
pub(crate) const IN_MEMORY: &str = "memory takes every write";

/// A document being written.
pub(crate) struct Xml {
    writer: Writer<Vec<u8>>,
    start: String,
}

impl Xml {
    /// Begins a document with its XML declaration.
    pub(crate) fn document() -> Self {
        let mut xml = Self {
            writer: Writer::new(Vec::with_capacity(USUAL_LENGTH)),
            start: String::with_capacity(256),
        };
        xml.event(Event::Decl(BytesDecl::from_start(
            BytesStart::from_content(r#"xml version="1.0" encoding="UTF-8""#, "xml".len()),
        )));
        xml
    }

    /// Begins an element; the returned tag takes its attributes and then its content.
    pub(crate) fn open(&mut self, name: &'static str) -> Tag<'_> {
        self.start.clear();
        self.start.push_str(name);
        Tag { xml: self, name }
    }

    /// Writes text content, escaped.
    pub(crate) fn text(&mut self, text: &str) {
        let text = match carried(text) {
            Cow::Borrowed(text) => partial_escape(text),
            Cow::Owned(text) => partial_escape(text),
        };
        self.event(Event::Text(BytesText::from_escaped(text)));
    }

    /// Ends the document.
    pub(crate) fn finish(self) -> String {
        String::from_utf8(self.writer.into_inner()).expect("everything written was a str")
    }

    fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect(IN_MEMORY);
    }
}

/// The start of an element, until its content decides how it closes.
#[must_use]
pub(crate) struct Tag<'xml> {
    xml: &'xml mut Xml,
    name: &'static str,
}

impl Tag<'_> {
    /// Adds an attribute, unless its value is absent.
    pub(crate) fn attribute(self, name: &'static str, value: &impl Slot) -> Self {
        if !value.is_absent() {
            let start = &mut self.xml.start;
            start.push(' ');
            start.push_str(name);
            start.push_str("=\"");
            value.write(start);
            start.push('"');
        }
        self
    }

    /// Closes the element with nothing in it.
    pub(crate) fn empty(self) {
        let start = BytesStart::from_content(self.xml.start.as_str(), self.name.len());
        self.xml
            .writer
            .write_event(Event::Empty(start))
            .expect(IN_MEMORY);
    }

    /// Closes the element around text; empty text makes an empty element.
    pub(crate) fn text(self, text: &str) {
        if text.is_empty() {
            self.empty();
        } else {
            self.around(|xml| xml.text(text));
        }
    }

    /// Closes the element around the items, each written by `each`; none make an empty element.
    pub(crate) fn each<T>(self, items: &[T], each: impl Fn(&T, &mut Xml)) {
        if items.is_empty() {
            self.empty();
        } else {
            self.around(|xml| items.iter().for_each(|item| each(item, xml)));
        }
    }

    /// Closes the element around items of two kinds, one kind after the other; none make an empty element.
    pub(crate) fn both<A, B>(
        self,
        (first, write_first): (&[A], impl Fn(&A, &mut Xml)),
        (second, write_second): (&[B], impl Fn(&B, &mut Xml)),
    ) {
        if first.is_empty() {
            return self.each(second, write_second);
        }
        self.around(|xml| {
            first.iter().for_each(|item| write_first(item, xml));
            second.iter().for_each(|item| write_second(item, xml));
        });
    }

    /// Closes the element around whatever `inside` writes.
    pub(crate) fn around(self, inside: impl FnOnce(&mut Xml)) {
        let start = BytesStart::from_content(self.xml.start.as_str(), self.name.len());
        self.xml
            .writer
            .write_event(Event::Start(start))
            .expect(IN_MEMORY);
        inside(self.xml);
        self.xml.event(Event::End(BytesEnd::new(self.name)));
    }
}

/// The text without the characters that no XML 1.0 document can carry, not even escaped.
pub(crate) fn carried(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(is_suspicious) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|&c| is_carried(c)).collect())
}

/// Whether the byte can belong to a character that is not carried.
pub(crate) fn is_suspicious(byte: u8) -> bool {
    (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0xEF
}

/// XML 1.0, production 2 (`Char`); a Rust `char` is never a surrogate.
pub(crate) fn is_carried(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        other => other >= ' ',
    }
}
