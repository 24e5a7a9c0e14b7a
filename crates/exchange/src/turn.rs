//! One turn of a call: what is being decided while a request is answered.

use crate::answer::{Act, Answer, Ask, Dial, Keys, Manner, Route};
use crate::outcome::Outcome;
use crate::visit::{Visit, VisitOutcome, Whom};
use crate::{
    AgentEvent, Call, CallOutRoute, Effect, Filed, Input, Line, LineId, MAX_PROMPTS, MAX_TRIES,
    Moment, Part, PhoneNumber, Plan, Progress, Prompt, Recording, Speech, Step, UserName,
};

pub(crate) struct Turn<'a> {
    pub(crate) call: Call,
    pub(crate) line: &'a Line,
    pub(crate) plan: &'a Plan,
    pub(crate) now: Moment,
    speech: Speech,
    acts: Vec<Act>,
    lines: Vec<String>,
    effects: Vec<Effect>,
    agents: Vec<(UserName, AgentEvent)>,
    filed: Vec<Filed>,
}

impl<'a> Turn<'a> {
    pub(crate) fn new(call: Call, line: &'a Line, plan: &'a Plan, now: Moment) -> Self {
        let speech = Speech::of(line);
        Self {
            call,
            line,
            plan,
            now,
            speech,
            acts: Vec::new(),
            lines: Vec::new(),
            effects: Vec::new(),
            agents: Vec::new(),
            filed: Vec::new(),
        }
    }

    pub(crate) fn into_step(mut self) -> Step {
        self.flush();
        Step {
            call: self.call,
            answer: Some(Answer(self.acts)),
            lines: self.lines,
            effects: self.effects,
            agents: self.agents,
            filed: self.filed,
            refusal: None,
            room: None,
            wrong_code: false,
        }
    }

    /// The step of an event that asks for no document.
    pub(crate) fn into_quiet_step(self) -> Step {
        Step {
            answer: None,
            ..self.into_step()
        }
    }

    /// Something to be done outside.
    pub(crate) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Something that it means for an agent.
    pub(crate) fn agent(&mut self, who: &UserName, event: AgentEvent) {
        self.agents.push((who.clone(), event));
    }

    /// Something for people to deal with later.
    pub(crate) fn file(&mut self, filed: Filed) {
        self.filed.push(filed);
    }

    /// Whether a recording of the call is not to be kept, since somebody who was in it has been erased; then it is to go.
    pub(crate) fn is_unwanted(&mut self, recording: &Recording) -> bool {
        if self.call.is_erased {
            self.note("A recording is not kept: its caller was erased.");
            self.file(Filed::Unwanted(recording.sid.clone()));
        }
        self.call.is_erased
    }

    /// What happens next, after what has been said.
    pub(crate) fn act(&mut self, act: Act) {
        self.flush();
        self.acts.push(act);
    }

    pub(crate) fn keep(&mut self, progress: Progress) {
        // A step that changed the line has already set the beginning of the other one.
        if self.call.line == self.line.id {
            self.call.progress = progress;
        }
    }

