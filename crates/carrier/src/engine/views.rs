//! What the engine is asked for, and what it shows.

use serde::{Deserialize, Serialize};
use twilio::CallSid;

use super::{CreateRecording, NumberSid, Time};

/// Somebody outside calls a number of the account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceCall {
    /// The number as the carrier shows it: E.164, `client:…`, or a word of those who withhold theirs
    /// (reference B.2).
    pub from: String,
    /// The number that is called.
    pub to: String,
    /// Where the caller is, as far as the carrier tells.
    #[serde(default)]
    pub place: Place,
    /// The caller's name, where it was looked up.
    #[serde(default)]
    pub name: Option<String>,
}

/// A place as the carrier reports it; empty parts are sent empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// City.
    pub city: String,
    /// State or province.
    pub state: String,
    /// Postal code.
    pub zip: String,
    /// Country, two letters.
    pub country: String,
}

/// A call by REST (reference E.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateCall {
    /// `To`.
    pub to: String,
    /// `From`.
    pub from: String,
    /// `Url`.
    pub url: Option<String>,
    /// `Method`.
    pub method: Option<String>,
    /// `Twiml`.
    pub twiml: Option<String>,
    /// `ApplicationSid`, which comes before both, with its own fallback and status callback.
    pub application: Option<String>,
    /// `FallbackUrl`.
    pub fallback_url: Option<String>,
    /// `FallbackMethod`.
    pub fallback_method: Option<String>,
    /// `StatusCallback`.
    pub status_callback: Option<String>,
    /// `StatusCallbackMethod`.
    pub status_callback_method: Option<String>,
    /// `StatusCallbackEvent`, each word of it; empty means `completed`.
    pub status_callback_events: Vec<String>,
    /// `Timeout`, in seconds.
    pub timeout: Option<u32>,
    /// `TimeLimit`, in seconds.
    pub time_limit: Option<u32>,
    /// `SendDigits`.
    pub send_digits: Option<String>,
    /// `CallerId`.
    pub caller_id: Option<String>,
    /// How it is recorded from its answer on; `Record` and the parameters that go with it.
    pub record: Option<CreateRecording>,
}

/// A change of a call by REST (reference E.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateCall {
    /// `Url`.
    pub url: Option<String>,
    /// `Method`.
    pub method: Option<String>,
    /// `Twiml`.
    pub twiml: Option<String>,
    /// `Status`: `canceled` or `completed`.
    pub status: Option<String>,
    /// `FallbackUrl`.
    pub fallback_url: Option<String>,
    /// `FallbackMethod`.
    pub fallback_method: Option<String>,
    /// `StatusCallback`.
    pub status_callback: Option<String>,
    /// `StatusCallbackMethod`.
    pub status_callback_method: Option<String>,
    /// `TimeLimit`, in seconds.
    pub time_limit: Option<u32>,
}

/// Which calls are listed; everything that is set must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallFilter {
    /// `To`.
    pub to: Option<String>,
    /// `From`.
    pub from: Option<String>,
    /// `ParentCallSid`.
    pub parent: Option<CallSid>,
    /// `Status`.
    pub status: Option<String>,
    /// Started at or after this moment.
    pub started_from: Option<Time>,
    /// Started before this moment.
    pub started_before: Option<Time>,
}

/// A call as REST shows it (reference E.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallView {
    /// Its SID.
    pub sid: CallSid,
    /// The call that dialled it.
    pub parent: Option<CallSid>,
    /// Who is called.
    pub to: String,
    /// Who calls.
    pub from: String,
    /// The account's number that took part.
    pub number: Option<NumberSid>,
    /// `queued`, `ringing`, `in-progress`, `completed`, `busy`, `failed`, `no-answer` or `canceled`.
    pub status: String,
    /// When it was made.
    pub created: Time,
    /// When it was last changed.
    pub updated: Time,
    /// When it was answered, or when it began to ring for calls that never were.
    pub started: Option<Time>,
    /// When it was over.
    pub ended: Option<Time>,
    /// Seconds from answer to end.
    pub duration: Option<i64>,
    /// `inbound`, `outbound-api` or `outbound-dial`.
    pub direction: String,
    /// The caller's name, where it was looked up.
    pub caller_name: Option<String>,
    /// Milliseconds it waited to be made.
    pub queue_ms: i64,
}

/// A change of a number by REST (reference E.6). An empty text takes a URL away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateNumber {
    /// `FriendlyName`.
    pub friendly_name: Option<String>,
    /// `VoiceUrl`.
    pub voice_url: Option<String>,
    /// `VoiceMethod`.
    pub voice_method: Option<String>,
    /// `VoiceFallbackUrl`.
    pub voice_fallback_url: Option<String>,
    /// `VoiceFallbackMethod`.
    pub voice_fallback_method: Option<String>,
    /// `StatusCallback`.
    pub status_callback: Option<String>,
    /// `StatusCallbackMethod`.
    pub status_callback_method: Option<String>,
    /// `VoiceApplicationSid`.
    pub voice_application_sid: Option<String>,
    /// `TrunkSid`.
    pub trunk_sid: Option<String>,
}

/// What is to become of an application; an empty text takes a value away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateApplication {
    /// `FriendlyName`.
    pub friendly_name: Option<String>,
    /// `VoiceUrl`.
    pub voice_url: Option<String>,
    /// `VoiceMethod`.
    pub voice_method: Option<String>,
    /// `VoiceFallbackUrl`.
    pub voice_fallback_url: Option<String>,
    /// `VoiceFallbackMethod`.
    pub voice_fallback_method: Option<String>,
    /// `StatusCallback`.
    pub status_callback: Option<String>,
    /// `StatusCallbackMethod`.
    pub status_callback_method: Option<String>,
}

/// A telephone or browser that is in a call, for whoever holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegView {
    /// The leg.
    pub sid: CallSid,
    /// The number or identity of this telephone.
    pub number: String,
    /// Who it sees at the other end.
    pub other: String,
    /// Which side of the call it is.
    pub role: LegRole,
    /// How it stands.
    pub state: LegState,
    /// When it entered that state.
    pub since: Time,
    /// What is being said to it now.
    pub saying: Option<String>,
    /// Whether keys are waited for.
    pub awaits_keys: bool,
}

/// Which side of a call a telephone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegRole {
    /// It called.
    Caller,
    /// It was called.
    Callee,
}

/// How a telephone in a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegState {
    /// It rings, or hears ringing.
    Ringing,
    /// It is connected.
    Talking,
    /// Its call is over.
    Over,
}
