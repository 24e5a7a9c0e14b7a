//! What is done with a pretend telephone, as a form and as an act.

use serde::{Deserialize, Serialize};

use crate::FieldError;

/// The most that is said at once, in characters.
const LONGEST_SPEECH: usize = 500;
/// The most keys that are pressed at once.
const MOST_KEYS: usize = 40;

/// Something done with a telephone, as the form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PhoneActForm {
    /// The telephone's leg.
    pub phone: String,
    /// `answer`, `decline`, `hang_up`, `press`, `speak` or `put_away`.
    pub act: String,
    /// The keys to press.
    pub keys: String,
    /// The words to say.
    pub text: String,
}

/// Something done with a telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhoneAct {
    /// It is answered.
    Answer,
    /// It is declined.
    Decline,
    /// It is hung up.
    HangUp,
    /// Keys are pressed.
    Press(String),
    /// Something is said into it.
    Speak(String),
    /// It is no longer shown.
    PutAway,
}

impl PhoneActForm {
    /// Keys pressed on a telephone.
    #[must_use]
    pub fn pressing(phone: &str, keys: &str) -> Self {
        Self {
            phone: phone.to_owned(),
            act: "press".to_owned(),
            keys: keys.to_owned(),
            text: String::new(),
        }
    }

    /// What the form asks for.
    ///
    /// # Errors
    /// The field that makes no sense.
    pub fn parse(&self) -> Result<PhoneAct, Vec<FieldError>> {
        let refused = |field: &str, message: &str| Err(vec![FieldError::new(field, message)]);
        match self.act.as_str() {
            "answer" => Ok(PhoneAct::Answer),
            "decline" => Ok(PhoneAct::Decline),
            "hang_up" => Ok(PhoneAct::HangUp),
            "put_away" => Ok(PhoneAct::PutAway),
            "press" => {
                let keys: String = self.keys.chars().filter(|c| *c != ' ').collect();
                let are_keys = keys.chars().all(|key| key_of(key).is_some());
                if keys.is_empty() || keys.len() > MOST_KEYS || !are_keys {
                    return refused("keys", "Keys are the digits, * and #.");
                }
                Ok(PhoneAct::Press(keys))
            }
            "speak" => match self.text.trim() {
                "" => refused("text", "Write what is said."),
                text if text.chars().count() > LONGEST_SPEECH => {
                    refused("text", "Say at most 500 characters at once.")
                }
                text => Ok(PhoneAct::Speak(text.to_owned())),
            },
            _ => refused("act", "A telephone cannot do this."),
        }
    }
}

/// The telephone's key that a typed character stands for.
#[must_use]
pub fn key_of(typed: char) -> Option<char> {
    matches!(typed, '0'..='9' | '*' | '#').then_some(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_known_by_their_words() {
        let act = |act: &str, keys: &str, text: &str| {
            let form = PhoneActForm {
                phone: "CA1".to_owned(),
                act: act.to_owned(),
                keys: keys.to_owned(),
                text: text.to_owned(),
            };
            form.parse().ok()
        };

        assert_eq!(act("answer", "", ""), Some(PhoneAct::Answer));
        assert_eq!(
            act("press", "1 2#", ""),
            Some(PhoneAct::Press("12#".to_owned()))
        );
        assert_eq!(act("press", "1a", ""), None);
        assert_eq!(act("press", "", ""), None);
        assert_eq!(
            act("speak", "", " Hello "),
            Some(PhoneAct::Speak("Hello".to_owned()))
        );
        assert_eq!(act("speak", "", " "), None);
        assert_eq!(act("explode", "", ""), None);
    }
}
