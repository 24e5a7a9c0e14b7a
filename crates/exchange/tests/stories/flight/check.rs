//! What must be true: of every state, of every step against a small reference, and when everything has
//! come to rest.

use exchange::{Agent, Call, Duty, Event, Side, Stage, Switch, Target, TransferKind, TransferStep};

use super::{Flight, Where};

/// The whole of a transfer as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Picture {
    /// Somebody talks with the caller; whether somebody else is asked, or there.
    Talks(String, Other),
    /// Nobody does. Who is to be rung first, and whether the target of a transfer rings.
    Waits(Option<String>, bool),
    /// The call is over, or on its way out.
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Other {
    Nobody,
    Asked,
    Aside,
    There,
}

fn picture(call: &Call) -> Picture {
    let state = call.support().expect("a support call");
    let transfer = state.transfer.as_ref();
    let rings = transfer.is_some();
    if call.ended.is_some() {
        return Picture::Over;
    }
    match &state.stage {
        Stage::Talking { agent, .. } => {
            let other = match transfer.map(|transfer| &transfer.step) {
                None => Other::Nobody,
                Some(
                    TransferStep::Preparing { .. }
                    | TransferStep::Seeking { .. }
                    | TransferStep::Ringing { .. },
                ) => Other::Asked,
                Some(TransferStep::Briefing { .. }) => Other::Aside,
                Some(TransferStep::ThreeWay { .. }) => Other::There,
            };
            Picture::Talks(agent.to_string(), other)
        }
        Stage::Waiting(waiting) => {
            Picture::Waits(waiting.first.as_ref().map(ToString::to_string), rings)
        }
        Stage::Offered { offer } => {
            let offer = state.offer(*offer).expect("an offer");
            let first = offer.again.then(|| offer.agent.to_string());
            Picture::Waits(first, rings)
        }
        Stage::Outside { .. } => Picture::Talks("the telephone".to_owned(), Other::Nobody),
        Stage::Arrived => Picture::Waits(None, rings),
        Stage::TurnedAway(_)
        | Stage::Asked(_)
        | Stage::Recording
        | Stage::Ending(_)
        | Stage::Survey { .. } => Picture::Over,
    }
}

/// The table: whether a step from one picture to another is one that it knows.
fn may_follow(before: &Picture, after: &Picture) -> bool {
    use Other::{Aside, Asked, Nobody, There};
    match (before, after) {
        (_, Picture::Over) => true,
        (before, after) if before == after => true,
        (Picture::Over, _) => false,
        (Picture::Talks(had, was), Picture::Talks(has, is)) if had == has => {
            matches!(
                (was, is),
                // A transfer begins, is answered, joined, or over.
                (Nobody, Asked) | (Asked, Aside | There) | (Aside, There) | (_, Nobody)
            )
        }
        // Taken over.
        (Picture::Talks(..), Picture::Talks(has, Nobody)) if has == "sam" => true,
        // Handed over, or the first agent is gone: the one who was there has the caller.
        (Picture::Talks(_, Aside | There), Picture::Talks(_, Nobody)) => true,
        (Picture::Talks(..), Picture::Talks(..)) => false,
        // Left to the target, who rings on; or lost, and rung first.
        (Picture::Talks(_, Asked | Nobody), Picture::Waits(None, true)) => true,
        (Picture::Talks(had, Asked), Picture::Waits(Some(first), true))
        | (Picture::Talks(had, Nobody), Picture::Waits(Some(first), false)) => had == first,
        (Picture::Talks(..), Picture::Waits(..)) => false,
        // Back again, with the transfer as it was; or somebody new.
        (Picture::Waits(Some(first), rings), Picture::Talks(has, is)) if first == has => {
            *is == if *rings { Asked } else { Nobody }
        }
        (Picture::Waits(_, _), Picture::Talks(_, is)) => *is == Nobody,
        (Picture::Waits(first, rang), Picture::Waits(next, rings)) => {
            (next.is_none() || next == first) && (*rang || !*rings)
        }
    }
}

impl Flight {
    pub(super) fn follows(&self, event: &Event, after: &Call) -> Result<(), String> {
        let (before, now) = (picture(&self.call), picture(after));
        if may_follow(&before, &now) {
            Ok(())
        } else {
            Err(format!("{before:?} became {now:?} by {event:?}"))
        }
    }

