//! What the checks stand on: the configuration, the database, the clock, and ways to the outside.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use exchange::Plan;
use http::{Request, Response, header};
use store::Store;
use twilio::rest::{self, Transport, TransportError};

use super::{Outside, Unasked};
use crate::clock::Clock;
use crate::config::{Account, Config};
use crate::plans::Plans;
use crate::render::Urls;
use crate::state::AppState;

/// What the checks stand on.
pub(crate) struct Ground {
    pub(crate) config: Arc<Config>,
    pub(crate) kept: Kept,
    pub(crate) clock: Clock,
    pub(crate) outside: Outside,
    pub(crate) urls: Urls,
    /// Where the carrier's API is; nothing in a demonstration that does not run.
    pub(crate) api: Option<String>,
    /// Whether this process answers calls.
    pub(crate) is_serving: bool,
}

/// The database, as far as it could be opened.
pub(crate) enum Kept {
    /// It is open.
    Open(Store),
    /// Its file is not there yet.
    Missing(String),
    /// It cannot be opened; why, in words.
    Closed(String),
}

impl Ground {
    /// What a running server stands on.
    pub(crate) fn of(state: &AppState) -> Self {
        let own = state.phones.as_ref();
        let api = own.map(|phones| phones.carrier().base_url());
        Self {
            kept: Kept::Open(state.store.clone()),
            clock: state.clock.clone(),
            outside: state.outside.clone(),
            is_serving: true,
            ..Self::before(Arc::clone(&state.config), api)
        }
    }

    /// What a command stands on, before it has a database.
    pub(crate) fn before(config: Arc<Config>, api: Option<String>) -> Self {
        let is_demonstration = config.carrier.is_demonstration();
        let theirs = (!is_demonstration).then(|| config.carrier.account().api_base.clone());
        Self {
            kept: Kept::Closed("it was not opened".to_owned()),
            clock: Clock::real(),
            outside: Outside::real(),
            urls: Urls::below(config.web.first_public().as_str()),
            api: api.or(theirs),
            is_serving: false,
            config,
        }
    }

    pub(crate) fn account(&self) -> &Account {
        self.config.carrier.account()
    }

    /// The plan as the database has it now.
    pub(crate) async fn plan(&self) -> Option<Arc<Plan>> {
        let Kept::Open(store) = &self.kept else {
            return None;
        };
        let plans = Plans::read(store).await.ok()?;
        Some(plans.current().1)
    }

    /// The folder and file of a SQLite database.
    pub(crate) fn database_file(&self) -> Option<PathBuf> {
        self.config.database.file()
    }

    /// The carrier's API, signed in to by the first auth token.
    pub(crate) fn client(&self) -> Result<rest::Client, Unasked> {
        let token = self.account().tokens.first();
        let token = token.map_or("", |token| token.reveal());
        self.signed_in(&self.account().sid, token)
            .map(|(client, _)| client)
    }

    /// The carrier's API, signed in to by a name and a password of one's own; and what it says of the time.
    pub(crate) fn signed_in(
        &self,
        username: &str,
        password: &str,
    ) -> Result<(rest::Client, Arc<Dated>), Unasked> {
        let base_url = self.api.clone().ok_or(Unasked::Demonstration)?;
        let rest = self.outside.rest.clone().ok_or(Unasked::NoTls)?;
        let sid = twilio::AccountSid::parse(&self.account().sid);
        let account = rest::Account {
            sid: sid.map_err(|_| Unasked::NoAddress)?,
            username: username.to_owned(),
            password: password.to_owned(),
            base_url,
        };
        let dated = Arc::new(Dated {
            rest,
            date: Mutex::default(),
        });
        let client = rest::Client::new(Arc::clone(&dated) as Arc<dyn Transport>, &account);
        Ok((client.map_err(|_| Unasked::NoAddress)?, dated))
    }
}

/// A transport that keeps the time that the other side tells with its answers.
pub(crate) struct Dated {
    rest: Arc<dyn Transport>,
    date: Mutex<Option<i64>>,
}

impl Dated {
    /// What time the last answer told, in milliseconds since 1970.
    pub(crate) fn last(&self) -> Option<i64> {
        *self.date.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Transport for Dated {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let answer = self.rest.send(request).await?;
        let date = answer.headers().get(header::DATE);
        let date = date.and_then(|date| date.to_str().ok());
        *self.date.lock().unwrap_or_else(PoisonError::into_inner) =
            date.and_then(twilio::date::from_rfc2822);
        Ok(answer)
    }
}