    /// A line of the journal.
    pub(crate) fn note(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    pub(crate) fn say(&mut self, prompt: Prompt, values: &[(&str, Part)]) {
        self.gap();
        self.plan
            .say(self.line, prompt, values, &mut self.speech.parts);
    }

    /// Words that are data of the line itself, such as a menu's.
    pub(crate) fn say_words(&mut self, words: &str) {
        self.gap();
        self.speech.parts.push(Part::Text(words.to_owned()));
    }

    fn gap(&mut self) {
        if !self.speech.parts.is_empty() {
            self.speech.parts.push(Part::Text(" ".to_owned()));
        }
    }

    fn flush(&mut self) {
        if !self.speech.parts.is_empty() {
            let speech = std::mem::replace(&mut self.speech, Speech::of(self.line));
            self.acts.push(Act::Say(speech));
        }
    }

    /// How long it takes at most to say what has been said so far, in milliseconds.
    pub(crate) fn spoken_ms(&self) -> i64 {
        let said = self.acts.iter().filter_map(|act| match act {
            Act::Say(speech) => Some(speech),
            Act::Ask(_)
            | Act::Dial(_)
            | Act::Join(_)
            | Act::Music
            | Act::Beep
            | Act::Record(_)
            | Act::Goto(_)
            | Act::HangUp => None,
        });
        said.chain([&self.speech]).map(Speech::length_ms).sum()
    }

    /// Asks what has been said since the last act. A call that was asked too often ends kindly.
    pub(crate) fn ask(&mut self, keys: Keys, then: Route) {
        if self.call.prompts >= MAX_PROMPTS {
            self.speech.parts.clear();
            self.note(format!(
                "{MAX_PROMPTS} questions were asked and none led anywhere."
            ));
            self.farewell(Prompt::TooManyTries, Outcome::NoInput);
            return;
        }
        self.call.prompts += 1;
        let speech = std::mem::replace(&mut self.speech, Speech::of(self.line));
        self.acts.push(Act::Ask(Ask { speech, keys, then }));
    }

    /// Asks somebody who is not the caller: what the caller was asked does not count for them.
    pub(crate) fn ask_other(&mut self, keys: Keys, then: Route) {
        let speech = std::mem::replace(&mut self.speech, Speech::of(self.line));
        self.acts.push(Act::Ask(Ask { speech, keys, then }));
    }

    /// Counts an answer that led nowhere. True when there may be another; else the call has been
    /// ended kindly.
    pub(crate) fn may_try_again(&mut self) -> bool {
        self.call.tries += 1;
        if self.call.tries < MAX_TRIES {
            return true;
        }
        self.note(format!("{MAX_TRIES} answers led nowhere."));
        self.farewell(Prompt::TooManyTries, Outcome::NoInput);
        false
    }

    /// Says good-bye and ends the call. What was reached counts before `otherwise`.
    pub(crate) fn farewell(&mut self, prompt: Prompt, otherwise: Outcome) {
        self.say(prompt, &[]);
        let how = self.call.reached().unwrap_or(otherwise);
        self.hang_up(how);
    }

    pub(crate) fn hang_up(&mut self, how: Outcome) {
        self.note(format!("Said good-bye. {}.", how.sentence()));
        self.close(how);
    }

    /// Ends the call after what has been said.
    pub(crate) fn close(&mut self, how: Outcome) {
        self.flush();
        self.acts.push(Act::HangUp);
        self.call.end(self.now, how);
    }

    /// The request came after the call's end: a polite document, and nothing else changes but what
    /// the carrier tells of a dialled party.
    pub(crate) fn late(&mut self, input: &Input) {
        self.note("A request came in after the call had ended; it was answered with a good-bye.");
        if let (Some(report), Some(visit)) = (&input.dial, self.call.visits.last_mut())
            && visit.outcome == Some(VisitOutcome::NotReported)
        {
            let outcome = report.outcome();
            self.lines
                .push(format!("{}: {}.", visit.name, outcome.sentence()));
            visit.outcome = Some(outcome);
            let reached = self.call.reached();
            if let (Some(ended), Some(how)) = (&mut self.call.ended, reached) {
                ended.how = how;
            }
        }
        self.say(Prompt::Goodbye, &[]);
        self.flush();
        self.acts.push(Act::HangUp);
    }

    /// The request itself says that the caller is gone.
    pub(crate) fn caller_left(&mut self, input: &Input) {
        let ended = self.end_visit(input);
        if ended.is_none() {
            self.miss_visit();
        }
        let how = self.call.reached().unwrap_or_else(|| self.call.given_up());
        self.note(format!("{} hung up.", self.call.subject()));
        self.call.end(self.now, how);
        self.acts.push(Act::HangUp);
    }

    /// Leads the caller back to the beginning: of the call's line, or of calling out.
    pub(crate) fn restart(&mut self) {
        self.flush();
        let beginning = match self.call.progress {
            Progress::CallingOut(_) => Route::CallOut(CallOutRoute::Begin),
            Progress::Forward(_)
            | Progress::Menu(_)
            | Progress::Support(_)
            | Progress::Conference(_) => Route::Line(self.call.line.clone()),
        };
        self.acts.push(Act::Goto(beginning));
    }

    /// Leads the caller to another line.
    pub(crate) fn change_line(&mut self, to: &LineId) {
        let Some(line) = self.plan.line(to) else {
            self.note(format!("The line {to} does not exist."));
            self.farewell(Prompt::Apology, Outcome::Apologised);
            return;
        };
        self.note(format!("Went on to the line {}.", line.name));
        self.call.line = to.clone();
        self.call.progress = Progress::beginning(line, self.now);
        self.call.tries = 0;
        self.restart();
    }

    /// Ends the attempt that is under way with what the carrier reports of it.
    pub(crate) fn end_visit(&mut self, input: &Input) -> Option<Visit> {
        let report = input.dial.as_ref()?;
        let visit = self
            .call
            .visits
            .last_mut()
            .filter(|visit| visit.outcome.is_none())?;
        let outcome = report.outcome();
        self.lines
            .push(format!("{}: {}.", visit.name, outcome.sentence()));
        visit.outcome = Some(outcome);
        Some(visit.clone())
    }

    /// The carrier does not say how the attempt that is under way went.
    pub(crate) fn miss_visit(&mut self) {
        for visit in &mut self.call.visits {
            visit.outcome.get_or_insert(VisitOutcome::NotReported);
        }
    }

    /// Tells the caller how an attempt went.
    pub(crate) fn tell(&mut self, visit: &Visit) {
        let prompt = visit
            .outcome
            .as_ref()
            .map_or(Prompt::OfficeFailed, VisitOutcome::prompt);
        let name = self.spoken_name(visit);
        self.say(prompt, &[("name", name)]);
    }

    fn spoken_name(&self, visit: &Visit) -> Part {
        if visit.whom == Whom::Person {
            let mut parts = Vec::new();
            self.plan
                .say(self.line, Prompt::PersonName, &[], &mut parts);
            parts
                .into_iter()
                .next()
                .unwrap_or(Part::Text(String::new()))
        } else {
            Part::Name(visit.name.clone())
        }
    }

    /// Whether they are being called.
    pub(crate) fn is_under_way(&self, whom: &Whom) -> bool {
        let last = self.call.visits.last();
        last.is_some_and(|visit| visit.whom == *whom && visit.outcome.is_none())
    }

    /// Dials a number unless the line's rules forbid it. What has been said since the last act is
    /// said first. When it is refused, the caller is told and false comes back.
    pub(crate) fn dial(
        &mut self,
        whom: Whom,
        name: &str,
        number: &PhoneNumber,
        then: Route,
    ) -> bool {
        let refusal = self.line.dial.check(number).err();
        let is_under_way = self.is_under_way(&whom);
        if !is_under_way {
            self.miss_visit();
            self.call.visits.push(Visit {
                whom,
                name: name.to_owned(),
                number: number.clone(),
                began: self.now,
                outcome: refusal.map(VisitOutcome::NotAllowed),
            });
        }
        if let Some(refusal) = refusal {
            self.note(format!("{name} was not dialled: {refusal}."));
            if let Some(visit) = self.call.visits.last().cloned() {
                self.tell(&visit);
            }
            return false;
        }
        self.flush();
        self.note(format!("Dialled {name}."));
        self.acts.push(Act::Dial(Dial {
            to: number.clone(),
            caller_id: self.call.caller_id(self.line),
            manner: match self.call.progress {
                Progress::CallingOut(_) => Manner::Direct,
                Progress::Forward(_)
                | Progress::Menu(_)
                | Progress::Support(_)
                | Progress::Conference(_) => Manner::Led,
            },
            ring_seconds: self.line.dial.ring_seconds,
            then,
        }));
        true
    }

    /// Dials the person at the desk, where the line has one and the caller pressed 0.
    pub(crate) fn dial_person(&mut self, then: Route, instead: Outcome) -> bool {
        let Some(person) = self.line.person.clone() else {
            return false;
        };
        self.say(Prompt::ConnectingPerson, &[]);
        if !self.dial(Whom::Person, "the person at the desk", &person, then) {
            self.farewell(Prompt::Goodbye, instead);
        }
        true
    }
}
