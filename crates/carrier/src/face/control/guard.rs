//! Who may use the control API: programs and pages of this machine, and nobody who was led here by another page.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Refused;

pub(super) async fn check(request: Request, next: Next) -> Response {
    if is_from_here(&request) {
        next.run(request).await
    } else {
        let status = StatusCode::FORBIDDEN.as_u16();
        Refused::plain(status, "the control API is for this machine only").into_response()
    }
}

fn is_from_here(request: &Request) -> bool {
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
    is_host_here && is_origin_here
}

/// Whether a host, with or without a port, can only be this machine.
fn is_loopback(authority: &str) -> bool {
    let Ok(authority) = authority.parse::<Authority>() else {
        return false;
    };
    let host = authority.host().trim_matches(['[', ']']);
    let is_named = host.eq_ignore_ascii_case("localhost");
    is_named
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_this_machine() {
        for host in [
            "localhost",
            "LOCALHOST:8080",
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
            "127.0.0.1.nip.io",
            "",
            "::1::",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
