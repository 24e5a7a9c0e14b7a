//! Handing callers over, and what is done to the parties of a call.

use desk::HandOverForm;
use leptos::prelude::*;

use super::ApiError;
#[cfg(feature = "ssr")]
use super::desk;

/// Hands a caller over.
#[server(endpoint = "transfer/hand-over")]
pub async fn hand_over(#[server(default)] form: HandOverForm) -> Result<(), ApiError> {
    Ok(desk()?.hand_over(form).await?)
}

/// Cancels a transfer.
#[server(endpoint = "transfer/cancel")]
pub async fn cancel_transfer(#[server(default)] call: String) -> Result<(), ApiError> {
    Ok(desk()?.cancel_transfer(call).await?)
}

/// Joins agent, caller and target.
#[server(endpoint = "transfer/join-all")]
pub async fn join_all(#[server(default)] call: String) -> Result<(), ApiError> {
    Ok(desk()?.join_all(call).await?)
}

/// Turns to the other of the two in a consult.
#[server(endpoint = "transfer/swap")]
pub async fn swap(#[server(default)] call: String) -> Result<(), ApiError> {
    Ok(desk()?.swap(call).await?)
}

/// Leaves the caller to the target.
#[server(endpoint = "transfer/complete")]
pub async fn complete(#[server(default)] call: String) -> Result<(), ApiError> {
    Ok(desk()?.complete(call).await?)
}

/// Removes a party of a call.
#[server(endpoint = "transfer/drop")]
pub async fn drop_party(
    #[server(default)] call: String,
    #[server(default)] leg: String,
) -> Result<(), ApiError> {
    Ok(desk()?.drop_party(call, leg).await?)
}

/// Puts a party of a call on hold, or takes it off.
#[server(endpoint = "transfer/hold")]
pub async fn hold_party(
    #[server(default)] call: String,
    #[server(default)] leg: String,
    #[server(default)] on: bool,
) -> Result<(), ApiError> {
    Ok(desk()?.hold_party(call, leg, on).await?)
}

/// Mutes a party of a call, or lets it be heard again.
#[server(endpoint = "transfer/mute")]
pub async fn mute_party(
    #[server(default)] call: String,
    #[server(default)] leg: String,
    #[server(default)] on: bool,
) -> Result<(), ApiError> {
    Ok(desk()?.mute_party(call, leg, on).await?)
}
