//! A request is carried out to its end though whoever asked closes the page or loses the connection meanwhile: of what is done
//! step by step, nothing is left half done for that.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::state::AppState;

/// Answers a request in a task of its own, since what answers it is dropped where it stands when its connection ends.
pub(crate) async fn carry_out(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    match state.tasks.errand(next.run(request)).await {
        Ok(Some(response)) => response,
        Ok(None) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Err(broken) => match broken.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
    }
}
