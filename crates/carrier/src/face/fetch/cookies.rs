//! Cookies, kept for each call and host (reference A.1.4, H7).

use std::collections::{BTreeMap, VecDeque};

use crate::engine::Time;

/// For how many calls and hosts cookies are remembered; the oldest are forgotten first.
const MOST_SHELVES: usize = 10_000;

/// What was set, by whoever it belongs to.
#[derive(Debug, Default)]
pub(super) struct Jar {
    shelves: BTreeMap<Owner, BTreeMap<String, Cookie>>,
    by_age: VecDeque<Owner>,
}

/// A leg and a host.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owner {
    pub(super) call: String,
    pub(super) host: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Cookie {
    value: String,
    path: String,
    is_secure: bool,
    expires: Option<Time>,
}

/// A cookie that breaks the protocol: an empty name, or a control character (11206).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BadCookie;

impl Jar {
    /// Takes one `Set-Cookie` from the answer to a request for `path`.
    pub(super) fn set(
        &mut self,
        owner: &Owner,
        path: &str,
        header: &[u8],
        now: Time,
    ) -> Result<(), BadCookie> {
        let text = std::str::from_utf8(header).map_err(|_| BadCookie)?;
        if text.bytes().any(|byte| byte.is_ascii_control()) {
            return Err(BadCookie);
        }
        let mut parts = text.split(';');
        let (name, value) = parts
            .next()
            .and_then(|pair| pair.split_once('='))
            .ok_or(BadCookie)?;
        let name = name.trim();
        if name.is_empty() {
            return Err(BadCookie);
        }
        let mut cookie = Cookie {
            value: value.trim().to_owned(),
            path: path
                .rsplit_once('/')
                .map_or("", |(folder, _)| folder)
                .to_owned(),
            is_secure: false,
            expires: None,
        };
        let mut lives_for = None;
        for part in parts {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "path" if value.starts_with('/') => {
                    value.trim_end_matches('/').clone_into(&mut cookie.path);
                }
                "secure" => cookie.is_secure = true,
                "max-age" => lives_for = value.parse::<i64>().ok(),
                "expires" => cookie.expires = twilio::date::from_rfc2822(value).map(Time),
                _ => {}
            }
        }
        if let Some(seconds) = lives_for {
            cookie.expires = Some(now.plus(seconds.saturating_mul(1000)));
        }
        self.shelf(owner).insert(name.to_owned(), cookie);
        Ok(())
    }

    /// The header `Cookie` of a request; none where nothing was set.
    pub(super) fn header(
        &self,
        owner: &Owner,
        path: &str,
        is_https: bool,
        now: Time,
    ) -> Option<String> {
        let fitting = self.shelves.get(owner)?.iter().filter(|(_, cookie)| {
            let folder = cookie.path.as_str();
            let is_below = path
                .strip_prefix(folder)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            is_below
                && (is_https || !cookie.is_secure)
                && cookie.expires.is_none_or(|end| end > now)
        });
        let pairs: Vec<_> = fitting
            .map(|(name, cookie)| format!("{name}={}", cookie.value))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn shelf(&mut self, owner: &Owner) -> &mut BTreeMap<String, Cookie> {
        if !self.shelves.contains_key(owner) {
            self.by_age.push_back(owner.clone());
            if self.by_age.len() > MOST_SHELVES
                && let Some(oldest) = self.by_age.pop_front()
            {
                self.shelves.remove(&oldest);
            }
        }
        self.shelves.entry(owner.clone()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_795_149_000_000);

    fn owner(call: &str, host: &str) -> Owner {
        Owner {
            call: call.to_owned(),
            host: host.to_owned(),
        }
    }

    #[test]
    fn a_cookie_comes_back_on_the_same_call_and_host_only() {
        let mut jar = Jar::default();
        let ada = owner("CA1", "app.test");

        jar.set(&ada, "/voice", b"step=2; Path=/; HttpOnly", NOW)
            .unwrap();

        let header = |owner: &Owner| jar.header(owner, "/other", false, NOW);
        assert_eq!(header(&ada).as_deref(), Some("step=2"));
        assert_eq!(header(&owner("CA2", "app.test")), None);
        assert_eq!(header(&owner("CA1", "b.test")), None);
    }

    #[test]
    fn a_cookie_goes_where_its_path_leads() {
        let mut jar = Jar::default();
        let ada = owner("CA1", "app.test");

        jar.set(&ada, "/ivr/welcome", b"a=1", NOW).unwrap();
        jar.set(&ada, "/ivr/welcome", b"b=2; Secure; Path=/", NOW)
            .unwrap();

        let header = |path, is_https| jar.header(&ada, path, is_https, NOW);
        assert_eq!(header("/ivr/menu", false).as_deref(), Some("a=1"));
        assert_eq!(header("/ivrs", false), None);
        assert_eq!(header("/ivr", true).as_deref(), Some("a=1; b=2"));
    }

    #[test]
    fn an_expired_cookie_is_not_sent() {
        let mut jar = Jar::default();
        let ada = owner("CA1", "app.test");
        jar.set(&ada, "/", b"a=1; Max-Age=60", NOW).unwrap();
        jar.set(
            &ada,
            "/",
            b"b=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT",
            NOW,
        )
        .unwrap();

        let header = |now| jar.header(&ada, "/", false, now);
        assert_eq!(header(NOW).as_deref(), Some("a=1"));
        assert_eq!(header(NOW.plus(60_000)), None);
    }

    #[test]
    fn a_broken_cookie_is_told() {
        let mut jar = Jar::default();
        let ada = owner("CA1", "app.test");

        for header in [&b"=1"[..], b" =x; Path=/", b"a=\x01", b"alone", b"a=\xff"] {
            assert_eq!(
                jar.set(&ada, "/", header, NOW),
                Err(BadCookie),
                "{header:?}"
            );
        }
    }
}
