//! `<AiSession>`: an AI to connect to, with settings that the account keeps.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::write::Xml;

element! {
    /// A session with an AI, whose settings the account keeps.
    #[derive(Default)]
    pub struct AiSession named "AiSession" {
        /// the installed connector, by its name or SID.
        pub ai_connector: Option<String> = "aiConnector",
        /// the settings, by their name or SID.
        pub ai_session_configuration: Option<String> = "aiSessionConfiguration",
    }
}

impl AiSession {
    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        content::nothing(element, notes);
        Self::begin(element, notes)
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }
}
