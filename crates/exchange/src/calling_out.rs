//! Calling out: what becomes of a call that somebody of ours makes from their browser.

use serde::{Deserialize, Serialize};

use crate::answer::Route;
use crate::outcome::Outcome;
use crate::turn::Turn;
use crate::{
    AgentEvent, Call, CallSid, Caller, DialRefusal, FloorRow, Input, Line, LineId, LineKind,
    Moment, PhoneNumber, Place, Plan, Priority, Progress, Prompt, Step, UserName, VisitOutcome,
    Whom,
};

/// How many characters of what a browser sends are kept: more than any number has.
const LONGEST_TEXT: usize = 64;

/// Up to so many digits, a number is one of a country's emergency and service numbers.
const SHORT_DIGITS: usize = 6;

/// A call that a browser makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallingOut {
    /// Who makes it.
    pub by: Dialler,
    /// The number as it was typed.
    pub to: String,
    /// The line whose number is to be shown, where the browser named one.
    pub line: Option<String>,
}

/// Who makes a call from a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialler {
    /// Somebody of ours.
    Person {
        /// What they sign in with, which is their identity for the carrier.
        user_name: String,
        /// What they are called.
        name: String,
    },
    /// Nobody whom we know.
    Nobody,
}

/// A step of a call that a browser makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOutRoute {
    /// The beginning.
    Begin,
    /// What follows the dialled party.
    End,
}

/// Why nobody is dialled for a browser.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallOutRefusal {
    /// Whoever asks may not call out.
    #[error("nobody of ours has that name")]
    Nobody,
    /// The line that was named is none.
    #[error("there is no line {0:?}")]
    NoLine(String),
    /// The line has nothing to show where it calls.
    #[error("the line {0} has no number that could be shown")]
    NoCallerId(LineId),
    /// Nothing was typed.
    #[error("no number was given")]
    NoNumber,
    /// What was typed is none.
    #[error("{0:?} is no telephone number")]
    NotANumber(String),
    /// The line does not dial it.
    #[error("{0}")]
    Rules(DialRefusal),
}

impl CallingOut {
    /// What a browser asks for. What it sends is cut to what a number or a name can be.
    #[must_use]
    pub fn new(by: Dialler, to: &str, line: Option<&str>) -> Self {
        let kept = |text: &str| -> String {
            let letters = text.trim().chars().filter(|letter| !letter.is_control());
            letters.take(LONGEST_TEXT).collect()
        };
        Self {
            by,
            to: kept(to),
            line: line.map(kept).filter(|line| !line.is_empty()),
        }
    }

    /// Who of ours calls.
    fn user(&self) -> Option<UserName> {
        match &self.by {
            Dialler::Person { user_name, .. } => UserName::parse(user_name).ok(),
            Dialler::Nobody => None,
        }
    }

    /// The number that is asked for, as people read it; what is no number, as it was typed.
    #[must_use]
    pub fn shown(&self) -> String {
        PhoneNumber::parse(&self.to).map_or_else(|_| self.to.clone(), |number| number.formatted())
    }

    /// The line of the call: the one that was named, else the first that has a number; those of rooms last, for who
    /// rings back there reaches nobody.
    fn line_in<'p>(&self, plan: &'p Plan) -> Option<&'p Line> {
        let lends = || plan.lines().filter(|line| line.number.is_some());
        let is_of_rooms = |line: &&Line| matches!(line.kind, LineKind::Conference(_));
        self.named_line(plan)
            .or_else(|| lends().find(|line| !is_of_rooms(line)))
            .or_else(|| lends().next())
            .or_else(|| plan.lines().next())
    }

    fn named_line<'p>(&self, plan: &'p Plan) -> Option<&'p Line> {
        plan.line(&LineId::parse(self.line.as_deref()?).ok()?)
    }

    /// The number that would be dialled.
    ///
    /// # Errors
    /// Says what is against it.
    pub fn check(&self, plan: &Plan) -> Result<PhoneNumber, CallOutRefusal> {
        let none = || CallOutRefusal::NoLine(self.line.clone().unwrap_or_default());
        self.number(self.line_in(plan).ok_or_else(none)?, plan)
    }

    /// The number to dial, unless something is against it.
    fn number(&self, line: &Line, plan: &Plan) -> Result<PhoneNumber, CallOutRefusal> {
        match (&self.by, &self.line) {
            (Dialler::Nobody, _) => return Err(CallOutRefusal::Nobody),
            (Dialler::Person { .. }, Some(name)) if self.named_line(plan).is_none() => {
                return Err(CallOutRefusal::NoLine(name.clone()));
            }
            (Dialler::Person { .. }, Some(_) | None) => {}
        }
        let Some(own) = &line.number else {
            return Err(CallOutRefusal::NoCallerId(line.id.clone()));
        };
        let number = read(&self.to, own)?;
        line.dial.check(&number).map_err(CallOutRefusal::Rules)?;
        Ok(number)
    }
}

