//! What tells one media connection of a browser from another: two lines of its description.

/// The marks of a description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Print {
    /// Changes when the browser looks for a path anew.
    path: String,
    /// Stays as long as the browser's connection is the same.
    certificate: String,
    /// Whether it asks for an answer. What a browser answered with cannot be answered again.
    pub(super) is_offer: bool,
}

impl Print {
    pub(super) fn of(sdp: &str) -> Self {
        let line = |mark: &str| {
            let rest = sdp.lines().find_map(|line| line.strip_prefix(mark));
            rest.unwrap_or_default().trim().to_owned()
        };
        Self {
            path: line("a=ice-ufrag:"),
            certificate: line("a=fingerprint:"),
            is_offer: line("a=setup:") == "actpass",
        }
    }

    /// Whether both describe the same connection in the same state.
    pub(super) fn is_as(&self, other: &Self) -> bool {
        self.is_of(other) && self.path == other.path
    }

    /// Whether both describe the same connection, which may look for its path anew.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        !self.certificate.is_empty() && self.certificate == other.certificate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_search_for_a_path_is_of_the_same_connection_and_not_as_before() {
        let (before, after) = (Print::of(&sdp("x1", "AA")), Print::of(&sdp("x2", "AA")));

        assert!(after.is_of(&before));
        assert!(!after.is_as(&before));
    }

    #[test]
    fn another_connection_has_another_certificate() {
        let (one, other) = (Print::of(&sdp("x1", "AA")), Print::of(&sdp("x1", "BB")));

        assert!(!other.is_of(&one));
        assert!(!other.is_as(&one));
    }

    #[test]
    fn descriptions_that_say_nothing_are_of_no_connection() {
        assert!(!Print::of("").is_as(&Print::of("")));
    }

    #[test]
    fn an_offer_lets_the_other_side_choose_who_begins() {
        assert!(Print::of(&sdp("x1", "AA")).is_offer);
        assert!(!Print::of("v=0\r\na=setup:active\r\n").is_offer);
    }

    fn sdp(path: &str, certificate: &str) -> String {
        format!(
            "v=0\r\na=ice-ufrag:{path}\r\na=fingerprint:sha-256 {certificate}\r\na=setup:actpass\r\n"
        )
    }
}
