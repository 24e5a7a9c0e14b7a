//! Asking the carrier's API for a check: why it told nothing, and what to do about that.

use std::time::Duration;

use desk::setup::{Check, CheckId, CheckState};
use twilio::rest;

use crate::chain::chain;

/// Why the carrier's API told nothing.
#[derive(Debug)]
pub(crate) enum Unasked {
    /// It is a demonstration that does not run.
    Demonstration,
    /// This machine cannot speak TLS.
    NoTls,
    /// The address is none.
    NoAddress,
    /// It did not answer in time.
    Slow(Duration),
    /// It refused, failed, or was not reached.
    Said(rest::Error),
}

/// Asks, as long as there is patience.
pub(crate) async fn within<T>(
    patience: Duration,
    asked: impl Future<Output = Result<T, rest::Error>>,
) -> Result<T, Unasked> {
    match tokio::time::timeout(patience, asked).await {
        Ok(answer) => answer.map_err(Unasked::Said),
        Err(_) => Err(Unasked::Slow(patience)),
    }
}

impl Unasked {
    /// What was found, as a sentence.
    pub(crate) fn found(&self) -> String {
        match self {
            Self::Demonstration => "This is a demonstration: there is no account to ask. The local carrier stands in for one inside `switchboard serve`.".to_owned(),
            Self::NoTls => "This machine has no root certificates, so nothing can be asked over TLS.".to_owned(),
            Self::NoAddress => "The address of Twilio's API or the account's SID is none.".to_owned(),
            Self::Slow(patience) => format!("Twilio's API did not answer within {} seconds.", patience.as_secs_f32()),
            Self::Said(error) => match status(error) {
                Some(401) => "Twilio does not accept the account's SID with the auth token (401).".to_owned(),
                Some(403) => "Twilio does not let these credentials ask for this (403).".to_owned(),
                Some(404) => "Twilio has no such account or resource (404).".to_owned(),
                Some(429) => "Twilio says that too many requests come at once (429).".to_owned(),
                Some(status) if status >= 500 => format!("Twilio's API fails at this moment ({status})."),
                Some(status) => format!("Twilio's API refused with status {status}."),
                None => format!("Twilio's API cannot be reached: {}.", chain(error)),
            },
        }
    }

    /// What to do about it.
    pub(crate) fn todo(&self) -> &'static str {
        match self {
            Self::Demonstration => {
                "Set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and PUBLIC_URL; README.md leads there step by step."
            }
            Self::NoTls => "Install the system's root certificates (the package ca-certificates).",
            Self::NoAddress => "Look at TWILIO_ACCOUNT_SID and TWILIO_API_BASE.",
            Self::Slow(_) => {
                "Check again; if it stays so, look at this machine's way to the internet."
            }
            Self::Said(error) => match status(error) {
                Some(401) => {
                    "Copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN from Twilio's console again, and start again."
                }
                Some(403) => "Use the account's own auth token.",
                Some(404) => {
                    "Compare TWILIO_ACCOUNT_SID with Twilio's console, and leave TWILIO_API_BASE out."
                }
                Some(429) => "Wait a moment and check again.",
                Some(status) if status >= 500 => {
                    "Look at status.twilio.com, and check again later."
                }
                Some(_) => "Check again; if it stays so, look at Twilio's console.",
                None => {
                    "Look at this machine's way to the internet: firewall, proxy, names; and at TWILIO_API_BASE if it is set."
                }
            },
        }
    }

    /// A check that comes to nothing because of it. What is wrong is told by the checks of account and token.
    pub(crate) fn unknown(&self, id: CheckId) -> Check {
        Check::new(id, CheckState::Unknown, self.found()).and(self.todo())
    }

    /// The HTTP status of the answer, where there was one.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Said(error) => status(error),
            Self::Demonstration | Self::NoTls | Self::NoAddress | Self::Slow(_) => None,
        }
    }
}

fn status(error: &rest::Error) -> Option<u16> {
    match error {
        rest::Error::NotFound { .. } => Some(404),
        rest::Error::Refused { status, .. } | rest::Error::Unreadable { status, .. } => {
            Some(*status)
        }
        rest::Error::Transport { .. } => None,
    }
}
