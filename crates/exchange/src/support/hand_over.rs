//! Handing over: how a transfer begins, and how it goes on until somebody has the caller.

use super::case::Case;
use super::{
    Offer, Purpose, Refusal, Side, Stage, Switch, Target, Timer, Transfer, TransferKind,
    TransferStep,
};
use crate::{AgentEvent, CallSid, Effect, PhoneNumber, UserName};

/// How long a note may be, in characters.
const MOST_NOTE: usize = 500;

/// How long an agent waits at most, with the caller, until somebody of a team is free.
const SEEK_S: i64 = 120;

/// How long until the next of a team is rung after an offer that could not be made.
const AFTER_TROUBLE_S: i64 = 5;

/// How long at most until the leg of an offer is known: longer than creations wait for their turn.
const MADE_WITHIN_S: i64 = 20;

impl Case<'_> {
    /// The agent who talks hands the caller over. What cannot be is refused before anything rings.
    pub(super) fn hand_over(
        &mut self,
        by: &UserName,
        target: Target,
        kind: TransferKind,
        note: &str,
    ) -> Result<(), Refusal> {
        if let Some(transfer) = &self.state.transfer
            && (&transfer.by, &transfer.target, transfer.kind) == (by, &target, kind)
        {
            return Ok(());
        }
        let leg = self.talking_leg(by)?;
        if let Some(transfer) = &self.state.transfer {
            return Err(Refusal::HandingOver(transfer.words()));
        }
        let other = self.staying().find(|seat| seat.leg != leg);
        if let Some(other) = other.cloned() {
            return Err(Refusal::NotAlone(self.seat_name(&other)));
        }
        if self.staying().next().is_none() {
            return Err(Refusal::LegIsOut);
        }
        self.may_be_target(by, &target)?;
        self.begin_transfer(by, target, kind, note);
        if kind == TransferKind::Cold {
            self.leave_cold(by);
        } else {
            self.lower_flag(&leg);
        }
        Ok(())
    }

    /// The leg by which somebody talks with the caller.
    pub(super) fn talking_leg(&self, by: &UserName) -> Result<CallSid, Refusal> {
        match &self.state.stage {
            Stage::Talking { agent, leg, .. } if agent == by => Ok(leg.clone()),
            Stage::Talking { agent, .. } => Err(Refusal::NotYours(self.name_of(agent))),
            Stage::Arrived
            | Stage::Waiting(_)
            | Stage::Offered { .. }
            | Stage::Outside { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => Err(Refusal::NotTalking(self.state.stage.what())),
        }
    }

    fn may_be_target(&self, by: &UserName, target: &Target) -> Result<(), Refusal> {
        match target {
            Target::Agent { user, .. } if user == by => Err(Refusal::ToYourself),
            // Whether an agent can be rung is decided by them, when they are reserved.
            Target::Agent { .. } | Target::Queue { .. } => Ok(()),
            Target::Number { number } => {
                let call = &self.turn.call;
                let own = [
                    self.turn.line.number.as_ref(),
                    call.dialled.as_ref(),
                    call.caller.number(),
                ];
                if own.contains(&Some(number)) {
                    return Err(Refusal::ToThisCall(number.formatted()));
                }
                self.turn
                    .line
                    .dial
                    .check(number)
                    .map_err(Refusal::NotDialled)
            }
        }
    }

    fn begin_transfer(&mut self, by: &UserName, target: Target, kind: TransferKind, note: &str) {
        let (began, name) = (self.now(), self.name_of(by));
        let note: String = note.trim().chars().take(MOST_NOTE).collect();
        let manner = match kind {
            TransferKind::Warm => "all three at once",
            TransferKind::Consult => "speaking with them first",
            TransferKind::Cold => "leaving at once",
        };
        self.turn.note(format!(
            "{name} hands the caller over to {}, {manner}.",
            target.name()
        ));
        if !note.is_empty() {
            self.turn.note(format!("{name} wrote: {note}"));
        }
        self.state.transfer = Some(Transfer {
            kind,
            by: by.clone(),
            target: target.clone(),
            note,
            began,
            step: TransferStep::Preparing { offer: None },
        });
        let offer = match target {
            Target::Agent { user, name } => {
                let offer = self.write_offer(&user, &name, None, false);
                let call = self.turn.call.sid.clone();
                self.turn.agent(&user, AgentEvent::Reserved { call, offer });
                Some(offer)
            }
            Target::Number { number } => {
                let name = number.formatted();
                Some(self.write_offer(by, &name, Some(number), false))
            }
            Target::Queue { .. } => None,
        };
        self.step_to(TransferStep::Preparing { offer });
    }

    /// Writes an offer down; what it is for follows from whether the caller is being handed over.
    pub(super) fn write_offer(
        &mut self,
        agent: &UserName,
        name: &str,
        number: Option<PhoneNumber>,
        again: bool,
    ) -> u32 {
        let purpose = match &self.state.transfer {
            Some(transfer) if !again => Purpose::Transfer {
                by: transfer.by.clone(),
                by_name: self.name_of(&transfer.by),
                kind: transfer.kind,
                note: transfer.note.clone(),
            },
            Some(_) | None => Purpose::Queue,
        };
        self.state.offers.push(Offer {
            agent: agent.clone(),
            number,
            purpose,
            name: name.to_owned(),
            again,
            began: self.now(),
            leg: None,
            ringing: None,
            is_placed: false,
            screening: None,
            outcome: None,
        });
        u32::try_from(self.state.offers.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn step_to(&mut self, step: TransferStep) {
        if let Some(transfer) = &mut self.state.transfer {
            transfer.step = step;
        }
    }

    /// The agent's leaving is no longer to end the room.
    fn lower_flag(&mut self, leg: &CallSid) {
        let Some(seat) = self.seat_mut(leg) else {
            return;
        };
        if seat.ends_room.is_meant_on() {
            seat.ends_room = Switch::TurningOff;
            seat.flag_sets += 1;
            let leg = leg.clone();
            self.turn.effect(Effect::SetEndsRoom { leg, on: false });
        }
    }

    /// Goes on with whatever is ready to go on: after every event, for any of several words may be
    /// the one that was waited for.
    pub(super) fn settle(&mut self) {
        if self.turn.call.ended.is_some() {
            return;
        }
        self.settle_take_over();
        self.settle_transfer();
        self.settle_help();
        self.tune();
        self.let_go();
    }

    fn settle_transfer(&mut self) {
        let Some(transfer) = self.state.transfer.clone() else {
            return;
        };
        let Ok(talking) = self.talking_leg(&transfer.by) else {
            return;
        };
        let caller = self.turn.call.sid.clone();
        let is_consult = transfer.kind == TransferKind::Consult;
        match &transfer.step {
            TransferStep::Preparing { .. } => {
                let is_lowered = self
                    .seat(&talking)
                    .is_some_and(|seat| seat.ends_room == Switch::Off);
                let is_held = self.put_on_hold(&caller, is_consult);
                if is_lowered && is_held {
                    self.ring_target();
                }
            }
            TransferStep::Seeking { .. } | TransferStep::Ringing { .. } => {
                self.put_on_hold(&caller, is_consult);
            }
            TransferStep::Briefing { leg, with } => {
                let (off, on) = match with {
                    Side::Target => (&caller, leg),
                    Side::Caller => (leg, &caller),
                };
                if self.put_on_hold(off, true) {
                    self.release(on);
                }
            }
            TransferStep::ThreeWay { .. } => {}
        }
    }

    /// Whether a party is on hold as it is to be; if it is not yet, it is told to be.
    fn put_on_hold(&mut self, leg: &CallSid, is_needed: bool) -> bool {
        let hold = self.hold_of(leg);
        if is_needed && !hold.is_meant_on() {
            self.set_hold_of(leg, true);
        }
        !is_needed || hold == Switch::On
    }

    /// The room is ready: the target is rung.
    pub(super) fn ring_target(&mut self) {
        let Some(transfer) = self.state.transfer.clone() else {
            return;
        };
        let TransferStep::Preparing { offer } = transfer.step else {
            return;
        };
        match offer {
            Some(offer) => {
                self.step_to(TransferStep::Ringing { offer });
                let began = self.now();
                if let Some(made) = self.offer_mut(offer) {
                    made.began = began;
                }
                self.ring(offer);
            }
            None => {
                let not_before = self.now();
                self.step_to(TransferStep::Seeking { not_before });
                let began = transfer.began;
                self.tick(Timer::SeekOver { began }, SEEK_S);
            }
        }
    }

    /// An offer that has been written down rings.
    pub(super) fn ring(&mut self, number: u32) {
        let Some(offer) = self.state.offer(number).cloned() else {
            return;
        };
        self.turn.note(format!("Rings {}.", offer.name));
        let ring_seconds = self.ring_seconds(&offer);
        self.turn.effect(match offer.number {
            Some(to) => Effect::RingNumber {
                offer: number,
                number: to,
                ring_seconds,
            },
            None => Effect::RingAgent {
                offer: number,
                agent: offer.agent,
                again: offer.again,
                ring_seconds,
            },
        });
        let made_within = i64::from(ring_seconds).max(MADE_WITHIN_S);
        self.tick(Timer::RingOver { offer: number }, made_within);
    }

    /// How long whoever is offered the caller is rung.
    pub(super) fn ring_seconds(&self, offer: &Offer) -> u16 {
        match &offer.number {
            Some(_) => self.turn.line.dial.ring_seconds,
            None => self.settings.ring_seconds,
        }
    }

    /// Somebody of the team is free while the agent still talks with the caller.
    pub(super) fn offer_while_talking(
        &mut self,
        agent: &UserName,
        name: &str,
    ) -> Result<(), Refusal> {
        let now = self.now();
        let not_waiting = Refusal::NotWaiting(self.state.stage.what());
        match &self.state.transfer {
            Some(transfer) if transfer.by != *agent => match transfer.step {
                TransferStep::Seeking { not_before } if not_before <= now => {}
                TransferStep::Seeking { .. }
                | TransferStep::Preparing { .. }
                | TransferStep::Ringing { .. }
                | TransferStep::Briefing { .. }
                | TransferStep::ThreeWay { .. } => return Err(not_waiting),
            },
            Some(_) | None => return Err(not_waiting),
        }
        let offer = self.write_offer(agent, name, None, false);
        let call = self.turn.call.sid.clone();
        self.turn.agent(agent, AgentEvent::Reserved { call, offer });
        self.step_to(TransferStep::Ringing { offer });
        self.ring(offer);
        Ok(())
    }

    /// The team's next is looked for.
    pub(super) fn seek_on(&mut self, is_trouble: bool) {
        let pause = if is_trouble { AFTER_TROUBLE_S } else { 0 };
        let not_before = self.now().plus_seconds(pause);
        self.step_to(TransferStep::Seeking { not_before });
    }

    /// The target has answered, and the first agent is still there.
    pub(super) fn target_joins(&mut self, leg: &CallSid) {
        let Some(kind) = self.state.transfer.as_ref().map(|transfer| transfer.kind) else {
            return;
        };
        let leg = leg.clone();
        match kind {
            TransferKind::Consult => self.step_to(TransferStep::Briefing {
                leg,
                with: Side::Target,
            }),
            TransferKind::Warm | TransferKind::Cold => self.join_all_with(leg),
        }
    }

    pub(super) fn join_all_with(&mut self, leg: CallSid) {
        let caller = self.turn.call.sid.clone();
        self.release(&caller);
        self.release(&leg);
        self.step_to(TransferStep::ThreeWay { leg });
    }
}
