//! Form bodies and query strings: ordered pairs of decoded names and values (reference B.1).
//!
//! Bytes that are no UTF-8 become U+FFFD, each longest wrong sequence one of them, as the decoders of the official
//! helper libraries replace them. The signature is checked over the same decoded text that a handler reads, so that
//! nothing is read that was not signed.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the characters that a browser leaves alone in a form; the space is dealt with apart.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b' ');

/// The pairs of a form in the order in which they came: unknown and repeated names are kept.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Form {
    text: String,
    ends: Vec<PairEnds>,
}

/// Where the name and the value of a pair end in the text; each begins where the one before it ends.
#[derive(Clone, Copy, PartialEq, Eq)]
struct PairEnds {
    name: usize,
    value: usize,
}

impl PairEnds {
    /// Whether the ends lie between characters of the text and not within one.
    fn parts(self, text: &str) -> bool {
        text.is_char_boundary(self.name) && text.is_char_boundary(self.value)
    }
}

impl Form {
    /// An empty form.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a body or a query string (without its `?`). There are no errors: a piece without `=` is a name with an
    /// empty value, an empty piece is nothing, a broken escape stands for itself.
    #[must_use]
    pub fn parse(encoded: &[u8]) -> Self {
        let (decoded, ends) = decode(encoded);
        match String::from_utf8(decoded) {
            Ok(text) if ends.iter().all(|pair| pair.parts(&text)) => Self { text, ends },
            Ok(text) => Self::replacing_what_is_no_text(text.as_bytes(), &ends),
            Err(error) => Self::replacing_what_is_no_text(error.as_bytes(), &ends),
        }
    }

    /// Whether a `Content-Type` announces a form, whatever its parameters and its case.
    #[must_use]
    pub fn is_announced_by(content_type: Option<&str>) -> bool {
        content_type
            .and_then(|value| value.split(';').next())
            .is_some_and(|kind| {
                kind.trim()
                    .eq_ignore_ascii_case("application/x-www-form-urlencoded")
            })
    }

    /// The value of the first pair of this name; names are case-sensitive.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut start = 0;
        for ends in &self.ends {
            if self.text.as_bytes()[start..ends.name] == *name.as_bytes() {
                return Some(&self.text[ends.name..ends.value]);
            }
            start = ends.value;
        }
        None
    }

    /// All pairs, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|ends| ends.value));
        starts.zip(&self.ends).map(|(start, ends)| {
            (
                &self.text[start..ends.name],
                &self.text[ends.name..ends.value],
            )
        })
    }

    /// How many pairs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no pairs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn replacing_what_is_no_text(decoded: &[u8], ends: &[PairEnds]) -> Self {
        let mut form = Self::new();
        let mut start = 0;
        for pair in ends {
            let name = String::from_utf8_lossy(&decoded[start..pair.name]);
            form.push(
                &name,
                &String::from_utf8_lossy(&decoded[pair.name..pair.value]),
            );
            start = pair.value;
        }
        form
    }

    /// Adds a pair behind the others.
    pub fn push(&mut self, name: &str, value: &str) {
        self.text.push_str(name);
        let name_end = self.text.len();
        self.text.push_str(value);
        self.ends.push(PairEnds {
            name: name_end,
            value: self.text.len(),
        });
    }

    /// Writes the form as a body or a query string.
    #[must_use]
    pub fn write(&self) -> String {
        let mut written = String::with_capacity(self.text.len() * 2);
        for (index, (name, value)) in self.iter().enumerate() {
            if index > 0 {
                written.push('&');
            }
            encode_onto(&mut written, name);
            written.push('=');
            encode_onto(&mut written, value);
        }
        written
    }
}

impl<N: AsRef<str>, V: AsRef<str>> FromIterator<(N, V)> for Form {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut form = Self::new();
        for (name, value) in pairs {
            form.push(name.as_ref(), value.as_ref());
        }
        form
    }
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

fn decode(encoded: &[u8]) -> (Vec<u8>, Vec<PairEnds>) {
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut ends = Vec::with_capacity(32);
    let mut rest = encoded;
    while let Some(first) = rest.first() {
        if *first == b'&' {
            rest = &rest[1..];
            continue;
        }
        rest = decode_until(&mut decoded, rest, |byte| matches!(byte, b'=' | b'&'));
        let name = decoded.len();
        if let Some(value) = rest.strip_prefix(b"=") {
            rest = decode_until(&mut decoded, value, |byte| byte == b'&');
        }
        ends.push(PairEnds {
            name,
            value: decoded.len(),
        });
    }
    (decoded, ends)
}

