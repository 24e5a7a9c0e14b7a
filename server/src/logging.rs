//! What is logged: one line for each request and for each thing that went wrong, with ids and never a number, a name, a token or a body.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{MatchedPath, Request};
use axum::http::HeaderValue;
use axum::http::header::HeaderName;
use axum::middleware::Next;
use axum::response::Response;
use exchange::CallSid;
use tracing::Instrument;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::clock::Stopwatch;
use crate::config::{Log, LogFormat};

/// Libraries that speak too much at `info`; the operator's own words come after and win.
const QUIETER: &str = "tower_sessions=warn,sqlx=warn,hyper=warn";

/// The answer's header that carries the id under which the log knows the request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Starts logging to standard error, for the whole process.
///
/// Called once; a second call changes nothing.
pub fn start(log: &Log) {
    tracing::subscriber::set_global_default(subscriber(log, std::io::stderr)).unwrap_or_default();
}

/// What turns events into lines on `writer`.
pub fn subscriber<W>(log: &Log, writer: W) -> Box<dyn tracing::Subscriber + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = EnvFilter::new(format!("{QUIETER},{}", log.filter));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer);
    match log.format {
        LogFormat::Text => Box::new(lines.with_ansi(false).finish()),
        LogFormat::Json => Box::new(lines.json().flatten_event(true).finish()),
    }
}

/// Logs a request when it is answered: method, path template, status, microseconds, id.
///
/// The template (`/calls/{sid}`) stands for the path, which could carry a number, a token or a query.
pub async fn request(request: Request, next: Next) -> Response {
    let id = request_id();
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().cloned();
    let span = tracing::info_span!("request", request.id = %id);
    let watch = Stopwatch::start();

    let mut response = next.run(request).instrument(span).await;

    tracing::info!(
        request.id = %id,
        call.id = response.extensions().get().map(|OfCall(sid)| tracing::field::display(sid)),
        method = %method,
        path = path.as_ref().map_or("(no route)", MatchedPath::as_str),
        status = response.status().as_u16(),
        micros = watch.micros(),
        "answered"
    );
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// Says in an answer whose call it is about, for the line that is logged of it.
#[derive(Clone, Debug)]
pub struct OfCall(pub CallSid);

fn request_id() -> String {
    static PROCESS: LazyLock<u32> = LazyLock::new(std::process::id);
    static COUNT: AtomicU64 = AtomicU64::new(1);
    format!("{}-{:x}", *PROCESS, COUNT.fetch_add(1, Ordering::Relaxed))
}
