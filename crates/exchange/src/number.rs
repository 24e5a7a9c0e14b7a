//! Telephone numbers that can be dialled from anywhere.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A number in the international form of E.164: a plus sign and 8 to 15 digits.
///
/// Eight digits at least keep every emergency and short number out by construction.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

/// A text that is no number in international form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no telephone number: it takes a plus sign, the country code and the number, 8 to 15 digits in all"
)]
pub struct BadNumber(pub String);

impl PhoneNumber {
    /// Takes a number such as `+12022246665`; white space, hyphens, dots and brackets between the
    /// digits are dropped.
    ///
    /// # Errors
    /// [`BadNumber`] for anything else.
    pub fn parse(text: &str) -> Result<Self, BadNumber> {
        let bad = || BadNumber(text.to_owned());
        let digits = text.trim().strip_prefix('+').ok_or_else(bad)?;
        let digits: String = digits
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}'))
            .collect();
        let fits = (8..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        if fits {
            Ok(Self(format!("+{digits}")))
        } else {
            Err(bad())
        }
    }

    /// The number as it is dialled: `+12022246665`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits without the plus sign.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }

    /// The three digits of the area code, for numbers of the North American plan.
    #[must_use]
    pub fn area_code(&self) -> Option<&str> {
        self.north_american().map(|national| &national[..3])
    }

    /// The ten national digits, for numbers of the North American plan.
    #[must_use]
    pub fn north_american(&self) -> Option<&str> {
        self.digits()
            .strip_prefix('1')
            .filter(|national| national.len() == 10)
    }

    /// The number as people read it: `+1 (202) 224-6665`, elsewhere in groups of three.
    #[must_use]
    pub fn formatted(&self) -> String {
        if let Some(n) = self.north_american() {
            return format!("+1 ({}) {}-{}", &n[..3], &n[3..6], &n[6..]);
        }
        let mut text = String::from("+");
        for (i, digit) in self.digits().chars().enumerate() {
            if i > 1 && (i - 2) % 3 == 0 {
                text.push(' ');
            }
            text.push(digit);
        }
        text
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = BadNumber;
    fn try_from(text: String) -> Result<Self, BadNumber> {
        Self::parse(&text)
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for text in ["+12022246665", " +1 (202) 224-6665 ", "+1.202.224.6665"] {
            assert_eq!(
                PhoneNumber::parse(text).unwrap().as_str(),
                "+12022246665",
                "{text}"
            );
        }
    }

    #[test]
    fn short_numbers_and_words_are_no_numbers() {
        for text in [
            "",
            "911",
            "+911",
            "+1",
            "2022246665",
            "+1202224666x",
            "+0123456789",
            "+1234567890123456",
        ] {
            assert!(PhoneNumber::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_are_shown_in_groups() {
        assert_eq!(
            PhoneNumber::parse("+12022246665").unwrap().formatted(),
            "+1 (202) 224-6665"
        );
        assert_eq!(
            PhoneNumber::parse("+442071838750").unwrap().formatted(),
            "+44 207 183 875 0"
        );
    }
}
