//! What every page tells the browser to refuse.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use leptos::nonce::Nonce;

use crate::auth::demonstration;
use crate::config::{Config, Signalling};

/// The nonce of one answer, for those who render it.
#[derive(Clone, Debug)]
pub(super) struct PageNonce(pub(super) Nonce);

/// Where scripts may connect to, and forms may lead.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    connects: Arc<str>,
    forms: Arc<str>,
}

impl Reach {
    /// Home, and the carrier's gateway where browsers have phones. Twilio's hosts differ by region and by what they are
    /// for. In a demonstration a click on the sign-in page leads to another name of this machine.
    pub(super) fn of(config: &Config) -> Self {
        let carrier = &config.carrier;
        let signalling = carrier
            .account()
            .phone_key
            .as_ref()
            .map(|_| carrier.signalling());
        let connects = match signalling {
            None | Some(Signalling::Here) => "'self'".into(),
            Some(Signalling::Local(authority)) => format!("'self' ws://{authority}").into(),
            Some(Signalling::Twilio) => "'self' wss://*.twilio.com https://*.twilio.com".into(),
        };
        let homes = demonstration::homes(config);
        let forms: Vec<&str> = ["'self'"]
            .into_iter()
            .chain(homes.iter().map(String::as_str))
            .collect();
        Self {
            connects,
            forms: forms.join(" ").into(),
        }
    }
}

/// Mints a nonce for the answer and sets the security headers.
///
/// Scripts run only with the nonce, and what they load themselves; `wasm-unsafe-eval` is what browsers call compiling
/// wasm. Style comes from our files alone, so nothing may set a `style` attribute in the HTML. Pages may use the
/// microphone and choose the speaker: they are telephones.
pub(super) async fn protect(
    State(Reach { connects, forms }): State<Reach>,
    mut request: Request,
    next: Next,
) -> Response {
    let nonce = Nonce::new();
    let policy = format!(
        "default-src 'self'; script-src 'strict-dynamic' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; media-src 'self' mediastream:; connect-src {connects}; base-uri 'none'; form-action {forms}; frame-ancestors 'none'; \
         object-src 'none'"
    );
    request.extensions_mut().insert(PageNonce(nonce));

    let mut response = next.run(request).await;

    let headers = response.headers_mut();
    headers.extend(
        HeaderValue::try_from(policy)
            .ok()
            .map(|policy| (header::CONTENT_SECURITY_POLICY, policy)),
    );
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            header::HeaderName::from_static("permissions-policy"),
            "camera=(), display-capture=(), geolocation=(), microphone=(self), payment=(), \
             speaker-selection=(self), usb=()",
        ),
        (
            header::HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
