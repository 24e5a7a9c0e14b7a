//! What the SDK notices about the sound of a call, in words.

/// Something that makes a call hard to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Quality {
    NoPath,
    NothingArrives,
    NothingLeaves,
    OwnSilence,
    OthersSilence,
    Losses,
    Delay,
    Unsteady,
    Poor,
}

impl Quality {
    /// The warning by the SDK's name for it.
    pub(super) fn of(name: &str) -> Option<Self> {
        let quality = match name {
            "ice-connectivity-lost" => Self::NoPath,
            "low-bytes-received" => Self::NothingArrives,
            "low-bytes-sent" => Self::NothingLeaves,
            "constant-audio-input-level" => Self::OwnSilence,
            "constant-audio-output-level" => Self::OthersSilence,
            "high-packet-loss" | "high-packets-lost-fraction" => Self::Losses,
            "high-rtt" => Self::Delay,
            "high-jitter" => Self::Unsteady,
            "low-mos" => Self::Poor,
            _ => return None,
        };
        Some(quality)
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::NoPath => "The sound is interrupted. It is being connected again.",
            Self::NothingArrives => "Nothing is heard of the other side.",
            Self::NothingLeaves => "The other side hears nothing of you.",
            Self::OwnSilence => "Your microphone gives no sound: check its switch.",
            Self::OthersSilence => "The other side is silent.",
            Self::Losses => "Parts of what is said are lost on the way.",
            Self::Delay => "What is said arrives late.",
            Self::Unsteady => "The connection is unsteady.",
            Self::Poor => "The sound is poor.",
        }
    }

    pub(super) fn is_own_silence(self) -> bool {
        self == Self::OwnSilence
    }
}
