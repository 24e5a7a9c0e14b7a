//! The support call: a caller who waits in a room until an agent talks with them.

mod allowed;
mod aside;
mod caller;
mod case;
mod close;
mod cold;
mod command;
mod done;
mod event;
mod floor;
mod hand_over;
mod joins;
mod line;
mod offers;
mod parties;
mod refusal;
mod room;
mod screen;
mod state;
mod sweep;
mod take_over;
mod talk;
mod transfer;
mod transfer_ends;
mod watch;
mod watching;

pub use allowed::{Party, PartyAct, TransferAct, Whose};
pub use command::Command;
pub use done::{Done, LegOf, Timer};
pub use event::{
    Filed, LeftBecause, LegStatus, Present, QueuePlace, Recording, RoomEvent, RoomSaid, Seen,
    SupportEvent, SupportRoute,
};
pub use floor::FloorRow;
pub use line::{Instead, SupportLine};
pub use offers::Ringing;
pub use refusal::Refusal;
pub use screen::Screening;
pub use state::{
    Ending, Hold, Offer, OfferOutcome, Priority, Question, Room, Seat, Stage, Support, Switch,
    TurnedAway, Waiting, WhyTurned,
};
pub use transfer::{
    PastTransfer, Purpose, Side, Target, Transfer, TransferEnd, TransferKind, TransferStep,
};
pub use watch::{HeardBy, Help, WatchMode, Watcher};

pub(crate) use close::close;

use self::case::{Case, stand_in};
use crate::turn::Turn;
use crate::{
    Act, Answer, Call, CallSid, Effect, Input, LineKind, Moment, Outcome, Plan, Progress, Prompt,
    Route, Step, call,
};

/// What becomes of a call when something of a support line happens to it.
pub(crate) fn on(
    call: &Call,
    event: SupportEvent,
    is_first: bool,
    now: Moment,
    plan: &Plan,
) -> Step {
    let stand_in = stand_in(call);
    let line = plan.line(&call.line).unwrap_or(&stand_in);
    let mut call = call.clone();
    let is_fresh = matches!(&call.progress, Progress::Forward(_) | Progress::Menu(_))
        && matches!(line.kind, LineKind::Support(_));
    if is_fresh && call.ended.is_none() {
        call.progress = Progress::beginning(line, now);
    }
    let turn = Turn::new(call, line, plan, now);
    let mut case = match Case::new(turn) {
        Ok(case) => case,
        Err(turn) => return no_support(turn, event),
    };
    if is_first {
        let arrival = call::arrival(&case.turn.call, line);
        case.turn.note(arrival);
    }
    case.take(event)
}

