//! A form that is posted to a page itself: the page answers at once, and what was posted stands in no address.

use app::LookedFor;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::response::Response;
use leptos::prelude::provide_context;

use super::context;
use crate::state::AppState;

/// Where an admin looks what is known of a caller.
pub(super) const RETENTION: &str = "/retention";

/// The page, with what is known of the caller whose number was posted.
pub(super) async fn look_up(State(state): State<AppState>, parts: Parts, form: Bytes) -> Response {
    // What is no form asks for nobody.
    let looked_for: LookedFor = serde_urlencoded::from_bytes(&form).unwrap_or_default();
    let (options, around) = (state.leptos_options.clone(), context(&state));
    let render = leptos_axum::render_app_async_with_context(
        move || {
            around();
            provide_context(looked_for.clone());
        },
        move || app::shell(options.clone()),
    );
    render(Request::from_parts(parts, Body::empty())).await
}
