//! The people of the search, and everything that can happen next.

use exchange::{
    Agent, CallSid, Command, Event, Input, LeftBecause, LegStatus, Moment, SupportEvent, Target,
    TeamId, Timer, TransferKind, UserName,
    routing::{Candidate, Queued, pair},
};

use super::{Asks, Budget, Flight, Taken, Where};
use crate::desk::user;
use crate::support::number;
use crate::transfer::{ben, hand_over};

impl Flight {
    /// Where a search may begin: the call as it is; while the target rings; when they have answered.
    pub(crate) fn beginnings(budget: Budget) -> Vec<Self> {
        let plain = Self::begins(budget);
        let mut beginnings = vec![plain.clone(), plain.clone().watched()];
        let telephone = Target::Number {
            number: number("+12025550177"),
        };
        let team = Target::Queue {
            team: TeamId::parse("support").expect("a team"),
        };
        let (warm, cold) = (TransferKind::Warm, TransferKind::Cold);
        for (target, kind) in [(&telephone, warm), (&telephone, cold), (&team, warm)] {
            beginnings.push(plain.clone().with_a_click(hand_over(target.clone(), kind)));
        }
        for kind in TransferKind::ALL {
            let rings = plain.clone().with_a_click(hand_over(ben(), kind));
            let mut answered = rings.clone();
            let sid = answered.open_leg();
            answered.legs.get_mut(&sid).expect("a leg").is_answered = true;
            answered.asks.push(Asks::Joins(sid));
            let answered = answered.settled();
            beginnings.extend([rings, answered.clone(), answered.watched()]);
        }
        beginnings
    }

    fn with_a_click(mut self, what: Command) -> Self {
        let by = user("ana");
        let event = Event::Support(SupportEvent::Command { by, what });
        let (_, is_taken) = self.takes(&event).expect("it is right");
        assert!(is_taken);
        self.settled()
    }

    pub(super) fn settled(mut self) -> Self {
        while self.goes_on().expect("it is right") {}
        self
    }

    fn open_leg(&self) -> CallSid {
        let open = self
            .legs
            .iter()
            .find(|(_, leg)| !leg.is_over && !leg.is_answered);
        open.expect("a leg rings").0.clone()
    }

    /// Every way in which it can go on, with what happens.
    pub(super) fn ways(&self) -> Vec<(String, Taken)> {
        let mut ways = Vec::new();
        self.arrive(&mut ways);
        self.are_done(&mut ways);
        self.people_act(&mut ways);
        if self.is_quiet() {
            self.dispatcher_looks(&mut ways);
            if let Some(due) = self.next_due() {
                let mut next = self.clone();
                let taken = next.passes(due).map(|()| next);
                ways.push(("time passes".to_owned(), taken));
            }
        } else if self.left.faults > 0
            && let Some((due, timer)) = self.timers.iter().min_by_key(|(due, _)| *due)
        {
            self.overtakes(*due, *timer, &mut ways);
        }
        ways
    }

    /// Nothing is on its way but what a fault delays.
    pub(super) fn is_quiet(&self) -> bool {
        self.callbacks.is_empty()
            && self.asks.is_empty()
            && self
                .outbox
                .values()
                .all(std::collections::VecDeque::is_empty)
    }

    fn way(
        &self,
        ways: &mut Vec<(String, Taken)>,
        name: impl Into<String>,
        take: impl FnOnce(&mut Self) -> Result<(), String>,
    ) {
        let mut next = self.clone();
        let taken = take(&mut next).map(|()| next);
        ways.push((name.into(), taken));
    }

    fn fault(&mut self) {
        self.left.faults -= 1;
        self.is_troubled = true;
    }

