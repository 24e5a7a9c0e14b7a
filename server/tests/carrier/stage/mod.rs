//! The real server and the real carrier beside each other on this machine: two sockets, one time, a database of their own.

pub(crate) mod callers;
pub(crate) mod chance;
pub(crate) mod judge;
mod rest;
pub(crate) mod run;
pub(crate) mod shift;
pub(crate) mod surely;
pub(crate) mod trouble;

use std::time::Duration;

use axum::serve::ListenerExt;
use carrier::engine::{Number, Time};
use carrier::face::faults::FaultPlan;
use carrier::face::{Carrier, ClockKind};
use desk::CallStory;
use exchange::Moment;
use rest::{Pace, Rest};
use server::clock::Clock;
use server::config::{Config, Vars};
use server::{AppState, seeds};
use store::{Scratch, Store};
use tokio::net::TcpListener;
use twilio::{AccountSid, CallSid};

const ACCOUNT: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
/// How many new calls in a second the account bears, where nothing else is said.
const PER_SECOND: u32 = 30;
const TOKEN: &str = "the token of both";
/// 2026-11-20 00:00 UTC.
const START: i64 = 1_795_132_800_000;

/// A server and the carrier that brings it calls.
pub(crate) struct Stage {
    pub(crate) carrier: Carrier,
    pub(crate) state: AppState,
    scratch: Scratch,
    /// The numbers that the lines dial.
    pub(crate) offices: Vec<String>,
    rest: Rest,
}

impl Stage {
    /// The seeds' lines, each with its number at the carrier. The seed decides every SID and every fault.
    pub(crate) async fn new(seed: u64, faults: FaultPlan) -> Self {
        Self::bearing(PER_SECOND, seed, faults).await
    }

    /// The same, of an account that bears so many new calls in a second.
    pub(crate) async fn bearing(per_second: u32, seed: u64, faults: FaultPlan) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let public = format!("http://{address}");
        let rows = seeds::rows().expect("seeds that can be read");
        let scratch = Scratch::new().await.expect("a database");
        scratch
            .store()
            .seed(&rows)
            .await
            .expect("an empty database takes the seeds");

        let clock = ClockKind::Manual { start: Time(START) };
        let carrier = carrier_for(&public, &rows, (seed, clock, faults)).await;
        let clock = Clock::manual(Moment(START));
        let state = state_at((&public, per_second), &carrier, scratch.store(), clock).await;
        let router = server::router(state.clone());
        state.tasks.start(async move {
            let listener = listener.tap_io(|connection| {
                connection
                    .set_nodelay(true)
                    .expect("a connection takes its options");
            });
            // As it is, axum would copy all its routes for each connection.
            axum::serve(listener, router.into_make_service())
                .await
                .expect("the server serves");
        });
        Self {
            rest: Rest::new(&state, Pace::Manual),
            carrier,
            state,
            scratch,
            offices: rows
                .offices
                .iter()
                .map(|office| office.phone.as_str().to_owned())
                .collect(),
        }
    }

    /// What time it is, at both.
    pub(crate) fn now(&self) -> Time {
        self.carrier.now()
    }

    /// The number of a line, as the carrier has it.
    pub(crate) fn number_of(&self, line: &str) -> String {
        let ends = format!("/line/{line}{OVERRIDES}");
        let numbers = self.carrier.with(|engine| engine.numbers().to_vec());
        let found = numbers.into_iter().find(|number| {
            number
                .voice_url
                .as_ref()
                .is_some_and(|url| url.ends_with(&ends))
        });
        found.expect("the line has a number").phone
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

    /// A stage on the machine's clock without a server of its own: programs beside it answer at `public`, on the same
    /// database.
    pub(crate) async fn beside(public: &str, scratch: Scratch, carrier: Carrier) -> Self {
        let store = scratch.store();
        let state = state_at((public, PER_SECOND), &carrier, store, Clock::real()).await;
        Self {
            rest: Rest::new(&state, Pace::Machine),
            carrier,
            state,
            scratch,
            offices: Vec::new(),
        }
    }

    pub(crate) async fn end(self) {
        self.carrier.stop().await;
        self.state.tasks.finish(Duration::ZERO).await;
        self.state.store.close().await;
        self.scratch.drop_now().await.expect("the database goes");
    }
}

/// A carrier that brings its calls to `public`: its seed, its clock, and what goes wrong at it.
pub(crate) async fn carrier_for(
    public: &str,
    rows: &exchange::PlanRows,
    (seed, clock, faults): (u64, ClockKind, FaultPlan),
) -> Carrier {
    let account = AccountSid::parse(ACCOUNT).expect("a SID");
    let mut config = carrier::face::Config::new(account, TOKEN);
    // The judge asks the carrier of every call, however many there are.
    config.settings.kept = usize::MAX;
    config.settings.numbers = rows
        .lines
        .iter()
        .filter_map(|line| Some(number(public, line.id.as_str(), line.number.as_ref()?)))
        .collect();
    config.seed = seed;
    config.clock = clock;
    config.faults = faults;
    Carrier::start(config).await.expect("the carrier starts")
}

/// What a server is told by its environment, but for its database.
pub(crate) fn settings(public: &str, carrier: &Carrier) -> Vec<(&'static str, String)> {
    vec![
        ("TWILIO_ACCOUNT_SID", ACCOUNT.to_owned()),
        ("TWILIO_AUTH_TOKEN", TOKEN.to_owned()),
        ("TWILIO_API_BASE", carrier.base_url()),
        ("TWILIO_CONCURRENT_CALLS", "1000".to_owned()),
        ("TWILIO_CALLS_PER_SECOND", PER_SECOND.to_string()),
        ("PUBLIC_URL", public.to_owned()),
    ]
}

async fn state_at(
    (public, per_second): (&str, u32),
    carrier: &Carrier,
    store: Store,
    clock: Clock,
) -> AppState {
    let settings = settings(public, carrier);
    let vars: Vars = settings
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .chain([("DATABASE_URL", "sqlite://unused.db")])
        .collect();
    let mut config = Config::from_vars(&vars).expect("a configuration that holds");
    config.guard.calls_per_second = per_second;
    let state = AppState::new(config, store, clock).await;
    state.expect("a server")
}

/// What operators write behind the addresses of a number, so that a restart is tried again.
const OVERRIDES: &str = "#rc=5&rp=ct,rt,5xx";

/// A line's number, with everything at the server.
fn number(public: &str, line: &str, phone: &exchange::PhoneNumber) -> Number {
    Number {
        sid: None,
        phone: phone.as_str().to_owned(),
        friendly_name: line.to_owned(),
        voice_url: Some(format!("{public}/line/{line}{OVERRIDES}")),
        voice_method: None,
        voice_fallback_url: Some(format!("{public}/twilio/fallback{OVERRIDES}")),
        voice_fallback_method: None,
        status_callback: Some(format!("{public}/twilio/call-status{OVERRIDES}")),
        status_callback_method: None,
        ..Number::default()
    }
}
