//! `<ConversationRelaySession>`: a relay to connect to, with settings that the account keeps.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::write::Xml;

element! {
    /// A relay whose settings the account keeps.
    #[derive(Default)]
    pub struct ConversationRelaySession named "ConversationRelaySession" {
        /// the installed connector, by its name or SID.
        pub connector: Option<String> = "connector",
        /// the settings, by their name or SID.
        pub session_configuration: Option<String> = "sessionConfiguration",
    }
}

impl ConversationRelaySession {
    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        content::nothing(element, notes);
        Self::begin(element, notes)
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }
}
