//! `<WhatsApp>`: a number with WhatsApp calling.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::{CallEvent, Method};
use crate::write::Xml;

element! {
    /// A number with WhatsApp calling (A.3.11).
    #[derive(Default)]
    pub struct WhatsApp named "WhatsApp" {
        /// a document for the called party before the parties hear each other.
        pub url: Option<String> = "url",
        /// how `url` is requested; POST by default.
        pub method: Option<Method> = "method",
        /// what `statusCallback` is told about.
        pub status_callback_event: Vec<CallEvent> = "statusCallbackEvent",
        /// what is told how this call goes.
        pub status_callback: Option<String> = "statusCallback",
        /// how `statusCallback` is requested; POST by default.
        pub status_callback_method: Option<Method> = "statusCallbackMethod",
    } holding {
        /// The number in E.164 form.
        pub number: String,
    }
}

impl WhatsApp {
    /// Dials the number.
    #[must_use]
    pub fn new(number: impl Into<String>) -> Self {
        Self {
            number: number.into(),
            ..Self::default()
        }
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        Self {
            number: content::text(element, notes),
            ..Self::begin(element, notes)
        }
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.number);
    }
}
