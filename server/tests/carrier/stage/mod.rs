//! The real server and the real carrier beside each other on this machine: two sockets, one time, a database of their own.

pub(crate) mod callers;
mod chance;
pub(crate) mod judge;
pub(crate) mod run;
pub(crate) mod trouble;

use std::time::Duration;

use axum::serve::ListenerExt;
use carrier::engine::{Number, Time};
use carrier::face::faults::{Fault, FaultPlan};
use carrier::face::{Carrier, ClockKind};
use desk::CallStory;
use exchange::Moment;
use server::clock::Clock;
use server::config::{Config, Vars};
use server::{AppState, effects, seeds};
use store::Scratch;
use tokio::net::TcpListener;
use twilio::{AccountSid, CallSid};

const ACCOUNT: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const TOKEN: &str = "the token of both";
/// 2026-11-20 00:00 UTC.
const START: i64 = 1_795_132_800_000;
/// How often the server looks for effects that are due, in milliseconds.
const LOOKS_EVERY: i64 = 60_000;
/// After so many turns without an answer, a slow answer is taken to wait for the clock.
const TURNS: u32 = 20_000;

/// A server and the carrier that brings it calls.
pub(crate) struct Stage {
    pub(crate) carrier: Carrier,
    pub(crate) state: AppState,
    scratch: Scratch,
    /// The numbers that the lines dial.
    pub(crate) offices: Vec<String>,
    /// When the server looked for effects last.
    looked: Time,
}

impl Stage {
    /// The seeds' lines, each with its number at the carrier. The seed decides every SID and every fault.
    pub(crate) async fn new(seed: u64, faults: FaultPlan) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let public = format!("http://{address}");
        let rows = seeds::rows().expect("seeds that can be read");

        let account = AccountSid::parse(ACCOUNT).expect("a SID");
        let mut config = carrier::face::Config::new(account, TOKEN);
        // The judge asks the carrier of every call, however many there are.
        config.settings.kept = usize::MAX;
        config.settings.numbers = rows
            .lines
            .iter()
            .filter_map(|line| Some(number(&public, line.id.as_str(), line.number.as_ref()?)))
            .collect();
        config.seed = seed;
        config.clock = ClockKind::Manual { start: Time(START) };
        config.faults = faults;
        let carrier = Carrier::start(config).await.expect("the carrier starts");

        let scratch = Scratch::new().await.expect("a database");
        let store = scratch.store();
        store
            .seed(&rows)
            .await
            .expect("an empty database takes the seeds");
        let vars: Vars = [
            ("TWILIO_ACCOUNT_SID", ACCOUNT),
            ("TWILIO_AUTH_TOKEN", TOKEN),
            ("TWILIO_API_BASE", &carrier.base_url()),
            ("PUBLIC_URL", &public),
            ("DATABASE_URL", "sqlite://unused.db"),
        ]
        .into_iter()
        .collect();
        let config = Config::from_vars(&vars).expect("a configuration that holds");
        let state = AppState::new(config, store, Clock::manual(Moment(START)))
            .await
            .expect("a server");
        let router = server::router(state.clone());
        state.tasks.start(async move {
            let listener = listener.tap_io(|connection| {
                connection
                    .set_nodelay(true)
                    .expect("a connection takes its options");
            });
            axum::serve(listener, router)
                .await
                .expect("the server serves");
        });
        Self {
            carrier,
            state,
            scratch,
            offices: rows
                .offices
                .iter()
                .map(|office| office.phone.as_str().to_owned())
                .collect(),
            looked: Time(START),
        }
    }

    /// What time it is, at both.
    pub(crate) fn now(&self) -> Time {
        self.carrier.now()
    }

    /// The number of a line, as the carrier has it.
    pub(crate) fn number_of(&self, line: &str) -> String {
        let ends = format!("/line/{line}");
        let numbers = self.carrier.with(|engine| engine.numbers().to_vec());
        let found = numbers.into_iter().find(|number| {
            number
                .voice_url
                .as_ref()
                .is_some_and(|url| url.ends_with(&ends))
        });
        found.expect("the line has a number").phone
    }

    /// Lets time pass at both, from moment to moment; the server does what falls due on the way.
    pub(crate) async fn passes(&mut self, ms: i64) {
        let to = self.now().plus(ms);
        while self.now() < to {
            let looks = self.looked.plus(LOOKS_EVERY);
            pass(&self.carrier, &self.state.clock, to.min(looks)).await;
            if self.now() >= looks {
                self.effects().await;
                self.looked = self.now();
            }
        }
    }

    /// The server does what is due. An answer of the carrier's that is slow on purpose waits for the clock, which is
    /// moved meanwhile.
    async fn effects(&self) {
        // Both go on at once: what the server does may hold the database while time passes.
        tokio::select! {
            done = effects::run_due(&self.state) => {
                done.expect("the database answers");
            }
            () = self.brings_slow_answers() => {}
        }
    }

    /// Moves time on whenever an answer waits for it; never ends.
    async fn brings_slow_answers(&self) {
        let slow_ms = i64::from(self.carrier.faults().plan.slow_ms);
        let mut seen = self.slow_answers();
        let mut turns = 0;
        loop {
            tokio::task::yield_now().await;
            turns += 1;
            let slow = self.slow_answers();
            if slow > seen || (slow > 0 && turns > TURNS) {
                (seen, turns) = (slow, 0);
                let to = self.now().plus(slow_ms);
                pass(&self.carrier, &self.state.clock, to).await;
            }
        }
    }

    fn slow_answers(&self) -> u64 {
        let struck = self.carrier.faults().struck;
        struck.get(&Fault::SlowAnswer).copied().unwrap_or_default()
    }

    /// What the pages tell of a call.
    pub(crate) async fn story(&self, call: &CallSid) -> Option<CallStory> {
        let sid = exchange::CallSid::parse(call.as_str()).expect("a SID");
        let story = self.state.store.call_story(&sid).await;
        story.expect("the database answers")
    }

    /// How many calls the database holds.
    pub(crate) async fn db_calls(&self) -> u64 {
        let query = desk::CallFilter::default()
            .query()
            .expect("no filter is a filter");
        let page = self.state.store.call_page(&query).await;
        page.expect("the database answers").total
    }

    pub(crate) async fn end(self) {
        self.carrier.stop().await;
        self.state.tasks.finish(Duration::ZERO).await;
        self.state.store.close().await;
        self.scratch.drop_now().await.expect("the database goes");
    }
}

/// Moves both clocks on together: before anything happens at the carrier, the server knows what time it is.
async fn pass(carrier: &Carrier, clock: &Clock, to: Time) {
    loop {
        let due = carrier.next_due().unwrap_or(to).min(to).max(carrier.now());
        let behind = due.0 - clock.now().0;
        clock.advance(Duration::from_millis(u64::try_from(behind).unwrap_or(0)));
        carrier.advance_to(due).await;
        if due >= to {
            return;
        }
    }
}

/// A line's number, with everything at the server.
fn number(public: &str, line: &str, phone: &exchange::PhoneNumber) -> Number {
    Number {
        sid: None,
        phone: phone.as_str().to_owned(),
        friendly_name: line.to_owned(),
        voice_url: Some(format!("{public}/line/{line}")),
        voice_method: None,
        voice_fallback_url: Some(format!("{public}/twilio/fallback")),
        voice_fallback_method: None,
        status_callback: Some(format!("{public}/twilio/call-status")),
        status_callback_method: None,
    }
}
