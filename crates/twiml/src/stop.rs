//! `<Stop>`: the end of work beside the call.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::siprec::Siprec;
use crate::start::work;
use crate::stream::Stream;
use crate::transcription::Transcription;
use crate::write::Xml;

element! {
    /// Ends what [`Start`](crate::Start) began, found by its name (A.1.3, X2).
    #[derive(Default)]
    pub struct Stop named "Stop" {
    } holding {
        /// What ends.
        pub work: Vec<Stopped>,
    }
}

/// What can be stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Sound sent to a WebSocket.
    Stream(Box<Stream>),
    /// Sound sent to a recorder by SIPREC.
    Siprec(Box<Siprec>),
    /// Speech turned into text.
    Transcription(Box<Transcription>),
}

impl Stop {
    /// Ends one thing.
    #[must_use]
    pub fn new(work: impl Into<Stopped>) -> Self {
        Self {
            work: vec![work.into()],
        }
    }

    /// Ends one thing more.
    #[must_use]
    pub fn then(mut self, work: impl Into<Stopped>) -> Self {
        self.work.push(work.into());
        self
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let mut stop = Self::begin(element, notes);
        stop.work = content::all(element, notes, Stopped::read);
        stop
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).each(&self.work, Stopped::write);
    }
}

work! {
    Stopped { Stream Siprec Transcription }
}
