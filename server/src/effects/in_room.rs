//! Doing something in a room of a conference line: what the carrier is asked, and how its answer is an event again.

use std::collections::BTreeMap;

use exchange::conference::{
    ConferenceEvent, ConferenceRoute, Room, RoomDeed, RoomId, RoomSeen, Undone,
};
use exchange::placing::Creation;
use exchange::{Call, CallSid, Event, PhoneNumber, Route};
use store::Claimed;
use twilio::Party;

use super::guard::{self, Turn};
use super::perform::Tried;
use super::shown;
use super::whose::{self, MadeFor, Wanted};
use crate::carrier_api::{NotSaid, Ring};
use crate::state::AppState;

/// A deed that is tried for the last time is given up where it would be tried again.
pub(super) async fn perform(
    state: &AppState,
    claimed: &Claimed,
    call: &Call,
    id: RoomId,
    deed: RoomDeed,
    is_last_try: bool,
) -> Result<Tried, store::Error> {
    let Some(known) = state.store.room(&id).await? else {
        return Ok(Tried::Pointless);
    };
    if !known.room.wants(&deed) {
        return Ok(Tried::Pointless);
    }
    let attempt = Attempt {
        state,
        claimed,
        call,
        room: &known.room,
        name: id.to_string(),
        is_last_try,
    };
    attempt.perform(deed).await
}

struct Attempt<'a> {
    state: &'a AppState,
    claimed: &'a Claimed,
    call: &'a Call,
    room: &'a Room,
    /// What the carrier calls the room.
    name: String,
    is_last_try: bool,
}

