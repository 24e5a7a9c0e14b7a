//! What the forms of the pretend telephones send, and what it means.

use exchange::PhoneNumber;
use serde::{Deserialize, Serialize};

use super::Habit;
use crate::error::FieldError;

/// The longest name or city, in characters.
const LONGEST_NAME: usize = 60;
/// The longest that a habit waits, in seconds.
const LONGEST_WAIT: u32 = 3_600;

/// A call to be placed, as the form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceCallForm {
    /// The line's id.
    pub line: String,
    /// The caller's number.
    pub from: String,
    /// Not empty when the caller withholds the number.
    pub withheld: String,
    /// The caller's name.
    pub name: String,
    /// The state or province that the carrier reports.
    pub state: String,
    /// The postal code that the carrier reports.
    pub zip: String,
    /// The city that the carrier reports.
    pub city: String,
    /// The country that the carrier reports, two letters.
    pub country: String,
}

/// A [`PlaceCallForm`] whose fields make sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCall {
    /// The line's id; whether there is such a line is not known here.
    pub line: String,
    /// The caller's number; none when it is withheld.
    pub from: Option<PhoneNumber>,
    /// The caller's name; may be empty.
    pub name: String,
    /// State or province; may be empty.
    pub state: String,
    /// Postal code; may be empty.
    pub zip: String,
    /// City; may be empty.
    pub city: String,
    /// Country, two capital letters; may be empty.
    pub country: String,
}

impl PlaceCallForm {
    /// What the form asks for.
    ///
    /// # Errors
    /// One for each field that makes no sense.
    pub fn parse(&self) -> Result<NewCall, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut refuse = |field: &str, message: &str| errors.push(FieldError::new(field, message));
        let text = |value: &str| value.trim().to_owned();
        let country = text(&self.country).to_uppercase();
        let is_country = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
        if !country.is_empty() && !is_country {
            refuse("country", "Write the country as two letters, like US.");
        }
        let zip = text(&self.zip);
        let is_zip = zip.len() == 5 && zip.bytes().all(|b| b.is_ascii_digit());
        if !zip.is_empty() && matches!(country.as_str(), "" | "US") && !is_zip {
            refuse("zip", "A ZIP code has five digits.");
        } else if zip.chars().count() > 10 {
            refuse("zip", "A postal code has at most ten characters.");
        }
        let from = if self.withheld.is_empty() {
            let number = number(&self.from);
            if number.is_none() {
                refuse(
                    "from",
                    "Write the number with its country code, like +1 312 555 0123.",
                );
            }
            number
        } else {
            None
        };
        if self.line.trim().is_empty() {
            refuse("line", "Choose the line to call.");
        }
        for (field, value) in [("name", &self.name), ("city", &self.city)] {
            if value.chars().count() > LONGEST_NAME {
                refuse(field, "Use at most 60 characters.");
            }
        }
        let state = text(&self.state).to_uppercase();
        if state.len() > 8 {
            refuse("state", "Choose a state.");
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(NewCall {
            line: text(&self.line),
            from,
            name: text(&self.name),
            state,
            zip,
            city: text(&self.city),
            country,
        })
    }
}

/// A number's habit, as the form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HabitForm {
    /// The number.
    pub number: String,
    /// The habit's word.
    pub habit: String,
    /// Seconds of ringing, for one that answers.
    pub after: String,
    /// Seconds of talking, for one that hangs up by itself; may be empty.
    pub talk: String,
}

