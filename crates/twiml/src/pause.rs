//! `<Pause>`: silence.

use crate::element::element;
use crate::write::Xml;

element! {
    /// Waits in silence (A.3.3); as the first verb of a call it delays answering.
    #[derive(Default)]
    pub struct Pause named "Pause" {
        /// how many seconds, at least 1; 1 by default.
        pub length: Option<u16> = "length",
    }
}

impl Pause {
    /// Waits some seconds, at least one.
    #[must_use]
    pub fn seconds(length: u16) -> Self {
        Self::default().length(length)
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }
}
