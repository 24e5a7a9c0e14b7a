//! The carrier of the search: a room, its legs, what REST does to them, and time.

use std::collections::BTreeMap;

use exchange::{
    CallSid, Done, Effect, Event, Join, LeftBecause, LegOf, LegStatus, Moment, Present, Reported,
    RoomEvent, RoomSaid, Seen, SupportEvent, SupportRoute, UserName,
};

use super::watcher::sam;
use super::{Asks, Conference, Flight, Leg, Member, Where, conference};
use crate::desk::{leg, user};

/// The longest silence: when everything arrives, and when something is lost, until the next sweep and the moment in
/// which the caller is led on; how much longer when REST fails.
const SILENCE_MS: i64 = 5_000;
const TROUBLED_MS: i64 = 16_000;
const FAILURE_MS: i64 = 6_000;

impl Flight {
    fn says(&mut self, number: u32, event: RoomEvent) {
        self.sequence += 1;
        let said = RoomSaid {
            conference: conference(number),
            sequence: self.sequence,
            event,
        };
        let event = Event::Support(SupportEvent::Room(said));
        self.callbacks.push_back(event);
    }

    pub(super) fn enters(&mut self, who: &CallSid, join: &Join) {
        let rooms = &mut self.rooms;
        let room = self.room.get_or_insert_with(|| {
            *rooms += 1;
            Conference {
                number: *rooms,
                has_started: false,
                members: BTreeMap::new(),
            }
        });
        let member = Member {
            starts: join.starts,
            ends: join.ends,
            is_held: false,
            heard: join.heard.clone(),
        };
        room.members.insert(who.clone(), member);
        let has_agent = room.members.values().any(|member| member.starts);
        room.has_started |= has_agent && room.members.len() > 1;
        let number = room.number;
        self.says(number, RoomEvent::Joined(who.clone()));
    }

    pub(super) fn leaves(&mut self, who: &CallSid, why: LeftBecause) {
        let Some(room) = &mut self.room else {
            return;
        };
        let Some(member) = room.members.remove(who) else {
            return;
        };
        let (number, ends) = (room.number, member.ends || room.members.is_empty());
        self.says(number, RoomEvent::Left(who.clone(), why));
        if ends {
            self.room_ends();
        }
    }

    fn room_ends(&mut self) {
        let Some(room) = self.room.take() else {
            return;
        };
        self.says(room.number, RoomEvent::Ended);
        let sid = self.sid();
        for who in room.members.into_keys() {
            self.asks.push(if who == sid {
                Asks::Caller(SupportRoute::Left, true)
            } else if who == sam() {
                Asks::Sam
            } else {
                Asks::Leg(who)
            });
        }
    }

    pub(super) fn leg_ends(&mut self, sid: &CallSid, status: LegStatus) {
        let Some(at) = self.legs.get_mut(sid).filter(|at| !at.is_over) else {
            return;
        };
        at.is_over = true;
        let offer = at.offer;
        let leg = sid.clone();
        let said = SupportEvent::Leg { leg, offer, status };
        self.callbacks.push_back(Event::Support(said));
    }

    /// A leg ends by itself, or is ended.
    pub(super) fn leg_hangs_up(&mut self, sid: &CallSid) {
        if self.legs[sid].is_over {
            return;
        }
        let status = if self.legs[sid].is_answered {
            LegStatus::Completed
        } else {
            LegStatus::Canceled
        };
        self.leg_ends(sid, status);
        self.leaves(sid, LeftBecause::HungUp);
        self.asks
            .retain(|asks| !matches!(asks, Asks::Leg(leg) | Asks::Key(leg, _) if leg == sid));
    }

    pub(super) fn caller_is_over(&mut self) {
        self.caller = Where::Gone;
        self.asks.retain(|asks| !matches!(asks, Asks::Caller(..)));
        let over = Event::Reported(Reported::Completed);
        self.callbacks.push_back(over);
    }

    /// The next effect of a lane is done, or fails for good.
    pub(super) fn performs(&mut self, effect: Effect, fails: bool) -> Result<(), String> {
        if !self.call.wants(&effect) {
            return Ok(());
        }
        let trouble = || "503".to_owned();
        let done = match effect {
            Effect::AskCarrier { .. } | Effect::Tick { .. } | Effect::Sweep { .. } => {
                return Ok(());
            }
            Effect::RingAgent { offer, agent, .. } => Done::Rang {
                offer,
                leg: if fails {
                    Err(trouble())
                } else {
                    Ok(self.rings(offer, agent))
                },
            },
            Effect::RingNumber { offer, .. } => Done::Rang {
                offer,
                leg: if fails {
                    Err(trouble())
                } else {
                    Ok(self.rings_telephone(offer))
                },
            },
            Effect::EndLeg { leg } => {
                let named = self.support().leg_of(&leg).cloned();
                let how = if fails { Err(trouble()) } else { Ok(()) };
                match (named, &how) {
                    (Some(named), Ok(())) if named == sam() => self.sam_hangs_up(),
                    (Some(named), Ok(())) if self.legs.contains_key(&named) => {
                        self.leg_hangs_up(&named);
                    }
                    (Some(_) | None, _) => {}
                }
                Done::LegEnded { leg, how }
            }
            Effect::EndRoom => {
                let how = if fails { Err(trouble()) } else { Ok(()) };
                if how.is_ok() {
                    self.room_ends();
                }
                Done::RoomEnded { how }
            }
            Effect::SetEndsRoom { leg, on } => {
                let how = self.sets(&leg, fails, |member| member.ends = on);
                Done::EndsRoomSet { leg, on, how }
            }
            Effect::Hold { leg, on } => {
                let how = self.sets(&leg, fails, |member| member.is_held = on);
                Done::HoldSet { leg, on, how }
            }
            Effect::Mute { leg, on } => {
                let how = self.sets(&leg, fails, |_| {});
                Done::MuteSet { leg, on, how }
            }
            Effect::InRoom { .. } => return Err("nobody is in a conference".to_owned()),
            Effect::SetHeard { leg, by } => {
                let heard = by.clone();
                let how = self.sets(&leg, fails, |member| member.heard = heard);
                Done::HeardSet { leg, by, how }
            }
            Effect::SendAway { leg } => {
                let how = if fails { Err(trouble()) } else { Ok(()) };
                if how.is_ok() {
                    self.is_sent_away(&leg);
                }
                let leg = LegOf::Leg(leg);
                Done::LegEnded { leg, how }
            }
            Effect::RedirectCaller { round } => {
                let how = if self.caller == Where::Gone || fails {
                    Err(trouble())
                } else {
                    self.moves_caller();
                    Ok(())
                };
                Done::Redirected { round, how }
            }
        };
        self.takes(&Event::Support(SupportEvent::Did(done)))?;
        Ok(())
    }

