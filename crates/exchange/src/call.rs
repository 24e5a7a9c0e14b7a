//! A call: what is known of one caller's visit, and the one place where it is decided.

mod told;

use serde::{Deserialize, Serialize};

use crate::calling_out::{self, CallingOut};
use crate::closed;
use crate::conference::{self, Guest, Room, Visitor};
use crate::forward::{self, Forward};
use crate::outcome::{Ended, Outcome};
use crate::phone_tree::{self, PhoneTree};
use crate::support::{self, Support};
use crate::turn::Turn;
use crate::{
    Act, Answer, CallSid, Caller, ConferenceEvent, ConferenceRoute, Event, Input, Line, LineId,
    LineKind, Moment, PhoneNumber, Place, Plan, Prompt, Route, Speech, Step, SupportEvent, Visit,
    VisitOutcome,
};

/// How often one question is asked before the call ends kindly.
pub const MAX_TRIES: u8 = 3;

/// How many questions one call is asked in all before it ends kindly, so that no way of pressing
/// keys goes round for ever.
pub const MAX_PROMPTS: u16 = 20;

/// A call is over by then, in seconds: the carrier's own limit for a dialled call is four hours (reference A.3.6,
/// `timeLimit`), and the questions around it take less than half an hour.
pub const LONGEST_CALL_S: i64 = 4 * 3600 + 1800;

/// One caller's visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The carrier's name for it.
    pub sid: CallSid,
    /// The line it is on.
    pub line: LineId,
    /// Who calls.
    pub caller: Caller,
    /// The number they dialled, where they dialled one.
    pub dialled: Option<PhoneNumber>,
    /// Where the carrier thinks they are.
    pub place: Place,
    /// When we first heard of it.
    pub started: Moment,
    /// Its end, once it has one.
    pub ended: Option<Ended>,
    /// How many questions have been asked.
    pub prompts: u16,
    /// How many answers to the question at hand led nowhere.
    pub tries: u8,
    /// Whom the caller was to be connected to, in order.
    pub visits: Vec<Visit>,
    /// How far it is on its line.
    pub progress: Progress,
    /// Whether somebody who was in it has been erased: what the carrier still tells of it is not kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_erased: bool,
}

/// How far a call is on its line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// On a forwarding line.
    Forward(Forward),
    /// In a phone tree.
    Menu(PhoneTree),
    /// Made by a browser.
    CallingOut(CallingOut),
    /// On a support line.
    Support(Box<Support>),
    /// On a conference line.
    Conference(Box<Visitor>),
}

impl Progress {
    /// The beginning of a line.
    #[must_use]
    pub fn beginning(line: &Line, now: Moment) -> Self {
        match &line.kind {
            LineKind::Forward { .. } => Self::Forward(Forward::default()),
            LineKind::Menu { .. } => Self::Menu(PhoneTree::default()),
            LineKind::Support(_) => Self::Support(Box::new(Support::arrived(now))),
            LineKind::Conference(_) => {
                Self::Conference(Box::new(Visitor::arrived(Guest::Caller, None)))
            }
        }
    }

    /// Whether it is progress on a line of this kind; an edit may have changed the kind meanwhile. A
    /// caller who waits for an agent, or talks with one, goes on whatever becomes of the line; so does
    /// whoever is in a room.
    fn fits(&self, line: &Line) -> bool {
        match (self, &line.kind) {
            (Self::Forward(_), LineKind::Forward { .. })
            | (Self::Menu(_), LineKind::Menu { .. })
            | (Self::CallingOut(_) | Self::Support(_) | Self::Conference(_), _) => true,
            (
                Self::Forward(_),
                LineKind::Menu { .. } | LineKind::Support(_) | LineKind::Conference(_),
            )
            | (
                Self::Menu(_),
                LineKind::Forward { .. } | LineKind::Support(_) | LineKind::Conference(_),
            ) => false,
        }
    }
}

impl Call {
    /// A call that has just come in on a line.
    #[must_use]
    pub fn new(
        sid: CallSid,
        line: &Line,
        caller: Caller,
        dialled: Option<PhoneNumber>,
        place: Place,
        now: Moment,
    ) -> Self {
        Self {
            sid,
            line: line.id.clone(),
            caller,
            dialled,
            place,
            started: now,
            ended: None,
            prompts: 0,
            tries: 0,
            visits: Vec::new(),
            is_erased: false,
            progress: Progress::beginning(line, now),
        }
    }

