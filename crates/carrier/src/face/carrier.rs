//! The carrier's handle: starting it, using its telephones, moving its clock, stopping it.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use twilio::CallSid;

use super::browsers::Browsers;
use super::clock::Clock;
use super::config::{Config, StartError};
use super::driver::Driver;
use super::faults::{Fault, FaultPlan, FaultsView};
use super::fetch::Fetcher;
use super::{control, rest, signal};
use crate::engine::{ControlError, Engine, Habit, LegView, LogEntry, PlaceCall, Settings, Time};

/// A running carrier. Clones are the same carrier.
#[derive(Clone, Debug)]
pub struct Carrier {
    pub(super) driver: Arc<Driver>,
    router: Router,
    address: SocketAddr,
}

impl Carrier {
    /// Starts a carrier and serves it.
    ///
    /// # Errors
    /// When its address cannot be had, or no HTTP client can be made.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        if config.auth_token.is_empty() {
            return Err(StartError::NoToken);
        }
        let listen = config.listen;
        let refused = |source| StartError::Listen {
            address: listen,
            source,
        };
        let listener = TcpListener::bind(listen).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let clock = Clock::new(config.clock);
        let fetcher =
            Fetcher::new(config.auth_token.clone(), clock.clone()).map_err(StartError::Client)?;
        let doorkeeper = rest::Doorkeeper::new(&config);
        let is_public = config.is_public();
        let browsers = Browsers::new(&config);
        let mut settings = config.settings;
        if settings.rest_base == Settings::new(settings.account.clone()).rest_base {
            settings.rest_base = format!("http://{address}");
        }
        config.faults.put_on(&mut settings.phone_faults);
        let engine = Engine::new(settings, config.seed);
        let driver = Driver::start(
            engine,
            browsers,
            config.media,
            clock,
            fetcher,
            config.faults,
            config.seed,
        );
        let router = rest::router(Arc::clone(&driver), doorkeeper)
            .merge(signal::router(Arc::clone(&driver), is_public));
        let carrier = Self {
            driver,
            router,
            address,
        };
        let served = carrier
            .router()
            .into_make_service_with_connect_info::<SocketAddr>();
        let stopping = carrier.driver.tasks.stopping();
        carrier.driver.tasks.start(async move {
            let serving = axum::serve(listener, served).with_graceful_shutdown(stopping);
            if let Err(error) = serving.await {
                tracing::error!(%error, "the carrier stopped serving");
            }
        });
        Ok(carrier)
    }

    /// REST, control and the signalling of browsers, to be served elsewhere as well.
    pub fn router(&self) -> Router {
        self.router.clone().merge(control::router(self.clone()))
    }

    /// Where it is served.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What stands where `https://api.twilio.com` stands at Twilio.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Does something with the engine, which is told the time before; what it then wants is seen to.
    pub fn with<R>(&self, act: impl FnOnce(&mut Engine) -> R) -> R {
        self.driver.with(act)
    }

    /// Somebody outside calls a number of the account.
    ///
    /// # Errors
    /// When the call makes no sense; the field is named.
    pub fn place_call(&self, call: PlaceCall) -> Result<CallSid, ControlError> {
        self.with(|engine| engine.place_call(call))
    }

    /// A ringing telephone is answered.
    ///
    /// # Errors
    /// When there is no such leg, or it does not ring.
    pub fn answer(&self, leg: &CallSid) -> Result<(), ControlError> {
        self.with(|engine| engine.answer(leg))
    }

    /// A ringing telephone is declined.
    ///
    /// # Errors
    /// When there is no such leg, or it does not ring.
    pub fn decline(&self, leg: &CallSid) -> Result<(), ControlError> {
        self.with(|engine| engine.decline(leg))
    }

    /// Keys are pressed: `0` to `9`, `*`, `#`, and `w` for a pause.
    ///
    /// # Errors
    /// When there is no such leg, it is over, or a key is none.
    pub fn press(&self, leg: &CallSid, keys: &str) -> Result<(), ControlError> {
        self.with(|engine| engine.press(leg, keys))
    }

    /// Somebody says something into a telephone.
    ///
    /// # Errors
    /// When there is no such leg, or it is over.
    pub fn speak(&self, leg: &CallSid, text: &str) -> Result<(), ControlError> {
        self.with(|engine| engine.speak(leg, text))
    }

    /// A telephone is hung up.
    ///
    /// # Errors
    /// When there is no such leg, or it is over.
    pub fn hang_up(&self, leg: &CallSid) -> Result<(), ControlError> {
        self.with(|engine| engine.hang_up(leg))
    }

    /// Decides what an outside telephone does from now on when it rings.
    pub fn set_phone(&self, number: &str, habit: Habit) {
        self.with(|engine| engine.set_phone(number, habit));
    }

    /// Every telephone that is or was in a call.
    #[must_use]
    pub fn legs(&self) -> Vec<LegView> {
        self.with(|engine| engine.legs())
    }

    /// What happened on a leg, from its beginning.
    #[must_use]
    pub fn log(&self, leg: &CallSid) -> Vec<LogEntry> {
        self.with(|engine| engine.log(leg).to_vec())
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Time {
        self.driver.clock.now()
    }

    /// Whether the clock is moved by hand.
    #[must_use]
    pub fn has_manual_clock(&self) -> bool {
        self.driver.clock.is_manual()
    }

    /// When something falls due next, if anything does.
    #[must_use]
    pub fn next_due(&self) -> Option<Time> {
        self.driver.next_due()
    }

    /// How many answers to REST requests wait for the manual clock: those that are slow on purpose.
    #[must_use]
    pub fn slow_answers(&self) -> usize {
        self.driver.clock.waiting()
    }

    /// Lets time pass: see [`advance_to`](Self::advance_to).
    pub async fn advance(&self, ms: u32) {
        self.advance_to(self.now().plus(i64::from(ms))).await;
    }

    /// Goes on to a moment. The manual clock goes from due moment to due moment and waits at each until no request
    /// is under way; on the machine's clock this waits for the moment.
    pub async fn advance_to(&self, to: Time) {
        self.driver.advance_to(to).await;
    }

    /// Waits until no request to the application is under way.
    pub async fn settled(&self) {
        self.driver.settled().await;
    }

    /// Lets something go wrong on its next occasions; zero takes the order back.
    pub fn order_fault(&self, fault: Fault, times: u32) {
        let Some(habit) = fault.of_telephone() else {
            self.driver.with_faults(|faults| faults.order(fault, times));
            return;
        };
        self.with(|engine| {
            let next = &mut engine.phone_faults_mut().next;
            next.retain(|ordered| *ordered != habit);
            next.extend((0..times).map(|_| habit));
        });
    }

    /// Decides what goes wrong at random from now on.
    pub fn set_fault_plan(&self, plan: FaultPlan) {
        self.with(|engine| plan.put_on(engine.phone_faults_mut()));
        self.driver.with_faults(|faults| faults.set_plan(plan));
    }

    /// How the faults stand.
    #[must_use]
    pub fn faults(&self) -> FaultsView {
        let next = self.with(|engine| engine.phone_faults_mut().next.clone());
        let mut view = self.driver.with_faults(|faults| faults.view());
        for fault in Fault::ALL {
            let times = next
                .iter()
                .filter(|habit| fault.of_telephone() == Some(**habit));
            let times = u32::try_from(times.count()).unwrap_or(u32::MAX);
            if times > 0 {
                view.ordered.insert(fault, times);
            }
        }
        view
    }

    /// The legs whose log or state changes, from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<CallSid> {
        self.driver.subscribe()
    }

    /// Ends everything that runs.
    pub async fn stop(&self) {
        self.driver.tasks.stop().await;
    }
}
