//! A server with an account at the local carrier, its public address behind a proxy, everything in order at first.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use carrier::engine::{Application, Number, Time};
use carrier::face::{ApiKey, Carrier, ClockKind, Config};
use desk::setup::{Check, CheckState, NumberView, NumbersView, SetupView};
use serde::de::DeserializeOwned;
use server::AppState;
use server::clock::Clock;
use twilio::{AccountSid, ApplicationSid};

use super::proxy::Proxy;
use super::support::{Answer, House, Persona};
use super::tls::{Shown, shows};

pub(crate) const ACCOUNT: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
pub(crate) const TOKEN: &str = "hush-hush-token";
pub(crate) const KEY: &str = "SKaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
pub(crate) const KEY_SECRET: &str = "hush-hush-secret";
pub(crate) const APPLICATION: &str = "APaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
pub(crate) const PUBLIC: &str = "https://calls.example.org";
/// The number of the line `senators`.
pub(crate) const SENATORS: &str = "+12025550100";
const OVERRIDES: &str = "#rc=5&rp=ct,rt,5xx";
/// 2026-11-20 00:00 UTC, as a house begins.
const START: Time = Time(1_795_132_800_000);

/// A server, its carrier, and the proxy at its public address.
pub(crate) struct World {
    pub(crate) house: House,
    pub(crate) carrier: Carrier,
    pub(crate) state: AppState,
    pub(crate) router: Router,
    pub(crate) proxy: Arc<Proxy>,
    pub(crate) ada: Persona,
}

impl World {
    /// Everything is in order.
    pub(crate) async fn good() -> Self {
        Self::with(&[], |_| (), |_| ()).await
    }

    /// Under other settings, at another carrier, or with another outside.
    pub(crate) async fn with(
        vars: &[(&str, &str)],
        carrier: impl FnOnce(&mut Config),
        state: impl FnOnce(&mut AppState),
    ) -> Self {
        let account = AccountSid::parse(ACCOUNT).expect("a SID");
        let mut config = Config::new(account, TOKEN);
        config.clock = ClockKind::Manual { start: START };
        config.api_keys = vec![ApiKey {
            sid: KEY.to_owned(),
            secret: KEY_SECRET.to_owned(),
        }];
        config.settings.numbers = seeded();
        config.settings.applications = vec![application()];
        carrier(&mut config);
        let carrier = Carrier::start(config).await.expect("the carrier starts");
        let base = carrier.base_url();
        let mut all = vec![
            ("TWILIO_ACCOUNT_SID", ACCOUNT),
            ("TWILIO_AUTH_TOKEN", TOKEN),
            ("TWILIO_API_BASE", base.as_str()),
            ("TWILIO_API_KEY", KEY),
            ("TWILIO_API_SECRET", KEY_SECRET),
            ("TWILIO_TWIML_APP_SID", APPLICATION),
            ("PUBLIC_URL", PUBLIC),
        ];
        all.retain(|(name, _)| vars.iter().all(|(other, _)| other != name));
        all.extend(vars);
        let house = House::with(&all).await;
        let proxy = Arc::new(Proxy::new());
        let mut own = house.state.clone();
        own.outside.web = Some(Arc::clone(&proxy) as _);
        own.outside.patience = Duration::from_secs(3);
        own.outside.free = Some(50_000_000_000);
        let (address, root) = shows(&Shown::good(), &own.tasks).await;
        own.outside.found_at = Some(address);
        own.outside.roots = vec![root];
        state(&mut own);
        let router = server::router(own.clone());
        proxy.before(router.clone());
        let ada = house.admin().await.at(router.clone());
        Self {
            house,
            carrier,
            state: own,
            router,
            proxy,
            ada,
        }
    }

    /// The page, as its server function gives it.
    pub(crate) async fn page(&mut self) -> SetupView {
        read(&self.ada.gets("/api/setup/show").await)
    }

    /// One check.
    pub(crate) async fn check(&mut self, id: &str) -> Check {
        let answer = self.ada.posts("/api/setup/check", &[("id", id)]).await;
        read(&answer)
    }

    /// Sees that a check comes out so, and says these words.
    pub(crate) async fn says(&mut self, id: &str, state: CheckState, words: &str) -> Check {
        let check = self.check(id).await;

        assert_eq!(check.state, state, "{check:#?}");
        let said = format!("{} {} {}", check.found, check.todo, check.details.join(" "));
        assert!(said.contains(words), "{words:?} is not in {said}");
        for secret in [TOKEN, KEY_SECRET] {
            assert!(!said.contains(secret), "{said}");
        }
        check
    }

