//! Asking who is signed in.

use desk::Viewer;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::ApiError;
#[cfg(feature = "ssr")]
use super::desk;

/// The person who is signed in, if anybody is.
#[server(input = GetUrl, endpoint = "viewer")]
pub async fn ask_viewer() -> Result<Option<Viewer>, ApiError> {
    Ok(desk()?.viewer())
}
