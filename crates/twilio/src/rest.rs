//! The REST interface 2010-04-01, over any transport (reference E).
//!
//! A [`Client`] asks for one [`Account`] over a [`Transport`]. What changes something is a request with a builder;
//! what comes back is a resource, whose fields without a place of their own are kept in `rest`; lists come as [`Pages`].
//! Nothing is sent twice: an [`Error`] says whether a repeat is safe.
//!
//! Buying and giving up telephone numbers is left out: it costs money, and a console does it.

mod account;
mod answer;
mod api_key;
mod application;
mod call;
mod choices;
mod code;
mod conference;
mod error;
mod key;
mod member;
mod number;
mod own_account;
mod pages;
mod parameters;
mod participant;
mod queue;
mod read;
mod recording;
pub mod reqwest_transport;
mod send;
mod transport;

pub use account::{Account, BadAccount};
pub use api_key::KeyResource;
pub use application::{ApplicationFilter, ApplicationResource, UpdateApplication};
pub use call::{CallDocument, CallFilter, CallResource, CreateCall, UpdateCall};
pub use choices::{
    Beep, CallEvent, ConferenceEventGroup, ConferenceRecord, JitterBuffer, MachineDetection,
    PauseBehavior, RecordingChannels, RecordingEvent, Trim, VoiceReceiveMode, WebMethod,
};
pub use code::Code;
pub use conference::{ConferenceFilter, ConferenceResource, ConferenceStatus, UpdateConference};
pub use error::Error;
pub use key::{BadKey, ConferenceKey, MemberKey, ParticipantKey, RecordingKey, RecordingOwner};
pub use member::{Dequeue, MemberFilter, MemberResource};
pub use number::{Capabilities, NumberFilter, NumberResource, UpdateNumber};
pub use own_account::{AccountResource, AccountStatus};
pub use pages::Pages;
pub use participant::{
    CreateParticipant, ParticipantFilter, ParticipantResource, ParticipantStatus, UpdateParticipant,
};
pub use queue::{CreateQueue, QueueFilter, QueueResource, UpdateQueue};
pub use recording::{
    RecordingChange, RecordingDates, RecordingFilter, RecordingResource, StartRecording,
};
pub use transport::{Transport, TransportError};

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;

/// Asks one account's REST interface. A clone shares the transport.
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    authorization: HeaderValue,
    /// Scheme and host, perhaps with a path, without a slash at the end.
    base: String,
    /// What stands behind the base, up to and with the identifier of the account.
    account: String,
}

impl Client {
    /// Makes a client for an account; nothing is sent yet.
    ///
    /// # Errors
    /// When the base address is not one of http or https.
    pub fn new(transport: Arc<dyn Transport>, account: &Account) -> Result<Self, BadAccount> {
        let credentials = STANDARD.encode(format!("{}:{}", account.username, account.password));
        let mut authorization = HeaderValue::from_str(&format!("Basic {credentials}"))
            .expect("base64 is made of visible characters");
        authorization.set_sensitive(true);
        Ok(Self {
            transport,
            authorization,
            base: account.base()?.to_owned(),
            account: format!("/2010-04-01/Accounts/{}", account.sid),
        })
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.base)
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}
