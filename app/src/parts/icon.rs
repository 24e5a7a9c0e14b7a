//! Icons of our own, drawn on a grid of sixteen in the colour of the text beside them.

use leptos::prelude::*;

/// What an icon shows. An icon never stands without its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// A tick in a ring.
    Done,
    /// A plug with its ring of sound.
    Live,
    /// A bar in a ring.
    Quiet,
    /// A triangle.
    Fault,
    /// A ring of dots.
    Unknown,
    /// A speech mark.
    Notice,
    /// An arrow to what is before.
    Back,
    /// An arrow to what comes next.
    Onward,
    /// A handset.
    Phone,
    /// A handset put down.
    HangUp,
    /// A loudspeaker.
    Aloud,
    /// A microphone.
    Microphone,
    /// A microphone, crossed out.
    Muted,
    /// The keys of a telephone.
    Keys,
    /// Slides at different heights.
    Slides,
    /// A cross.
    Away,
    /// Two bars.
    Pause,
    /// An arrow down.
    Down,
    /// An envelope.
    Letter,
    /// A bell.
    Bell,
    /// Two arrows past each other.
    Swap,
    /// Three dots joined.
    Join,
    /// A padlock.
    Lock,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Self::Done => {
                "M8 1.75a6.25 6.25 0 1 1 0 12.5a6.25 6.25 0 0 1 0-12.5M5.1 8.2l2.1 2.1l3.8-4.2"
            }
            Self::Live => {
                "M8 6.4a1.6 1.6 0 1 1 0 3.2a1.6 1.6 0 0 1 0-3.2M4.6 4.6a4.8 4.8 0 0 0 0 6.8M11.4 4.6a4.8 4.8 0 0 1 0 6.8M2.4 2.4a7.9 7.9 0 0 0 0 11.2M13.6 2.4a7.9 7.9 0 0 1 0 11.2"
            }
            Self::Quiet => "M8 1.75a6.25 6.25 0 1 1 0 12.5a6.25 6.25 0 0 1 0-12.5M5.2 8h5.6",
            Self::Fault => "M8 2.1l6.4 11.4H1.6zM8 6.4v3.2M8 11.4v.2",
            Self::Unknown => {
                "M8 1.75a6.25 6.25 0 1 1 0 12.5a6.25 6.25 0 0 1 0-12.5M6.3 6.3a1.75 1.75 0 1 1 2.4 1.7q-.7.3-.7 1.1M8 11.2v.2"
            }
            Self::Notice => "M2.2 2.75h11.6v8.1H8.6L5.2 13.9v-3.05h-3zM8 4.9v2.3M8 8.9v.1",
            Self::Back => "M9.8 3.4L5.2 8l4.6 4.6",
            Self::Onward => "M6.2 3.4L10.8 8l-4.6 4.6",
            Self::Phone => {
                "M3.1 2.6l2-.6l1.5 3.1l-1.3 1.2a8.4 8.4 0 0 0 4.4 4.4l1.2-1.3l3.1 1.5l-.6 2a1.6 1.6 0 0 1-1.7 1.1A11.2 11.2 0 0 1 2 4.3a1.6 1.6 0 0 1 1.1-1.7"
            }
            Self::HangUp => {
                "M1.8 9.6a9.3 9.3 0 0 1 12.4 0l-1.2 1.8l-2.7-.8V8.7a7.5 7.5 0 0 0-4.6 0v1.9l-2.7.8z"
            }
            Self::Microphone => {
                "M8 1.9a2 2 0 0 1 2 2v3.4a2 2 0 0 1-4 0V3.9a2 2 0 0 1 2-2M3.6 7.2a4.4 4.4 0 0 0 8.8 0M8 11.6v2.6M5.6 14.2h4.8"
            }
            Self::Muted => {
                "M8 1.9a2 2 0 0 1 2 2v3.4a2 2 0 0 1-4 0V3.9a2 2 0 0 1 2-2M3.6 7.2a4.4 4.4 0 0 0 8.8 0M8 11.6v2.6M5.6 14.2h4.8M2.2 2.2l11.6 11.6"
            }
            Self::Keys => {
                "M3.5 3.4v.1M8 3.4v.1M12.5 3.4v.1M3.5 8v.1M8 8v.1M12.5 8v.1M3.5 12.6v.1M8 12.6v.1M12.5 12.6v.1"
            }
            Self::Slides => "M2 4.5h7M12 4.5h2M10.5 3v3M2 11.5h2M7 11.5h7M5.5 10v3",
            Self::Pause => "M5.5 3.2v9.6M10.5 3.2v9.6",
            Self::Down => "M3.4 6.2L8 10.8l4.6-4.6",
            Self::Letter => "M2 3.6h12v8.8H2zM2.3 4l5.7 4.6L13.7 4",
            Self::Bell => {
                "M3.4 11.6h9.2q-1.2-1.4-1.2-4.2a3.4 3.4 0 0 0-6.8 0q0 2.8-1.2 4.2M6.7 13.6a1.5 1.5 0 0 0 2.6 0M8 4V2.4"
            }
            Self::Swap => {
                "M2.5 5.4h9.6M9.3 2.6l2.8 2.8l-2.8 2.8M13.5 10.6H3.9M6.7 7.8L3.9 10.6l2.8 2.8"
            }
            Self::Join => {
                "M8 2.2a1.7 1.7 0 1 1 0 3.4a1.7 1.7 0 0 1 0-3.4M3.4 10.4a1.7 1.7 0 1 1 0 3.4a1.7 1.7 0 0 1 0-3.4M12.6 10.4a1.7 1.7 0 1 1 0 3.4a1.7 1.7 0 0 1 0-3.4M7.2 5.4l-2.9 5.2M8.8 5.4l2.9 5.2M5.1 12.1h5.8"
            }
            Self::Lock => "M3.6 7.2h8.8v6.2H3.6zM5.4 7.2V5a2.6 2.6 0 0 1 5.2 0v2.2M8 9.6v1.6",
            Self::Away => "M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4",
            Self::Aloud => {
                "M2.2 6h2.3l3-2.5v9l-3-2.5H2.2zM10.2 5.8a3.1 3.1 0 0 1 0 4.4M12.2 3.8a5.9 5.9 0 0 1 0 8.4"
            }
        }
    }
}

/// An icon beside its word; nothing is read out for it.
#[component]
pub(crate) fn Icon(glyph: Glyph) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=glyph.path()/>
        </svg>
    }
}

/// The mark of the house: a cord from one jack to another.
#[component]
pub(crate) fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
            <circle class="mark-jack" cx="7" cy="8" r="3.25"/>
            <circle class="mark-jack" cx="21" cy="8" r="3.25"/>
            <path class="mark-cord" d="M7 8v7.5a7 7 0 0 0 14 0V8"/>
        </svg>
    }
}
