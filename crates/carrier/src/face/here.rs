//! Whether a request comes from this machine, and from nobody who was led here by a page elsewhere.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;

/// Whether a request came from this machine, was made to its own name, and from a page of this machine or from no page.
///
/// A page elsewhere can lead its own name to this machine; the name it was asked by gives that away. A router that is
/// served elsewhere as well may not know the peer, and then goes by the names alone.
pub(super) fn is_from_here(request: &Request) -> bool {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_peer_here = peer.is_none_or(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback());
    let header = |name| {
        let value = request.headers().get(name)?;
        Some(value.to_str().unwrap_or_default())
    };
    let authority = request.uri().authority().map(Authority::as_str);
    let is_host_here = header(HOST).or(authority).is_some_and(is_loopback);
    let is_origin_here = header(ORIGIN).is_none_or(|origin| {
        let host = origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"));
        host.is_some_and(is_loopback)
    });
    is_peer_here && is_host_here && is_origin_here
}

/// Whether a host, with or without a port, can only be this machine.
fn is_loopback(authority: &str) -> bool {
    let Ok(authority) = authority.parse::<Authority>() else {
        return false;
    };
    let port = authority.as_str().strip_prefix(authority.host());
    if !port.is_some_and(is_port_or_none) {
        return false;
    }
    let host = authority.host().trim_matches(['[', ']']);
    let name = host.to_ascii_lowercase();
    // Names below `localhost` lead nowhere else (RFC 6761), and browsers see to it.
    let is_named = name == "localhost" || name.ends_with(".localhost");
    is_named
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Whether what stands behind a host is nothing or a port, and not the rest of a longer name.
fn is_port_or_none(text: &str) -> bool {
    text.is_empty()
        || text
            .strip_prefix(':')
            .is_some_and(|port| port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_this_machine() {
        for host in [
            "localhost",
            "LOCALHOST:8080",
            "desk.localhost:3000",
            "a.b.LocalHost",
            "127.0.0.1:1",
            "127.9.9.9",
            "[::1]:80",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "example.org",
            "10.0.0.1",
            "localhost.example.org",
            "notlocalhost",
            "desk.localhost.example.org",
            "127.0.0.1.nip.io",
            "127.0.0.1:8391.evil.com",
            "localhost:80.evil.com",
            "127.0.0.1:65536",
            "[::1]:80.evil.com",
            "[::1].evil.com",
            "somebody@127.0.0.1",
            "",
            "::1::",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
