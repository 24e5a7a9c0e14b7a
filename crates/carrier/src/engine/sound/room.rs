//! What is heard in a room, by one of those who are in it and by all together.

use super::Sounding;
use super::hearing::{Passed, sounding};
use crate::engine::conference::{Hearing, Room, Sound};
use crate::engine::leg::Leg;
use crate::engine::{ConferenceSid, Engine};

impl Engine {
    /// What somebody in a room hears there. Its own voice does not come back to it, whatever way it takes.
    pub(super) fn heard_in_room(
        &self,
        leg: &Leg,
        sid: &ConferenceSid,
        passed: &mut Passed,
    ) -> Vec<Sounding> {
        let Some(room) = self.rooms.get(sid) else {
            return Vec::new();
        };
        let beside = || leg.side.as_ref().and_then(sounding);
        let mut heard: Vec<Sounding> = match room.hearing(&leg.sid) {
            Some(Hearing::Waits(sound) | Hearing::Held(sound)) => match sound {
                Sound::Music => vec![Sounding::Music],
                Sound::Silence => Vec::new(),
                Sound::Document(_) => beside().into_iter().collect(),
            },
            Some(Hearing::Others) => {
                let others = room.heard_by(&leg.sid);
                let voices = others.iter().flat_map(|other| self.voice_of(other, passed));
                voices
                    .filter(|voice| *voice != Sounding::Voice(leg.sid.clone()))
                    .collect()
            }
            Some(Hearing::Nobody) | None => Vec::new(),
        };
        if self.hears_ringing(room, &leg.sid) {
            heard.push(Sounding::Ringback);
        }
        heard.extend(self.announcements.heard_by(sid, &leg.sid));
        heard.extend(leg.beeped.map(|since| Sounding::Beep { since }));
        heard
    }

    /// What is heard of a room by nobody in particular: everybody who speaks to all, and what is announced to all.
    pub(super) fn heard_of_room(&self, room: &Room) -> Vec<Sounding> {
        let speakers = room.speakers();
        let voices = speakers.flat_map(|call| self.voice_of(call, &mut Passed::new()));
        let mut heard: Vec<Sounding> = voices.collect();
        heard.extend(self.announcements.heard_by_all(&room.sid));
        heard
    }
}
