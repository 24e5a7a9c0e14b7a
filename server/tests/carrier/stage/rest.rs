//! One time for both: the clocks stand while anything is under way, and then go on to the next moment of either.

use std::time::Duration;

use carrier::engine::Time;
use exchange::Moment;
use server::{AppState, dispatcher, effects};
use tokio::sync::watch::Receiver;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::Stage;
use super::shift::order::Order;

/// How often the dispatcher looks though nothing was told, as in the program.
const LOOKS_EVERY_MS: i64 = 5_000;
/// How far the clocks go at once while an answer is slow on purpose: nobody tells when it comes.
const SLOW_STEP_MS: i64 = 100;

/// How often it is asked whether what is under way has become slow.
const ASKS_AGAIN: Duration = Duration::from_millis(1);

/// How often people are looked at on the machine's clock, in milliseconds.
const MACHINE_STEP_MS: i64 = 20;

/// Whose time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// Ours: it goes on when everything is at rest.
    Manual,
    /// The machine's, and programs beside us do what falls due.
    Machine,
}

/// What the server does between moments, as the program's background tasks do it.
#[derive(Debug)]
pub(super) struct Rest {
    pace: Pace,
    effects: Receiver<()>,
    floor: Receiver<()>,
    under_way: JoinSet<Result<(), store::Error>>,
    /// When an effect is due next.
    due: Option<Moment>,
    /// When the dispatcher looks next.
    looks: Moment,
    /// Whether callers are offered in their order.
    pub(super) order: Order,
}

impl Rest {
    pub(super) fn new(state: &AppState, pace: Pace) -> Self {
        Self {
            pace,
            effects: state.store.effects_wake(),
            floor: state.store.floor_wakes(),
            under_way: JoinSet::new(),
            due: None,
            looks: state.clock.now(),
            order: Order::default(),
        }
    }
}

impl Stage {
    /// Lets time pass at both, from moment to moment; the server does what falls due on the way.
    pub(crate) async fn passes(&mut self, ms: i64) {
        let to = self.now().plus(ms);
        self.rests().await;
        while self.now() < to {
            self.moves(to).await;
            self.rests().await;
        }
    }

    /// Looks from now on whether callers are offered in their order.
    pub(crate) const fn judges_order(&mut self) {
        self.rest.order.is_judged = true;
    }

    /// How many offers there were, and which of them were out of order.
    pub(crate) fn order(&mut self) -> (usize, Vec<String>) {
        let order = &mut self.rest.order;
        (order.offers, std::mem::take(&mut order.findings))
    }

    /// Waits until nothing is under way but answers that are slow on purpose.
    pub(crate) async fn rests(&mut self) {
        match self.rest.pace {
            Pace::Manual => {}
            Pace::Machine => return,
        }
        loop {
            self.carrier.settled().await;
            if !self.does_what_is_due().await && !self.dispatches().await {
                return;
            }
        }
    }

    /// Goes on to the next moment at which anything falls due, or to `to`. Before anything happens at the carrier, the
    /// server knows what time it is.
    pub(crate) async fn moves(&mut self, to: Time) {
        let now = self.now();
        match self.rest.pace {
            Pace::Manual => {}
            Pace::Machine => {
                let next = to.min(now.plus(MACHINE_STEP_MS));
                return self.state.clock.wait_until(Moment(next.0)).await;
            }
        }
        let slow = self.carrier.slow_answers() > 0;
        let server = self.rest.due.into_iter().chain([self.rest.looks]);
        let next = server
            .map(|at| Time(at.0))
            .chain(self.carrier.next_due())
            .chain(slow.then(|| now.plus(SLOW_STEP_MS)))
            .chain([to])
            .min()
            .unwrap_or(to)
            .max(now);
        let behind = next.0 - self.state.clock.now().0;
        let behind = Duration::from_millis(u64::try_from(behind).unwrap_or(0));
        self.state.clock.advance(behind);
        self.carrier.advance_to(next).await;
    }

    /// Does what is due. Whether there was anything.
    async fn does_what_is_due(&mut self) -> bool {
        let rest = &mut self.rest;
        let now = self.state.clock.now();
        let before = rest.under_way.len();
        if rest.effects.has_changed().unwrap_or(true) || rest.due.is_some_and(|due| due <= now) {
            rest.effects.mark_unchanged();
            let claimed = effects::claim_due(&self.state).await;
            for one in claimed.expect("the database answers") {
                rest.under_way.spawn(one);
            }
        }
        let mut is_done = rest.under_way.len() > before;
        while rest.under_way.len() > self.carrier.slow_answers() {
            // Nobody tells when an answer turns out to be slow, so that is asked again. Whoever asks without a pause
            // keeps the database's threads from a machine that is busy.
            let next = timeout(ASKS_AGAIN, rest.under_way.join_next()).await;
            if let Ok(Some(done)) = next {
                let done = done.expect("an effect is done without a panic");
                done.expect("the database answers");
                is_done = true;
            }
        }
        if is_done || rest.due.is_none_or(|due| due <= now) {
            let due = self.state.store.next_due().await;
            rest.due = due.expect("the database answers");
        }
        is_done
    }

    /// Lets the dispatcher look when the program's would. Whether there was a reason to.
    async fn dispatches(&mut self) -> bool {
        let now = self.state.clock.now();
        let is_told = self.rest.floor.has_changed().unwrap_or(true);
        if !is_told && self.rest.looks > now {
            return false;
        }
        self.rest.floor.mark_unchanged();
        self.rest.order.before(&self.state).await;
        let again = dispatcher::look(&self.state).await;
        let again = again.expect("the database answers");
        self.rest.order.after(&self.state).await;
        let most = Moment(now.0 + LOOKS_EVERY_MS);
        self.rest.looks = again.map_or(most, |again| again.min(most));
        true
    }
}
