//! What is said in a room: announcements, and that somebody comes or goes.

use super::case::Case;
use super::{Announcement, By, Role, Room, RoomDeed, RoomTimer, Told, Words};
use crate::{Act, Answer, CallSid, JoinBeep, Language, Line, Moment, Part, Plan, Prompt, Speech};

/// How many announcements a room remembers: as many as may still be asked for.
const MOST_KEPT: usize = 10;

/// Comings and goings are said no more often than this, in seconds: the latest stands for all.
const TELL_EVERY_S: i64 = 6;

/// How long the carrier may take to begin with an announcement, in seconds.
const ASKED_S: i64 = 2;

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

    /// Whether an announcement is the last one to the same ears that somebody at the monitor wrote: what the room says by
    /// itself, or was written before, does not tell what became of it.
    pub(super) fn is_last_written(&self, number: u32, leg: Option<&CallSid>) -> bool {
        let mut latest_first = self.room.announcements.iter().rev();
        let last = latest_first.find(|one| one.leg.as_ref() == leg && one.by.is_some());
        last.is_some_and(|last| last.number == number)
    }

    /// What the carrier tells of somebody by a beep. It would beep for who goes to the star menu as for who goes for good,
    /// so of participants, who have that menu, it tells the coming alone.
    pub(super) const fn beep(&self, role: Role, is_back: bool) -> JoinBeep {
        match (self.settings.told, role, is_back) {
            (Told::Beep, Role::Moderator, false) => JoinBeep::Both,
            (Told::Beep, Role::Moderator, true) => JoinBeep::Leaving,
            (Told::Beep, Role::Participant, false) => JoinBeep::Coming,
            (Told::Beep, Role::Participant, true) | (Told::Nothing | Told::Spoken, _, _) => {
                JoinBeep::Never
            }
        }
    }

    pub(super) fn tell_of_coming(&mut self) {
        match self.settings.told {
            Told::Spoken => self.tell_soon(Words::Came(self.there())),
            // The carrier does.
            Told::Beep | Told::Nothing => {}
        }
    }

    /// Somebody who was in is out for good.
    pub(super) fn tell_of_going(&mut self, role: Role) {
        match (self.settings.told, role) {
            (Told::Spoken, _) => self.tell_soon(Words::Went(self.there())),
            (Told::Beep, Role::Participant) => self.tell_soon(Words::Beep),
            (Told::Beep, Role::Moderator) | (Told::Nothing, _) => {}
        }
    }

    fn there(&self) -> u32 {
        let there = self.staying().filter(|one| one.is_in()).count();
        u32::try_from(there).unwrap_or(u32::MAX)
    }

    fn tell_soon(&mut self, words: Words) {
        if !self.is_running() {
            return;
        }
        let is_set = self.room.untold.last.replace(words).is_some();
        let rest = self.rest_until_told();
        if rest == 0 {
            self.tell();
        } else if !is_set {
            self.tick(RoomTimer::Tell, rest);
        }
    }

    /// For how many seconds nothing is told of comings and goings: it was lately, or it would cut somebody's words off.
    fn rest_until_told(&self) -> i64 {
        let now = self.now();
        let until = |over: Moment| over.seconds_since(now).max(0);
        let told = self.room.untold.told;
        let told = told.map_or(0, |told| until(told.plus_seconds(TELL_EVERY_S)));
        let all = self.room.announcements.iter();
        let words = all.filter(|one| one.leg.is_none() && !matches!(one.how, Some(Err(_))));
        let words = words.map(|one| until(one.at.plus_seconds(self.seconds_of(&one.what))));
        words.fold(told, i64::max)
    }

    /// How many seconds after it was asked for it is said, at most. Comings and goings wait for each other anyway.
    fn seconds_of(&self, what: &Words) -> i64 {
        match what {
            Words::Text(_) | Words::RecordingPaused | Words::RecordingResumed => {
                let speech = spoken(what, Some(self.turn.line), self.turn.plan);
                ASKED_S + speech.length_ms() / 1000
            }
            Words::Came(_) | Words::Went(_) | Words::Beep => 0,
        }
    }

    pub(super) fn tell(&mut self) {
        let now = self.now();
        let rest = self.rest_until_told();
        if rest > 0 && self.room.untold.last.is_some() {
            return self.tick(RoomTimer::Tell, rest);
        }
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
    Some(Answer(vec![match &found.what {
        Words::Beep => Act::Beep,
        Words::Text(_)
        | Words::Came(_)
        | Words::Went(_)
        | Words::RecordingPaused
        | Words::RecordingResumed => Act::Say(spoken(&found.what, plan.line(&room.id.line), plan)),
    }]))
}

/// In the line's voice and words; a line that is no more speaks plainly. A beep has no words.
fn spoken(what: &Words, line: Option<&Line>, plan: &Plan) -> Speech {
    let mut speech = line.map_or_else(|| Speech::plainly(Language::English), Speech::of);
    let prompt = |prompt: Prompt, values: &[(&str, Part)], parts: &mut Vec<Part>| match line {
        Some(line) => plan.say(line, prompt, values, parts),
        None => plan.say_in(Language::English, prompt, values, parts),
    };
    let count = |there: u32| [("count", Part::Text(there.to_string()))];
    let parts = &mut speech.parts;
    match what {
        Words::Beep => {}
        Words::Text(text) => parts.push(Part::Text(text.clone())),
        Words::Came(there) => prompt(Prompt::ConferenceCame, &count(*there), parts),
        Words::Went(there) => prompt(Prompt::ConferenceWent, &count(*there), parts),
        Words::RecordingPaused => prompt(Prompt::ConferenceRecordingPaused, &[], parts),
        Words::RecordingResumed => prompt(Prompt::ConferenceRecordingResumed, &[], parts),
    }
    speech
}
