//! `<Stream>`: the call's sound, sent to a WebSocket.

use crate::element::element;
use crate::parameter::Parameter;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::{Method, Track};
use crate::write::Xml;

element! {
    /// Sends the call's sound to a WebSocket: one way beside the call in [`Start`](crate::Start), both ways instead
    /// of the following verbs in [`Connect`](crate::Connect).
    #[derive(Default)]
    pub struct Stream named "Stream" {
        /// its name, by which it is stopped.
        pub name: Option<String> = "name",
        /// the account's connector that takes the sound.
        pub connector_name: Option<String> = "connectorName",
        /// the WebSocket, `wss:`.
        pub url: Option<String> = "url",
        /// which side's sound is sent; the caller's by default.
        pub track: Option<Track> = "track",
        /// what is told how the stream stands.
        pub status_callback: Option<String> = "statusCallback",
        /// how `statusCallback` is requested; POST by default.
        pub status_callback_method: Option<Method> = "statusCallbackMethod",
        /// how the sound is coded.
        pub audio_format: Option<String> = "audioFormat",
        /// samples a second.
        pub sample_rate: Option<String> = "sampleRate",
    } holding {
        /// What the far end is told at the beginning.
        pub parameters: Vec<Parameter>,
    }
}

impl Stream {
    /// Sends the sound to a WebSocket.
    #[must_use]
    pub fn to(url: impl Into<String>) -> Self {
        Self::default().url(url)
    }

    /// The stream of this name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self::default().name(name)
    }

    /// Tells the far end something.
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
