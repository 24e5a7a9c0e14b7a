//! Fetching what the engine asks for, as Twilio's platform does it (reference A.1.4).

mod cookies;
mod hop;
mod overrides;
mod trouble;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, LOCATION, SET_COOKIE, WWW_AUTHENTICATE};
use reqwest::redirect::Policy as Redirects;
use reqwest::{Client, Method, Response};
use twilio::CallSid;

use super::clock::Clock;
use crate::engine::{Answer, Request, RequestKind};
use cookies::{Jar, Owner};
use hop::{Credentials, Hop, Stamp};
use overrides::Overrides;
use trouble::Trouble;

const MOST_REDIRECTS: usize = 10;
/// One byte more than a document may have (A.1.1 P8), so that the engine sees that there was more.
const MOST_BODY: usize = 64 * 1024 + 1;
/// A sound may be longer: a few minutes of what a telephone carries.
const MOST_SOUND: usize = 8 * 1024 * 1024;
const MOST_CLIENTS: usize = 16;

/// Makes the engine's requests.
#[derive(Debug)]
pub(super) struct Fetcher {
    auth_token: String,
    clock: Clock,
    jar: Mutex<Jar>,
    clients: Mutex<BTreeMap<(Duration, bool), Client>>,
}

/// One fetch under way: what stays the same in all its requests.
struct Fetch<'a> {
    stamp: Option<Stamp<'a>>,
    call: Option<&'a CallSid>,
    credentials: Option<Credentials>,
    overrides: Overrides,
    client: Client,
    most_body: usize,
}

