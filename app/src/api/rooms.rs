//! Asking for rooms, and what supervisors do with them.

use desk::rooms::{RoomActForm, RoomStory, RoomsPage};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::ApiError;
#[cfg(feature = "ssr")]
use super::desk;

/// The rooms that live now, and one page of those that are over.
#[server(input = GetUrl, endpoint = "rooms/show")]
pub async fn show_rooms(#[server(default)] page: u32) -> Result<RoomsPage, ApiError> {
    Ok(desk()?.rooms(page).await?)
}

/// One room.
#[server(input = GetUrl, endpoint = "rooms/one")]
pub async fn show_room(#[server(default)] id: String) -> Result<RoomStory, ApiError> {
    Ok(desk()?.room(id).await?)
}

/// Does something with a room or whoever is in it.
#[server(endpoint = "rooms/act")]
pub async fn act_in_room(#[server(default)] form: RoomActForm) -> Result<(), ApiError> {
    Ok(desk()?.act_in_room(form).await?)
}
