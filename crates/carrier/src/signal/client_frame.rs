//! The frames of browsers: JSON texts of a type, a version and a payload, as the Voice SDK 2.18.5 writes them.

use serde_json::{Map, Value};

/// What a browser says. Fields that are missing are empty: what is in a frame is for the state machine to judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientFrame {
    /// The echo of a heartbeat.
    Beat,
    /// It shows its token: the first thing on every socket, and again when it has a newer token.
    Listen {
        /// The access token.
        token: String,
        /// How long it will try to come back when the socket is lost, in seconds.
        reconnect_timeout_s: u32,
        /// The version of the SDK, where it says so.
        sdk: Option<String>,
    },
    /// It wants to be called, or no longer.
    Register {
        /// Whether it wants to.
        audio: bool,
    },
    /// It takes an incoming call.
    Answer {
        /// The call.
        call: String,
        /// Its answer to the offer of the carrier.
        sdp: String,
    },
    /// It declines an incoming call.
    Reject {
        /// The call.
        call: String,
    },
    /// It ends a call.
    HangUp {
        /// The call, under its temporary name while it has no other.
        call: String,
    },
    /// It calls.
    Invite {
        /// The name of the call until the carrier gives it another.
        temporary: String,
        /// Its offer.
        sdp: String,
        /// What the application is told beside it, as a form.
        params: String,
    },
    /// It comes back to a call after its socket was lost, or takes a call over that rang elsewhere.
    Reconnect {
        /// The call.
        call: String,
        /// What gives the right to it.
        token: String,
        /// Its description: the one known already, or a new offer.
        sdp: String,
    },
    /// It negotiates the media of a call anew.
    Reinvite {
        /// The call.
        call: String,
        /// Its offer.
        sdp: String,
    },
    /// It presses keys, where they do not travel with the media.
    Keys {
        /// The call.
        call: String,
        /// The keys.
        keys: String,
    },
    /// It sends a message within a call.
    Message {
        /// The call.
        call: String,
        /// The name of the message.
        event: String,
    },
    /// A frame of a type that is not known.
    Unknown {
        /// The type.
        kind: String,
    },
    /// No frame at all.
    Garbage,
}

impl ClientFrame {
    /// Reads what came over the socket. There are no errors: what is no frame is [`Garbage`](Self::Garbage).
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::Beat;
        }
        let Ok(Value::Object(frame)) = serde_json::from_str::<Value>(text) else {
            return Self::Garbage;
        };
        let Some(kind) = frame.get("type").and_then(Value::as_str) else {
            return Self::Garbage;
        };
        let none = Map::new();
        let payload = frame
            .get("payload")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        Self::read(kind, payload)
    }

    fn read(kind: &str, payload: &Map<String, Value>) -> Self {
        let call = || word(payload, "callsid");
        let sdp = || word(payload, "sdp");
        match kind {
            "listen" => Self::Listen {
                token: word(payload, "token"),
                reconnect_timeout_s: seconds(payload.get("reconnectTimeout")),
                sdk: payload
                    .get("browserinfo")
                    .and_then(|browser| browser.get("v"))
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            },
            "register" => Self::Register {
                audio: payload
                    .get("media")
                    .and_then(|media| media.get("audio"))
                    .and_then(Value::as_bool)
                    .unwrap_or_default(),
            },
            "answer" => Self::Answer {
                call: call(),
                sdp: sdp(),
            },
            "reject" => Self::Reject { call: call() },
            "hangup" => Self::HangUp { call: call() },
            "invite" => match payload.get("reconnect").and_then(Value::as_str) {
                Some(token) => Self::Reconnect {
                    call: call(),
                    token: token.to_owned(),
                    sdp: sdp(),
                },
                None => Self::Invite {
                    temporary: call(),
                    sdp: sdp(),
                    params: payload
                        .get("twilio")
                        .and_then(|twilio| twilio.get("params"))
                        .and_then(Value::as_str)
                        .unwrap_or_default()
                        .to_owned(),
                },
            },
            "reinvite" => Self::Reinvite {
                call: call(),
                sdp: sdp(),
            },
            "dtmf" => Self::Keys {
                call: call(),
                keys: word(payload, "dtmf"),
            },
            "message" => Self::Message {
                call: call(),
                event: word(payload, "voiceeventsid"),
            },
            other => Self::Unknown {
                kind: other.chars().take(40).collect(),
            },
        }
    }
}

fn word(payload: &Map<String, Value>, name: &str) -> String {
    let word = payload.get(name).and_then(Value::as_str);
    word.unwrap_or_default().to_owned()
}

fn seconds(value: Option<&Value>) -> u32 {
    let seconds = value.and_then(Value::as_f64).unwrap_or_default();
    // A cast from a float stays within the bounds of the integer.
    seconds.ceil() as u32
}
