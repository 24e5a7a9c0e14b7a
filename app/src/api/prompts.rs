//! Asking for what callers hear, and changing it.

use desk::DeskError;
use desk::prompts::{PromptFilter, PromptForm, PromptsView};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, JsonEncoding};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use super::ApiError;
#[cfg(feature = "ssr")]
use super::{desk, lead_to};
#[cfg(feature = "ssr")]
use crate::pages::prompts_address;

/// Why a prompt was not saved, with what was entered: without script, it stands in the form again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptRefused {
    /// Why.
    pub error: DeskError,
    /// What was entered.
    pub form: Option<PromptForm>,
}

impl FromServerFnError for PromptRefused {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let ApiError(error) = ApiError::from_server_fn_error(error);
        Self { error, form: None }
    }
}

/// The prompts that match.
#[server(input = GetUrl, endpoint = "prompts/list")]
pub async fn list_prompts(
    #[server(default)] filter: PromptFilter,
) -> Result<PromptsView, ApiError> {
    Ok(desk()?.prompts(filter).await?)
}

/// Says a prompt in other words, and leads back to the list.
#[server(endpoint = "prompts/save")]
pub async fn save_prompt(#[server(default)] form: PromptForm) -> Result<(), PromptRefused> {
    let refused =
        |ApiError(error): ApiError, form: Option<PromptForm>| PromptRefused { error, form };
    let desk = desk().map_err(|error| refused(error, None))?;
    let after = form.list().after(&form.key);
    match desk.save_prompt(form.clone()).await {
        Ok(()) => {
            lead_to(&prompts_address(&after));
            Ok(())
        }
        Err(error) => Err(refused(error.into(), Some(form))),
    }
}

/// Goes back to the usual words, and leads back to the list.
#[server(endpoint = "prompts/reset")]
pub async fn reset_prompt(#[server(default)] form: PromptForm) -> Result<(), ApiError> {
    let after = form.list().after(&form.key);
    desk()?.reset_prompt(form).await?;
    lead_to(&prompts_address(&after));
    Ok(())
}
