//! `<Pause>`: silence.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::rule;
use crate::write::Xml;

element! {
    /// Waits in silence (A.3.3); as the first verb of a call it delays answering.
    #[derive(Default)]
    pub struct Pause named "Pause" {
        /// how many seconds, at least 1; 1 by default.
        pub length: Option<u16> = "length" [13910: rule::at_least(1)],
    }
}

impl Pause {
    /// Waits some seconds, at least one.
    #[must_use]
    pub fn seconds(length: u16) -> Self {
        Self::default().length(length)
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        content::nothing(element, notes);
        Self::begin(element, notes)
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }
}
