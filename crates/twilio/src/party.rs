//! Who is on a leg: a number, a browser, a SIP address, or somebody who withholds the number (reference B.2).

use std::fmt;

/// One end of a call as `From` and `To` name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// A telephone number.
    Number(E164),
    /// A browser or app: its identity, without `client:`.
    Client(String),
    /// A SIP address, whole, as sent.
    Sip(String),
    /// Somebody whose number is not told.
    Withheld(Withheld),
    /// Anything else, as sent.
    Other(String),
}

/// The word with which a caller's number is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Withheld {
    /// The caller asked for it.
    Anonymous,
    /// The caller's line is set so.
    Restricted,
    /// The caller's number is blocked from being shown.
    Blocked,
    /// The carrier does not know the number, or sent nothing.
    Unknown,
    /// The carrier has no number to show.
    Unavailable,
}

/// A number in international form: `+`, no leading zero, 8 to 15 digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct E164(String);

impl Party {
    /// Reads the calling side. Nothing at all counts as unknown.
    ///
    /// The words for a withheld number are taken in any case, bare, or as the keys under which they lie on a keypad.
    /// A plus that was sent unescaped and so became a space is put back; a plus that is missing is added to ten or
    /// eleven digits that make a North American number.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let bare = text.trim().trim_start_matches('+');
        if let Some(withheld) = Withheld::parse(bare) {
            return Self::Withheld(withheld);
        }
        if let Some(number) = E164::restore(text) {
            return Self::Number(number);
        }
        let text = text.trim();
        match text.split_once(':') {
            Some((scheme, id)) if scheme.eq_ignore_ascii_case("client") && !id.is_empty() => {
                Self::Client(id.to_owned())
            }
            Some((scheme, uri))
                if scheme.eq_ignore_ascii_case("sip") || scheme.eq_ignore_ascii_case("sips") =>
            {
                if is_anonymous_sip(uri) {
                    Self::Withheld(Withheld::Anonymous)
                } else {
                    Self::Sip(text.to_owned())
                }
            }
            Some(_) | None => Self::Other(text.to_owned()),
        }
    }

    /// Reads the called side, where nothing at all means that nobody was named: a call from a browser names its
    /// target only when the app says so. That is [`Party::Other`] with an empty text.
    #[must_use]
    pub fn parse_called(text: &str) -> Self {
        if text.trim().is_empty() {
            Self::Other(String::new())
        } else {
            Self::parse(text)
        }
    }

    /// The number, if this is one.
    #[must_use]
    pub fn number(&self) -> Option<&E164> {
        match self {
            Self::Number(number) => Some(number),
            Self::Client(_) | Self::Sip(_) | Self::Withheld(_) | Self::Other(_) => None,
        }
    }
}

impl fmt::Display for Party {
    /// Writes the party as TwiML and the REST interface take it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => f.write_str(number.as_str()),
            Self::Client(identity) => write!(f, "client:{identity}"),
            Self::Sip(text) | Self::Other(text) => f.write_str(text),
            Self::Withheld(withheld) => f.write_str(withheld.word()),
        }
    }
}

impl Withheld {
    /// The word, in lower case.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Restricted => "restricted",
            Self::Blocked => "blocked",
            Self::Unknown => "unknown",
            Self::Unavailable => "unavailable",
        }
    }

    fn parse(bare: &str) -> Option<Self> {
        let keys = match bare {
            "266696687" => Some(Self::Anonymous),
            "7378742833" => Some(Self::Restricted),
            "2562533" => Some(Self::Blocked),
            "8656696" => Some(Self::Unknown),
            "86282452253" => Some(Self::Unavailable),
            "" => Some(Self::Unknown),
            _ => None,
        };
        let words = [
            Self::Anonymous,
            Self::Restricted,
            Self::Blocked,
            Self::Unknown,
            Self::Unavailable,
        ];
        keys.or_else(|| {
            words
                .into_iter()
                .find(|withheld| bare.eq_ignore_ascii_case(withheld.word()))
        })
    }
}

impl E164 {
    /// Reads a number in international form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?;
        let fits = (8..=15).contains(&digits.len()) && !digits.starts_with('0');
        (fits && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| Self(text.to_owned()))
    }

    /// The number with its `+`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn restore(text: &str) -> Option<Self> {
        let trimmed = text.trim();
        if trimmed.starts_with('+') {
            Self::parse(trimmed)
        } else if text.starts_with(' ') {
            Self::parse(&format!("+{trimmed}"))
        } else {
            let local = trimmed
                .strip_prefix('1')
                .filter(|rest| rest.len() == 10)
                .unwrap_or(trimmed);
            is_north_american(local)
                .then(|| format!("+1{local}"))
                .and_then(|number| Self::parse(&number))
        }
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_north_american(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 10
        && bytes.iter().all(u8::is_ascii_digit)
        && [bytes[0], bytes[3]]
            .iter()
            .all(|first| (b'2'..=b'9').contains(first))
}

