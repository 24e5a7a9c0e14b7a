//! The server as programs of its own, killed and started again or several on one database, beside a carrier that goes on.
//!
//! `cargo xtask soak` kills it two hundred times.

mod midst;
mod program;
mod relay;
mod site;

use exchange::CallSid;
use store::{Scratch, TEST_POSTGRES};

use crate::stage::chance::Chance;
use crate::stage::shift::{Report, Shift, Size};
use crate::stage::surely::surely;
use site::{COMES_UP_WITHIN_MS, Site};

/// How often the program is killed, where somebody wants another number than the usual one.
const KILLS: &str = "SWITCHBOARD_TEST_KILLS";
const USUAL_KILLS: u32 = 5;

/// People on the machine's clock are quick.
const QUICK: Size = Size {
    callers: 12,
    agents: 6,
    lasts_ms: 0,
    pace: 120,
    hands_over: 60,
};
/// How long nobody may be alone in silence, in milliseconds: a program that was killed may have taken something upon
/// itself, which is another's only when its lease ends.
const SILENCE_MS: i64 = 26_000;
/// Among so many kills some fall into the middle of a transfer.
const MANY_KILLS: u32 = 50;
/// How long everybody has, after the last trouble, to be where they belong, in milliseconds.
const RIGHT_WITHIN_MS: i64 = 40_000;
/// How long the last calls may take to end, in milliseconds.
const OVER_WITHIN_MS: i64 = 90_000;

/// Programs, a carrier, and people.
struct House {
    site: Site,
    shift: Shift,
    chance: Chance,
    /// How many kills there were, how many of them fell into the middle of a transfer, and into how many transfers.
    kills: [u32; 3],
}

impl House {
    async fn open(scratch: Scratch, seed: u64, count: usize) -> Self {
        let site = Site::open(scratch, seed, count).await;
        let shift = Shift::begin(&site.stage, seed, QUICK, SILENCE_MS).await;
        Self {
            site,
            shift,
            chance: Chance::from_seed(seed),
            kills: [0; 3],
        }
    }

    /// People call and work for so long.
    async fn works(&mut self, ms: u32) {
        let until = self.site.stage.now().plus(i64::from(ms));
        self.shift.goes_on(&mut self.site.stage, until, true).await;
    }

    /// People go on until every program answers.
    async fn comes_up(&mut self) {
        let until = self.site.stage.now().plus(COMES_UP_WITHIN_MS);
        while !self.site.is_up() {
            assert!(self.site.stage.now() < until, "{:?}", self.site.said());
            self.works(20).await;
        }
    }

    /// Kills a program and starts it again at once.
    async fn kills(&mut self, number: usize) {
        self.site.kills(number);
        let handed = self.handed_over().await;
        self.kills[0] += 1;
        self.kills[1] += u32::from(handed > 0);
        self.kills[2] += handed;
        self.site.programs[number].start();
    }

    /// How many callers are being handed over.
    async fn handed_over(&self) -> u32 {
        let mut many = 0;
        for caller in &self.shift.talking {
            let sid = CallSid::parse(caller.sid.as_str()).expect("a SID");
            let store = &self.site.stage.state.store;
            let known = surely(async || store.load(&sid).await).await;
            let support = known.as_ref().and_then(|(_, call)| call.support());
            many += u32::from(support.is_some_and(|one| one.transfer.is_some()));
        }
        many
    }

    /// Nobody calls any more: everybody who is there comes to where they belong, and then to an end.
    async fn closes(mut self) -> Report {
        let stage = &mut self.site.stage;
        let until = stage.now().plus(RIGHT_WITHIN_MS);
        let wrong = self.shift.comes_right(stage, until).await;
        let until = stage.now().plus(OVER_WITHIN_MS);
        self.shift.leaves(stage);
        self.shift.goes_on(stage, until, false).await;
        let until = stage.now().plus(RIGHT_WITHIN_MS);
        self.shift.works_off(stage, until).await;
        let mut report = self.shift.judged(stage).await;
        report.findings.extend(wrong);
        let [kills, into_transfers, transfers] = self.kills;
        eprintln!(
            "{kills} kills, {into_transfers} of them in the middle of transfers, {transfers} in all"
        );
        if kills >= MANY_KILLS && into_transfers == 0 {
            report
                .findings
                .push("no kill fell into a transfer".to_owned());
        }
        if !report.findings.is_empty() {
            report.story.extend(self.site.said());
        }
        self.site.close().await;
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
        let number = house.chance.next() as usize % house.site.programs.len();
        house.kills(number).await;
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
    let admin = postgres();
    let scratch = Scratch::on_postgres(&admin).await.expect("a database");
    let seed = server::chance::seed() >> 32;
    let mut house = House::open(scratch, seed, 2).await;

    house.works(20_000).await;
    is_killed(&mut house, kills().div_ceil(2)).await;
    let report = house.closes().await;

    held(&report, &format!("two servers, seed {seed}"));
}

/// The server on which tests make databases. A SQLite file is one process's: whoever runs the tests without a PostgreSQL
/// leaves this one out, as `.config/nextest.toml` does.
fn postgres() -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "which databases the tests run on is no setting of the server"
    )]
    let url = std::env::var(TEST_POSTGRES).ok();
    let url = url.filter(|url| !url.is_empty());
    url.unwrap_or_else(|| {
        panic!("{TEST_POSTGRES} is not set. `cargo xtask postgres -- …` names a server that is there for a while.")
    })
}
