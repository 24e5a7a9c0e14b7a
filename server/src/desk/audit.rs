//! The audit at the desk: for admins.

use async_trait::async_trait;
use desk::DeskError;
use desk::audit::{Audit, AuditFilter, AuditView};

use super::ViewersDesk;
use crate::audit;

#[async_trait]
impl Audit for ViewersDesk {
    async fn audit(&self, filter: AuditFilter) -> Result<AuditView, DeskError> {
        self.admin()?;
        audit::page(&self.state, &filter).await
    }
}
