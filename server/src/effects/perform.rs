//! Doing one effect: what the carrier is asked, and how its answer is an event again.

use exchange::placing::Creation;
use exchange::{
    Call, CallSid, Done, Effect, Event, LegOf, Offer, OfferOutcome, Purpose, Route, SupportEvent,
    SupportRoute,
};
use store::Claimed;
use twilio::Party;

use super::asked::asked;
use super::guard::Turn;
use super::whose::{self, MadeFor, Wanted};
use super::{guard, in_room, shown, still_rings};
use crate::carrier_api::{NotSaid, Ring};
use crate::state::AppState;

/// What came of trying an effect.
pub(super) enum Tried {
    /// It is done, or given up: this happened, in the journal's words for what set it off.
    Happened(Box<Event>, &'static str),
    /// It need not be done any more.
    Pointless,
    /// It cannot be done before this moment.
    NotYet(exchange::Moment),
    /// It stands in line for a turn, and has been given back until then.
    InLine,
    /// It may go better when tried again.
    Again(NotSaid),
}

/// An effect that is tried for the last time is given up where it would be tried again.
pub(super) async fn perform(
    state: &AppState,
    claimed: &Claimed,
    call: &Call,
    effect: Effect,
    is_last_try: bool,
) -> Result<Tried, store::Error> {
    if !call.wants(&effect) {
        return Ok(Tried::Pointless);
    }
    let attempt = Attempt {
        asked: asked(&effect),
        state,
        call,
        claimed,
        is_last_try,
    };
    Ok(match effect {
        Effect::AskCarrier { .. } => attempt.ask().await,
        Effect::Tick { timer, .. } => support(SupportEvent::Due(timer), attempt.asked),
        Effect::Sweep { sweep, .. } => attempt.sweep(sweep).await,
        Effect::RingAgent { offer, .. } | Effect::RingNumber { offer, .. } => {
            return attempt.ring(offer, &effect).await;
        }
        Effect::EndLeg { leg } => return attempt.end_leg(leg).await,
        Effect::EndRoom => {
            let how = state.carrier.end_room(&call.sid).await;
            attempt.told(how, |how| Done::RoomEnded { how })
        }
        Effect::SetEndsRoom { leg, on } => {
            let how = state.carrier.set_ends_room(&call.sid, &leg, on).await;
            attempt.told(in_the_room(how), |how| Done::EndsRoomSet { leg, on, how })
        }
        Effect::Hold { leg, on } => {
            let music = state
                .urls
                .of(&Route::Support(call.sid.clone(), SupportRoute::Hold));
            let music = on.then_some(music.as_str());
            let how = state.carrier.hold(&call.sid, &leg, music).await;
            attempt.told(in_the_room(how), |how| Done::HoldSet { leg, on, how })
        }
        Effect::Mute { leg, on } => {
            let how = state.carrier.mute(&call.sid, &leg, on).await;
            attempt.told(in_the_room(how), |how| Done::MuteSet { leg, on, how })
        }
        Effect::SetHeard { leg, by } => {
            let how = state.carrier.set_heard(&call.sid, &leg, &by).await;
            attempt.told(in_the_room(how), |how| Done::HeardSet { leg, by, how })
        }
        Effect::SendAway { leg } => attempt.send_away(leg).await,
        Effect::RedirectCaller { round } => attempt.redirect(round).await,
        Effect::InRoom { room, what } => {
            return in_room::perform(state, claimed, call, room, what, is_last_try).await;
        }
    })
}

struct Attempt<'a> {
    /// What for, in the journal's words.
    asked: &'static str,
    state: &'a AppState,
    call: &'a Call,
    claimed: &'a Claimed,
    is_last_try: bool,
}

