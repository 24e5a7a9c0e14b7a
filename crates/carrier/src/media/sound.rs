//! Sound, running: ports are opened and tied to legs, and every 20 ms a step is mixed.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::runtime::Handle;
use tokio::sync::{mpsc, watch};
use twilio::CallSid;

use super::connection::{Connection, Side};
use super::desk::{Desk, heard_by};
use super::pace::{self, Metronome, Pace};
use super::port::{News, Port};
use super::{MediaError, MediaKind, PortId, SoundEvent, canned};
use crate::engine::{RecordingSid, SoundPlan, Time};
use crate::mix::{Frame, Level, Levels, SILENCE, Source};
use crate::wave;

/// What may wait to be read of what ports report; more is lost, and logged.
const MOST_UNREAD: usize = 4_096;

/// Ports and the mixer between them. Clones are the same; it ends with the last.
///
/// No method waits for the network, and none takes long: session descriptions are read and written, a step is mixed in
/// at most a few milliseconds. Still, call them outside of other locks.
#[derive(Clone, Debug)]
pub struct Sound {
    inside: Arc<Inside>,
}

#[derive(Debug)]
struct Inside {
    kind: MediaKind,
    runtime: Handle,
    next_port: AtomicU64,
    ports: Mutex<BTreeMap<PortId, Link>>,
    desk: Mutex<Desk>,
    next_plan: Mutex<Option<Arc<SoundPlan>>>,
    events: mpsc::Sender<SoundEvent>,
    pace: watch::Sender<Pace>,
}