    /// What becomes of the call when `event` happens.
    ///
    /// `is_first` tells that nothing has been decided about the call before.
    #[must_use]
    pub fn on(&self, event: Event, is_first: bool, now: Moment, plan: &Plan) -> Step {
        self.decide(event, None, is_first, now, plan)
    }

    /// The same, with the room that the event concerns.
    pub(crate) fn decide(
        &self,
        event: Event,
        room: Option<&Room>,
        is_first: bool,
        now: Moment,
        plan: &Plan,
    ) -> Step {
        let mut step = match event {
            Event::Reported(how) => self.reported(&how, now),
            Event::Asked(answer) => self.asked(answer, now),
            Event::Arrived(input) if self.is_for_support(plan) => {
                support::on(self, SupportEvent::Enter(input), is_first, now, plan)
            }
            Event::Arrived(input) if self.is_for_conference(plan) => {
                let enters = ConferenceEvent::Visits(ConferenceRoute::Enter, input);
                conference::on(self, enters, room, is_first, now, plan)
            }
            Event::Arrived(input) => self.request(None, &input, is_first, now, plan),
            Event::Forward(route, input) => {
                self.request(Some(Route::Forward(route)), &input, is_first, now, plan)
            }
            Event::Menu(route, input) => {
                self.request(Some(Route::Menu(route)), &input, is_first, now, plan)
            }
            Event::CallOut(route, input) => {
                self.request(Some(Route::CallOut(route)), &input, is_first, now, plan)
            }
            Event::Support(event) => support::on(self, event, is_first, now, plan),
            Event::Conference(event) => conference::on(self, event, room, is_first, now, plan),
        };
        if self.ended.is_none() && step.call.ended.is_some() {
            support::close(&mut step, plan);
            calling_out::close(&mut step);
            conference::close(&mut step, room, plan, now);
        }
        if is_first && step.call.ended.is_none() {
            step.effects.push(step.call.ask_later(now));
        }
        step
    }

    /// Whether the entry of the call's line is that of a support line.
    fn is_for_support(&self, plan: &Plan) -> bool {
        match &self.progress {
            Progress::Support(_) => true,
            Progress::CallingOut(_) | Progress::Conference(_) => false,
            Progress::Forward(_) | Progress::Menu(_) => plan
                .line(&self.line)
                .is_some_and(|line| matches!(line.kind, LineKind::Support(_))),
        }
    }

    fn request(
        &self,
        route: Option<Route>,
        input: &Input,
        is_first: bool,
        now: Moment,
        plan: &Plan,
    ) -> Step {
        let Some(line) = plan.line(&self.line) else {
            return self.without_line(now, plan);
        };
        let mut call = self.clone();
        if !call.progress.fits(line) {
            call.progress = Progress::beginning(line, now);
        }
        let mut turn = Turn::new(call, line, plan, now);
        if is_first {
            turn.note(arrival(self, line));
        }
        if self.ended.is_some() {
            turn.late(input);
        } else if input.caller_is_gone {
            turn.caller_left(input);
        } else if closed::is_met(&turn, input) {
            closed::turn_away(&mut turn, input);
        } else {
            advance(&mut turn, route, input);
        }
        turn.into_step()
    }

    /// The line was taken away while the call was on it.
    fn without_line(&self, now: Moment, plan: &Plan) -> Step {
        let mut call = self.clone();
        call.end(now, Outcome::Apologised);
        let mut speech = Speech::plainly(crate::Language::English);
        plan.say_in(speech.language, Prompt::Apology, &[], &mut speech.parts);
        Step {
            answer: Some(Answer(vec![Act::Say(speech), Act::HangUp])),
            lines: vec![format!(
                "The line {} does not exist; the caller was asked to call again.",
                self.line
            )],
            ..Step::nothing(call)
        }
    }

    pub(crate) fn end(&mut self, at: Moment, how: Outcome) {
        self.ended.get_or_insert(Ended {
            at,
            how,
            told: None,
        });
    }

