//! Asking for the console and the board, and what agents and supervisors do there.

use desk::{BoardView, ConsoleView, WrapUpForm};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::ApiError;
#[cfg(feature = "ssr")]
use super::desk;

/// The console of whoever is signed in.
#[server(input = GetUrl, endpoint = "console/show")]
pub async fn show_console() -> Result<ConsoleView, ApiError> {
    Ok(desk()?.console().await?)
}

/// The board.
#[server(input = GetUrl, endpoint = "board/show")]
pub async fn show_board() -> Result<BoardView, ApiError> {
    Ok(desk()?.board().await?)
}

/// Chooses one's own status.
#[server(endpoint = "console/status")]
pub async fn choose_status(#[server(default)] status: String) -> Result<(), ApiError> {
    Ok(desk()?.choose_status(status).await?)
}

/// Chooses what to be after the call; an empty status takes that back.
#[server(endpoint = "console/next")]
pub async fn choose_next(#[server(default)] status: String) -> Result<(), ApiError> {
    Ok(desk()?.choose_next(status).await?)
}

/// The number that a call would go to, unless something is against it.
#[server(endpoint = "console/may-call")]
pub async fn may_call(
    #[server(default)] line: Option<String>,
    #[server(default)] to: String,
) -> Result<String, ApiError> {
    Ok(desk()?.may_call(line, to).await?)
}

/// Declines a call that rings.
#[server(endpoint = "console/decline")]
pub async fn decline(
    #[server(default)] call: String,
    #[server(default)] offer: u32,
) -> Result<(), ApiError> {
    Ok(desk()?.decline(call, offer).await?)
}

/// Ends a call kindly.
#[server(endpoint = "console/hang-up")]
pub async fn hang_up(#[server(default)] call: String) -> Result<(), ApiError> {
    Ok(desk()?.hang_up(call).await?)
}

/// Puts a caller on hold, or takes them off it.
#[server(endpoint = "console/hold")]
pub async fn hold(
    #[server(default)] call: String,
    #[server(default)] on: bool,
) -> Result<(), ApiError> {
    Ok(desk()?.hold(call, on).await?)
}

/// Takes more time for wrapping up.
#[server(endpoint = "console/more-time")]
pub async fn more_wrap_up(#[server(default)] call: String) -> Result<(), ApiError> {
    Ok(desk()?.more_wrap_up(call).await?)
}

/// Notes how a call went, and is ready for the next one.
#[server(endpoint = "console/wrap-up")]
pub async fn finish_wrap_up(#[server(default)] form: WrapUpForm) -> Result<(), ApiError> {
    Ok(desk()?.finish_wrap_up(form).await?)
}

/// Ticks an entry of the inbox off, or takes that back.
#[server(endpoint = "inbox/tick-off")]
pub async fn tick_off(
    #[server(default)] call: String,
    #[server(default)] kind: String,
    #[server(default)] done: bool,
) -> Result<(), ApiError> {
    Ok(desk()?.tick_off(call, kind, done).await?)
}

/// Chooses the status of somebody else.
#[server(endpoint = "agents/status")]
pub async fn set_agent(
    #[server(default)] agent: String,
    #[server(default)] status: String,
) -> Result<(), ApiError> {
    Ok(desk()?.set_agent(agent, status).await?)
}

/// Frees somebody from what they are stuck in.
#[server(endpoint = "agents/free")]
pub async fn free_agent(#[server(default)] agent: String) -> Result<(), ApiError> {
    Ok(desk()?.free_agent(agent).await?)
}
