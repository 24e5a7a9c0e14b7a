//! `<Parameter>`: a name and a value that go along with a call.

use crate::element::element;
use crate::read::content::{self, Found};
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::write::Xml;

element! {
    /// A name and a value; a browser's SDK reads them as custom parameters.
    #[derive(Default)]
    pub struct Parameter named "Parameter" {
        /// its name.
        pub name: String = "name",
        /// its value.
        pub value: String = "value",
    }
}

impl Parameter {
    /// Gives the value under the name.
    #[must_use]
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
        }
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        content::nothing(element, notes);
        Self::begin(element, notes)
    }

    /// Reads the element where parameters alone may stand.
    pub(crate) fn found(element: Element<'_>, notes: &mut Notes<'_>) -> Found<Self> {
        match element.name() {
            Self::NAME => Found::Here(Self::read(element, notes)),
            _ => Found::Misplaced,
        }
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }
}
