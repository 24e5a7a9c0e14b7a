//! How long a text is, for the ear.

/// How many words a voice says in a minute.
const WORDS_A_MINUTE: usize = 150;
/// How many characters of Japanese a voice says in a minute.
const CHARACTERS_A_MINUTE: usize = 330;

/// The length of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// How many words, or characters where words have no spaces between them.
    pub count: usize,
    /// Whether characters were counted.
    pub is_characters: bool,
    /// About how long it takes to say it, in seconds.
    pub seconds: usize,
}

/// How long a text in a language is, when what is filled in is filled in.
#[must_use]
pub fn length(language: &str, text: &str) -> Length {
    let is_characters = language == "ja";
    let (count, a_minute) = if is_characters {
        let said = text.chars().filter(|c| c.is_alphanumeric());
        (said.count(), CHARACTERS_A_MINUTE)
    } else {
        (text.split_whitespace().count(), WORDS_A_MINUTE)
    };
    Length {
        count,
        is_characters,
        seconds: (count * 60).div_ceil(a_minute),
    }
}

impl Length {
    /// The length in words for people.
    #[must_use]
    pub fn words(self) -> String {
        let what = match (self.is_characters, self.count) {
            (true, 1) => "character",
            (true, _) => "characters",
            (false, 1) => "word",
            (false, _) => "words",
        };
        let unit = if self.seconds == 1 {
            "second"
        } else {
            "seconds"
        };
        format!("{} {what}, about {} {unit}", self.count, self.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_long_as_it_takes_to_say_it() {
        for (language, text, words) in [
            ("en", "", "0 words, about 0 seconds"),
            ("en", "Goodbye.", "1 word, about 1 second"),
            (
                "en",
                "Thank you for calling us today.",
                "6 words, about 3 seconds",
            ),
            (
                "ja",
                "お電話ありがとうございました。",
                "14 characters, about 3 seconds",
            ),
        ] {
            assert_eq!(length(language, text).words(), words, "{text}");
        }
    }
}
