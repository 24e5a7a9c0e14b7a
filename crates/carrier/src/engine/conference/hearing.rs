//! Who hears whom in a room, and who hears something else instead (reference F.5: C4, C7, C13, C16).

use twilio::CallSid;

use super::participant::{Participant, Sound};
use super::room::{Room, Stage};

/// What a participant hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hearing {
    /// Something of its own, before the conference starts.
    Waits(Sound),
    /// Something of its own, while it is on hold.
    Held(Sound),
    /// The others.
    Others,
    /// Nothing: nobody else is there, or none that it could hear.
    Nobody,
}

impl Room {
    /// Whether the one hears the other.
    pub(crate) fn hears(&self, one: &CallSid, other: &CallSid) -> bool {
        let listener = self.participant(one);
        let speaker = self.participant(other);
        let (Some(listener), Some(speaker)) = (listener, speaker) else {
            return false;
        };
        self.reaches(speaker, listener)
    }

    fn reaches(&self, speaker: &Participant, listener: &Participant) -> bool {
        self.stage == Stage::Open
            && speaker.call != listener.call
            && listens(listener)
            && speaks(speaker)
            && speaker
                .coached()
                .is_none_or(|coached| *coached == listener.call)
    }

    /// Whom somebody hears.
    pub(crate) fn heard_by(&self, one: &CallSid) -> Vec<CallSid> {
        let Some(listener) = self.participant(one) else {
            return Vec::new();
        };
        let others = self.participants.iter();
        others
            .filter(|other| self.reaches(other, listener))
            .map(|other| other.call.clone())
            .collect()
    }

    /// Who hears somebody.
    pub(super) fn listeners(&self, of: &CallSid) -> Vec<CallSid> {
        let Some(speaker) = self.participant(of) else {
            return Vec::new();
        };
        let others = self.participants.iter();
        others
            .filter(|other| self.reaches(speaker, other))
            .map(|other| other.call.clone())
            .collect()
    }

    /// Those who speak to everybody.
    pub(crate) fn speakers(&self) -> impl Iterator<Item = &CallSid> {
        let is_open = self.stage == Stage::Open;
        let speakers = self.participants.iter();
        speakers
            .filter(move |one| is_open && speaks(one) && one.coached().is_none())
            .map(|one| &one.call)
    }

    /// Whether somebody hears what there is to hear in the room, be it anything or not.
    pub(super) fn listens(&self, call: &CallSid) -> bool {
        self.stage == Stage::Open && self.participant(call).is_some_and(listens)
    }

    /// What a participant hears, if it is in the room.
    pub(crate) fn hearing(&self, call: &CallSid) -> Option<Hearing> {
        let one = self.participant(call).filter(|one| one.is_present())?;
        if let Some(sound) = &one.hold {
            return Some(Hearing::Held(sound.clone()));
        }
        match self.stage {
            Stage::Gathering => Some(Hearing::Waits(one.wait.clone())),
            Stage::Open => {
                let mut others = self.participants.iter();
                let hears_somebody = others.any(|other| self.reaches(other, one));
                Some(if hears_somebody {
                    Hearing::Others
                } else {
                    Hearing::Nobody
                })
            }
            Stage::Over { .. } => None,
        }
    }
}

const fn speaks(one: &Participant) -> bool {
    listens(one) && !one.is_muted
}

const fn listens(one: &Participant) -> bool {
    one.is_present() && !one.is_held()
}