    fn arrive(&self, ways: &mut Vec<(String, Taken)>) {
        if let Some(event) = self.callbacks.front() {
            let come = |next: &mut Self| {
                let event = next.callbacks.pop_front().expect("a callback");
                next.takes(&event).map(|_| event)
            };
            self.way(ways, format!("{event:?}"), |next| come(next).map(|_| ()));
            if self.left.faults > 0 {
                self.way(ways, format!("lost: {event:?}"), |next| {
                    next.fault();
                    next.callbacks.pop_front();
                    Ok(())
                });
                self.way(ways, format!("repeated: {event:?}"), |next| {
                    next.fault();
                    let event = come(next)?;
                    next.late.push(event);
                    Ok(())
                });
                self.way(ways, format!("delayed: {event:?}"), |next| {
                    next.fault();
                    let event = next.callbacks.pop_front().expect("a callback");
                    next.late.push(event);
                    Ok(())
                });
            }
        }
        for n in 0..self.late.len() {
            let name = format!("late: {:?}", self.late[n]);
            self.way(ways, name, |next| {
                let event = next.late.remove(n);
                next.takes(&event).map(|_| ())
            });
        }
        for n in 0..self.asks.len() {
            self.way(ways, format!("{:?}", self.asks[n]), |next| {
                let asks = next.asks.remove(n);
                next.serves(asks)
            });
        }
    }

    fn are_done(&self, ways: &mut Vec<(String, Taken)>) {
        for (lane, effects) in &self.outbox {
            let Some(effect) = effects.front() else {
                continue;
            };
            let take = |next: &mut Self| {
                let effects = next.outbox.get_mut(lane).expect("a lane");
                effects.pop_front().expect("an effect")
            };
            self.way(ways, format!("does {effect:?}"), |next| {
                let effect = take(next);
                next.performs(effect, false)
            });
            if self.left.faults > 0 && self.call.wants(effect) {
                self.way(ways, format!("fails {effect:?}"), |next| {
                    next.fault();
                    next.failures += 1;
                    let effect = take(next);
                    next.performs(effect, true)
                });
            }
        }
    }

    /// A timer is due while other things are on their way.
    fn overtakes(&self, due: Moment, timer: Timer, ways: &mut Vec<(String, Taken)>) {
        self.way(ways, format!("overtakes: {timer:?}"), |next| {
            next.fault();
            next.now = due.max(next.now);
            next.timers.retain(|one| *one != (due, timer));
            let due = SupportEvent::Due(timer);
            next.takes(&Event::Support(due)).map(|_| ())
        });
    }

    /// The dispatcher finds somebody; what it does is due at once.
    fn dispatcher_looks(&self, ways: &mut Vec<(String, Taken)>) {
        let Some(offer) = self.found() else {
            return;
        };
        self.way(ways, format!("{offer:?}"), |next| {
            next.takes(&Event::Support(offer)).map(|_| ())
        });
    }

    pub(super) fn found(&self) -> Option<SupportEvent> {
        let row = self.call.floor(&self.plan)?;
        let seeks = row.stage == "seeking";
        if !seeks && row.stage != "waiting" {
            return None;
        }
        let queued = Queued {
            call: self.sid(),
            team: row.team?,
            language: None,
            priority: row.priority,
            queued: row.queued,
            first: row.agent.clone().filter(|_| !seeks),
            by: row.agent.filter(|_| seeks),
            not_before: row.not_before,
        };
        let candidate = |agent: &Agent| Candidate {
            presence: self.presence(&agent.user),
            agent: agent.clone(),
        };
        let candidates: Vec<Candidate> = self.agents.values().map(candidate).collect();
        let found = pair(&[queued], &candidates, self.now).into_iter().next()?;
        Some(SupportEvent::Offer {
            agent: found.agent,
            name: found.name,
        })
    }

