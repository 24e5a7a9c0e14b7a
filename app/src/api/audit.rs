//! Asking for the audit.

use desk::audit::{AuditFilter, AuditView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::ApiError;
#[cfg(feature = "ssr")]
use super::desk;

/// A page of the lines that match.
#[server(input = GetUrl, endpoint = "audit/list")]
pub async fn list_audit(#[server(default)] filter: AuditFilter) -> Result<AuditView, ApiError> {
    Ok(desk()?.audit(filter).await?)
}
