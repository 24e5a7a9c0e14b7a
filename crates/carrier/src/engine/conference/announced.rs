//! What is being announced in rooms, to whom, and what is heard of it at this moment.

use std::collections::{BTreeMap, VecDeque};

use twilio::CallSid;
use twiml::{Method, Say};

use crate::engine::{ConferenceSid, Sounding};

/// An announcement that is being made.
#[derive(Debug)]
pub(super) struct Announcement {
    pub(super) room: ConferenceSid,
    /// The only one who hears it; all, where there is none.
    pub(super) to: Option<CallSid>,
    /// What was asked for first, as the callback is told.
    pub(super) url: String,
    /// Where the present document came from.
    pub(super) at: String,
    pub(super) documents: u32,
    pub(super) steps: VecDeque<Step>,
    /// The sounds that were fetched, and how long each lasts, in milliseconds.
    pub(super) sounds: BTreeMap<String, i64>,
    pub(super) is_heard: bool,
    /// What is heard of it now; nothing in a pause.
    pub(super) sounding: Option<Sounding>,
}

impl Announcement {
    fn is_for(&self, call: &CallSid) -> bool {
        self.to.as_ref().is_none_or(|to| to == call)
    }
}

/// One thing of an announcement.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Words, and how long they take, in milliseconds.
    Say(Say, i64),
    /// The sound of this URL.
    Play(String),
    /// So many milliseconds of nothing.
    Wait(i64),
    /// Another document.
    GoOn(String, Option<Method>),
}

/// The announcements that are being made: one at a time for a room, and one for each participant.
#[derive(Debug, Default)]
pub(crate) struct Announcements {
    pub(super) running: BTreeMap<u64, Announcement>,
    pub(super) made: u64,
}

impl Announcements {
    pub(super) fn is_heard_by(&self, room: &ConferenceSid, call: &CallSid) -> bool {
        self.of(room).any(|one| one.is_heard && one.is_for(call))
    }

    /// What somebody in a room hears of them now.
    pub(crate) fn heard_by<'a>(
        &'a self,
        room: &'a ConferenceSid,
        call: &'a CallSid,
    ) -> impl Iterator<Item = Sounding> + 'a {
        let its = self.of(room).filter(|one| one.is_for(call));
        its.filter_map(|one| one.sounding.clone())
    }

    /// What everybody in a room hears of them now.
    pub(crate) fn heard_by_all<'a>(
        &'a self,
        room: &'a ConferenceSid,
    ) -> impl Iterator<Item = Sounding> + 'a {
        let its = self.of(room).filter(|one| one.to.is_none());
        its.filter_map(|one| one.sounding.clone())
    }

    fn of<'a>(&'a self, room: &'a ConferenceSid) -> impl Iterator<Item = &'a Announcement> {
        self.running.values().filter(move |one| one.room == *room)
    }
}
