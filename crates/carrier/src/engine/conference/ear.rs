//! What a leg in a room has in its ear, as data for whoever mixes sound; and words spoken in a room.

use twilio::CallSid;

use super::hearing::Hearing;
use super::participant::Sound;
use super::room::Room;
use crate::engine::leg::Status;
use crate::engine::timers::Due;
use crate::engine::{ConferenceSid, Engine};

/// What somebody in a room hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ear {
    /// What it hears all the time.
    pub sound: EarSound,
    /// Whether an announcement is made over it.
    pub announcement: bool,
    /// Whether the telephone of somebody who is dialled for the room is heard to ring.
    pub ringing: bool,
}

/// What somebody in a room hears all the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EarSound {
    /// The carrier's hold music.
    Music,
    /// Nothing.
    Silence,
    /// A document of its own, from this URL.
    Document(String),
    /// These legs.
    Others(Vec<CallSid>),
}

impl Engine {
    /// What a leg in a room hears; nothing for a leg that is in none.
    #[must_use]
    pub fn ear(&self, leg: &CallSid) -> Option<Ear> {
        let room = self.rooms.get(self.room_of(leg)?)?;
        let sound = match room.hearing(leg)? {
            Hearing::Waits(sound) | Hearing::Held(sound) => match sound {
                Sound::Music => EarSound::Music,
                Sound::Silence => EarSound::Silence,
                Sound::Document(target) => EarSound::Document(target.url),
            },
            Hearing::Others => EarSound::Others(room.heard_by(leg)),
            Hearing::Nobody => EarSound::Silence,
        };
        Some(Ear {
            sound,
            ringing: self.hears_ringing(room, leg),
            announcement: self.announcements.is_heard_by(&room.sid, leg),
        })
    }

    /// Whether somebody in a room hears the telephone ring of one who is dialled for it.
    pub(crate) fn hears_ringing(&self, room: &Room, leg: &CallSid) -> bool {
        let rings = |call: &CallSid| {
            let leg = self.leg(call);
            leg.is_some_and(|leg| leg.status == Status::Ringing)
        };
        let mut expected = room.participants.iter().filter(|one| one.rings_aloud);
        room.listens(leg) && expected.any(|one| rings(&one.call))
    }

    /// Whether one participant of a conference hears another.
    #[must_use]
    pub fn hears(&self, conference: &ConferenceSid, one: &CallSid, other: &CallSid) -> bool {
        let room = self.rooms.get(conference);
        room.is_some_and(|room| room.hears(one, other))
    }

    /// Words spoken on a leg reach the others of its room. A leg that hears its own words come back, because another leg
    /// of the carrier is in the same room, does not pass them on a second time.
    pub(crate) fn voice_in_room(&mut self, sid: &CallSid, text: &str) {
        let Some(room) = self.room_of(sid).cloned() else {
            return;
        };
        if !self.voices.insert(sid.clone()) {
            return;
        }
        self.speaks(sid, &room, self.settings.spoken_ms(text));
        let listeners = self.rooms.get(&room).map(|room| room.listeners(sid));
        for listener in listeners.unwrap_or_default() {
            self.sound(&listener, text);
        }
        self.voices.remove(sid);
    }

    /// Tells that somebody speaks, once, until it has been quiet.
    pub(crate) fn speaks(&mut self, sid: &CallSid, room: &ConferenceSid, ms: i64) {
        let now = self.now;
        let quiet = self
            .timers
            .set(now.plus(ms.max(1)), Due::Quiet(sid.clone()));
        let before = self.speaking.insert(sid.clone(), quiet);
        let begins = before.is_none();
        self.timers.take_back(before);
        if let Some(room) = self.rooms.get_mut(room)
            && begins
        {
            room.begin_speech(sid, now);
        }
        self.room_changed(room, Vec::new());
    }

    pub(crate) fn quiet(&mut self, sid: &CallSid) {
        self.speaking.remove(sid);
        let now = self.now;
        let Some(room) = self.room_of(sid).cloned() else {
            return;
        };
        if let Some(room) = self.rooms.get_mut(&room) {
            room.end_speech(sid, now);
        }
        self.room_changed(&room, Vec::new());
    }
}
