//! Who is dialled: the mixtures of nouns that Twilio takes, and no others.

use std::error::Error;
use std::fmt;

use super::{Application, Client, Conference, Number, Queue, Sim, Sip, WhatsApp};
use crate::write::{Tag, Xml};

/// Whom a [`Dial`](super::Dial) connects the caller to.
///
/// Only numbers, clients and SIP addresses can be dialled together; everything else stands alone (A.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialTarget {
    /// One number as plain text, in E.164 form or as written in the United States.
    Text(String),
    /// Whoever of several parties answers first.
    Parties(Parties),
    /// A conference.
    Conference(Box<Conference>),
    /// The caller who waits longest in a queue.
    Queue(Queue),
    /// A TwiML application.
    Application(Application),
    /// A device by its SIM.
    Sim(Sim),
    /// A number with WhatsApp calling.
    WhatsApp(WhatsApp),
}

/// Somebody who can be rung beside others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// A telephone number.
    Number(Box<Number>),
    /// A browser or app.
    Client(Box<Client>),
    /// A SIP address.
    Sip(Box<Sip>),
}

/// Between one and ten parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parties(Vec<Party>);

/// The refusal of a number of parties that cannot be dialled together (13250).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartyCount(pub usize);

impl Parties {
    /// The most parties of one `<Dial>` (A.2).
    pub const MOST: usize = 10;

    /// Takes between one and ten parties.
    ///
    /// # Errors
    /// Any other number of them.
    pub fn new(parties: impl IntoIterator<Item = Party>) -> Result<Self, PartyCount> {
        let parties: Vec<Party> = parties.into_iter().collect();
        match parties.len() {
            1..=Self::MOST => Ok(Self(parties)),
            count => Err(PartyCount(count)),
        }
    }

    /// The parties in the order in which they are written.
    #[must_use]
    pub fn as_slice(&self) -> &[Party] {
        &self.0
    }
}

impl DialTarget {
    pub(super) fn write(&self, tag: Tag<'_>) {
        match self {
            Self::Text(number) => tag.text(number),
            Self::Parties(parties) => tag.each(&parties.0, Party::write),
            Self::Conference(conference) => tag.around(|xml| conference.write(xml)),
            Self::Queue(queue) => tag.around(|xml| queue.write(xml)),
            Self::Application(application) => tag.around(|xml| application.write(xml)),
            Self::Sim(sim) => tag.around(|xml| sim.write(xml)),
            Self::WhatsApp(number) => tag.around(|xml| number.write(xml)),
        }
    }
}

impl Party {
    fn write(&self, xml: &mut Xml) {
        match self {
            Self::Number(number) => number.write(xml),
            Self::Client(client) => client.write(xml),
            Self::Sip(sip) => sip.write(xml),
        }
    }
}

/// The empty number, which reaches nobody (13223).
impl Default for DialTarget {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

macro_rules! alone {
    ($($noun:ident)+) => { $(
        impl From<$noun> for DialTarget {
            fn from(noun: $noun) -> Self {
                Self::$noun(noun.into())
            }
        }
    )+ };
}

alone!(Parties Conference Queue Application Sim WhatsApp);

macro_rules! together {
    ($($noun:ident)+) => { $(
        impl From<$noun> for Party {
            fn from(noun: $noun) -> Self {
                Self::$noun(noun.into())
            }
        }

        impl From<$noun> for DialTarget {
            fn from(noun: $noun) -> Self {
                Self::Parties(Parties(vec![noun.into()]))
            }
        }
    )+ };
}

together!(Number Client Sip);

impl fmt::Display for PartyCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "one to {} parties can be dialled together, not {}",
            Parties::MOST,
            self.0
        )
    }
}

impl Error for PartyCount {}