impl Fetcher {
    /// Signs with the account's auth token.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub(super) fn new(auth_token: String, clock: Clock) -> Result<Self, reqwest::Error> {
        // Where it is installed already, that one is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let fetcher = Self {
            auth_token,
            clock,
            jar: Mutex::default(),
            clients: Mutex::default(),
        };
        fetcher.client(&Overrides::default())?;
        Ok(fetcher)
    }

    /// Makes a request, with its repeats and redirects. `idempotency` marks all of its deliveries.
    pub(super) async fn fetch(&self, request: &Request, idempotency: &str) -> Answer {
        match self.fetch_or_code(request, idempotency).await {
            Ok(answer) => answer,
            Err(code) => Answer::Failed { code },
        }
    }

    async fn fetch_or_code(&self, request: &Request, idempotency: &str) -> Result<Answer, u32> {
        let (url, fragment, credentials) =
            hop::read_url(&request.url).map_err(|trouble| trouble.code)?;
        let overrides = Overrides::parse(&fragment)?;
        let is_get = request.method.eq_ignore_ascii_case("GET");
        let first = Hop {
            url,
            method: if is_get { Method::GET } else { Method::POST },
            params: request.params.clone(),
        };
        let own = Stamp {
            auth_token: &self.auth_token,
            idempotency,
        };
        let (stamp, most_body) = match request.kind {
            RequestKind::Document | RequestKind::Callback => (Some(own), MOST_BODY),
            RequestKind::Media => (None, MOST_SOUND),
        };
        let fetch = Fetch {
            stamp,
            call: request.call.as_ref(),
            credentials,
            overrides,
            client: self.client(&overrides).map_err(|_| 11220_u32)?,
            most_body,
        };
        let whole = tokio::time::timeout(overrides.total, self.repeat(&fetch, &first));
        let (last, status, content_type, body) = whole
            .await
            .map_err(|_| Trouble::TOTAL_TIME)?
            .map_err(|trouble| trouble.code)?;
        let url = if last == first.url {
            request.url.clone()
        } else {
            last.to_string()
        };
        Ok(Answer::Http {
            status,
            content_type,
            body,
            url,
        })
    }

    async fn repeat(&self, fetch: &Fetch<'_>, first: &Hop) -> Result<Fetched, Trouble> {
        let policy = fetch.overrides.policy;
        let mut left = fetch.overrides.retries;
        loop {
            let outcome = self.follow(fetch, first).await;
            let may_repeat = match &outcome {
                Ok((_, 400..=499, ..)) => policy.status_4xx,
                Ok((_, 500..=599, ..)) => policy.status_5xx,
                Ok(_) => false,
                Err(trouble) => trouble.may_repeat(policy),
            };
            if !may_repeat || left == 0 {
                return outcome;
            }
            left -= 1;
        }
    }

    async fn follow(&self, fetch: &Fetch<'_>, first: &Hop) -> Result<Fetched, Trouble> {
        let mut hop = first.clone();
        for _ in 0..=MOST_REDIRECTS {
            let response = self.ask(fetch, &hop).await?;
            let status = response.status().as_u16();
            let onward = matches!(status, 301 | 302 | 303 | 307 | 308)
                .then(|| response.headers().get(LOCATION))
                .flatten();
            let Some(location) = onward else {
                return fetched(hop, response, fetch.most_body).await;
            };
            hop = hop.onward(status, location.as_bytes())?;
        }
        Err(Trouble::REDIRECTS)
    }

    /// Asks once, and once more with credentials where the answer wants them.
    async fn ask(&self, fetch: &Fetch<'_>, hop: &Hop) -> Result<Response, Trouble> {
        let response = self.send(fetch, hop, None).await?;
        let wants_basic = response.status().as_u16() == 401
            && response
                .headers()
                .get_all(WWW_AUTHENTICATE)
                .iter()
                .any(|value| {
                    let scheme = value.as_bytes().get(..5);
                    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"basic"))
                });
        match &fetch.credentials {
            Some(credentials) if wants_basic => self.send(fetch, hop, Some(credentials)).await,
            Some(_) | None => Ok(response),
        }
    }

    async fn send(
        &self,
        fetch: &Fetch<'_>,
        hop: &Hop,
        credentials: Option<&Credentials>,
    ) -> Result<Response, Trouble> {
        let owner = fetch
            .call
            .zip(hop.url.host_str())
            .map(|(call, host)| Owner {
                call: call.to_string(),
                host: host.to_owned(),
            });
        let is_https = hop.url.scheme() == "https";
        let cookies = owner.as_ref().and_then(|owner| {
            self.jar()
                .header(owner, hop.url.path(), is_https, self.clock.now())
        });
        let request = hop.request(fetch.stamp, cookies.as_deref(), credentials);
        let sent = fetch.client.execute(request);
        let response = tokio::time::timeout(fetch.overrides.read, sent)
            .await
            .map_err(|_| Trouble::SLOW)?
            .map_err(|error| Trouble::of(&error))?;
        if let Some(owner) = &owner {
            for header in response.headers().get_all(SET_COOKIE) {
                self.jar()
                    .set(owner, hop.url.path(), header.as_bytes(), self.clock.now())
                    .map_err(|_| Trouble::VIOLATION)?;
            }
        }
        Ok(response)
    }

    fn jar(&self) -> std::sync::MutexGuard<'_, Jar> {
        self.jar.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A client for each time to connect. It gives up on a connection a moment before the time to the first byte is
    /// over, so that the two troubles are told apart.
    fn client(&self, overrides: &Overrides) -> Result<Client, reqwest::Error> {
        let before_read = overrides.read.saturating_sub(Duration::from_millis(10));
        let connect = overrides.connect.min(before_read);
        let key = (connect, overrides.names_host);
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&key) {
            return Ok(client.clone());
        }
        let builder = || {
            Client::builder()
                .connect_timeout(connect)
                .redirect(Redirects::none())
                .no_proxy()
                .http1_only()
                .pool_max_idle_per_host(0)
                .tls_sni(overrides.names_host)
        };
        // A machine without root certificates can still fetch what needs none.
        let client = builder()
            .build()
            .or_else(|_| builder().tls_certs_only([]).build())?;
        if clients.len() >= MOST_CLIENTS {
            clients.clear();
        }
        clients.insert(key, client.clone());
        Ok(client)
    }
}

/// The last address, the status, the content type and the body.
type Fetched = (reqwest::Url, u16, Option<String>, Vec<u8>);

async fn fetched(hop: Hop, mut response: Response, most: usize) -> Result<Fetched, Trouble> {
    let status = response.status().as_u16();
    let content_type = response
        .headers()
        .get(CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let mut body = Vec::new();
    while body.len() < most {
        let chunk = response
            .chunk()
            .await
            .map_err(|error| Trouble::of(&error))?;
        let Some(chunk) = chunk else { break };
        let room = most - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    Ok((hop.url, status, content_type, body))
}
