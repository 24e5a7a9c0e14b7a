//! A shift on the support line: many callers and agents at once, each after their own mind, and what came of it.

pub(crate) mod agents;
mod browser;
pub(crate) mod callers;
pub(crate) mod handing;
pub(crate) mod judge;
pub(crate) mod order;
pub(crate) mod watch;

use carrier::engine::Time;
use desk::Role;
use exchange::UserName;
use server::clock::Stopwatch;
use store::NewPerson;
use twilio::CallSid;

use super::Stage;
use super::chance::Chance;
use super::surely::surely;
use super::trouble::Trouble;
use agents::Agent;
use callers::Caller;
use handing::{Book, PHONES};
use watch::Watch;

/// How often people act, in milliseconds at a usual pace.
const ACTS_EVERY_MS: i64 = 250;
/// How often agents look at their screens, in milliseconds at a usual pace.
const LOOKS_EVERY_MS: i64 = 1_000;
/// After so long everything that began in a shift is over, in milliseconds.
const OVER_WITHIN_MS: i64 = 1_800_000;
/// How long nobody may be alone in silence when nothing is lost, and when something is, in milliseconds.
const SILENCE_MS: i64 = 5_000;
const TROUBLED_SILENCE_MS: i64 = 16_000;

/// How many people, and for how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// How many callers are on the line at once.
    pub(crate) callers: usize,
    pub(crate) agents: usize,
    pub(crate) lasts_ms: i64,
    /// How long things take people, in thousandths.
    pub(crate) pace: u32,
    /// In how many talks of a hundred the caller is handed over.
    pub(crate) hands_over: u32,
}

impl Size {
    fn paced(self, ms: i64) -> i64 {
        ms * i64::from(self.pace) / 1_000
    }
}

/// What became of those who were to be handed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Transfers {
    pub(crate) begun: usize,
    pub(crate) handed_over: usize,
    /// They stayed with whoever had them, went back to the queue, or hung up.
    pub(crate) came_to_nothing: usize,
    /// Callers who were to be handed over and with whom something is wrong: never ended, alone in silence, not where the
    /// pages say, or the transfer goes on without them.
    pub(crate) lost: usize,
}

/// What came of a shift.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    pub(crate) trouble: &'static str,
    pub(crate) seed: u64,
    pub(crate) calls: usize,
    pub(crate) offers: usize,
    pub(crate) talks: usize,
    pub(crate) transfers: Transfers,
    /// How often a leg went without a hang-up.
    pub(crate) losses: usize,
    pub(crate) struck: u64,
    /// The longest silence of a caller, and of an agent, in milliseconds.
    pub(crate) silences: [i64; 2],
    pub(crate) findings: Vec<String>,
    /// What happened in the first calls with which something is wrong.
    pub(crate) story: Vec<String>,
    pub(crate) micros: u64,
}

impl Report {
    pub(crate) fn told(&self) -> String {
        let findings = self.findings.join("\n    ");
        let story = self.story.join("\n    ");
        format!(
            "shift, {}, seed {}: {} calls, {} talks, {:?} transfers, {} offers, {} losses, {} faults, silences {:?} ms\n    {findings}\n    {story}",
            self.trouble,
            self.seed,
            self.calls,
            self.talks,
            self.transfers,
            self.offers,
            self.losses,
            self.struck,
            self.silences
        )
    }
}

/// Everybody who takes part.
pub(crate) struct Shift {
    pub(crate) size: Size,
    chance: Chance,
    pub(crate) agents: Vec<Agent>,
    pub(crate) talking: Vec<Caller>,
    pub(crate) done: Vec<Caller>,
    pub(crate) watch: Watch,
    looked: Option<Time>,
    next_call: Time,
}

/// Lets a shift pass under a trouble, and judges it.
pub(crate) async fn run(trouble: Trouble, seed: u64, size: Size) -> Report {
    let watch = Stopwatch::start();
    let mut stage = Stage::new(seed, trouble.plan()).await;
    stage.judges_order();
    let most = if trouble.loses_nothing() {
        SILENCE_MS
    } else {
        TROUBLED_SILENCE_MS
    };
    let mut shift = Shift::begin(&stage, seed, size, most).await;
    let until = stage.now().plus(size.lasts_ms);
    shift.goes_on(&mut stage, until, true).await;
    let until = stage.now().plus(OVER_WITHIN_MS);
    shift.goes_on(&mut stage, until, false).await;
    // What agents still write about is written, and what sweeps still look at is looked at.
    stage.passes(120_000).await;

    let mut report = shift.judged(&stage).await;
    report.trouble = trouble.name();
    report.seed = seed;
    report.struck = stage.carrier.faults().struck.values().sum();
    let (offers, findings) = stage.order();
    report.offers = offers;
    report.findings.extend(findings);
    stage.end().await;
    report.micros = watch.micros();
    report
}

