//! What the last day has brought: the board's counts, and each agent's latest calls.

use std::collections::BTreeMap;

use desk::{CallFact, DayView, LineDay, Met, RecentCall, Tone, count_day};
use exchange::{
    Call, CallSid, Dialler, LineId, LineKind, Moment, OfferOutcome, Outcome, Plan, Support, WhyNot,
};
use store::Store;

use super::mine::{caller, line_name};
use crate::civil;

/// How far it reaches back: a day in any zone.
const DAY_MS: i64 = 25 * 3_600_000;

/// How many of an agent's calls are shown.
const RECENT: usize = 15;

/// The zone of a line that keeps no hours.
const NO_ZONE: &str = "UTC";

#[derive(Debug, Default)]
pub(super) struct History {
    facts: BTreeMap<CallSid, Fact>,
    recent: BTreeMap<String, BTreeMap<(Moment, CallSid), RecentCall>>,
}

#[derive(Debug)]
struct Fact {
    line: LineId,
    started: Moment,
    day: String,
    fact: CallFact,
}

impl History {
    /// Reads the last day.
    pub(super) async fn read(
        store: &Store,
        plan: &Plan,
        now: Moment,
    ) -> Result<Self, store::Error> {
        let mut history = Self::default();
        let since = Moment(now.0 - DAY_MS);
        store
            .calls_since(since, |call| history.note(call, plan))
            .await?;
        Ok(history)
    }

    /// Takes a call as it now stands.
    pub(super) fn note(&mut self, call: &Call, plan: &Plan) {
        if let Some(support) = call.support() {
            self.note_support(call, support, plan);
        } else if let Some(out) = call.calling_out()
            && let Dialler::Person { user_name, .. } = &out.by
        {
            let (text, tone) = match &call.ended {
                None => ("Calling".to_owned(), Tone::Live),
                Some(ended) => (ended.how.sentence().to_owned(), Tone::of(ended.how)),
            };
            let row = RecentCall {
                sid: call.sid.to_string(),
                caller: caller(call),
                line_name: line_name(plan, &call.line),
                at_ms: call.started.0,
                called_out: true,
                text,
                tone,
            };
            self.remember(user_name, call, call.started, row);
        }
    }

    /// An agent's latest calls, latest first, but the one that they are in.
    pub(super) fn of(&self, user: &str, but: Option<&CallSid>) -> Vec<RecentCall> {
        let rows = self.recent.get(user).into_iter().flatten().rev();
        rows.filter(|((_, sid), _)| Some(sid) != but)
            .map(|(_, row)| row.clone())
            .take(RECENT)
            .collect()
    }

    /// What the day has brought on each line.
    pub(super) fn day(&mut self, plan: &Plan, now: Moment) -> DayView {
        let since = now.0 - DAY_MS;
        self.facts.retain(|_, fact| fact.started.0 >= since);
        let mut today = BTreeMap::new();
        let mut rows = Vec::new();
        for line in plan.lines() {
            let LineKind::Support(_) = &line.kind else {
                continue;
            };
            let zone = zone(plan, &line.id);
            if let Some(civil) = civil::civil(&zone, now) {
                today.insert(line.id.clone(), civil.day.to_string());
            }
            rows.push(LineDay {
                line: line.id.to_string(),
                name: line.name.clone(),
                zone,
                ..LineDay::default()
            });
        }
        let mut facts: BTreeMap<String, Vec<CallFact>> = BTreeMap::new();
        for fact in self.facts.values() {
            if today.get(&fact.line) == Some(&fact.day) {
                facts
                    .entry(fact.line.to_string())
                    .or_default()
                    .push(fact.fact);
            }
        }
        count_day(rows, &facts)
    }

    fn note_support(&mut self, call: &Call, support: &Support, plan: &Plan) {
        let zone = zone(plan, &call.line);
        if let Some(civil) = civil::civil(&zone, call.started) {
            let fact = Fact {
                line: call.line.clone(),
                started: call.started,
                day: civil.day.to_string(),
                fact: CallFact {
                    hour: u8::try_from(civil.minute / 60).unwrap_or(0),
                    met: met(call, support),
                },
            };
            self.facts.insert(call.sid.clone(), fact);
        }
        for offer in &support.offers {
            let (text, tone) = match &offer.outcome {
                None | Some(OfferOutcome::NotMade(_)) => continue,
                Some(OfferOutcome::Answered) => ("Talked", Tone::Good),
                Some(OfferOutcome::Withdrawn) => ("Gave up while it rang", Tone::Quiet),
                Some(OfferOutcome::Vain(WhyNot::Declined)) => ("Declined", Tone::Quiet),
                Some(OfferOutcome::Vain(WhyNot::Missed)) => ("Missed", Tone::Bad),
                Some(OfferOutcome::Vain(WhyNot::Unreachable)) => ("Did not reach you", Tone::Bad),
            };
            let row = RecentCall {
                sid: call.sid.to_string(),
                caller: caller(call),
                line_name: line_name(plan, &call.line),
                at_ms: offer.began.0,
                called_out: false,
                text: text.to_owned(),
                tone,
            };
            self.remember(offer.agent.as_str(), call, offer.began, row);
        }
    }

    /// Each call once for each agent: what came of it last.
    fn remember(&mut self, user: &str, call: &Call, at: Moment, row: RecentCall) {
        let rows = self.recent.entry(user.to_owned()).or_default();
        rows.retain(|(_, sid), _| *sid != call.sid);
        rows.insert((at, call.sid.clone()), row);
        // One more than is shown: the call that they are in is left out.
        while rows.len() > RECENT + 1 {
            rows.pop_first();
        }
    }
}

fn met(call: &Call, support: &Support) -> Met {
    let waited = |until: Moment| (until.0 - support.queued.0).max(0);
    if let Some(talked) = support.talked {
        return Met::Agent(waited(talked));
    }
    match &call.ended {
        Some(ended) if ended.how == Outcome::Abandoned => Met::NobodyInTime(waited(ended.at)),
        Some(_) | None if support.message.is_some() || support.callback => Met::LeftWord,
        Some(_) | None => Met::Else,
    }
}

fn zone(plan: &Plan, line: &LineId) -> String {
    let hours = plan.line(line).and_then(|line| line.hours.as_ref());
    hours.map_or(NO_ZONE, |hours| &hours.zone).to_owned()
}
