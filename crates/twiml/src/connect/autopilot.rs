//! `<Autopilot>`: an assistant to connect to.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::write::Xml;

element! {
    /// An assistant of Autopilot, which Twilio has shut down; helper libraries still build it.
    #[derive(Default)]
    pub struct Autopilot named "Autopilot" {
    } holding {
        /// The assistant's name or SID.
        pub name: String,
    }
}

impl Autopilot {
    /// Connects to the assistant.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let mut autopilot = Self::begin(element, notes);
        autopilot.name = content::text(element, notes);
        autopilot
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.name);
    }
}
