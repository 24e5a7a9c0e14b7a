//! Fields of a form, each refused in words that say what it expects.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use desk::FieldError;
use exchange::PhoneNumber;

use crate::roster::phone;

/// The most characters of a name.
const LONGEST: usize = 120;

/// What was wrong with a form, so far.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<FieldError>);

impl Fields {
    pub(super) fn refuse(&mut self, field: &str, words: impl Into<String>) {
        self.0.push(FieldError::new(field, words));
    }

    pub(super) const fn are_fine(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_errors(self) -> Vec<FieldError> {
        self.0
    }

    /// One line of text.
    pub(super) fn text(&mut self, field: &str, text: &str) -> String {
        let text = text.trim();
        if text.chars().count() > LONGEST || text.contains(char::is_control) {
            let words = format!("It takes one line of at most {LONGEST} characters.");
            self.refuse(field, words);
        }
        text.to_owned()
    }

    /// A telephone number; nothing where the field is empty or refused.
    pub(super) fn number(&mut self, field: &str, text: &str) -> Option<PhoneNumber> {
        if text.trim().is_empty() {
            return None;
        }
        match phone::read(text) {
            Ok(number) => Some(number),
            Err(reason) => {
                self.refuse(field, sentence(&reason));
                None
            }
        }
    }

    /// A whole number within bounds.
    pub(super) fn within<T>(
        &mut self,
        field: &str,
        text: &str,
        bounds: RangeInclusive<T>,
        unit: &str,
    ) -> Option<T>
    where
        T: FromStr + PartialOrd + Display + Copy,
    {
        let number = text.trim().parse().ok();
        let number = number.filter(|number| bounds.contains(number));
        if number.is_none() {
            let (least, most) = (bounds.start(), bounds.end());
            let words = format!("It takes a whole number of {unit}, {least} to {most}.");
            self.refuse(field, words);
        }
        number
    }

    /// The same, where nothing may be said.
    pub(super) fn within_or_none(
        &mut self,
        field: &str,
        text: &str,
        bounds: RangeInclusive<u32>,
        unit: &str,
    ) -> Option<u32> {
        if text.trim().is_empty() {
            return None;
        }
        self.within(field, text, bounds, unit)
    }
}

/// A reason as a sentence.
pub(super) fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    letters.next().map_or_else(String::new, |first| {
        let first: String = first.to_uppercase().collect();
        format!("{first}{}.", letters.as_str().trim_end_matches('.'))
    })
}
