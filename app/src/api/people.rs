//! Asking for people, and doing something with them. Who has done something is led to where it is seen.

use desk::Viewer;
use desk::people::{InviteForm, LinkView, PeopleFilter, PeopleView, PersonForm, PersonView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::ApiError;
#[cfg(feature = "ssr")]
use super::{desk, lead_to};

/// The person who is signed in, if anybody is.
#[server(input = GetUrl, endpoint = "viewer")]
pub async fn ask_viewer() -> Result<Option<Viewer>, ApiError> {
    Ok(desk()?.viewer())
}

/// Everybody that a filter lets through.
#[server(input = GetUrl, endpoint = "people/list")]
pub async fn list_people(#[server(default)] filter: PeopleFilter) -> Result<PeopleView, ApiError> {
    Ok(desk()?.people(filter).await?)
}

/// Somebody by user name.
#[server(input = GetUrl, endpoint = "people/one")]
pub async fn show_person(
    user: String,
    #[server(default)] made: String,
) -> Result<PersonView, ApiError> {
    Ok(desk()?.person(user, made).await?)
}

/// What a link is for.
#[server(input = GetUrl, endpoint = "people/link")]
pub async fn open_link(#[server(default)] token: String) -> Result<LinkView, ApiError> {
    Ok(desk()?.open_link(token).await?)
}

/// Invites somebody, and leads to the link.
#[server(endpoint = "people/invite")]
pub async fn invite(#[server(default)] form: InviteForm) -> Result<(), ApiError> {
    let id = desk()?.invite(form).await?;
    lead_to(&format!("/people?made={id}"));
    Ok(())
}

/// Makes an invitation anew, and leads to the link.
#[server(endpoint = "people/invite-anew")]
pub async fn invite_anew(#[server(default)] id: String) -> Result<(), ApiError> {
    let id = desk()?.invite_anew(id).await?;
    lead_to(&format!("/people?made={id}"));
    Ok(())
}

/// Takes an invitation back.
#[server(endpoint = "people/withdraw")]
pub async fn withdraw_invitation(#[server(default)] id: String) -> Result<(), ApiError> {
    Ok(desk()?.withdraw_invitation(id).await?)
}

/// Changes somebody.
#[server(endpoint = "people/save")]
pub async fn save_person(#[server(default)] form: PersonForm) -> Result<(), ApiError> {
    let page = format!("/people/{}?done=saved", form.user);
    desk()?.save_person(form).await?;
    lead_to(&page);
    Ok(())
}

/// Stops somebody's password, and leads to the link by which they choose another.
#[server(endpoint = "people/reset")]
pub async fn reset_password(#[server(default)] user: String) -> Result<(), ApiError> {
    let id = desk()?.reset_password(user.clone()).await?;
    lead_to(&format!("/people/{user}?made={id}"));
    Ok(())
}

/// Ends all sessions of somebody.
#[server(endpoint = "people/sign-out")]
pub async fn sign_out_everywhere(#[server(default)] user: String) -> Result<(), ApiError> {
    desk()?.sign_out_everywhere(user.clone()).await?;
    lead_to(&format!("/people/{user}?done=signed-out"));
    Ok(())
}

/// Lets somebody in no longer.
#[server(endpoint = "people/deactivate")]
pub async fn deactivate(#[server(default)] user: String) -> Result<(), ApiError> {
    desk()?.deactivate(user.clone()).await?;
    lead_to(&format!("/people/{user}?done=deactivated"));
    Ok(())
}

/// Lets somebody in again.
#[server(endpoint = "people/reactivate")]
pub async fn reactivate(#[server(default)] user: String) -> Result<(), ApiError> {
    desk()?.reactivate(user.clone()).await?;
    lead_to(&format!("/people/{user}?done=reactivated"));
    Ok(())
}
