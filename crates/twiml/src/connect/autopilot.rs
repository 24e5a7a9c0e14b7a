//! `<Autopilot>`: an assistant to connect to.

use crate::element::element;
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

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.name);
    }
}
