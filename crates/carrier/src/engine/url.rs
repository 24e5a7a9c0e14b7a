//! URLs as documents name them: relative ones are resolved as in RFC 3986 (reference A.1.3, X12).

/// Whether a text is a URL that the platform can ask: `http` or `https`, a host without underscores (X14).
pub(crate) fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return false;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    !host.is_empty()
        && !host.contains('_')
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// The absolute form of a reference found in a document; `None` where there is none.
pub(crate) fn resolve(base: Option<&str>, reference: &str) -> Option<String> {
    let reference = reference.trim();
    if has_scheme(reference) {
        return is_absolute(reference).then(|| reference.to_owned());
    }
    let base = base?;
    let whole = base.split('#').next().unwrap_or(base);
    let (scheme, rest) = whole.split_once("://")?;
    let authority_ends = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path_and_query) = rest.split_at(authority_ends);
    let path = path_and_query.split('?').next().unwrap_or_default();

    let resolved = if reference.is_empty() {
        base.to_owned()
    } else if let Some(other) = reference.strip_prefix("//") {
        format!("{scheme}://{other}")
    } else if reference.starts_with('/') {
        format!("{scheme}://{authority}{}", without_dots(reference))
    } else if reference.starts_with('?') {
        format!("{scheme}://{authority}{}{reference}", or_slash(path))
    } else if reference.starts_with('#') {
        format!("{whole}{reference}")
    } else {
        let folder = path.rfind('/').map_or("/", |last| &path[..=last]);
        let merged = format!("{folder}{reference}");
        format!("{scheme}://{authority}{}", without_dots(&merged))
    };
    is_absolute(&resolved).then_some(resolved)
}

/// Whether two URLs name the same place but for query and fragment.
pub(crate) fn same_place(one: &str, other: &str) -> bool {
    let place = |url: &str| url.split(['?', '#']).next().unwrap_or_default().to_owned();
    place(one) == place(other)
}

fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else {
        return false;
    };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn or_slash(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}

fn without_dots(path_and_more: &str) -> String {
    let end = path_and_more
        .find(['?', '#'])
        .unwrap_or(path_and_more.len());
    let (path, more) = path_and_more.split_at(end);
    let mut kept: Vec<&str> = Vec::new();
    let mut pieces = path.split('/').skip(1).peekable();
    while let Some(piece) = pieces.next() {
        let last = pieces.peek().is_none();
        match piece {
            "." if last => kept.push(""),
            "." => {}
            ".." => {
                kept.pop();
                if last {
                    kept.push("");
                }
            }
            name => kept.push(name),
        }
    }
    format!("/{}{more}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_urls_are_resolved_against_the_document() {
        let cases = [
            ("/x", "https://a.example/x"),
            ("x", "https://a.example/b/c/x"),
            ("../x", "https://a.example/b/x"),
            ("../../../x", "https://a.example/x"),
            ("./", "https://a.example/b/c/"),
            ("..", "https://a.example/b/"),
            ("?q=2", "https://a.example/b/c/d?q=2"),
            ("", "https://a.example/b/c/d?k=v"),
            ("//other.example/y", "https://other.example/y"),
            ("http://z.example:81/", "http://z.example:81/"),
            (" /x?u=../y#rc=2 ", "https://a.example/x?u=../y#rc=2"),
        ];

        for (reference, expected) in cases {
            assert_eq!(
                resolve(Some("https://a.example/b/c/d?k=v"), reference).as_deref(),
                Some(expected),
                "{reference:?}"
            );
        }
    }

    #[test]
    fn a_base_without_a_path_has_the_root() {
        let base = Some("http://a.example:8080");

        assert_eq!(
            resolve(base, "x").as_deref(),
            Some("http://a.example:8080/x")
        );
        assert_eq!(
            resolve(base, "?a=b").as_deref(),
            Some("http://a.example:8080/?a=b")
        );
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        for reference in [
            "mailto:a@b",
            "ftp://a.example/",
            "http://",
            "http://a_b.example/",
        ] {
            assert_eq!(
                resolve(Some("https://a.example/"), reference),
                None,
                "{reference}"
            );
        }
        assert_eq!(resolve(None, "/x"), None);
    }
}
