//! The browser's own voice, reading aloud what is heard on a telephone.

use desk::{Phone, Utterance, Voice};
use leptos::prelude::*;
use leptos::web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};
use wasm_bindgen::{JsCast, JsValue};

/// Reads aloud what is heard on `phone` from the last words on, while somebody `listens`. Pressing a key interrupts, as it
/// does on the line.
pub(crate) fn read_aloud(listens: ReadSignal<bool>, phone: Memo<Option<Phone>>) {
    Effect::new(move |read: Option<Option<usize>>| {
        let read = read.flatten();
        if !listens.get() {
            if read.is_some() {
                hush();
            }
            return None;
        }
        let lines = phone.with(|phone| phone.as_ref().map(Phone::transcript).unwrap_or_default());
        let last = lines.last().map_or(0, |line| line.place);
        let from = read.unwrap_or(last);
        for line in lines.iter().filter(|line| line.place >= from) {
            match line.voice {
                Voice::Line | Voice::Other => say(line),
                Voice::Keys => hush(),
                Voice::Holder | Voice::Aside => {}
            }
        }
        Some(if lines.is_empty() { from } else { last + 1 })
    });
    on_cleanup(move || {
        if listens.try_get_untracked() == Some(true) {
            hush();
        }
    });
}

fn say(line: &Utterance) {
    if let Some(voice) = voice()
        && let Ok(words) = SpeechSynthesisUtterance::new_with_text(&line.text)
    {
        words.set_lang(&line.language);
        voice.speak(&words);
    }
}

/// What became of reading a text out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voices {
    /// Nobody has asked yet.
    Unknown,
    /// It is read.
    Speaks,
    /// It is read by a voice of another language.
    Another,
    /// There is no voice.
    Silent,
}

/// Has the browser look for its voices, which some do only when they are asked for the first time.
pub(crate) fn find_voices() {
    if let Some(voice) = voice() {
        _ = voice.get_voices();
    }
}

/// Reads a text out in a language, by its tag, instead of what is being read.
pub(crate) fn read_out(tag: &str, text: &str) -> Voices {
    let Some(voice) = voice() else {
        return Voices::Silent;
    };
    voice.cancel();
    let Ok(words) = SpeechSynthesisUtterance::new_with_text(text) else {
        return Voices::Silent;
    };
    words.set_lang(tag);
    voice.speak(&words);
    let voices = voice.get_voices();
    let language = tag.split('-').next().unwrap_or(tag);
    let speaks = |voice: JsValue| {
        let voice: Option<SpeechSynthesisVoice> = voice.dyn_into().ok();
        voice.is_some_and(|voice| voice.lang().starts_with(language))
    };
    match voices.length() {
        0 => Voices::Silent,
        _ if voices.iter().any(speaks) => Voices::Speaks,
        _ => Voices::Another,
    }
}

fn hush() {
    if let Some(voice) = voice() {
        voice.cancel();
    }
}

fn voice() -> Option<SpeechSynthesis> {
    window().speech_synthesis().ok()
}
