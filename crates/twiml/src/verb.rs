//! The verbs: what a document can tell a call to do.

use crate::connect::Connect;
use crate::dial::Dial;
use crate::enqueue::Enqueue;
use crate::gather::Gather;
use crate::hangup::Hangup;
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
use crate::write::Xml;

const LEAVE: &str = "Leave";
const ECHO: &str = "Echo";

/// What may stand directly in a [`Response`](crate::Response).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Speaks.
    Say(Say),
    /// Plays audio.
    Play(Play),
    /// Plays keypad tones.
    PlayDigits(PlayDigits),
    /// Waits in silence.
    Pause(Pause),
    /// Collects keys or speech.
    Gather(Box<Gather>),
    /// Connects the caller to somebody.
    Dial(Box<Dial>),
    /// Goes on with another document.
    Redirect(Redirect),
    /// Refuses the call without answering.
    Reject(Reject),
    /// Ends the call. As the first verb it answers first (A.1.3, X10).
    Hangup,
    /// Ends the call and tells something with it.
    HangupTelling(Hangup),
    /// Records the caller.
    Record(Box<Record>),
    /// Puts the caller into a queue.
    Enqueue(Box<Enqueue>),
    /// Leaves the queue; only meaningful in the `waitUrl` document of an [`Enqueue`].
    Leave,
    /// Plays the caller's own sound back, for tests.
    Echo,
    /// Hands the call to a machine or another product.
    Connect(Box<Connect>),
    /// Begins work beside the call.
    Start(Box<Start>),
    /// Ends work beside the call.
    Stop(Box<Stop>),
    /// Sends a call that came by SIP elsewhere.
    Refer(Box<Refer>),
    /// Takes a payment.
    Pay(Box<Pay>),
    /// Sends a text message.
    Sms(Box<Sms>),
}

impl Verb {
    /// The name of its element.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Say(_) => Say::NAME,
            Self::Play(_) => Play::NAME,
            Self::PlayDigits(_) => PlayDigits::NAME,
            Self::Pause(_) => Pause::NAME,
            Self::Gather(_) => Gather::NAME,
            Self::Dial(_) => Dial::NAME,
            Self::Redirect(_) => Redirect::NAME,
            Self::Reject(_) => Reject::NAME,
            Self::Hangup | Self::HangupTelling(_) => Hangup::NAME,
            Self::Record(_) => Record::NAME,
            Self::Enqueue(_) => Enqueue::NAME,
            Self::Leave => LEAVE,
            Self::Echo => ECHO,
            Self::Connect(_) => Connect::NAME,
            Self::Start(_) => Start::NAME,
            Self::Stop(_) => Stop::NAME,
            Self::Refer(_) => Refer::NAME,
            Self::Pay(_) => Pay::NAME,
            Self::Sms(_) => Sms::NAME,
        }
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Found<Self> {
        let verb = match element.name() {
            Say::NAME => return Say::read(element, notes).map(Self::Say),
            PlayDigits::NAME if PlayDigits::is_meant(element) => {
                PlayDigits::read(element, notes).into()
            }
            Play::NAME => Play::read(element, notes).into(),
            Pause::NAME => Pause::read(element, notes).into(),
            Gather::NAME => Gather::read(element, notes).into(),
            Dial::NAME => Dial::read(element, notes).into(),
            Redirect::NAME => Redirect::read(element, notes).into(),
            Reject::NAME => Reject::read(element, notes).into(),
            Hangup::NAME => {
                let hangup = Hangup::read(element, notes);
                if hangup.parameters.is_empty() {
                    Self::Hangup
                } else {
                    hangup.into()
                }
            }
            Record::NAME => Record::read(element, notes).into(),
            Enqueue::NAME => Enqueue::read(element, notes).into(),
            LEAVE => plain(Self::Leave, element, notes),
            ECHO => plain(Self::Echo, element, notes),
            Connect::NAME => Connect::read(element, notes).into(),
            Start::NAME => Start::read(element, notes).into(),
            Stop::NAME => Stop::read(element, notes).into(),
            Refer::NAME => Refer::read(element, notes).into(),
            Pay::NAME => Pay::read(element, notes).into(),
            Sms::NAME => Sms::read(element, notes).into(),
            _ => return Found::Misplaced,
        };
        Found::Here(verb)
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        match self {
            Self::Say(say) => say.write(xml),
            Self::Play(play) => play.write(xml),
            Self::PlayDigits(play) => play.write(xml),
            Self::Pause(pause) => pause.write(xml),
            Self::Gather(gather) => gather.write(xml),
            Self::Dial(dial) => dial.write(xml),
            Self::Redirect(redirect) => redirect.write(xml),
            Self::Reject(reject) => reject.write(xml),
            Self::Hangup => xml.open(Hangup::NAME).empty(),
            Self::Record(record) => record.write(xml),
            Self::Enqueue(enqueue) => enqueue.write(xml),
            Self::Leave => xml.open(LEAVE).empty(),
            Self::HangupTelling(hangup) => hangup.write(xml),
            Self::Echo => xml.open(ECHO).empty(),
            Self::Connect(connect) => connect.write(xml),
            Self::Start(start) => start.write(xml),
            Self::Stop(stop) => stop.write(xml),
            Self::Refer(refer) => refer.write(xml),
            Self::Pay(pay) => pay.write(xml),
            Self::Sms(sms) => sms.write(xml),
        }
    }
}

/// Reads a verb that has neither attributes nor content.
fn plain(verb: Verb, element: Element<'_>, notes: &mut Notes<'_>) -> Verb {
    content::nothing(element, notes);
    for attribute in element.attributes() {
        notes.unknown(element, attribute);
    }
    verb
}

macro_rules! verbs {
    ($($verb:ident)+) => { $(
        impl From<$verb> for Verb {
            fn from(verb: $verb) -> Self {
                Self::$verb(verb.into())
            }
        }
    )+ };
}

verbs!(
    Say Play PlayDigits Pause Gather Dial Redirect Reject Record Enqueue Connect Start Stop Refer Pay Sms
);

impl From<Hangup> for Verb {
    fn from(hangup: Hangup) -> Self {
        Self::HangupTelling(hangup)
    }
}
