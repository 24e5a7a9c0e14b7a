//! The yardstick of `cargo xtask bench`: a bare handler that reads a webhook's form and answers a fixed document.

use std::error::Error;
use std::net::Ipv4Addr;

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use axum::{Form, Router};
use tokio::net::TcpListener;

const DOCUMENT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
    <Response><Say voice=\"Polly.Joanna-Neural\">Thank you for calling.</Say><Hangup/></Response>";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port: u16 = std::env::args()
        .nth(1)
        .ok_or("the port to listen on is missing")?
        .parse()?;
    let router = Router::new()
        .route("/bare", post(answer))
        .route("/healthz", get(|| async { "ok" }));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await?
        .tap_io(|connection| connection.set_nodelay(true).unwrap_or_default());
    axum::serve(listener, router).await?;
    Ok(())
}

async fn answer(Form(fields): Form<Vec<(String, String)>>) -> Response {
    if fields.iter().any(|(name, _)| name == "CallSid") {
        ([(CONTENT_TYPE, "text/xml; charset=utf-8")], DOCUMENT).into_response()
    } else {
        StatusCode::BAD_REQUEST.into_response()
    }
}