    /// A number as the page shows it.
    pub(crate) async fn number(&mut self, phone: &str) -> NumberView {
        let NumbersView::Known(numbers) = self.page().await.numbers else {
            panic!("the numbers are not told")
        };
        let found = numbers.into_iter().find(|number| number.number == phone);
        found.expect("the account has the number")
    }

    /// A number as the carrier has it.
    pub(crate) fn at_carrier(&self, phone: &str) -> Number {
        let numbers = self.carrier.with(|engine| engine.numbers().to_vec());
        let found = numbers.into_iter().find(|number| number.phone == phone);
        found.expect("the carrier has the number")
    }

    /// Points a number, as it was shown.
    pub(crate) async fn points(&mut self, number: &NumberView, line: &str) -> Answer {
        self.points_with(number, line, "").await
    }

    pub(crate) async fn points_with(
        &mut self,
        number: &NumberView,
        line: &str,
        fallback: &str,
    ) -> Answer {
        let form = [
            ("form[number]", number.sid.as_str()),
            ("form[line]", line),
            ("form[fallback]", fallback),
            ("form[seen]", number.seen.as_str()),
        ];
        self.ada.posts("/api/setup/point", &form).await
    }

    pub(crate) async fn puts_back(&mut self, number: &NumberView) -> Answer {
        let version = number
            .past
            .as_ref()
            .map_or(0, |past| past.version)
            .to_string();
        let form = [
            ("form[number]", number.sid.as_str()),
            ("form[version]", version.as_str()),
        ];
        self.ada.posts("/api/setup/put-back", &form).await
    }

    pub(crate) async fn close(self) {
        self.carrier.stop().await;
        self.state.tasks.finish(Duration::ZERO).await;
        self.house.close().await;
    }
}

/// Whatever a server function answers.
pub(crate) fn read<T: DeserializeOwned>(answer: &Answer) -> T {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{answer:?}"))
}

/// A number that leads to a line as it should.
pub(crate) fn number(phone: &str, line: &str) -> Number {
    Number {
        phone: phone.to_owned(),
        friendly_name: phone.to_owned(),
        voice_url: Some(format!("{PUBLIC}/line/{line}{OVERRIDES}")),
        voice_fallback_url: Some("https://handler.twilio.com/twiml/EH1".to_owned()),
        status_callback: Some(format!("{PUBLIC}/twilio/call-status{OVERRIDES}")),
        ..Number::default()
    }
}

/// The numbers of the seeds' lines.
fn seeded() -> Vec<Number> {
    let rows = server::seeds::rows().expect("seeds that can be read");
    let lines = rows.lines.iter();
    lines
        .filter_map(|line| Some(number(line.number.as_ref()?.as_str(), line.id.as_str())))
        .collect()
}

/// The application as it should be.
pub(crate) fn application() -> Application {
    Application {
        sid: ApplicationSid::parse(APPLICATION).expect("a SID"),
        friendly_name: "Switchboard".to_owned(),
        voice_url: Some(format!("{PUBLIC}/twilio/browser{OVERRIDES}")),
        voice_method: None,
        voice_fallback_url: Some(format!("{PUBLIC}/twilio/fallback{OVERRIDES}")),
        voice_fallback_method: None,
        status_callback: Some(format!("{PUBLIC}/twilio/call-status{OVERRIDES}")),
        status_callback_method: None,
    }
}

/// A clock that stands so many seconds from where a house's stands.
pub(crate) fn clock_at(seconds: i64) -> Clock {
    Clock::manual(exchange::Moment(START.0 + seconds * 1_000))
}

impl World {
    /// Points a number at the planets while a fault strikes every change at the carrier.
    pub(crate) async fn changes_under(
        &mut self,
        fault: carrier::face::faults::Fault,
        number: &NumberView,
    ) -> Answer {
        let strikes = Strikes {
            rest: self.state.outside.rest.clone().expect("a transport"),
            carrier: self.carrier.clone(),
            fault,
        };
        let mut state = self.state.clone();
        state.outside.rest = Some(Arc::new(strikes));
        let mut ada = self.ada.at(server::router(state));
        let form = [
            ("form[number]", number.sid.as_str()),
            ("form[line]", "planets"),
            ("form[seen]", number.seen.as_str()),
        ];
        ada.posts("/api/setup/point", &form).await
    }
}

/// Orders a fault before each request that changes something.
struct Strikes {
    rest: Arc<dyn twilio::rest::Transport>,
    carrier: Carrier,
    fault: carrier::face::faults::Fault,
}

#[async_trait::async_trait]
impl twilio::rest::Transport for Strikes {
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, twilio::rest::TransportError> {
        if request.method() == http::Method::POST {
            self.carrier.order_fault(self.fault, 1);
        }
        self.rest.send(request).await
    }
}
