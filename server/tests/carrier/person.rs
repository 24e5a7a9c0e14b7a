//! People in the stories: who calls from where, what they hear, and who answers.

use carrier::engine::{LegState, LogEntry, Noted, Place, PlaceCall};
use carrier::face::faults::FaultPlan;
use desk::CallStory;
use exchange::MAX_PROMPTS;
use twilio::CallSid;

use crate::stage::Stage;
use crate::stage::callers::document;
use crate::stage::judge::{Case, judge};
use crate::stage::trouble::Trouble;

/// How long anything may take in a story, in milliseconds.
const LONG_MS: i64 = 600_000;
/// How often a story looks, in milliseconds.
const STEP_MS: i64 = 250;

/// A stage without faults.
pub(crate) async fn stage() -> Stage {
    Stage::new(7, FaultPlan::default()).await
}

impl Stage {
    /// Ida calls a line from Chicago, and its first words begin.
    pub(crate) async fn ida_calls(&self, line: &str) -> CallSid {
        let place = Place {
            city: "CHICAGO".to_owned(),
            state: "IL".to_owned(),
            zip: "60601".to_owned(),
            country: "US".to_owned(),
        };
        self.somebody_calls("+13125550123", place, line).await
    }

    pub(crate) async fn somebody_calls(&self, from: &str, place: Place, line: &str) -> CallSid {
        let call = PlaceCall {
            from: from.to_owned(),
            to: self.number_of(line),
            place,
            name: None,
        };
        let sid = self
            .carrier
            .place_call(call)
            .expect("the line is in service");
        self.carrier.settled().await;
        sid
    }

    pub(crate) async fn presses(&self, leg: &CallSid, keys: &str) {
        self.carrier.press(leg, keys).expect("somebody is there");
        self.carrier.settled().await;
    }

    pub(crate) async fn hangs_up(&self, leg: &CallSid) {
        self.carrier.hang_up(leg).expect("somebody is there");
        self.carrier.settled().await;
    }

    /// Waits until somebody's telephone rings, and answers it.
    pub(crate) async fn answered_at(&mut self, number: &str) -> CallSid {
        let leg = self.rings_at(number).await;
        self.carrier.answer(&leg).expect("it rings");
        self.carrier.settled().await;
        leg
    }

    /// Waits until somebody's telephone rings.
    pub(crate) async fn rings_at(&mut self, number: &str) -> CallSid {
        let until = self.now().plus(LONG_MS);
        loop {
            let legs = self.carrier.legs();
            let ringing = legs
                .iter()
                .find(|leg| leg.number == number && leg.state == LegState::Ringing);
            if let Some(leg) = ringing {
                return leg.sid.clone();
            }
            assert!(self.now() < until, "nothing rings at {number}: {legs:#?}");
            self.passes(STEP_MS).await;
        }
    }

    /// Waits until a leg is over.
    pub(crate) async fn is_over(&mut self, leg: &CallSid) {
        let until = self.now().plus(LONG_MS);
        while self.status_of(leg).1.is_none() {
            assert!(self.now() < until, "it goes on: {:#?}", self.said_to(leg));
            self.passes(STEP_MS).await;
        }
    }

    /// A call's status at the carrier, and when it ended.
    pub(crate) fn status_of(&self, leg: &CallSid) -> (String, Option<i64>) {
        let call = self.carrier.with(|engine| engine.call(leg));
        let call = call.expect("the carrier knows the call");
        (call.status, call.ended.map(|ended| ended.0))
    }

    /// What was said to a leg, in order.
    pub(crate) fn said_to(&self, leg: &CallSid) -> Vec<String> {
        self.noted(leg, |what| {
            if let Noted::Said { text, .. } = what {
                Some(text.clone())
            } else {
                None
            }
        })
    }

    /// The documents that a leg was given, in order.
    pub(crate) fn documents_of(&self, leg: &CallSid) -> Vec<String> {
        self.noted(leg, |what| document(what).map(str::to_owned))
    }

    fn noted(&self, leg: &CallSid, pick: impl Fn(&Noted) -> Option<String>) -> Vec<String> {
        let log = self.carrier.log(leg);
        log.iter()
            .filter_map(|LogEntry { what, .. }| pick(what))
            .collect()
    }

    /// What the call's page tells, after it was set beside the carrier's record.
    pub(crate) async fn page_of(&self, sid: &CallSid, stays: bool) -> CallStory {
        let case = Case {
            sid,
            stays,
            most_questions: MAX_PROMPTS,
        };
        let judged = judge(self, Trouble::Nothing, &case).await;
        let story = self.story(sid).await;
        let story = story.expect("the call is in the database");
        let journal: Vec<_> = story
            .entries
            .iter()
            .flat_map(|entry| &entry.lines)
            .collect();
        assert!(judged.findings.is_empty(), "{judged:#?}\n{journal:#?}");
        story
    }
}

/// A page's outcome and the outcomes of its offices.
pub(crate) fn outcomes(story: &CallStory) -> (Option<&str>, Vec<(&str, &str)>) {
    let offices = story
        .offices
        .iter()
        .map(|office| (office.name.as_str(), office.outcome.as_str()))
        .collect();
    (story.call.outcome.as_deref(), offices)
}
