//! Asking for menus, and changing them. Who has changed something is led to where it is seen.

use desk::menus::{
    AddPlaceForm, DeleteMenuForm, GoLiveForm, MenuHistory, MenuRow, MenuView, NewMenuForm,
    PhoneTrialForm, PlaceForm, RemovePlaceForm, RenameMenuForm, RestoreForm, TrialView,
};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::{ApiError, Returned};
#[cfg(feature = "ssr")]
use super::{desk, lead_to};

/// Every menu.
#[server(input = GetUrl, endpoint = "menus/list")]
pub async fn list_menus() -> Result<Vec<MenuRow>, ApiError> {
    Ok(desk()?.menus().await?)
}

/// Begins a menu, and leads to it.
#[server(endpoint = "menus/make")]
pub async fn make_menu(#[server(default)] form: NewMenuForm) -> Result<(), ApiError> {
    let id = desk()?.make_menu(form).await?;
    lead_to(&format!("/menus/{id}"));
    Ok(())
}

/// Deletes a menu, and leads to the list.
#[server(endpoint = "menus/delete")]
pub async fn delete_menu(#[server(default)] form: DeleteMenuForm) -> Result<(), ApiError> {
    let menu = form.menu.clone();
    desk()?.delete_menu(form).await?;
    lead_to(&format!("/menus?deleted={menu}"));
    Ok(())
}

/// The draft of a menu, with one of its places.
#[server(input = GetUrl, endpoint = "menus/show")]
pub async fn show_menu(id: String, #[server(default)] place: String) -> Result<MenuView, ApiError> {
    Ok(desk()?.menu(id, place).await?)
}

/// Gives a menu another name, and leads back to it.
#[server(endpoint = "menus/rename")]
pub async fn rename_menu(#[server(default)] form: RenameMenuForm) -> Result<(), ApiError> {
    let menu = form.menu.clone();
    let revision = desk()?.rename_menu(form).await?;
    lead_to(&format!("/menus/{menu}?saved={revision}"));
    Ok(())
}

/// Saves a place, leads back to it, and gives the draft's revision.
#[server(endpoint = "menus/save-place")]
pub async fn save_place(#[server(default)] form: PlaceForm) -> Result<i64, Returned<PlaceForm>> {
    match desk()?.save_place(form.clone()).await {
        Ok(revision) => {
            let PlaceForm { menu, place, .. } = form;
            lead_to(&format!("/menus/{menu}?place={place}&saved={revision}"));
            Ok(revision)
        }
        Err(error) => Err(Returned::with(error, form)),
    }
}

/// Adds a place, and leads to it.
#[server(endpoint = "menus/add-place")]
pub async fn add_place(#[server(default)] form: AddPlaceForm) -> Result<(), ApiError> {
    let menu = form.menu.clone();
    let place = desk()?.add_place(form).await?;
    lead_to(&format!("/menus/{menu}?place={place}&saved=added"));
    Ok(())
}

/// Removes a place, and leads to the beginning.
#[server(endpoint = "menus/remove-place")]
pub async fn remove_place(#[server(default)] form: RemovePlaceForm) -> Result<(), ApiError> {
    let menu = form.menu.clone();
    let revision = desk()?.remove_place(form).await?;
    lead_to(&format!("/menus/{menu}?saved={revision}"));
    Ok(())
}

/// Tries the draft by its keys; `done` has dots between what was done.
#[server(input = GetUrl, endpoint = "menus/try")]
pub async fn try_menu(
    id: String,
    #[server(default)] line: String,
    #[server(default)] done: String,
) -> Result<TrialView, ApiError> {
    let done = desk::menus::presses_of(&done);
    Ok(desk()?.try_menu(id, line, done).await?)
}

/// Tries the draft on a pretend telephone, and leads there.
#[server(endpoint = "menus/try-on-phone")]
pub async fn try_on_phone(#[server(default)] form: PhoneTrialForm) -> Result<(), ApiError> {
    let phone = desk()?.try_on_phone(form).await?;
    lead_to(&format!("/phones?phone={phone}"));
    Ok(())
}

/// The draft goes live; leads back to it.
#[server(endpoint = "menus/go-live")]
pub async fn go_live(#[server(default)] form: GoLiveForm) -> Result<(), ApiError> {
    let menu = form.menu.clone();
    let version = desk()?.go_live(form).await?;
    lead_to(&format!("/menus/{menu}?live={version}"));
    Ok(())
}

/// The versions of a menu, and what differs between two.
#[server(input = GetUrl, endpoint = "menus/history")]
pub async fn show_menu_history(
    id: String,
    #[server(default)] from: u32,
    #[server(default)] to: u32,
) -> Result<MenuHistory, ApiError> {
    Ok(desk()?.menu_history(id, from, to).await?)
}

/// An earlier version goes live again; leads back to the versions.
#[server(endpoint = "menus/restore")]
pub async fn restore_menu(#[server(default)] form: RestoreForm) -> Result<(), ApiError> {
    let menu = form.menu.clone();
    let version = desk()?.restore_menu(form).await?;
    lead_to(&format!("/menus/{menu}/history?live={version}"));
    Ok(())
}
