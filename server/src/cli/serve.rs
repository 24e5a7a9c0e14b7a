//! `switchboard serve`: from the configuration to a server that answers, and to its end.

use std::io::ErrorKind;
use std::time::Duration;

use carrier::face::ClockKind;
use store::{Seeded, Store};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::{Trouble, claim};
use crate::auth::{demonstration, setup};
use crate::chain::chain;
use crate::clock::Clock;
use crate::config::{Config, Web};
use crate::drain::Draining;
use crate::state::AppState;
use crate::{
    connections, dispatcher, drain, effects, floor, logging, phones, presence, retention, rooms,
    seeds,
};

/// How long requests that are being answered may take after the server was told to stop.
const DRAIN: Duration = Duration::from_secs(20);
/// How long tasks may take after that.
const REST: Duration = Duration::from_secs(5);

pub(super) async fn serve(mut config: Config) -> Result<(), Trouble> {
    logging::start(&config.log);
    let clock = Clock::real();
    let stopped = stopped()?;
    let store = super::open(&config).await?;
    seed(&store).await?;
    claim::claim(&store, &config, clock.now()).await?;
    let listener = bind(&mut config.web).await?;
    tracing::info!(
        "Switchboard {} starts with {config}",
        env!("CARGO_PKG_VERSION")
    );
    let first_admin = if config.carrier.is_demonstration() {
        // Its admin is a click away.
        demonstration::bring(&store, clock.now()).await?;
        None
    } else {
        setup::open(&store, clock.now()).await?
    };
    let public = config.web.first_public().as_str().to_owned();
    let mut state = AppState::new(config, store, clock)
        .await
        .map_err(|problem| Trouble::new(chain(&problem)))?;
    if state.config.carrier.is_demonstration() {
        phones::start(&mut state, ClockKind::Real)
            .await
            .map_err(|problem| Trouble::new(chain(&problem)))?;
    }

    println!("Switchboard answers at {public}");
    if let Some(path) = first_admin {
        println!(
            "There is no admin yet. Open this link to become it; it works once:\n{public}{path}"
        );
    }
    if let Some(phones) = &state.phones {
        let carrier = phones.carrier().base_url();
        println!(
            "It is a demonstration. Enter as an agent, a supervisor or the admin at {public}/login"
        );
        println!("Pretend telephones are at {public}/phones");
        println!("The local carrier's REST and control API are at {carrier}");
    }
    state.store.take_over(state.clock.now()).await?;
    state.tasks.start(effects::run(state.clone()));
    state.tasks.start(dispatcher::run(state.clone()));
    state.tasks.start(floor::run(state.clone()));
    state.tasks.start(rooms::run(state.clone()));
    state.tasks.start(presence::run(state.clone()));
    state.tasks.start(retention::run(state.clone()));
    answer(listener, state.clone(), stopped).await;

    state.tasks.finish(REST).await;
    state.store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Fills a database that has no plan with the seeds, and an older plan with what it has no words for.
pub(super) async fn seed(store: &Store) -> Result<(), Trouble> {
    let rows = seeds::rows().map_err(|problem| Trouble::new(problem.to_string()))?;
    match store.seed(&rows).await? {
        Seeded::Planted => {}
        Seeded::AlreadyThere => {
            let added = store.add_missing_prompts(&rows.prompts).await?;
            if added > 0 {
                tracing::info!(
                    added,
                    "the plan had no words for some prompts of this release"
                );
            }
        }
    }
    Ok(())
}

async fn bind(web: &mut Web) -> Result<TcpListener, Trouble> {
    let wrong = |error: &std::io::Error| {
        let kind = error.kind();
        let advice = if kind == ErrorKind::AddrInUse {
            "another program listens there; stop it or choose another port"
        } else if kind == ErrorKind::PermissionDenied {
            "choose a port above 1023, or give the program the right to this one"
        } else if kind == ErrorKind::AddrNotAvailable {
            "this machine does not have that address; choose one it has"
        } else {
            "choose another address or port"
        };
        Trouble::caused(
            &format!("LISTEN is {} and cannot be listened on", web.listen),
            advice,
            error,
        )
    };
    let listener = TcpListener::bind(web.listen)
        .await
        .map_err(|error| wrong(&error))?;
    let bound = listener.local_addr().map_err(|error| wrong(&error))?;
    *web = web.clone().bound_to(bound);
    Ok(listener)
}

/// Answers requests until the process is told to stop, then lets those that are being answered end.
async fn answer(listener: TcpListener, state: AppState, stopped: impl Future<Output = ()>) {
    let (stop, told) = oneshot::channel::<()>();
    let (empty, is_empty) = oneshot::channel::<()>();
    let (tasks, clock) = (state.tasks.clone(), state.clock.clone());
    let listener = Draining::new(listener, told, empty);
    let connected = connections::serve(listener, crate::router(state), async {
        is_empty.await.unwrap_or_default();
    });
    // Some who asked may have gone away.
    let server = async {
        connected.await;
        tasks.errands_are_done().await;
    };
    let mut server = std::pin::pin!(server);

    tokio::select! {
        () = &mut server => return,
        () = stopped => {}
    }
    tracing::info!("told to stop; answering what is under way");
    tasks.stop();
    let grace = clock
        .now()
        .plus_seconds(i64::try_from(drain::GRACE.as_secs()).unwrap_or(0));
    tokio::select! {
        () = &mut server => return,
        () = clock.wait_until(grace) => {}
    }
    stop.send(()).unwrap_or_default();
    if tokio::time::timeout(DRAIN, server).await.is_err() {
        tracing::warn!("some requests were cut off");
    }
}

/// Ready when the process is told to stop: SIGTERM, or Ctrl-C at the terminal.
#[cfg(unix)]
fn stopped() -> Result<impl Future<Output = ()>, Trouble> {
    use tokio::signal::unix::{SignalKind, signal};

    let deaf = |error: std::io::Error| {
        Trouble::caused("signals cannot be received", "start it another way", &error)
    };
    let mut terminate = signal(SignalKind::terminate()).map_err(deaf)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(deaf)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ready when Ctrl-C is pressed at the terminal.
#[cfg(not(unix))]
fn stopped() -> Result<impl Future<Output = ()>, Trouble> {
    Ok(async {
        tokio::signal::ctrl_c().await.unwrap_or_default();
    })
}
