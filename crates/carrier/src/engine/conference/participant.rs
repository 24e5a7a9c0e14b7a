//! A participant of a room: what it may do there, and what it brings along (reference A.3.9, E.3).

use twilio::CallSid;

use crate::engine::Time;
use crate::engine::runner::Target;

/// What somebody hears who hears nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sound {
    /// The carrier's own hold music.
    Music,
    /// Nothing.
    Silence,
    /// A document.
    Document(Target),
}

/// Whether the others hear a beep when somebody comes and goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Beeps {
    pub(crate) on_enter: bool,
    pub(crate) on_exit: bool,
}

impl From<Option<twiml::Beep>> for Beeps {
    fn from(beep: Option<twiml::Beep>) -> Self {
        use twiml::Beep::{Always, Never, OnEnter, OnExit};
        let beep = beep.unwrap_or(Always);
        Self {
            on_enter: match beep {
                Always | OnEnter => true,
                Never | OnExit => false,
            },
            on_exit: match beep {
                Always | OnExit => true,
                Never | OnEnter => false,
            },
        }
    }
}

/// Who hears a participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Everybody.
    Everybody,
    /// One other participant alone: this one coaches.
    Only(CallSid),
}

/// Whether a participant has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It was dialled by REST and has not answered.
    Expected,
    /// It is in the room since then.
    Present(Time),
}

/// Somebody in a room, or dialled for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Participant {
    pub(crate) call: CallSid,
    pub(crate) label: Option<String>,
    pub(crate) is_muted: bool,
    /// What it hears while it is on hold.
    pub(crate) hold: Option<Sound>,
    pub(crate) voice: Voice,
    pub(crate) starts_on_enter: bool,
    pub(crate) ends_on_exit: bool,
    pub(crate) beeps: Beeps,
    /// What it hears before the conference starts.
    pub(crate) wait: Sound,
    pub(crate) presence: Presence,
    /// Whether the others hear its telephone ring.
    pub(crate) rings_aloud: bool,
    pub(crate) created: Time,
    pub(crate) updated: Time,
}

impl Participant {
    /// With the defaults of the `<Conference>` noun.
    pub(crate) const fn new(call: CallSid, presence: Presence, now: Time) -> Self {
        Self {
            call,
            label: None,
            is_muted: false,
            hold: None,
            voice: Voice::Everybody,
            starts_on_enter: true,
            ends_on_exit: false,
            beeps: Beeps {
                on_enter: true,
                on_exit: true,
            },
            wait: Sound::Music,
            presence,
            rings_aloud: false,
            created: now,
            updated: now,
        }
    }

    pub(crate) const fn is_present(&self) -> bool {
        match self.presence {
            Presence::Present(_) => true,
            Presence::Expected => false,
        }
    }

    pub(crate) const fn is_held(&self) -> bool {
        self.hold.is_some()
    }

    /// The one that it coaches.
    pub(crate) const fn coached(&self) -> Option<&CallSid> {
        match &self.voice {
            Voice::Only(coached) => Some(coached),
            Voice::Everybody => None,
        }
    }
}

/// Whether a text can be the label of a participant: 1 to 128 characters, no `/`, not like the SID of a call
/// (reference A.3.9).
pub(crate) fn is_label(text: &str) -> bool {
    let characters = text.chars().count();
    (1..=128).contains(&characters) && !text.contains('/') && CallSid::parse(text).is_err()
}
