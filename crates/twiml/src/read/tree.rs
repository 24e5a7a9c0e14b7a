//! A document as a flat tree, in the order in which it is written, and what an element can be asked.

use std::borrow::Cow;
use std::ops::Range;

/// A well-formed document.
#[derive(Default)]
pub(crate) struct Tree<'xml> {
    pub(super) nodes: Vec<Node<'xml>>,
    pub(super) attributes: Vec<Attribute<'xml>>,
}

pub(super) struct Node<'xml> {
    /// Where it begins, in bytes.
    pub(super) at: usize,
    /// The position in the tree of what follows it and all that stands in it.
    pub(super) next: usize,
    pub(super) kind: Kind<'xml>,
}

pub(super) enum Kind<'xml> {
    Text(Cow<'xml, str>),
    Element {
        name: &'xml str,
        /// Its attributes among those of the tree.
        attributes: Range<usize>,
        /// The bytes between its tags.
        inside: Range<usize>,
    },
}

/// An attribute as it stands in a document.
pub(crate) struct Attribute<'xml> {
    pub(crate) at: usize,
    pub(crate) name: &'xml str,
    pub(crate) value: Cow<'xml, str>,
}

/// An element as it stands in a document.
#[derive(Clone, Copy)]
pub(crate) struct Element<'tree> {
    tree: &'tree Tree<'tree>,
    position: usize,
}

/// What stands in an element.
pub(crate) enum Part<'tree> {
    Text { at: usize, text: &'tree str },
    Element(Element<'tree>),
}

impl<'xml> Tree<'xml> {
    /// The element that holds all others.
    pub(super) fn root(&self) -> Element<'_> {
        Element {
            tree: self,
            position: 0,
        }
    }
}

impl<'tree> Element<'tree> {
    pub(crate) fn name(self) -> &'tree str {
        match &self.node().kind {
            Kind::Element { name, .. } => name,
            Kind::Text(_) => "",
        }
    }

    pub(crate) fn at(self) -> usize {
        self.node().at
    }

    /// The bytes between its tags.
    pub(crate) fn inside(self) -> Range<usize> {
        match &self.node().kind {
            Kind::Element { inside, .. } => inside.clone(),
            Kind::Text(_) => 0..0,
        }
    }

    pub(crate) fn attributes(self) -> &'tree [Attribute<'tree>] {
        match &self.node().kind {
            Kind::Element { attributes, .. } => &self.tree.attributes[attributes.clone()],
            Kind::Text(_) => &[],
        }
    }

    pub(crate) fn attribute(self, name: &str) -> Option<&'tree str> {
        let mut attributes = self.attributes().iter();
        let found = attributes.find(|attribute| attribute.name == name)?;
        Some(&found.value)
    }

    /// Its texts and elements, one after the other.
    pub(crate) fn parts(self) -> impl Iterator<Item = Part<'tree>> {
        let end = self.node().next;
        let mut position = self.position + 1;
        std::iter::from_fn(move || {
            if position >= end {
                return None;
            }
            let node = &self.tree.nodes[position];
            let part = match &node.kind {
                Kind::Text(text) => Part::Text { at: node.at, text },
                Kind::Element { .. } => Part::Element(Self {
                    tree: self.tree,
                    position,
                }),
            };
            position = node.next;
            Some(part)
        })
    }

    fn node(self) -> &'tree Node<'tree> {
        &self.tree.nodes[self.position]
    }
}