impl Case<'_> {
    fn take(mut self, event: SupportEvent) -> Step {
        let is_over = self.turn.call.ended.is_some();
        match event {
            SupportEvent::Recorded(input, message) => {
                self.recorded(&input, message);
                self.spoken()
            }
            SupportEvent::Enter(input)
            | SupportEvent::Wait(input)
            | SupportEvent::Next(input)
            | SupportEvent::Left(input)
            | SupportEvent::Keyed(input)
                if is_over || input.caller_is_gone =>
            {
                self.gone_or_late(&input);
                self.spoken()
            }
            SupportEvent::Enter(input) => {
                self.lead(&input);
                self.spoken()
            }
            SupportEvent::Next(input) => {
                let is_moved = self.state.room.moving_since.is_some();
                self.lead(&input);
                // The action of the room that we led them out of may still come.
                self.state.room.is_left_due = is_moved;
                self.spoken()
            }
            SupportEvent::Wait(input) => {
                self.wait(&input);
                self.spoken()
            }
            SupportEvent::Left(input) => {
                self.left(&input);
                self.spoken()
            }
            SupportEvent::Keyed(input) => {
                self.keyed(&input);
                self.spoken()
            }
            SupportEvent::AgentJoins { agent, leg, offer } => {
                self.agent_joins(&agent, &leg, offer);
                self.spoken()
            }
            SupportEvent::Screened { leg, keys } => {
                self.screened(&leg, &keys);
                self.spoken()
            }
            SupportEvent::AgentLeft { leg, is_over } => {
                self.agent_left(&leg, is_over);
                self.spoken()
            }
            SupportEvent::WatcherJoins {
                user,
                name,
                leg,
                mode,
            } => {
                self.watcher_joins((&user, &name), &leg, mode);
                self.spoken()
            }
            SupportEvent::WatcherLeft { leg, is_over } => {
                self.watcher_left(&leg, is_over);
                self.spoken()
            }
            SupportEvent::RecordingReady(message) => {
                self.take_message(message);
                self.quiet()
            }
            SupportEvent::Did(done) => {
                self.done(done);
                self.quiet()
            }
            SupportEvent::Offer { agent, name } => match self.offer(&agent, &name) {
                Ok(()) => self.quiet(),
                Err(refusal) => self.refused(refusal),
            },
            SupportEvent::ConsoleGone { offer } => {
                if !is_over {
                    self.console_gone(offer);
                }
                self.quiet()
            }
            SupportEvent::Command { by, what } => match self.command(&by, what) {
                Ok(()) => self.quiet(),
                Err(refusal) => self.refused(refusal),
            },
            SupportEvent::Leg { leg, offer, status } => {
                if !is_over {
                    self.leg(&leg, offer, &status);
                }
                self.quiet()
            }
            SupportEvent::Room(said) => {
                if !is_over {
                    self.room(said);
                }
                self.quiet()
            }
            SupportEvent::Due(timer) => {
                if !is_over || timer == Timer::EndAgain {
                    self.due(timer);
                }
                self.quiet()
            }
            SupportEvent::Seen { sweep, what } => {
                if !is_over {
                    self.seen(sweep, what);
                }
                self.quiet()
            }
        }
    }

    fn gone_or_late(&mut self, input: &Input) {
        self.sync();
        if self.turn.call.ended.is_some() {
            self.turn.late(input);
        } else {
            self.turn.caller_left(input);
        }
    }
}

/// Something of a support line happens to a call that is none.
fn no_support(mut turn: Turn<'_>, event: SupportEvent) -> Step {
    match event {
        SupportEvent::Enter(input)
        | SupportEvent::Wait(input)
        | SupportEvent::Next(input)
        | SupportEvent::Left(input)
        | SupportEvent::Keyed(input)
        | SupportEvent::Recorded(input, _) => {
            if turn.call.ended.is_some() {
                turn.late(&input);
            } else if input.caller_is_gone {
                turn.caller_left(&input);
            } else {
                turn.note("The request belongs to another kind of call; the caller is led back to the beginning of this one.");
                turn.restart();
            }
            turn.into_step()
        }
        SupportEvent::AgentJoins { .. }
        | SupportEvent::AgentLeft { .. }
        | SupportEvent::Screened { .. } => {
            turn.note("An agent's leg was led to a call that is on no support line.");
            turn.say(Prompt::AgentTooLate, &[]);
            turn.act(Act::HangUp);
            turn.into_step()
        }
        SupportEvent::WatcherJoins { .. } | SupportEvent::WatcherLeft { .. } => {
            turn.note("Somebody wished to listen to a call that is on no support line.");
            turn.say(Prompt::WatchOver, &[]);
            turn.act(Act::HangUp);
            turn.into_step()
        }
        SupportEvent::Offer { .. } | SupportEvent::Command { .. } => Step {
            refusal: Some(Refusal::NoSupport),
            ..Step::nothing(turn.call)
        },
        SupportEvent::RecordingReady(_)
        | SupportEvent::ConsoleGone { .. }
        | SupportEvent::Leg { .. }
        | SupportEvent::Room(_)
        | SupportEvent::Due(_)
        | SupportEvent::Did(_)
        | SupportEvent::Seen { .. } => Step::nothing(turn.call),
    }
}

