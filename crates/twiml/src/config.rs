//! `<Config>`: a setting by name.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::write::Xml;

element! {
    /// A setting of a [`Transcription`](crate::Transcription) or a [`VirtualAgent`](crate::VirtualAgent).
    #[derive(Default)]
    pub struct Config named "Config" {
        /// its name.
        pub name: String = "name",
        /// its value.
        pub value: String = "value",
    }
}

impl Config {
    /// Sets the value under the name.
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

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }
}
