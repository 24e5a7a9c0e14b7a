//! Who may open which page, decided before anything of it is rendered.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Role, Viewer};

use super::posted;
use crate::auth::{demonstration, link, local_path, login_for, logout, own_password, plain, setup};
use crate::state::AppState;
use crate::{audit, directories, inbox, live, phones, rooms, token, transfer};

/// Whom a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Whoever comes: the page looks at what they bring.
    Anybody,
    /// Who signs in: others go to the first page.
    SignedOut,
    /// Whoever holds the link, while it may be used.
    LinkHolder,
    /// Anybody on this machine, where the local carrier runs; it is not there otherwise.
    ThisMachine,
    /// Everybody who is signed in with this role or a more powerful one.
    SignedIn(Role),
}

/// Every page and whom it is for. A page without a row here is for nobody.
pub const AUDIENCES: &[(&str, Audience)] = &[
    ("/", Audience::SignedIn(Role::Agent)),
    ("/audit", Audience::SignedIn(Role::Admin)),
    ("/board", Audience::SignedIn(Role::Supervisor)),
    ("/calls", Audience::SignedIn(Role::Supervisor)),
    ("/calls/{sid}", Audience::SignedIn(Role::Supervisor)),
    ("/conferences", Audience::SignedIn(Role::Supervisor)),
    ("/conferences/{id}", Audience::SignedIn(Role::Supervisor)),
    ("/directory", Audience::SignedIn(Role::Admin)),
    ("/directory/{id}", Audience::SignedIn(Role::Admin)),
    ("/directory/{id}/history", Audience::SignedIn(Role::Admin)),
    ("/directory/{id}/import", Audience::SignedIn(Role::Admin)),
    (link::PAGE, Audience::Anybody),
    ("/lines", Audience::SignedIn(Role::Admin)),
    ("/lines/{id}", Audience::SignedIn(Role::Admin)),
    ("/login", Audience::SignedOut),
    ("/menus", Audience::SignedIn(Role::Admin)),
    ("/menus/{id}", Audience::SignedIn(Role::Admin)),
    ("/menus/{id}/history", Audience::SignedIn(Role::Admin)),
    ("/people", Audience::SignedIn(Role::Admin)),
    // Everybody has a page of their own; the desk keeps those of others from them.
    ("/people/{user}", Audience::SignedIn(Role::Agent)),
    ("/phones", Audience::ThisMachine),
    ("/prompts", Audience::SignedIn(Role::Admin)),
    ("/retention", Audience::SignedIn(Role::Admin)),
    ("/setup", Audience::SignedIn(Role::Admin)),
    (setup::PAGE, Audience::LinkHolder),
];

/// Put into the request when the page is not for whoever asks: the desk then refuses everything.
#[derive(Clone, Copy, Debug)]
pub struct Denied;

/// Sends who is signed out to the sign-in page, and refuses a page with 403 to those it is not for.
///
/// Server functions pass: the desk decides about each of them, and answers in their own form. So does what is posted, but
/// to a page itself: signing in, out and setting up are for everybody.
pub async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let page = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let is_read = [Method::GET, Method::HEAD].contains(request.method());
    let answers = |page: &str| is_read || page == posted::RETENTION;
    let Some(page) = page.filter(|page| answers(page) && is_page(page)) else {
        return next.run(request).await;
    };
    let viewer = request
        .extensions()
        .get::<Viewer>()
        .map(|viewer| viewer.role);
    let audience = AUDIENCES
        .iter()
        .find(|(row, _)| *row == page)
        .map(|(_, audience)| *audience);
    match (audience, viewer) {
        (Some(Audience::SignedOut), None) | (Some(Audience::Anybody), _) => next.run(request).await,
        (Some(Audience::SignedOut), Some(_)) => Redirect::to(&wanted(&request)).into_response(),
        (Some(Audience::LinkHolder), _) => with_link(&state, request, next).await,
        (Some(Audience::ThisMachine), _) => from_here(&state, request, next).await,
        (Some(Audience::SignedIn(_)) | None, None) => {
            Redirect::to(&login_for(&here(&request))).into_response()
        }
        (Some(Audience::SignedIn(least)), Some(role)) if role >= least => next.run(request).await,
        (Some(Audience::SignedIn(_)) | None, Some(_)) => deny(request, next).await,
    }
}

/// The application has the words for a refusal; if it did not refuse, nothing of its page leaves.
async fn deny(mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(Denied);
    let response = next.run(request).await;
    if response.status() == StatusCode::FORBIDDEN {
        return response;
    }
    (
        StatusCode::FORBIDDEN,
        plain::page("Not open to your role", "An admin can change your role."),
    )
        .into_response()
}

/// A page that reads out calls is kept from what other sites make a browser ask, whatever name they give this machine.
async fn from_here(state: &AppState, request: Request, next: Next) -> Response {
    if state.phones.is_none() || phones::is_from_here(request.headers()) {
        return next.run(request).await;
    }
    let page = plain::page(
        "Only from this machine",
        "The pretend telephones are reached by this machine's own name: localhost or 127.0.0.1.",
    );
    (StatusCode::FORBIDDEN, page).into_response()
}

async fn with_link(state: &AppState, request: Request, next: Next) -> Response {
    let (path, query) = (request.uri().path(), request.uri().query());
    let says_so = query.is_some_and(|query| query.split('&').any(|pair| pair == "problem=used"));
    match setup::is_open(&state.store, path, state.clock.now()).await {
        Ok(is_open) if is_open || says_so => next.run(request).await,
        Ok(_) => Redirect::to(&format!("{path}?problem=used")).into_response(),
        Err(failure) => failure.into_response(),
    }
}

fn is_page(path: &str) -> bool {
    let others = [
        audit::SHEET,
        demonstration::PATH,
        demonstration::TICKET,
        directories::SHEET,
        inbox::VOICEMAIL,
        logout::PATH,
        own_password::PATH,
        phones::SOUND,
        rooms::ATTENDANCE,
        token::OF_AGENT,
        token::PATH,
        transfer::PATH,
    ];
    !path.starts_with("/api/") && !others.contains(&path) && !live::ROUTES.contains(&path)
}

fn here(request: &Request) -> String {
    request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str())
        .to_owned()
}

/// Where somebody who is signed in already wanted to go from the sign-in page.
fn wanted(request: &Request) -> String {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(request.uri().query().unwrap_or_default()).unwrap_or_default();
    let next = pairs
        .iter()
        .find(|(name, _)| name == "next")
        .map_or("/", |(_, next)| next.as_str());
    local_path(next).to_owned()
}
