//! Who people are: signing in and out, sessions, the first admin, the people of a demonstration. The forms themselves are pages of `app`.

mod address;
pub mod demonstration;
mod failure;
pub(crate) mod link;
mod login;
pub(crate) mod logout;
pub mod newcomer;
mod next;
mod origin;
pub(crate) mod own_password;
pub mod password;
pub(crate) mod plain;
pub mod session;
pub mod setup;
mod throttle;
mod tickets;
pub mod user_name;
mod visit;

use axum::extract::DefaultBodyLimit;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::{Form, Router};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

pub(crate) use next::{local_path, login_for};
pub use origin::same_origin;
pub use tickets::Tickets;
pub use visit::Visit;

use crate::state::AppState;

/// The routes of this place.
pub const ROUTES: &[&str] = &[
    "/login",
    demonstration::PATH,
    demonstration::TICKET,
    link::PAGE,
    logout::PATH,
    own_password::PATH,
    setup::PAGE,
];

/// The largest form of this place, in bytes.
const LARGEST_FORM: usize = 64 * 1024;

/// Signing in and out, and the first admin. [`crate::pages::router`] puts it among the pages, behind their layers.
pub fn router() -> Router<AppState> {
    Router::new()
        .merge(login::router())
        .merge(demonstration::router())
        .merge(logout::router())
        .merge(setup::router())
        .merge(link::router())
        .merge(own_password::router())
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
}

/// What was filled in: nothing where the body is no form.
///
/// The error is the status of a body that is too large.
fn filled<T: Default>(form: Result<Form<T>, FormRejection>) -> Result<T, StatusCode> {
    match form {
        Ok(Form(filled)) => Ok(filled),
        Err(refused) if refused.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(refused.status()),
        Err(_) => Ok(T::default()),
    }
}

/// `path` with a query of those pairs that say something.
fn with_query<'a>(path: &str, pairs: impl IntoIterator<Item = &'a (&'a str, &'a str)>) -> String {
    let pairs: Vec<String> = pairs
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| {
            let value: String = value.chars().take(200).collect();
            format!("{name}={}", utf8_percent_encode(&value, NON_ALPHANUMERIC))
        })
        .collect();
    format!("{path}?{}", pairs.join("&"))
}
