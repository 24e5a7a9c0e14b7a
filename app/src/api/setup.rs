//! Setting an installation up: its checks, and where the account's numbers point.

use desk::setup::{Check, PointForm, PutBackForm, SetupView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::{ApiError, Returned};
#[cfg(feature = "ssr")]
use super::{desk, lead_to};

/// Every check, and the numbers.
#[server(input = GetUrl, endpoint = "setup/show")]
pub async fn show_setup() -> Result<SetupView, ApiError> {
    Ok(desk()?.setup().await?)
}

/// One check anew. Without script the page comes again, with all of them.
#[server(endpoint = "setup/check")]
pub async fn check_again(#[server(default)] id: String) -> Result<Check, ApiError> {
    Ok(desk()?.check(id).await?)
}

/// Points a number at a line, and leads to the number.
#[server(endpoint = "setup/point")]
pub async fn point_number(
    #[server(default)] form: PointForm,
) -> Result<String, Returned<PointForm>> {
    match desk()?.point_number(form.clone()).await {
        Ok(done) => {
            let number = form.number;
            lead_to(&format!("/setup?number={number}#number-{number}"));
            Ok(done)
        }
        Err(error) => Err(Returned::with(error, form)),
    }
}

/// Puts back what a number pointed at, and leads to the number.
#[server(endpoint = "setup/put-back")]
pub async fn put_number_back(#[server(default)] form: PutBackForm) -> Result<String, ApiError> {
    let number = form.number.clone();
    let done = desk()?.put_number_back(form).await?;
    lead_to(&format!("/setup?number={number}#number-{number}"));
    Ok(done)
}

/// Makes the TwiML app of browser phones, or sets its addresses; gives what was done, in words.
#[server(endpoint = "setup/application")]
pub async fn set_application() -> Result<String, ApiError> {
    Ok(desk()?.set_application().await?)
}
