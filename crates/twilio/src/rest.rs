//! The REST interface 2010-04-01, over any transport (reference E).

mod account;
mod answer;
mod call;
mod error;
pub mod reqwest_transport;
mod transport;

pub use account::{Account, BadAccount};
pub use call::CallResource;
pub use error::Error;
pub use transport::{Transport, TransportError};

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderValue, Method, Request};

use crate::sid::CallSid;
use answer::read;

/// Asks one account's REST interface. A clone shares the transport.
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    authorization: HeaderValue,
    /// Up to and with the identifier of the account.
    root: String,
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
            root: account.root()?,
        })
    }

    /// Fetches what Twilio knows about a leg.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the account has no such call; else as [`Error`] says. Asking again is always safe.
    pub async fn fetch_call(&self, sid: &CallSid) -> Result<CallResource, Error> {
        self.get(&format!("Calls/{sid}.json")).await
    }

    async fn get<R: serde::de::DeserializeOwned>(&self, path: &str) -> Result<R, Error> {
        let request = Request::get(format!("{}/{path}", self.root))
            .header(AUTHORIZATION, self.authorization.clone())
            .header(ACCEPT, "application/json")
            .body(Vec::new())
            .expect("the root was parsed as an address, and the path is made of identifiers");
        let response = self
            .transport
            .send(request)
            .await
            .map_err(|source| Error::transport(&Method::GET, source))?;
        read(&Method::GET, &response)
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}