    fn people_act(&self, ways: &mut Vec<(String, Taken)>) {
        if self.left.acts == 0 {
            return;
        }
        for command in commands() {
            self.command(ways, "ana", &command);
        }
        self.command(ways, "ben", &Command::HangUp);
        self.sam_acts(ways);
        for (sid, leg) in &self.legs {
            if leg.is_over {
                continue;
            }
            self.leg_acts(ways, sid);
        }
        for agent in &self.closed {
            self.act(ways, format!("{agent}'s tab is back"), |next| {
                next.closed.remove(agent);
                Ok(())
            });
        }
        if self.caller == Where::Asked {
            return;
        }
        if self.caller == Where::Room {
            self.act(ways, "the caller hangs up", |next| {
                next.caller_is_over();
                let left = SupportEvent::Left(Input {
                    caller_is_gone: true,
                    ..Input::default()
                });
                next.callbacks.push_back(Event::Support(left));
                let sid = next.sid();
                next.leaves(&sid, LeftBecause::HungUp);
                Ok(())
            });
        }
    }

    pub(super) fn act(
        &self,
        ways: &mut Vec<(String, Taken)>,
        name: impl Into<String>,
        take: impl FnOnce(&mut Self) -> Result<(), String>,
    ) {
        self.way(ways, name, |next| {
            next.left.acts -= 1;
            take(next)
        });
    }

    /// A click. One that is refused is no way to go on.
    pub(super) fn command(&self, ways: &mut Vec<(String, Taken)>, by: &str, what: &Command) {
        let by = user(by);
        let mut next = self.clone();
        next.left.acts -= 1;
        let event = SupportEvent::Command {
            by: by.clone(),
            what: what.clone(),
        };
        let name = format!("{by}: {what:?}");
        match next.takes(&Event::Support(event)) {
            Ok((_, false)) => {}
            Ok((_, true)) => {
                if *what == Command::HangUp {
                    next.hangs_up(&by);
                }
                ways.push((name, Ok(next)));
            }
            Err(wrong) => ways.push((name, Err(wrong))),
        }
    }

    /// The browser disconnects after the command was written down.
    fn hangs_up(&mut self, by: &UserName) {
        let theirs = |leg: &super::Leg| {
            leg.agent == *by && !leg.is_telephone && leg.is_answered && !leg.is_over
        };
        let legs: Vec<CallSid> = self
            .legs
            .iter()
            .filter(|(_, leg)| theirs(leg))
            .map(|(sid, _)| sid.clone())
            .collect();
        for sid in legs {
            self.leg_hangs_up(&sid);
        }
        if *by == user("sam") {
            self.sam_hangs_up();
        }
    }

    fn leg_acts(&self, ways: &mut Vec<(String, Taken)>, sid: &CallSid) {
        let (agent, is_answered) = {
            let leg = &self.legs[sid];
            (leg.agent.clone(), leg.is_answered)
        };
        if self.legs[sid].is_telephone {
            self.act(ways, "the telephone hangs up", |next| {
                next.leg_hangs_up(sid);
                Ok(())
            });
        } else {
            self.act(ways, format!("{agent}'s tab dies"), |next| {
                next.closed.insert(agent.clone());
                next.leg_hangs_up(sid);
                Ok(())
            });
        }
        let asked = |asks: &Asks| matches!(asks, Asks::Key(leg, true) if leg == sid);
        if let Some(place) = self.asks.iter().position(asked) {
            self.act(ways, "nobody presses a key", |next| {
                next.asks[place] = Asks::Key(sid.clone(), false);
                Ok(())
            });
        }
        if is_answered {
            return;
        }
        self.act(ways, format!("{agent} declines"), |next| {
            next.leg_ends(sid, LegStatus::Busy);
            Ok(())
        });
        self.act(ways, format!("{agent} answers"), |next| {
            next.legs.get_mut(sid).expect("a leg").is_answered = true;
            next.asks.push(Asks::Joins(sid.clone()));
            Ok(())
        });
    }
}

/// What the first agent may click.
fn commands() -> Vec<Command> {
    let mut commands: Vec<Command> = TransferKind::ALL
        .into_iter()
        .map(|kind| hand_over(ben(), kind))
        .collect();
    commands.extend([
        Command::CancelTransfer,
        Command::JoinAll,
        Command::Swap,
        Command::Complete,
        Command::HangUp,
    ]);
    commands
}