/// What is behind a port.
#[derive(Clone, Debug)]
enum Link {
    /// Nobody.
    Canned,
    /// A connection.
    WebRtc(Arc<Port>),
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sound {
    /// Starts, on the runtime of now. `now` is the carrier's clock; it says how far something has come that began before
    /// it was in the plan. Without sound nothing runs.
    pub fn start(
        kind: MediaKind,
        now: impl Fn() -> Time + Send + Sync + 'static,
    ) -> (Self, mpsc::Receiver<SoundEvent>) {
        let (events, told) = mpsc::channel(MOST_UNREAD);
        let inside = Arc::new(Inside {
            kind,
            runtime: Handle::current(),
            next_port: AtomicU64::new(1),
            ports: Mutex::default(),
            desk: Mutex::default(),
            next_plan: Mutex::default(),
            events,
            pace: watch::Sender::default(),
        });
        let sound = Self { inside };
        if sound.flows() {
            let weak = Arc::downgrade(&sound.inside);
            let _detached = sound.inside.runtime.spawn(keep_pace(weak, now));
        }
        (sound, told)
    }

    /// What it was started with.
    #[must_use]
    pub fn kind(&self) -> MediaKind {
        self.inside.kind
    }

    /// Whether there is any.
    #[must_use]
    pub fn flows(&self) -> bool {
        match self.inside.kind {
            MediaKind::None => false,
            MediaKind::WebRtc { .. } => true,
        }
    }

    /// Opens a port and offers a connection.
    ///
    /// # Errors
    /// When no socket can be had.
    pub fn offer(&self) -> Result<(PortId, String), MediaError> {
        let id = self.next_port();
        let (link, offer) = match self.inside.kind {
            MediaKind::None => (Link::Canned, canned::offer(id)),
            MediaKind::WebRtc { address } => self.open(id, address, Connection::offer)?,
        };
        lock(&self.inside.ports).insert(id, link);
        Ok((id, offer))
    }

    /// Takes the other side's answer to an offer.
    ///
    /// # Errors
    /// When the port is closed, no offer waits, or the answer cannot be used.
    pub fn accept_answer(&self, port: PortId, answer: &str) -> Result<(), MediaError> {
        match self.link(port)? {
            Link::Canned => Ok(()),
            Link::WebRtc(port) => port.with(|connection| connection.accept_answer(answer)),
        }
    }

    /// Opens a port and answers an offer.
    ///
    /// # Errors
    /// When the offer cannot be used, or no socket can be had.
    pub fn answer(&self, offer: &str) -> Result<(PortId, String), MediaError> {
        let id = self.next_port();
        let (link, answer) = match self.inside.kind {
            MediaKind::None => (Link::Canned, canned::answer(id, offer)?),
            MediaKind::WebRtc { address } => {
                self.open(id, address, |connection| connection.answer(offer))?
            }
        };
        lock(&self.inside.ports).insert(id, link);
        Ok((id, answer))
    }

    /// Answers a further offer of the other side, which looks for a new way after the connection was lost. It heals what
    /// [`lose`](Self::lose) cut.
    ///
    /// # Errors
    /// When the port is closed, or the offer cannot be used.
    pub fn reoffer(&self, port: PortId, offer: &str) -> Result<String, MediaError> {
        match self.link(port)? {
            Link::Canned => canned::answer(port, offer),
            Link::WebRtc(port) => {
                let answer = port.with(|connection| connection.answer(offer))?;
                port.cut(false);
                Ok(answer)
            }
        }
    }

    /// Closes a port. One that is closed already stays so.
    pub fn close(&self, port: PortId) {
        match lock(&self.inside.ports).remove(&port) {
            Some(Link::WebRtc(port)) => port.close(),
            Some(Link::Canned) | None => {}
        }
    }

    /// Makes a port the far end of a leg. Several may be: their voices are one, and all hear the same.
    pub fn tie(&self, port: PortId, leg: &CallSid) {
        if let Ok(Link::WebRtc(port)) = self.link(port) {
            port.tie(Some(leg.clone()));
        }
    }

    /// Leaves a port open that is the far end of nothing; it hears silence.
    pub fn untie(&self, port: PortId) {
        if let Ok(Link::WebRtc(port)) = self.link(port) {
            port.tie(None);
        }
    }

    /// Cuts a port off, or lets sound through again: a fault that a browser notices and heals by a new offer.
    pub fn lose(&self, port: PortId, is_lost: bool) {
        if let Ok(Link::WebRtc(port)) = self.link(port) {
            port.cut(is_lost);
        }
    }

    /// Lets everybody hear what the plan says, from the next step on.
    pub fn set_plan(&self, plan: Arc<SoundPlan>) {
        if self.flows() {
            *lock(&self.inside.next_plan) = Some(plan);
        }
    }

    /// Keeps a fetched sound, to be played when the plan names its URL. Says whether it is a WAV file that can be played;
    /// others stay silent.
    pub fn put_sound(&self, url: &str, file: &[u8]) -> bool {
        let samples = wave::samples(file);
        let can_be_played = samples.is_some();
        if let Some(samples) = samples.filter(|_| self.flows()) {
            lock(&self.inside.desk).mixer.put_sound(url, samples);
        }
        can_be_played
    }

    /// Puts a source in the place of a leg's voice, or takes it away.
    pub fn set_source(&self, leg: &CallSid, source: Option<Source>) {
        if self.flows() {
            lock(&self.inside.desk).set_source(leg, source);
        }
    }

    /// How loud a leg's far end was in the last half second, and what it heard. A leg is measured from the first question
    /// or source on, so that the first answer is silence.
    #[must_use]
    pub fn levels(&self, leg: &CallSid) -> Levels {
        if !self.flows() {
            return Levels::default();
        }
        let (said, heard) = lock(&self.inside.desk).latest(leg);
        Levels {
            said: Level::of(&said),
            heard: Level::of(&heard),
        }
    }

    /// A recording as a WAV file, as far as it has come; nothing for one that no sound was kept of.
    #[must_use]
    pub fn recording(&self, sid: &RecordingSid) -> Option<Vec<u8>> {
        lock(&self.inside.desk).mixer.recording(sid)
    }

    /// Gives up a recording that is deleted.
    pub fn forget_recording(&self, sid: &RecordingSid) {
        lock(&self.inside.desk).mixer.forget_recording(sid);
    }

    /// How the steps kept time so far.
    #[must_use]
    pub fn pace(&self) -> Pace {
        *self.inside.pace.borrow()
    }

    /// Waits until so many more steps are mixed, 20 ms each; without sound not at all.
    pub async fn pass(&self, steps: u64) {
        if self.flows() {
            let until = self.pace().steps.saturating_add(steps);
            let mut pace = self.inside.pace.subscribe();
            // The sender lives in `self`, so the channel cannot end.
            let _ = pace.wait_for(|pace| pace.steps >= until).await;
        }
    }

    fn next_port(&self) -> PortId {
        PortId(self.inside.next_port.fetch_add(1, Ordering::Relaxed))
    }

    fn link(&self, port: PortId) -> Result<Link, MediaError> {
        let ports = lock(&self.inside.ports);
        ports.get(&port).cloned().ok_or(MediaError::NoPort)
    }

    fn open(
        &self,
        id: PortId,
        address: IpAddr,
        describe: impl FnOnce(&mut Connection) -> Result<String, MediaError>,
    ) -> Result<(Link, String), MediaError> {
        let (port, socket) = Port::open(Side::Carrier, address, &self.inside.runtime)?;
        let description = port.with(describe)?;
        let (carried, weak) = (Arc::clone(&port), Arc::downgrade(&self.inside));
        let _detached = self.inside.runtime.spawn(async move {
            let tell = |news| {
                if let Some(inside) = weak.upgrade() {
                    inside.tell(id, &carried, news);
                }
            };
            carried.carry_on(socket, tell).await;
        });
        Ok((Link::WebRtc(port), description))
    }
}

impl Inside {
    fn tell(&self, id: PortId, port: &Port, news: News) {
        let event = match news {
            News::Pressed(key) => match port.leg() {
                Some(leg) => SoundEvent::Pressed { leg, key },
                None => return,
            },
            News::Connected => SoundEvent::Connected(id),
            News::Lost => SoundEvent::Lost(id),
        };
        self.report(event);
    }

