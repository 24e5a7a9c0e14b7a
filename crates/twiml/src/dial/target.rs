//! Who is dialled: the mixtures of nouns that Twilio takes, and no others.

use std::error::Error;
use std::fmt;

use super::{Application, Client, Conference, Number, Queue, Sim, Sip, WhatsApp};
use crate::code::Code;
use crate::read::content;
use crate::read::notes::{Notes, quoted};
use crate::read::tree::{Element, Part};
use crate::rule;
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
    /// Reads who is dialled. The first noun decides whether parties are rung together or one target stands alone;
    /// what does not go with it is skipped, and so is text beside nouns.
    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let mut parties = Vec::new();
        let mut alone = None;
        let mut text = String::new();
        for part in element.parts() {
            match part {
                Part::Text { text: piece, .. } => text.push_str(piece),
                Part::Element(child) => match child.name() {
                    Number::NAME | Client::NAME | Sip::NAME if alone.is_some() => {
                        beside(alone.as_ref(), child, element, notes);
                    }
                    Number::NAME => parties.push(Number::read(child, notes).into()),
                    Client::NAME => parties.push(Client::read(child, notes).into()),
                    Sip::NAME => parties.push(Sip::read(child, notes).into()),
                    Conference::NAME if parties.iter().any(Party::is_number) => {
                        mixed(child, notes);
                    }
                    _ if alone.is_some() || !parties.is_empty() => {
                        content::misplaced(element, child, notes);
                    }
                    Conference::NAME => alone = Some(Conference::read(child, notes).into()),
                    Queue::NAME => alone = Some(Queue::read(child, notes).into()),
                    Application::NAME => alone = Some(Application::read(child, notes).into()),
                    Sim::NAME => alone = Some(Sim::read(child, notes).into()),
                    WhatsApp::NAME => alone = Some(WhatsApp::read(child, notes).into()),
                    _ => content::misplaced(element, child, notes),
                },
            }
        }
        let text = text.trim();
        if alone.is_none() && parties.is_empty() {
            if !rule::telephone(text) {
                notes.note(const { Code::of(13223) }, element.at(), quoted(text));
            }
            return Self::Text(text.to_owned());
        }
        if !text.is_empty() {
            let about = format!("text beside nouns: {}", quoted(text));
            notes.note(const { Code::of(13215) }, element.at(), about);
        }
        alone.unwrap_or_else(|| {
            if parties.len() > Parties::MOST {
                let about = PartyCount(parties.len()).to_string();
                notes.note(const { Code::of(13250) }, element.at(), about);
                parties.truncate(Parties::MOST);
            }
            Self::Parties(Parties(parties))
        })
    }

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

/// Notes a party beside a target that stands alone.
fn beside(
    alone: Option<&DialTarget>,
    child: Element<'_>,
    parent: Element<'_>,
    notes: &mut Notes<'_>,
) {
    match alone {
        Some(DialTarget::Conference(_)) if child.name() == Number::NAME => mixed(child, notes),
        Some(_) | None => content::misplaced(parent, child, notes),
    }
}

/// Notes a conference and a number in one `<Dial>`.
fn mixed(child: Element<'_>, notes: &mut Notes<'_>) {
    let about = format!("<{}> in <Dial>", child.name());
    notes.note(const { Code::of(13000) }, child.at(), about);
}

impl Party {
    fn is_number(&self) -> bool {
        match self {
            Self::Number(_) => true,
            Self::Client(_) | Self::Sip(_) => false,
        }
    }

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
