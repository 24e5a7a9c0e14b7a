//! A request is carried out to its end: whoever asked may go away, close the page or lose the connection, and nothing stays half done.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::chain::chain;
use crate::state::AppState;

/// Answers a request in a task of its own, since what answers it is dropped where it stands when its connection ends.
pub(crate) async fn carry_out(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    match state.tasks.errand(next.run(request)).await {
        Ok(response) => response,
        Err(cut) if cut.is_panic() => std::panic::resume_unwind(cut.into_panic()),
        Err(cut) => {
            tracing::warn!(error = chain(&cut), "a request was cut off");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
