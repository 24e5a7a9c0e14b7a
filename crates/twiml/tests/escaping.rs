//! Text and attribute values that XML must not take literally.

use twiml::{Response, Say};

#[track_caller]
fn assert_say(text: &str, voice: &str, written: &str) {
    let document =
        format!(r#"<?xml version="1.0" encoding="UTF-8"?><Response>{written}</Response>"#);
    let response = Response::new().say(Say::new(text).voice(voice));
    assert_eq!(response.to_xml(), document);
}

#[test]
fn markup_is_escaped_in_text_and_quotes_stay() {
    assert_say(
        r#"a & b < c > d "e" 'f' &amp;"#,
        "x",
        r#"<Say voice="x">a &amp; b &lt; c &gt; d "e" 'f' &amp;amp;</Say>"#,
    );
}

#[test]
fn markup_and_quotes_are_escaped_in_attributes() {
    assert_say(
        "t",
        r#"a & b < c > d "e" 'f'"#,
        r#"<Say voice="a &amp; b &lt; c &gt; d &quot;e&quot; &apos;f&apos;">t</Say>"#,
    );
}

#[test]
fn a_text_cannot_end_its_element() {
    assert_say(
        "</Say><Dial>+1900</Dial>]]>",
        "\"/><Hangup/>",
        concat!(
            r#"<Say voice="&quot;/&gt;&lt;Hangup/&gt;">"#,
            "&lt;/Say&gt;&lt;Dial&gt;+1900&lt;/Dial&gt;]]&gt;</Say>",
        ),
    );
}

#[test]
fn line_breaks_survive_in_attributes_and_carriage_returns_in_text() {
    assert_say(
        "a\r\nb\tc",
        "a\r\nb\tc",
        "<Say voice=\"a&#13;&#10;b&#9;c\">a&#13;\nb\tc</Say>",
    );
}

#[test]
fn what_xml_cannot_carry_is_dropped() {
    assert_say(
        "a\0b\u{1}c\u{B}d\u{1F}e\u{FFFE}f\u{FFFF}g",
        "\u{1B}x\u{FFFF}",
        r#"<Say voice="x">abcdefg</Say>"#,
    );
}

#[test]
fn every_language_and_emoji_stay_as_they_are() {
    assert_say(
        "¿Qué? 上院議員 📞 \u{FFFD}\u{85}\u{2028}",
        "Polly.Mía-Generative",
        "<Say voice=\"Polly.Mía-Generative\">¿Qué? 上院議員 📞 \u{FFFD}\u{85}\u{2028}</Say>",
    );
}
