//! `<Sim>`: a device by its SIM.

use crate::element::element;
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

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.sid);
    }
}
