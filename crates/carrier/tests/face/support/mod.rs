//! A carrier on the manual clock, an application that it calls, and a client of its REST API.

mod app;
mod browser;
mod client;
mod talker;

use carrier::engine::{Application, LegState, Number, PlaceCall, Time};
use carrier::face::{ApiKey, Carrier, ClockKind, Config};
use serde_json::Value;
use twilio::{AccountSid, CallSid};

pub(crate) use app::{Answer, App, Seen};
pub(crate) use browser::{Browser, SDP, signed_with, token};
pub(crate) use client::{Client, Got};
pub(crate) use talker::{HERE, Talker, is, until_heard};

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(crate) const TOKEN: &str = "a-token-for-tests";
/// The account's number, answered by the application's `/voice`.
pub(crate) const DESK: &str = "+15550100001";
/// Somebody outside.
pub(crate) const ADA: &str = "+12025550123";
/// Somebody else outside.
pub(crate) const BEN: &str = "+12025550199";
/// 2026-11-20 04:30 UTC.
pub(crate) const START: Time = Time(1_795_149_000_000);

/// A carrier whose number is answered by an application.
pub(crate) struct Stage {
    pub(crate) carrier: Carrier,
    pub(crate) app: App,
}

impl Stage {
    /// On the manual clock.
    pub(crate) async fn new() -> Self {
        Self::with(|_| ()).await
    }

    /// On the manual clock, set up otherwise.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let app = App::start().await;
        let mut config = config();
        config.settings.numbers = vec![number(&app)];
        change(&mut config);
        let carrier = Carrier::start(config).await.expect("the carrier starts");
        Self { carrier, app }
    }

    /// On the manual clock, for browsers: with the key that signs their tokens, and an application at `/browser`
    /// through which they call.
    pub(crate) async fn for_browsers() -> Self {
        Self::for_browsers_with(|_| ()).await
    }

    /// The same, set up otherwise.
    pub(crate) async fn for_browsers_with(change: impl FnOnce(&mut Config)) -> Self {
        let stage = Self::with(|config| {
            config.api_keys = vec![ApiKey::of_demonstration()];
            change(config);
        })
        .await;
        stage.carrier.set_application(Application {
            sid: browser::application(),
            friendly_name: "Browsers".to_owned(),
            voice_url: Some(stage.app.url("/browser")),
            voice_method: None,
            voice_fallback_url: None,
            voice_fallback_method: None,
            status_callback: Some(stage.app.url("/browser-status")),
            status_callback_method: None,
        });
        stage
    }

    /// Ada calls the desk, and its first document is there.
    pub(crate) async fn ada_calls(&self) -> CallSid {
        let call = PlaceCall {
            from: ADA.to_owned(),
            to: DESK.to_owned(),
            ..PlaceCall::default()
        };
        let leg = self
            .carrier
            .place_call(call)
            .expect("the desk has a number");
        self.carrier.settled().await;
        leg
    }

    /// A client with the account's token.
    pub(crate) fn client(&self) -> Client {
        Client::new(&self.carrier)
    }

    /// The one leg that rings or talks at a number outside.
    pub(crate) fn leg_at(&self, number: &str) -> CallSid {
        let legs = self.carrier.legs();
        let leg = legs.iter().find(|leg| leg.number == number);
        leg.unwrap_or_else(|| panic!("nothing happens at {number}: {legs:?}"))
            .sid
            .clone()
    }

    /// Waits until something is so that comes over a socket.
    pub(crate) async fn until<T>(&self, look: impl Fn(&Self) -> Option<T>) -> T {
        let looking = async {
            loop {
                if let Some(found) = look(self) {
                    return found;
                }
                tokio::task::yield_now().await;
            }
        };
        let found = tokio::time::timeout(browser::PATIENCE, looking).await;
        found.expect("it comes before patience ends")
    }

    pub(crate) async fn until_talking(&self, leg: &CallSid) {
        self.until(|stage| (stage.state_of(leg) == LegState::Talking).then_some(()))
            .await;
    }

    /// Waits for the application to be asked for a path; its first request.
    pub(crate) async fn until_asked(&self, path: &str) -> Seen {
        self.until(|stage| stage.app.asked(path).into_iter().next())
            .await
    }

    /// Waits until so many sockets of browsers are open that have shown a token.
    pub(crate) async fn until_sockets_are(&self, wanted: usize) {
        let count = |stage: &Self| -> usize {
            let clients = stage.carrier.clients();
            clients.iter().map(|client| client.sockets.len()).sum()
        };
        self.until(|stage| (count(stage) == wanted).then_some(()))
            .await;
    }

    pub(crate) fn state_of(&self, leg: &CallSid) -> LegState {
        let legs = self.carrier.legs();
        let leg = legs.iter().find(|one| one.sid == *leg);
        leg.expect("the leg is there").state
    }

    /// What was said to a leg, in order.
    pub(crate) fn said_to(&self, leg: &CallSid) -> Vec<String> {
        noted(&self.carrier.log(leg), "said", "text")
    }

    /// The statuses in a leg's log.
    pub(crate) fn statuses_of(&self, leg: &CallSid) -> Vec<String> {
        noted(&self.carrier.log(leg), "status", "status")
    }
}

/// One field of all entries of one kind.
fn noted(log: &[carrier::engine::LogEntry], kind: &str, field: &str) -> Vec<String> {
    let entries = log
        .iter()
        .map(|entry| serde_json::to_value(entry).expect("entries are written as JSON"));
    entries
        .filter(|entry| entry["noted"] == kind)
        .map(|entry| match &entry[field] {
            Value::String(text) => text.clone(),
            other @ (Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_)) => other.to_string(),
        })
        .collect()
}

/// The account on the manual clock, without numbers.
pub(crate) fn config() -> Config {
    let account = AccountSid::parse(ACCOUNT).expect("a SID");
    let mut config = Config::new(account, TOKEN);
    config.clock = ClockKind::Manual { start: START };
    config.seed = 7;
    config
}

/// The desk's number, with everything at the application.
pub(crate) fn number(app: &App) -> Number {
    Number {
        sid: None,
        phone: DESK.to_owned(),
        friendly_name: "Desk".to_owned(),
        voice_url: Some(app.url("/voice")),
        voice_method: None,
        voice_fallback_url: Some(app.url("/fallback")),
        voice_fallback_method: None,
        status_callback: Some(app.url("/status")),
        status_callback_method: None,
        ..Number::default()
    }
}
