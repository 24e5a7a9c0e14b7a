//! `/signal`: the WebSocket through which browsers register, are rung, and call.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use tokio::sync::mpsc;

use super::driver::Driver;
use super::here::is_from_here;
use crate::signal::ConnId;

/// The longest frame. A description of media has some kilobytes.
const MOST_FRAME: usize = 64 * 1024;
/// How long a browser may take to take what it is sent.
const MOST_SENDING: Duration = Duration::from_secs(5);

/// The path `/signal`. Where everybody knows the secrets, it is for pages of this machine only: any page elsewhere
/// could sign itself a token.
pub(super) fn router(driver: Arc<Driver>, is_public: bool) -> Router {
    let router = Router::new().route("/signal", any(take)).with_state(driver);
    if is_public {
        router.layer(middleware::from_fn(check))
    } else {
        router
    }
}

async fn check(request: Request, next: Next) -> Response {
    if is_from_here(&request) {
        next.run(request).await
    } else {
        let words =
            "the carrier's secrets are public, with which browsers of this machine only are let in";
        (StatusCode::FORBIDDEN, words).into_response()
    }
}

async fn take(State(driver): State<Arc<Driver>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade
        .max_message_size(MOST_FRAME)
        .max_frame_size(MOST_FRAME)
        .on_upgrade(move |socket| async move {
            let own = Arc::clone(&driver);
            driver
                .tasks
                .start(async move { converse(&own, socket).await });
        })
}

async fn converse(driver: &Arc<Driver>, socket: WebSocket) {
    let (conn, ends) = driver.socket_opened();
    tokio::select! {
        Ok(()) = ends.cut => {}
        () = talk(driver, conn, socket, ends.frames) => {}
    }
    driver.socket_closed(conn);
}

/// Sends and hears until one side has enough.
async fn talk(
    driver: &Arc<Driver>,
    conn: ConnId,
    mut socket: WebSocket,
    mut frames: mpsc::Receiver<String>,
) {
    loop {
        tokio::select! {
            frame = frames.recv() => {
                let message = frame.map(Message::text);
                let is_last = message.is_none();
                let message = message.unwrap_or(Message::Close(None));
                let sent = tokio::time::timeout(MOST_SENDING, socket.send(message)).await;
                if is_last || !matches!(sent, Ok(Ok(()))) {
                    return;
                }
            }
            heard = socket.recv() => match heard {
                Some(Ok(Message::Text(text))) => driver.frame_came(conn, &text),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                // An error is a broken connection, or a frame that is too long or no text.
                Some(Ok(Message::Binary(_) | Message::Close(_)) | Err(_)) | None => return,
            },
        }
    }
}
