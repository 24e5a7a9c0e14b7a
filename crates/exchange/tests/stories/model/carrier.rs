//! The model's carrier: a room, its legs, and what REST does to them.

use std::collections::BTreeMap;

use exchange::{
    CallSid, ConferenceSid, Done, Effect, Event, Input, Join, LeftBecause, LegOf, LegStatus,
    Present, Reported, RoomEvent, RoomSaid, Route, Seen, SupportEvent, SupportRoute, UserName,
};

use super::{Conference, Leg, Member, Where, World};
use crate::desk::leg;

impl World {
    pub(super) fn says(&mut self, conference: &ConferenceSid, event: RoomEvent) {
        self.sequence += 1;
        let said = RoomSaid {
            conference: conference.clone(),
            sequence: self.sequence,
            event,
        };
        self.posts(Event::Support(SupportEvent::Room(said)));
    }

    pub(super) fn enters(&mut self, who: &CallSid, join: &Join) {
        let conferences = &mut self.conferences;
        let conference = self.conference.get_or_insert_with(|| {
            *conferences += 1;
            Conference {
                sid: ConferenceSid::parse(&format!("CF{conferences:032x}")).expect("a conference"),
                has_started: false,
                members: BTreeMap::new(),
            }
        });
        conference.members.insert(
            who.clone(),
            Member {
                starts: join.starts,
                ends: join.ends,
                is_held: false,
                heard: join.heard.clone(),
            },
        );
        let has_agent = conference.members.values().any(|member| member.starts);
        let begins = !conference.has_started && has_agent && conference.members.len() > 1;
        conference.has_started |= begins;
        let sid = conference.sid.clone();
        self.says(&sid, RoomEvent::Joined(who.clone()));
        if begins {
            self.says(&sid, RoomEvent::Started);
        }
    }

    /// A leg is out of the room; the room may end with it.
    pub(super) fn leaves(&mut self, who: &CallSid, why: LeftBecause) {
        let Some(conference) = &mut self.conference else {
            return;
        };
        let Some(member) = conference.members.remove(who) else {
            return;
        };
        let sid = conference.sid.clone();
        let ends = member.ends || conference.members.is_empty();
        self.says(&sid, RoomEvent::Left(who.clone(), why));
        if ends {
            self.room_ends();
        }
    }

    pub(super) fn room_ends(&mut self) {
        let Some(conference) = self.conference.take() else {
            return;
        };
        let sid = conference.sid.clone();
        for who in conference.members.keys() {
            self.says(&sid, RoomEvent::Left(who.clone(), LeftBecause::RoomEnded));
        }
        self.says(&sid, RoomEvent::Ended);
        for who in conference.members.into_keys() {
            if who == self.sid() {
                self.asks(&Route::Support(who, SupportRoute::Left));
            } else if self.watch_legs.contains_key(&who) {
                self.watcher_asks(&who);
            } else {
                self.support_event(SupportEvent::AgentLeft {
                    leg: who.clone(),
                    is_over: false,
                });
                self.leg_is_over(&who, LegStatus::Completed);
            }
        }
    }

    pub(super) fn leg_is_over(&mut self, leg: &CallSid, status: LegStatus) {
        let Some(at) = self.legs.get_mut(leg).filter(|at| !at.is_over) else {
            return;
        };
        at.is_over = true;
        let offer = at.offer;
        self.posts(Event::Support(SupportEvent::Leg {
            leg: leg.clone(),
            offer,
            status,
        }));
    }

    /// An agent's leg ends by itself: their tab, or their hang-up.
    pub(super) fn leg_hangs_up(&mut self, leg: &CallSid) {
        let was_answered = self.legs.get(leg).is_some_and(|leg| leg.is_answered);
        let left = SupportEvent::AgentLeft {
            leg: leg.clone(),
            is_over: true,
        };
        self.leg_is_over(
            leg,
            if was_answered {
                LegStatus::Completed
            } else {
                LegStatus::Canceled
            },
        );
        if was_answered {
            self.posts(Event::Support(left));
        }
        self.leaves(leg, LeftBecause::HungUp);
    }

    /// REST answers with a failure now and then.
    pub(super) fn rest_fails(&mut self) -> Option<String> {
        if self.may_trouble && self.failures < 3 && self.lots.once_in(8) {
            self.failures += 1;
            self.is_troubled = true;
            return Some("500".to_owned());
        }
        None
    }