/// RFC 3323 names a caller who hides `anonymous@anonymous.invalid`.
fn is_anonymous_sip(uri: &str) -> bool {
    let address = uri.split([';', '?', '>']).next().unwrap_or(uri);
    address.eq_ignore_ascii_case("anonymous@anonymous.invalid")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_in_every_spelling() {
        let cases = [
            ("+12025550100", "+12025550100"),
            (" 12025550100", "+12025550100"),
            ("12025550100", "+12025550100"),
            ("2025550100", "+12025550100"),
            ("+12025550100 ", "+12025550100"),
            ("+819012345678", "+819012345678"),
            (" 819012345678", "+819012345678"),
            (" 4155550100", "+4155550100"),
            ("+4930123456789", "+4930123456789"),
            ("+12345678", "+12345678"),
            ("+123456789012345", "+123456789012345"),
            ("+17378742833", "+17378742833"),
        ];

        for (sent, number) in cases {
            assert_eq!(
                Party::parse(sent).number().map(E164::as_str),
                Some(number),
                "{sent:?}"
            );
        }
    }

    #[test]
    fn a_withheld_number_is_known_in_every_spelling() {
        let table = [
            (Withheld::Anonymous, "266696687"),
            (Withheld::Restricted, "7378742833"),
            (Withheld::Blocked, "2562533"),
            (Withheld::Unknown, "8656696"),
            (Withheld::Unavailable, "86282452253"),
        ];

        for (withheld, keys) in table {
            let word = withheld.word();
            let capitals = word.to_ascii_uppercase();
            let titled = format!("{}{}", &capitals[..1], &word[1..]);
            let spellings = [
                word.to_owned(),
                capitals,
                titled,
                format!(" {word} "),
                format!("+{keys}"),
                format!(" {keys}"),
                keys.to_owned(),
            ];
            for spelling in spellings {
                assert_eq!(
                    Party::parse(&spelling),
                    Party::Withheld(withheld),
                    "{spelling:?}"
                );
            }
        }
        assert_eq!(
            Party::parse("sip:anonymous@anonymous.invalid;x=1"),
            Party::Withheld(Withheld::Anonymous)
        );
    }

    #[test]
    fn a_caller_of_whom_nothing_is_sent_is_unknown() {
        for sent in ["", " ", "+"] {
            assert_eq!(
                Party::parse(sent),
                Party::Withheld(Withheld::Unknown),
                "{sent:?}"
            );
        }
    }

    #[test]
    fn a_called_side_may_be_nobody() {
        assert_eq!(Party::parse_called(""), Party::Other(String::new()));
        assert_eq!(
            Party::parse_called("+12025550100").to_string(),
            "+12025550100"
        );
    }

    #[test]
    fn browsers_and_sip_addresses_are_told_apart() {
        assert_eq!(
            Party::parse("client:ada_l"),
            Party::Client("ada_l".to_owned())
        );
        assert_eq!(
            Party::parse("Client:Anonymous"),
            Party::Client("Anonymous".to_owned())
        );
        assert_eq!(
            Party::parse("sip:bo@example.org:5061"),
            Party::Sip("sip:bo@example.org:5061".to_owned())
        );
        assert_eq!(
            Party::parse("SIPS:bo@example.org"),
            Party::Sip("SIPS:bo@example.org".to_owned())
        );
    }

    #[test]
    fn what_is_none_of_these_is_kept_as_sent() {
        let texts = [
            "911",
            "+911",
            "+02025550100",
            "1234567890",
            "+1234567890123456",
            "client:",
            "whatsapp:+12025550100",
            "+1202555O100",
            "٢٠٢٥٥٥٠١٠٠",
        ];

        for text in texts {
            assert_eq!(Party::parse(text), Party::Other(text.to_owned()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_some_party(text in ".{0,24}") {
            let party = Party::parse(&text);

            prop_assert_eq!(Party::parse(&party.to_string()), party);
        }

        #[test]
        fn every_number_in_international_form_is_one(digits in "[1-9][0-9]{7,14}") {
            prop_assume!(Withheld::parse(&digits).is_none());

            let number = format!("+{digits}");

            prop_assert_eq!(Party::parse(&number).to_string(), number);
        }
    }
}
