//! `<Client>`: a browser or app to dial.

use super::named::Named;
use crate::element::element;
use crate::parameter::Parameter;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::{CallEvent, Method};
use crate::write::Xml;

element! {
    /// A browser or app, by the identity in its access token (A.3.8).
    ///
    /// Written as text, or with parameters as `<Identity>` beside them: the two forms are never mixed.
    #[derive(Default)]
    pub struct Client named "Client" {
        /// a document for the called party before the parties hear each other; it may not dial (13201).
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
        /// The identity, at most 121 characters without spaces or control characters.
        pub identity: String,
        /// What the browser or app is told; 800 characters in all is the limit usually quoted (31103).
        pub parameters: Vec<Parameter>,
    }
}

impl Client {
    /// Dials the identity.
    #[must_use]
    pub fn new(identity: impl Into<String>) -> Self {
        Self {
            identity: identity.into(),
            ..Self::default()
        }
    }

    /// Tells the browser or app something.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push(Parameter::new(name, value));
        self
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let named = Named::read(element, notes, "Identity");
        Self {
            identity: named.name,
            parameters: named.parameters,
            ..Self::begin(element, notes)
        }
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        let tag = self.tag(xml);
        if self.parameters.is_empty() {
            return tag.text(&self.identity);
        }
        tag.around(|xml| {
            xml.open("Identity").text(&self.identity);
            self.parameters
                .iter()
                .for_each(|parameter| parameter.write(xml));
        });
    }
}
