//! Asking for directories, and changing them. Who has changed something is led to where it is seen.

use desk::directory::{
    ConfirmForm, DeleteDirectoryForm, DirectoryFilter, DirectoryHistory, DirectoryRow,
    DirectoryView, ImportView, NewDirectoryForm, OfficeForm, RemoveForm, RenameForm, UndoForm,
};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::{ApiError, Returned};
#[cfg(feature = "ssr")]
use super::{desk, lead_to};
#[cfg(feature = "ssr")]
use crate::pages::directory_address;

/// Every directory.
#[server(input = GetUrl, endpoint = "directories/list")]
pub async fn list_directories() -> Result<Vec<DirectoryRow>, ApiError> {
    Ok(desk()?.directories().await?)
}

/// Makes a directory, and leads to it.
#[server(endpoint = "directories/make")]
pub async fn make_directory(#[server(default)] form: NewDirectoryForm) -> Result<(), ApiError> {
    let id = desk()?.make_directory(form).await?;
    lead_to(&directory_address(&id, &DirectoryFilter::default()));
    Ok(())
}

/// Gives a directory another name, and leads to it.
#[server(endpoint = "directories/rename")]
pub async fn rename_directory(#[server(default)] form: RenameForm) -> Result<(), ApiError> {
    let directory = form.directory.clone();
    let change = desk()?.rename_directory(form).await?;
    lead_to(&directory_address(
        &directory,
        &DirectoryFilter::default().after(change),
    ));
    Ok(())
}

/// Takes a directory away, and leads to the list of all.
#[server(endpoint = "directories/delete")]
pub async fn delete_directory(
    #[server(default)] form: DeleteDirectoryForm,
) -> Result<(), ApiError> {
    desk()?.delete_directory(form).await?;
    lead_to("/directory");
    Ok(())
}

/// A directory as a table.
#[server(input = GetUrl, endpoint = "directories/show")]
pub async fn show_directory(
    id: String,
    #[server(default)] filter: DirectoryFilter,
) -> Result<DirectoryView, ApiError> {
    Ok(desk()?.directory(id, filter).await?)
}

/// Adds or changes an office, and leads back to the table.
#[server(endpoint = "directories/save")]
pub async fn save_office(#[server(default)] form: OfficeForm) -> Result<(), Returned<OfficeForm>> {
    let (directory, table) = (form.directory.clone(), form.table());
    match desk()?.save_office(form.clone()).await {
        Ok(change) => {
            lead_to(&directory_address(&directory, &table.after(change)));
            Ok(())
        }
        Err(error) => Err(Returned::with(error, form)),
    }
}

/// Removes an office, and leads back to the table.
#[server(endpoint = "directories/remove")]
pub async fn remove_office(#[server(default)] form: RemoveForm) -> Result<(), ApiError> {
    let (directory, table) = (form.directory.clone(), form.table());
    let change = desk()?.remove_office(form).await?;
    lead_to(&directory_address(&directory, &table.after(change)));
    Ok(())
}

/// What was changed in a directory.
#[server(input = GetUrl, endpoint = "directories/history")]
pub async fn show_history(
    id: String,
    #[server(default)] page: u32,
    #[server(default)] open: i64,
) -> Result<DirectoryHistory, ApiError> {
    Ok(desk()?.directory_history(id, page, open).await?)
}

/// Takes a change back, and leads to the table.
#[server(endpoint = "directories/undo")]
pub async fn undo_change(#[server(default)] form: UndoForm) -> Result<(), ApiError> {
    let directory = form.directory.clone();
    let change = desk()?.undo_change(form).await?;
    lead_to(&directory_address(
        &directory,
        &DirectoryFilter::default().after(change),
    ));
    Ok(())
}

/// What a file that was handed in would change.
#[server(input = GetUrl, endpoint = "directories/look-through")]
pub async fn look_through(
    id: String,
    #[server(default)] upload: String,
) -> Result<ImportView, ApiError> {
    Ok(desk()?.look_through(id, upload).await?)
}

/// Takes a file that was looked through, and leads to the table.
#[server(endpoint = "directories/take")]
pub async fn take_file(#[server(default)] form: ConfirmForm) -> Result<(), ApiError> {
    let directory = form.directory.clone();
    let change = desk()?.take_file(form).await?;
    lead_to(&directory_address(
        &directory,
        &DirectoryFilter::default().after(change),
    ));
    Ok(())
}