    /// What the attempts to connect the caller come to; nothing when there was none, or none that the
    /// carrier told of: a caller may have hung up while an office was still being announced.
    pub(crate) fn reached(&self) -> Option<Outcome> {
        if let Progress::Support(support) = &self.progress
            && let Some(how) = support.reached()
        {
            return Some(how);
        }
        if let Progress::Conference(visitor) = &self.progress
            && let Some(how) = visitor.reached()
        {
            return Some(how);
        }
        let told = |visit: &&Visit| visit.outcome != Some(VisitOutcome::NotReported);
        let talked = |visit: &Visit| matches!(visit.outcome, Some(VisitOutcome::Talked(_)));
        if self.visits.iter().any(talked) {
            Some(Outcome::Connected)
        } else {
            self.visits.iter().find(told).map(|_| Outcome::NotReached)
        }
    }

    /// How a call ends whose caller hangs up and got nowhere.
    pub(crate) fn given_up(&self) -> Outcome {
        match &self.progress {
            Progress::Support(support) => support.given_up(),
            Progress::Conference(visitor) => visitor.given_up(),
            Progress::Forward(_) | Progress::Menu(_) | Progress::CallingOut(_) => Outcome::HungUp,
        }
    }

    /// The number that dialled parties see: the caller's own where the carrier may show it, else
    /// one of ours (reference A.3.6, `callerId`). What a browser or a SIP telephone says it dialled
    /// need not be a number of ours.
    pub(crate) fn caller_id(&self, line: &Line) -> Option<PhoneNumber> {
        if self.calling_out().is_some() {
            return line.number.clone();
        }
        let ours = match &self.caller {
            Caller::Number(own) => return Some(own.clone()),
            Caller::Withheld => self.dialled.as_ref().or(line.number.as_ref()),
            Caller::Client(_) | Caller::Sip(_) | Caller::Other(_) => {
                line.number.as_ref().or(self.dialled.as_ref())
            }
        };
        ours.cloned()
    }
}

fn advance(turn: &mut Turn<'_>, route: Option<Route>, input: &Input) {
    match (turn.call.progress.clone(), route) {
        (Progress::Forward(mut state), None) => {
            forward::welcome(turn, &mut state);
            turn.keep(Progress::Forward(state));
        }
        (Progress::Forward(mut state), Some(Route::Forward(route))) => {
            forward::step(turn, &mut state, route, input);
            turn.keep(Progress::Forward(state));
        }
        (Progress::Menu(mut state), None) => {
            phone_tree::welcome(turn, &mut state, input);
            turn.keep(Progress::Menu(state));
        }
        (Progress::Menu(mut state), Some(Route::Menu(route))) => {
            phone_tree::step(turn, &mut state, route, input);
            turn.keep(Progress::Menu(state));
        }
        (Progress::CallingOut(asked), Some(Route::CallOut(route))) => {
            calling_out::step(turn, &asked, route, input);
        }
        (
            Progress::Forward(_),
            Some(
                Route::Menu(_)
                | Route::Line(_)
                | Route::CallOut(_)
                | Route::Support(..)
                | Route::Conference(_),
            ),
        )
        | (
            Progress::Menu(_),
            Some(
                Route::Forward(_)
                | Route::Line(_)
                | Route::CallOut(_)
                | Route::Support(..)
                | Route::Conference(_),
            ),
        )
        | (
            Progress::CallingOut(_),
            None
            | Some(
                Route::Forward(_)
                | Route::Menu(_)
                | Route::Line(_)
                | Route::Support(..)
                | Route::Conference(_),
            ),
        )
        | (Progress::Support(_) | Progress::Conference(_), _) => {
            turn.note("The request belongs to another kind of call; the caller is led back to the beginning of this one.");
            turn.restart();
        }
    }
}

pub(crate) fn arrival(call: &Call, line: &Line) -> String {
    if let Some(asked) = call.calling_out() {
        return calling_out::arrival(call, asked, line);
    }
    let place = call.place.label();
    let from = if place.is_empty() {
        String::new()
    } else {
        format!(" from {place}")
    };
    format!("{} called {}{from}.", call.caller.label(), line.name)
}
