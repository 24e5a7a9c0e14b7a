//! The server: the only place where everything meets.
//!
//! Twilio's webhooks come in through [`webhooks`] and go through the one [`door`]; people come in
//! through [`pages`], and what they may see is decided in [`desk`]. What is to be done later is
//! done by [`effects`].

pub mod agents;
pub mod audit;
pub mod auth;
pub(crate) mod calling_out;
pub mod carrier_api;
pub mod chain;
pub mod chance;
pub mod civil;
pub mod cli;
pub mod clock;
pub(crate) mod commands;
pub mod config;
pub(crate) mod connections;
pub mod desk;
pub(crate) mod digest;
pub(crate) mod directories;
pub mod dispatcher;
pub mod door;
pub mod drain;
pub mod effects;
pub mod floor;
pub(crate) mod guesses;
pub mod health;
pub mod inbox;
pub(crate) mod lines;
pub mod live;
pub mod logging;
mod menus;
pub(crate) mod numbers;
pub mod pages;
pub mod people;
pub mod phones;
pub mod pictures;
pub mod plans;
pub mod presence;
pub(crate) mod probe;
pub(crate) mod prompts;
pub mod render;
pub mod retention;
pub mod rooms;
pub mod roster;
pub mod seeds;
pub mod setup;
pub mod signal;
pub mod sounds;
pub mod state;
pub mod tasks;
pub mod token;
pub mod transfer;
pub mod webhooks;
pub(crate) mod whole;

use std::collections::BTreeSet;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

pub use state::{AppState, StateProblem};

/// Every path that the server answers, as its router knows it. The files of the site bundle have none.
pub fn routes() -> Vec<String> {
    let own = health::ROUTES
        .iter()
        .chain(auth::ROUTES)
        .chain(live::ROUTES)
        .chain(&[
            audit::SHEET,
            directories::IMPORT,
            directories::SHEET,
            inbox::VOICEMAIL,
            phones::SOUND,
            rooms::ATTENDANCE,
            signal::PATH,
            sounds::BEEP,
            sounds::WAIT,
            token::OF_AGENT,
            token::PATH,
            transfer::PATH,
        ])
        .copied();
    let mut routes: Vec<String> = webhooks::paths()
        .chain(own)
        .map(str::to_owned)
        .chain(pages::routes())
        .collect();
    routes.sort_unstable();
    routes.dedup();
    routes
}

/// Everything the server answers.
///
/// Below a path of `PUBLIC_URL` only webhooks are answered, for proxies that do not strip it; pages
/// are reached at the root of a host.
pub fn router(state: AppState) -> Router {
    let paths: BTreeSet<&str> = state
        .config
        .web
        .public()
        .iter()
        .map(|url| url.path())
        .collect();
    let below = paths.into_iter().filter(|path| !path.is_empty());
    below
        .fold(Router::new(), |router, path| {
            router.nest(path, webhooks::router())
        })
        .merge(webhooks::router())
        .merge(health::router())
        .merge(signal::router(&state))
        .merge(pages::router(&state))
        .layer(from_fn_with_state(state.clone(), drain::let_go))
        .layer(from_fn(logging::request))
        .layer(from_fn_with_state(state.clone(), whole::carry_out))
        .with_state(state)
}
