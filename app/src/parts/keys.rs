//! The keys of a telephone, and which of the computer's stand for them.

/// The keys in their rows, each with its letters.
pub(crate) const KEYS: [(char, &str); 12] = [
    ('1', ""),
    ('2', "ABC"),
    ('3', "DEF"),
    ('4', "GHI"),
    ('5', "JKL"),
    ('6', "MNO"),
    ('7', "PQRS"),
    ('8', "TUV"),
    ('9', "WXYZ"),
    ('*', ""),
    ('0', ""),
    ('#', ""),
];

/// The telephone's key that the computer's key stands for.
pub(crate) fn typed(key: &str) -> Option<char> {
    let mut characters = key.chars();
    let first = characters.next().filter(|_| characters.next().is_none())?;
    desk::key_of(first)
}

/// The name of a key that is no digit, for those who hear it.
pub(crate) fn named(key: char) -> Option<&'static str> {
    match key {
        '*' => Some("Star"),
        '#' => Some("Hash"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_that_a_telephone_has_are_pressed() {
        for (key, pressed) in [
            ("5", Some('5')),
            ("#", Some('#')),
            ("*", Some('*')),
            ("Enter", None),
            ("F1", None),
            ("a", None),
            ("", None),
        ] {
            assert_eq!(typed(key), pressed, "{key}");
        }
    }
}
