//! Values that Twilio takes without a word, for fields where not every value of the type is one of them.

use twiml::*;

use crate::draw::{Any, Draw};

pub(crate) const VOICES: &[&str] = &[
    "man",
    "alice",
    "Polly.Mía-Generative",
    "Google.en-US-Standard-A",
];
pub(crate) const LANGUAGES: &[&str] = &["en-US", "arb", "cmn-Hans-CN", "es-419"];
pub(crate) const URLS: &[&str] = &[
    "/a?b=c&d=e",
    "../f",
    "HTTPS://u:p@example.com/x#rc=2",
    "?q=http://x",
];
pub(crate) const WAIT_URLS: &[&str] = &["", "/hold.mp3"];
pub(crate) const NUMBERS: &[&str] = &["+12025550123", "(202) 555-0123", "911"];
pub(crate) const SIP_URIS: &[&str] = &["sip:desk@example.com", "SIPS:a@b?X-Line=one two"];

/// So many characters are said by any voice.
const MOST_SAID: usize = 5_000;

pub(crate) const TASKS: &[&str] = &["{}", r#"{"a": [1, "é"], "b": null}"#];

/// One of the texts.
pub(crate) fn one(texts: &'static [&'static str]) -> impl Fn(&mut Draw) -> String {
    |draw| draw.one_of(texts).to_owned()
}

/// One of the texts, or nothing.
pub(crate) fn some(texts: &'static [&'static str]) -> impl Fn(&mut Draw) -> Option<String> {
    move |draw| draw.maybe(one(texts))
}

/// A number of the range, or nothing.
pub(crate) fn within<T: TryFrom<u32>>(least: u32, most: u32) -> impl Fn(&mut Draw) -> Option<T> {
    move |draw| {
        draw.maybe(|draw| {
            let number = least + u32::any(draw) % (most - least + 1);
            T::try_from(number).ok().expect("a range inside the type")
        })
    }
}

/// Seconds, which go with every speech model.
pub(crate) fn whole_speech_timeout(draw: &mut Draw) -> Option<SpeechTimeout> {
    draw.maybe(|draw| SpeechTimeout::Seconds(u16::any(draw).max(1)))
}

/// Whom to dial, as text only what looks like a number.
pub(crate) fn dialled(draw: &mut Draw) -> DialTarget {
    let target = DialTarget::any(draw);
    if matches!(target, DialTarget::Text(_)) {
        return DialTarget::Text(one(NUMBERS)(draw));
    }
    target
}

/// One SIP URI, or at least one.
pub(crate) fn addressed(draw: &mut Draw) -> SipAddress {
    match SipAddress::any(draw) {
        SipAddress::Uris(uris) if !uris.is_empty() => SipAddress::Uris(uris),
        SipAddress::Uris(_) | SipAddress::Uri(_) => SipAddress::Uri(one(SIP_URIS)(draw)),
    }
}

/// Something to say.
pub(crate) fn speech(draw: &mut Draw) -> Vec<Speech> {
    let mut say = Say {
        content: apart(draw),
        ..Say::default()
    };
    // With its tags, since the voice is drawn later.
    while Response::new().say(say.clone()).to_xml().len() > MOST_SAID {
        say.content.pop();
    }
    if say.spoken().trim().is_empty() {
        say.content.push("Hello.".into());
    }
    say.content
}

/// Content without two texts in a row, which nobody can tell from one.
pub(crate) fn apart<T: Any + Text>(draw: &mut Draw) -> Vec<T> {
    let mut content: Vec<T> = Any::any(draw);
    content.dedup_by(|next, before| next.is_text() && before.is_text());
    content
}

/// What can be text.
pub(crate) trait Text {
    fn is_text(&self) -> bool;
}

macro_rules! text {
    ($($level:ident)+) => { $(
        impl Text for $level {
            fn is_text(&self) -> bool {
                matches!(self, Self::Text(_))
            }
        }
    )+ };
}

text!(Speech Passage Phrase WordPart);
