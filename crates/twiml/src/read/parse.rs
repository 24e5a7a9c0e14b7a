//! Well-formedness: quick-xml's events made a tree, with the checks that quick-xml leaves to its user.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesDecl, BytesRef, Event};

use super::MARK;
use super::markup::{attributes, is_name};
use super::tree::{Kind, Node, Tree};
use crate::code::Code;
use crate::write::{is_carried, is_suspicious};

/// Why a document is not well-formed, and where.
pub(super) struct Flaw {
    pub(super) code: Code,
    pub(super) at: usize,
    pub(super) about: Cow<'static, str>,
}

impl Flaw {
    pub(super) fn new(at: usize, about: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: const { Code::of(12100) },
            at,
            about: about.into(),
        }
    }
}

/// What is known while a document is being parsed.
struct Parse<'xml> {
    tree: Tree<'xml>,
    /// The elements that are not closed yet, by their positions in the tree.
    open: Vec<usize>,
    /// Whether the last node is text to which more can be added.
    in_text: bool,
}

/// Parses a document whole, from its first byte that counts.
pub(super) fn parse(xml: &str, first: usize) -> Result<Tree<'_>, Flaw> {
    check_characters(xml)?;
    // quick-xml would pass over a second mark, too, and count from behind it.
    if xml[first..].starts_with(MARK) {
        return Err(Flaw::new(first, "a second byte order mark"));
    }
    let place = |position: u64| first + usize::try_from(position).unwrap_or(xml.len());
    let mut reader = Reader::from_str(&xml[first..]);
    reader.config_mut().check_comments = true;
    let mut parse = Parse {
        tree: Tree::default(),
        open: Vec::new(),
        in_text: false,
    };
    loop {
        let at = place(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(flaw(&error, place(reader.error_position()))),
        };
        let end = place(reader.buffer_position());
        match event {
            Event::Start(_) => parse.start(tag(xml, at, end, ">")?, at, end)?,
            Event::Empty(_) => {
                parse.start(tag(xml, at, end, "/>")?, at, end)?;
                parse.end(end);
            }
            Event::End(_) => parse.end(at),
            Event::Text(text) => parse.characters(at, &text, text.xml10_content())?,
            Event::CData(text) => parse.content(at, text.xml10_content())?,
            Event::GeneralRef(reference) => parse.content(at, resolved(&reference, at)?)?,
            Event::Decl(declaration) => check_declaration(&declaration, first, at)?,
            Event::DocType(_) if parse.tree.nodes.is_empty() => {}
            Event::DocType(_) => return Err(Flaw::new(at, "a DOCTYPE after the root's beginning")),
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match parse.open.last() {
        Some(&open) => Err(Flaw::new(
            parse.tree.nodes[open].at,
            "an element without an end",
        )),
        None if parse.tree.nodes.is_empty() => Err(Flaw::new(xml.len(), "no element")),
        None => Ok(parse.tree),
    }
}

impl<'xml> Parse<'xml> {
    fn start(&mut self, tag: &'xml str, at: usize, end: usize) -> Result<(), Flaw> {
        if self.open.is_empty() && !self.tree.nodes.is_empty() {
            return Err(Flaw::new(at, "a second element beside the root"));
        }
        let length = tag
            .find(|c: char| c.is_ascii_whitespace())
            .unwrap_or(tag.len());
        let name = &tag[..length];
        if !is_name(name) {
            return Err(Flaw::new(at, "an element cannot have this name"));
        }
        self.in_text = false;
        let first = self.tree.attributes.len();
        attributes(tag, length, at + "<".len(), &mut self.tree.attributes)?;
        self.open.push(self.tree.nodes.len());
        self.push(
            at,
            Kind::Element {
                name,
                attributes: first..self.tree.attributes.len(),
                inside: end..end,
            },
        );
        Ok(())
    }

    fn end(&mut self, at: usize) {
        self.in_text = false;
        let Some(position) = self.open.pop() else {
            return;
        };
        let next = self.tree.nodes.len();
        let node = &mut self.tree.nodes[position];
        node.next = next;
        match &mut node.kind {
            Kind::Element { inside, .. } => inside.end = at,
            Kind::Text(_) => {}
        }
    }

    fn characters(&mut self, at: usize, raw: &str, text: Cow<'xml, str>) -> Result<(), Flaw> {
        if let Some(offset) = raw.find("]]>") {
            return Err(Flaw::new(at + offset, "`]]>` in text"));
        }
        let blank = raw.bytes().all(|b| b.is_ascii_whitespace());
        if self.open.is_empty() && blank {
            return Ok(());
        }
        self.content(at, text)
    }

    fn content(&mut self, at: usize, text: Cow<'xml, str>) -> Result<(), Flaw> {
        if self.open.is_empty() {
            return Err(Flaw::new(at, "text outside the root"));
        }
        if text.is_empty() {
            return Ok(());
        }
        match self.tree.nodes.last_mut().map(|node| &mut node.kind) {
            Some(Kind::Text(before)) if self.in_text => before.to_mut().push_str(&text),
            Some(Kind::Text(_) | Kind::Element { .. }) | None => {
                self.push(at, Kind::Text(text));
                self.in_text = true;
            }
        }
        Ok(())
    }

    fn push(&mut self, at: usize, kind: Kind<'xml>) {
        let next = self.tree.nodes.len() + 1;
        self.tree.nodes.push(Node { at, next, kind });
    }
}

/// What stands between the brackets of a tag.
fn tag<'xml>(xml: &'xml str, at: usize, end: usize, close: &str) -> Result<&'xml str, Flaw> {
    let tag = xml.get(at..end).and_then(|tag| tag.strip_prefix('<'));
    let inside = tag.and_then(|tag| tag.strip_suffix(close));
    inside.ok_or_else(|| Flaw::new(at, "a tag without its brackets"))
}

fn check_declaration(declaration: &BytesDecl<'_>, first: usize, at: usize) -> Result<(), Flaw> {
    if at > first {
        return Err(Flaw::new(
            at,
            "the declaration is not at the very beginning",
        ));
    }
    match declaration.version() {
        Ok(version) if version == "1.0" => Ok(()),
        Ok(version) => Err(Flaw {
            code: const { Code::of(12101) },
            at,
            about: format!("version {}", version.chars().take(20).collect::<String>()).into(),
        }),
        Err(error) => Err(flaw(&error, at)),
    }
}

fn check_characters(xml: &str) -> Result<(), Flaw> {
    if !xml.bytes().any(is_suspicious) {
        return Ok(());
    }
    match xml.char_indices().find(|(_, c)| !is_carried(*c)) {
        Some((at, _)) => Err(Flaw::new(at, "a character that XML does not know")),
        None => Ok(()),
    }
}

fn resolved<'xml>(reference: &BytesRef<'_>, at: usize) -> Result<Cow<'xml, str>, Flaw> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) if is_carried(character) => Ok(String::from(character).into()),
        Ok(Some(_)) => Err(Flaw::new(at, "a character that XML does not know")),
        Ok(None) => resolve_xml_entity(&reference.xml10_content())
            .map(Cow::Borrowed)
            .ok_or_else(|| Flaw::new(at, "an entity that XML does not know")),
        Err(error) => Err(flaw(&error, at)),
    }
}

fn flaw(error: &Error, at: usize) -> Flaw {
    Flaw::new(at, error.to_string())
}
