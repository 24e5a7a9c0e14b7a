//! A state: always a word, an icon and a colour.

use desk::Tone;
use leptos::prelude::*;

use super::{Glyph, Icon};

/// How something stands.
#[component]
pub(crate) fn State(tone: Tone, #[prop(into)] word: String) -> impl IntoView {
    let (class, glyph) = match tone {
        Tone::Good => ("state state--good", Glyph::Done),
        Tone::Live => ("state state--live", Glyph::Live),
        Tone::Quiet => ("state state--quiet", Glyph::Quiet),
        Tone::Bad => ("state state--bad", Glyph::Fault),
        Tone::Unknown => ("state state--unknown", Glyph::Unknown),
    };
    view! {
        <span class=class>
            <Icon glyph/>
            <span>{word}</span>
        </span>
    }
}
