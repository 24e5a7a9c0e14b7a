//! From which address a request comes, for counting failed sign-ins.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

/// The address of whoever asks; unknown where the router is called without a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Peer(pub(super) Option<IpAddr>);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let connected = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        Ok(Self(
            connected.map(|address| behind_proxy(address, &parts.headers)),
        ))
    }
}

/// A neighbour that connects from a private address may be a proxy: then the last address it noted counts. Who comes
/// from elsewhere cannot choose an address by writing the header.
pub(super) fn behind_proxy(connected: IpAddr, headers: &HeaderMap) -> IpAddr {
    let is_near = match connected.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    };
    let noted = headers.get_all("x-forwarded-for").iter().next_back();
    let noted =
        noted.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    noted.filter(|_| is_near).unwrap_or(connected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_near_proxy_is_believed_and_only_its_own_note() {
        for (connected, noted, counts) in [
            ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
            ("172.17.0.1", "203.0.113.9", "203.0.113.9"),
            ("::1", "2001:db8::1", "2001:db8::1"),
            ("127.0.0.1", "somebody", "127.0.0.1"),
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ] {
            let headers = HeaderMap::from_iter([(
                "x-forwarded-for".parse().unwrap(),
                noted.parse().unwrap(),
            )]);

            let address: IpAddr = behind_proxy(connected.parse().unwrap(), &headers);

            assert_eq!(address.to_string(), counts);
        }
    }
}
