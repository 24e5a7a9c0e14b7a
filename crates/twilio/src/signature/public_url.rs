//! A public address of this installation, and the addresses that Twilio may have signed for it (reference C.2).

use std::fmt;

/// Where Twilio reaches us: scheme, host, and perhaps a port and a path, as in `https://desk.example.org/switchboard`.
///
/// A slash at the end is tolerated. What stands before an `@` is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicUrl {
    shown: String,
    /// Scheme and host in the spellings under which Twilio signs, the likeliest first.
    origins: Vec<String>,
    /// Empty, or a path that begins with a slash and does not end with one.
    path: String,
}

/// Why a text is no public address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPublicUrl {
    /// Neither http nor https, nor their WebSocket counterparts.
    #[error("it must begin with https:// or http://")]
    Scheme,
    /// Nothing stands between the scheme and the path.
    #[error("it has no host")]
    Host,
    /// What follows the host is no port.
    #[error("its port is not a number from 1 to 65535")]
    Port,
    /// A query or a fragment follows.
    #[error("it must not carry a query or a fragment")]
    Tail,
    /// A blank or another character that no address has.
    #[error("it contains a character that must be escaped")]
    Character,
}

impl PublicUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// When it is not a scheme, a host, a port and a path, with nothing behind.
    pub fn parse(text: &str) -> Result<Self, BadPublicUrl> {
        let text = text.trim();
        let (scheme, standard_port) = ["https://", "http://", "wss://", "ws://"]
            .into_iter()
            .zip([443, 80, 443, 80])
            .find(|(scheme, _)| {
                text.get(..scheme.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            })
            .ok_or(BadPublicUrl::Scheme)?;
        if text.contains(['?', '#']) {
            return Err(BadPublicUrl::Tail);
        }
        if text.bytes().any(|byte| {
            !byte.is_ascii_graphic() || matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'`')
        }) {
            return Err(BadPublicUrl::Character);
        }
        let rest = &text[scheme.len()..];
        let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let (userinfo, host_and_port) = authority
            .rsplit_once('@')
            .map_or((None, authority), |(user, host)| (Some(user), host));
        let (host, port) = split_port(host_and_port)?;
        let path = path.trim_end_matches('/');
        let hosts = spellings(scheme, host, port, standard_port);
        let with_user = userinfo.into_iter().flat_map(|user| {
            hosts
                .iter()
                .map(move |host| format!("{scheme}{user}@{host}"))
        });
        let origins = hosts
            .iter()
            .map(|host| format!("{scheme}{host}"))
            .chain(with_user)
            .collect();
        Ok(Self {
            shown: format!("{scheme}{host_and_port}{path}"),
            origins,
            path: path.to_owned(),
        })
    }

    /// The address without a slash at its end, fit to have a path appended to it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// The path of the address: empty, or with a slash at its beginning and none at its end.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The addresses that a request for `target` may have been signed for, in parts.
    ///
    /// With a path, what stands before us may have cut it off the target or left it there: both are tried, and the
    /// target alone only when it lies below the path.
    pub(super) fn addresses<'a>(&'a self, target: &'a str) -> impl Iterator<Item = [&'a str; 3]> {
        let appended = target
            .starts_with('/')
            .then_some([self.path.as_str(), target]);
        let whole = (!self.path.is_empty() && self.holds(target)).then_some(["", target]);
        let paths = appended.into_iter().chain(whole);
        self.origins.iter().flat_map(move |origin| {
            paths
                .clone()
                .map(move |[path, target]| [origin.as_str(), path, target])
        })
    }

    fn holds(&self, target: &str) -> bool {
        target
            .strip_prefix(self.path.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

fn split_port(host_and_port: &str) -> Result<(&str, Option<u16>), BadPublicUrl> {
    let after_bracket = host_and_port.rfind(']').map_or(0, |at| at + 1);
    let colon = host_and_port[after_bracket..]
        .find(':')
        .map(|at| after_bracket + at);
    let (host, port) = match colon {
        None => (host_and_port, None),
        Some(at) => {
            let port = host_and_port[at + 1..]
                .parse()
                .ok()
                .filter(|port| *port > 0)
                .ok_or(BadPublicUrl::Port)?;
            (&host_and_port[..at], Some(port))
        }
    };
    if host.is_empty() {
        Err(BadPublicUrl::Host)
    } else {
        Ok((host, port))
    }
}

/// S7: over https Twilio signs without a port, over http with the port that the address has; older requests carry the
/// standard port.
fn spellings(scheme: &str, host: &str, port: Option<u16>, standard_port: u16) -> Vec<String> {
    let bare = host.to_owned();
    let with = |port| format!("{host}:{port}");
    match port {
        None => vec![bare, with(standard_port)],
        Some(port) if matches!(scheme, "https://" | "wss://") => vec![bare, with(port)],
        Some(port) => vec![with(port), bare],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(base: &str, target: &str) -> Vec<String> {
        PublicUrl::parse(base)
            .unwrap()
            .addresses(target)
            .map(|parts| parts.concat())
            .collect()
    }

    #[test]
    fn a_path_is_taken_as_cut_off_or_left_in_place() {
        for base in ["https://h.example/desk", "https://h.example/desk/"] {
            assert_eq!(
                addresses(base, "/ivr/welcome?a=b"),
                [
                    "https://h.example/desk/ivr/welcome?a=b",
                    "https://h.example:443/desk/ivr/welcome?a=b"
                ]
            );
            assert_eq!(
                addresses(base, "/desk/ivr/welcome"),
                [
                    "https://h.example/desk/desk/ivr/welcome",
                    "https://h.example/desk/ivr/welcome",
                    "https://h.example:443/desk/desk/ivr/welcome",
                    "https://h.example:443/desk/ivr/welcome"
                ]
            );
        }
    }

    #[test]
    fn a_neighbour_of_the_path_is_not_below_it() {
        let found = addresses("https://h.example/desk", "/desktop/ivr");

        assert!(!found.contains(&"https://h.example/desktop/ivr".to_owned()));
        assert!(
            found
                .iter()
                .all(|address| address.contains("/desk/desktop/ivr"))
        );
    }

    #[test]
    fn a_target_without_a_slash_is_no_address() {
        for target in ["", "*", ".evil.example/", "@evil.example/", "?a=b"] {
            assert!(
                addresses("https://h.example", target).is_empty(),
                "{target}"
            );
        }
    }

    #[test]
    fn ports_are_tried_as_twilio_signs() {
        assert_eq!(
            addresses("https://h.example:8443", "/x"),
            ["https://h.example/x", "https://h.example:8443/x"]
        );
        assert_eq!(
            addresses("http://h.example:8080", "/x"),
            ["http://h.example:8080/x", "http://h.example/x"]
        );
        assert_eq!(
            addresses("http://h.example", "/x"),
            ["http://h.example/x", "http://h.example:80/x"]
        );
        assert_eq!(
            addresses("http://[::1]:8080", "/x"),
            ["http://[::1]:8080/x", "http://[::1]/x"]
        );
    }

    #[test]
    fn a_password_is_used_but_not_shown() {
        let url = PublicUrl::parse("https://user:secret@h.example/desk/").unwrap();

        assert_eq!(
            format!("{url} {url:?} {}", url.as_str()),
            ["https://h.example/desk"; 3].join(" ")
        );
        assert!(
            addresses("https://user:secret@h.example", "/x")
                .contains(&"https://user:secret@h.example/x".to_owned())
        );
    }

    #[test]
    fn what_is_no_address_is_refused_with_its_reason() {
        let cases = [
            ("", BadPublicUrl::Scheme),
            ("desk.example.org", BadPublicUrl::Scheme),
            ("ftp://desk.example.org", BadPublicUrl::Scheme),
            ("https://", BadPublicUrl::Host),
            ("https:///desk", BadPublicUrl::Host),
            ("https://:443", BadPublicUrl::Host),
            ("https://h.example:", BadPublicUrl::Port),
            ("https://h.example:0", BadPublicUrl::Port),
            ("https://h.example:70000", BadPublicUrl::Port),
            ("https://h.example/?a=b", BadPublicUrl::Tail),
            ("https://h.example/#a", BadPublicUrl::Tail),
            ("https://h.example/a b", BadPublicUrl::Character),
            ("https://h.example/é", BadPublicUrl::Character),
        ];

        for (text, reason) in cases {
            assert_eq!(PublicUrl::parse(text), Err(reason), "{text}");
        }
    }
}
