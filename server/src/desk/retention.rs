//! What is kept and for how long, at the desk: for admins.

use async_trait::async_trait;
use desk::DeskError;
use desk::retention::{EraseForm, KeepForm, Retention, RetentionView, TracesView};

use super::ViewersDesk;
use crate::retention;

#[async_trait]
impl Retention for ViewersDesk {
    async fn retention(&self) -> Result<RetentionView, DeskError> {
        self.admin()?;
        retention::view(&self.state).await
    }

    async fn keep(&self, form: KeepForm) -> Result<(), DeskError> {
        retention::keep(&self.state, self.admin()?, &form).await
    }

    async fn traces(&self, number: String) -> Result<TracesView, DeskError> {
        self.admin()?;
        retention::traces(&self.state, &number).await
    }

    async fn erase(&self, form: EraseForm) -> Result<(), DeskError> {
        retention::erase(&self.state, self.admin()?, &form).await
    }
}
