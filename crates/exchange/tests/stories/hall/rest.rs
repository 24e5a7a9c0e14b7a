//! The hall's REST: what is to be done in a room is done, or fails.

use exchange::conference::announcement;
use exchange::{LeftBecause, Reported, RoomSeen, Said, SeenInRoom, Undone};

use super::*;

impl Hall {
    pub(super) fn performs(&mut self, via: &CallSid, effect: Effect) {
        let Effect::InRoom { room, what } = effect else {
            assert!(matches!(effect, Effect::AskCarrier { .. }), "{effect:?}");
            let call = self.legs[via].call.clone().expect("a call");
            if call.wants(&effect) {
                let how = Ok(self.stands(via));
                self.takes(via, Event::Asked(how));
            }
            return;
        };
        if !self.room.wants(&what) {
            return;
        }
        self.journal.push(Written::Does(self.now, what.clone()));
        let event = match what {
            RoomDeed::Tick { timer, .. } => ConferenceEvent::Due(room, timer),
            RoomDeed::Sweep { sweep, .. } => {
                let what = match self.rest_fails() {
                    Some(why) => Err(why),
                    None => Ok(self.sees()),
                };
                ConferenceEvent::Seen { room, sweep, what }
            }
            RoomDeed::Ring { invite, .. } => {
                let leg = match self.rest_fails() {
                    Some(why) => Err(why),
                    None => Ok(self.rings(invite)),
                };
                ConferenceEvent::Rang { room, invite, leg }
            }
            deed @ (RoomDeed::EndsRoom { .. }
            | RoomDeed::Mute { .. }
            | RoomDeed::Hold { .. }
            | RoomDeed::Remove { .. }
            | RoomDeed::Redirect { .. }
            | RoomDeed::Announce { .. }
            | RoomDeed::Record { .. }
            | RoomDeed::End { .. }
            | RoomDeed::EndInvite { .. }) => {
                let refusal = (self.refuses_to)(&deed).then(|| "it is refused".to_owned());
                let how = match refusal.or_else(|| self.rest_fails()) {
                    Some(why) => Err(Undone::Refused(why)),
                    None => self.does(&deed),
                };
                ConferenceEvent::Did { room, deed, how }
            }
        };
        self.takes(via, Event::Conference(event));
    }

    /// The sweeps that are due are lost.
    pub(crate) fn loses_sweeps(&mut self) {
        self.outbox
            .retain(|(_, _, effect)| effect.word() != "room_sweep");
    }

    fn stands(&self, who: &CallSid) -> Reported {
        match self.legs[who].at {
            At::Gone => Reported::Completed,
            At::Ringing(_) | At::Asked(_) | At::Going(..) | At::Told(..) | At::Room => {
                Reported::Live
            }
        }
    }

    fn sees(&self) -> RoomSeen {
        let people = self.conference.iter().flat_map(|one| &one.people);
        let people: Vec<SeenInRoom> = people
            .map(|(leg, within)| SeenInRoom {
                leg: leg.clone(),
                is_muted: within.is_muted,
                is_held: within.is_held,
                ends_room: within.ends,
            })
            .collect();
        let found: Vec<CallSid> = people.iter().map(|one| one.leg.clone()).collect();
        let elsewhere = self.room.elsewhere(&found);
        RoomSeen {
            at: self.now,
            conference: self.conference.as_ref().map(|one| one.sid.clone()),
            has_started: self.has_started(),
            people,
            elsewhere: elsewhere
                .into_iter()
                .map(|leg| (leg.clone(), self.stands(&leg)))
                .collect(),
        }
    }

    fn rings(&mut self, invite: u32) -> CallSid {
        self.created += 1;
        let sid = called(self.created);
        self.seat(&sid);
        self.leg_mut(&sid).at = At::Ringing(invite);
        sid
    }

    fn does(&mut self, deed: &RoomDeed) -> Result<(), Undone> {
        match deed {
            RoomDeed::EndsRoom { leg, on } => {
                self.sets(leg, |one| one.ends = *on)?;
                self.says(Said::EndsRoom(leg.clone(), *on));
            }
            RoomDeed::Mute { leg, on } => {
                self.sets(leg, |one| one.is_muted = *on)?;
                self.says(Said::Muted(leg.clone(), *on));
            }
            RoomDeed::Hold { leg, on } => {
                self.sets(leg, |one| one.is_held = *on)?;
                self.says(Said::Held(leg.clone(), *on));
            }
            RoomDeed::Remove { leg } => {
                if !self.leaves(leg, LeftBecause::Moved) {
                    return Err(Undone::NotThere);
                }
                self.is_out(leg);
            }
            RoomDeed::Redirect { leg, .. } => self.redirects(leg)?,
            RoomDeed::Announce {
                announcement: n,
                leg,
            } => {
                let Some(conference) = self.conference.as_ref().filter(|one| one.has_started)
                else {
                    return Err(Undone::NotThere);
                };
                let to: Vec<CallSid> = match leg {
                    Some(leg) => vec![leg.clone()],
                    None => conference.people.keys().cloned().collect(),
                };
                let document = announcement(&self.room, *n, &self.plan).expect("a document");
                for leg in to {
                    if let Some(Act::Say(speech)) = document.0.first() {
                        self.leg_mut(&leg).heard.push(speech.plain());
                    }
                }
            }
            RoomDeed::Record { on } => match &mut self.conference {
                Some(conference) if conference.recorded <= self.now => conference.is_paused = !on,
                Some(_) | None => return Err(Undone::NotThere),
            },
            RoomDeed::End { conference } => {
                let is_it = self.conference.as_ref().map(|one| &one.sid) == Some(conference);
                if !is_it {
                    return Err(Undone::NotThere);
                }
                self.conference_ends();
            }
            RoomDeed::EndInvite { invite } => {
                let leg = self.room.invite(*invite).and_then(|one| one.leg.clone());
                if let Some(leg) = leg {
                    self.leg_ends(&leg);
                }
            }
            RoomDeed::Ring { .. } | RoomDeed::Tick { .. } | RoomDeed::Sweep { .. } => {
                unreachable!("{deed:?}")
            }
        }
        Ok(())
    }

    fn sets(&mut self, leg: &CallSid, change: impl FnOnce(&mut Within)) -> Result<(), Undone> {
        let people = self.conference.as_mut().map(|one| &mut one.people);
        let within = people.and_then(|people| people.get_mut(leg));
        within.map(change).ok_or(Undone::NotThere)
    }

    fn redirects(&mut self, leg: &CallSid) -> Result<(), Undone> {
        match self.legs[leg].at {
            At::Gone | At::Ringing(_) => return Err(Undone::NotThere),
            At::Room => {
                self.leaves(leg, LeftBecause::Moved);
                // The action is asked, and what it answers is not obeyed.
                if self.lots.below(2) == 0 {
                    self.takes(leg, visits(ConferenceRoute::Left, Input::default()));
                }
            }
            At::Asked(_) | At::Going(..) | At::Told(..) => {}
        }
        let next = Route::Conference(ConferenceRoute::Next);
        let soon = self.soon();
        self.leg_mut(leg).at = At::Going(next, soon);
        Ok(())
    }
}
