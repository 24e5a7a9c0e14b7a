//! `<Room>`: a video room to connect to.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::write::Xml;

element! {
    /// A room of Twilio Video, by its name.
    #[derive(Default)]
    pub struct Room named "Room" {
        /// who the caller is in the room.
        pub participant_identity: Option<String> = "participantIdentity",
    } holding {
        /// The room's name.
        pub name: String,
    }
}

impl Room {
    /// Enters the room of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        Self {
            name: content::text(element, notes),
            ..Self::begin(element, notes)
        }
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.name);
    }
}