impl Shift {
    /// The agents come to work.
    pub(crate) async fn begin(stage: &Stage, seed: u64, size: Size, most_silence_ms: i64) -> Self {
        let mut chance = Chance::from_seed(seed);
        let mut agents = Vec::new();
        let names: Vec<String> = (1..=size.agents)
            .map(|number| format!("worker{number}"))
            .collect();
        let colleagues = names
            .iter()
            .map(|name| UserName::parse(name).expect("a name"));
        let book = Book {
            colleagues: colleagues.collect(),
            per_cent: size.hands_over,
        };
        for phone in PHONES {
            let habit = Trouble::Nothing.habit(&mut chance);
            stage.carrier.set_phone(phone, habit);
        }
        for (number, name) in (1..).zip(names) {
            let person = NewPerson {
                user_name: name.clone(),
                name: format!("Worker {number}"),
                role: Role::Agent,
                // Nobody signs in with it.
                password_hash: "*".to_owned(),
            };
            let now = stage.state.clock.now();
            surely(async || stage.state.store.add_person(&person, now).await).await;
            let user = UserName::parse(&name).expect("a name");
            agents.push(Agent::new(user, chance.next(), size.pace, book.clone()));
        }
        Self {
            size,
            chance,
            agents,
            talking: Vec::new(),
            done: Vec::new(),
            watch: Watch::new(most_silence_ms),
            looked: None,
            next_call: stage.now(),
        }
    }

    /// Goes on until a moment, or, when nobody calls any more, until all calls are over.
    pub(crate) async fn goes_on(&mut self, stage: &mut Stage, until: Time, do_call: bool) {
        while stage.now() < until && (do_call || !self.talking.is_empty()) {
            self.acts(stage, do_call).await;
            let next = stage.now().plus(self.size.paced(ACTS_EVERY_MS));
            stage.rests().await;
            self.watch.looks(stage);
            while stage.now() < next {
                stage.moves(next).await;
                stage.rests().await;
                self.watch.looks(stage);
            }
        }
    }

    /// Everybody who is on the line goes.
    pub(crate) fn leaves(&mut self, stage: &Stage) {
        let now = stage.now();
        for caller in &mut self.talking {
            caller.leaves_at(now);
        }
    }

    /// Goes on until everything that was begun is brought to an end at the server.
    pub(crate) async fn works_off(&mut self, stage: &mut Stage, until: Time) {
        while stage.now() < until && !judge::stuck(stage).await.is_empty() {
            let next = stage.now().plus(LOOKS_EVERY_MS);
            while stage.now() < next {
                stage.moves(next).await;
                self.acts(stage, false).await;
            }
        }
    }

    /// Goes on, while nobody calls any more, until everybody who was on the line has been where the server says they
    /// are. What is wrong with those who never were.
    pub(crate) async fn comes_right(&mut self, stage: &mut Stage, until: Time) -> Vec<String> {
        let mut open: Vec<CallSid> = self.talking.iter().map(|one| one.sid.clone()).collect();
        loop {
            let wrong = judge::misplaced(stage, &open).await;
            open.retain(|sid| wrong.iter().any(|(own, _)| own == sid));
            if open.is_empty() || stage.now() >= until {
                return wrong
                    .into_iter()
                    .map(|(sid, what)| format!("{sid}: {what}"))
                    .collect();
            }
            let next = stage.now().plus(LOOKS_EVERY_MS);
            self.goes_on(stage, next, true).await;
        }
    }

    async fn acts(&mut self, stage: &mut Stage, do_call: bool) {
        let now = stage.now();
        let carrier = &stage.carrier;
        if do_call && self.talking.len() < self.size.callers && self.next_call <= now {
            let number = stage.number_of("support");
            let caller = Caller::calls(carrier, &number, self.chance.next(), self.size.pace);
            self.talking.push(caller);
            let after = i64::from(self.chance.between(0, 4_000) * self.size.pace / 1_000);
            self.next_call = now.plus(after);
        }
        for caller in &mut self.talking {
            caller.acts(carrier);
        }
        let over = self
            .talking
            .extract_if(.., |caller| caller.is_over(carrier));
        self.done.extend(over);
        let consoles: Vec<_> = self
            .agents
            .iter_mut()
            .filter_map(|agent| agent.pings(carrier))
            .collect();
        if !consoles.is_empty() {
            surely(async || stage.state.store.consoles_answered(&consoles).await).await;
        }
        let every = self.size.paced(LOOKS_EVERY_MS);
        let looks = self.looked.is_none_or(|at| at.plus(every) <= now);
        let known = if looks {
            self.looked = Some(now);
            surely(async || stage.state.store.agents().await).await
        } else {
            Vec::new()
        };
        let legs = carrier.legs();
        // Whoever is at a telephone takes the caller, most of the time.
        for leg in legs
            .iter()
            .filter(|leg| leg.awaits_keys && PHONES.contains(&leg.number.as_str()))
        {
            if self.chance.strikes(20) {
                let _ = carrier.press(&leg.sid, "1");
            }
        }
        for agent in &mut self.agents {
            let own = known.iter().find(|known| known.agent.user == agent.user);
            if own.is_none() && looks {
                // Whoever comes for the first time says that they are there.
                let here = exchange::AgentEvent::Chose(exchange::Chosen::Available);
                let user = &agent.user;
                surely(async || server::agents::tell(&stage.state, user, &here, None).await).await;
            }
            agent.acts(carrier, &stage.state, &legs, own).await;
        }
    }
}
