//! What a carrier is started with, and why it does not start.

use std::net::{Ipv4Addr, SocketAddr};

use twilio::AccountSid;

use super::clock::ClockKind;
use super::faults::FaultPlan;
use crate::engine::Settings;
use crate::media::MediaKind;

/// The auth token that everybody knows. REST of a carrier that has it is for this machine only.
pub const DEMONSTRATION_TOKEN: &str = "switchboard-demonstration";

/// The API key of a carrier that has [`DEMONSTRATION_TOKEN`].
pub const DEMONSTRATION_KEY_SID: &str = "SK00000000000000000000000000000000";

/// The secret of that key, which everybody knows too: tokens that it signs let browsers of this machine in, and no others.
pub const DEMONSTRATION_KEY_SECRET: &str = "switchboard-demonstration-key";

/// What a carrier is started with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The account, its numbers and limits, and the points that the protocol leaves open. URLs of recordings lead to
    /// this carrier, unless `rest_base` names another place.
    pub settings: Settings,
    /// Opens REST and signs webhooks.
    pub auth_token: String,
    /// Open REST, too, and sign the tokens with which browsers come.
    pub api_keys: Vec<ApiKey>,
    /// Decides every SID and token, and all chance.
    pub seed: u64,
    /// Which clock it goes by.
    pub clock: ClockKind,
    /// What goes wrong at random.
    pub faults: FaultPlan,
    /// Whether browsers and telephones are heard.
    pub media: MediaKind,
    /// Where REST, control and signalling are served; port 0 is a free one.
    pub listen: SocketAddr,
    /// How many REST requests may be under way at once; more are refused with 429 (20429). `None`: any number.
    pub rest_concurrency: Option<usize>,
}

/// A key beside the auth token (reference E.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// `SK…`, the user name.
    pub sid: String,
    /// The password.
    pub secret: String,
}

impl ApiKey {
    /// The one that everybody knows.
    #[must_use]
    pub fn of_demonstration() -> Self {
        Self {
            sid: DEMONSTRATION_KEY_SID.to_owned(),
            secret: DEMONSTRATION_KEY_SECRET.to_owned(),
        }
    }
}

impl Config {
    /// The machine's clock, no faults, no numbers, no sound, a free port on the loopback address. With the demonstration's token
    /// comes its key.
    #[must_use]
    pub fn new(account: AccountSid, auth_token: impl Into<String>) -> Self {
        let auth_token = auth_token.into();
        let is_demonstration = auth_token == DEMONSTRATION_TOKEN;
        Self {
            settings: Settings::new(account),
            auth_token,
            api_keys: is_demonstration
                .then(ApiKey::of_demonstration)
                .into_iter()
                .collect(),
            seed: 0,
            clock: ClockKind::Real,
            faults: FaultPlan::default(),
            media: MediaKind::None,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            rest_concurrency: None,
        }
    }

    /// Whether it takes a secret that everybody knows. Then it is for this machine only.
    #[must_use]
    pub fn is_public(&self) -> bool {
        let is_known = |key: &ApiKey| key.secret == DEMONSTRATION_KEY_SECRET;
        self.auth_token == DEMONSTRATION_TOKEN || self.api_keys.iter().any(is_known)
    }
}

/// Why a carrier did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken, or not ours.
    #[error("the carrier cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// No HTTP client could be made.
    #[error("the carrier cannot make HTTP requests")]
    Client(#[source] reqwest::Error),
    /// An empty auth token would let everybody in.
    #[error("the auth token is empty")]
    NoToken,
}
