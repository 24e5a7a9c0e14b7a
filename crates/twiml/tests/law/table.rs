//! The reference's table of elements: who may stand where, with which attributes and which values.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{Child, Node};

pub(crate) struct Table(BTreeMap<&'static str, Element>);

#[derive(Default)]
struct Element {
    holds_text: bool,
    parents: Vec<&'static str>,
    attributes: BTreeMap<&'static str, Values>,
}

enum Values {
    Text,
    Number,
    Numbers,
    Boolean,
    One(Vec<&'static str>),
    List(Vec<&'static str>),
}

impl Table {
    pub(crate) fn read() -> Self {
        let mut elements = BTreeMap::new();
        let mut name = "";
        for line in include_str!("elements.txt").lines() {
            let mut words = line.split_whitespace();
            let Some(first) = words.next().filter(|word| *word != "#") else {
                continue;
            };
            let second = words.next().expect("a second word");
            if line.starts_with(' ') {
                let element: &mut Element = elements.get_mut(name).expect("an element above");
                element
                    .attributes
                    .insert(first, Values::read(second, words.collect()));
            } else {
                name = first;
                let element = Element {
                    holds_text: second == "text",
                    parents: words.collect(),
                    ..Element::default()
                };
                elements.insert(name, element);
            }
        }
        Self(elements)
    }

    /// Whether an element and all it holds are as the table has them.
    pub(crate) fn check(&self, node: &Node) -> Result<(), String> {
        let element = self
            .0
            .get(node.name.as_str())
            .ok_or_else(|| format!("unknown element {}", node.name))?;
        for (name, value) in &node.attributes {
            let known = element.attributes.get(name.as_str());
            if !known.is_some_and(|values| values.admit(value)) {
                return Err(format!("{name}={value:?} in {}", node.name));
            }
        }
        for child in &node.children {
            match child {
                Child::Text(_) if element.holds_text => {}
                Child::Text(text) => return Err(format!("{text:?} in {}", node.name)),
                Child::Element(child) => {
                    let parents = self.0.get(child.name.as_str()).map(|known| &known.parents);
                    if !parents.is_some_and(|parents| parents.contains(&node.name.as_str())) {
                        return Err(format!("{} in {}", child.name, node.name));
                    }
                    self.check(child)?;
                }
            }
        }
        Ok(())
    }

    /// Everything the table has, one fact a line.
    pub(crate) fn facts(&self) -> BTreeSet<String> {
        let mut facts = BTreeSet::new();
        for (name, element) in &self.0 {
            if element.holds_text {
                facts.insert(format!("{name} holds text"));
            }
            for parent in element.parents.iter().filter(|parent| **parent != "-") {
                facts.insert(format!("{name} in {parent}"));
            }
            for (attribute, values) in &element.attributes {
                for value in values.words() {
                    facts.insert(format!("{name} {attribute}={value}"));
                }
            }
        }
        facts
    }

    /// The facts that an element and all it holds show.
    pub(crate) fn facts_of(&self, node: &Node) -> Vec<String> {
        let mut facts = Vec::new();
        let element = &self.0[node.name.as_str()];
        for (attribute, value) in &node.attributes {
            let shown = match &element.attributes[attribute.as_str()] {
                Values::Text | Values::Number | Values::Numbers => vec!["?"],
                Values::Boolean | Values::One(_) | Values::List(_) => value.split(' ').collect(),
            };
            facts.extend(
                shown
                    .iter()
                    .map(|value| format!("{} {attribute}={value}", node.name)),
            );
        }
        for child in &node.children {
            match child {
                Child::Text(_) => facts.push(format!("{} holds text", node.name)),
                Child::Element(child) => {
                    facts.push(format!("{} in {}", child.name, node.name));
                    facts.extend(self.facts_of(child));
                }
            }
        }
        facts
    }
}

impl Values {
    fn read(kind: &str, words: Vec<&'static str>) -> Self {
        match kind {
            "text" => Self::Text,
            "number" => Self::Number,
            "numbers" => Self::Numbers,
            "boolean" => Self::Boolean,
            "one" => Self::One(words),
            "list" => Self::List(words),
            other => panic!("{other} is no kind of value"),
        }
    }

    fn words(&self) -> Vec<&'static str> {
        match self {
            Self::Text | Self::Number | Self::Numbers => vec!["?"],
            Self::Boolean => vec!["true", "false"],
            Self::One(words) | Self::List(words) => words.clone(),
        }
    }

    fn admit(&self, value: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Number => value.parse::<u32>().is_ok(),
            Self::Numbers => value.split(' ').all(|word| word.parse::<u32>().is_ok()),
            Self::Boolean => matches!(value, "true" | "false"),
            Self::One(words) => words.contains(&value),
            Self::List(words) => value.split(' ').all(|word| words.contains(&word)),
        }
    }
}
