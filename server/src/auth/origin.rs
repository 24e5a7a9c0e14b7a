//! Requests that change something must come from our own pages.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::config::Web;
use crate::state::AppState;
use crate::token;

/// Refuses with 403 what another site's page makes a browser send. What only reads passes.
///
/// `Sec-Fetch-Site` decides where the browser sends it, else `Origin`. A request with neither comes from no browser
/// of the last years, and carries a session only if its sender holds one. Webhooks are signed and do not come here.
pub async fn same_origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if is_ours(request.method(), request.headers(), &state.config.web) {
        return next.run(request).await;
    }
    tracing::warn!("refused a request that another site made the browser send");
    let words = "This request came from another site.";
    if token::is_json(request.uri().path()) {
        return token::refuse(StatusCode::FORBIDDEN, words);
    }
    (StatusCode::FORBIDDEN, format!("{words}\n")).into_response()
}

fn is_ours(method: &Method, headers: &HeaderMap, web: &Web) -> bool {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(method) {
        return true;
    }
    let text = |name| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or("null"))
    };
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = text(header::ORIGIN) else {
        return true;
    };
    let host = origin.split_once("://").map(|(_, host)| host);
    let is_host = host.is_some() && host == text(header::HOST);
    is_host || web.public().iter().any(|url| url.origin() == origin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Vars;

    #[test]
    fn only_our_own_pages_may_change_something() {
        let cases: &[(&[(&str, &str)], bool)] = &[
            (&[], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://desk.example.org"),
                ],
                false,
            ),
            (&[("origin", "https://desk.example.org")], true),
            (&[("origin", "http://desk.example.org")], false),
            (&[("origin", "https://evil.example")], false),
            (&[("origin", "null")], false),
            (
                &[
                    ("origin", "http://agent1.localhost:8080"),
                    ("host", "agent1.localhost:8080"),
                ],
                true,
            ),
            (
                &[
                    ("origin", "http://agent2.localhost:8080"),
                    ("host", "agent1.localhost:8080"),
                ],
                false,
            ),
            (
                &[
                    ("origin", "https://evil.example"),
                    ("host", "desk.example.org"),
                ],
                false,
            ),
            (
                &[
                    ("origin", "http://localhost:8080"),
                    ("host", "localhost:8080"),
                ],
                true,
            ),
        ];
        let web = Web::from_vars(&Vars::from_iter([(
            "PUBLIC_URL",
            "https://desk.example.org/calls",
        )]))
        .unwrap();

        for (headers, ours) in cases {
            let headers: HeaderMap = headers
                .iter()
                .map(|(name, value)| {
                    (
                        name.parse::<header::HeaderName>().unwrap(),
                        value.parse().unwrap(),
                    )
                })
                .collect();

            assert_eq!(is_ours(&Method::POST, &headers, &web), *ours, "{headers:?}");
            assert!(is_ours(&Method::GET, &headers, &web));
        }
    }
}