/// Reads a number as people at a telephone of `own`'s country type it.
fn read(typed: &str, own: &PhoneNumber) -> Result<PhoneNumber, CallOutRefusal> {
    if typed.is_empty() {
        return Err(CallOutRefusal::NoNumber);
    }
    if let Ok(number) = PhoneNumber::parse(typed) {
        return Ok(number);
    }
    let bare: String = typed
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}'))
        .collect();
    let digits = bare.strip_prefix('+').unwrap_or(&bare);
    let is_short = (1..=SHORT_DIGITS).contains(&digits.len());
    if is_short && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CallOutRefusal::Rules(DialRefusal::Emergency));
    }
    let is_american = own.north_american().is_some();
    let abroad = if is_american { "011" } else { "00" };
    let whole = match bare.strip_prefix(abroad) {
        Some(rest) => format!("+{rest}"),
        None if is_american && bare.len() == 10 => format!("+1{bare}"),
        None if is_american && bare.len() == 11 && bare.starts_with('1') => format!("+{bare}"),
        None => return Err(CallOutRefusal::NotANumber(typed.to_owned())),
    };
    PhoneNumber::parse(&whole).map_err(|_| CallOutRefusal::NotANumber(typed.to_owned()))
}

impl CallOutRefusal {
    /// What the person in the browser is told.
    const fn prompt(&self) -> Prompt {
        match self {
            Self::Nobody => Prompt::CallOutNobody,
            Self::NoLine(_) => Prompt::CallOutNoLine,
            Self::NoCallerId(_) => Prompt::CallOutNoCallerId,
            Self::NoNumber | Self::NotANumber(_) => Prompt::CallOutNotANumber,
            Self::Rules(DialRefusal::Emergency) => Prompt::CallOutEmergency,
            Self::Rules(DialRefusal::Premium | DialRefusal::NotAllowed) => {
                Prompt::CallOutNotAllowed
            }
        }
    }
}

impl Call {
    /// A call that a browser makes; nothing where there is no line at all.
    #[must_use]
    pub fn out(
        sid: CallSid,
        caller: Caller,
        asked: CallingOut,
        plan: &Plan,
        now: Moment,
    ) -> Option<Self> {
        let line = asked.line_in(plan)?;
        let to = line
            .number
            .as_ref()
            .and_then(|own| read(&asked.to, own).ok());
        let mut call = Self::new(sid, line, caller, to, Place::default(), now);
        call.progress = Progress::CallingOut(asked);
        Some(call)
    }

    /// What is asked for, when it is a browser that calls out.
    #[must_use]
    pub const fn calling_out(&self) -> Option<&CallingOut> {
        match &self.progress {
            Progress::CallingOut(asked) => Some(asked),
            Progress::Forward(_)
            | Progress::Menu(_)
            | Progress::Support(_)
            | Progress::Conference(_) => None,
        }
    }

    /// The row on the floor of a call that somebody of ours makes, while it goes on.
    pub(crate) fn outward_row(&self) -> Option<FloorRow> {
        let asked = self.calling_out().filter(|_| self.ended.is_none())?;
        let Dialler::Person { user_name, .. } = &asked.by else {
            return None;
        };
        Some(FloorRow {
            team: None,
            stage: "calling_out",
            since: self.started,
            queued: self.started,
            priority: Priority::Normal,
            agent: UserName::parse(user_name).ok(),
            not_before: Moment(0),
            legs: u32::from(!self.visits.is_empty()),
        })
    }