    pub(super) fn performs(&mut self, effect: Effect) {
        if !self.desk.story.call.wants(&effect) {
            return;
        }
        self.story.push(format!("       does {effect:?}"));
        let done = match effect {
            Effect::AskCarrier { .. } => return,
            Effect::Tick { timer, .. } => {
                self.support_event(SupportEvent::Due(timer));
                return;
            }
            Effect::Sweep { sweep, .. } => return self.sweeps(sweep),
            Effect::RingAgent { offer, agent, .. } => self.rings(offer, agent),
            Effect::RingNumber { .. } | Effect::Mute { .. } | Effect::InRoom { .. } => {
                unreachable!("nobody is handed over to a telephone, muted, or in a conference")
            }
            Effect::EndLeg { leg } => {
                let named = self.support().leg_of(&leg).cloned();
                match named {
                    Some(leg) if self.watch_legs.contains_key(&leg) => self.watcher_hangs_up(&leg),
                    Some(leg) => self.leg_hangs_up(&leg),
                    None => {}
                }
                Done::LegEnded { leg, how: Ok(()) }
            }
            Effect::EndRoom => {
                let how = self.rest_fails().map_or(Ok(()), Err);
                if how.is_ok() {
                    self.room_ends();
                }
                Done::RoomEnded { how }
            }
            Effect::SetEndsRoom { leg, on } => {
                let how = self.sets(&leg, |member| member.ends = on);
                Done::EndsRoomSet { leg, on, how }
            }
            Effect::Hold { leg, on } => {
                let how = self.sets(&leg, |member| member.is_held = on);
                Done::HoldSet { leg, on, how }
            }
            Effect::SetHeard { leg, by } => {
                let heard = by.clone();
                let how = self.sets(&leg, |member| member.heard = heard);
                Done::HeardSet { leg, by, how }
            }
            Effect::SendAway { leg } => {
                let how = self.rest_fails().map_or(Ok(()), Err);
                if how.is_ok() {
                    self.is_sent_away(&leg);
                }
                let leg = LegOf::Leg(leg);
                Done::LegEnded { leg, how }
            }
            Effect::RedirectCaller { round } => {
                let how = self.redirects();
                Done::Redirected { round, how }
            }
        };
        self.support_event(SupportEvent::Did(done));
    }

    pub(super) fn sets(
        &mut self,
        who: &CallSid,
        change: impl FnOnce(&mut Member),
    ) -> Result<(), String> {
        if let Some(why) = self.rest_fails() {
            return Err(why);
        }
        let members = self.conference.as_mut().map(|at| &mut at.members);
        let member = members.and_then(|members| members.get_mut(who));
        member.map(change).ok_or_else(|| "404".to_owned())
    }

    pub(super) fn redirects(&mut self) -> Result<(), String> {
        if self.caller == Where::Gone {
            return Err("21220".to_owned());
        }
        if let Some(why) = self.rest_fails() {
            return Err(why);
        }
        let sid = self.sid();
        if let Some(conference) = &mut self.conference
            && conference.members.contains_key(&sid)
        {
            self.leaves(&sid, LeftBecause::Moved);
            // The action is asked, and what it answers is not obeyed.
            self.support_event(SupportEvent::Left(Input::default()));
        }
        if self.caller != Where::Gone && self.desk.story.call.ended.is_none() {
            self.asks(&Route::Support(sid, SupportRoute::Next));
        }
        Ok(())
    }

    pub(super) fn rings(&mut self, offer: u32, agent: UserName) -> Done {
        if let Some(why) = self.rest_fails() {
            return Done::Rang {
                offer,
                leg: Err(why),
            };
        }
        self.created += 1;
        let sid = leg(self.created);
        let is_there = self.is_there(&agent);
        self.legs.insert(
            sid.clone(),
            Leg {
                agent,
                offer,
                is_answered: false,
                is_over: false,
            },
        );
        if !is_there {
            self.leg_is_over(&sid, LegStatus::NoAnswer);
        }
        Done::Rang {
            offer,
            leg: Ok(sid),
        }
    }

    pub(super) fn is_there(&self, agent: &UserName) -> bool {
        self.closed
            .get(agent)
            .is_none_or(|until| *until <= self.now())
    }

    pub(super) fn sweeps(&mut self, sweep: u32) {
        let what = match self.rest_fails() {
            Some(why) => Err(why),
            None => Ok(Seen {
                at: self.now(),
                caller: if self.caller == Where::Gone {
                    Reported::Completed
                } else {
                    Reported::Live
                },
                conference: self.conference.as_ref().map(|at| at.sid.clone()),
                has_started: self.conference.as_ref().is_some_and(|at| at.has_started),
                people: self
                    .conference
                    .iter()
                    .flat_map(|at| &at.members)
                    .map(|(leg, member)| Present {
                        leg: leg.clone(),
                        is_held: member.is_held,
                        ends_room: member.ends,
                        heard: member.heard.clone(),
                    })
                    .collect(),
            }),
        };
        self.support_event(SupportEvent::Seen { sweep, what });
    }
}
