//! Asking how long things are kept, and erasing one caller.

use desk::retention::{EraseForm, KeepForm, RetentionView, TracesView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

use super::ApiError;
#[cfg(feature = "ssr")]
use super::{desk, lead_to};

/// How long each kind of thing is kept.
#[server(input = GetUrl, endpoint = "retention/show")]
pub async fn show_retention() -> Result<RetentionView, ApiError> {
    Ok(desk()?.retention().await?)
}

/// Says how long each kind of thing is kept.
#[server(endpoint = "retention/keep")]
pub async fn keep(#[server(default)] form: KeepForm) -> Result<(), ApiError> {
    desk()?.keep(form).await?;
    lead_to("/retention?done=kept");
    Ok(())
}

/// A number that was posted to the page itself, as a browser without script does; the server provides it in context, so
/// that it stands in no address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedFor {
    /// As it was typed.
    #[serde(default)]
    pub number: String,
}

/// What is known of the caller with a number; nobody's where none is asked for. It is posted, since addresses are kept in
/// histories and logs.
#[server(endpoint = "retention/traces")]
pub async fn show_traces(#[server(default)] number: String) -> Result<TracesView, ApiError> {
    Ok(desk()?.traces(number).await?)
}

/// Erases the caller with a number.
#[server(endpoint = "retention/erase")]
pub async fn erase(#[server(default)] form: EraseForm) -> Result<(), ApiError> {
    desk()?.erase(form).await?;
    lead_to("/retention?done=erased");
    Ok(())
}
