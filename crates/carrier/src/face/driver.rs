//! The engine's surroundings: it is told the time, its requests are made, and their answers are brought to it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, broadcast, watch};
use twilio::CallSid;

use super::agenda::{Agenda, Parcel};
use super::chance::Chance;
use super::clock::Clock;
use super::faults::{Fault, FaultPlan, Faults};
use super::fetch::Fetcher;
use super::tasks::Tasks;
use crate::engine::{Answer, Engine, Output, Request, RequestKind, Time};

/// What a subscriber may fall behind before it is told that it missed something.
const MOST_UNREAD: usize = 4_096;
/// The code of a callback that went nowhere (reference A.8).
const NO_CONNECTION: u32 = 11205;

/// One engine, running.
#[derive(Debug)]
pub(super) struct Driver {
    inside: Mutex<Inside>,
    pub(super) clock: Clock,
    fetcher: Fetcher,
    pub(super) tasks: Tasks,
    changes: broadcast::Sender<CallSid>,
    under_way: watch::Sender<usize>,
    moved_on: Notify,
}

#[derive(Debug)]
struct Inside {
    engine: Engine,
    faults: Faults,
    agenda: Agenda,
    lanes: BTreeMap<String, VecDeque<(Parcel, UnderWay)>>,
    tokens: Chance,
}

/// Counts a request until it is gone, however it goes.
#[derive(Debug)]
struct UnderWay(watch::Sender<usize>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.send_modify(|requests| *requests -= 1);
    }
}

impl Driver {
    /// Surrounds an engine and, on the machine's clock, wakes it whenever something falls due.
    pub(super) fn start(
        engine: Engine,
        clock: Clock,
        fetcher: Fetcher,
        faults: FaultPlan,
        seed: u64,
    ) -> Arc<Self> {
        let driver = Arc::new(Self {
            inside: Mutex::new(Inside {
                engine,
                faults: Faults::new(faults, seed ^ 0xfa),
                agenda: Agenda::default(),
                lanes: BTreeMap::new(),
                tokens: Chance::from_seed(seed ^ 0x1d),
            }),
            clock,
            fetcher,
            tasks: Tasks::new(),
            changes: broadcast::Sender::new(MOST_UNREAD),
            under_way: watch::Sender::new(0),
            moved_on: Notify::new(),
        });
        driver.with(|_| ());
        if !driver.clock.is_manual() {
            let waker = Arc::clone(&driver);
            driver.tasks.start(async move { waker.keep_time().await });
        }
        driver
    }

    /// Tells the engine the time, does something with it, and sees to what it wants.
    pub(super) fn with<R>(self: &Arc<Self>, act: impl FnOnce(&mut Engine) -> R) -> R {
        let mut inside = self.lock();
        inside.engine.advance_to(self.clock.now());
        self.serve(&mut inside);
        let made = act(&mut inside.engine);
        self.serve(&mut inside);
        drop(inside);
        self.moved_on.notify_one();
        made
    }

    pub(super) fn with_faults<R>(&self, act: impl FnOnce(&mut Faults) -> R) -> R {
        act(&mut self.lock().faults)
    }

    /// When something falls due next.
    pub(super) fn next_due(&self) -> Option<Time> {
        let inside = self.lock();
        let engine = inside.engine.next_due();
        engine.into_iter().chain(inside.agenda.next_due()).min()
    }

    /// Whose log or state changed, from now on.
    pub(super) fn subscribe(&self) -> broadcast::Receiver<CallSid> {
        self.changes.subscribe()
    }

    /// Waits until no request to the application is under way, or none will be answered any more.
    pub(super) async fn settled(&self) {
        let mut under_way = self.under_way.subscribe();
        tokio::select! {
            // The sender lives in `self`, so the channel cannot end.
            _ = under_way.wait_for(|requests| *requests == 0) => {}
            () = self.tasks.stopping() => {}
        }
    }

    /// Goes on to `to`, from due moment to due moment, and waits at each until no request is under way.
    pub(super) async fn advance_to(self: &Arc<Self>, to: Time) {
        self.settled().await;
        if self.clock.is_manual() {
            while let Some(due) = self.next_due().filter(|due| *due <= to) {
                self.clock.set(due);
                self.with(|_| ());
                self.settled().await;
            }
            self.clock.set(to);
        } else {
            self.clock.wait_until(to).await;
        }
        self.with(|_| ());
        self.settled().await;
    }

