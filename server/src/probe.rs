//! `/twilio/probe`: tells whoever knows the auth token that this is their server, and how their request arrived.

use axum::Json;
use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use twilio::headers::SIGNATURE;
use twilio::rest::{Transport, TransportError};
use twilio::signature::{Signed, sign};

use crate::chance;
use crate::config::{Account, Secret};
use crate::state::AppState;
use crate::webhooks::MAX_BODY;

/// The route.
pub(crate) const PATH: &str = "/twilio/probe";

/// Who asks, so that nobody else is answered: a nonce and its proof.
const ASKS: &str = "x-switchboard-probe";

/// A query whose letters proxies like to write otherwise; it belongs to what is signed.
pub(crate) const QUERY: &str = "probe=a%2Bb%20c";

/// Where proxies note from which address somebody asks, the last one last.
const CLIENT: &str = "x-forwarded-for";

/// The address that we claim to ask from, as anybody might: nobody has it (RFC 5737).
pub(crate) const CLAIMED: &str = "192.0.2.1";

/// How a request arrived here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Heard {
    /// That we are who was asked: made of the nonce and the auth token.
    proof: String,
    /// Path and query as they arrived.
    pub(crate) target: String,
    /// The host that was asked for, as it arrived.
    pub(crate) host: String,
    /// The scheme that a proxy says it was asked by; empty where none says so.
    pub(crate) scheme: String,
    /// The address that was noted last of those who handed it on; empty where none was.
    #[serde(default)]
    pub(crate) client: String,
    /// Why the signature does not hold; nothing where it does.
    pub(crate) refused: Option<String>,
}

/// Why our own address told nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unheard {
    /// There was no answer.
    #[error("no answer came")]
    Silent(#[source] TransportError),
    /// Something answered that is not this server, with this status.
    #[error("something else answered, with status {0}")]
    Other(u16),
    /// No request can be made of the address.
    #[error("the address cannot be asked")]
    NoAddress,
}

/// Answers who knows the auth token; everybody else as an unsigned webhook.
pub(crate) async fn probe(
    State(state): State<AppState>,
    uri: OriginalUri,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let account = state.config.carrier.account();
    let asked = text(&parts.headers, ASKS).split_once(' ');
    let Some(nonce) = asked.and_then(|(nonce, proof)| {
        let is_known = |token: &Secret<String>| same(&asking(token, nonce), proof);
        account.tokens.iter().any(is_known).then_some(nonce)
    }) else {
        return StatusCode::FORBIDDEN.into_response();
    };
    let Ok(body) = axum::body::to_bytes(body, MAX_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let target = uri.0.path_and_query().map_or("/", |target| target.as_str());
    let header = |name: &str| Some(text(&parts.headers, name)).filter(|text| !text.is_empty());
    let signed = Signed {
        method: &parts.method,
        target,
        content_type: header(header::CONTENT_TYPE.as_str()),
        body: &body,
        signature: header(SIGNATURE),
        settings: None,
    };
    let refused = state.verifier.verify(&signed).err();
    let host = parts.uri.authority().map(ToString::to_string);
    Json(Heard {
        proof: answering(account, nonce),
        target: target.to_owned(),
        host: host.unwrap_or_else(|| text(&parts.headers, header::HOST.as_str()).to_owned()),
        scheme: text(&parts.headers, "x-forwarded-proto").to_owned(),
        client: noted(&parts.headers).to_owned(),
        refused: refused.map(|reason| reason.to_string()),
    })
    .into_response()
}

/// Asks a public address of ours how a signed request arrives there.
///
/// # Errors
/// [`Unheard`].
pub(crate) async fn ask(
    web: &dyn Transport,
    public: &str,
    account: &Account,
) -> Result<Heard, Unheard> {
    let token = account.tokens.first().ok_or(Unheard::NoAddress)?;
    let nonce = chance::secret();
    let proof = asking(token, &nonce);
    let url = format!("{public}{PATH}?{QUERY}");
    let request = signed(&url, account, token, |request| {
        let request = request.header(CLIENT, CLAIMED);
        request.header(ASKS, format!("{nonce} {proof}"))
    })?;
    let answer = web.send(request).await.map_err(Unheard::Silent)?;
    let heard: Option<Heard> = serde_json::from_slice(answer.body()).ok();
    let heard = heard.filter(|heard| same(&heard.proof, &answering(account, &nonce)));
    heard.ok_or(Unheard::Other(answer.status().as_u16()))
}

/// Sends a webhook that is about nothing through the door of webhooks; gives the status of the answer.
///
/// # Errors
/// [`Unheard`].
pub(crate) async fn knock(
    web: &dyn Transport,
    public: &str,
    account: &Account,
) -> Result<StatusCode, Unheard> {
    let token = account.tokens.first().ok_or(Unheard::NoAddress)?;
    let url = format!("{public}/twilio/call-status?{QUERY}");
    let request = signed(&url, account, token, |request| request)?;
    let answer = web.send(request).await.map_err(Unheard::Silent)?;
    Ok(answer.status())
}

/// A request as the carrier would sign it for that address.
fn signed(
    url: &str,
    account: &Account,
    token: &Secret<String>,
    and: impl FnOnce(http::request::Builder) -> http::request::Builder,
) -> Result<http::Request<Vec<u8>>, Unheard> {
    let form = [("AccountSid", account.sid.as_str()), ("Probe", "ñ +&")];
    let signature = sign(token.reveal(), url, form);
    let body = serde_urlencoded::to_string(form).map_err(|_| Unheard::NoAddress)?;
    let request = http::Request::builder()
        .method(Method::POST)
        .uri(url)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(SIGNATURE, signature);
    and(request)
        .body(body.into_bytes())
        .map_err(|_| Unheard::NoAddress)
}

/// What proves that somebody who asks knows the token. No address begins so, so it is no webhook's signature.
fn asking(token: &Secret<String>, nonce: &str) -> String {
    sign(token.reveal(), "switchboard asks", [("nonce", nonce)])
}

/// What proves that whoever answers knows it.
fn answering(account: &Account, nonce: &str) -> String {
    let token = account.tokens.first().map_or("", |token| token.reveal());
    sign(token, "switchboard answers", [("nonce", nonce)])
}

/// Compares without telling by its time how much fits.
fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}

/// The last address of all that were noted.
fn noted(headers: &HeaderMap) -> &str {
    let last = headers.get_all(CLIENT).iter().next_back();
    let last = last.and_then(|value| value.to_str().ok()?.rsplit(',').next());
    last.unwrap_or_default().trim()
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default()
}
