//! What might be filled in, so that a text can be heard as a caller would hear it.

/// A text as a caller might hear it.
#[must_use]
pub fn filled(language: &str, text: &str) -> String {
    let mut heard = String::new();
    let mut rest = text;
    while let Some((words, tail)) = rest.split_once('{') {
        heard.push_str(words);
        let Some((name, tail)) = tail.split_once('}') else {
            heard.push('{');
            heard.push_str(tail);
            return heard;
        };
        heard.push_str(sample(language, name));
        rest = tail;
    }
    heard.push_str(rest);
    heard
}

/// What might stand for a placeholder. Names stay English, whatever is spoken around them.
fn sample(language: &str, name: &str) -> &'static str {
    match (name, language) {
        ("title" | "next_title", _) => "Senator",
        ("name", _) => "Ann Alder",
        ("next", _) => "Bea Birch",
        ("region", _) => "Illinois",
        ("zip", _) => "6 0 6 0 1",
        ("number", _) => "3 1 2, 5 5 5, 0 1 2 3",
        ("room", _) => "Weekly meeting",
        ("n" | "key", _) => "1",
        ("place" | "total" | "count", _) => "2",
        ("minutes", _) => "5",
        ("day", "es") => "lunes",
        ("day", "ja") => "月曜日",
        ("day", _) => "Monday",
        ("time", "ja") => "9時",
        ("time", "es") => "9:00",
        ("time", _) => "9 AM",
        (_, _) => "",
    }
}

#[cfg(test)]
mod tests {
    use exchange::Prompt;

    use super::*;

    #[test]
    fn a_text_is_heard_with_something_in_its_places() {
        for (language, text, heard) in [
            ("en", "Goodbye.", "Goodbye."),
            ("en", "For {region}, press {key}.", "For Illinois, press 1."),
            ("ja", "{day}の{time}", "月曜日の9時"),
            ("en", "Half {open", "Half {open"),
        ] {
            assert_eq!(filled(language, text), heard);
        }
    }

    #[test]
    fn every_placeholder_has_a_sample() {
        for prompt in Prompt::ALL {
            for name in prompt.placeholders() {
                assert_ne!(sample("en", name), "", "{name}");
            }
        }
    }
}