    async fn keep_time(self: Arc<Self>) {
        loop {
            match self.next_due() {
                Some(due) => {
                    tokio::select! {
                        () = self.clock.wait_until(due) => self.with(|_| ()),
                        () = self.moved_on.notified() => {}
                    }
                }
                None => self.moved_on.notified().await,
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what the engine wants until it wants nothing more.
    fn serve(self: &Arc<Self>, inside: &mut Inside) {
        while let Some(parcel) = inside.agenda.due(inside.engine.now()) {
            self.enter_lane(inside, parcel);
        }
        while let Some(output) = inside.engine.poll() {
            match output {
                Output::Request(request) => self.take(inside, request),
                // Nobody carries orders to browsers.
                Output::Client(_) => {}
                Output::Changed(sid) => {
                    // Nobody may be looking.
                    let _ = self.changes.send(sid);
                }
            }
        }
    }

    fn take(self: &Arc<Self>, inside: &mut Inside, request: Request) {
        let kind = request.kind;
        let parcel = Parcel {
            request,
            idempotency: inside.tokens.uuid(),
            is_copy: false,
        };
        match kind {
            RequestKind::Document | RequestKind::Media => self.deliver(parcel),
            RequestKind::Callback => self.take_callback(inside, parcel),
        }
    }

    fn take_callback(self: &Arc<Self>, inside: &mut Inside, parcel: Parcel) {
        let late_ms = i64::from(inside.faults.plan().late_ms);
        let later = inside.engine.now().plus(late_ms);
        match inside.faults.of_callback() {
            Some(Fault::LostCallback) => {
                let code = NO_CONNECTION;
                inside
                    .engine
                    .answered(parcel.request.id, Answer::Failed { code });
            }
            Some(Fault::LateCallback) => inside.agenda.keep(parcel, later, false),
            Some(Fault::ReorderedCallback) => inside.agenda.keep(parcel, later, true),
            Some(Fault::DoubledCallback) => {
                let copy = Parcel {
                    is_copy: true,
                    ..parcel.clone()
                };
                self.enter_lane(inside, parcel);
                self.enter_lane(inside, copy);
            }
            Some(
                Fault::Busy
                | Fault::NoAnswer
                | Fault::Failed
                | Fault::TooManyRequests
                | Fault::ServerError
                | Fault::LostAnswer
                | Fault::DroppedConnection
                | Fault::SlowAnswer,
            )
            | None => {
                let overtaken = inside.agenda.overtaken_in(&parcel.lane());
                self.enter_lane(inside, parcel);
                for parcel in overtaken {
                    self.enter_lane(inside, parcel);
                }
            }
        }
    }

    /// Delivers at once, beside everything else.
    fn deliver(self: &Arc<Self>, parcel: Parcel) {
        let under_way = self.begin();
        let driver = Arc::clone(self);
        self.tasks
            .start(async move { driver.fetch(parcel, under_way).await });
    }

    /// Delivers behind what is on the same lane.
    fn enter_lane(self: &Arc<Self>, inside: &mut Inside, parcel: Parcel) {
        let name = parcel.lane();
        let entry = (parcel, self.begin());
        if let Some(lane) = inside.lanes.get_mut(&name) {
            lane.push_back(entry);
            return;
        }
        inside.lanes.insert(name.clone(), VecDeque::from([entry]));
        let driver = Arc::clone(self);
        self.tasks.start(async move {
            while let Some((parcel, under_way)) = driver.next_of_lane(&name) {
                driver.fetch(parcel, under_way).await;
            }
        });
    }

    /// A lane goes away with its last delivery.
    fn next_of_lane(&self, name: &str) -> Option<(Parcel, UnderWay)> {
        let mut inside = self.lock();
        let next = inside.lanes.get_mut(name).and_then(VecDeque::pop_front);
        if next.is_none() {
            inside.lanes.remove(name);
        }
        next
    }

    fn begin(&self) -> UnderWay {
        self.under_way.send_modify(|requests| *requests += 1);
        UnderWay(self.under_way.clone())
    }

    /// What the answer leads to is under way before this request no longer is.
    async fn fetch(self: &Arc<Self>, parcel: Parcel, under_way: UnderWay) {
        let answer = self
            .fetcher
            .fetch(&parcel.request, &parcel.idempotency)
            .await;
        if !parcel.is_copy {
            self.with(|engine| engine.answered(parcel.request.id, answer));
        }
        drop(under_way);
    }
}