/// Decodes up to the first byte that is an end, and leaves the rest from there on.
fn decode_until<'e>(
    decoded: &mut Vec<u8>,
    encoded: &'e [u8],
    is_end: impl Fn(u8) -> bool,
) -> &'e [u8] {
    let mut rest = encoded;
    loop {
        let plain = rest
            .iter()
            .position(|byte| matches!(byte, b'+' | b'%') || is_end(*byte))
            .unwrap_or(rest.len());
        decoded.extend_from_slice(&rest[..plain]);
        rest = &rest[plain..];
        let (byte, length) = match *rest {
            [b'+', ..] => (b' ', 1),
            [b'%', high, low, ..] => match (nibble(high), nibble(low)) {
                (Some(high), Some(low)) => (high << 4 | low, 3),
                (Some(_) | None, _) => (b'%', 1),
            },
            [b'%', ..] => (b'%', 1),
            [..] => return rest,
        };
        decoded.push(byte);
        rest = &rest[length..];
    }
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

fn encode_onto(written: &mut String, text: &str) {
    for piece in utf8_percent_encode(text, ESCAPED) {
        for (index, words) in piece.split(' ').enumerate() {
            if index > 0 {
                written.push('+');
            }
            written.push_str(words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_and_values_are_decoded_in_order() {
        let form = Form::parse(
            b"From=%2B12025550100&FromCity=SAN+FRANCISCO&Digits=1&Digits=2&msg=Gather%20End",
        );

        let pairs: Vec<_> = form.iter().collect();

        assert_eq!(
            pairs,
            [
                ("From", "+12025550100"),
                ("FromCity", "SAN FRANCISCO"),
                ("Digits", "1"),
                ("Digits", "2"),
                ("msg", "Gather End")
            ]
        );
        assert_eq!(form.get("Digits"), Some("1"));
        assert_eq!(form.get("digits"), None);
    }

    #[test]
    fn odd_bodies_are_read_without_complaint() {
        type Pairs = &'static [(&'static str, &'static str)];
        let cases: [(&[u8], Pairs); 10] = [
            (b"", &[]),
            (b"&&&", &[]),
            (b"a", &[("a", "")]),
            (b"=", &[("", "")]),
            (b"a=b=c", &[("a", "b=c")]),
            (b"a=%zz%4", &[("a", "%zz%4")]),
            (
                b"a=%ff%fe&b=\xc3",
                &[("a", "\u{fffd}\u{fffd}"), ("b", "\u{fffd}")],
            ),
            (b"%C3=%A9&b=%C3%A9", &[("\u{fffd}", "\u{fffd}"), ("b", "é")]),
            (b"+=%&a=%+%4g%%41", &[(" ", "%"), ("a", "% %4g%A")]),
            (b"a=%F0%9F%98x", &[("a", "\u{fffd}x")]),
        ];

        for (body, expected) in cases {
            assert_eq!(
                Form::parse(body).iter().collect::<Vec<_>>(),
                expected,
                "{body:?}"
            );
        }
    }

    #[test]
    fn a_form_is_known_by_its_content_type() {
        for kind in [
            "application/x-www-form-urlencoded",
            "Application/X-WWW-Form-URLEncoded ; charset=UTF-8",
        ] {
            assert!(Form::is_announced_by(Some(kind)), "{kind}");
        }
        for kind in [
            None,
            Some(""),
            Some("application/json"),
            Some("application/x-www-form-urlencoded-not"),
        ] {
            assert!(!Form::is_announced_by(kind), "{kind:?}");
        }
    }

    #[test]
    fn a_form_is_written_as_a_browser_would() {
        let form: Form = [("To", "+12025550100"), ("Name", "a b*-._~é"), ("Empty", "")]
            .into_iter()
            .collect();

        assert_eq!(
            form.write(),
            "To=%2B12025550100&Name=a+b*-._%7E%C3%A9&Empty="
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let form = Form::parse(&body);

            prop_assert_eq!(form.iter().count(), form.len());
        }

        #[test]
        fn what_is_written_is_read_again(pairs in proptest::collection::vec((".{0,8}", ".{0,12}"), 0..8)) {
            let form: Form = pairs.into_iter().collect();

            prop_assert_eq!(Form::parse(form.write().as_bytes()), form);
        }
    }
}
