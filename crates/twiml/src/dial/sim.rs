//! `<Sim>`: a device by its SIM.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::write::Xml;

element! {
    /// A device by its SIM (A.3.11).
    #[derive(Default)]
    pub struct Sim named "Sim" {
    } holding {
        /// The SID of the SIM.
        pub sid: String,
    }
}

impl Sim {
    /// Dials the device with this SIM.
    #[must_use]
    pub fn new(sid: impl Into<String>) -> Self {
        Self { sid: sid.into() }
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let mut sim = Self::begin(element, notes);
        sim.sid = content::text(element, notes);
        sim
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.sid);
    }
}
