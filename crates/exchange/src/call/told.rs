//! What the carrier tells of a call, asked or unasked.

use super::{Call, LONGEST_CALL_S};
use crate::outcome::{Outcome, Reported};
use crate::{Effect, Moment, Progress, Step, VisitOutcome};

/// How long after a call came in, and then how often, the carrier is asked how it stands.
const ASK_EVERY_SECONDS: i64 = 15 * 60;

/// The same of a call that an agent makes: while it counts as under way, nobody is rung at their telephone.
const ASK_AGENT_EVERY_SECONDS: i64 = 60;

impl Call {
    /// Asks the carrier in a while how the call stands.
    pub(super) fn ask_later(&self, now: Moment) -> Effect {
        let after = match self.progress {
            Progress::CallingOut(_) => ASK_AGENT_EVERY_SECONDS,
            Progress::Forward(_)
            | Progress::Menu(_)
            | Progress::Support(_)
            | Progress::Conference(_) => ASK_EVERY_SECONDS,
        };
        Effect::AskCarrier {
            due: now.plus_seconds(after),
        }
    }

    pub(super) fn reported(&self, how: &Reported, now: Moment) -> Step {
        let mut call = self.clone();
        let line = match how {
            Reported::Live if call.ended.is_some() => {
                "A late callback says that the call was under way.".to_owned()
            }
            Reported::Live => "The carrier says that the call is under way.".to_owned(),
            Reported::Completed => {
                let line = if call.ended.is_some() {
                    "The carrier says that the call is over.".to_owned()
                } else {
                    format!("{} hung up.", call.subject())
                };
                call.over(now, call.given_up());
                line
            }
            Reported::NotAnswered(word) => {
                call.over(now, Outcome::Failed);
                format!("The carrier says that the call is over: {word}.")
            }
            Reported::Unknown(word) => {
                format!("The carrier says {word:?} of the call, which means nothing to us.")
            }
        };
        Step {
            lines: vec![line],
            ..Step::nothing(call)
        }
    }

    pub(super) fn asked(&self, answer: Result<Reported, String>, now: Moment) -> Step {
        let mut call = self.clone();
        if call.ended.is_some() {
            return Step::nothing(call);
        }
        let mut effects = Vec::new();
        let is_overdue = now.seconds_since(call.started) >= LONGEST_CALL_S;
        let line = match answer {
            Ok(Reported::Completed | Reported::NotAnswered(_)) => {
                call.over(now, call.given_up());
                "No callback came; asked, the carrier says that the call is over.".to_owned()
            }
            Ok(Reported::Unknown(word)) => {
                call.over(now, Outcome::Unknown);
                format!("Asked how the call stands, the carrier says {word:?}; it counts as over.")
            }
            Ok(Reported::Live) if is_overdue => {
                call.over(now, Outcome::Unknown);
                "The carrier still shows the call after its longest possible time; it counts as over.".to_owned()
            }
            Err(why) if is_overdue => {
                call.over(now, Outcome::Unknown);
                format!(
                    "The carrier could not be asked how the call stands ({why}); it counts as over."
                )
            }
            Ok(Reported::Live) => {
                effects.push(call.ask_later(now));
                "Asked, the carrier says that the call is under way.".to_owned()
            }
            Err(why) => {
                effects.push(call.ask_later(now));
                format!(
                    "The carrier could not be asked how the call stands ({why}); it is asked again later."
                )
            }
        };
        Step {
            lines: vec![line],
            effects,
            ..Step::nothing(call)
        }
    }

    /// The carrier's call is over. What is known of the caller's purpose stands; `otherwise` tells
    /// how a call ended that got nowhere.
    pub(crate) fn over(&mut self, now: Moment, otherwise: Outcome) {
        match &mut self.ended {
            Some(ended) => {
                if ended.told.replace(now).is_none() {
                    ended.at = now;
                }
            }
            None => {
                for visit in &mut self.visits {
                    visit.outcome.get_or_insert(VisitOutcome::NotReported);
                }
                self.end(now, self.reached().unwrap_or(otherwise));
                if let Some(ended) = &mut self.ended {
                    ended.told = Some(now);
                }
            }
        }
    }
}
