//! Menus, for admins alone.

use async_trait::async_trait;
use desk::DeskError;
use desk::menus::{
    AddPlaceForm, DeleteMenuForm, GoLiveForm, MenuHistory, MenuRow, MenuView, Menus, NewMenuForm,
    PhoneTrialForm, PlaceForm, RemovePlaceForm, RenameMenuForm, RestoreForm, TrialView,
};

use super::ViewersDesk;
use crate::menus;

#[async_trait]
impl Menus for ViewersDesk {
    async fn menus(&self) -> Result<Vec<MenuRow>, DeskError> {
        self.admin()?;
        menus::list(&self.state).await
    }

    async fn make_menu(&self, form: NewMenuForm) -> Result<String, DeskError> {
        menus::make(&self.state, self.admin()?, &form).await
    }

    async fn delete_menu(&self, form: DeleteMenuForm) -> Result<(), DeskError> {
        menus::delete(&self.state, self.admin()?, &form).await
    }

    async fn menu(&self, id: String, place: String) -> Result<MenuView, DeskError> {
        self.admin()?;
        menus::show(&self.state, &id, &place).await
    }

    async fn rename_menu(&self, form: RenameMenuForm) -> Result<i64, DeskError> {
        menus::rename(&self.state, self.admin()?, &form).await
    }

    async fn save_place(&self, form: PlaceForm) -> Result<i64, DeskError> {
        menus::save(&self.state, self.admin()?, &form).await
    }

    async fn add_place(&self, form: AddPlaceForm) -> Result<String, DeskError> {
        menus::add(&self.state, self.admin()?, &form).await
    }

    async fn remove_place(&self, form: RemovePlaceForm) -> Result<i64, DeskError> {
        menus::remove(&self.state, self.admin()?, &form).await
    }

    async fn try_menu(
        &self,
        id: String,
        line: String,
        done: Vec<String>,
    ) -> Result<TrialView, DeskError> {
        self.admin()?;
        menus::rehearsal(&self.state, &id, &line, &done).await
    }

    async fn try_on_phone(&self, form: PhoneTrialForm) -> Result<String, DeskError> {
        let by = self.admin()?;
        self.telephones()?;
        menus::call(&self.state, by, &form).await
    }

    async fn go_live(&self, form: GoLiveForm) -> Result<u32, DeskError> {
        menus::go_live(&self.state, self.admin()?, &form).await
    }

    async fn menu_history(&self, id: String, from: u32, to: u32) -> Result<MenuHistory, DeskError> {
        self.admin()?;
        menus::history(&self.state, &id, from, to).await
    }

    async fn restore_menu(&self, form: RestoreForm) -> Result<u32, DeskError> {
        menus::restore(&self.state, self.admin()?, &form).await
    }
}