impl HabitForm {
    /// What the form asks for.
    ///
    /// # Errors
    /// One for each field that makes no sense.
    pub fn parse(&self) -> Result<(PhoneNumber, Habit), Vec<FieldError>> {
        let mut errors = Vec::new();
        let number = number(&self.number);
        if number.is_none() {
            let message = "Write the number with its country code, like +1 202 224 2152.";
            errors.push(FieldError::new("number", message));
        }
        let mut seconds = |field: &str, text: &str| {
            let seconds = text.trim().parse().ok().filter(|s| *s <= LONGEST_WAIT);
            if seconds.is_none() {
                errors.push(FieldError::new(
                    field,
                    "Write whole seconds, at most an hour.",
                ));
            }
            seconds
        };
        let habit = match self.habit.as_str() {
            "ask" => Some(Habit::Ask),
            "decline" => Some(Habit::Decline),
            "busy" => Some(Habit::Busy),
            "ring" => Some(Habit::Ring),
            "fail" => Some(Habit::Fail),
            "answer" => {
                let after = seconds("after", &self.after);
                let talk_s = match self.talk.trim() {
                    "" => None,
                    text => seconds("talk", text),
                };
                after.map(|after_s| Habit::Answer { after_s, talk_s })
            }
            _ => {
                errors.push(FieldError::new("habit", "Choose what it does."));
                None
            }
        };
        match (number, habit) {
            (Some(number), Some(habit)) if errors.is_empty() => Ok((number, habit)),
            (_, _) => Err(errors),
        }
    }
}

/// Reads a number; one without a country code is taken for North American.
fn number(text: &str) -> Option<PhoneNumber> {
    let text = text.trim();
    if text.starts_with('+') {
        return PhoneNumber::parse(text).ok();
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    match digits {
        10 => PhoneNumber::parse(&format!("+1{text}")).ok(),
        11 if text.starts_with('1') => PhoneNumber::parse(&format!("+{text}")).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for text in [
            "+1 (312) 555-0123",
            "312 555 0123",
            "1-312-555-0123",
            "(312) 555-0123",
        ] {
            let call = PlaceCallForm {
                from: text.to_owned(),
                ..ida()
            };

            let from = call.parse().unwrap().from;

            assert_eq!(from.unwrap().as_str(), "+13125550123", "{text}");
        }
    }

    #[test]
    fn a_withheld_number_need_not_be_one() {
        let call = PlaceCallForm {
            from: "whatever".to_owned(),
            withheld: "yes".to_owned(),
            ..ida()
        };

        assert_eq!(call.parse().unwrap().from, None);
    }

    #[test]
    fn each_field_that_makes_no_sense_is_told() {
        let wrong = PlaceCallForm {
            line: String::new(),
            from: "911".to_owned(),
            name: "x".repeat(61),
            state: "Illinoisish".to_owned(),
            zip: "6060".to_owned(),
            country: "USA".to_owned(),
            ..ida()
        };
        let us = PlaceCallForm {
            country: "us".to_owned(),
            zip: "6060".to_owned(),
            ..ida()
        };

        let fields = |form: &PlaceCallForm| -> Vec<String> {
            let errors = form.parse().unwrap_err();
            errors.into_iter().map(|error| error.field).collect()
        };

        assert_eq!(fields(&wrong), ["country", "from", "line", "name", "state"]);
        assert_eq!(fields(&us), ["zip"]);
    }

    #[test]
    fn a_postal_code_abroad_may_look_otherwise() {
        let call = PlaceCallForm {
            country: "gb".to_owned(),
            zip: "SW1A 1AA".to_owned(),
            ..ida()
        };

        let call = call.parse().unwrap();

        assert_eq!(
            (call.country.as_str(), call.zip.as_str()),
            ("GB", "SW1A 1AA")
        );
    }

    #[test]
    fn a_habit_that_answers_needs_its_seconds() {
        let habit = |habit: &str, after: &str, talk: &str| {
            let form = HabitForm {
                number: "+12022242152".to_owned(),
                habit: habit.to_owned(),
                after: after.to_owned(),
                talk: talk.to_owned(),
            };
            form.parse()
                .map(|(_, habit)| habit)
                .map_err(|errors| errors.len())
        };

        let answer = |after_s, talk_s| Ok(Habit::Answer { after_s, talk_s });
        assert_eq!(habit("busy", "", ""), Ok(Habit::Busy));
        assert_eq!(habit("answer", "3", ""), answer(3, None));
        assert_eq!(habit("answer", "3", "20"), answer(3, Some(20)));
        assert_eq!(habit("answer", "", ""), Err(1));
        assert_eq!(habit("answer", "soon", "-1"), Err(2));
        assert_eq!(habit("sing", "", ""), Err(1));
    }

    fn ida() -> PlaceCallForm {
        PlaceCallForm {
            line: "senators".to_owned(),
            from: "+13125550123".to_owned(),
            ..PlaceCallForm::default()
        }
    }
}