    /// What is true of every state.
    pub(super) fn is_sane(&self) -> Result<(), String> {
        let state = self.support();
        let Some(transfer) = &state.transfer else {
            return Ok(());
        };
        let has_leg = transfer.step.leg().is_some();
        let is_right = match &state.stage {
            Stage::Talking { agent, .. } => *agent == transfer.by,
            Stage::Waiting(_) | Stage::Offered { .. } | Stage::Asked(_) => !has_leg,
            Stage::Arrived
            | Stage::Outside { .. }
            | Stage::TurnedAway(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => false,
        };
        if is_right && self.call.ended.is_none() {
            Ok(())
        } else {
            Err(format!("a transfer in {:?}", state.stage))
        }
    }

    /// A caller in a room that has started, with nobody in it, hears nothing.
    pub(super) fn is_alone_in_silence(&self) -> bool {
        let sid = self.sid();
        self.caller == Where::Room
            && match &self.room {
                None => true,
                Some(room) => match room.members.get(&sid) {
                    None => true,
                    Some(member) => {
                        let others = room.members.keys().filter(|leg| !self.watches(leg));
                        room.has_started && others.count() == 1 && !member.is_held
                    }
                },
            }
    }

    /// Nothing goes wrong any more, and nobody acts; everything comes to rest, and is right.
    pub(super) fn comes_to_rest(mut self) -> Result<(), String> {
        self.left.faults = 0;
        let transfer = self.support().transfer.as_ref();
        let seeks = transfer.is_some_and(|one| matches!(one.target, Target::Queue { .. }));
        // Somebody of a team is looked for for two minutes.
        let until = self.now.plus_seconds(if seeks { 200 } else { 80 });
        for _ in 0..4_000 {
            if self.goes_on()? {
                continue;
            }
            if !self.late.is_empty() {
                let event = self.late.remove(0);
                self.takes(&event)?;
            } else if let Some(offer) = self.found() {
                self.takes(&Event::Support(offer))?;
            } else {
                match self.next_due().filter(|due| *due <= until) {
                    Some(due) => self.passes(due)?,
                    None => return self.is_right(),
                }
            }
        }
        Err("it never comes to rest".to_owned())
    }

    /// Something that is on its way comes; false when nothing is.
    pub(super) fn goes_on(&mut self) -> Result<bool, String> {
        if let Some(event) = self.callbacks.pop_front() {
            self.takes(&event)?;
        } else if !self.asks.is_empty() {
            let asks = self.asks.remove(0);
            self.serves(asks)?;
        } else if let Some(effect) = self
            .outbox
            .values_mut()
            .find_map(std::collections::VecDeque::pop_front)
        {
            self.performs(effect, false)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn is_right(&self) -> Result<(), String> {
        let ended = self.call.ended.is_some();
        let wrong = |what: &str| Err(format!("{what}: {:#?}", self.support()));
        if ended != (self.caller == Where::Gone) {
            return wrong("one of us thinks that the call is over");
        }
        for agent in self.agents.values() {
            if !self.duty_is_right(agent) {
                return wrong(&format!("{} is {:?}", agent.user, agent.duty));
            }
        }
        let members = self.room.as_ref().map(|room| room.members.clone());
        let mut members = members.unwrap_or_default();
        self.sam_is_right(&members)?;
        members.retain(|leg, _| !self.watches(leg));
        if ended {
            // One that rings in vain is ended by the carrier's own time-out.
            let is_open = self
                .legs
                .values()
                .any(|leg| leg.is_answered && !leg.is_over)
                || self.has_sam;
            return if is_open {
                wrong("a leg goes on after the call")
            } else {
                Ok(())
            };
        }
        let sid = self.sid();
        let (Stage::Talking { leg, .. } | Stage::Outside { leg, .. }) = &self.support().stage
        else {
            let is_alone = members.len() == 1 && members.contains_key(&sid);
            return if is_alone || self.caller == Where::Asked {
                Ok(())
            } else {
                wrong("a caller who waits is not alone in the room")
            };
        };
        let (Some(caller), Some(talker)) = (members.get(&sid), members.get(leg)) else {
            return wrong("they talk, and are not in the room");
        };
        let step = self.support().transfer.as_ref().map(|one| &one.step);
        let (third, holds, holds_third) = match step {
            None => (None, false, false),
            Some(TransferStep::ThreeWay { leg }) => (Some(leg), false, false),
            Some(TransferStep::Briefing { leg, with }) => {
                (Some(leg), *with == Side::Target, *with == Side::Caller)
            }
            Some(
                TransferStep::Preparing { .. }
                | TransferStep::Seeking { .. }
                | TransferStep::Ringing { .. },
            ) => return wrong("a transfer rings for ever"),
        };
        let is_kept = self
            .support()
            .transfer
            .as_ref()
            .is_none_or(|transfer| transfer.kind != TransferKind::Cold);
        if !is_kept {
            return wrong("a cold transfer whose agent talks");
        }
        if caller.is_held != holds || self.support().room.hold.is_meant_on() != holds {
            return wrong("the caller's hold");
        }
        match third {
            Some(third) => match members.get(third) {
                Some(at) if at.is_held == holds_third && members.len() == 3 => Ok(()),
                Some(_) | None => wrong("the third"),
            },
            None if members.len() != 2 => wrong("somebody else is in the room"),
            None if !talker.ends => wrong("the agent's leaving would leave the caller alone"),
            None => {
                let seat = self.support().seats.iter().find(|seat| seat.leg == *leg);
                if seat.is_some_and(|seat| seat.ends_room == Switch::On) {
                    Ok(())
                } else {
                    wrong("we do not know that the agent's leaving ends the room")
                }
            }
        }
    }

    fn duty_is_right(&self, agent: &Agent) -> bool {
        let state = self.support();
        let ended = self.call.ended.is_some();
        let step = state.transfer.as_ref().map(|transfer| &transfer.step);
        let third = step.and_then(TransferStep::leg);
        let sits = state
            .seats
            .iter()
            .any(|seat| Some(&seat.leg) == third && seat.agent == agent.user);
        let talks = matches!(&state.stage, Stage::Talking { agent: who, .. } if *who == agent.user);
        match &agent.duty {
            Duty::OnCall { .. } => !ended && (talks || sits),
            Duty::Free | Duty::WrapUp { .. } | Duty::NotResponding { .. } => {
                ended || !(talks || sits)
            }
            Duty::Ringing { offer, .. } => {
                !ended && state.stage == (Stage::Offered { offer: *offer })
            }
            Duty::Lost { .. } => {
                !ended
                    && matches!(&state.stage, Stage::Waiting(waiting) if waiting.first.as_ref() == Some(&agent.user))
            }
        }
    }
}
