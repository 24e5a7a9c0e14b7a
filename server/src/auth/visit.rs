//! Where a request comes from: its session, and the address of whoever asks.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use tower_sessions::Session;

use super::address::behind_proxy;

/// Where a request comes from.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// The session's id, where there is one.
    pub session: Option<String>,
    /// The address of whoever asks; unknown where the router is called without a connection.
    pub address: Option<IpAddr>,
}

impl Visit {
    /// Of a request behind the session's layer.
    #[must_use]
    pub fn of(parts: &Parts) -> Self {
        let extensions = &parts.extensions;
        let connected = extensions.get::<ConnectInfo<SocketAddr>>();
        Self {
            session: extensions
                .get::<Session>()
                .and_then(Session::id)
                .map(|id| id.to_string()),
            address: connected.map(|info| behind_proxy(info.0.ip(), &parts.headers)),
        }
    }
}
