//! `<Sip>`: a SIP address to dial.

use super::Parties;
use crate::code::Code;
use crate::element::element;
use crate::read::content::{self, Found};
use crate::read::notes::{Notes, quoted};
use crate::read::tree::{Element, Part};
use crate::rule;
use crate::word::{CallEvent, MachineDetection, Method};
use crate::write::Xml;

/// The element around the headers.
const HEADERS: &str = "Headers";
/// The most characters of names and values together (A.3.11).
const MOST_OF_HEADERS: usize = 1024;

element! {
    /// A SIP address (A.3.11).
    ///
    /// ```
    /// use twiml::{Dial, Response, Sip};
    ///
    /// let desk = Sip::new("sip:desk@example.com").header("X-Line", "one");
    ///
    /// assert_eq!(Response::new().dial(Dial::new(desk)).check(), []);
    /// ```
    #[derive(Default)]
    pub struct Sip named "Sip" {
        /// the user name the far end asks for.
        pub username: Option<String> = "username" [13249: rule::at_most(255)],
        /// the password the far end asks for.
        pub password: Option<String> = "password" [13249: rule::at_most(255)],
        /// a document for the called party before the parties hear each other; it may not dial (13201).
        pub url: Option<String> = "url",
        /// how `url` is requested; POST by default.
        pub method: Option<Method> = "method" [13241],
        /// what `statusCallback` is told about.
        pub status_callback_event: Vec<CallEvent> = "statusCallbackEvent",
        /// what is told how this call goes.
        pub status_callback: Option<String> = "statusCallback",
        /// how `statusCallback` is requested; POST by default.
        pub status_callback_method: Option<Method> = "statusCallbackMethod",
        /// how an answering machine is looked for; not at all by default.
        pub machine_detection: Option<MachineDetection> = "machineDetection" [21263],
        /// how `amdStatusCallback` is requested; POST by default.
        pub amd_status_callback_method: Option<Method> = "amdStatusCallbackMethod",
        /// what is told who answered; with it the call does not wait for the detection.
        pub amd_status_callback: Option<String> = "amdStatusCallback",
        /// seconds the detection may take, 3 to 60; 30 by default.
        pub machine_detection_timeout: Option<u16> = "machineDetectionTimeout" [21263: rule::within(3..=60)],
        /// milliseconds of speech that make a machine, 1 000 to 6 000; 2 400 by default.
        pub machine_detection_speech_threshold: Option<u16> = "machineDetectionSpeechThreshold" [21263: rule::within(1_000..=6_000)],
        /// milliseconds of silence that end speech, 500 to 5 000; 1 200 by default.
        pub machine_detection_speech_end_threshold: Option<u16> = "machineDetectionSpeechEndThreshold" [21263: rule::within(500..=5_000)],
        /// milliseconds of silence after which nothing is known, 2 000 to 10 000; 5 000 by default.
        pub machine_detection_silence_timeout: Option<u16> = "machineDetectionSilenceTimeout" [21263: rule::within(2_000..=10_000)],
    } holding {
        /// Where the call goes.
        pub address: SipAddress,
        /// Headers of the INVITE, at most 1 024 characters in all.
        pub headers: Vec<Header>,
    }
}

/// Where a SIP call goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SipAddress {
    /// A URI of at most 255 characters.
    Uri(String),
    /// Several URIs with priorities and weights.
    Uris(Vec<SipUri>),
}

element! {
    /// One of several SIP addresses.
    #[derive(Default)]
    pub struct SipUri named "Uri" {
        /// its rank among the URIs, as in SIP.
        pub priority: Option<String> = "priority",
        /// its share among those of the same priority, as in SIP.
        pub weight: Option<String> = "weight",
        /// the user name the far end asks for.
        pub username: Option<String> = "username" [13249: rule::at_most(255)],
        /// the password the far end asks for.
        pub password: Option<String> = "password" [13249: rule::at_most(255)],
    } holding {
        /// The address.
        pub uri: String,
    }
}

