//! `/conferences/{id}/attendance.csv`: who was in a room, as a table for spreadsheets.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use desk::rooms::{Attended, attendance_csv};
use desk::{DeskError, Viewer};
use serde::Deserialize;

use super::story;
use crate::state::AppState;

/// The route.
pub const ATTENDANCE: &str = "/conferences/{id}/attendance.csv";

/// The route. [`crate::pages::router`] puts it among the pages, behind their layers.
pub fn router() -> Router<AppState> {
    Router::new().route(ATTENDANCE, get(table))
}

#[derive(Deserialize)]
struct When {
    /// When the gathering began; the present one, or the last, where it is not said.
    began: Option<i64>,
}

async fn table(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    Path(id): Path<String>,
    Query(when): Query<When>,
) -> Response {
    let viewer = viewer.map(|Extension(viewer)| viewer);
    match find(&state, viewer.as_ref(), &id, when.began).await {
        Ok(attendance) => {
            let table = attendance_csv(&attendance, state.clock.now().0);
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"attendance.csv\"",
                ),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, table).into_response()
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.status());
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, format!("{error}\n")).into_response()
        }
    }
}

async fn find(
    state: &AppState,
    viewer: Option<&Viewer>,
    id: &str,
    began: Option<i64>,
) -> Result<Vec<Attended>, DeskError> {
    let viewer = viewer.ok_or(DeskError::SignedOut)?;
    if !viewer.role.sees_rooms() {
        return Err(DeskError::Forbidden);
    }
    story::attendance(state, id, began).await
}
