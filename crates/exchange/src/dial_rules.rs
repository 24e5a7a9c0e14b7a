//! What may be dialled for a caller.

use serde::{Deserialize, Serialize};

use crate::PhoneNumber;

/// What a line may dial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialRules {
    /// Beginnings of numbers that are allowed, such as `+1` or `+4420`.
    pub allowed: Vec<String>,
    /// How long a dialled party rings, in seconds, 5 to 600 (reference A.3.6).
    pub ring_seconds: u16,
}

impl Default for DialRules {
    fn default() -> Self {
        Self {
            allowed: vec!["+1".to_owned()],
            ring_seconds: 25,
        }
    }
}

/// A text that is no beginning of numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no beginning of numbers: it takes a plus sign and the first digits, like +1 or +4420"
)]
pub struct BadPrefix(pub String);

/// Why a number is not dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum DialRefusal {
    /// An emergency number: the caller's own telephone must dial it.
    #[error("emergency and service numbers are never dialled for a caller")]
    Emergency,
    /// A number that costs more than a call.
    #[error("premium numbers are never dialled for a caller")]
    Premium,
    /// A country or prefix that the line does not allow.
    #[error("the line's dial rules do not allow that country or prefix")]
    NotAllowed,
}

/// Beginnings of numbers that cost more than a call, by country code. North America: 900 and the
/// 976 exchange, handled by their place in the number; elsewhere the ranges that national plans
/// set aside for premium services.
const PREMIUM: [&str; 21] = [
    "+979", "+449", "+4487", "+4470", "+34807", "+34905", "+39892", "+39894", "+39895", "+3389",
    "+49900", "+49137", "+43900", "+43930", "+41900", "+41901", "+34803", "+34806", "+39899",
    "+81990", "+61190",
];

/// Area codes of the North American plan outside the United States and Canada. They look like
/// domestic numbers and are not: a line must allow each by name.
const ABROAD: [&str; 21] = [
    "242", "246", "264", "268", "284", "345", "441", "473", "649", "658", "664", "721", "758",
    "767", "784", "809", "829", "849", "868", "869", "876",
];

/// Area codes that belong to no place, whose calls can cost anything: personal numbers (5XX that
/// repeats or counts on, and 700). A line must allow each by name.
const PLACELESS: [&str; 17] = [
    "500", "521", "522", "523", "524", "525", "526", "527", "528", "529", "533", "544", "566",
    "577", "588", "700", "710",
];

impl DialRules {
    /// How long a dialled party may ring, in seconds (reference A.3.6).
    pub const RING_SECONDS: std::ops::RangeInclusive<u16> = 5..=600;

