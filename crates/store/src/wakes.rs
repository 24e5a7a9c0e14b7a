//! Wake-ups: whoever waits for something to do is told when there may be something.
//!
//! A wake-up says nothing but that it is worth looking. It may come once for many changes, or for
//! none; it is never the only reason to look.

use tokio::sync::watch;

/// Who is to be woken.
#[derive(Clone, Debug)]
pub(crate) struct Wakes {
    effects: watch::Sender<()>,
    floor: watch::Sender<()>,
    rooms: watch::Sender<()>,
    people: watch::Sender<()>,
}

impl Wakes {
    pub(crate) fn new() -> Self {
        Self {
            effects: watch::Sender::new(()),
            floor: watch::Sender::new(()),
            rooms: watch::Sender::new(()),
            people: watch::Sender::new(()),
        }
    }

    /// An effect may be due.
    pub(crate) fn effects(&self) {
        self.effects.send_replace(());
    }

    /// An agent, a console or the queue changed.
    pub(crate) fn floor(&self) {
        self.floor.send_replace(());
    }

    /// A room, or somebody in one, changed.
    pub(crate) fn rooms(&self) {
        self.rooms.send_replace(());
    }

    /// Somebody's sessions ended, or what they may do changed.
    pub(crate) fn people(&self) {
        self.people.send_replace(());
    }

    pub(crate) fn of_effects(&self) -> watch::Receiver<()> {
        self.effects.subscribe()
    }

    pub(crate) fn of_floor(&self) -> watch::Receiver<()> {
        self.floor.subscribe()
    }

    pub(crate) fn of_rooms(&self) -> watch::Receiver<()> {
        self.rooms.subscribe()
    }

    pub(crate) fn of_people(&self) -> watch::Receiver<()> {
        self.people.subscribe()
    }
}
