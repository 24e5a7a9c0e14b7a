//! The server as programs of its own, killed and started again or several on one database, beside a carrier that goes on.
//!
//! `cargo xtask soak` kills it two hundred times.

mod program;
mod relay;

use carrier::face::ClockKind;
use carrier::face::faults::FaultPlan;
use server::seeds;
use store::{Scratch, TEST_POSTGRES};
use tempfile::TempDir;

use crate::stage::chance::Chance;
use crate::stage::shift::{Report, Shift, Size};
use crate::stage::{Stage, carrier_for, settings};
use program::Program;
use relay::Relay;

/// How often the program is killed, where somebody wants another number than the usual one.
const KILLS: &str = "SWITCHBOARD_TEST_KILLS";
const USUAL_KILLS: u32 = 5;

/// People on the machine's clock are quick.
const QUICK: Size = Size {
    callers: 12,
    agents: 6,
    lasts_ms: 0,
    pace: 120,
    hands_over: 30,
};
/// How long nobody may be alone in silence, in milliseconds: a program that was killed may have taken something upon
/// itself, which is another's only when its lease ends.
const SILENCE_MS: i64 = 26_000;
/// How long a program may take to answer, in milliseconds.
const COMES_UP_WITHIN_MS: i64 = 30_000;
/// How long everybody has, after the last trouble, to be where they belong, in milliseconds.
const RIGHT_WITHIN_MS: i64 = 40_000;
/// How long the last calls may take to end, in milliseconds.
const OVER_WITHIN_MS: i64 = 90_000;

/// Programs, a carrier, and people.
struct House {
    stage: Stage,
    programs: Vec<Program>,
    relay: Relay,
    shift: Shift,
    chance: Chance,
    folder: TempDir,
}

impl House {
    async fn open(scratch: Scratch, seed: u64, count: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut programs: Vec<Program> = (0..count)
            .map(|number| Program::new(folder.path().join(format!("{number}.log"))))
            .collect();
        let relay = Relay::to(programs.iter().map(|one| one.address).collect()).await;
        let rows = seeds::rows().expect("seeds that can be read");
        let seeded = scratch.store().seed(&rows).await;
        seeded.expect("an empty database takes the seeds");
        let url = scratch.url().to_owned();
        let faults = FaultPlan::default();
        let carrier = carrier_for(&relay.public, &rows, (seed, ClockKind::Real, faults)).await;
        for program in &mut programs {
            let mut vars = settings(&relay.public, &carrier);
            vars.push(("DATABASE_URL", url.clone()));
            program.set(vars);
            program.start();
        }
        let stage = Stage::beside(&relay.public, scratch, carrier).await;
        let shift = Shift::begin(&stage, seed, QUICK, SILENCE_MS).await;
        Self {
            stage,
            programs,
            relay,
            shift,
            chance: Chance::from_seed(seed),
            folder,
        }
    }

    /// People call and work for so long.
    async fn works(&mut self, ms: u32) {
        let until = self.stage.now().plus(i64::from(ms));
        self.shift.goes_on(&mut self.stage, until, true).await;
    }

    /// People go on until every program answers.
    async fn comes_up(&mut self) {
        let until = self.stage.now().plus(COMES_UP_WITHIN_MS);
        while !self.programs.iter().all(Program::answers) {
            assert!(self.stage.now() < until, "{}", self.programs[0].said());
            self.works(20).await;
        }
    }

    /// Kills a program and starts it again at once.
    fn kills(&mut self, number: usize) {
        let program = &mut self.programs[number];
        assert!(program.runs(), "it ended by itself: {}", program.said());
        program.kill();
        program.start();
    }

    /// Nobody calls any more: everybody who is there comes to where they belong, and then to an end.
    async fn closes(mut self) -> Report {
        let until = self.stage.now().plus(RIGHT_WITHIN_MS);
        let wrong = self.shift.comes_right(&mut self.stage, until).await;
        let until = self.stage.now().plus(OVER_WITHIN_MS);
        self.shift.leaves(&self.stage);
        self.shift.goes_on(&mut self.stage, until, false).await;
        let until = self.stage.now().plus(RIGHT_WITHIN_MS);
        self.shift.works_off(&mut self.stage, until).await;
        let mut report = self.shift.judged(&self.stage).await;
        report.findings.extend(wrong);
        if !report.findings.is_empty() {
            for program in &self.programs {
                report.story.push(program.said());
            }
        }
        drop(self.programs);
        drop(self.relay);
        self.stage.end().await;
        drop(self.folder);
        report
    }
}

/// At any moment: mostly in the midst of work, now and then while it is still coming up.
async fn is_killed(house: &mut House, kills: u32) {
    for _ in 0..kills {
        if !house.chance.strikes(20) {
            house.comes_up().await;
        }
        let ms = house.chance.between(20, 5_000);
        house.works(ms).await;
        let number = house.chance.next() as usize % house.programs.len();
        house.kills(number);
    }
}

fn kills() -> u32 {
    #[expect(
        clippy::disallowed_methods,
        reason = "how long a test goes on is no setting of the server"
    )]
    let named = std::env::var(KILLS).ok();
    named.map_or(USUAL_KILLS, |kills| {
        kills.parse().expect("a number of kills")
    })
}

fn held(report: &Report, what: &str) {
    eprintln!("{what}: {}", report.told());
    assert!(report.findings.is_empty(), "{what}: {}", report.told());
    assert!(report.talks > 0, "{what}: {}", report.told());
}

#[tokio::test]
async fn whoever_calls_when_the_server_is_killed_is_with_an_agent_in_the_queue_or_properly_ended() {
    let scratch = Scratch::new().await.expect("a database");
    let seed = server::chance::seed() >> 32;
    let mut house = House::open(scratch, seed, 1).await;

    house.works(4_000).await;
    is_killed(&mut house, kills()).await;
    let report = house.closes().await;

    held(&report, &format!("killed, seed {seed}"));
}

#[tokio::test]
async fn two_servers_on_one_database_ring_nobody_twice_and_lose_nobody() {
    let Some(admin) = postgres() else {
        eprintln!("{TEST_POSTGRES} is not set: two servers on one database were not tried");
        return;
    };
    let scratch = Scratch::on_postgres(&admin).await.expect("a database");
    let seed = server::chance::seed() >> 32;
    let mut house = House::open(scratch, seed, 2).await;

    house.works(20_000).await;
    is_killed(&mut house, kills().div_ceil(2)).await;
    let report = house.closes().await;

    held(&report, &format!("two servers, seed {seed}"));
}

fn postgres() -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "which databases the tests run on is no setting of the server"
    )]
    let url = std::env::var(TEST_POSTGRES).ok();
    url.filter(|url| !url.is_empty())
}
