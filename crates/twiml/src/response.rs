//! `<Response>`: the document.

use crate::connect::Connect;
use crate::dial::Dial;
use crate::enqueue::Enqueue;
use crate::gather::Gather;
use crate::pause::Pause;
use crate::pay::Pay;
use crate::play::{Play, PlayDigits};
use crate::read::content::{self, Found};
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::record::Record;
use crate::redirect::Redirect;
use crate::refer::Refer;
use crate::reject::Reject;
use crate::say::Say;
use crate::sms::Sms;
use crate::start::Start;
use crate::stop::Stop;
use crate::verb::Verb;
use crate::write::Xml;

/// A TwiML document: verbs that are obeyed from top to bottom.
///
/// The call is hung up where the document ends (A.1.3, X3). Nothing is obeyed after [`Redirect`], [`Reject`],
/// [`Record`], [`Verb::Hangup`], or a [`Dial`] or [`Enqueue`] with an `action` (X5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    verbs: Vec<Verb>,
}

impl Response {
    /// A document without verbs, which hangs up.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The verbs, in the order in which they are obeyed.
    #[must_use]
    pub fn verbs(&self) -> &[Verb] {
        &self.verbs
    }

    /// Appends a verb in place.
    pub fn push(&mut self, verb: impl Into<Verb>) {
        self.verbs.push(verb.into());
    }

    /// Appends any verb.
    #[must_use]
    pub fn then(mut self, verb: impl Into<Verb>) -> Self {
        self.push(verb);
        self
    }

    /// Appends a [`Say`].
    #[must_use]
    pub fn say(self, say: Say) -> Self {
        self.then(say)
    }

    /// Appends a [`Play`].
    #[must_use]
    pub fn play(self, play: Play) -> Self {
        self.then(play)
    }

    /// Appends a [`PlayDigits`].
    #[must_use]
    pub fn play_digits(self, play: PlayDigits) -> Self {
        self.then(play)
    }

    /// Appends a [`Pause`].
    #[must_use]
    pub fn pause(self, pause: Pause) -> Self {
        self.then(pause)
    }

    /// Appends a [`Gather`].
    #[must_use]
    pub fn gather(self, gather: Gather) -> Self {
        self.then(gather)
    }

    /// Appends a [`Dial`].
    #[must_use]
    pub fn dial(self, dial: Dial) -> Self {
        self.then(dial)
    }

    /// Appends a [`Redirect`].
    #[must_use]
    pub fn redirect(self, redirect: Redirect) -> Self {
        self.then(redirect)
    }

    /// Appends a [`Reject`].
    #[must_use]
    pub fn reject(self, reject: Reject) -> Self {
        self.then(reject)
    }

    /// Appends a `<Hangup>`.
    #[must_use]
    pub fn hangup(self) -> Self {
        self.then(Verb::Hangup)
    }

    /// Appends a [`Record`].
    #[must_use]
    pub fn record(self, record: Record) -> Self {
        self.then(record)
    }

    /// Appends an [`Enqueue`].
    #[must_use]
    pub fn enqueue(self, enqueue: Enqueue) -> Self {
        self.then(enqueue)
    }

    /// Appends a `<Leave>`.
    #[must_use]
    pub fn leave(self) -> Self {
        self.then(Verb::Leave)
    }

    /// Appends an `<Echo>`.
    #[must_use]
    pub fn echo(self) -> Self {
        self.then(Verb::Echo)
    }

    /// Appends a [`Connect`].
    #[must_use]
    pub fn connect(self, connect: Connect) -> Self {
        self.then(connect)
    }

    /// Appends a [`Start`].
    #[must_use]
    pub fn start(self, start: Start) -> Self {
        self.then(start)
    }

    /// Appends a [`Stop`].
    #[must_use]
    pub fn stop(self, stop: Stop) -> Self {
        self.then(stop)
    }

    /// Appends a [`Refer`].
    #[must_use]
    pub fn refer(self, refer: Refer) -> Self {
        self.then(refer)
    }

    /// Appends a [`Pay`].
    #[must_use]
    pub fn pay(self, pay: Pay) -> Self {
        self.then(pay)
    }

    /// Appends an [`Sms`].
    #[must_use]
    pub fn sms(self, sms: Sms) -> Self {
        self.then(sms)
    }

    /// Writes the document as XML in UTF-8, with its declaration.
    ///
    /// It never fails: what needs escaping is escaped, and characters that XML 1.0 cannot carry (control characters
    /// other than tab, line feed and carriage return; U+FFFE and U+FFFF) are dropped. Twilio refuses documents over
    /// 64 kB, and over 4 000 characters where the document is given through REST (A.1.1, P8); see
    /// [`check`](Self::check) for the former.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let mut xml = Xml::document();
        xml.open("Response").each(&self.verbs, Verb::write);
        xml.finish()
    }
}

impl Response {
    pub(crate) fn read(root: Element<'_>, notes: &mut Notes<'_>) -> Self {
        for attribute in root.attributes() {
            notes.unknown(root, attribute);
        }
        let mut count = 0;
        let verbs = content::all(root, notes, |element, notes| {
            let verb = notes.about_verb(count, |notes| Verb::read(element, notes));
            count += usize::from(matches!(verb, Found::Here(_)));
            verb
        });
        Self { verbs }
    }
}