/// What a held caller hears, for as long as it takes; also what a waiting caller hears of whom
/// nothing is known.
#[must_use]
pub fn hold_document(call: &CallSid) -> Answer {
    Answer(vec![
        Act::Music,
        Act::Goto(Route::Support(call.clone(), SupportRoute::Hold)),
    ])
}

impl Support {
    /// What the caller got of what they came for.
    pub(crate) const fn reached(&self) -> Option<Outcome> {
        if self.talked.is_some() {
            Some(Outcome::Connected)
        } else if self.message.is_some() {
            Some(Outcome::Voicemail)
        } else if self.callback {
            Some(Outcome::CallbackAsked)
        } else {
            None
        }
    }

    /// How the call ends when the caller hangs up without any of that.
    pub(crate) const fn given_up(&self) -> Outcome {
        match self.turned {
            Some(WhyTurned::Closed | WhyTurned::Full) => Outcome::Closed,
            Some(WhyTurned::NobodyCame) | None if self.waits > 0 => Outcome::Abandoned,
            Some(WhyTurned::NobodyCame) | None => Outcome::HungUp,
        }
    }
}

impl Call {
    /// The support call that it is, if it is one.
    #[must_use]
    pub fn support(&self) -> Option<&Support> {
        match &self.progress {
            Progress::Support(support) => Some(support),
            Progress::Forward(_)
            | Progress::Menu(_)
            | Progress::CallingOut(_)
            | Progress::Conference(_) => None,
        }
    }

    /// Whether an effect is still to be done. Asked right before it is: what has been overtaken
    /// meanwhile is dropped without a word.
    #[must_use]
    pub fn wants(&self, effect: &Effect) -> bool {
        if self.ended.is_some() && !effect.outlives_the_call() {
            return false;
        }
        match (effect, self.support()) {
            (Effect::RingAgent { offer, .. } | Effect::RingNumber { offer, .. }, Some(support)) => {
                support
                    .offer(*offer)
                    .is_some_and(|offer| offer.outcome.is_none())
            }
            (Effect::RedirectCaller { round }, Some(support)) => {
                support.room.moving_since.is_some() && support.room.round == *round
            }
            (Effect::Sweep { sweep, .. }, Some(support)) => support.sweep == *sweep,
            // Whoever has hung up ends nothing any more, and what leads the caller on waits behind it.
            (Effect::SetEndsRoom { leg, .. }, Some(support)) => {
                let mut seats = support.seats.iter();
                let is_gone = seats.any(|seat| seat.leg == *leg && seat.gone.is_some());
                !(is_gone && matches!(support.stage, Stage::Ending(_)))
            }
            (Effect::AskCarrier { .. } | Effect::InRoom { .. }, _) => true,
            (
                Effect::EndLeg { .. }
                | Effect::EndRoom
                | Effect::Hold { .. }
                | Effect::Mute { .. }
                | Effect::SetHeard { .. }
                | Effect::SendAway { .. }
                | Effect::Tick { .. },
                support,
            ) => support.is_some(),
            (
                Effect::RingAgent { .. }
                | Effect::RingNumber { .. }
                | Effect::RedirectCaller { .. }
                | Effect::SetEndsRoom { .. }
                | Effect::Sweep { .. },
                None,
            ) => false,
        }
    }

    /// Its row on the floor: nothing when it is neither a support call nor one that somebody of ours makes, or over.
    #[must_use]
    pub fn floor(&self, plan: &Plan) -> Option<FloorRow> {
        if let Some(row) = self.outward_row() {
            return Some(row);
        }
        let support = self.support().filter(|_| self.ended.is_none())?;
        let team = match plan.line(&self.line).map(|line| &line.kind) {
            Some(LineKind::Support(settings)) => Some(settings.team.clone()),
            Some(LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Conference(_))
            | None => None,
        };
        Some(support.row(team))
    }
}