    fn report(&self, event: SoundEvent) {
        match self.events.try_send(event) {
            // Nobody may want to know.
            Ok(()) | Err(mpsc::error::TrySendError::Closed(_)) => {}
            Err(mpsc::error::TrySendError::Full(_)) => {
                tracing::warn!("ports report more than is read");
            }
        }
    }

    fn step(&self, now: Time) {
        let ports: Vec<Arc<Port>> = lock(&self.ports)
            .values()
            .filter_map(|link| match link {
                Link::Canned => None,
                Link::WebRtc(port) => Some(Arc::clone(port)),
            })
            .collect();
        let mut voices: BTreeMap<CallSid, Frame> = BTreeMap::new();
        let mut ears: Vec<(Arc<Port>, Option<CallSid>)> = Vec::with_capacity(ports.len());
        for port in ports {
            let leg = port.leg();
            if let (Some(frame), Some(leg)) = (port.hear(), &leg) {
                let voice = voices.entry(leg.clone()).or_insert(SILENCE);
                for (sample, more) in voice.iter_mut().zip(frame) {
                    *sample = sample.saturating_add(more);
                }
            }
            ears.push((port, leg));
        }
        let mut desk = lock(&self.desk);
        if let Some(plan) = lock(&self.next_plan).take() {
            desk.set_plan(&plan);
        }
        let heard = desk.step(now, voices);
        for (port, leg) in ears {
            let frame = leg.and_then(|leg| heard_by(heard, &leg));
            port.say(frame.copied().unwrap_or(SILENCE));
        }
        for leg in desk.spoke() {
            self.report(SoundEvent::Spoke { leg });
        }
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        for link in lock(&self.ports).values() {
            match link {
                Link::Canned => {}
                Link::WebRtc(port) => port.close(),
            }
        }
    }
}

/// Mixes step by step, until nobody has the sound any more.
async fn keep_pace(inside: Weak<Inside>, now: impl Fn() -> Time + Send) {
    let mut metronome = Metronome::new();
    loop {
        metronome.tick().await;
        let Some(inside) = inside.upgrade() else {
            return;
        };
        let begins = pace::now();
        inside.step(now());
        metronome.mixed(begins);
        inside.pace.send_replace(metronome.pace);
    }
}
