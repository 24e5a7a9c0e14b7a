//! The carrier's REST API, as far as the server asks it something.

use std::sync::Arc;

use exchange::{CallSid, Reported};
use twilio::rest;
use twilio::rest::reqwest_transport::ReqwestTransport;

use crate::config::{Account, Carrier};

mod conferences;
mod legs;
mod recordings;
mod rooms;
mod watch;

pub use conferences::Inside;
pub use legs::{LegTo, Ring};

/// The carrier's REST API; there is none in a demonstration.
#[derive(Clone)]
pub struct CarrierApi(Option<rest::Client>);

/// Why the carrier did not say or do something.
#[derive(Debug, thiserror::Error)]
pub enum NotSaid {
    /// There is nobody to ask.
    #[error("no account is connected")]
    NoCarrier,
    /// It may when asked again.
    #[error("{0}")]
    NotNow(rest::Error),
    /// It will say the same when asked again.
    #[error("{0}")]
    Never(rest::Error),
    /// What was to be changed is not there any more.
    #[error("it is not in the room")]
    NotThere,
    /// Of several legs to one telephone it is not known yet which was made for what.
    #[error("it is not known which of several legs it is")]
    Unclear,
}

impl CarrierApi {
    /// The API of the configured account.
    ///
    /// # Errors
    /// Says in words what cannot be used.
    pub fn of(carrier: &Carrier) -> Result<Self, String> {
        match carrier {
            Carrier::Demonstration(_) => Ok(Self(None)),
            Carrier::Twilio(account) => Self::at(account, &account.api_base),
        }
    }

    /// The API of an account at a base URL.
    ///
    /// # Errors
    /// Says in words what cannot be used.
    pub fn at(account: &Account, base_url: &str) -> Result<Self, String> {
        let token = account.tokens.first().ok_or("there is no auth token")?;
        // A second server in one process finds it installed, which is as good.
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        let transport = ReqwestTransport::new().map_err(|e| e.to_string())?;
        let sid = twilio::AccountSid::parse(&account.sid).map_err(|e| e.to_string())?;
        let account = rest::Account {
            base_url: base_url.to_owned(),
            ..rest::Account::with_auth_token(sid, token.reveal())
        };
        let client = rest::Client::new(Arc::new(transport), &account).map_err(|e| e.to_string())?;
        Ok(Self(Some(client)))
    }

    /// An API over a client of one's own: for tests.
    #[must_use]
    pub fn over(client: rest::Client) -> Self {
        Self(Some(client))
    }

    /// Asks how a call stands.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn call(&self, sid: &CallSid) -> Result<Reported, NotSaid> {
        match self.client()?.fetch_call(&leg(sid)).await {
            Ok(call) => Ok(reported(&call.status)),
            Err(rest::Error::NotFound { .. }) => {
                Ok(Reported::Unknown("there is no such call".to_owned()))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn client(&self) -> Result<&rest::Client, NotSaid> {
        self.0.as_ref().ok_or(NotSaid::NoCarrier)
    }
}

impl From<rest::Error> for NotSaid {
    fn from(error: rest::Error) -> Self {
        if may_change(&error) {
            Self::NotNow(error)
        } else {
            Self::Never(error)
        }
    }
}

impl NotSaid {
    /// Whether asking again later may bring another answer.
    #[must_use]
    pub const fn may_change(&self) -> bool {
        match self {
            Self::NotNow(_) | Self::Unclear => true,
            Self::NoCarrier | Self::Never(_) | Self::NotThere => false,
        }
    }

    /// Why, in words for people; never with a telephone number.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::NoCarrier | Self::NotThere | Self::Unclear => self.to_string(),
            Self::NotNow(error) | Self::Never(error) => match error.code() {
                Some(code) => format!("the carrier refused: {}", code.meaning()),
                None => error.to_string(),
            },
        }
    }
}

/// A leg in the carrier's type: both sides have the same form.
fn leg(sid: &CallSid) -> twilio::CallSid {
    twilio::CallSid::parse(sid.as_str()).expect("both take CA and 32 hexadecimal digits")
}

/// A leg in our type.
fn our_leg(sid: &twilio::CallSid) -> CallSid {
    CallSid::parse(sid.as_str()).expect("both take CA and 32 hexadecimal digits")
}

/// Whether asking again may bring another answer.
fn may_change(error: &rest::Error) -> bool {
    match error {
        rest::Error::Transport { .. } | rest::Error::Unreadable { .. } => true,
        rest::Error::Refused { status, .. } => *status == 429 || *status >= 500,
        rest::Error::NotFound { .. } => false,
    }
}

/// The carrier's status of a call in the words of the rules (reference F.1).
pub fn reported(status: &twilio::CallStatus) -> Reported {
    match status {
        twilio::CallStatus::Queued
        | twilio::CallStatus::Initiated
        | twilio::CallStatus::Ringing
        | twilio::CallStatus::InProgress => Reported::Live,
        twilio::CallStatus::Completed => Reported::Completed,
        twilio::CallStatus::Busy
        | twilio::CallStatus::Failed
        | twilio::CallStatus::NoAnswer
        | twilio::CallStatus::Canceled => Reported::NotAnswered(status.word().to_owned()),
        twilio::CallStatus::Other(word) => Reported::Unknown(word.clone()),
    }
}
