//! What callers hear, for admins alone.

use async_trait::async_trait;
use desk::DeskError;
use desk::prompts::{PromptFilter, PromptForm, Prompts, PromptsView};

use super::ViewersDesk;
use crate::prompts;

#[async_trait]
impl Prompts for ViewersDesk {
    async fn prompts(&self, filter: PromptFilter) -> Result<PromptsView, DeskError> {
        self.admin()?;
        prompts::list(&self.state, &filter).await
    }

    async fn save_prompt(&self, form: PromptForm) -> Result<(), DeskError> {
        prompts::save(&self.state, self.admin()?, &form).await
    }

    async fn reset_prompt(&self, form: PromptForm) -> Result<(), DeskError> {
        prompts::reset(&self.state, self.admin()?, &form).await
    }
}
