//! A document read back as a tree, by quick-xml's reader.

use std::collections::BTreeMap;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Child>,
}

#[derive(Debug)]
pub(crate) enum Child {
    Text(String),
    Element(Node),
}

impl Node {
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Text(_) => None,
            Child::Element(node) => Some(node),
        })
    }

    pub(crate) fn text(&self) -> String {
        self.children
            .iter()
            .filter_map(|child| match child {
                Child::Text(text) => Some(text.as_str()),
                Child::Element(_) => None,
            })
            .collect()
    }

    fn push_text(&mut self, text: &str) {
        if let Some(Child::Text(last)) = self.children.last_mut() {
            last.push_str(text);
        } else {
            self.children.push(Child::Text(text.to_owned()));
        }
    }
}

/// Reads a document that begins with the declaration and holds one element.
pub(crate) fn parse(document: &str) -> Result<Node, String> {
    let rest = document
        .strip_prefix(r#"<?xml version="1.0" encoding="UTF-8"?>"#)
        .ok_or("no declaration")?;
    let mut reader = Reader::from_str(rest);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => open.push(node(&start)?),
            Event::Empty(start) => {
                let node = node(&start)?;
                top(&mut open).children.push(Child::Element(node));
            }
            Event::End(_) => {
                let node = open.pop().ok_or("an end too many")?;
                top(&mut open).children.push(Child::Element(node));
            }
            Event::Text(text) => top(&mut open).push_text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = reference
                    .resolve_char_ref()
                    .map_err(|error| error.to_string())?
                    .map(String::from);
                let name = reference.xml10_content();
                let text = match &character {
                    Some(character) => character.as_str(),
                    None => resolve_predefined_entity(&name).ok_or("an unknown entity")?,
                };
                top(&mut open).push_text(text);
            }
            Event::Eof => break,
            other @ (Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)) => {
                return Err(format!("{other:?} in a document"));
            }
        }
    }
    let outside = open.pop().ok_or("nothing")?;
    if !open.is_empty() || outside.children.len() != 1 {
        return Err("not exactly one element".to_owned());
    }
    match outside.children.into_iter().next() {
        Some(Child::Element(root)) => Ok(root),
        Some(Child::Text(_)) | None => Err("no element".to_owned()),
    }
}

fn top(open: &mut [Node]) -> &mut Node {
    open.last_mut().expect("the document is never closed")
}

fn node(start: &BytesStart<'_>) -> Result<Node, String> {
    let mut node = Node {
        name: start.name().as_ref().to_owned(),
        ..Node::default()
    };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute
            .normalized_value(XmlVersion::Explicit1_0)
            .map_err(|error| error.to_string())?;
        node.attributes
            .insert(attribute.key.as_ref().to_owned(), value.into_owned());
    }
    Ok(node)
}
