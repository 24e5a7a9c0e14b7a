//! `<Dial>`: the caller is connected to somebody.

mod application;
mod client;
mod conference;
mod named;
mod number;
mod queue;
mod ring_tone;
mod sim;
mod sip;
mod target;
mod whatsapp;

pub use application::Application;
pub use client::Client;
pub use conference::{Beep, Conference, ConferenceEvent, ConferenceRecord, JitterBuffer, Region};
pub use number::Number;
pub use queue::Queue;
pub use ring_tone::RingTone;
pub use sim::Sim;
pub use sip::{Header, Sip, SipAddress, SipUri};
pub use target::{DialTarget, Parties, Party, PartyCount};
pub use whatsapp::WhatsApp;

use crate::element::element;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::rule;
use crate::word::{Method, RecordingEvent, Trim, words};
use crate::write::Xml;

words! {
    /// What of a dialled call is recorded.
    pub enum RecordMode {
        DoNotRecord = "do-not-record" | "false",
        FromAnswer = "record-from-answer" | "true",
        FromRinging = "record-from-ringing",
        /// Each party on a channel of its own.
        FromAnswerDual = "record-from-answer-dual",
        /// Each party on a channel of its own.
        FromRingingDual = "record-from-ringing-dual",
    }
}

words! {
    /// Which side of a call is recorded.
    pub enum RecordingTrack {
        Both = "both",
        Inbound = "inbound",
        Outbound = "outbound",
    }
}

words! {
    /// What a dialled call reports; known to the helper libraries alone.
    pub enum DialEvents {
        CallProgress = "call-progress-event",
    }
}

element! {
    /// Connects the caller to somebody (A.3.6).
    ///
    /// Without an `action` the next verb is obeyed once the dialled party is gone (A.1.3, X6).
    ///
    /// ```
    /// use twiml::{Client, Conference, Dial, Number, Parties, PartyCount, Response};
    ///
    /// // One number, by itself or with what belongs to it.
    /// let plain = Dial::to("+12025550123").timeout(20).action("/after");
    /// let noun = Dial::new(Number::new("+12025550123").send_digits("ww9"));
    /// // A conference stands alone.
    /// let room = Dial::new(Conference::new("Room 7").end_conference_on_exit(true));
    /// // Whoever answers first.
    /// let first = Dial::new(Parties::new([
    ///     Number::new("+12025550123").into(),
    ///     Client::new("ada").into(),
    /// ])?);
    /// for dial in [plain, noun, room, first] {
    ///     assert_eq!(Response::new().dial(dial).check(), []);
    /// }
    /// # Ok::<(), PartyCount>(())
    /// ```
    #[derive(Default)]
    pub struct Dial named "Dial" {
        /// what is requested once the dialled party is gone, answered or not; the next verb by default.
        pub action: Option<String> = "action",
        /// how `action` is requested; POST by default.
        pub method: Option<Method> = "method" [13210],
        /// seconds of ringing, 5 to 600; 30 by default. Twilio adds about 5. Without effect on a conference.
        pub timeout: Option<u16> = "timeout" [13212: rule::within(5..=600)],
        /// whether the caller's `*` hangs up the dialled party; false by default.
        pub hangup_on_star: Option<bool> = "hangupOnStar" [13213],
        /// the longest call in seconds; 14 400 by default, up to 86 400 for some accounts.
        pub time_limit: Option<u32> = "timeLimit" [13216: rule::within(1..=86_400)],
        /// the number shown: the call's own `To` or `From`, or one of the account's; `client:name` to a client.
        pub caller_id: Option<String> = "callerId" [13214: rule::given],
        /// what is recorded; nothing by default.
        pub record: Option<RecordMode> = "record" [13217],
        /// whether silence in the recording is cut off; it is not by default.
        pub trim: Option<Trim> = "trim",
        /// what is told how the recording stands.
        pub recording_status_callback: Option<String> = "recordingStatusCallback" [13256: rule::url],
        /// a recording configuration of the account.
        pub recording_configuration_id: Option<String> = "recordingConfigurationId",
        /// how `recordingStatusCallback` is requested; POST by default.
        pub recording_status_callback_method: Option<Method> = "recordingStatusCallbackMethod",
        /// what `recordingStatusCallback` is told about.
        pub recording_status_callback_event: Vec<RecordingEvent> = "recordingStatusCallbackEvent" [13621],
        /// whether the caller hears ringing until the party answers; only where Dial is the first verb of the call.
        pub answer_on_bridge: Option<bool> = "answerOnBridge" [13219],
        /// which country's ringing the caller hears; chosen by Twilio by default.
        pub ring_tone: Option<RingTone> = "ringTone" [13220],
        /// which side is recorded; both by default.
        pub recording_track: Option<RecordingTrack> = "recordingTrack",
        /// whether several parties are rung one after the other; all at once by default.
        pub sequential: Option<bool> = "sequential" [13218],
        /// what is requested when the far end refers the call elsewhere (SIP REFER).
        pub refer_url: Option<String> = "referUrl",
        /// how `referUrl` is requested; POST by default.
        pub refer_method: Option<Method> = "referMethod" [13210],
        /// known to the helper libraries alone.
        pub events: Option<DialEvents> = "events",
        /// identity passports in base64; known to the helper libraries alone.
        pub passports: Option<String> = "passports",
        /// why the call is made, shown to the party in branded calling; at most 50 characters.
        pub call_reason: Option<String> = "callReason" [12200: rule::at_most(50)],
    } holding {
        /// Who is dialled.
        pub target: DialTarget,
    }
}

impl Dial {
    /// Dials whom the target names.
    #[must_use]
    pub fn new(target: impl Into<DialTarget>) -> Self {
        Self {
            target: target.into(),
            ..Self::default()
        }
    }

    /// Dials one number, written as plain text.
    #[must_use]
    pub fn to(number: impl Into<String>) -> Self {
        Self::new(DialTarget::Text(number.into()))
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        Self {
            target: DialTarget::read(element, notes),
            ..Self::begin(element, notes)
        }
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.target.write(self.tag(xml));
    }
}