element! {
    /// A header of the INVITE (13252, 13253).
    #[derive(Default)]
    pub struct Header named "Header" {
        /// its name.
        pub name: String = "name" [13252: rule::header_name],
        /// its value.
        pub value: String = "value",
    }
}

impl Sip {
    /// Dials the URI.
    #[must_use]
    pub fn new(uri: impl Into<String>) -> Self {
        Self {
            address: SipAddress::Uri(uri.into()),
            ..Self::default()
        }
    }

    /// Dials several URIs.
    #[must_use]
    pub fn several(uris: impl IntoIterator<Item = SipUri>) -> Self {
        Self {
            address: SipAddress::Uris(uris.into_iter().collect()),
            ..Self::default()
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push(Header {
            name: name.into(),
            value: value.into(),
        });
        self
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let mut text = String::new();
        let mut uris = Vec::new();
        let mut headers = Vec::new();
        for part in element.parts() {
            match part {
                Part::Text { text: piece, .. } => text.push_str(piece),
                Part::Element(child) => match child.name() {
                    SipUri::NAME => uris.push(SipUri::read(child, notes)),
                    HEADERS => headers.extend(content::all(child, notes, Header::found)),
                    _ => content::misplaced(element, child, notes),
                },
            }
        }
        let address = if uris.is_empty() {
            SipAddress::Uri(checked(text.trim().to_owned(), element, notes))
        } else {
            content::stray(element, element.at(), &text, notes);
            if uris.len() > Parties::MOST {
                let about = format!("{} URIs", uris.len());
                notes.note(const { Code::of(13250) }, element.at(), about);
                uris.truncate(Parties::MOST);
            }
            SipAddress::Uris(uris)
        };
        let lengths = headers
            .iter()
            .map(|h: &Header| h.name.len() + h.value.len());
        let length: usize = lengths.sum();
        if length > MOST_OF_HEADERS {
            let about = format!("{length} characters of headers");
            notes.note(const { Code::of(13253) }, element.at(), about);
        }
        Self {
            address,
            headers,
            ..Self::begin(element, notes)
        }
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).around(|xml| {
            match &self.address {
                SipAddress::Uri(uri) => xml.text(uri),
                SipAddress::Uris(uris) => uris.iter().for_each(|uri| uri.tag(xml).text(&uri.uri)),
            }
            if !self.headers.is_empty() {
                xml.open(HEADERS)
                    .each(&self.headers, |header, xml| header.tag(xml).empty());
            }
        });
    }
}

impl SipUri {
    /// The address, without priority or weight.
    #[must_use]
    pub fn new(uri: impl Into<String>) -> Self {
        Self {
            uri: uri.into(),
            ..Self::default()
        }
    }

    fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let uri = content::text(element, notes);
        Self {
            uri: checked(uri, element, notes),
            ..Self::begin(element, notes)
        }
    }
}

impl Header {
    fn found(element: Element<'_>, notes: &mut Notes<'_>) -> Found<Self> {
        if element.name() != Self::NAME {
            return Found::Misplaced;
        }
        content::nothing(element, notes);
        Found::Here(Self::begin(element, notes))
    }
}

fn checked(uri: String, element: Element<'_>, notes: &mut Notes<'_>) -> String {
    let headers = uri.split_once('?').map_or("", |(_, headers)| headers);
    if !rule::at_most(MOST_OF_HEADERS)(headers) {
        let about = format!("headers in {}", quoted(&uri));
        notes.note(const { Code::of(13253) }, element.at(), about);
    }
    if !rule::sip_uri(&uri) {
        notes.note(const { Code::of(13243) }, element.at(), quoted(&uri));
    }
    uri
}

/// The empty address, which Twilio refuses (13243).
impl Default for SipAddress {
    fn default() -> Self {
        Self::Uri(String::new())
    }
}
