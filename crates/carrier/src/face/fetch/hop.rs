//! One HTTP request of a fetch: its address, its signature, its headers (reference B.1, C).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{
    AUTHORIZATION, CACHE_CONTROL, CONNECTION, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName,
    HeaderValue, USER_AGENT,
};
use reqwest::{Method, Url};
use twilio::Form;

use super::trouble::Trouble;

const REGION: HeaderName = HeaderName::from_static("x-home-region");
const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";

/// Where a request goes and what it carries.
#[derive(Clone, Debug)]
pub(super) struct Hop {
    /// Without fragment and credentials.
    pub(super) url: Url,
    pub(super) method: Method,
    pub(super) params: Form,
}

/// A user name and a password that stood in a URL.
#[derive(Clone, Debug)]
pub(super) struct Credentials {
    user: String,
    password: String,
}

/// Who signs, and the token that all deliveries of one request have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp<'a> {
    pub(super) auth_token: &'a str,
    pub(super) idempotency: &'a str,
}

/// Reads an address: what is asked for, its fragment, and the credentials in it.
pub(super) fn read_url(text: &str) -> Result<(Url, String, Option<Credentials>), Trouble> {
    let mut url = Url::parse(text.trim()).map_err(|_| Trouble::BAD_URL)?;
    let is_web = matches!(url.scheme(), "http" | "https");
    if !is_web || url.host_str().is_none_or(|host| host.contains('_')) {
        return Err(Trouble::BAD_URL);
    }
    let fragment = url.fragment().unwrap_or_default().to_owned();
    let credentials = (!url.username().is_empty()).then(|| Credentials {
        user: decoded(url.username()),
        password: decoded(url.password().unwrap_or_default()),
    });
    strip(&mut url);
    Ok((url, fragment, credentials))
}

impl Hop {
    /// The request that follows a redirect: 307 and 308 repeat it, the others ask with a plain GET (H6).
    pub(super) fn onward(&self, status: u16, location: &[u8]) -> Result<Self, Trouble> {
        let location = std::str::from_utf8(location).map_err(|_| Trouble::VIOLATION)?;
        let mut url = self.url.join(location).map_err(|_| Trouble::VIOLATION)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Trouble::VIOLATION);
        }
        strip(&mut url);
        if matches!(status, 307 | 308) {
            return Ok(Self {
                url,
                ..self.clone()
            });
        }
        Ok(Self {
            url,
            method: Method::GET,
            params: Form::new(),
        })
    }

    /// The address as it is asked for: a GET carries its parameters behind an existing query.
    pub(super) fn target(&self) -> Url {
        let mut url = self.url.clone();
        if self.method == Method::GET && !self.params.is_empty() {
            let written = self.params.write();
            let query = match url.query() {
                Some(query) if !query.is_empty() => format!("{query}&{written}"),
                Some(_) | None => written,
            };
            url.set_query(Some(&query));
        }
        url
    }

    /// The request, unsigned when it has no stamp.
    pub(super) fn request(
        &self,
        stamp: Option<Stamp<'_>>,
        cookies: Option<&str>,
        credentials: Option<&Credentials>,
    ) -> reqwest::Request {
        let target = self.target();
        let mut request = reqwest::Request::new(self.method.clone(), target.clone());
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, HeaderValue::from_static("TwilioProxy/1.1"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("max-age=259200"));
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
        headers.insert(REGION, HeaderValue::from_static("us1"));
        put(headers, COOKIE, cookies);
        if let Some(Credentials { user, password }) = credentials {
            let pair = STANDARD.encode(format!("{user}:{password}"));
            put(headers, AUTHORIZATION, Some(&format!("Basic {pair}")));
        }
        if let Some(stamp) = stamp {
            let signature = self.signature(&target, stamp.auth_token);
            let named = HeaderName::from_static;
            put(headers, named(twilio::headers::SIGNATURE), Some(&signature));
            put(
                headers,
                named(twilio::headers::IDEMPOTENCY_TOKEN),
                Some(stamp.idempotency),
            );
        }
        if self.method == Method::POST {
            request
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static(FORM));
            *request.body_mut() = Some(self.params.write().into());
        }
        request
    }

    /// Over https the port is left out of what is signed (S7).
    fn signature(&self, target: &Url, auth_token: &str) -> String {
        let mut signed = target.clone();
        if signed.scheme() == "https" {
            let _is_an_address = signed.set_port(None);
        }
        if self.method == Method::POST {
            twilio::sign(auth_token, signed.as_str(), self.params.iter())
        } else {
            twilio::sign(auth_token, signed.as_str(), [])
        }
    }
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: Option<&str>) {
    if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
        headers.insert(name, value);
    }
}

fn strip(url: &mut Url) {
    url.set_fragment(None);
    // They fail on addresses without a host, which were refused.
    let _has_host = url.set_username("");
    let _has_host = url.set_password(None);
}

fn decoded(text: &str) -> String {
    let escaped = text.replace('+', "%2B");
    let form = Form::parse(escaped.as_bytes());
    form.iter().map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hop(method: Method, url: &str) -> Hop {
        let (url, _, _) = read_url(url).unwrap();
        let params = [("CallSid", "CA1"), ("Digits", "1 2")]
            .into_iter()
            .collect();
        Hop {
            url,
            method,
            params,
        }
    }

    #[test]
    fn a_get_carries_its_parameters_behind_an_existing_query() {
        let target = |url| hop(Method::GET, url).target().to_string();

        assert_eq!(
            target("http://a.test/v"),
            "http://a.test/v?CallSid=CA1&Digits=1+2"
        );
        assert_eq!(
            target("http://a.test/v?x=%20y#rc=2"),
            "http://a.test/v?x=%20y&CallSid=CA1&Digits=1+2"
        );
    }

    #[test]
    fn what_is_signed_has_no_port_over_https_only() {
        let stamp = Stamp {
            auth_token: "12345",
            idempotency: "t",
        };
        let signature = |url| {
            let request = hop(Method::POST, url).request(Some(stamp), None, None);
            request.headers()[twilio::headers::SIGNATURE].clone()
        };

        let plain = signature("https://a.test/v");

        assert_eq!(signature("https://user:pw@a.test:8443/v#rc=1"), plain);
        assert_ne!(
            signature("http://a.test:8080/v"),
            signature("http://a.test/v")
        );
    }

    #[test]
    fn only_a_repeating_redirect_keeps_what_was_asked() {
        let first = hop(Method::POST, "http://a.test/ivr/welcome");

        let kept = first.onward(307, b"menu?again=1").unwrap();
        let plain = first.onward(302, b"/elsewhere#top").unwrap();

        assert_eq!(kept.url.as_str(), "http://a.test/ivr/menu?again=1");
        assert_eq!((kept.method, kept.params.len()), (Method::POST, 2));
        assert_eq!(plain.url.as_str(), "http://a.test/elsewhere");
        assert_eq!((plain.method, plain.params.len()), (Method::GET, 0));
        assert_eq!(
            first.onward(301, b"mailto:x@a.test").unwrap_err(),
            Trouble::VIOLATION
        );
    }

    #[test]
    fn addresses_that_cannot_be_asked_are_refused() {
        for url in [
            "",
            "/voice",
            "ftp://a.test/",
            "http://under_score.test/",
            "mailto:a@b.test",
        ] {
            assert_eq!(read_url(url).unwrap_err(), Trouble::BAD_URL, "{url}");
        }
    }
}
