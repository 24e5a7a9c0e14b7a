//! What values of attributes must be like beyond their type, each rule over the text as it stands.

use std::ops::RangeInclusive;

/// The keys of a telephone.
const KEYS: &str = "0123456789*#";

/// Anything goes.
pub(crate) fn anything(_: &str) -> bool {
    true
}

/// A whole number in the range.
pub(crate) fn within(range: RangeInclusive<u64>) -> impl Fn(&str) -> bool {
    move |text| {
        let number = text.trim().parse();
        number.is_ok_and(|number| range.contains(&number))
    }
}

/// A whole number that is not too small; one that no type holds counts as large.
pub(crate) fn at_least(least: u64) -> impl Fn(&str) -> bool {
    move |text| text.trim().parse().unwrap_or(u64::MAX) >= least
}

/// `auto`, or seconds.
pub(crate) fn auto_or_seconds(text: &str) -> bool {
    text == "auto" || at_least(1)(text)
}

/// Keys, in any number.
pub(crate) fn keys(text: &str) -> bool {
    text.chars().all(|c| KEYS.contains(c))
}

/// One key, or none.
pub(crate) fn key_or_none(text: &str) -> bool {
    text.len() <= 1 && keys(text)
}

/// Keys to send and waits (A.3.7).
pub(crate) fn sent_digits(text: &str) -> bool {
    text.chars().all(|c| KEYS.contains(c) || "wW".contains(c))
}

/// Tones to play and waits (A.3.2).
pub(crate) fn played_digits(text: &str) -> bool {
    let tone = |c| KEYS.contains(c) || "ABCDwW".contains(c);
    !text.is_empty() && text.chars().all(tone)
}

/// A relative reference, or an absolute URL that can be requested.
pub(crate) fn url(text: &str) -> bool {
    let text = text.trim();
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return false;
    }
    match text.split_once("://") {
        Some((scheme, _)) if scheme.contains(['/', '?', '#']) => true,
        Some((scheme, host)) => {
            let requested =
                scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
            requested && !host.is_empty()
        }
        None => true,
    }
}

/// At most so many characters.
pub(crate) fn at_most(characters: usize) -> impl Fn(&str) -> bool {
    move |text| text.len() <= characters || text.chars().count() <= characters
}

/// Something.
pub(crate) fn given(text: &str) -> bool {
    !text.trim().is_empty()
}

/// The shape of a language's name (BCP 47); which languages there are changes with Twilio.
pub(crate) fn language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// A basic voice, or the shape `Maker.Name`; which voices there are changes with Twilio.
pub(crate) fn voice(text: &str) -> bool {
    let makers = text.split_once('.');
    matches!(text, "man" | "woman" | "alice")
        || makers.is_some_and(|(maker, name)| {
            !maker.is_empty() && !name.is_empty() && !text.contains(char::is_whitespace)
        })
}

/// Hints: at most 500 of at most 100 characters, between commas (A.3.4).
pub(crate) fn hints(text: &str) -> bool {
    text.split(',').count() <= 500 && text.split(',').all(|hint| at_most(100)(hint.trim()))
}

/// The SID of a kind of thing: two letters and 32 hexadecimal digits.
pub(crate) fn sid(kind: &'static str) -> impl Fn(&str) -> bool {
    move |text| {
        text.strip_prefix(kind)
            .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
    }
}

/// A participant's label: at most 128 characters, no `/`, not like the SID of a call (16023).
pub(crate) fn label(text: &str) -> bool {
    given(text) && at_most(128)(text) && !text.contains('/') && !sid("CA")(text)
}

/// A telephone number, as people write them.
pub(crate) fn telephone(text: &str) -> bool {
    let written = |c: char| c.is_ascii_digit() || " -().".contains(c);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (1..=20).contains(&digits) && text.strip_prefix('+').unwrap_or(text).chars().all(written)
}

/// A SIP URI of at most 255 characters before its headers (A.3.11).
pub(crate) fn sip_uri(text: &str) -> bool {
    let (address, _headers) = text.split_once('?').unwrap_or((text, ""));
    let rest = ["sip:", "sips:"].iter().find_map(|scheme| {
        let (start, rest) = address.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    rest.is_some_and(|rest| !rest.is_empty() && !address.contains(char::is_whitespace))
        && at_most(255)(address)
}

/// The name of a SIP header.
pub(crate) fn header_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
