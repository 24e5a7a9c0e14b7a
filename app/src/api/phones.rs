//! Asking for the pretend telephones, and using them.

use desk::{HabitForm, PhoneActForm, Phones, PlaceCallForm};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::ApiError;
#[cfg(feature = "ssr")]
use super::desk;

/// The pretend telephones as they stand.
#[server(input = GetUrl, endpoint = "phones/show")]
pub async fn show_phones() -> Result<Phones, ApiError> {
    Ok(desk()?.phones().await?)
}

/// Calls a line; gives the call's id.
#[server(endpoint = "phones/call")]
pub async fn place_call(#[server(default)] form: PlaceCallForm) -> Result<String, ApiError> {
    Ok(desk()?.place_call(form).await?)
}

/// Does something with a telephone.
#[server(endpoint = "phones/use")]
pub async fn use_phone(#[server(default)] form: PhoneActForm) -> Result<(), ApiError> {
    Ok(desk()?.use_phone(form).await?)
}

/// Decides what an outside telephone does when it rings.
#[server(endpoint = "phones/habit")]
pub async fn set_habit(#[server(default)] form: HabitForm) -> Result<(), ApiError> {
    Ok(desk()?.set_habit(form).await?)
}
