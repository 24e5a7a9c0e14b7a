//! `<Sms>`: a text message sent in the course of a call.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::Method;
use crate::write::Xml;

element! {
    /// Sends a text message; a legacy of the time before messages had documents of their own (A.3.12).
    #[derive(Default)]
    pub struct Sms named "Sms" {
        /// who gets it; the caller by default.
        pub to: Option<String> = "to",
        /// who sends it; the number called by default.
        pub from: Option<String> = "from",
        /// what is requested once it is sent; the next verb by default.
        pub action: Option<String> = "action",
        /// how `action` is requested; POST by default.
        pub method: Option<Method> = "method",
        /// what is told how the message goes.
        pub status_callback: Option<String> = "statusCallback",
    } holding {
        /// What it says.
        pub message: String,
    }
}

impl Sms {
    /// Sends the caller a message.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        Self {
            message: content::verbatim(element, notes),
            ..Self::begin(element, notes)
        }
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.message);
    }
}
