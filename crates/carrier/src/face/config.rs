//! What a carrier is started with, and why it does not start.

use std::net::{Ipv4Addr, SocketAddr};

use twilio::AccountSid;

use super::clock::ClockKind;
use super::faults::FaultPlan;
use crate::engine::Settings;

/// The auth token that everybody knows. REST of a carrier that has it is for this machine only.
pub const DEMONSTRATION_TOKEN: &str = "switchboard-demonstration";

/// What a carrier is started with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The account, its numbers and limits, and the points that the protocol leaves open. URLs of recordings lead to
    /// this carrier, unless `rest_base` names another place.
    pub settings: Settings,
    /// Opens REST and signs webhooks.
    pub auth_token: String,
    /// Open REST, too.
    pub api_keys: Vec<ApiKey>,
    /// Decides every SID and token, and all chance.
    pub seed: u64,
    /// Which clock it goes by.
    pub clock: ClockKind,
    /// What goes wrong at random.
    pub faults: FaultPlan,
    /// Where REST and control are served; port 0 is a free one.
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

impl Config {
    /// The machine's clock, no faults, no numbers, a free port on the loopback address.
    #[must_use]
    pub fn new(account: AccountSid, auth_token: impl Into<String>) -> Self {
        Self {
            settings: Settings::new(account),
            auth_token: auth_token.into(),
            api_keys: Vec::new(),
            seed: 0,
            clock: ClockKind::Real,
            faults: FaultPlan::default(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            rest_concurrency: None,
        }
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