impl Attempt<'_> {
    async fn perform(&self, deed: RoomDeed) -> Result<Tried, store::Error> {
        let (carrier, name) = (&self.state.carrier, self.name.as_str());
        let how = match &deed {
            RoomDeed::EndsRoom { leg, on } => carrier.sets_end_of(name, leg, *on).await,
            RoomDeed::Mute { leg, on } => carrier.mute_in(name, leg, *on).await,
            RoomDeed::Hold { leg, on } => {
                let music = self.url(ConferenceRoute::Hold);
                carrier
                    .hold_in(name, leg, on.then_some(music.as_str()))
                    .await
            }
            RoomDeed::Remove { leg } => carrier.take_out(name, leg).await,
            RoomDeed::Redirect { leg, .. } => {
                carrier
                    .redirect(leg, &self.url(ConferenceRoute::Next))
                    .await
            }
            RoomDeed::Announce { announcement, leg } => {
                let words = self.state.urls.announcement(&self.room.id, *announcement);
                carrier.announce(name, leg.as_ref(), &words).await
            }
            RoomDeed::Record { on } => carrier.record(name, *on).await,
            RoomDeed::End { conference } => carrier.end_conference(conference).await.map(|()| true),
            RoomDeed::EndInvite { invite } => self.end_invite(*invite).await?.map(|()| true),
            RoomDeed::Ring {
                invite,
                number,
                ring_seconds,
            } => return self.ring(&deed, *invite, (number, *ring_seconds)).await,
            RoomDeed::Tick { timer, .. } => {
                let event = ConferenceEvent::Due(self.room.id.clone(), timer.clone());
                return Ok(happened(event, "A timer"));
            }
            RoomDeed::Sweep { sweep, .. } => {
                let event = ConferenceEvent::Seen {
                    room: self.room.id.clone(),
                    sweep: *sweep,
                    what: self.look().await.map_err(|why| why.words()),
                };
                return Ok(happened(event, "A sweep"));
            }
        };
        Ok(self.told(how, |how| ConferenceEvent::Did {
            room: self.room.id.clone(),
            deed,
            how: match how {
                Ok(true) => Ok(()),
                Ok(false) => Err(Undone::NotThere),
                Err(why) => Err(Undone::Refused(why)),
            },
        }))
    }

    fn url(&self, step: ConferenceRoute) -> String {
        self.state.urls.of(&Route::Conference(step))
    }

    /// An answer of the carrier's as an event, unless it may be another one when asked again.
    fn told<T>(
        &self,
        answer: Result<T, NotSaid>,
        event: impl FnOnce(Result<T, String>) -> ConferenceEvent,
    ) -> Tried {
        let answer = match answer {
            Err(why) if why.may_change() && !self.is_last_try => return Tried::Again(why),
            Err(why) => {
                let kind = self.claimed.kind.as_str();
                tracing::warn!(call.id = %self.call.sid, effect = kind, why = why.words(), "an effect was given up");
                Err(why.words())
            }
            Ok(answer) => Ok(answer),
        };
        happened(event(answer), "The carrier was asked")
    }

    async fn ring(
        &self,
        deed: &RoomDeed,
        invite: u32,
        (number, ring_seconds): (&PhoneNumber, u16),
    ) -> Result<Tried, store::Error> {
        let rang = |leg| ConferenceEvent::Rang {
            room: self.room.id.clone(),
            invite,
            leg,
        };
        if self.claimed.attempts > 1 {
            match self.leg_of_invite(invite).await? {
                Ok(Some(leg)) => return Ok(self.told(Ok(leg), rang)),
                Ok(None) => {
                    if !self.wants_still(deed).await? {
                        return Ok(Tried::Pointless);
                    }
                }
                Err(why) => return Ok(self.told(Err(why), rang)),
            }
        }
        let Some(made) = self.room.invite(invite) else {
            return Ok(Tried::Pointless);
        };
        match guard::turn(self.state, self.claimed, Creation::of_invite(made)).await? {
            Turn::Now => {}
            Turn::InLine => return Ok(Tried::InLine),
        }
        let urls = &self.state.urls;
        let ring = Ring {
            to: &Party::parse(number.as_str()),
            from: &self.from().to_string(),
            document: &urls.invited(&self.room.id, invite),
            status: &urls.invite_status(&self.room.id, invite, &self.call.sid),
            ring_seconds,
        };
        Ok(self.told(self.state.carrier.ring(&ring).await, rang))
    }

    /// Looking for a leg takes a while, in which it may have told how it ended: another one would ring for an invitation
    /// that is over.
    async fn wants_still(&self, deed: &RoomDeed) -> Result<bool, store::Error> {
        let known = self.state.store.room(&self.room.id).await?;
        Ok(known.is_some_and(|known| known.room.wants(deed)))
    }

    /// The leg that an earlier try may have made for an invitation. The number may be rung for others, too.
    async fn leg_of_invite(
        &self,
        invite: u32,
    ) -> Result<Result<Option<CallSid>, NotSaid>, store::Error> {
        let Some(invite) = self.room.invite(invite) else {
            return Ok(Ok(None));
        };
        if let Some(leg) = &invite.leg {
            return Ok(Ok(Some(leg.clone())));
        }
        let wanted = Wanted {
            made_for: MadeFor::Invite(self.room.id.clone(), invite.id),
            to: invite.number.to_string(),
            from: self.from(),
            asked: invite.began,
        };
        whose::leg(self.state, &wanted).await
    }

    async fn end_invite(&self, invite: u32) -> Result<Result<(), NotSaid>, store::Error> {
        Ok(match self.leg_of_invite(invite).await? {
            Ok(Some(leg)) => self.state.carrier.end_leg(&leg).await,
            Ok(None) => Ok(()),
            Err(why) => Err(why),
        })
    }

    /// The number that whoever is called sees: the line's own.
    fn from(&self) -> Party {
        let (_, plan) = self.state.plans.current();
        shown::shown(&plan, &self.room.id.line, self.call.dialled.as_ref())
    }

    /// Who is in the room, and how the calls stand of those who are not.
    async fn look(&self) -> Result<RoomSeen, NotSaid> {
        let at = self.state.clock.now();
        let inside = self.state.carrier.inside(&self.name).await?;
        let found: Vec<CallSid> = inside
            .iter()
            .flat_map(|inside| &inside.people)
            .map(|one| one.leg.clone())
            .collect();
        let mut elsewhere = BTreeMap::new();
        for leg in self.room.elsewhere(&found) {
            let stands = self.state.carrier.call(&leg).await?;
            elsewhere.insert(leg, stands);
        }
        Ok(RoomSeen {
            at,
            conference: inside.as_ref().map(|inside| inside.conference.clone()),
            has_started: inside.as_ref().is_some_and(|inside| inside.has_started),
            people: inside.map(|inside| inside.people).unwrap_or_default(),
            elsewhere,
        })
    }
}

fn happened(event: ConferenceEvent, name: &'static str) -> Tried {
    Tried::Happened(Box::new(Event::Conference(event)), name)
}
