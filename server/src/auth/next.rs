//! Where a person goes after signing in: only to a page of ours.

/// The path to go to: `asked` when it is a path of this server, else the home page.
pub(crate) fn local_path(asked: &str) -> &str {
    let begins_well = asked.starts_with('/') && !asked.starts_with("//");
    let is_plain = !asked.contains('\\') && asked.bytes().all(|byte| (0x21..0x7f).contains(&byte));
    if begins_well && is_plain { asked } else { "/" }
}

/// The sign-in page that leads on to `path`.
pub(crate) fn login_for(path: &str) -> String {
    if path == "/" {
        return "/login".to_owned();
    }
    let next = percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC);
    format!("/login?next={next}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_followed() {
        for (asked, goes_to) in [
            ("/calls?page=2", "/calls?page=2"),
            ("", "/"),
            ("calls", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("https://evil.example", "/"),
            ("/calls\r\nset-cookie: a=b", "/"),
            ("/käse", "/"),
        ] {
            assert_eq!(local_path(asked), goes_to, "{asked:?}");
        }
    }

    #[test]
    fn a_query_survives_the_way_through_the_sign_in_page() {
        assert_eq!(
            login_for("/calls?a=b&c=d"),
            "/login?next=%2Fcalls%3Fa%3Db%26c%3Dd"
        );
        assert_eq!(login_for("/"), "/login");
    }
}
