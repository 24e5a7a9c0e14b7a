//! What a carrier is set up with: its account, numbers, limits, and the open points of the protocol.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use twilio::{AccountSid, ApplicationSid, TrunkSid};

use super::NumberSid;

/// What a carrier is set up with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The one account.
    pub account: AccountSid,
    /// How it stands.
    pub standing: Standing,
    /// Its telephone numbers.
    pub numbers: Vec<Number>,
    /// Its TwiML applications.
    pub applications: Vec<Application>,
    /// How long one character takes to be said, in milliseconds.
    pub speech_ms_per_char: u32,
    /// How many calls may be created by REST in a second; more are queued. `None`: any number.
    pub calls_per_second: Option<u32>,
    /// How many calls may be under way at once; more are refused. `None`: any number.
    pub concurrent_calls: Option<u32>,
    /// How many calls, conferences and recordings that are over are remembered, of each the latest; 1,000.
    pub kept: usize,
    /// Where the REST API is found, as URLs of recordings name it.
    pub rest_base: String,
    /// What goes wrong with telephones outside.
    pub phone_faults: PhoneFaults,
    /// What the protocol leaves open.
    pub options: Options,
}

impl Settings {
    /// An account without numbers or limits.
    #[must_use]
    pub fn new(account: AccountSid) -> Self {
        Self {
            account,
            standing: Standing::default(),
            numbers: Vec::new(),
            applications: Vec::new(),
            speech_ms_per_char: 60,
            calls_per_second: None,
            concurrent_calls: None,
            kept: 1_000,
            rest_base: "https://api.twilio.com".to_owned(),
            phone_faults: PhoneFaults::default(),
            options: Options::default(),
        }
    }

    /// How long words take to be said, in milliseconds.
    pub(crate) fn spoken_ms(&self, words: &str) -> i64 {
        let length = i64::try_from(words.chars().count()).unwrap_or(i64::MAX);
        i64::from(self.speech_ms_per_char).saturating_mul(length)
    }
}

/// How an account stands with its carrier (reference E.1). Only its resource tells: calls go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// `active`, `suspended` or `closed`.
    pub status: &'static str,
    /// Whether it is a trial.
    pub is_trial: bool,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            status: "active",
            is_trial: false,
        }
    }
}

/// A telephone number of the account (reference E.6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// Its SID; one is made where none is given.
    #[serde(default)]
    pub sid: Option<NumberSid>,
    /// The number, E.164.
    pub phone: String,
    /// Its name for people.
    #[serde(default)]
    pub friendly_name: String,
    /// Who answers a call to it.
    #[serde(default)]
    pub voice_url: Option<String>,
    /// `GET` or `POST` (default).
    #[serde(default)]
    pub voice_method: Option<String>,
    /// Who answers when that fails.
    #[serde(default)]
    pub voice_fallback_url: Option<String>,
    /// `GET` or `POST` (default).
    #[serde(default)]
    pub voice_fallback_method: Option<String>,
    /// Who is told when a call to it is over.
    #[serde(default)]
    pub status_callback: Option<String>,
    /// `GET` or `POST` (default).
    #[serde(default)]
    pub status_callback_method: Option<String>,
    /// The application that answers instead of the URLs.
    #[serde(default)]
    pub voice_application_sid: Option<ApplicationSid>,
    /// The SIP trunk that takes the calls instead of either; there are none here, so that callers hear nothing.
    #[serde(default)]
    pub trunk_sid: Option<TrunkSid>,
}

/// A TwiML application of the account: what answers the calls that browsers make (reference D).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its SID.
    pub sid: ApplicationSid,
    /// Its name for people.
    #[serde(default)]
    pub friendly_name: String,
    /// Who answers a call to it.
    #[serde(default)]
    pub voice_url: Option<String>,
    /// `GET` or `POST` (default).
    #[serde(default)]
    pub voice_method: Option<String>,
    /// Who answers when that fails.
    #[serde(default)]
    pub voice_fallback_url: Option<String>,
    /// `GET` or `POST` (default).
    #[serde(default)]
    pub voice_fallback_method: Option<String>,
    /// Who is told when a call to it is over.
    #[serde(default)]
    pub status_callback: Option<String>,
    /// `GET` or `POST` (default).
    #[serde(default)]
    pub status_callback_method: Option<String>,
}

/// What an outside telephone does when it rings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "habit", rename_all = "snake_case")]
pub enum Habit {
    /// A person decides.
    #[default]
    Asks,
    /// It answers after a while, and may hang up by itself later.
    Answers {
        /// Milliseconds of ringing.
        after_ms: u32,
        /// Milliseconds of talking after which it hangs up.
        hangs_up_after_ms: Option<u32>,
    },
    /// It declines at once.
    Declines,
    /// It is busy.
    Busy,
    /// It rings and nobody answers.
    NeverAnswers,
    /// It cannot be reached.
    Fails,
}

/// What telephones outside do when they ring, against their habits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneFaults {
    /// How many in a thousand are busy.
    pub busy: u16,
    /// How many in a thousand are not answered.
    pub no_answer: u16,
    /// How many in a thousand cannot be reached.
    pub failed: u16,
    /// What the next ones do, one after the other, whatever chance says.
    pub next: VecDeque<Habit>,
}

/// The points that the protocol leaves open (reference H), each with the suggested default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// H1: the status of a callee that declines.
    pub declined_is: &'static str,
    /// H2: the status of a browser that is not registered.
    pub unregistered_client_is: &'static str,
    /// H5: whether an empty recording still requests its action.
    pub empty_recording_requests_action: bool,
    /// H8: the final status of an inbound call that the caller gives up before it is answered.
    pub given_up_is: &'static str,
    /// H9: whether the wait and hold requests of a conference carry its SID and name.
    pub conference_extras: bool,
    /// H10: the first sequence number of a conference's callbacks.
    pub conference_sequence_start: u32,
    /// H12: `DialCallStatus` after a conference that ended or was left by `*`.
    pub conference_left_is: &'static str,
    /// A.3.6: what is added to every ringing time-out, in milliseconds.
    pub ring_buffer_ms: u32,
    /// A.6: how many documents a call may ask for in a second; the next has to wait for the next second.
    pub documents_per_second: u32,
    /// A.3.6: the longest call of the account, and the longest talk of a Dial that names none, in seconds.
    pub longest_call_s: u32,
    /// How long a sound takes to be played, whatever is in it, in milliseconds.
    pub sound_ms: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            declined_is: "busy",
            unregistered_client_is: "no-answer",
            empty_recording_requests_action: true,
            given_up_is: "no-answer",
            conference_extras: true,
            conference_sequence_start: 1,
            conference_left_is: "answered",
            ring_buffer_ms: 5_000,
            documents_per_second: 10,
            longest_call_s: 14_400,
            sound_ms: 3_000,
        }
    }
}
