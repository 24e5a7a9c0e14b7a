//! What is said in a room: announcements, and that somebody comes or goes.

use super::case::Case;
use super::{Announcement, By, Room, RoomDeed, RoomTimer, Told, Words};
use crate::{Act, Answer, CallSid, Language, Part, Plan, Prompt, Speech};

/// How many announcements a room remembers: as many as may still be asked for.
const MOST_KEPT: usize = 10;

/// Comings and goings are said no more often than this, in seconds: the latest stands for all.
const TELL_EVERY_S: i64 = 6;

impl Case<'_> {
    pub(super) fn say_to(&mut self, leg: Option<CallSid>, what: Words, by: Option<By>) {
        let at = self.now();
        self.room.announced += 1;
        let number = self.room.announced;
        self.room.announcements.push(Announcement {
            number,
            leg: leg.clone(),
            what,
            by,
            at,
            how: None,
        });
        let surplus = self.room.announcements.len().saturating_sub(MOST_KEPT);
        self.room.announcements.drain(..surplus);
        self.deed(RoomDeed::Announce {
            announcement: number,
            leg,
        });
    }

    pub(super) fn announced(&mut self, number: u32, how: Result<(), String>) {
        let mut announcements = self.room.announcements.iter_mut();
        if let Some(found) = announcements.find(|one| one.number == number) {
            found.how = Some(how);
        }
    }

    pub(super) fn tell_of_coming(&mut self) {
        let there = self.there();
        self.tell_soon(Words::Came(there));
    }

    pub(super) fn tell_of_going(&mut self) {
        let there = self.there();
        self.tell_soon(Words::Went(there));
    }

    fn there(&self) -> u32 {
        let there = self.staying().filter(|one| one.is_in()).count();
        u32::try_from(there).unwrap_or(u32::MAX)
    }

    fn tell_soon(&mut self, words: Words) {
        if self.settings.told != Told::Spoken || !self.is_running() {
            return;
        }
        let now = self.now();
        let is_set = self.room.untold.last.replace(words).is_some();
        let rest = self
            .room
            .untold
            .told
            .map_or(0, |told| (TELL_EVERY_S - now.seconds_since(told)).max(0));
        if rest == 0 {
            self.tell();
        } else if !is_set {
            self.tick(RoomTimer::Tell, rest);
        }
    }

    pub(super) fn tell(&mut self) {
        let now = self.now();
        let Some(words) = self.room.untold.last.take() else {
            return;
        };
        if self.room.started.is_some() && self.there() > 1 {
            self.room.untold.told = Some(now);
            self.say_to(None, words, None);
        }
    }
}

/// What an announcement says. Nothing, where it is too old to be known.
#[must_use]
pub fn announcement(room: &Room, number: u32, plan: &Plan) -> Option<Answer> {
    let found = room.announcements.iter().find(|one| one.number == number)?;
    let line = plan.line(&room.id.line);
    let mut speech = line.map_or_else(|| Speech::plainly(Language::English), Speech::of);
    let prompt = |prompt: Prompt, values: &[(&str, Part)], parts: &mut Vec<Part>| match line {
        Some(line) => plan.say(line, prompt, values, parts),
        None => plan.say_in(Language::English, prompt, values, parts),
    };
    let count = |there: u32| [("count", Part::Text(there.to_string()))];
    let parts = &mut speech.parts;
    match &found.what {
        Words::Text(text) => parts.push(Part::Text(text.clone())),
        Words::Came(there) => prompt(Prompt::ConferenceCame, &count(*there), parts),
        Words::Went(there) => prompt(Prompt::ConferenceWent, &count(*there), parts),
        Words::RecordingPaused => prompt(Prompt::ConferenceRecordingPaused, &[], parts),
        Words::RecordingResumed => prompt(Prompt::ConferenceRecordingResumed, &[], parts),
    }
    Some(Answer(vec![Act::Say(speech)]))
}
