//! A browser's end of a connection without a browser, for tests and measurements.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;

use super::MediaError;
use super::connection::{Connection, Side};
use super::pace::{self, Metronome};
use super::port::{News, Port};
use crate::mix::{Level, Meter, SILENCE, Source, Speaker};

/// Says what a source says, and measures what it hears. It looks for the carrier by itself, as a browser does, and sends
/// a step every 20 ms. It ends when it is dropped.
#[derive(Debug)]
pub struct Headset {
    port: Arc<Port>,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    speaker: Speaker,
    heard: Meter,
    is_connected: bool,
    /// Keys that are still to be pressed, and when the next may be.
    keys: VecDeque<char>,
    next_key: Instant,
}

/// From the beginning of one key to that of the next.
const KEY: Duration = Duration::from_millis(200);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// The key that is pressed at this moment.
    fn next_key(&mut self) -> Option<char> {
        if !self.is_connected || pace::now() < self.next_key {
            return None;
        }
        let key = self.keys.pop_front()?;
        self.next_key = pace::now() + KEY;
        Some(key)
    }
}

impl Headset {
    /// Offers a connection, on the runtime of now.
    ///
    /// # Errors
    /// When no socket can be had on the address.
    pub fn offer(address: IpAddr) -> Result<(Self, String), MediaError> {
        Self::open(address, Connection::offer)
    }

    /// Answers an offer of the carrier.
    ///
    /// # Errors
    /// When the offer cannot be used, or no socket can be had.
    pub fn answer(address: IpAddr, offer: &str) -> Result<(Self, String), MediaError> {
        Self::open(address, |connection| connection.answer(offer))
    }

    fn open(
        address: IpAddr,
        describe: impl FnOnce(&mut Connection) -> Result<String, MediaError>,
    ) -> Result<(Self, String), MediaError> {
        let runtime = Handle::current();
        let (port, socket) = Port::open(Side::Browser, address, &runtime)?;
        let description = port.with(describe)?;
        let state = Arc::new(Mutex::new(State {
            speaker: Speaker::new(Source::Silence),
            heard: Meter::default(),
            is_connected: false,
            keys: VecDeque::new(),
            next_key: pace::now(),
        }));
        let (carried, told) = (Arc::clone(&port), Arc::clone(&state));
        let _detached = runtime.spawn(async move {
            let tell = |news| match news {
                News::Connected => lock(&told).is_connected = true,
                News::Lost => lock(&told).is_connected = false,
                News::Pressed(_) => {}
            };
            carried.carry_on(socket, tell).await;
        });
        let (talking, told) = (Arc::downgrade(&port), Arc::clone(&state));
        let _detached = runtime.spawn(async move {
            let mut metronome = Metronome::new();
            loop {
                metronome.tick().await;
                let Some(port) = talking.upgrade().filter(|port| !port.is_over()) else {
                    return;
                };
                let mut state = lock(&told);
                state.heard.take(&port.hear().unwrap_or(SILENCE));
                let frame = state.speaker.step();
                let key = state.next_key();
                drop(state);
                port.say(frame);
                if let Some(key) = key {
                    port.with(|connection| connection.press(key, pace::now()));
                }
            }
        });
        Ok((Self { port, state }, description))
    }

    /// Takes the carrier's answer to the offer.
    ///
    /// # Errors
    /// When no offer waits, or the answer cannot be used.
    pub fn accept_answer(&self, answer: &str) -> Result<(), MediaError> {
        self.port
            .with(|connection| connection.accept_answer(answer))
    }

    /// Looks for a new way to the carrier: an offer that is for [`Sound::reoffer`](super::Sound::reoffer).
    ///
    /// # Errors
    /// When none can be made.
    pub fn reoffer(&self) -> Result<String, MediaError> {
        self.port.with(Connection::reoffer)
    }

    /// Says something else from now on.
    pub fn say(&self, source: Source) {
        lock(&self.state).speaker = Speaker::new(source);
    }

    /// Presses a key for a tenth of a second, once there is a connection and a pause after the one before.
    pub fn press(&self, key: char) {
        lock(&self.state).keys.push_back(key);
    }

    /// What it heard in the last half second, as samples.
    #[must_use]
    pub fn latest(&self) -> Vec<i16> {
        lock(&self.state).heard.latest()
    }

    /// What it heard in the last half second, measured.
    #[must_use]
    pub fn heard(&self) -> Level {
        Level::of(&self.latest())
    }

    /// Whether sound can flow.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        lock(&self.state).is_connected
    }
}

impl Drop for Headset {
    fn drop(&mut self) {
        self.port.close();
    }
}
