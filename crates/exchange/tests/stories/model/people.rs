//! The model's people: the dispatcher, agents with their tabs, and the caller.

use exchange::{
    Act, AgentEvent, CallSid, Chosen, Command, Event, Input, LeftBecause, LegStatus, Presence,
    SupportEvent, UserName,
    routing::{Candidate, Queued, pair},
};

use super::{Where, World};

impl World {
    /// The dispatcher looks.
    pub(super) fn dispatches(&mut self) {
        let Some(row) = self.desk.story.call.floor(&self.desk.story.plan) else {
            return;
        };
        if row.stage != "waiting" {
            return;
        }
        let queued = Queued {
            call: self.sid(),
            team: row.team.expect("a team"),
            language: None,
            priority: row.priority,
            queued: row.queued,
            first: row.agent,
            by: None,
            not_before: row.not_before,
        };
        let candidates: Vec<Candidate> = self
            .desk
            .agents
            .values()
            .map(|agent| Candidate {
                agent: agent.clone(),
                presence: Presence {
                    answered: Some(self.now()),
                    registered: self.is_there(&agent.user),
                    microphone: true,
                },
            })
            .collect();
        for pair in pair(&[queued], &candidates, self.now()) {
            self.support_event(SupportEvent::Offer {
                agent: pair.agent,
                name: pair.name,
            });
        }
    }

    /// A person does something, as the schedule has it.
    pub(super) fn somebody_acts(&mut self) {
        let legs: Vec<CallSid> = self
            .legs
            .iter()
            .filter(|(_, leg)| !leg.is_over)
            .map(|(sid, _)| sid.clone())
            .collect();
        let lot = self.lots.below(19);
        match (lot, legs.get(self.lots.below(legs.len().max(1)))) {
            (0..=4, Some(leg)) => self.agent_answers(&leg.clone()),
            (5, Some(leg)) if !self.legs[leg].is_answered => {
                let leg = leg.clone();
                self.leg_is_over(&leg, LegStatus::Busy);
            }
            (6 | 7, Some(leg)) => {
                // The tab is closed or reloaded.
                let leg = leg.clone();
                let back = self.now().plus_seconds([2, 4, 30][self.lots.below(3)]);
                self.closed.insert(self.legs[&leg].agent.clone(), back);
                self.leg_hangs_up(&leg);
            }
            (8 | 9, Some(leg)) => {
                let by = self.legs[leg].agent.clone();
                let leg = leg.clone();
                let step = self.support_event(SupportEvent::Command {
                    by,
                    what: Command::HangUp,
                });
                assert!(step.is_none());
                if self.legs[&leg].is_answered {
                    self.leg_hangs_up(&leg);
                }
            }
            (10, Some(leg)) => {
                let by = self.legs[leg].agent.clone();
                let on = self.lots.below(2) == 0;
                self.support_event(SupportEvent::Command {
                    by,
                    what: Command::Hold { on },
                });
            }
            (11, _) if self.lots.below(3) == 1 => self.caller_hangs_up(),
            (12 | 13, _) => {
                if let Where::Asked(then) = self.caller.clone() {
                    self.asks(&then);
                }
            }
            (14, _) => {
                let names: Vec<UserName> = self.desk.agents.keys().cloned().collect();
                let name = names[self.lots.below(names.len())].clone();
                let chosen = [Chosen::Available, Chosen::Offline][self.lots.below(2)];
                self.desk
                    .agent_does(name.as_str(), &AgentEvent::Chose(chosen));
            }
            (15..=18, _) => self.sam_acts(),
            _ => {}
        }
    }

    pub(super) fn agent_answers(&mut self, sid: &CallSid) {
        let leg = self.legs.get_mut(sid).expect("a leg");
        if leg.is_answered || leg.is_over {
            return;
        }
        leg.is_answered = true;
        let (agent, offer) = (leg.agent.clone(), Some(leg.offer));
        let answer = self
            .support_event(SupportEvent::AgentJoins {
                agent,
                leg: sid.clone(),
                offer,
            })
            .expect("a document");
        match answer.0.last() {
            Some(Act::Join(join)) => self.enters(sid, join),
            _ => self.leg_is_over(sid, LegStatus::Completed),
        }
    }

    pub(super) fn caller_hangs_up(&mut self) {
        if self.caller == Where::Gone {
            return;
        }
        self.caller_is_over();
        let gone = Input {
            caller_is_gone: true,
            ..Input::default()
        };
        self.posts(Event::Support(SupportEvent::Left(gone)));
        let sid = self.sid();
        self.leaves(&sid, LeftBecause::HungUp);
    }
}
