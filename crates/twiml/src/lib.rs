//! A typed TwiML document, which can only be nested as Twilio allows, written as XML.
//!
//! A document is built from the verbs that a [`Response`] may hold; each verb has its file. What Twilio makes of
//! them is told in the words of its reference, whose sections the comments name (`A.3.4`), and whose warnings and
//! errors they give by number (`13520`).
//!
//! ```
//! use twiml::{Gather, Redirect, Response, Say, voice};
//!
//! let document = Response::new()
//!     .gather(
//!         Gather::new()
//!             .action("/ivr/menu")
//!             .num_digits(1)
//!             .say(Say::new("Press 1 for directions.").voice(voice::polly::JOANNA_NEURAL)),
//!     )
//!     .redirect(Redirect::new("/ivr/welcome"));
//!
//! assert_eq!(
//!     document.to_xml(),
//!     concat!(
//!         r#"<?xml version="1.0" encoding="UTF-8"?><Response>"#,
//!         r#"<Gather action="/ivr/menu" numDigits="1">"#,
//!         r#"<Say voice="Polly.Joanna-Neural">Press 1 for directions.</Say></Gather>"#,
//!         r#"<Redirect>/ivr/welcome</Redirect></Response>"#,
//!     )
//! );
//! ```

#![warn(missing_docs)]

mod code;
mod config;
mod connect;
mod dial;
mod element;
mod enqueue;
mod gather;
mod hangup;
mod json;
pub mod language;
mod parameter;
mod pause;
mod pay;
mod play;
mod read;
mod record;
mod recording;
mod redirect;
mod refer;
mod reject;
mod report;
mod response;
mod rule;
mod say;
mod siprec;
mod sms;
mod ssml;
mod start;
mod stream;
mod transcription;
mod value;
mod verb;
pub mod voice;
mod word;
mod write;

pub use code::{Code, Level};
pub use config::Config;
pub use connect::{
    AiSession, Autopilot, Connect, ConnectNoun, Conversation, ConversationEvent,
    ConversationRecord, ConversationRelay, ConversationRelaySession, Language, Room, VirtualAgent,
};
pub use dial::{
    Application, Beep, Client, Conference, ConferenceEvent, ConferenceRecord, Dial, DialEvents,
    DialTarget, Header, JitterBuffer, Number, Parties, Party, PartyCount, Queue, RecordMode,
    RecordingTrack, Region, RingTone, Sim, Sip, SipAddress, SipUri, WhatsApp,
};
pub use enqueue::{Enqueue, Task, WaitingPlace};
pub use gather::{Gather, GatherInput, Prompt, SpeechTimeout, speech_model};
pub use hangup::Hangup;
pub use parameter::Parameter;
pub use pause::Pause;
pub use pay::{
    BankAccount, CardType, Pay, PayError, PayInput, PayPrompt, PayStep, PaymentMethod, PaymentToken,
};
pub use play::{Play, PlayDigits};
pub use read::{MOST_BYTES, MOST_DEPTH, Reading, read};
pub use record::Record;
pub use recording::{Recording, RecordingChannels};
pub use redirect::Redirect;
pub use refer::{Refer, ReferSip};
pub use reject::{Reject, RejectReason};
pub use report::{Fatal, Position, Warning};
pub use response::Response;
pub use say::Say;
pub use siprec::Siprec;
pub use sms::Sms;
pub use ssml::{
    Break, BreakStrength, Emphasis, EmphasisLevel, InterpretAs, Lang, P, Passage, Phoneme,
    PhonemeAlphabet, Phrase, Prosody, S, SayAs, SayAsFormat, Speech, Sub, W, WordPart,
};
pub use start::{Start, Started, Stop, Stopped};
pub use stream::Stream;
pub use transcription::Transcription;
pub use verb::Verb;
pub use word::{CallEvent, MachineDetection, Method, RecordingEvent, Track, Trim};
