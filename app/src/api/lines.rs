//! Asking for lines, and changing them. Who has changed something is led to where it is seen.

use desk::lines::{LineForm, LineRow, LineView, RemoveLineForm, TestCallForm, TestState};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::{ApiError, Returned};
#[cfg(feature = "ssr")]
use super::{desk, lead_to};

/// Every line.
#[server(input = GetUrl, endpoint = "lines/list")]
pub async fn list_lines() -> Result<Vec<LineRow>, ApiError> {
    Ok(desk()?.lines().await?)
}

/// A line with its settings, or one that is to be made.
#[server(input = GetUrl, endpoint = "lines/show")]
pub async fn show_line(id: String, #[server(default)] kind: String) -> Result<LineView, ApiError> {
    Ok(desk()?.line(id, kind).await?)
}

/// Makes or changes a line, and leads to it.
#[server(endpoint = "lines/save")]
pub async fn save_line(#[server(default)] form: LineForm) -> Result<(), Returned<LineForm>> {
    match desk()?.save_line(form.clone()).await {
        Ok(saved) => {
            lead_to(&format!("/lines/{}?saved={}", saved.id, saved.version));
            Ok(())
        }
        // It travels in an address.
        Err(error) => Err(Returned::with(error, form.without_pins())),
    }
}

/// Removes a line, and leads to the list.
#[server(endpoint = "lines/remove")]
pub async fn remove_line(#[server(default)] form: RemoveLineForm) -> Result<(), ApiError> {
    desk()?.remove_line(form).await?;
    lead_to("/lines");
    Ok(())
}

/// Calls a line to try it, and leads to where that is seen.
#[server(endpoint = "lines/test")]
pub async fn test_line(#[server(default)] form: TestCallForm) -> Result<(), ApiError> {
    let seen_at = desk()?.test_call(form).await?;
    lead_to(&seen_at);
    Ok(())
}

/// How a test call goes.
#[server(input = GetUrl, endpoint = "lines/test-state")]
pub async fn ask_test(id: String, call: String) -> Result<TestState, ApiError> {
    Ok(desk()?.test_state(id, call).await?)
}
