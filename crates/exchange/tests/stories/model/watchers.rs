//! The model's supervisor: Sam listens, coaches, speaks, takes over, and comes and goes.

use exchange::{
    Act, Agent, Answer, CallSid, Chosen, Command, Event, HeardBy, LeftBecause, LegStatus, Stage,
    SupportEvent, TeamId, UserName, WatchMode,
};

use super::World;
use crate::desk::{leg, user};

impl World {
    /// Sam is never rung for those who wait: only for a caller whom they took over and lost.
    pub(super) fn brings_sam(&mut self) {
        let team = TeamId::parse("support").expect("a team");
        let mut sam = Agent::new(sam(), "Sam".to_owned(), vec![team], self.now());
        sam.chosen = Chosen::Offline;
        self.desk.agents.insert(sam.user.clone(), sam);
    }

    /// Whether a leg is in the room to watch only.
    pub(super) fn watches(&self, leg: &CallSid) -> bool {
        let is_seat = self.support().seats.iter().any(|seat| seat.leg == *leg);
        self.watch_legs.contains_key(leg) && !is_seat
    }

    /// Sam does something, as the schedule has it.
    pub(super) fn sam_acts(&mut self) {
        let open: Vec<CallSid> = self
            .watch_legs
            .iter()
            .filter(|(_, is_over)| !**is_over)
            .map(|(leg, _)| leg.clone())
            .collect();
        let mode = WatchMode::ALL[self.lots.below(3)];
        match (self.lots.below(6), open.first()) {
            (0 | 1, _) => self.sam_joins(mode),
            (2, _) => self.sam_clicks(Command::Watch { mode }),
            (3 | 4, Some(_)) => self.sam_clicks(Command::TakeOver),
            (_, Some(leg)) => {
                if self.lots.below(2) == 0 {
                    self.sam_clicks(Command::HangUp);
                }
                self.watcher_hangs_up(&leg.clone());
            }
            (_, None) => self.sam_clicks(Command::AskHelp { on: true }),
        }
    }

    fn sam_clicks(&mut self, what: Command) {
        self.support_event(SupportEvent::Command { by: sam(), what });
    }

    fn sam_joins(&mut self, mode: WatchMode) {
        self.created += 1;
        let leg = leg(self.created);
        self.watch_legs.insert(leg.clone(), false);
        let answer = self.support_event(SupportEvent::WatcherJoins {
            user: sam(),
            name: "Sam".to_owned(),
            leg: leg.clone(),
            mode,
        });
        self.watcher_obeys(&leg, answer);
    }

    /// The room has ended around Sam's leg, which asks where to go.
    pub(super) fn watcher_asks(&mut self, leg: &CallSid) {
        let left = SupportEvent::WatcherLeft {
            leg: leg.clone(),
            is_over: false,
        };
        let answer = self.support_event(left);
        self.watcher_obeys(leg, answer);
    }

    fn watcher_obeys(&mut self, leg: &CallSid, answer: Option<Answer>) {
        match answer.expect("a document").0.last() {
            Some(Act::Join(join)) => self.enters_as_watcher(leg, &join.clone()),
            _ => _ = self.watch_legs.insert(leg.clone(), true),
        }
    }

    /// Whom Sam coaches must be in the room: otherwise the carrier does not let them in.
    fn enters_as_watcher(&mut self, leg: &CallSid, join: &exchange::Join) {
        let members = self.conference.as_ref().map(|at| &at.members);
        let is_there = match &join.heard {
            HeardBy::Only(coached) => {
                let coached = members.and_then(|members| members.get(coached));
                coached.is_some_and(|member| !member.is_held)
            }
            HeardBy::Nobody | HeardBy::Everybody => true,
        };
        if is_there {
            self.enters(leg, join);
        } else {
            self.watcher_asks(leg);
        }
    }

    pub(super) fn watcher_hangs_up(&mut self, leg: &CallSid) {
        if self.watch_legs.insert(leg.clone(), true) == Some(false) {
            let left = SupportEvent::WatcherLeft {
                leg: leg.clone(),
                is_over: true,
            };
            self.posts(Event::Support(left));
            self.leaves(leg, LeftBecause::HungUp);
        }
    }

    /// An agent's leg hears that somebody else has the caller, and hangs up.
    pub(super) fn is_sent_away(&mut self, leg: &CallSid) {
        self.leaves(leg, LeftBecause::Moved);
        if self.watch_legs.contains_key(leg) {
            self.watch_legs.insert(leg.clone(), true);
        } else {
            self.leg_is_over(leg, LegStatus::Completed);
        }
    }

    /// When everything has come to rest: whoever watches is heard by those who are to hear them.
    pub(super) fn watchers_are_right(&self) {
        let members = self.conference.iter().flat_map(|at| &at.members);
        let watching: Vec<_> = members.filter(|(leg, _)| self.watches(leg)).collect();
        let known: Vec<_> = self.support().watching().collect();
        assert_eq!(watching.len(), known.len(), "{known:#?}\n{}", self.tale());
        let is_busy = self.desk.agents[&sam()].elsewhere.is_some();
        assert_eq!(is_busy, !known.is_empty(), "{}", self.tale());
        for watcher in known {
            assert_eq!(watcher.takes_over, None, "{}", self.tale());
            let (_, member) = watching
                .iter()
                .find(|(leg, _)| **leg == watcher.leg)
                .unwrap_or_else(|| panic!("{watcher:?} is not in the room\n{}", self.tale()));
            let due = match (watcher.mode, self.desk.stage()) {
                (WatchMode::Speak, _) => HeardBy::Everybody,
                (WatchMode::Coach, Stage::Talking { leg, .. }) => HeardBy::Only(leg.clone()),
                (WatchMode::Coach | WatchMode::Listen, _) => HeardBy::Nobody,
            };
            let are = (&member.heard, watcher.heard.as_ref());
            assert_eq!(are, (&due, Some(&due)), "{watcher:?}\n{}", self.tale());
            assert!(!member.ends && !member.starts, "{}", self.tale());
        }
    }
}

fn sam() -> UserName {
    user("sam")
}
