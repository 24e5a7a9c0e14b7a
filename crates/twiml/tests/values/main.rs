//! Values of attributes and texts, each with the code that Twilio has for what is bad about it.

mod forms;
mod numbers;
mod words;

use twiml::read;

/// Reads the content with each of the values in place of `$`, and wants the code for those that are bad.
#[track_caller]
fn assert_values(content: &str, code: u16, good: &[&str], bad: &[&str]) {
    let codes = |value: &str| -> Vec<u16> {
        let document = format!("<Response>{}</Response>", content.replace('$', value));
        let reading = read(document).expect("a well-formed document");
        reading.warnings.iter().map(|w| w.code.number()).collect()
    };
    for value in good {
        assert_eq!(codes(value), [0; 0], "{value} in {content}");
    }
    for value in bad {
        assert_eq!(codes(value), [code], "{value} in {content}");
    }
}
