//! Many calls under one trouble, several at once, each judged when it is over.

use std::collections::BTreeSet;

use carrier::face::Carrier;
use server::clock::Stopwatch;

use super::Stage;
use super::callers::Caller;
use super::chance::Chance;
use super::judge::{Finding, Kind, judge};
use super::trouble::Trouble;

/// How many calls are under way at once.
const AT_ONCE: usize = 12;
/// A call that lasts longer never ends, in milliseconds: twenty questions and two conversations take less.
const LONGEST_MS: i64 = 2 * 3_600_000;
/// After so long the server has given up asking about any call, in milliseconds.
const RECONCILED_MS: i64 = 6 * 3_600_000;
/// How often it is looked whether calls ended at the server, in milliseconds.
const LOOKS_MS: i64 = 300_000;

/// What came of many calls under one trouble.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) trouble: Trouble,
    pub(crate) seed: u64,
    pub(crate) calls: usize,
    /// How often a fault struck, where the carrier counts it.
    pub(crate) struck: Option<u64>,
    /// The most questions that one call was asked.
    pub(crate) questions: usize,
    /// Calls of which the pages say that nobody knows what became of them.
    pub(crate) unknown: usize,
    pub(crate) findings: Vec<Finding>,
    /// What both sides say happened in the first call with which something is wrong.
    pub(crate) story: Vec<String>,
    /// By the machine's clock.
    pub(crate) micros: u64,
}

impl Report {
    /// How many calls have something of a kind wrong with them.
    fn count(&self, kind: Kind) -> usize {
        let calls: BTreeSet<&str> = self
            .findings
            .iter()
            .filter(|finding| finding.kind == kind)
            .map(|finding| finding.call.as_str())
            .collect();
        calls.len()
    }

    pub(crate) fn lost(&self) -> usize {
        self.count(Kind::Lost)
    }

    pub(crate) fn contradicted(&self) -> usize {
        self.count(Kind::Contradicted)
    }

    /// Every finding on a line, with the call it is about.
    pub(crate) fn told(&self) -> String {
        let head = format!(
            "{}, seed {}: {} calls, {} lost, {} contradicted",
            self.trouble.name(),
            self.seed,
            self.calls,
            self.lost(),
            self.contradicted()
        );
        let found = self
            .findings
            .iter()
            .map(|finding| format!("    {}: {}", finding.call, finding.what));
        let story = self.story.iter().map(|line| format!("    {line}"));
        std::iter::once(head)
            .chain(found)
            .chain(story)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// Lets so many people call under a trouble, and judges every call.
pub(crate) async fn run(trouble: Trouble, seed: u64, calls: usize) -> Report {
    let watch = Stopwatch::start();
    let mut stage = Stage::new(seed, trouble.plan()).await;
    let callers = all_call(&mut stage, trouble, seed, calls).await;
    reconcile(&mut stage, &callers).await;

    let mut report = Report {
        trouble,
        seed,
        calls,
        struck: trouble
            .is_counted()
            .then(|| stage.carrier.faults().struck.values().sum()),
        questions: 0,
        unknown: 0,
        findings: Vec::new(),
        story: Vec::new(),
        micros: 0,
    };
    for caller in &callers {
        let judged = judge(&stage, trouble, &caller.case()).await;
        report.questions = report.questions.max(judged.questions);
        report.unknown += usize::from(judged.is_unknown);
        report.findings.extend(judged.findings);
        if report.story.is_empty() {
            report.story = judged.story;
        }
    }
    let held = stage.db_calls().await;
    if let Some(caller) = callers.first().filter(|_| held != callers.len() as u64) {
        report.findings.push(Finding {
            call: caller.sid.clone(),
            kind: Kind::Lost,
            what: format!("the database holds {held} calls, {calls} were made, this the first"),
        });
    }
    stage.end().await;
    report.micros = watch.micros();
    report
}

async fn all_call(stage: &mut Stage, trouble: Trouble, seed: u64, calls: usize) -> Vec<Caller> {
    let mut chance = Chance::from_seed(seed);
    let mut talking: Vec<Caller> = Vec::new();
    let mut done = Vec::new();
    while done.len() < calls {
        if talking.len() < AT_ONCE && talking.len() + done.len() < calls {
            decide_habits(&stage.carrier, trouble, &mut chance, &stage.offices);
            let caller = Caller::calls(&stage.carrier, &mut chance, |line| stage.number_of(line));
            talking.push(caller);
        }
        stage.passes(i64::from(chance.between(150, 450))).await;
        for caller in &mut talking {
            caller.acts(&stage.carrier);
        }
        stage.carrier.settled().await;
        let now = stage.now();
        let is_done = |caller: &mut Caller| {
            caller.is_over(&stage.carrier) || caller.placed.plus(LONGEST_MS) < now
        };
        done.extend(talking.extract_if(.., is_done));
    }
    done
}

fn decide_habits(carrier: &Carrier, trouble: Trouble, chance: &mut Chance, offices: &[String]) {
    carrier.with(|engine| {
        for office in offices {
            engine.set_phone(office, trouble.habit(chance));
        }
    });
}

/// Waits until every call is over at the server, which asks the carrier about those it was told nothing of.
async fn reconcile(stage: &mut Stage, callers: &[Caller]) {
    let until = stage.now().plus(RECONCILED_MS);
    let mut open: Vec<&Caller> = callers.iter().collect();
    loop {
        let mut still = Vec::new();
        for caller in open {
            let story = stage.story(&caller.sid).await;
            if story.is_some_and(|story| story.call.outcome.is_none()) {
                still.push(caller);
            }
        }
        if still.is_empty() || stage.now() >= until {
            return;
        }
        open = still;
        stage.passes(LOOKS_MS).await;
    }
}
