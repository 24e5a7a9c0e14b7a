//! What must be true at every moment: nobody is rung twice, nobody is offered twice, nobody is alone in silence for long.

use std::collections::{BTreeMap, BTreeSet};

use carrier::engine::{EarSound, Engine, LegRole, LegState, LogEntry, SoundPlan, Time};
use twilio::CallSid;

use super::super::Stage;
use super::browser::made_for;
use super::callers::verb;

/// Looks at every moment.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    /// How long anybody may be alone in silence, in milliseconds.
    most_silence_ms: i64,
    silent: BTreeMap<CallSid, Time>,
    told: BTreeSet<CallSid>,
    /// The longest silence of a caller, and of an agent, in milliseconds.
    pub(crate) longest: [i64; 2],
    /// Whose call each agent's leg was made for.
    made_for: BTreeMap<CallSid, String>,
    /// What was wrong: in which call, when.
    pub(crate) findings: Vec<(CallSid, Time, String)>,
}

/// A telephone or a browser that is in a call.
struct Live {
    sid: CallSid,
    number: String,
    is_agent: bool,
    is_ringing: bool,
    /// Whether it is the target of a transfer, who may ring beside an agent who has lost the caller.
    is_target: bool,
}

impl Watch {
    pub(crate) fn new(most_silence_ms: i64) -> Self {
        Self {
            most_silence_ms,
            ..Self::default()
        }
    }

    pub(crate) fn looks(&mut self, stage: &Stage) {
        let now = stage.now();
        let (live, silent) = stage.carrier.with(|engine| {
            let live: Vec<Live> = engine
                .legs()
                .into_iter()
                .filter(|leg| leg.state != LegState::Over)
                .map(|leg| Live {
                    is_agent: leg.role == LegRole::Callee,
                    is_ringing: leg.state == LegState::Ringing,
                    is_target: !leg.number.starts_with("client:")
                        || engine
                            .told(&leg.sid)
                            .iter()
                            .any(|(name, _)| name == "transfer"),
                    sid: leg.sid,
                    number: leg.number,
                })
                .collect();
            for leg in live.iter().filter(|leg| leg.is_agent) {
                if !self.made_for.contains_key(&leg.sid)
                    && let Some((call, _)) = made_for(engine.log(&leg.sid))
                {
                    self.made_for.insert(leg.sid.clone(), call);
                }
            }
            let plan = engine.sound_plan();
            let silent: Vec<(CallSid, bool)> = live
                .iter()
                .filter(|leg| self.is_silent(engine, &plan, leg))
                .map(|leg| (leg.sid.clone(), leg.is_agent))
                .collect();
            (live, silent)
        });
        self.rung(&live, now);
        self.measure(&silent, now);
    }

    fn rung(&mut self, live: &[Live], now: Time) {
        let agents = live.iter().filter(|leg| leg.is_agent);
        let mut by_agent: BTreeMap<&str, Vec<&Live>> = BTreeMap::new();
        let mut by_call: BTreeMap<(&str, bool), Vec<&Live>> = BTreeMap::new();
        for leg in agents.filter(|leg| leg.is_ringing) {
            if leg.number.starts_with("client:") {
                by_agent.entry(&leg.number).or_default().push(leg);
            }
            if let Some(call) = self.made_for.get(&leg.sid) {
                by_call.entry((call, leg.is_target)).or_default().push(leg);
            }
        }
        let by_call = by_call.into_iter().map(|((call, _), legs)| (call, legs));
        let twice = by_agent.into_iter().map(|one| ("two calls ring at", one));
        let several = by_call.map(|one| ("two agents ring for", one));
        let found: Vec<(CallSid, String)> = twice
            .chain(several)
            .filter(|(_, (_, legs))| legs.len() > 1)
            .filter_map(|(what, (who, legs))| {
                Some((legs.last()?.sid.clone(), format!("{what} {who}")))
            })
            .collect();
        for (leg, what) in found {
            self.find(leg, now, what);
        }
    }

    fn measure(&mut self, silent: &[(CallSid, bool)], now: Time) {
        self.silent
            .retain(|sid, _| silent.iter().any(|(own, _)| own == sid));
        for (sid, is_agent) in silent {
            let since = *self.silent.entry(sid.clone()).or_insert(now);
            let lasts = now.0 - since.0;
            let longest = &mut self.longest[usize::from(*is_agent)];
            *longest = lasts.max(*longest);
            if lasts > self.most_silence_ms {
                let who = if *is_agent { "an agent" } else { "a caller" };
                self.find(
                    sid.clone(),
                    now,
                    format!("{who} was alone in silence for {lasts} ms"),
                );
            }
        }
    }

    /// Once for each leg.
    fn find(&mut self, leg: CallSid, at: Time, what: String) {
        if self.told.insert(leg.clone()) {
            let call = self
                .made_for
                .get(&leg)
                .and_then(|call| CallSid::parse(call).ok());
            self.findings.push((call.unwrap_or(leg), at, what));
        }
    }

    /// Whether somebody hears nothing who should hear something: who is asked or records is to speak, and whose caller is
    /// on hold has done that themselves.
    fn is_silent(&self, engine: &Engine, plan: &SoundPlan, leg: &Live) -> bool {
        let hears_nothing = plan.ears.get(&leg.sid).is_some_and(Vec::is_empty);
        if !hears_nothing || leg.is_ringing || is_asked(engine.log(&leg.sid)) {
            return false;
        }
        let caller = self
            .made_for
            .get(&leg.sid)
            .and_then(|call| CallSid::parse(call).ok());
        !caller.is_some_and(|caller| is_held(engine, &caller))
    }
}

fn is_asked(log: &[LogEntry]) -> bool {
    let verb = log.iter().rev().find_map(|entry| verb(&entry.what));
    matches!(verb, Some("Gather" | "Record"))
}

fn is_held(engine: &Engine, caller: &CallSid) -> bool {
    engine.ear(caller).is_some_and(|ear| match ear.sound {
        EarSound::Document(url) => url.contains("/conference/hold"),
        EarSound::Music | EarSound::Silence | EarSound::Others(_) => false,
    })
}