    /// Whoever made the call, for a list of calls.
    #[must_use]
    pub fn made_by(&self) -> String {
        match self.calling_out().map(|asked| &asked.by) {
            Some(Dialler::Person { name, .. }) => format!("Called out by {name}"),
            Some(Dialler::Nobody) | None => self.caller.label(),
        }
    }

    /// Whoever made the call, to begin a sentence of the journal with.
    pub(crate) fn subject(&self) -> String {
        match self.calling_out().map(|asked| &asked.by) {
            Some(Dialler::Person { name, .. }) => name.clone(),
            Some(Dialler::Nobody) => self.caller.label(),
            None => "The caller".to_owned(),
        }
    }
}

/// The journal's first line of a call that a browser makes.
pub(crate) fn arrival(call: &Call, asked: &CallingOut, line: &Line) -> String {
    let to = if asked.to.is_empty() {
        String::new()
    } else {
        let number = call.dialled.as_ref();
        let shown = number.map_or_else(|| asked.shown(), PhoneNumber::formatted);
        format!(" to {shown}")
    };
    format!("{} called out on {}{to}.", call.subject(), line.name)
}

pub(crate) fn step(turn: &mut Turn<'_>, asked: &CallingOut, route: CallOutRoute, input: &Input) {
    match route {
        CallOutRoute::Begin => begin(turn, asked),
        CallOutRoute::End if turn.call.visits.is_empty() => {
            turn.note("A dialled party is over of whom nothing is known.");
            turn.say(Prompt::Apology, &[]);
            turn.close(Outcome::Apologised);
        }
        CallOutRoute::End => end(turn, input),
    }
}

fn begin(turn: &mut Turn<'_>, asked: &CallingOut) {
    match asked.number(turn.line, turn.plan) {
        Ok(number) => {
            let then = Route::CallOut(CallOutRoute::End);
            turn.dial(Whom::Number, &number.formatted(), &number, then);
            // Nobody is rung at a telephone that is in use.
            if let Some(user) = asked.user() {
                let call = turn.call.sid.clone();
                turn.agent(&user, AgentEvent::CallsOut { call });
            }
        }
        Err(refusal) => {
            turn.note(format!("Nobody was dialled: {refusal}."));
            turn.say(refusal.prompt(), &[]);
            turn.close(Outcome::Refused);
        }
    }
}

/// Adds to a step with which a call has ended that the phone of whoever made it is free.
pub(crate) fn close(step: &mut Step) {
    if let Some(user) = step.call.calling_out().and_then(CallingOut::user) {
        let call = step.call.sid.clone();
        step.agents.push((user, AgentEvent::PhoneIsBack { call }));
    }
}

/// The dialled party is over, and with it the call.
fn end(turn: &mut Turn<'_>, input: &Input) {
    let outcome = match turn.end_visit(input) {
        Some(visit) => visit.outcome,
        None => {
            turn.note("The carrier did not say what became of the dialled party.");
            turn.miss_visit();
            None
        }
    };
    let prompt = match outcome {
        Some(VisitOutcome::Talked(_)) => {
            turn.note("The other side hung up.");
            return turn.close(Outcome::Connected);
        }
        Some(VisitOutcome::Busy) => Prompt::CallOutBusy,
        Some(VisitOutcome::NoAnswer) => Prompt::CallOutNoAnswer,
        Some(
            VisitOutcome::NotConnected
            | VisitOutcome::Failed
            | VisitOutcome::Canceled
            | VisitOutcome::NotAllowed(_)
            | VisitOutcome::NotReported
            | VisitOutcome::Other(_),
        )
        | None => Prompt::CallOutFailed,
    };
    turn.note(format!("{} was told so.", turn.call.subject()));
    turn.say(prompt, &[]);
    turn.close(Outcome::NotReached);
}
