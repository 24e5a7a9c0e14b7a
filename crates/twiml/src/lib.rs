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

mod dial;
mod element;
mod enqueue;
mod gather;
pub mod language;
mod parameter;
mod pause;
mod play;
mod record;
mod redirect;
mod reject;
mod response;
mod say;
mod ssml;
pub mod voice;
mod word;
mod write;

pub use dial::{
    Application, Beep, Client, Conference, ConferenceEvent, ConferenceRecord, Dial, DialEvents,
    DialTarget, Header, JitterBuffer, Number, Parties, Party, PartyCount, Queue, RecordMode,
    RecordingTrack, Region, RingTone, Sim, Sip, SipAddress, SipUri, WhatsApp,
};
pub use enqueue::{Enqueue, Task, WaitingPlace};
pub use gather::{Gather, GatherInput, Prompt, SpeechTimeout, speech_model};
pub use parameter::Parameter;
pub use pause::Pause;
pub use play::{Play, PlayDigits};
pub use record::Record;
pub use redirect::Redirect;
pub use reject::{Reject, RejectReason};
pub use response::{Response, Verb};
pub use say::Say;
pub use ssml::{
    Break, BreakStrength, Emphasis, EmphasisLevel, InterpretAs, Lang, P, Passage, Phoneme,
    PhonemeAlphabet, Phrase, Prosody, S, SayAs, SayAsFormat, Speech, Sub, W, WordPart,
};
pub use word::{CallEvent, MachineDetection, Method, RecordingEvent, Trim};
