//! Asking for what callers hear, and changing it.

use desk::prompts::{PromptFilter, PromptForm, PromptsView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::{ApiError, Returned};
#[cfg(feature = "ssr")]
use super::{desk, lead_to};
#[cfg(feature = "ssr")]
use crate::pages::prompts_address;

/// The prompts that match.
#[server(input = GetUrl, endpoint = "prompts/list")]
pub async fn list_prompts(
    #[server(default)] filter: PromptFilter,
) -> Result<PromptsView, ApiError> {
    Ok(desk()?.prompts(filter).await?)
}

/// Says a prompt in other words, and leads back to the list.
#[server(endpoint = "prompts/save")]
pub async fn save_prompt(#[server(default)] form: PromptForm) -> Result<(), Returned<PromptForm>> {
    let after = form.list().after(&form.key);
    match desk()?.save_prompt(form.clone()).await {
        Ok(()) => {
            lead_to(&prompts_address(&after));
            Ok(())
        }
        Err(error) => Err(Returned::with(error, form)),
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
