//! Asking for calls.

use desk::{CallFilter, CallPage, CallStory};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::ApiError;
#[cfg(feature = "ssr")]
use super::desk;

/// One page of the calls that match.
#[server(input = GetUrl, endpoint = "calls/list")]
pub async fn list_calls(#[server(default)] filter: CallFilter) -> Result<CallPage, ApiError> {
    Ok(desk()?.calls(filter).await?)
}

/// One call with its journal.
#[server(input = GetUrl, endpoint = "calls/one")]
pub async fn one_call(sid: String) -> Result<CallStory, ApiError> {
    Ok(desk()?.call(sid).await?)
}