    /// Reads a beginning of numbers.
    ///
    /// # Errors
    /// [`BadPrefix`].
    pub fn prefix(text: &str) -> Result<String, BadPrefix> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let fits = digits.strip_prefix('+').is_some_and(|digits| {
            (1..=14).contains(&digits.len())
                && digits.bytes().all(|b| b.is_ascii_digit())
                && !digits.starts_with('0')
        });
        if fits {
            Ok(digits)
        } else {
            Err(BadPrefix(text.to_owned()))
        }
    }

    /// The area codes of the North American plan that are allowed by name, and the other beginnings.
    #[must_use]
    pub fn by_kind(&self) -> (Vec<&str>, Vec<&str>) {
        let area_code = |prefix: &'_ &str| prefix.len() == 5 && prefix.starts_with("+1");
        let all = self.allowed.iter().map(String::as_str);
        let (codes, others): (Vec<&str>, Vec<&str>) = all.partition(area_code);
        (codes.into_iter().map(|code| &code[2..]).collect(), others)
    }

    /// Whether the line dials this number for a caller.
    ///
    /// # Errors
    /// Says why it does not.
    pub fn check(&self, number: &PhoneNumber) -> Result<(), DialRefusal> {
        let digits = number.as_str();
        if let Some(national) = number.north_american() {
            let (area, exchange) = (&national[..3], &national[3..6]);
            if area.ends_with("11") || exchange.ends_with("11") {
                return Err(DialRefusal::Emergency);
            }
            if area == "900" || exchange == "976" {
                return Err(DialRefusal::Premium);
            }
            let is_named = self
                .allowed
                .iter()
                .any(|prefix| prefix.len() >= 5 && digits.starts_with(prefix));
            if (ABROAD.contains(&area) || PLACELESS.contains(&area)) && !is_named {
                return Err(DialRefusal::NotAllowed);
            }
        } else if digits.starts_with("+1") {
            // A North American country code on a number that is too short or too long for the plan.
            return Err(DialRefusal::NotAllowed);
        }
        if PREMIUM.iter().any(|prefix| digits.starts_with(prefix)) {
            return Err(DialRefusal::Premium);
        }
        if self
            .allowed
            .iter()
            .any(|prefix| digits.starts_with(prefix.as_str()))
        {
            Ok(())
        } else {
            Err(DialRefusal::NotAllowed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_of_numbers_is_a_plus_sign_and_digits() {
        for (text, prefix) in [("+1", "+1"), ("+44 20", "+4420"), ("+1-876", "+1876")] {
            assert_eq!(DialRules::prefix(text).unwrap(), prefix);
        }
        for text in ["", "1", "+", "+0", "+1x", "++1", "+123456789012345"] {
            assert!(DialRules::prefix(text).is_err(), "{text}");
        }
    }

    #[test]
    fn area_codes_that_are_allowed_by_name_stand_apart() {
        let rules = DialRules {
            allowed: vec!["+1".into(), "+1876".into(), "+4420".into()],
            ring_seconds: 25,
        };

        assert_eq!(rules.by_kind(), (vec!["876"], vec!["+1", "+4420"]));
    }

    #[test]
    fn only_allowed_ordinary_numbers_are_dialled() {
        let home = DialRules::default();
        let cases = [
            ("+12022246665", Ok(())),
            ("+19115550123", Err(DialRefusal::Emergency)),
            ("+12029115555", Err(DialRefusal::Emergency)),
            ("+19005550123", Err(DialRefusal::Premium)),
            ("+12029765555", Err(DialRefusal::Premium)),
            ("+18765550123", Err(DialRefusal::NotAllowed)),
            ("+120222466651", Err(DialRefusal::NotAllowed)),
            ("+442071838750", Err(DialRefusal::NotAllowed)),
            ("+449098790000", Err(DialRefusal::Premium)),
            ("+15005550006", Err(DialRefusal::NotAllowed)),
            ("+97912345678", Err(DialRefusal::Premium)),
        ];
        for (number, verdict) in cases {
            assert_eq!(
                home.check(&PhoneNumber::parse(number).unwrap()),
                verdict,
                "{number}"
            );
        }
    }

    #[test]
    fn an_ordinary_mobile_abroad_is_dialled_where_its_country_is_allowed() {
        let rules = DialRules {
            allowed: vec!["+44".into()],
            ring_seconds: 25,
        };

        assert_eq!(
            rules.check(&PhoneNumber::parse("+447911123456").unwrap()),
            Ok(())
        );
        assert_eq!(
            rules.check(&PhoneNumber::parse("+447012345678").unwrap()),
            Err(DialRefusal::Premium)
        );
    }

    #[test]
    fn a_line_may_allow_more_by_prefix() {
        let rules = DialRules {
            allowed: vec!["+1876".into(), "+44".into()],
            ring_seconds: 25,
        };
        assert_eq!(
            rules.check(&PhoneNumber::parse("+18765550123").unwrap()),
            Ok(())
        );
        assert_eq!(
            rules.check(&PhoneNumber::parse("+442071838750").unwrap()),
            Ok(())
        );
        assert_eq!(
            rules.check(&PhoneNumber::parse("+449098790000").unwrap()),
            Err(DialRefusal::Premium)
        );
        assert_eq!(
            rules.check(&PhoneNumber::parse("+12022246665").unwrap()),
            Err(DialRefusal::NotAllowed)
        );
    }
}
