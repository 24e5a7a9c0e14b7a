//! What every handler shares.

use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use store::Store;
use tokio::sync::Mutex;
use twilio::signature::{PublicUrl, Unusable, Verifier};

use crate::auth::Tickets;
use crate::carrier_api::CarrierApi;
use crate::clock::Clock;
use crate::config::Config;
use crate::floor::Pictures;
use crate::inbox::Listening;
use crate::live::Live;
use crate::phones::Phones;
use crate::plans::{PlanProblem, Plans};
use crate::render::Urls;
use crate::rooms::Monitor;
use crate::setup::Outside;
use crate::tasks::Tasks;

/// What every handler shares; cheap to clone.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// What an operator has set.
    pub config: Arc<Config>,
    /// What is remembered.
    pub store: Store,
    /// What the rules look up.
    pub plans: Arc<Plans>,
    /// What time it is.
    pub clock: Clock,
    /// Who may send webhooks.
    pub verifier: Arc<Verifier>,
    /// The URLs that Twilio is given.
    pub urls: Arc<Urls>,
    /// The carrier's REST API.
    pub carrier: CarrierApi,
    /// What screens follow.
    pub live: Live,
    /// Who is on the way to their own host, in a demonstration.
    pub tickets: Tickets,
    /// The floor, as screens follow it.
    pub floor: Pictures,
    /// The rooms, as monitors follow them.
    pub rooms: Monitor,
    /// The pretend telephones, where the local carrier runs.
    pub phones: Option<Phones>,
    /// How checks of the installation reach what is outside of the process.
    pub outside: Outside,
    /// Who listens to messages.
    pub listening: Listening,
    /// What runs in the background.
    pub tasks: Tasks,
    /// Held while a step is taken again because others change the same call.
    pub contended: Arc<Mutex<()>>,
    /// How pages are put together.
    pub leptos_options: LeptosOptions,
}

/// Why no server can be put together.
#[derive(Debug, thiserror::Error)]
pub enum StateProblem {
    /// The plan cannot be read.
    #[error(transparent)]
    Plan(#[from] PlanProblem),
    /// The configuration makes no verifier.
    #[error("webhooks cannot be verified: {0}")]
    Verifier(#[from] Unusable),
    /// An address that cannot be signed for.
    #[error("PUBLIC_URL cannot be used: {0}")]
    Address(#[from] twilio::signature::BadPublicUrl),
    /// The carrier's API cannot be reached with this configuration.
    #[error("the carrier's API cannot be used: {0}")]
    Carrier(String),
}

impl AppState {
    /// Puts a server's parts together. The database is migrated and seeded before.
    ///
    /// # Errors
    /// [`StateProblem`].
    pub async fn new(config: Config, store: Store, clock: Clock) -> Result<Self, StateProblem> {
        let account = config.carrier.account();
        let public: Vec<PublicUrl> = config
            .web
            .public()
            .iter()
            .map(|url| PublicUrl::parse(url.as_str()))
            .collect::<Result<_, _>>()?;
        let verifier = Verifier::new(account.tokens.iter().map(|token| token.reveal()), public)?;
        Ok(Self {
            plans: Arc::new(Plans::read(&store).await?),
            verifier: Arc::new(verifier),
            urls: Arc::new(Urls::below(config.web.first_public().as_str())),
            carrier: CarrierApi::of(&config.carrier).map_err(StateProblem::Carrier)?,
            live: Live::default(),
            floor: Pictures::default(),
            rooms: Monitor::default(),
            tickets: Tickets::default(),
            phones: None,
            outside: Outside::real(),
            listening: Listening::default(),
            tasks: Tasks::new(),
            contended: Arc::default(),
            leptos_options: crate::pages::leptos_options(),
            config: Arc::new(config),
            store,
            clock,
        })
    }
}
