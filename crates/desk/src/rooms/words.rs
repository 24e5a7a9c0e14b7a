//! States of rooms and of whoever is in them, in words.

use super::{
    ActKind, ActState, ActView, PersonRole, PersonStage, RecordingView, RoomStage, RoomView,
    WatchMode,
};
use crate::tone::Tone;

impl RoomStage {
    /// The stage for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Alone => "Moderator alone",
            Self::Running => "Running",
            Self::Grace { .. } => "Moderator gone",
            Self::Ending => "Ending",
        }
    }

    /// What whoever is in hears, as a sentence.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Waiting => "Whoever is in hears music until it begins.",
            Self::Alone => "The moderator hears music until somebody else comes.",
            Self::Running => "They hear each other.",
            Self::Grace { .. } => "The others hear music until the moderator is back.",
            Self::Ending => "It is being ended.",
        }
    }

    /// How it is to be taken.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::Running => Tone::Live,
            Self::Waiting | Self::Alone | Self::Ending => Tone::Quiet,
            Self::Grace { .. } => Tone::Bad,
        }
    }
}

impl RecordingView {
    /// How it is recorded, for people; nothing where it is not.
    #[must_use]
    pub const fn label(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Awaited => Some("Will be recorded"),
            Self::Running => Some("Recording"),
            Self::Paused => Some("Recording paused"),
        }
    }
}

impl PersonRole {
    /// The role for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Moderator => "Moderator",
            Self::Participant => "Participant",
            Self::Caller => "Caller",
            Self::Agent => "Agent",
            Self::Outside => "Called in",
            Self::Watcher(WatchMode::Listen) => "Listens",
            Self::Watcher(WatchMode::Coach) => "Coaches",
            Self::Watcher(WatchMode::Speak) => "Speaks as supervisor",
        }
    }
}

impl PersonStage {
    /// The stage for people; nothing for whoever is in.
    #[must_use]
    pub const fn label(self) -> Option<&'static str> {
        match self {
            Self::Ringing => Some("Ringing"),
            Self::Coming => Some("Coming in"),
            Self::In => None,
            Self::Aside => Some("Out for a moment"),
            Self::Leaving => Some("Leaving"),
        }
    }
}

impl ActView {
    /// What was wanted and what became of it: `Mute: wanted by Sue`, `Mute: not done: they have left`.
    #[must_use]
    pub fn text(&self) -> String {
        let kind = self.kind.label(self.on);
        let what = match &self.about {
            Some(whom) => format!("{kind} {whom}"),
            None => kind.to_owned(),
        };
        match &self.state {
            ActState::Wanted => format!("{what}: wanted by {}", self.by),
            ActState::Done => format!("{what}: done for {}", self.by),
            ActState::Refused(why) => format!("{what}: not done: {why}"),
        }
    }

    /// How that is to be taken.
    #[must_use]
    pub const fn tone(&self) -> Tone {
        match self.state {
            ActState::Wanted => Tone::Live,
            ActState::Done => Tone::Good,
            ActState::Refused(_) => Tone::Bad,
        }
    }
}

impl ActKind {
    /// The act for people.
    #[must_use]
    pub const fn label(self, on: bool) -> &'static str {
        match (self, on) {
            (Self::Mute, true) => "Mute",
            (Self::Mute, false) => "Unmute",
            (Self::Hold, true) => "Hold",
            (Self::Hold, false) => "Off hold",
            (Self::Remove, _) => "Remove",
            (Self::Hand, _) => "Lower hand",
            (Self::Announce, _) => "Announce",
            (Self::MuteAll, _) => "Mute all",
            (Self::Add, _) => "Call in",
            (Self::Lock, true) => "Lock",
            (Self::Lock, false) => "Unlock",
            (Self::Record, true) => "Resume recording",
            (Self::Record, false) => "Pause recording",
            (Self::End, _) => "End for all",
        }
    }
}

impl RoomView {
    /// How fresh the picture is, as a sentence: `Compared with the carrier 12 s ago.`
    #[must_use]
    pub fn freshness(&self, now_ms: i64) -> String {
        match self.reconciled_ms {
            Some(at) => {
                let seconds = now_ms.saturating_sub(at).max(0) / 1000;
                format!("Compared with the carrier {seconds} s ago.")
            }
            None => "Not yet compared with the carrier.".to_owned(),
        }
    }
}
