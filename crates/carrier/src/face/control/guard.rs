//! Who may use the control API: programs and pages of this machine, and nobody who was led here by another page.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Refused;
use crate::face::here::is_from_here;

pub(super) async fn check(request: Request, next: Next) -> Response {
    if is_from_here(&request) {
        next.run(request).await
    } else {
        let status = StatusCode::FORBIDDEN.as_u16();
        Refused::plain(status, "the control API is for this machine only").into_response()
    }
}
