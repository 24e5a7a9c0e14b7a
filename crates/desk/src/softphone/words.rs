//! What the telephone says of itself.

use exchange::PhoneNumber;

use super::call::{CallEnd, CallStage, Softcall};
use super::trouble::Trouble;
use super::{Line, SetUp, Softphone};
use crate::tone::Tone;

impl Softphone {
    /// How it stands, as one word for tests and style sheets.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match &self.set_up {
            SetUp::Asleep => "asleep",
            SetUp::Claiming => "claiming",
            SetUp::Elsewhere => "elsewhere",
            SetUp::Loading => "loading",
            SetUp::WantsClick => "wants-click",
            SetUp::Microphone => "microphone",
            SetUp::Choosing => "choosing",
            SetUp::Stopped(_) => "stopped",
            SetUp::Ready { .. } => match &self.line {
                Line::Off | Line::Registering => "registering",
                Line::Registered => "registered",
                Line::Lost { .. } => "lost",
            },
        }
    }

    /// How it stands, for people.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match &self.set_up {
            SetUp::Asleep => "Off",
            SetUp::Claiming | SetUp::Loading => "Loading…",
            SetUp::Elsewhere => "In another tab",
            SetUp::WantsClick => "Wants a click",
            SetUp::Microphone => "Waits for the microphone",
            SetUp::Choosing => "Almost ready",
            SetUp::Stopped(_) => "Not working",
            SetUp::Ready { .. } => match &self.line {
                Line::Off | Line::Registering => "Connecting…",
                Line::Registered => "Ready",
                Line::Lost { .. } => "Connecting again…",
            },
        }
    }

    /// How its state is to be taken.
    #[must_use]
    pub fn tone(&self) -> Tone {
        match &self.set_up {
            SetUp::Asleep | SetUp::Elsewhere => Tone::Quiet,
            SetUp::Claiming
            | SetUp::Loading
            | SetUp::WantsClick
            | SetUp::Microphone
            | SetUp::Choosing => Tone::Unknown,
            SetUp::Stopped(_) => Tone::Bad,
            SetUp::Ready { .. } => match &self.line {
                Line::Off | Line::Registering | Line::Lost { .. } => Tone::Unknown,
                Line::Registered => Tone::Good,
            },
        }
    }

    /// What is wrong with it.
    #[must_use]
    pub fn trouble(&self) -> Option<&Trouble> {
        match (&self.set_up, &self.line) {
            (SetUp::Stopped(trouble), _) | (SetUp::Ready { .. }, Line::Lost { trouble, .. }) => {
                Some(trouble)
            }
            (
                SetUp::Asleep
                | SetUp::Claiming
                | SetUp::Elsewhere
                | SetUp::Loading
                | SetUp::WantsClick
                | SetUp::Microphone
                | SetUp::Choosing,
                _,
            )
            | (SetUp::Ready { .. }, Line::Off | Line::Registering | Line::Registered) => None,
        }
    }

    /// What is said to those who do not see it: calls first, then the phone itself.
    #[must_use]
    pub fn announcement(&self) -> String {
        if let Some(call) = self.calls.last() {
            return announced(call);
        }
        match self.trouble() {
            Some(trouble) => format!("Phone: {} {}", trouble.what, trouble.advice),
            None => format!("Phone: {}.", self.words().trim_end_matches('…')),
        }
    }
}

impl Softcall {
    /// How it stands, in words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match &self.stage {
            CallStage::Ringing(_) if self.is_ending() => "Being declined…",
            CallStage::Answering(_) | CallStage::Talking(_) | CallStage::Reconnecting(_)
                if self.is_ending() =>
            {
                "Hanging up…"
            }
            CallStage::Ringing(_) => "Calls you",
            CallStage::Answering(_) => "Connecting…",
            CallStage::Calling(_) => "Calling…",
            CallStage::RingingThere(_) => "Ringing there…",
            CallStage::Talking(_) => "On the line",
            CallStage::Reconnecting(_) => "Connecting again…",
            CallStage::Over { end, .. } => end.words(),
        }
    }

    /// How its state is to be taken.
    #[must_use]
    pub fn tone(&self) -> Tone {
        match &self.stage {
            CallStage::Ringing(_)
            | CallStage::Answering(_)
            | CallStage::Calling(_)
            | CallStage::RingingThere(_)
            | CallStage::Talking(_) => Tone::Live,
            CallStage::Reconnecting(_) => Tone::Unknown,
            CallStage::Over { end, .. } => end.tone(),
        }
    }
}

impl CallStage {
    /// The stage as one word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Ringing(_) => "ringing",
            Self::Answering(_) => "answering",
            Self::Calling(_) => "calling",
            Self::RingingThere(_) => "ringing-there",
            Self::Talking(_) => "talking",
            Self::Reconnecting(_) => "reconnecting",
            Self::Over { .. } => "over",
        }
    }
}

impl CallEnd {
    fn words(&self) -> &'static str {
        match self {
            Self::Missed => "Missed, or answered elsewhere",
            Self::Declined => "You declined",
            Self::HungUp => "You hung up",
            Self::EndedThere => "They hung up",
            Self::NotConnected => "It was not connected",
            Self::LineLost => "The connection broke while it rang",
            Self::Failed(_) => "Ended by an error",
        }
    }

    fn tone(&self) -> Tone {
        match self {
            Self::Declined
            | Self::HungUp
            | Self::EndedThere
            | Self::Missed
            | Self::NotConnected => Tone::Quiet,
            Self::LineLost => Tone::Unknown,
            Self::Failed(_) => Tone::Bad,
        }
    }
}

fn announced(call: &Softcall) -> String {
    let other = &call.other;
    match &call.stage {
        CallStage::Ringing(_) => format!("{other} calls. Answer or decline in the phone."),
        CallStage::Answering(_) => format!("Connecting with {other}."),
        CallStage::Calling(_) => format!("Calling {other}."),
        CallStage::RingingThere(_) => format!("It rings at {other}."),
        CallStage::Talking(_) if call.is_muted => format!("{other} does not hear you: muted."),
        CallStage::Talking(_) => format!("You are connected with {other}."),
        CallStage::Reconnecting(_) => {
            format!("The connection with {other} is interrupted and being made again.")
        }
        CallStage::Over { .. } => {
            let trouble = call.trouble();
            let why = trouble.map(|trouble| format!(" {} {}", trouble.what, trouble.advice));
            let with = match call.offered() {
                Some(_) => String::new(),
                None => format!(" with {other}"),
            };
            format!(
                "The call{with} is over: {}.{}",
                call.words(),
                why.unwrap_or_default()
            )
        }
    }
}

/// An address of the carrier as people read it.
pub(super) fn named(address: &str) -> String {
    if let Some(identity) = address.strip_prefix("client:") {
        return identity.to_owned();
    }
    match PhoneNumber::parse(address) {
        Ok(number) => number.formatted(),
        Err(_) if address.is_empty() => "Somebody".to_owned(),
        Err(_) => address.to_owned(),
    }
}
