//! Browsers: who is there, and what goes wrong with them.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;
use twilio::CallSid;

use super::Refused;
use super::fields::Fields;
use crate::face::carrier::Carrier;
use crate::face::clients::ClientFault;
use crate::signal::{ClientView, SignalFault, SocketView};

/// An identity.
#[derive(Serialize)]
pub(super) struct Client {
    identity: String,
    sockets: Vec<Socket>,
    calls: Vec<CallSid>,
}

/// One of its sockets.
#[derive(Serialize)]
struct Socket {
    number: u64,
    is_registered: bool,
    /// When its token ends, in seconds since 1970 UTC.
    expires: i64,
}

impl From<ClientView> for Client {
    fn from(view: ClientView) -> Self {
        Self {
            identity: view.identity,
            sockets: view.sockets.iter().map(Socket::from).collect(),
            calls: view.calls,
        }
    }
}

impl From<&SocketView> for Socket {
    fn from(view: &SocketView) -> Self {
        Self {
            number: view.conn.0,
            is_registered: view.is_registered,
            expires: view.expires_s,
        }
    }
}

pub(super) async fn list(State(carrier): State<Carrier>) -> Json<Vec<Client>> {
    Json(carrier.clients().into_iter().map(Client::from).collect())
}

pub(super) async fn fault(
    State(carrier): State<Carrier>,
    Path(identity): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let mut fields = Fields::read(&body)?;
    let word = fields.required("fault")?;
    let mut ms = || -> Result<u32, Refused> {
        let ms = fields.number("ms")?;
        ms.ok_or_else(|| Refused::field("ms", "is missing"))
    };
    let fault = match word.as_str() {
        "dropped_socket" => ClientFault::Signal(SignalFault::DropSocket),
        "silent_heartbeat" => ClientFault::Signal(SignalFault::SilentHeartbeat { ms: ms()? }),
        "expired_token" => ClientFault::Signal(SignalFault::ExpireToken),
        "slow_answer" => ClientFault::Signal(SignalFault::SlowAnswer { ms: ms()? }),
        "lost_media" => ClientFault::LostMedia,
        _ => {
            let words =
                "dropped_socket, silent_heartbeat, expired_token, slow_answer or lost_media";
            return Err(Refused::field("fault", format!("is none of {words}")));
        }
    };
    fields.end()?;
    carrier
        .trouble_client(&identity, fault)
        .map_err(|missing| Refused::plain(404, missing.to_string()))?;
    Ok(StatusCode::NO_CONTENT)
}
