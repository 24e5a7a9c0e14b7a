//! Offers: an agent is rung for a caller, and what comes of it.

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::{
    LegOf, LegStatus, Offer, OfferOutcome, Refusal, Stage, Target, Timer, TransferEnd,
    TransferStep, Waiting,
};
use crate::{AgentEvent, CallSid, Moment, UserName, WhyNot};

/// How long an agent who lost a caller alone may take them again.
pub(super) const RECOVER_S: i64 = 20;

/// A leg that nobody answers within so many seconds had no browser to ring at.
const AT_ONCE_S: i64 = 5;

/// How long a caller waits after an offer that could not be made.
const AFTER_TROUBLE_S: i64 = 5;

/// How long until an agent who lost a caller is rung again.
const AGAIN_S: i64 = 2;

/// How long the leg of an offer rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ringing {
    /// Since when.
    pub since: Moment,
    /// When it has rung long enough.
    pub until: Moment,
}

impl Case<'_> {
    /// The dispatcher found an agent.
    pub(super) fn offer(&mut self, agent: &UserName, name: &str) -> Result<(), Refusal> {
        let now = self.now();
        if self.turn.call.ended.is_some() {
            return Err(Refusal::Ended);
        }
        let waiting = match &self.state.stage {
            Stage::Waiting(waiting) => waiting.clone(),
            Stage::Talking { .. } => return self.offer_while_talking(agent, name),
            Stage::Offered { .. }
            | Stage::Arrived
            | Stage::Outside { .. }
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
        let offer = self.write_offer(agent, name, None, again);
        self.state.stage = Stage::Offered { offer };
        if waiting.first.is_none() && self.state.transfer.is_some() {
            self.step_to(TransferStep::Ringing { offer });
        }
        let call = self.turn.call.sid.clone();
        self.turn.agent(agent, AgentEvent::Reserved { call, offer });
        self.ring(offer);
        Ok(())
    }

    /// An offer, when it is open: the caller's own, or the one by which they are handed over.
    pub(super) fn open(&mut self, number: u32) -> Option<&mut Offer> {
        let is_own = self.state.stage == Stage::Offered { offer: number };
        let transfer = self.state.transfer.as_ref();
        let is_target = transfer.is_some_and(|transfer| transfer.step.offer() == Some(number));
        let offer = self.offer_mut(number)?;
        Some(offer).filter(|offer| (is_own || is_target) && offer.outcome.is_none())
    }

    pub(super) fn offer_mut(&mut self, number: u32) -> Option<&mut Offer> {
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        self.state.offers.get_mut(place)
    }

    /// The leg of an offer has been created, or could not be.
    pub(super) fn rang(&mut self, number: u32, made: Result<CallSid, String>) {
        match made {
            Ok(leg) => {
                self.has_leg(number, &leg);
                let Some(offer) = self.offer_mut(number) else {
                    return;
                };
                offer.is_placed = true;
                let is_wanted = match offer.outcome {
                    None | Some(OfferOutcome::Answered) => true,
                    Some(
                        OfferOutcome::Vain(_) | OfferOutcome::NotMade(_) | OfferOutcome::Withdrawn,
                    ) => false,
                };
                // The answer to a creation may be lost, and the leg of the second one comes to light first.
                let is_known = offer.leg.as_ref() == Some(&leg);
                if !is_wanted || !is_known || self.turn.call.ended.is_some() {
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

    /// The leg of an offer is known: from now on it rings.
    fn has_leg(&mut self, number: u32, leg: &CallSid) {
        let since = self.now();
        let Some(offer) = self.offer_mut(number).filter(|offer| offer.leg.is_none()) else {
            return;
        };
        offer.leg = Some(leg.clone());
        let Some(offer) = self.open(number).cloned() else {
            return;
        };
        let rings_for = i64::from(self.ring_seconds(&offer));
        let until = since.plus_seconds(rings_for);
        if let Some(offer) = self.offer_mut(number) {
            offer.ringing = Some(Ringing { since, until });
        }
        self.tick(Timer::RingOver { offer: number }, rings_for);
    }

    /// The carrier says how the leg of an offer, or of a seat, stands.
    pub(super) fn leg(&mut self, leg: &CallSid, number: u32, status: &LegStatus) {
        let now = self.now();
        let began = self.state.offer(number).map_or(now, |offer| {
            offer.ringing.map_or(offer.began, |ringing| ringing.since)
        });
        self.has_leg(number, leg);
        let is_another = |offer: &Offer| offer.leg.as_ref() != Some(leg);
        if self.state.offer(number).is_some_and(is_another) && self.seat(leg).is_none() {
            // One was made before, and its answer was lost: it rings for nobody, and its end is not this one's.
            if matches!(status, LegStatus::Ringing) {
                self.end_leg(LegOf::Leg(leg.clone()));
            }
            return;
        }
        let why = match status {
            LegStatus::Ringing | LegStatus::Answered => return,
            LegStatus::Busy => WhyNot::Declined,
            LegStatus::NoAnswer if now.seconds_since(began) < AT_ONCE_S => WhyNot::Unreachable,
            LegStatus::NoAnswer | LegStatus::Canceled => WhyNot::Missed,
            LegStatus::Failed | LegStatus::Completed => WhyNot::Unreachable,
        };
        let Some(offer) = self.open(number) else {
            return self.seat_left(leg, true);
        };
        if !offer.is_placed {
            self.end_offered_leg(number);
        }
        self.fail_offer(number, &OfferOutcome::Vain(why));
    }

    /// An offer has rung long enough, or its leg was never made, for which nobody rung can be blamed.
    pub(super) fn ring_over(&mut self, number: u32) {
        let now = self.now();
        let Some(offer) = self.open(number).cloned() else {
            return;
        };
        if offer.ringing.is_some_and(|ringing| now < ringing.until) || self.waits_for_key(number) {
            return;
        }
        self.end_offered_leg(number);
        let outcome = match offer.leg {
            Some(_) => OfferOutcome::Vain(WhyNot::Missed),
            None => OfferOutcome::NotMade("the call was not placed in time".to_owned()),
        };
        self.fail_offer(number, &outcome);
    }

    /// The console of whoever is rung answers no more.
    pub(super) fn console_gone(&mut self, number: u32) {
        if self.open(number).is_some() {
            self.end_offered_leg(number);
            self.fail_offer(number, &OfferOutcome::Vain(WhyNot::Unreachable));
        }
    }

    /// The agent declines.
    pub(super) fn decline(&mut self, by: &UserName, number: u32) -> Result<(), Refusal> {
        let is_theirs = self
            .state
            .offer(number)
            .is_some_and(|offer| offer.agent == *by && offer.number.is_none());
        if !is_theirs {
            return Err(Refusal::OfferOver("it was never yours"));
        }
        if self.open(number).is_some() {
            self.end_offered_leg(number);
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
            Some(OfferOutcome::Withdrawn) if self.turn.call.ended.is_none() => {
                Err(Refusal::OfferOver("it was taken back"))
            }
            Some(OfferOutcome::Withdrawn) | None => Err(Refusal::OfferOver("the caller is gone")),
        }
    }

    /// The open offer came to nothing: the caller waits on, or has waited long enough.
    pub(super) fn fail_offer(&mut self, number: u32, outcome: &OfferOutcome) {
        let (now, call) = (self.now(), self.turn.call.sid.clone());
        let Some(offer) = self.open(number) else {
            return;
        };
        offer.outcome = Some(outcome.clone());
        let offer = offer.clone();
        let Some(reason) = outcome.reason(&offer) else {
            return;
        };
        let words = format!("{} {reason}.", offer.name);
        let why = match outcome {
            OfferOutcome::Vain(why) => Some(*why),
            OfferOutcome::NotMade(_) | OfferOutcome::Answered | OfferOutcome::Withdrawn => None,
        };
        let has_time = now.seconds_since(self.state.waiting_since) < RECOVER_S;
        let is_early = has_time && matches!(why, None | Some(WhyNot::Unreachable));
        let (event, first, pause) = match (offer.again, why) {
            (true, _) if is_early => (
                AgentEvent::StillLost {
                    call,
                    offer: number,
                },
                Some(offer.agent.clone()),
                AGAIN_S,
            ),
            (true, why) => {
                let why = why.unwrap_or(WhyNot::Unreachable);
                let missed = AgentEvent::Missed {
                    call,
                    offer: number,
                    why,
                };
                (missed, None, 0)
            }
            (false, Some(why)) => {
                let missed = AgentEvent::Missed {
                    call,
                    offer: number,
                    why,
                };
                (missed, None, 0)
            }
            (false, None) => {
                let withdrawn = AgentEvent::Withdrawn {
                    call,
                    offer: number,
                };
                (withdrawn, None, AFTER_TROUBLE_S)
            }
        };
        if offer.number.is_none() {
            self.turn.agent(&offer.agent, event);
        }
        let is_own = self.state.stage == Stage::Offered { offer: number };
        self.miss_target(number, &words, why.is_none());
        if is_own {
            self.wait_on(first, pause);
        }
    }

    /// An offer came to nothing. If it was to the target of the transfer, that comes to nothing, too;
    /// from a queue, the next is looked for.
    fn miss_target(&mut self, number: u32, words: &str, is_trouble: bool) {
        let Some(transfer) = self.state.transfer.clone() else {
            return self.turn.note(words);
        };
        if transfer.step.offer() != Some(number) {
            return self.turn.note(words);
        }
        match (&transfer.target, &self.state.stage) {
            (Target::Queue { .. }, _) => {
                self.turn.note(words);
                self.seek_on(is_trouble);
            }
            (Target::Agent { .. } | Target::Number { .. }, Stage::Talking { .. }) => {
                self.keep_caller(TransferEnd::NotReached, words);
            }
            (
                Target::Agent { .. } | Target::Number { .. },
                Stage::Arrived
                | Stage::Waiting(_)
                | Stage::Offered { .. }
                | Stage::Outside { .. }
                | Stage::TurnedAway(_)
                | Stage::Asked(_)
                | Stage::Recording
                | Stage::Ending(_)
                | Stage::Survey { .. },
            ) => {
                self.end_transfer(TransferEnd::NotReached, words);
                self.state.told = None;
            }
        }
    }

    /// The caller waits on, unless they have waited long enough. If a transfer rings on, they wait for
    /// its target.
    fn wait_on(&mut self, first: Option<UserName>, pause: i64) {
        let now = self.now();
        let waited = now.seconds_since(self.state.waiting_since);
        let is_kept = first.is_some();
        self.state.stage = Stage::Waiting(Waiting {
            first,
            not_before: now.plus_seconds(pause),
        });
        if is_kept {
            return;
        }
        self.go_cold();
        let is_waiting = matches!(self.state.stage, Stage::Waiting(_));
        if is_waiting && waited >= i64::from(self.settings.nobody_after_s) {
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
        let offer = offer.clone();
        self.end_offered_leg(number);
        let event = if offer.again {
            self.call_over()
        } else {
            AgentEvent::Withdrawn {
                call,
                offer: number,
            }
        };
        if offer.number.is_none() {
            self.turn.agent(&offer.agent, event);
        }
    }

    /// Ends the leg that was asked for, if one was: looked for by its number, one that was not would be another's.
    fn end_offered_leg(&mut self, number: u32) {
        let transfer = self.state.transfer.as_ref();
        if transfer.is_none_or(|transfer| !transfer.step.only_prepares(number)) {
            self.end_leg(LegOf::Offer(number));
        }
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
            Self::Outside { .. } => "they have been handed over to a telephone",
            Self::TurnedAway(_) | Self::Asked(_) => "they are being asked what they wish",
            Self::Recording => "they are leaving a message",
            Self::Ending(_) | Self::Survey { .. } => "the talk is over",
        }
    }
}