    fn moves_caller(&mut self) {
        let sid = self.sid();
        // What they were asking for is dropped with whatever they were in.
        self.asks
            .retain(|asks| !matches!(asks, Asks::Caller(_, true)));
        let is_in = self
            .room
            .as_ref()
            .is_some_and(|room| room.members.contains_key(&sid));
        if is_in {
            self.leaves(&sid, LeftBecause::Moved);
            self.asks.push(Asks::Caller(SupportRoute::Left, false));
        }
        self.asks.push(Asks::Caller(SupportRoute::Next, true));
    }

    fn sets(
        &mut self,
        who: &CallSid,
        fails: bool,
        change: impl FnOnce(&mut Member),
    ) -> Result<(), String> {
        if fails {
            return Err("503".to_owned());
        }
        let members = self.room.as_mut().map(|room| &mut room.members);
        let member = members.and_then(|members| members.get_mut(who));
        member.map(change).ok_or_else(|| "404".to_owned())
    }

    fn rings(&mut self, offer: u32, agent: UserName) -> CallSid {
        self.created += 1;
        let sid = leg(self.created);
        let is_there = !self.closed.contains(&agent);
        let again = self.support().offer(offer).is_some_and(|offer| offer.again);
        let at = Leg {
            agent,
            is_telephone: false,
            offer,
            is_answered: is_there && again,
            is_over: false,
        };
        self.legs.insert(sid.clone(), at);
        if !is_there {
            self.leg_ends(&sid, LegStatus::NoAnswer);
        } else if again {
            self.asks.push(Asks::Joins(sid.clone()));
        }
        sid
    }

    fn rings_telephone(&mut self, offer: u32) -> CallSid {
        self.created += 1;
        let sid = leg(self.created);
        let at = Leg {
            agent: user("ana"),
            is_telephone: true,
            offer,
            is_answered: false,
            is_over: false,
        };
        self.legs.insert(sid.clone(), at);
        sid
    }

    pub(super) fn looks(&mut self, sweep: u32) -> Result<(), String> {
        let people = self.room.iter().flat_map(|room| &room.members);
        let seen = Seen {
            at: self.now,
            caller: if self.caller == Where::Gone {
                Reported::Completed
            } else {
                Reported::Live
            },
            conference: self.room.as_ref().map(|room| conference(room.number)),
            has_started: self.room.as_ref().is_some_and(|room| room.has_started),
            people: people
                .map(|(leg, member)| Present {
                    leg: leg.clone(),
                    is_held: member.is_held,
                    ends_room: member.ends,
                    heard: member.heard.clone(),
                })
                .collect(),
        };
        let what = Ok(seen);
        self.takes(&Event::Support(SupportEvent::Seen { sweep, what }))?;
        Ok(())
    }

    /// When the next timer is due, if there is one.
    pub(super) fn next_due(&self) -> Option<Moment> {
        let timers = self.timers.iter().map(|(due, _)| *due);
        timers.chain(self.sweep.map(|(due, _)| due)).min()
    }

    /// Time passes until a moment, and everything that is due by then happens.
    pub(super) fn passes(&mut self, until: Moment) -> Result<(), String> {
        let until = until.max(self.now);
        if self.is_alone_in_silence() {
            self.silent_ms += until.0 - self.now.0;
            let most = if self.is_troubled {
                TROUBLED_MS + self.failures * FAILURE_MS
            } else {
                SILENCE_MS
            };
            if self.silent_ms > most {
                return Err(format!("{} ms of silence", self.silent_ms));
            }
        }
        self.now = until;
        let (due, rest) = std::mem::take(&mut self.timers)
            .into_iter()
            .partition(|(due, _)| *due <= until);
        self.timers = rest;
        let due: Vec<_> = due;
        for (_, timer) in due {
            self.takes(&Event::Support(SupportEvent::Due(timer)))?;
        }
        if let Some((due, sweep)) = self.sweep
            && due <= until
        {
            self.sweep = None;
            self.looks(sweep)?;
        }
        if !self.is_alone_in_silence() {
            self.silent_ms = 0;
        }
        Ok(())
    }
}
