//! People at the desk: for admins, and for whoever it is about.

use async_trait::async_trait;
use desk::people::{
    InviteForm, LinkView, People, PeopleFilter, PeopleView, PersonForm, PersonView,
};
use desk::{DeskError, Role};

use super::ViewersDesk;
use crate::people;

#[async_trait]
impl People for ViewersDesk {
    async fn people(&self, filter: PeopleFilter) -> Result<PeopleView, DeskError> {
        people::page(&self.state, self.admin()?, &self.visit, &filter).await
    }

    async fn person(&self, user: String, made: String) -> Result<PersonView, DeskError> {
        let viewer = self.signed_in()?;
        if viewer.role < Role::Admin && viewer.user_name != user {
            return Err(DeskError::Forbidden);
        }
        people::one(&self.state, viewer, &self.visit, &user, &made).await
    }

    async fn invite(&self, form: InviteForm) -> Result<String, DeskError> {
        people::invite(&self.state, self.admin()?, &self.visit, &form).await
    }

    async fn invite_anew(&self, id: String) -> Result<String, DeskError> {
        people::invite_anew(&self.state, self.admin()?, &self.visit, &id).await
    }

    async fn withdraw_invitation(&self, id: String) -> Result<(), DeskError> {
        people::withdraw(&self.state, self.admin()?, &id).await
    }

    async fn save_person(&self, form: PersonForm) -> Result<(), DeskError> {
        people::save(&self.state, self.admin()?, &form).await
    }

    async fn reset_password(&self, user: String) -> Result<String, DeskError> {
        people::reset(&self.state, self.admin()?, &self.visit, &user).await
    }

    async fn sign_out_everywhere(&self, user: String) -> Result<(), DeskError> {
        people::sign_out(&self.state, self.admin()?, &user).await
    }

    async fn deactivate(&self, user: String) -> Result<(), DeskError> {
        people::deactivate(&self.state, self.admin()?, &user).await
    }

    async fn reactivate(&self, user: String) -> Result<(), DeskError> {
        people::reactivate(&self.state, self.admin()?, &user).await
    }

    async fn open_link(&self, token: String) -> Result<LinkView, DeskError> {
        people::open(&self.state, &self.visit, &token).await
    }
}
