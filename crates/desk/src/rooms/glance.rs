//! A room and the people in it at a glance: what stands in their rows, and how buttons are meant.

use super::{
    ActKind, ActState, ActView, PastRoom, PersonRole, PersonStage, PersonView, RecordingView,
    RoomKind, RoomView, Rooms, WatchMode,
};
use crate::tone::Tone;

/// Something that is to be seen of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// How it is to be taken.
    pub tone: Tone,
    /// What.
    pub word: &'static str,
    /// Since when, where that matters.
    pub since_ms: Option<i64>,
}

impl Rooms {
    /// The rooms in which somebody asks for help, the longest-waiting first.
    #[must_use]
    pub fn calling_for_help(&self) -> Vec<&RoomView> {
        let mut rooms: Vec<_> = self
            .rooms
            .iter()
            .filter(|room| room.help.is_some())
            .collect();
        rooms.sort_by_key(|room| room.help.as_ref().map(|help| help.since_ms));
        rooms
    }
}

impl RoomView {
    /// Who is in, in figures: `4 in, 1 on the way`.
    #[must_use]
    pub fn people_text(&self) -> String {
        let present = self.present();
        let away = self.people.len() - present;
        let present = match (present, self.limit) {
            (0, _) => "nobody in".to_owned(),
            (present, Some(limit)) => format!("{present} of {limit} in"),
            (present, None) => format!("{present} in"),
        };
        match away {
            0 => present,
            away => format!("{present}, {away} on the way"),
        }
    }

    /// Whose hands are raised, the first one first; nothing where none is.
    #[must_use]
    pub fn hands_text(&self) -> Option<String> {
        let people = self.people.iter();
        let mut raised: Vec<_> = people
            .filter_map(|person| Some((person.hand_since_ms?, person.label.as_str())))
            .collect();
        raised.sort_unstable();
        let names: Vec<_> = raised.into_iter().map(|(_, name)| name).collect();
        match names.len() {
            0 => None,
            1 => Some(format!("Hand raised: {}", names.join(""))),
            _ => Some(format!("Hands raised: {}", names.join(", "))),
        }
    }

    /// The leg under which somebody of ours is in, by their user name.
    #[must_use]
    pub fn leg_of(&self, user: &str) -> Option<&PersonView> {
        let mut people = self.people.iter();
        people.find(|person| person.user.as_deref() == Some(user))
    }

    /// Whether it is locked, or is meant to be.
    #[must_use]
    pub fn is_meant_locked(&self) -> bool {
        meant(&self.acts, ActKind::Lock, self.is_locked)
    }

    /// Whether its recording goes on, or is meant to; nothing where it can neither pause nor go on.
    #[must_use]
    pub fn is_meant_recorded(&self) -> Option<bool> {
        match self.recording {
            RecordingView::None | RecordingView::Awaited => None,
            RecordingView::Running => Some(meant(&self.acts, ActKind::Record, true)),
            RecordingView::Paused => Some(meant(&self.acts, ActKind::Record, false)),
        }
    }

    /// What of the acts on the whole room is worth showing.
    #[must_use]
    pub fn shown_acts(&self) -> Vec<ActView> {
        shown(&self.acts)
    }

    /// Whether people in it can be muted, held and so on from the monitor.
    #[must_use]
    pub fn is_moderated(&self) -> bool {
        self.kind == RoomKind::Conference
    }
}

impl PersonView {
    /// How they stand, the most telling first; one sign at least.
    #[must_use]
    pub fn signs(&self) -> Vec<Sign> {
        let sign = |tone, word, since_ms| Sign {
            tone,
            word,
            since_ms,
        };
        let hand = self
            .hand_since_ms
            .map(|since| sign(Tone::Live, "Hand raised", Some(since)));
        let standing = match self.stage.label() {
            Some(word) => sign(Tone::Unknown, word, None),
            None if self.is_held => sign(Tone::Quiet, "On hold: hears music", None),
            None if self.is_muted => sign(Tone::Quiet, "Muted: is not heard", None),
            None => match self.speaking_since_ms {
                Some(since) => sign(Tone::Live, "Speaks", Some(since)),
                None => sign(Tone::Good, "In the room", None),
            },
        };
        let is_muted_too = self.stage == PersonStage::In && self.is_held && self.is_muted;
        let muted = is_muted_too.then(|| sign(Tone::Quiet, "Muted: is not heard", None));
        [Some(standing), muted, hand]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Whether the others do not hear them, or are not to.
    #[must_use]
    pub fn is_meant_muted(&self) -> bool {
        meant(&self.acts, ActKind::Mute, self.is_muted)
    }

    /// Whether they hear music, or are to.
    #[must_use]
    pub fn is_meant_held(&self) -> bool {
        meant(&self.acts, ActKind::Hold, self.is_held)
    }

    /// What of the acts on them is worth showing.
    #[must_use]
    pub fn shown_acts(&self) -> Vec<ActView> {
        shown(&self.acts)
    }

    /// How they watch, where they do.
    #[must_use]
    pub fn watches(&self) -> Option<WatchMode> {
        match self.role {
            PersonRole::Watcher(mode) => Some(mode),
            PersonRole::Moderator
            | PersonRole::Participant
            | PersonRole::Caller
            | PersonRole::Agent
            | PersonRole::Outside => None,
        }
    }
}

impl PastRoom {
    /// Where its attendance is as a table for spreadsheets.
    #[must_use]
    pub fn csv_address(&self) -> String {
        let Self { room, began_ms, .. } = self;
        format!("/conferences/{room}/attendance.csv?began={began_ms}")
    }
}

/// How it is once everything that is wanted is done.
fn meant(acts: &[ActView], kind: ActKind, is_so: bool) -> bool {
    let mut wanted = acts.iter().filter(|act| act.state == ActState::Wanted);
    wanted
        .find(|act| act.kind == kind)
        .map_or(is_so, |act| act.on)
}

/// What is under way, what was refused, and what is done if nothing came after it; the latest first.
fn shown(acts: &[ActView]) -> Vec<ActView> {
    let latest = acts.iter().map(|act| act.at_ms).max();
    let worth = acts.iter().filter(|act| match act.state {
        ActState::Wanted | ActState::Refused(_) => true,
        ActState::Done => Some(act.at_ms) == latest,
    });
    let mut shown: Vec<_> = worth.cloned().collect();
    shown.sort_by_key(|act| std::cmp::Reverse(act.at_ms));
    shown
}

#[cfg(test)]
mod tests;
