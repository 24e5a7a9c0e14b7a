//! Offers: an agent is rung for a caller, and what comes of it.

use super::case::Case;
use super::{LegOf, LegStatus, Offer, OfferOutcome, Refusal, Stage, Timer, Waiting};
use crate::{AgentEvent, CallSid, Effect, UserName, WhyNot};

/// How long an agent who lost a caller alone may take them again.
pub(super) const RECOVER_S: i64 = 20;

/// A leg that nobody answers within so many seconds had no browser to ring at.
const AT_ONCE_S: i64 = 5;

/// How long a caller waits after an offer that could not be made.
const AFTER_TROUBLE_S: i64 = 5;

/// How long until an agent who lost a caller is rung again.
const AGAIN_S: i64 = 2;

impl Case<'_> {
    /// The dispatcher found an agent.
    pub(super) fn offer(&mut self, agent: &UserName, name: &str) -> Result<(), Refusal> {
        let now = self.now();
        if self.turn.call.ended.is_some() {
            return Err(Refusal::Ended);
        }
        let waiting = match &self.state.stage {
            Stage::Waiting(waiting) => waiting,
            Stage::Offered { .. }
            | Stage::Arrived
            | Stage::Talking { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => return Err(Refusal::NotWaiting(self.state.stage.what())),
        };
        let again = waiting.first.as_ref() == Some(agent);
        if waiting.first.is_some() && !again {
            return Err(Refusal::NotWaiting("the agent who lost them is rung first"));
        }
        if waiting.not_before > now {
            return Err(Refusal::NotWaiting("an offer has just failed"));
        }
        self.state.offers.push(Offer {
            agent: agent.clone(),
            name: name.to_owned(),
            again,
            began: now,
            leg: None,
            outcome: None,
        });
        let offer = u32::try_from(self.state.offers.len()).unwrap_or(u32::MAX);
        self.state.stage = Stage::Offered { offer };
        let (call, ring_seconds) = (self.turn.call.sid.clone(), self.settings.ring_seconds);
        self.turn.note(format!("Rings {name}."));
        self.turn.agent(agent, AgentEvent::Reserved { call, offer });
        self.turn.effect(Effect::RingAgent {
            offer,
            agent: agent.clone(),
            again,
            ring_seconds,
        });
        self.tick(Timer::RingOver { offer }, i64::from(ring_seconds));
        Ok(())
    }

    /// The offer that is open, when it is this one.
    pub(super) fn open(&mut self, number: u32) -> Option<&mut Offer> {
        let Stage::Offered { offer } = self.state.stage else {
            return None;
        };
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        self.state.offers.get_mut(place).filter(|_| offer == number)
    }

    fn offer_mut(&mut self, number: u32) -> Option<&mut Offer> {
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        self.state.offers.get_mut(place)
    }

    /// The leg of an offer has been created, or could not be.
    pub(super) fn rang(&mut self, number: u32, made: Result<CallSid, String>) {
        match made {
            Ok(leg) => {
                let Some(offer) = self.offer_mut(number) else {
                    return;
                };
                offer.leg.get_or_insert_with(|| leg.clone());
                let is_wanted = match offer.outcome {
                    None | Some(OfferOutcome::Answered) => true,
                    Some(
                        OfferOutcome::Vain(_) | OfferOutcome::NotMade(_) | OfferOutcome::Withdrawn,
                    ) => false,
                };
                if !is_wanted || self.turn.call.ended.is_some() {
                    self.end_leg(LegOf::Leg(leg));
                }
            }
            Err(why) => {
                if self.turn.call.ended.is_none() {
                    self.fail_offer(number, &OfferOutcome::NotMade(why));
                }
            }
        }
    }

    /// The carrier says how the leg of an offer, or of a seat, stands.
    pub(super) fn leg(&mut self, leg: &CallSid, number: u32, status: &LegStatus) {
        let now = self.now();
        if let Some(offer) = self.offer_mut(number) {
            offer.leg.get_or_insert_with(|| leg.clone());
        }
        let began = self.state.offer(number).map_or(now, |offer| offer.began);
        let why = match status {
            LegStatus::Ringing | LegStatus::Answered => return,
            LegStatus::Busy => WhyNot::Declined,
            LegStatus::NoAnswer if now.seconds_since(began) < AT_ONCE_S => WhyNot::Unreachable,
            LegStatus::NoAnswer | LegStatus::Canceled => WhyNot::Missed,
            LegStatus::Failed | LegStatus::Completed => WhyNot::Unreachable,
        };
        if self.open(number).is_some() {
            self.fail_offer(number, &OfferOutcome::Vain(why));
        } else {
            self.seat_left(leg, true);
        }
    }

    /// An offer has rung long enough.
    pub(super) fn ring_over(&mut self, number: u32) {
        if self.open(number).is_some() {
            self.end_leg(LegOf::Offer(number));
            self.fail_offer(number, &OfferOutcome::Vain(WhyNot::Missed));
        }
    }

    /// The console of whoever is rung answers no more.
    pub(super) fn console_gone(&mut self, number: u32) {
        if self.open(number).is_some() {
            self.end_leg(LegOf::Offer(number));
            self.fail_offer(number, &OfferOutcome::Vain(WhyNot::Unreachable));
        }
    }

    /// The agent declines.
    pub(super) fn decline(&mut self, by: &UserName, number: u32) -> Result<(), Refusal> {
        let is_theirs = self
            .state
            .offer(number)
            .is_some_and(|offer| offer.agent == *by);
        if !is_theirs {
            return Err(Refusal::OfferOver("it was never yours"));
        }
        if self.open(number).is_some() {
            self.end_leg(LegOf::Offer(number));
            self.fail_offer(number, &OfferOutcome::Vain(WhyNot::Declined));
            return Ok(());
        }
        match self
            .state
            .offer(number)
            .and_then(|offer| offer.outcome.as_ref())
        {
            Some(OfferOutcome::Vain(WhyNot::Declined)) => Ok(()),
            Some(OfferOutcome::Answered) => Err(Refusal::OfferOver("you have answered it")),
            Some(OfferOutcome::Vain(_) | OfferOutcome::NotMade(_)) => {
                Err(Refusal::OfferOver("it has rung long enough"))
            }
            Some(OfferOutcome::Withdrawn) | None => Err(Refusal::OfferOver("the caller is gone")),
        }
    }

    /// The open offer came to nothing: the caller waits on, or has waited long enough.
    fn fail_offer(&mut self, number: u32, outcome: &OfferOutcome) {
        let (now, call) = (self.now(), self.turn.call.sid.clone());
        let Some(offer) = self.open(number) else {
            return;
        };
        offer.outcome = Some(outcome.clone());
        let (agent, name, again) = (offer.agent.clone(), offer.name.clone(), offer.again);
        let (line, why) = match outcome {
            OfferOutcome::NotMade(words) => (format!("{name} could not be rung: {words}."), None),
            OfferOutcome::Vain(why) => (format!("{name} {}.", why.label()), Some(*why)),
            OfferOutcome::Answered | OfferOutcome::Withdrawn => return,
        };
        self.turn.note(line);
        let has_time = now.seconds_since(self.state.waiting_since) < RECOVER_S;
        let is_early = has_time && matches!(why, None | Some(WhyNot::Unreachable));
        let offer = number;
        let (event, first, pause) = match (again, why) {
            (true, _) if is_early => (
                AgentEvent::StillLost { call, offer },
                Some(agent.clone()),
                AGAIN_S,
            ),
            (true, why) => {
                let why = why.unwrap_or(WhyNot::Unreachable);
                (AgentEvent::Missed { call, offer, why }, None, 0)
            }
            (false, Some(why)) => (AgentEvent::Missed { call, offer, why }, None, 0),
            (false, None) => (AgentEvent::Withdrawn { call, offer }, None, AFTER_TROUBLE_S),
        };
        self.turn.agent(&agent, event);
        self.wait_on(first, pause);
    }

    /// The caller waits on, unless they have waited long enough.
    fn wait_on(&mut self, first: Option<UserName>, pause: i64) {
        let now = self.now();
        let waited = now.seconds_since(self.state.waiting_since);
        let is_kept = first.is_some();
        self.state.stage = Stage::Waiting(Waiting {
            first,
            not_before: now.plus_seconds(pause),
        });
        if !is_kept && waited >= i64::from(self.settings.nobody_after_s) {
            self.nobody_came();
        }
    }

    /// The agent who lost the caller has had time to come back.
    pub(super) fn give_to_others(&mut self) {
        let Stage::Waiting(Waiting {
            first: Some(first), ..
        }) = self.state.stage.clone()
        else {
            return;
        };
        let name = self.name_of(&first);
        self.turn
            .note(format!("{name} did not come back; others are rung."));
        let missed = AgentEvent::Missed {
            call: self.turn.call.sid.clone(),
            offer: 0,
            why: WhyNot::Unreachable,
        };
        self.turn.agent(&first, missed);
        self.wait_on(None, 0);
    }

    /// Takes the open offer back.
    pub(super) fn withdraw(&mut self, number: u32) {
        let call = self.turn.call.sid.clone();
        let Some(offer) = self.open(number) else {
            return;
        };
        offer.outcome = Some(OfferOutcome::Withdrawn);
        let (agent, again) = (offer.agent.clone(), offer.again);
        self.end_leg(LegOf::Offer(number));
        let event = if again {
            self.call_over()
        } else {
            AgentEvent::Withdrawn {
                call,
                offer: number,
            }
        };
        self.turn.agent(&agent, event);
    }

    pub(super) fn call_over(&self) -> AgentEvent {
        AgentEvent::CallOver {
            call: self.turn.call.sid.clone(),
            wrap_up_s: self.settings.wrap_up_s,
        }
    }
}

impl Stage {
    /// What is true of the caller, in words.
    pub(super) const fn what(&self) -> &'static str {
        match self {
            Self::Arrived => "they have only just come",
            Self::Waiting(_) => "they wait for an agent",
            Self::Offered { .. } => "an agent is being rung",
            Self::Talking { .. } => "an agent is talking with them",
            Self::TurnedAway(_) | Self::Asked(_) => "they are being asked what they wish",
            Self::Recording => "they are leaving a message",
            Self::Ending(_) | Self::Survey { .. } => "the talk is over",
        }
    }
}
