//! Consoles as the rules know them: what each tells of its phone is written down, and an offer that rings at one that
//! answers no more goes on.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use exchange::{ANSWERED_WITHIN_MS, CallSid, Duty, Event, Moment, SupportEvent};
use store::{Console, OnFloor};
use tokio::sync::Notify;

use crate::chain::chain;
use crate::door::{self, Knock};
use crate::state::AppState;

/// How often answers that tell nothing new are written, and how often offers are looked after.
const EVERY_MS: i64 = 1_000;

/// How often silent consoles are forgotten. They count no more long before.
const FORGET_MS: i64 = 15_000;

/// How long an offer waits for a console whose feed was closed: a feed that breaks off is back sooner.
const CLOSED_MS: i64 = 5_000;

/// What consoles told and is not written yet; clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Consoles(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    told: Mutex<Told>,
    woken: Notify,
}

#[derive(Debug, Default)]
struct Told {
    /// How the phone of each open console stood last: registered, microphone.
    phones: BTreeMap<String, (bool, bool)>,
    answered: BTreeMap<String, Console>,
    gone: Vec<String>,
}

impl Consoles {
    /// A console answered. What is new of it is written at once, the rest with others.
    pub fn answered(&self, console: Console) {
        let phone = (console.registered, console.microphone);
        let mut told = self.lock();
        let before = told.phones.insert(console.connection.clone(), phone);
        told.answered.insert(console.connection.clone(), console);
        drop(told);
        if before != Some(phone) {
            self.0.woken.notify_one();
        }
    }

    /// A console was closed.
    pub fn gone(&self, connection: &str) {
        let mut told = self.lock();
        told.answered.remove(connection);
        if told.phones.remove(connection).is_some() {
            told.gone.push(connection.to_owned());
            drop(told);
            self.0.woken.notify_one();
        }
    }

    fn take(&self) -> (Vec<Console>, Vec<String>) {
        let mut told = self.lock();
        let answered = std::mem::take(&mut told.answered).into_values().collect();
        (answered, std::mem::take(&mut told.gone))
    }

    fn lock(&self) -> MutexGuard<'_, Told> {
        self.0.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes what consoles tell, and looks after the offers that ring at them, until the server stops.
pub async fn run(state: AppState) {
    let mut stopping = state.tasks.stopping();
    let consoles = state.live.consoles.clone();
    let mut watch = Watch::new(state.clock.now());
    let mut forgets = state.clock.now().0;
    let warn = |error: &store::Error| {
        tracing::warn!(error = chain(error), "consoles are not written down");
    };
    loop {
        let now = state.clock.now();
        if let Err(error) = write(&state).await {
            warn(&error);
        }
        if let Err(error) = watch.look(&state).await {
            warn(&error);
        }
        if now.0 >= forgets {
            forgets = now.0 + FORGET_MS;
            let silent_since = Moment(now.0 - FORGET_MS - ANSWERED_WITHIN_MS);
            if let Err(error) = state.store.forget_consoles(silent_since).await {
                warn(&error);
            }
        }
        tokio::select! {
            () = stopping.wait() => break,
            () = consoles.0.woken.notified() => {}
            () = state.clock.wait_until(Moment(now.0 + EVERY_MS)) => {}
        }
    }
    // The consoles of a server that ends are somebody else's from here.
    if let Err(error) = write(&state).await {
        warn(&error);
    }
}

async fn write(state: &AppState) -> Result<(), store::Error> {
    let (answered, gone) = state.live.consoles.take();
    if !answered.is_empty() {
        state.store.consoles_answered(&answered).await?;
    }
    for connection in gone {
        state.store.console_gone(&connection).await?;
    }
    Ok(())
}

/// Looks after offers.
#[derive(Debug)]
pub struct Watch {
    /// What went before is not held against consoles that had no server to answer.
    from: Moment,
    /// Since when nobody has been there for an offer.
    alone: BTreeMap<(CallSid, u32), Moment>,
    wakes: Option<tokio::sync::watch::Receiver<()>>,
    has_offers: bool,
}

impl Watch {
    /// Begins to look.
    #[must_use]
    pub const fn new(now: Moment) -> Self {
        Self {
            from: Moment(now.0 + ANSWERED_WITHIN_MS),
            alone: BTreeMap::new(),
            wakes: None,
            has_offers: true,
        }
    }

    /// Takes offers on whose console answers no more.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn look(&mut self, state: &AppState) -> Result<(), store::Error> {
        let wakes = self.wakes.get_or_insert_with(|| state.store.floor_wakes());
        self.has_offers |= wakes.has_changed().unwrap_or(true);
        wakes.mark_unchanged();
        if !self.has_offers {
            return Ok(());
        }
        let floor = state.store.floor().await?;
        let now = state.clock.now();
        let mut alone = BTreeMap::new();
        self.has_offers = floor.iter().any(may_ring);
        let agents = if self.has_offers {
            state.store.agents().await?
        } else {
            Vec::new()
        };
        for known in agents {
            let Duty::Ringing { call, offer, .. } = &known.agent.duty else {
                continue;
            };
            if known.presence.trouble(now) != Some("console silent") {
                continue;
            }
            let key = (call.clone(), *offer);
            let since = self.alone.get(&key).copied().unwrap_or(now);
            let patience = match known.presence.answered {
                Some(_) => 0,
                None => CLOSED_MS,
            };
            if now.0 - since.0 >= patience && now >= self.from {
                take_on(state, call, *offer).await?;
            }
            alone.insert(key, since);
        }
        self.alone = alone;
        Ok(())
    }
}

/// Whether somebody may be rung for a caller: the next agent, or one to whom they are handed over.
fn may_ring(one: &OnFloor) -> bool {
    let has_agent = matches!(one.row.stage, "talking" | "seeking" | "outside");
    one.row.legs > u32::from(has_agent)
}

async fn take_on(state: &AppState, call: &CallSid, offer: u32) -> Result<(), store::Error> {
    let knock = Knock {
        sid: call,
        identity: None,
        name: "A console that answers no more",
        request: store::Request::default(),
        settles: None,
    };
    let event = Event::Support(SupportEvent::ConsoleGone { offer });
    match door::enter(state, knock, event, |_| None).await {
        Ok(_) => Ok(()),
        // What this release cannot read is another one's to judge.
        Err(door::Failure::Store(store::Error::Unreadable { .. })) => Ok(()),
        Err(door::Failure::Store(error)) => Err(error),
        Err(failure @ (door::Failure::Plan(_) | door::Failure::Contended)) => {
            tracing::warn!(call.id = %call, error = chain(&failure), "an offer to a console that is gone waits");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use exchange::UserName;

    use super::*;

    #[test]
    fn a_console_is_written_once_however_often_it_answered_and_not_after_it_is_gone() {
        let consoles = Consoles::default();
        let console = |connection: &str, at, registered| Console {
            connection: connection.to_owned(),
            user: UserName::parse("ana").unwrap(),
            answered: Moment(at),
            registered,
            microphone: registered,
        };

        consoles.answered(console("one", 1, false));
        consoles.answered(console("one", 2, true));
        consoles.answered(console("two", 2, true));
        consoles.gone("two");
        consoles.gone("three");

        let (answered, gone) = consoles.take();
        assert_eq!(answered, [console("one", 2, true)]);
        assert_eq!(gone, ["two"], "what was never there is not gone");
        assert_eq!(consoles.take(), (Vec::new(), Vec::new()));
    }
}
