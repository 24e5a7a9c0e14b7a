//! Lines, for admins alone.

use async_trait::async_trait;
use desk::DeskError;
use desk::lines::{
    LineForm, LineRow, LineView, Lines, RemoveLineForm, SavedLine, TestCallForm, TestState,
};

use super::ViewersDesk;
use crate::lines;

#[async_trait]
impl Lines for ViewersDesk {
    async fn lines(&self) -> Result<Vec<LineRow>, DeskError> {
        self.admin()?;
        lines::list(&self.state).await
    }

    async fn line(&self, id: String, kind: String) -> Result<LineView, DeskError> {
        self.admin()?;
        lines::show(&self.state, &id, &kind).await
    }

    async fn save_line(&self, form: LineForm) -> Result<SavedLine, DeskError> {
        lines::save(&self.state, self.admin()?, &form).await
    }

    async fn remove_line(&self, form: RemoveLineForm) -> Result<(), DeskError> {
        lines::remove(&self.state, self.admin()?, &form).await
    }

    async fn test_call(&self, form: TestCallForm) -> Result<String, DeskError> {
        let by = self.admin()?;
        if self.state.phones.is_some() {
            // What places calls from pretend telephones asks who may.
            self.telephones()?;
        }
        lines::call(&self.state, by, &form).await
    }

    async fn test_state(&self, id: String, call: String) -> Result<TestState, DeskError> {
        self.admin()?;
        lines::state(&self.state, &id, &call).await
    }
}
