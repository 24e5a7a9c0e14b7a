//! The pages of `app`, rendered here: their context, their guards, and the files they load.

mod bundle;
pub mod guard;
mod headers;
mod posted;
mod refused;

use std::sync::Arc;

use app::{App, LeadTo, RefusedForm, SetStatus};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use desk::{Desk, Viewer};
use leptos::config::LeptosOptions;
use leptos::prelude::*;
use leptos_axum::{AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list};

use self::guard::Denied;
use self::headers::PageNonce;
use crate::auth::Visit;
use crate::desk::ViewersDesk;
use crate::state::AppState;
use crate::{audit, auth, directories, inbox, live, phones, rooms, token, transfer};

/// The folder of the bundle's files, and their common name.
const PKG: &str = "pkg";
const OUTPUT: &str = "switchboard";

/// The pages, their server functions, signing in and out, and the files of the site bundle.
///
/// The order of the layers, from the outside: security headers, files (they are for everybody and need no session), same
/// origin, session, who it is, what was refused, who may.
pub fn router(state: &AppState) -> Router<AppState> {
    let context = context(state);
    let options = state.leptos_options.clone();
    Router::new()
        .leptos_routes_with_context(state, listing(), context, move || {
            app::shell(options.clone())
        })
        .merge(auth::router())
        .route(posted::RETENTION, post(posted::look_up))
        .merge(audit::router())
        .merge(directories::router())
        .merge(inbox::router())
        .merge(rooms::router())
        .merge(live::router())
        .merge(phones::router())
        .merge(token::router())
        .merge(transfer::router())
        .fallback(missing)
        .layer(from_fn_with_state(state.clone(), guard::guard))
        .layer(from_fn(refused::carry))
        .layer(from_fn_with_state(state.clone(), auth::session::resolve))
        .layer(auth::session::layer(
            state.store.sessions(),
            &state.config.web,
        ))
        .layer(from_fn_with_state(state.clone(), auth::same_origin))
        .layer(from_fn(files_first))
        .layer(from_fn_with_state(
            headers::Reach::of(&state.config),
            headers::protect,
        ))
}

/// What leptos needs to be told about the bundle.
pub fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder()
        .output_name(OUTPUT)
        .site_pkg_dir(PKG)
        .build()
}

/// The paths of the pages and of the server functions, as the router knows them.
pub fn routes() -> Vec<String> {
    let pages = listing()
        .iter()
        .map(|listing| listing.path().to_owned())
        .collect::<Vec<_>>();
    let functions = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned());
    pages.into_iter().chain(functions).collect()
}

/// Every file of the site bundle that is served, by its path without the first slash.
pub fn files() -> Vec<String> {
    bundle::paths().collect()
}

fn listing() -> Vec<AxumRouteListing> {
    generate_route_list(App)
}

/// What a page finds around it: the desk of whoever asks, the names of the files, the nonce, a way to set the status.
fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let bundle = bundle::names().and_then(|names| app::Bundle::from_hash_file(&names, PKG, OUTPUT));
    let state = state.clone();
    move || {
        if let Some(bundle) = bundle.clone() {
            provide_context(bundle);
        }
        let parts = use_context::<Parts>();
        let extensions = parts.as_ref().map(|parts| &parts.extensions);
        let viewer = extensions.and_then(|extensions| extensions.get::<Viewer>().cloned());
        let is_denied = extensions.is_some_and(|extensions| extensions.get::<Denied>().is_some());
        let is_from_here = parts
            .as_ref()
            .is_some_and(|parts| phones::is_from_here(&parts.headers));
        let desk: Arc<dyn Desk> = Arc::new(ViewersDesk {
            state: state.clone(),
            viewer,
            is_denied,
            is_from_here,
            visit: parts.as_ref().map(Visit::of).unwrap_or_default(),
        });
        provide_context(desk);
        if let Some(PageNonce(nonce)) =
            extensions.and_then(|extensions| extensions.get::<PageNonce>().cloned())
        {
            provide_context(nonce);
        }
        let refused = extensions.and_then(|extensions| extensions.get::<refused::Refused>());
        if let Some(refused) = refused {
            provide_context(RefusedForm {
                function: refused.function.clone(),
                error: refused.error.clone(),
            });
        }
        provide_context(LeadTo(Arc::new(leptos_axum::redirect)));
        // A server function answers a form that was posted without script by a redirect, which has to stay one.
        let is_posted_form = parts.as_ref().is_some_and(is_posted_form);
        if let Some(response) = use_context::<ResponseOptions>().filter(|_| !is_posted_form) {
            provide_context(SetStatus(Arc::new(move |status| {
                response.set_status(
                    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
                );
            })));
        }
    }
}

/// Answers with the file of the bundle, where there is one at this path.
async fn files_first(request: Request, next: Next) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let file = is_read(&request)
        .then(|| bundle::file(path, request.headers()))
        .flatten();
    match file {
        Some(file) => file,
        None => next.run(request).await,
    }
}

/// The application's page for what does not exist.
async fn missing(State(state): State<AppState>, request: Request) -> Response {
    if !is_read(&request) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Some(shorter) = without_last_slash(request.uri()) {
        return Redirect::permanent(&shorter).into_response();
    }
    let options = state.leptos_options.clone();
    let render = leptos_axum::render_app_async_with_context(context(&state), move || {
        app::shell(options.clone())
    });
    let mut response = render(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// The same address without the slash at its end. An address that begins with two slashes would lead
/// to another host.
fn without_last_slash(uri: &Uri) -> Option<String> {
    let path = uri.path().strip_suffix('/')?.trim_end_matches('/');
    let leads_elsewhere = path.is_empty() || path.starts_with("//");
    let query = uri
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    (!leads_elsewhere).then(|| format!("{path}{query}"))
}

fn is_posted_form(parts: &Parts) -> bool {
    let accepts = parts.headers.get(header::ACCEPT);
    let wants_page = accepts
        .and_then(|accepts| accepts.to_str().ok())
        .is_some_and(|accepts| accepts.contains("text/html"));
    let is_for_function = parts.uri.path().starts_with("/api/");
    parts.method == Method::POST && wants_page && is_for_function
}

fn is_read(request: &Request) -> bool {
    [Method::GET, Method::HEAD].contains(request.method())
}
