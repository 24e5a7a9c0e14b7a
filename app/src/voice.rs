//! The browser's own voice, reading aloud what is heard on a telephone.

use desk::{Phone, Utterance, Voice};
use leptos::prelude::*;
use leptos::web_sys::{SpeechSynthesis, SpeechSynthesisUtterance};

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

fn hush() {
    if let Some(voice) = voice() {
        voice.cancel();
    }
}

fn voice() -> Option<SpeechSynthesis> {
    window().speech_synthesis().ok()
}
