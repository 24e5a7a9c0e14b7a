//! Listening to calls that are somebody else's, taking them over, and asking for that.

use leptos::prelude::*;

use super::ApiError;
#[cfg(feature = "ssr")]
use super::desk;

/// Changes how one's leg is heard in the room of a call: `listen coach speak`.
#[server(endpoint = "watch/mode")]
pub async fn watch_mode(
    #[server(default)] call: String,
    #[server(default)] mode: String,
) -> Result<(), ApiError> {
    Ok(desk()?.watch_mode(call, mode).await?)
}

/// Asks for help in one's own call, or takes that back.
#[server(endpoint = "console/help")]
pub async fn ask_help(
    #[server(default)] call: String,
    #[server(default)] on: bool,
) -> Result<(), ApiError> {
    Ok(desk()?.ask_help(call, on).await?)
}

/// Takes a call over.
#[server(endpoint = "watch/take-over")]
pub async fn take_over(#[server(default)] call: String) -> Result<(), ApiError> {
    Ok(desk()?.take_over(call).await?)
}
