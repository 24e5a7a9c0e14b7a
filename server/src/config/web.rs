//! `LISTEN` and `PUBLIC_URL`: where the server listens, and how others reach it.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use super::{ConfigError, Vars};

const LISTEN_EXAMPLE: &str = "write an address and a port, such as 127.0.0.1:8080 or 0.0.0.0:8080";
const URL_EXAMPLE: &str = "write the address at which Twilio and browsers reach this server, such as https://calls.example.org";

/// Where the server listens and under which addresses it is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Web {
    /// The socket that is bound. Port 0 takes any free one.
    pub listen: SocketAddr,
    /// Never empty; the first one is what links are made of.
    public: Vec<PublicUrl>,
    follows_listen: bool,
}

impl Web {
    /// Reads `LISTEN` (default `127.0.0.1:8080`) and `PUBLIC_URL` (default `http://` and `LISTEN`).
    ///
    /// # Errors
    /// When either cannot be read, or when `LISTEN` is an address that nobody can be sent to and `PUBLIC_URL` is missing.
    pub fn from_vars(vars: &Vars) -> Result<Self, ConfigError> {
        let listen = vars.text("LISTEN").unwrap_or("127.0.0.1:8080");
        let listen: SocketAddr = listen
            .parse()
            .map_err(|_| ConfigError::new("LISTEN", format!("is `{listen}`; {LISTEN_EXAMPLE}")))?;
        match vars.text("PUBLIC_URL") {
            Some(list) => {
                let public = list
                    .split(',')
                    .map(|url| PublicUrl::parse(url.trim()))
                    .collect::<Result<Vec<_>, _>>()?;
                Ok(Self {
                    listen,
                    public,
                    follows_listen: false,
                })
            }
            None if listen.ip().is_unspecified() => Err(ConfigError::new(
                "PUBLIC_URL",
                format!("is not set, and LISTEN is every address of the machine; {URL_EXAMPLE}"),
            )),
            None => Ok(Self {
                listen,
                public: vec![PublicUrl::of(listen)],
                follows_listen: true,
            }),
        }
    }

    /// The address that links are made of.
    pub fn first_public(&self) -> &PublicUrl {
        self.public
            .first()
            .expect("`from_vars` never leaves the list empty")
    }

    /// Every address under which the server is reached.
    pub fn public(&self) -> &[PublicUrl] {
        &self.public
    }

    /// Whether only this machine can reach the server.
    pub fn is_loopback(&self) -> bool {
        self.listen.ip().is_loopback() && self.public.iter().all(PublicUrl::is_loopback)
    }

    /// The same with the port that was really bound, for `LISTEN` with port 0.
    #[must_use]
    pub fn bound_to(mut self, listen: SocketAddr) -> Self {
        self.listen = listen;
        if self.follows_listen {
            self.public = vec![PublicUrl::of(listen)];
        }
        self
    }
}

impl fmt::Display for Web {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let public = self
            .public
            .iter()
            .map(PublicUrl::as_str)
            .collect::<Vec<_>>()
            .join(",");
        write!(f, "LISTEN={} PUBLIC_URL={public}", self.listen)
    }
}

/// An http or https address, with a path where the server lies below one, and without a closing slash.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublicUrl {
    text: String,
    origin_ends: usize,
}

impl PublicUrl {
    /// Reads one address.
    ///
    /// # Errors
    /// When it is not http or https, names no host, or carries a user, a query or a fragment.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let wrong = |what: &str| ConfigError::new("PUBLIC_URL", format!("{what}; {URL_EXAMPLE}"));
        if text.is_empty() {
            return Err(wrong("has an empty entry in its list"));
        }
        if text.contains(['?', '#']) {
            return Err(wrong(&format!("is `{text}`, with a query or a fragment")));
        }
        let uri: http::Uri = text
            .parse()
            .map_err(|_| wrong(&format!("is `{text}`, which is not a URL")))?;
        let scheme = match uri.scheme_str() {
            Some("http") => "http",
            Some("https") => "https",
            Some(_) | None => {
                return Err(wrong(&format!(
                    "is `{text}`, which is neither http nor https"
                )));
            }
        };
        let authority = uri.authority().ok_or_else(|| wrong("names no host"))?;
        if authority.as_str().contains('@') {
            return Err(wrong("carries a user name"));
        }
        if authority.host().is_empty() {
            return Err(wrong("names no host"));
        }
        let is_odd = |part: &str| part.starts_with([':', '*']) || part.contains(['{', '}']);
        if uri.path().split('/').any(is_odd) {
            return Err(wrong(&format!(
                "is `{text}`, whose path has a part that begins with : or *, or holds a brace"
            )));
        }
        let origin = format!("{scheme}://{}", authority.as_str().to_ascii_lowercase());
        Ok(Self {
            origin_ends: origin.len(),
            text: format!("{origin}{}", uri.path().trim_end_matches('/')),
        })
    }

    fn of(listen: SocketAddr) -> Self {
        let text = format!("http://{listen}");
        Self {
            origin_ends: text.len(),
            text,
        }
    }

    /// The whole address without a closing slash: a path that begins with `/` is simply put behind it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port as a browser writes them into `Origin`.
    pub fn origin(&self) -> &str {
        let origin = &self.text[..self.origin_ends];
        let default_port = if self.is_https() { ":443" } else { ":80" };
        origin.strip_suffix(default_port).unwrap_or(origin)
    }

    /// Host and port, as they stand in the origin.
    pub fn authority(&self) -> &str {
        self.origin()
            .split_once("://")
            .map_or("", |(_, authority)| authority)
    }

    /// The path in front of ours: empty, or beginning with `/`.
    pub fn path(&self) -> &str {
        &self.text[self.origin_ends..]
    }

    /// Whether browsers come over TLS.
    pub fn is_https(&self) -> bool {
        self.text.starts_with("https://")
    }

    /// Whether only this machine can go there.
    pub fn is_loopback(&self) -> bool {
        let authority = self.authority();
        let (host, behind) = match authority.strip_prefix('[') {
            Some(rest) => rest.split_once(']').unwrap_or((rest, "")),
            None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
        };
        let is_host_whole = behind.is_empty()
            || behind
                .strip_prefix(':')
                .is_some_and(|port| port.parse::<u16>().is_ok());
        let is_named = host == "localhost" || host.ends_with(".localhost");
        let is_here = is_named || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        is_host_whole && is_here
    }
}
