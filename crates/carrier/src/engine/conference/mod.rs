//! Conferences: rooms in which several calls hear each other (reference A.3.9, B.5, E.3, F.5).
//!
//! A [`Room`] decides everything by itself; the rest of the folder ties rooms to legs, documents and REST.

mod announced;
mod announcement;
mod attending;
mod change;
mod create;
mod ear;
mod entering;
mod hearing;
mod notice;
mod participant;
mod rest;
mod room;
mod views;

use std::collections::BTreeMap;

pub use create::CreateParticipant;
pub use ear::{Ear, EarSound};
pub use views::{
    ConferenceFilter, ConferenceView, ParticipantFilter, ParticipantView, UpdateConference,
    UpdateParticipant,
};

pub(crate) use announced::Announcements;
pub(crate) use attending::Attending;
pub(crate) use create::recording_subscription;
pub(crate) use hearing::Hearing;
pub(crate) use participant::Sound;
pub(crate) use rest::target;
pub(crate) use room::Room;

use super::{ConferenceSid, Engine};
use participant::Participant;
use room::{Refusal, Terms};

/// All rooms that are not forgotten, and which of them a name means.
#[derive(Debug, Default)]
pub(crate) struct Rooms {
    rooms: BTreeMap<ConferenceSid, Room>,
    /// The latest room of each name.
    named: BTreeMap<String, ConferenceSid>,
    made: u64,
}

impl Rooms {
    pub(crate) fn get(&self, sid: &ConferenceSid) -> Option<&Room> {
        self.rooms.get(sid)
    }

    fn get_mut(&mut self, sid: &ConferenceSid) -> Option<&mut Room> {
        self.rooms.get_mut(sid)
    }

    /// The room of that name that is not over (C1, C2).
    fn named(&self, name: &str) -> Option<&Room> {
        let room = self.rooms.get(self.named.get(name)?)?;
        (!room.is_over()).then_some(room)
    }

    /// Whether the room takes somebody.
    fn admit(&self, room: &RoomFor, somebody: &Participant) -> Result<(), Refusal> {
        match room {
            RoomFor::Open(sid) => self.get(sid).ok_or(Refusal::Over)?.admits(somebody),
            RoomFor::New(room) => room.admits(somebody),
        }
    }

    /// The room, which is there from now on.
    fn open(&mut self, room: RoomFor) -> ConferenceSid {
        match room {
            RoomFor::Open(sid) => sid,
            RoomFor::New(mut room) => {
                let sid = room.sid.clone();
                self.made += 1;
                room.serial = self.made;
                self.named.insert(room.name.clone(), sid.clone());
                self.rooms.insert(sid.clone(), *room);
                sid
            }
        }
    }

    /// Forgets a room that is over.
    pub(crate) fn remove(&mut self, sid: &ConferenceSid) {
        let Some(room) = self.rooms.remove(sid) else {
            return;
        };
        if self.named.get(&room.name) == Some(sid) {
            self.named.remove(&room.name);
        }
    }

    fn all(&self) -> impl Iterator<Item = &Room> {
        self.rooms.values()
    }
}

impl Engine {
    /// The open room of that name, or one that does not exist yet.
    fn room_for(&mut self, name: &str, terms: Terms) -> RoomFor {
        if let Some(room) = self.rooms.named(name) {
            return RoomFor::Open(room.sid.clone());
        }
        let first = self.settings.options.conference_sequence_start;
        let room = Room::new(self.ids.conference(), name, terms, first, self.now);
        RoomFor::New(Box::new(room))
    }
}

/// Where somebody who comes by name finds itself.
enum RoomFor {
    Open(ConferenceSid),
    New(Box<Room>),
}
