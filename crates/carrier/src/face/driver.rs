//! The engine's surroundings: it is told the time, its requests are made, and their answers are brought to it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, broadcast, watch};
use twilio::CallSid;

use super::agenda::{Agenda, Parcel};
use super::browsers::Browsers;
use super::chance::Chance;
use super::clock::Clock;
use super::faults::{Fault, FaultPlan, Faults};
use super::fetch::Fetcher;
use super::heard::Staged;
use super::tasks::Tasks;
use crate::engine::{Answer, Engine, Output, Request, RequestKind, Time};
use crate::media::{MediaKind, Sound};

/// What a subscriber may fall behind before it is told that it missed something.
const MOST_UNREAD: usize = 4_096;
/// The code of a callback that went nowhere (reference A.8).
const NO_CONNECTION: u32 = 11205;

/// One engine, running.
#[derive(Debug)]
pub(super) struct Driver {
    inside: Mutex<Inside>,
    pub(super) clock: Clock,
    pub(super) sound: Sound,
    fetcher: Fetcher,
    pub(super) tasks: Tasks,
    changes: broadcast::Sender<CallSid>,
    under_way: watch::Sender<usize>,
    moved_on: Notify,
}

/// What is under the lock.
#[derive(Debug)]
pub(super) struct Inside {
    pub(super) engine: Engine,
    pub(super) browsers: Browsers,
    pub(super) staged: Staged,
    /// The revision of the plan that is heard.
    pub(super) heard: Option<u64>,
    faults: Faults,
    agenda: Agenda,
    lanes: BTreeMap<String, VecDeque<(Parcel, UnderWay)>>,
    tokens: Chance,
}

/// Counts a request until it is gone, however it goes.
#[derive(Debug)]
pub(super) struct UnderWay(watch::Sender<usize>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.send_modify(|requests| *requests -= 1);
    }
}

impl Driver {
    /// Surrounds an engine, lets browsers hear it and, on the machine's clock, wakes it whenever something falls due.
    pub(super) fn start(
        engine: Engine,
        browsers: Browsers,
        media: MediaKind,
        clock: Clock,
        fetcher: Fetcher,
        faults: FaultPlan,
        seed: u64,
    ) -> Arc<Self> {
        let times = clock.clone();
        let (sound, told) = Sound::start(media, move || times.now());
        let driver = Arc::new(Self {
            inside: Mutex::new(Inside {
                engine,
                browsers,
                staged: Staged::default(),
                heard: None,
                faults: Faults::new(faults, seed ^ 0xfa),
                agenda: Agenda::default(),
                lanes: BTreeMap::new(),
                tokens: Chance::from_seed(seed ^ 0x1d),
            }),
            clock,
            sound,
            fetcher,
            tasks: Tasks::new(),
            changes: broadcast::Sender::new(MOST_UNREAD),
            under_way: watch::Sender::new(0),
            moved_on: Notify::new(),
        });
        driver.with(|_| ());
        let listener = Arc::clone(&driver);
        driver
            .tasks
            .start(async move { listener.listen(told).await });
        if !driver.clock.is_manual() {
            let waker = Arc::clone(&driver);
            driver.tasks.start(async move { waker.keep_time().await });
        }
        driver
    }

    /// Tells the engine the time, does something with it, and sees to what it wants.
    pub(super) fn with<R>(self: &Arc<Self>, act: impl FnOnce(&mut Engine) -> R) -> R {
        self.within(|inside| act(&mut inside.engine))
    }

    /// The same with everything that is under the lock.
    pub(super) fn within<R>(self: &Arc<Self>, act: impl FnOnce(&mut Inside) -> R) -> R {
        let mut inside = self.lock();
        let now = self.clock.now();
        inside.engine.advance_to(now);
        inside.browsers.signalling.advance_to(now);
        self.serve(&mut inside);
        let made = act(&mut inside);
        self.serve(&mut inside);
        self.plan_sound(&mut inside);
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
        let due = [
            inside.engine.next_due(),
            inside.browsers.signalling.next_due(),
            inside.agenda.next_due(),
        ];
        due.into_iter().flatten().min()
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

    /// Looks at what is under the lock, and changes nothing that the engine or the signalling would have to see to.
    pub(super) fn look<R>(&self, act: impl FnOnce(&mut Inside) -> R) -> R {
        act(&mut self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what the engine and the signalling want until they want nothing more.
    fn serve(self: &Arc<Self>, inside: &mut Inside) {
        while let Some(parcel) = inside.agenda.due(inside.engine.now()) {
            self.enter_lane(inside, parcel);
        }
        loop {
            if let Some(output) = inside.engine.poll() {
                self.obey_engine(inside, output);
            } else if let Some(out) = inside.browsers.signalling.poll() {
                self.obey(inside, out);
            } else {
                return;
            }
        }
    }

    fn obey_engine(self: &Arc<Self>, inside: &mut Inside, output: Output) {
        match output {
            Output::Request(request) => self.take(inside, request),
            Output::Changed(sid) => {
                self.unstage(inside, &sid);
                // Nobody may be looking.
                let _ = self.changes.send(sid);
            }
            Output::Client(order) => inside.browsers.order(order),
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
                | Fault::SlowAnswer
                | Fault::Unauthorized
                | Fault::NotFound
                | Fault::WrongDate,
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

    pub(super) fn begin(&self) -> UnderWay {
        self.under_way.send_modify(|requests| *requests += 1);
        UnderWay(self.under_way.clone())
    }

    /// What the answer leads to is under way before this request no longer is.
    async fn fetch(self: &Arc<Self>, parcel: Parcel, under_way: UnderWay) {
        let answer = self
            .fetcher
            .fetch(&parcel.request, &parcel.idempotency)
            .await;
        if let (
            RequestKind::Media,
            Answer::Http {
                status: 200, body, ..
            },
        ) = (parcel.request.kind, &answer)
        {
            self.sound.put_sound(&parcel.request.url, body);
        }
        if !parcel.is_copy {
            self.with(|engine| engine.answered(parcel.request.id, answer));
        }
        drop(under_way);
    }
}
