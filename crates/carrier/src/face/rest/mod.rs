//! REST, version 2010-04-01, as the OpenAPI description has it (reference E).

mod account;
mod application;
mod ask;
mod call;
mod conference;
mod date;
mod door;
mod key;
mod number;
mod page;
mod participant;
mod queue;
mod recording;
mod reply;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::header::DATE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use twilio::{AccountSid, Form};

use super::clock::Stopwatch;
use super::driver::Driver;
use super::faults::{Fault, Faults};
use crate::engine::RestError;
use ask::{Ask, Verb};
pub(super) use door::Doorkeeper;
use recording::Owner;
use reply::Reply;

/// The version that stands in every path and resource.
pub(super) const VERSION: &str = "2010-04-01";

/// How far a wrong date is off.
const WRONG_BY_MS: i64 = 600_000;

/// What every request meets.
struct Rest {
    driver: Arc<Driver>,
    door: Doorkeeper,
    under_way: AtomicUsize,
}

/// Counts a request until it is gone, however it goes.
struct UnderWay<'a>(&'a AtomicUsize);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The paths below `/2010-04-01`.
pub(super) fn router(driver: Arc<Driver>, door: Doorkeeper) -> Router {
    let rest = Arc::new(Rest {
        driver,
        door,
        under_way: AtomicUsize::new(0),
    });
    Router::new()
        .route("/2010-04-01/Accounts/{account}", any(answer))
        .route("/2010-04-01/Accounts/{account}/{list}", any(answer))
        .route("/2010-04-01/Accounts/{account}/{list}/{item}", any(answer))
        .route(
            "/2010-04-01/Accounts/{account}/{list}/{item}/{sublist}",
            any(answer),
        )
        .route(
            "/2010-04-01/Accounts/{account}/{list}/{item}/{sublist}/{subitem}",
            any(answer),
        )
        .route("/2010-04-01/{*elsewhere}", any(answer))
        .with_state(rest)
}

async fn answer(
    State(rest): State<Arc<Rest>>,
    names: Result<Path<Vec<(String, String)>>, PathRejection>,
    request: Request,
) -> Response {
    let watch = Stopwatch::start();
    let others = rest.under_way.fetch_add(1, Ordering::SeqCst);
    let counted = UnderWay(&rest.under_way);
    // A path that is no text names nothing.
    let names = names.map(|Path(names)| names).unwrap_or_default();
    let names: Vec<_> = names.into_iter().map(|(_, value)| value).collect();
    let mut skew_ms = 0;
    let outcome = match rest.admit(request, others).await {
        Ok((parts, body)) => {
            let fault = rest.driver.with_faults(Faults::of_rest);
            if fault == Some(Fault::WrongDate) {
                skew_ms = WRONG_BY_MS;
            }
            rest.unluckily(fault, &parts, &names, &body).await
        }
        Err(refused) => Ok(Err(refused)),
    };
    drop(counted);
    match outcome {
        Ok(reply) => {
            let marks = rest.door.marks(others + 1, watch.elapsed());
            let date = [(DATE, reply::date(rest.driver.clock.now().plus(skew_ms)))];
            (marks, date, reply::render(reply)).into_response()
        }
        Err(NoAnswer) => broken(),
    }
}

/// The connection ends without an answer.
struct NoAnswer;

impl Rest {
    /// Looks who asks before it reads what is asked.
    async fn admit(&self, request: Request, others: usize) -> Result<(Parts, Bytes), RestError> {
        self.door.admit(&request)?;
        self.door.has_room_beside(others)?;
        let (parts, body) = request.into_parts();
        let read = Bytes::from_request(Request::new(body), &()).await;
        let body = read.map_err(|rejection| unreadable(&rejection))?;
        Ok((parts, body))
    }

    /// Answers, unless a fault is on.
    async fn unluckily(
        &self,
        fault: Option<Fault>,
        parts: &Parts,
        names: &[String],
        body: &[u8],
    ) -> Result<Result<Reply, RestError>, NoAnswer> {
        let do_it = || self.dispatch(parts, names, body);
        match fault {
            Some(Fault::TooManyRequests) => Ok(Err(door::too_many())),
            Some(Fault::ServerError) => Ok(Err(server_error())),
            Some(Fault::Unauthorized) => Ok(Err(door::unknown())),
            Some(Fault::NotFound) => Ok(Err(RestError::not_found(parts.uri.path()))),
            Some(Fault::LostAnswer) => {
                let _lost = do_it();
                Ok(Err(server_error()))
            }
            Some(Fault::DroppedConnection) => {
                let _lost = do_it();
                Err(NoAnswer)
            }
            Some(Fault::SlowAnswer) => {
                let slow_ms = self.driver.with_faults(|faults| faults.plan().slow_ms);
                let until = self.driver.clock.now().plus(i64::from(slow_ms));
                self.driver.clock.wait_until(until).await;
                Ok(do_it())
            }
            Some(
                Fault::LateCallback
                | Fault::DoubledCallback
                | Fault::LostCallback
                | Fault::ReorderedCallback
                | Fault::Busy
                | Fault::NoAnswer
                | Fault::Failed
                | Fault::WrongDate,
            )
            | None => Ok(do_it()),
        }
    }

