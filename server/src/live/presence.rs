//! Which browsers are there: a connection counts while its browser answers the pings.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use exchange::Moment;

use crate::chance;

/// How often a browser is asked whether it is there.
pub const PING_MS: i64 = 5_000;
/// A browser that has not answered for so long is gone.
pub const SILENCE_MS: i64 = 15_000;

/// The connections of one server; clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Presence(Arc<Mutex<BTreeMap<String, Seen>>>);

#[derive(Debug)]
struct Seen {
    user_name: Option<String>,
    heard: Moment,
}

/// What a server knows of a connection whose browser answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It counts.
    Here,
    /// It was silent for too long.
    Silent,
    /// It is none of this server's.
    NotHere,
}

/// A connection, which counts until this is dropped.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) name: String,
    presence: Presence,
}

impl Presence {
    /// Whether somebody with this user name has a browser that answers.
    #[must_use]
    pub fn is_here(&self, user_name: &str, now: Moment) -> bool {
        self.lock()
            .values()
            .filter(|seen| seen.user_name.as_deref() == Some(user_name))
            .any(|seen| !is_silent(seen.heard, now))
    }

    /// A browser answered: what is known of its connection.
    #[must_use]
    pub fn hear(&self, connection: &str, now: Moment) -> Known {
        let mut connections = self.lock();
        match connections.get_mut(connection) {
            Some(seen) if !is_silent(seen.heard, now) => {
                seen.heard = now;
                Known::Here
            }
            Some(_) => Known::Silent,
            None => Known::NotHere,
        }
    }

    /// A browser connected.
    pub(super) fn enter(&self, user_name: Option<String>, now: Moment) -> Connection {
        let name = chance::secret();
        let seen = Seen {
            user_name,
            heard: now,
        };
        self.lock().insert(name.clone(), seen);
        Connection {
            name,
            presence: self.clone(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    /// Whether its browser has not answered for too long.
    pub(super) fn is_silent(&self, now: Moment) -> bool {
        self.presence
            .lock()
            .get(&self.name)
            .is_none_or(|seen| is_silent(seen.heard, now))
    }

    /// Its browser answered at this moment, though not to this server.
    pub(super) fn was_heard(&self, at: Moment) {
        if let Some(seen) = self.presence.lock().get_mut(&self.name) {
            seen.heard = seen.heard.max(at);
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.presence.lock().remove(&self.name);
    }
}

const fn is_silent(heard: Moment, now: Moment) -> bool {
    now.0 - heard.0 >= SILENCE_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_here_while_one_of_their_browsers_answers() {
        let presence = Presence::default();
        let first = presence.enter(Some("ana".to_owned()), Moment(0));
        let second = presence.enter(Some("ana".to_owned()), Moment(0));

        assert_eq!(presence.hear(&second.name, Moment(10_000)), Known::Here);

        assert!(presence.is_here("ana", Moment(20_000)));
        assert!(first.is_silent(Moment(20_000)) && !second.is_silent(Moment(20_000)));
        drop(second);
        assert!(!presence.is_here("ana", Moment(20_000)));
        assert!(!presence.is_here("ben", Moment(0)));
    }

    #[test]
    fn an_answer_that_comes_too_late_does_not_count() {
        let presence = Presence::default();
        let connection = presence.enter(None, Moment(0));

        let late = presence.hear(&connection.name, Moment(SILENCE_MS));
        assert_eq!(late, Known::Silent);
        assert_eq!(presence.hear("a guess", Moment(0)), Known::NotHere);
        connection.was_heard(Moment(10_000));
        assert!(!connection.is_silent(Moment(20_000)), "another server told");
    }
}
