//! A telephone number taken out of texts, in whichever form it stands there.

use crate::PhoneNumber;

/// How many characters people put between two digits at most.
const BETWEEN: usize = 3;

/// What stands in a number's place: zeros, as many as there were digits, so that whatever reads the text still can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    /// The country's digits, which may stand before the others or not.
    country: String,
    /// The digits that are looked for.
    digits: String,
    /// How many of them stay.
    kept: usize,
}

impl Mask {
    /// Keeps where a number is from: in North America its area code, elsewhere all but the last seven digits.
    #[must_use]
    pub fn of(number: &PhoneNumber) -> Self {
        let mask = Self::whole(number);
        Self {
            kept: mask.digits.len().saturating_sub(7),
            ..mask
        }
    }

    /// Keeps nothing but the country's first digits, which no number can do without.
    #[must_use]
    pub fn whole(number: &PhoneNumber) -> Self {
        let all = number.digits();
        let national = match number.north_american() {
            Some(national) => national.len(),
            None => (all.len() - 2).min(10),
        };
        let (country, digits) = all.split_at(all.len() - national);
        Self {
            country: country.to_owned(),
            digits: digits.to_owned(),
            kept: 0,
        }
    }

    /// The text with the number masked wherever it stands: alone, after its country's digits, and with blanks, brackets,
    /// dots or hyphens between its digits. Longer rows of digits are left as they are.
    #[must_use]
    pub fn over(&self, text: &str) -> String {
        let mut masked = text.as_bytes().to_vec();
        let mut from = 0;
        while from < masked.len() {
            match self.found(&masked, from) {
                Some(places) => {
                    for place in &places[self.kept..] {
                        masked[*place] = b'0';
                    }
                    from = places.last().map_or(from, |last| *last) + 1;
                }
                None => from += 1,
            }
        }
        // Only digits were changed, and to a digit.
        String::from_utf8(masked).unwrap_or_default()
    }

    /// Where the digits stand, if they begin here.
    fn found(&self, text: &[u8], from: usize) -> Option<Vec<usize>> {
        let mut places = Vec::with_capacity(self.digits.len());
        let mut at = from;
        for digit in self.digits.bytes() {
            if !places.is_empty() {
                let gap = text.get(at..)?;
                at += gap
                    .iter()
                    .take(BETWEEN)
                    .take_while(|byte| is_between(**byte))
                    .count();
            }
            (text.get(at) == Some(&digit)).then_some(())?;
            places.push(at);
            at += 1;
        }
        let ends = !text.get(at).is_some_and(u8::is_ascii_digit);
        (ends && self.begins(&text[..from])).then_some(places)
    }

    /// Whether what stands before the digits is no part of a longer row of digits: nothing, the last digits of the country
    /// that are in the same group, or the zero by which a number is dialled within its country.
    fn begins(&self, before: &[u8]) -> bool {
        let group = before.rsplit(|byte| !byte.is_ascii_digit()).next();
        let group = group.unwrap_or_default();
        group == b"0" || self.country.as_bytes().ends_with(group)
    }
}

const fn is_between(byte: u8) -> bool {
    matches!(byte, b' ' | b'(' | b')' | b'-' | b'.')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> PhoneNumber {
        PhoneNumber::parse(text).unwrap()
    }

    #[test]
    fn a_number_is_masked_in_every_form_it_is_written_in() {
        let mask = Mask::of(&number("+13125550123"));
        for (text, masked) in [
            ("+13125550123", "+13120000000"),
            ("\"From\",\"+13125550123\"", "\"From\",\"+13120000000\""),
            ("+1 (312) 555-0123 called", "+1 (312) 000-0000 called"),
            ("3 1 2 5 5 5 0 1 2 3", "3 1 2 0 0 0 0 0 0 0"),
            ("?From=%2B13125550123&x", "?From=%2B13120000000&x"),
            ("3125550123", "3120000000"),
            ("31255501234", "31255501234"),
            ("93125550123", "93125550123"),
            ("+13125550124", "+13125550124"),
        ] {
            assert_eq!(mask.over(text), masked);
        }
        let whole = Mask::whole(&number("+442079460123"));
        assert_eq!(
            whole.over("+442079460123, 02079460123"),
            "+440000000000, 00000000000"
        );
    }

    proptest! {
        #[test]
        fn nothing_is_left_of_a_number_and_what_is_left_is_one(text in "\\+[1-9][0-9]{7,14}") {
            let known = number(&text);
            for mask in [Mask::of(&known), Mask::whole(&known)] {
                for form in [known.to_string(), known.formatted(), format!("x {} y", known.digits())] {
                    let masked = mask.over(&form);
                    let digits: String = masked.chars().filter(char::is_ascii_digit).collect();
                    prop_assert_eq!(&digits, &mask.over(known.digits()));
                    prop_assert!(digits.ends_with("00000"), "{masked}");
                    prop_assert_eq!(masked.len(), form.len());
                }
                prop_assert!(PhoneNumber::parse(&mask.over(known.as_str())).is_ok());
            }
        }
    }
}