    fn dispatch(&self, parts: &Parts, names: &[String], body: &[u8]) -> Result<Reply, RestError> {
        let uri = &parts.uri;
        let not_found = || RestError::not_found(uri.path());
        let (account, path) = names.split_first().ok_or_else(not_found)?;
        let whole = account.strip_suffix(".json").filter(|_| path.is_empty());
        let account = whole.unwrap_or(account);
        if account != self.account().as_str() {
            return Err(not_found());
        }
        let ask = Ask {
            driver: &self.driver,
            account: self.account(),
            verb: Verb::read(&parts.method)?,
            uri,
            query: Form::parse(uri.query().unwrap_or_default().as_bytes()),
            form: ask::body(&parts.headers, body),
        };
        if whole.is_some() {
            return account::one(&ask);
        }
        let mut path: Vec<&str> = path.iter().map(String::as_str).collect();
        let last = path.last_mut().ok_or_else(not_found)?;
        match last.strip_suffix(".json") {
            Some(name) => *last = name,
            None => return without_ending(&ask, &path),
        }
        match path.as_slice() {
            ["Keys", sid] => key::one(&ask, self.door.has_key(sid), sid),
            [..] => resource(&ask, &path),
        }
    }

    const fn account(&self) -> &AccountSid {
        self.door.account()
    }
}

fn resource(ask: &Ask<'_>, path: &[&str]) -> Result<Reply, RestError> {
    match path {
        ["Applications"] => application::collection(ask),
        ["Applications", sid] => application::one(ask, sid),
        ["Calls"] => call::collection(ask),
        ["Calls", sid] => call::one(ask, sid),
        ["Calls", sid, "Recordings"] => recording::collection(ask, &Owner::call(ask, sid)?),
        ["Calls", sid, "Recordings", name] => recording::one(ask, &Owner::call(ask, sid)?, name),
        ["Conferences"] => conference::collection(ask),
        ["Conferences", sid] => conference::one(ask, sid),
        ["Conferences", room, "Participants"] => participant::collection(ask, room),
        ["Conferences", room, "Participants", who] => participant::one(ask, room, who),
        ["Conferences", sid, "Recordings"] => {
            recording::collection(ask, &Owner::conference(ask, sid)?)
        }
        ["Conferences", sid, "Recordings", name] => {
            recording::one(ask, &Owner::conference(ask, sid)?, name)
        }
        ["IncomingPhoneNumbers"] => number::collection(ask),
        ["IncomingPhoneNumbers", sid] => number::one(ask, sid),
        ["Queues"] => queue::collection(ask),
        ["Queues", sid] => queue::one(ask, sid),
        ["Queues", sid, "Members"] => queue::members(ask, sid),
        ["Queues", sid, "Members", who] => queue::member(ask, sid, who),
        ["Recordings"] => recording::collection(ask, &Owner::Account),
        ["Recordings", name] => recording::one(ask, &Owner::Account, name),
        [..] => Err(RestError::not_found(ask.uri.path())),
    }
}

/// Only sounds have paths without `.json`; the XML that Twilio answers with there is not offered.
fn without_ending(ask: &Ask<'_>, path: &[&str]) -> Result<Reply, RestError> {
    match path {
        ["Recordings", name] => recording::media(ask, name),
        [..] => Err(RestError::not_found(ask.uri.path())),
    }
}

/// 413 for a body that is too long, 400 for one that breaks off; Twilio has no code of its own for either.
fn unreadable(rejection: &BytesRejection) -> RestError {
    let text = "The body of the request is too long or could not be read";
    RestError::new(rejection.status().as_u16(), 20001, text)
}

fn server_error() -> RestError {
    RestError::new(500, 20500, "Internal Server Error")
}

/// An answer whose body breaks off before its first byte: the client sees the connection end.
fn broken() -> Response {
    let gone = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let nothing = futures::stream::once(async move { Err::<Bytes, _>(gone) });
    Response::new(Body::from_stream(nothing))
}
