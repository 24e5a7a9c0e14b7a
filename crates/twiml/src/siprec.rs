//! `<Siprec>`: the call's sound, sent to a recorder by SIPREC.

use crate::element::element;
use crate::parameter::Parameter;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::{Method, Track};
use crate::write::Xml;

element! {
    /// Sends the call's sound to a recorder by SIPREC.
    #[derive(Default)]
    pub struct Siprec named "Siprec" {
        /// its name, by which it is stopped.
        pub name: Option<String> = "name",
        /// the account's connector that takes the sound.
        pub connector_name: Option<String> = "connectorName",
        /// which side's sound is sent.
        pub track: Option<Track> = "track",
        /// what is told how the session stands.
        pub status_callback: Option<String> = "statusCallback",
        /// how `statusCallback` is requested; POST by default.
        pub status_callback_method: Option<Method> = "statusCallbackMethod",
    } holding {
        /// What the recorder is told.
        pub parameters: Vec<Parameter>,
    }
}

impl Siprec {
    /// Sends the sound through the account's connector.
    #[must_use]
    pub fn through(connector: impl Into<String>) -> Self {
        Self::default().connector_name(connector)
    }

    /// Tells the recorder something.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push(Parameter::new(name, value));
        self
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        Self {
            parameters: content::all(element, notes, Parameter::found),
            ..Self::begin(element, notes)
        }
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).each(&self.parameters, Parameter::write);
    }
}
