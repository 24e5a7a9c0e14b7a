//! Typed TwiML documents, which can only be nested as Twilio allows, written as XML and read back.
//!
//! A document is a [`Response`], made of the verbs that it may hold ([`Verb`]); each verb has its file. [`read`] makes
//! one of the bytes that came, with [`Warning`]s; [`Response::to_xml`] makes text of it, [`Response::check`] tells what
//! the reader would say. What Twilio makes of verbs is told in the words of our notes on its documentation, whose
//! sections the comments name (`A.3.4`), with the numbers of its warnings and errors (`13520`).
#![doc = include_str!("../README.md")]
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
mod stop;
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
pub use start::{Start, Started};
pub use stop::{Stop, Stopped};
pub use stream::Stream;
pub use transcription::Transcription;
pub use verb::Verb;
pub use word::{CallEvent, MachineDetection, Method, RecordingEvent, Track, Trim};
