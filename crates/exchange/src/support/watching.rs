//! The legs of watchers: into the room, out of it, and by whom they are heard.

use super::case::{Case, GRACE_S};
use super::{
    Filed, HeardBy, LeftBecause, LegOf, Refusal, RoomEvent, RoomSaid, Seen, Stage, SupportRoute,
    Switch, WatchMode, Watcher,
};
use crate::{Act, AgentEvent, CallSid, Effect, Join, Moment, Prompt, RoomName, UserName};

/// So many times in the room are a circle that has to end.
const MAX_TIMES: u32 = 50;

impl Case<'_> {
    /// The leg of a supervisor asks for the caller's room.
    pub(super) fn watcher_joins(
        &mut self,
        (user, name): (&UserName, &str),
        leg: &CallSid,
        mode: WatchMode,
    ) {
        if !self.has_room() {
            return self.send_off(Prompt::WatchOver);
        }
        let is_their_own = |seat: &super::Seat| seat.agent == *user && seat.number.is_none();
        if self.staying().any(is_their_own) {
            return self.send_off(Prompt::WatchOwnCall);
        }
        if self.watcher_mut(leg).is_some() {
            return self.lead_watcher(leg);
        }
        self.replace_watcher(user);
        let now = self.now();
        let mut watcher = Watcher {
            leg: leg.clone(),
            user: user.clone(),
            name: name.to_owned(),
            mode,
            told: HeardBy::Nobody,
            heard: None,
            sets: 0,
            takes_over: None,
            since: now,
            led: now,
            times: 0,
            joined: None,
            gone: None,
        };
        // Whoever is not in the room yet cannot be coached there (reference A.3.9): then the leg is muted first.
        watcher.told = watcher.due(self.coached().as_ref());
        let told = watcher.told.clone();
        self.state.watchers.push(watcher);
        self.state.help = None;
        let call = self.turn.call.sid.clone();
        self.turn.agent(user, AgentEvent::Watches { call });
        let words = format!("{name} joined the call: {}.", self.doing_of(mode));
        self.write_down(user, words);
        self.enter_as_watcher(leg, told);
    }

    /// One leg of a supervisor is enough: a page that was loaded again has another.
    fn replace_watcher(&mut self, user: &UserName) {
        let old = self.state.watcher(user).map(|old| old.leg.clone());
        if let Some(old) = old {
            self.watcher_gone(&old);
            self.end_leg(LegOf::Leg(old));
        }
    }

    /// The leg of a watcher is out of the room.
    pub(super) fn watcher_left(&mut self, leg: &CallSid, is_over: bool) {
        if self.seat(leg).is_some() {
            return self.agent_left(leg, is_over);
        }
        if !is_over && self.has_room() && self.watcher_mut(leg).is_some() {
            return self.lead_watcher(leg);
        }
        self.watcher_gone(leg);
        if is_over {
            self.turn.act(Act::HangUp);
        } else {
            self.send_off(Prompt::WatchOver);
        }
    }

    /// Back into the room, which ended around the leg: muted, until it is known to be there.
    fn lead_watcher(&mut self, leg: &CallSid) {
        let Some(watcher) = self.watcher_mut(leg) else {
            return;
        };
        if watcher.times >= MAX_TIMES {
            self.watcher_gone(leg);
            return self.send_off(Prompt::WatchOver);
        }
        watcher.told = HeardBy::Nobody;
        self.enter_as_watcher(leg, HeardBy::Nobody);
    }

    fn enter_as_watcher(&mut self, leg: &CallSid, heard: HeardBy) {
        let now = self.now();
        if let Some(watcher) = self.watcher_mut(leg) {
            watcher.led = now;
            watcher.times += 1;
            watcher.joined = None;
            watcher.heard = None;
        }
        let room = RoomName::Call(self.turn.call.sid.clone());
        let join = Join {
            heard,
            wait: Some(self.route(SupportRoute::Hold)),
            ..Join::to(room, self.route(SupportRoute::WatchLeft))
        };
        self.turn.act(Act::Join(join));
        self.sweep_in(GRACE_S + 1);
    }

    fn send_off(&mut self, words: Prompt) {
        self.turn.say(words, &[]);
        self.turn.act(Act::HangUp);
    }

    /// Whether there is a room with the caller in it, or about to be.
    fn has_room(&self) -> bool {
        self.turn.call.ended.is_none()
            && match self.state.stage {
                Stage::Waiting(_)
                | Stage::Offered { .. }
                | Stage::Talking { .. }
                | Stage::Outside { .. } => true,
                Stage::Arrived
                | Stage::TurnedAway(_)
                | Stage::Asked(_)
                | Stage::Recording
                | Stage::Ending(_)
                | Stage::Survey { .. } => false,
            }
    }

    /// A watcher's leg, while it is or will be in the room.
    pub(super) fn watcher_mut(&mut self, leg: &CallSid) -> Option<&mut Watcher> {
        let watchers = self.state.watchers.iter_mut();
        watchers
            .filter(|watcher| watcher.gone.is_none())
            .find(|watcher| watcher.leg == *leg)
    }

    /// What the carrier says of a watcher's leg in a room: true when it was of one. A room is known by
    /// the legs that belong in it, and not by these.
    pub(super) fn watchers_say(&mut self, said: &RoomSaid) -> bool {
        let (leg, is_out) = match &said.event {
            RoomEvent::Joined(leg) => (leg, false),
            RoomEvent::Left(leg, LeftBecause::HungUp | LeftBecause::NeverCame) => (leg, true),
            RoomEvent::Left(
                _,
                LeftBecause::RoomEnded | LeftBecause::Moved | LeftBecause::Unknown,
            )
            | RoomEvent::Started
            | RoomEvent::Ended
            | RoomEvent::Held(..)
            | RoomEvent::EndsRoom(..)
            | RoomEvent::Other => return false,
        };
        if self.watcher_mut(leg).is_none() {
            return false;
        }
        if is_out {
            self.watcher_gone(leg);
        } else if !self.state.room.past.contains(&said.conference) {
            self.watcher_joined(leg);
        }
        true
    }

    pub(super) fn watcher_joined(&mut self, leg: &CallSid) {
        let now = self.now();
        if let Some(watcher) = self.watcher_mut(leg)
            && watcher.joined.is_none()
        {
            watcher.joined = Some(now);
            if watcher.sets == 0 {
                watcher.heard = Some(watcher.told.clone());
            }
        }
    }

    /// A watcher's leg is over. The call goes on as if it had never been there.
    pub(super) fn watcher_gone(&mut self, leg: &CallSid) {
        let now = self.now();
        let Some(watcher) = self.watcher_mut(leg) else {
            return;
        };
        watcher.gone = Some(now);
        let watcher = watcher.clone();
        self.turn.note(format!("{} left the call.", watcher.name));
        let call = self.turn.call.sid.clone();
        self.turn
            .agent(&watcher.user, AgentEvent::PhoneIsBack { call });
        if watcher.takes_over.is_some() {
            self.takes_over_no_more(&watcher.user);
        }
    }

    /// Whoever watches hangs up; false when they do not watch.
    pub(super) fn stops_watching(&mut self, by: &UserName) -> bool {
        let Ok(watcher) = self.watcher_of(by) else {
            return false;
        };
        let leg = watcher.leg.clone();
        self.watcher_gone(&leg);
        self.end_leg(LegOf::Leg(leg));
        true
    }

    /// Listen, coach, or speak: whichever leg it is, it stays the same.
    pub(super) fn watch(&mut self, by: &UserName, mode: WatchMode) -> Result<(), Refusal> {
        let watcher = self.watcher_of(by)?.clone();
        if watcher.takes_over.is_some() {
            return match mode {
                WatchMode::Speak => Ok(()),
                WatchMode::Listen | WatchMode::Coach => Err(Refusal::TakingOver),
            };
        }
        if watcher.mode == mode {
            return Ok(());
        }
        match (mode, &self.state.stage) {
            (WatchMode::Coach, Stage::Talking { .. })
            | (WatchMode::Listen | WatchMode::Speak, _) => {}
            (
                WatchMode::Coach,
                Stage::Arrived
                | Stage::Waiting(_)
                | Stage::Offered { .. }
                | Stage::Outside { .. }
                | Stage::TurnedAway(_)
                | Stage::Asked(_)
                | Stage::Recording
                | Stage::Ending(_)
                | Stage::Survey { .. },
            ) => return Err(Refusal::NobodyToCoach(self.state.stage.what())),
        }
        if let Some(watcher) = self.watcher_mut(&watcher.leg) {
            watcher.mode = mode;
        }
        let words = format!("{}: {}.", watcher.name, self.doing_of(mode));
        self.write_down(by, words);
        Ok(())
    }

    /// The live leg by which somebody watches.
    pub(super) fn watcher_of(&self, by: &UserName) -> Result<&Watcher, Refusal> {
        if self
            .staying()
            .any(|seat| seat.agent == *by && seat.number.is_none())
        {
            return Err(Refusal::OwnCall);
        }
        self.state.watcher(by).ok_or(Refusal::NotWatching)
    }

    fn doing_of(&self, mode: WatchMode) -> String {
        match (mode, &self.state.stage) {
            (WatchMode::Listen, _) => "listens".to_owned(),
            (WatchMode::Coach, Stage::Talking { agent, .. }) => {
                format!("coaches {}", self.name_of(agent))
            }
            (WatchMode::Coach, _) => "coaches whoever will have the caller".to_owned(),
            (WatchMode::Speak, _) => "speaks with everybody".to_owned(),
        }
    }

    /// What a supervisor does stands in the journal, and in the audit.
    pub(super) fn write_down(&mut self, by: &UserName, words: String) {
        self.turn.file(Filed::Audited {
            by: by.clone(),
            what: words.clone(),
        });
        self.turn.note(words);
    }

    /// The leg of the agent who has the caller, where it can be coached: it is in the room and hears.
    pub(super) fn coached(&self) -> Option<CallSid> {
        let Stage::Talking { leg, .. } = &self.state.stage else {
            return None;
        };
        let seat = self.seat(leg)?;
        let hears = seat.joined.is_some() && seat.gone.is_none() && seat.hold == Switch::Off;
        hears.then(|| leg.clone())
    }

    /// Whoever watches is heard by those who are to hear them, whatever has become of the call.
    pub(super) fn tune(&mut self) {
        let coached = self.coached();
        let mut changed = Vec::new();
        for watcher in &mut self.state.watchers {
            let due = watcher.due(coached.as_ref());
            let is_there = watcher.gone.is_none() && watcher.joined.is_some();
            if is_there && watcher.told != due {
                watcher.told = due.clone();
                watcher.sets += 1;
                changed.push((watcher.leg.clone(), due));
            }
        }
        for (leg, by) in changed {
            self.turn.effect(Effect::SetHeard { leg, by });
        }
    }

    /// What came of a change. Where it failed, the watcher is to be heard by nobody.
    pub(super) fn heard_set(&mut self, leg: &CallSid, by: &HeardBy, how: Result<(), String>) {
        let Some(watcher) = self.watcher_mut(leg) else {
            return;
        };
        if watcher.sets != 1 {
            watcher.sets = watcher.sets.saturating_sub(1);
            return;
        }
        watcher.sets = 0;
        match how {
            Ok(()) => {
                // An answer about the room before this one may have come to bear here.
                watcher.told = by.clone();
                watcher.heard = watcher.joined.map(|_| by.clone());
            }
            Err(_) if watcher.told != *by => {
                watcher.heard = watcher.joined.map(|_| watcher.told.clone());
            }
            Err(why) => {
                watcher.mode = WatchMode::Listen;
                let (user, name) = (watcher.user.clone(), watcher.name.clone());
                let was_taking = watcher.takes_over.take().is_some();
                self.turn
                    .note(format!("Who hears {name} could not be changed: {why}."));
                if was_taking {
                    self.takes_over_no_more(&user);
                }
            }
        }
    }

    /// The carrier shows by whom a watcher is heard: what it was told and did not do is told again.
    pub(super) fn know_heard(&mut self, leg: &CallSid, heard: &HeardBy) {
        if let Some(watcher) = self.watcher_mut(leg)
            && watcher.sets == 0
        {
            watcher.told = heard.clone();
            watcher.heard = Some(heard.clone());
        }
    }

    /// Legs of watchers in what a sweep saw.
    pub(super) fn look_at_watchers(&mut self, seen: &Seen, is_old: impl Fn(Moment) -> bool) {
        let watchers: Vec<Watcher> = self.state.watchers.clone();
        for watcher in watchers {
            let present = seen.people.iter().find(|one| one.leg == watcher.leg);
            let is_seat = self.seat(&watcher.leg).is_some();
            match (present, watcher.gone) {
                (Some(present), None) => {
                    self.watcher_joined(&watcher.leg);
                    self.know_heard(&watcher.leg, &present.heard);
                }
                (Some(_), Some(gone)) if is_old(gone) && !is_seat => {
                    self.end_leg(LegOf::Leg(watcher.leg));
                }
                (None, None) if is_old(watcher.joined.unwrap_or(watcher.led)) => {
                    self.watcher_gone(&watcher.leg);
                }
                (Some(_), Some(_)) | (None, Some(_) | None) => {}
            }
        }
    }
}
