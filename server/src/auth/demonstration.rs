//! `/login/demonstration`: in a demonstration, one click makes somebody one of the people it brings along.
//!
//! Each of them has a host name of their own on this machine, such as `agent1.localhost`. A session's cookie belongs to
//! one host, so one browser can hold all of them at once. Who comes in under another name is led there with a ticket.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use desk::{STAND_INS, StandIn};
use exchange::Moment;
use serde::Deserialize;
use store::{NewPerson, Store};
use tower_sessions::Session;

use super::failure::Failure;
use super::next::local_path;
use super::tickets::Ticket;
use super::{filled, plain, session, with_query};
use crate::config::{Config, Web};
use crate::phones;
use crate::state::AppState;

/// Where a click goes.
pub(crate) const PATH: &str = "/login/demonstration";
/// Where it leads, at the person's own host.
pub(crate) const TICKET: &str = "/login/demonstration/{ticket}";

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route(PATH, post(enter))
        .route(TICKET, get(arrive))
}

/// Makes those who are missing. Somebody who has the user name already keeps it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn bring(store: &Store, now: Moment) -> Result<(), store::Error> {
    for StandIn {
        user_name,
        name,
        role,
        ..
    } in STAND_INS
    {
        let person = NewPerson::of_demonstration(user_name, name, role);
        store.add_person(&person, now).await?;
    }
    Ok(())
}

/// The addresses besides our own that the sign-in page's forms may lead to.
pub(crate) fn homes(config: &Config) -> Vec<String> {
    if !config.carrier.is_demonstration() || !has_hosts(&config.web) {
        return Vec::new();
    }
    let scheme = scheme(&config.web);
    STAND_INS
        .iter()
        .map(|stand_in| format!("{scheme}://{}:*", stand_in.host()))
        .collect()
}

#[derive(Default, Deserialize)]
struct Filled {
    #[serde(default)]
    user_name: String,
    #[serde(default)]
    next: String,
}

/// The click. It comes from a page of ours, else it was refused before.
async fn enter(
    State(state): State<AppState>,
    session: Session,
    headers: HeaderMap,
    form: Result<Form<Filled>, FormRejection>,
) -> Result<Response, Failure> {
    if let Some(refusal) = refusal(&state.config, &headers) {
        return Ok(refusal);
    }
    let filled = match filled(form) {
        Ok(filled) => filled,
        Err(too_large) => return Ok(too_large.into_response()),
    };
    let next = local_path(&filled.next).to_owned();
    let Some(stand_in) = StandIn::of(&filled.user_name) else {
        return Ok(back("entry"));
    };
    let person = state.store.person(stand_in.user_name).await?;
    match person {
        Some(person) if person.is_of_demonstration() && person.deactivated.is_none() => {}
        Some(_) => return Ok(back("own")),
        None => return Ok(back("entry")),
    }
    let now = state.clock.now();
    let host = host(&headers, &state.config.web);
    if !has_hosts(&state.config.web) || name_of(&host) == stand_in.host() {
        return begin(&session, stand_in, &next, now).await;
    }
    let ticket = state.tickets.issue(Ticket { stand_in, next }, now);
    let (scheme, port) = (scheme(&state.config.web), port_of(&host));
    let home = format!("{scheme}://{}{port}{PATH}/{ticket}", stand_in.host());
    Ok(Redirect::to(&home).into_response())
}

/// The same click, at the person's own host.
async fn arrive(
    State(state): State<AppState>,
    session: Session,
    headers: HeaderMap,
    Path(ticket): Path<String>,
) -> Result<Response, Failure> {
    if let Some(refusal) = refusal(&state.config, &headers) {
        return Ok(refusal);
    }
    let now = state.clock.now();
    let host = host(&headers, &state.config.web);
    match state.tickets.take(&ticket, now) {
        Some(Ticket { stand_in, next }) if name_of(&host) == stand_in.host() => {
            begin(&session, stand_in, &next, now).await
        }
        Some(_) | None => Ok(back("entry")),
    }
}

async fn begin(
    session: &Session,
    stand_in: StandIn,
    next: &str,
    now: Moment,
) -> Result<Response, Failure> {
    session::begin(session, stand_in.user_name, now).await?;
    Ok(Redirect::to(next).into_response())
}

/// Nobody comes in this way but to a demonstration, and from this machine by its own names.
fn refusal(config: &Config, headers: &HeaderMap) -> Option<Response> {
    if !config.carrier.is_demonstration() {
        return Some(StatusCode::NOT_FOUND.into_response());
    }
    (!phones::is_from_here(headers)).then(|| {
        let page = plain::page(
            "Only from this machine",
            "The demonstration is reached by this machine's own name: localhost or 127.0.0.1.",
        );
        (StatusCode::FORBIDDEN, page).into_response()
    })
}

fn back(problem: &str) -> Response {
    Redirect::to(&with_query("/login", &[("problem", problem)])).into_response()
}

/// Whether names below `localhost` lead to this server: browsers take them for these two addresses.
fn has_hosts(web: &Web) -> bool {
    [
        IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::LOCALHOST),
    ]
    .contains(&web.listen.ip())
}

fn scheme(web: &Web) -> &'static str {
    if web.first_public().is_https() {
        "https"
    } else {
        "http"
    }
}

/// Host and port by which the browser came.
fn host(headers: &HeaderMap, web: &Web) -> String {
    let asked = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    asked
        .unwrap_or(web.first_public().authority())
        .to_ascii_lowercase()
}

fn name_of(host: &str) -> &str {
    host.strip_suffix(port_of(host)).unwrap_or(host)
}

/// The port with its colon; nothing where the browser named none.
fn port_of(host: &str) -> &str {
    let place = host
        .rfind(':')
        .filter(|place| !host[*place..].contains(']'));
    place.map_or("", |place| &host[place..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_and_perhaps_a_port() {
        for (host, name, port) in [
            ("localhost", "localhost", ""),
            ("agent1.localhost:8080", "agent1.localhost", ":8080"),
            ("127.0.0.1:80", "127.0.0.1", ":80"),
            ("[::1]", "[::1]", ""),
            ("[::1]:8080", "[::1]", ":8080"),
        ] {
            assert_eq!((name_of(host), port_of(host)), (name, port), "{host}");
        }
    }
}
