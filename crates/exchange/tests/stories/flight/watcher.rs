//! A supervisor in the search: Sam coaches whoever has the caller, takes over, and goes.

use std::collections::BTreeMap;

use exchange::{
    Act, Agent, CallSid, Chosen, Command, Event, HeardBy, LeftBecause, LegStatus, Stage,
    SupportEvent, WatchMode,
};

use super::{Asks, Flight, Member, Taken};
use crate::desk::{leg, user};

/// Sam's leg.
pub(super) fn sam() -> CallSid {
    leg(900)
}

impl Flight {
    /// The same with Sam in the room, who coaches.
    pub(super) fn watched(mut self) -> Self {
        let mut agent = Agent::new(user("sam"), "Sam".to_owned(), Vec::new(), self.now);
        agent.chosen = Chosen::Offline;
        self.agents.insert(user("sam"), agent);
        self.has_sam = true;
        let joins = SupportEvent::WatcherJoins {
            user: user("sam"),
            name: "Sam".to_owned(),
            leg: sam(),
            mode: WatchMode::Coach,
        };
        let (answer, _) = self.takes(&Event::Support(joins)).expect("it is right");
        match answer.expect("a document").0.last() {
            Some(Act::Join(join)) => self.enters(&sam(), join),
            other => panic!("Sam is led to {other:?}"),
        }
        self.settled()
    }

    /// Whether a leg is in the room to watch only.
    pub(super) fn watches(&self, leg: &CallSid) -> bool {
        let is_seat = self.support().seats.iter().any(|seat| seat.leg == *leg);
        *leg == sam() && !is_seat
    }

    pub(super) fn sam_acts(&self, ways: &mut Vec<(String, Taken)>) {
        if !self.has_sam {
            return;
        }
        self.command(ways, "sam", &Command::TakeOver);
        self.act(ways, "sam's tab dies", |next| {
            next.sam_hangs_up();
            Ok(())
        });
    }

    pub(super) fn sam_asks(&mut self) -> Result<(), String> {
        let left = SupportEvent::WatcherLeft {
            leg: sam(),
            is_over: false,
        };
        let (answer, _) = self.takes(&Event::Support(left))?;
        match answer.ok_or("no document")?.0.last() {
            Some(Act::Join(join)) => self.enters(&sam(), join),
            Some(_) | None => self.has_sam = false,
        }
        Ok(())
    }

    pub(super) fn sam_hangs_up(&mut self) {
        if std::mem::take(&mut self.has_sam) {
            self.leaves(&sam(), LeftBecause::HungUp);
            self.asks.retain(|asks| !matches!(asks, Asks::Sam));
        }
    }

    /// A leg hears that somebody else has the caller, and hangs up.
    pub(super) fn is_sent_away(&mut self, leg: &CallSid) {
        self.leaves(leg, LeftBecause::Moved);
        self.leg_ends(leg, LegStatus::Completed);
    }

    /// When everything has come to rest, Sam is heard by whoever has the caller, and by nobody else.
    pub(super) fn sam_is_right(&self, members: &BTreeMap<CallSid, Member>) -> Result<(), String> {
        let known = self.support().watching().next();
        let Some(member) = members.get(&sam()).filter(|_| self.watches(&sam())) else {
            return match known {
                None => Ok(()),
                Some(watcher) => Err(format!("{watcher:?} is not in the room")),
            };
        };
        let due = match (known.map(|watcher| watcher.mode), &self.support().stage) {
            (Some(WatchMode::Speak), _) => HeardBy::Everybody,
            (Some(WatchMode::Coach), Stage::Talking { leg, .. }) => HeardBy::Only(leg.clone()),
            (Some(WatchMode::Coach | WatchMode::Listen), _) => HeardBy::Nobody,
            (None, _) => return Err("nobody knows that Sam is in the room".to_owned()),
        };
        if member.heard == due && !member.ends {
            Ok(())
        } else {
            Err(format!("Sam is {member:?}, to be heard by {due:?}"))
        }
    }
}
