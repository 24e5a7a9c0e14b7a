//! `<Application>`: a TwiML application to dial.

use super::named::Named;
use crate::element::element;
use crate::parameter::Parameter;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::{CallEvent, Method};
use crate::write::Xml;

element! {
    /// A TwiML application, by its SID (A.3.11).
    #[derive(Default)]
    pub struct Application named "Application" {
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
        /// who the caller is to the application.
        pub customer_id: Option<String> = "customerId",
        /// whether the application gets the `To` of this call instead of its own SID.
        pub copy_parent_to: Option<bool> = "copyParentTo",
    } holding {
        /// The application, `AP…`.
        pub sid: String,
        /// What the application is told.
        pub parameters: Vec<Parameter>,
    }
}

impl Application {
    /// Dials the application.
    #[must_use]
    pub fn new(sid: impl Into<String>) -> Self {
        Self {
            sid: sid.into(),
            ..Self::default()
        }
    }

    /// Tells the application something.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push(Parameter::new(name, value));
        self
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let named = Named::read(element, notes, "ApplicationSid");
        Self {
            sid: named.name,
            parameters: named.parameters,
            ..Self::begin(element, notes)
        }
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).around(|xml| {
            xml.open("ApplicationSid").text(&self.sid);
            self.parameters
                .iter()
                .for_each(|parameter| parameter.write(xml));
        });
    }
}