impl Attempt<'_> {
    /// An answer of the carrier's as an event, unless it may be another one when asked again.
    fn told<T>(
        &self,
        answer: Result<T, NotSaid>,
        done: impl FnOnce(Result<T, String>) -> Done,
    ) -> Tried {
        match answer {
            Err(why) if why.may_change() && !self.is_last_try => Tried::Again(why),
            Err(why) => {
                let kind = self.claimed.kind.as_str();
                tracing::warn!(call.id = %self.call.sid, effect = kind, why = why.words(), "an effect was given up");
                support(SupportEvent::Did(done(Err(why.words()))), self.asked)
            }
            Ok(answer) => support(SupportEvent::Did(done(Ok(answer))), self.asked),
        }
    }

    async fn ask(&self) -> Tried {
        match self.state.carrier.call(&self.call.sid).await {
            Err(why) if why.may_change() && !self.is_last_try => Tried::Again(why),
            answer => {
                let event = Event::Asked(answer.map_err(|why| why.to_string()));
                Tried::Happened(Box::new(event), self.asked)
            }
        }
    }

    /// What a sweep cannot see now, the next one will.
    async fn sweep(&self, sweep: u32) -> Tried {
        let seen = self.look().await.map_err(|why| why.words());
        support(SupportEvent::Seen { sweep, what: seen }, self.asked)
    }

    async fn look(&self) -> Result<exchange::Seen, NotSaid> {
        let at = self.state.clock.now();
        let caller = self.state.carrier.call(&self.call.sid).await?;
        let room = self.state.carrier.room(&self.call.sid).await?;
        Ok(exchange::Seen {
            at,
            caller,
            conference: room.as_ref().map(|room| room.conference.clone()),
            has_started: room.as_ref().is_some_and(|room| room.has_started),
            people: room.map(|room| room.people).unwrap_or_default(),
        })
    }

    async fn ring(&self, offer: u32, effect: &Effect) -> Result<Tried, store::Error> {
        let support = self.call.support();
        let Some((support, made)) = support.and_then(|all| Some((all, all.offer(offer)?))) else {
            return Ok(Tried::Pointless);
        };
        if made.outcome.is_some() || made.leg.is_some() {
            return Ok(Tried::Pointless);
        }
        let (to, ring_seconds) = match effect {
            Effect::RingAgent {
                agent,
                again,
                ring_seconds,
                ..
            } => {
                let told = told(self.call, made, offer, *again);
                (Party::Client(format!("{agent}?{told}")), *ring_seconds)
            }
            Effect::RingNumber {
                number,
                ring_seconds,
                ..
            } => (Party::parse(number.as_str()), *ring_seconds),
            Effect::AskCarrier { .. }
            | Effect::EndLeg { .. }
            | Effect::EndRoom
            | Effect::SetEndsRoom { .. }
            | Effect::Hold { .. }
            | Effect::Mute { .. }
            | Effect::SetHeard { .. }
            | Effect::SendAway { .. }
            | Effect::RedirectCaller { .. }
            | Effect::Tick { .. }
            | Effect::Sweep { .. }
            | Effect::InRoom { .. } => return Ok(Tried::Pointless),
        };
        let rang = |leg| Done::Rang { offer, leg };
        if self.claimed.attempts > 1 {
            match self.leg_of_offer(offer, made).await? {
                Ok(Some(leg)) => return Ok(self.told(Ok(leg), rang)),
                Ok(None) => {}
                Err(why) => return Ok(self.told(Err(why), rang)),
            }
            if !self.is_still_to_ring(offer).await? {
                return Ok(Tried::Pointless);
            }
        }
        if let Some(later) = still_rings::until(self.state, self.call, offer, &made.agent).await? {
            return Ok(Tried::NotYet(later));
        }
        let creation = Creation::of_offer(support, made);
        match guard::turn(self.state, self.claimed, creation).await? {
            Turn::Now => {}
            Turn::InLine => return Ok(Tried::InLine),
        }
        let ring = Ring {
            to: &to,
            from: &self.from().to_string(),
            document: &self.state.urls.connect(&self.call.sid, &made.agent, offer),
            status: &self.state.urls.leg_status(&self.call.sid, offer),
            ring_seconds,
        };
        Ok(self.told(self.state.carrier.ring(&ring).await, rang))
    }

    /// Looking for a leg takes a while, in which it may have told how it ended: another one would ring for an offer that is
    /// over.
    async fn is_still_to_ring(&self, offer: u32) -> Result<bool, store::Error> {
        let known = self.state.store.load(&self.call.sid).await?;
        let call = known
            .map(|(_, call)| call)
            .filter(|call| call.ended.is_none());
        let made = call.as_ref().and_then(|call| call.support()?.offer(offer));
        Ok(made.is_some_and(|made| made.outcome.is_none() && made.leg.is_none()))
    }

    /// The leg that an earlier try may have made for an offer. A number may be rung for others, too.
    async fn leg_of_offer(
        &self,
        number: u32,
        offer: &Offer,
    ) -> Result<Result<Option<CallSid>, NotSaid>, store::Error> {
        let wanted = Wanted {
            made_for: MadeFor::Offer(self.call.sid.clone(), number),
            to: whose::address(offer),
            from: self.from(),
            asked: offer.began,
        };
        whose::leg(self.state, &wanted).await
    }

    /// What an agent's browser sees as the caller: a call by REST comes from a number of ours.
    fn from(&self) -> Party {
        let (_, plan) = self.state.plans.current();
        shown::shown(&plan, &self.call.line, self.call.dialled.as_ref())
    }

    async fn end_leg(&self, leg: LegOf) -> Result<Tried, store::Error> {
        let how = self.end_legs_of(&leg).await?;
        Ok(self.told(how, |how| Done::LegEnded { leg, how }))
    }

    /// Ends the leg that is known, and one that is looked for where a creation was never answered: the leg of an earlier
    /// one may have told of itself, or nothing has.
    async fn end_legs_of(&self, leg: &LegOf) -> Result<Result<(), NotSaid>, store::Error> {
        let Some(support) = self.call.support() else {
            return Ok(Ok(()));
        };
        if let Some(known) = support.leg_of(leg)
            && let Err(why) = self.state.carrier.end_leg(known).await
        {
            return Ok(Err(why));
        }
        let LegOf::Offer(number) = leg else {
            return Ok(Ok(()));
        };
        // Whoever has answered may ring for somebody else by now.
        let may_have_another = |offer: &&Offer| {
            !offer.is_placed && !matches!(offer.outcome, Some(OfferOutcome::Answered))
        };
        let Some(offer) = support.offer(*number).filter(may_have_another) else {
            return Ok(Ok(()));
        };
        Ok(match self.leg_of_offer(*number, offer).await? {
            Ok(Some(found)) => self.state.carrier.end_leg(&found).await,
            Ok(None) => Ok(()),
            Err(why) => Err(why),
        })
    }

    /// One that is over already needs no words.
    async fn send_away(&self, leg: CallSid) -> Tried {
        let words = Route::Support(self.call.sid.clone(), SupportRoute::TakenOver);
        let url = self.state.urls.of(&words);
        let how = self.state.carrier.redirect(&leg, &url).await;
        let leg = LegOf::Leg(leg);
        self.told(how.map(|_| ()), |how| Done::LegEnded { leg, how })
    }

    async fn redirect(&self, round: u32) -> Tried {
        let url = self
            .state
            .urls
            .of(&Route::Support(self.call.sid.clone(), SupportRoute::Next));
        let how = match self.state.carrier.redirect(&self.call.sid, &url).await {
            Ok(true) => Ok(()),
            Ok(false) => {
                let over = Done::Redirected {
                    round,
                    how: Err("the call is over".to_owned()),
                };
                return support(SupportEvent::Did(over), self.asked);
            }
            Err(why) => Err(why),
        };
        self.told(how, |how| Done::Redirected { round, how })
    }
}

/// What an agent's browser is told of a call that rings there.
fn told(call: &Call, made: &Offer, offer: u32, again: bool) -> String {
    let line = call.line.as_str();
    let told = format!("call={}&offer={offer}&line={line}&again={again}", call.sid);
    match &made.purpose {
        Purpose::Queue => told,
        Purpose::Transfer { kind, .. } => format!("{told}&transfer={}", kind.word()),
    }
}

fn in_the_room(how: Result<bool, NotSaid>) -> Result<(), NotSaid> {
    match how {
        Ok(true) => Ok(()),
        Ok(false) => Err(NotSaid::NotThere),
        Err(why) => Err(why),
    }
}

fn support(event: SupportEvent, name: &'static str) -> Tried {
    Tried::Happened(Box::new(Event::Support(event)), name)
}
