//! How processes that share a PostgreSQL wake each other. A SQLite file has one process, which needs no news.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgListener;
use tokio::sync::watch;

use super::{Kind, Write};
use crate::wakes::Wakes;

const EFFECTS: &str = "switchboard_effects";
const FLOOR: &str = "switchboard_floor";
const ROOMS: &str = "switchboard_rooms";
const PEOPLE: &str = "switchboard_people";

/// How long to wait before a listener that cannot connect tries again.
const AGAIN: Duration = Duration::from_secs(2);

impl Write<'_> {
    /// With this transaction, others learn that an effect may be due.
    pub(crate) async fn tell_of_effects(&mut self) -> Result<(), sqlx::Error> {
        self.tell(EFFECTS).await
    }

    /// With this transaction, others learn that the floor changed.
    pub(crate) async fn tell_of_floor(&mut self) -> Result<(), sqlx::Error> {
        self.tell(FLOOR).await
    }

    /// With this transaction, others learn that a room changed.
    pub(crate) async fn tell_of_rooms(&mut self) -> Result<(), sqlx::Error> {
        self.tell(ROOMS).await
    }

    /// With this transaction, others learn that somebody's sessions ended, or what they may do changed.
    pub(crate) async fn tell_of_people(&mut self) -> Result<(), sqlx::Error> {
        self.tell(PEOPLE).await
    }

    async fn tell(&mut self, channel: &'static str) -> Result<(), sqlx::Error> {
        let Some(name) = self.tells_as.clone() else {
            return Ok(());
        };
        sqlx::query("select pg_notify($1, $2)")
            .bind(channel)
            .bind(name.as_ref())
            .execute(&mut *self.transaction)
            .await
            .map(|_| ())
    }
}

/// A name that no other process has: each hears its own news as well, and has been woken by then.
pub(super) fn name() -> Arc<str> {
    // Every `RandomState` begins with keys of its own.
    let number = RandomState::new().build_hasher().finish();
    format!("{number:016x}").into()
}

/// Passes on what other processes tell, until `closed` says that the database is closed or its sender is gone.
#[expect(
    clippy::disallowed_methods,
    reason = "the listener belongs to the store and ends when it is closed or dropped"
)]
pub(super) fn listen(kind: &Kind, url: &str, wakes: &Wakes, closed: watch::Receiver<bool>) {
    match kind {
        Kind::Sqlite { .. } => {}
        Kind::Postgres { name } => {
            let name = Arc::clone(name);
            tokio::spawn(pass_on(url.to_owned(), name, wakes.clone(), closed));
        }
    }
}

async fn pass_on(url: String, name: Arc<str>, wakes: Wakes, mut closed: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            _ = closed.wait_for(|is_closed| *is_closed) => return,
            // However it ended, it is begun again: nobody relies on news alone.
            _ = hear(&url, &name, &wakes) => {}
        }
        let wait = closed.wait_for(|is_closed| *is_closed);
        if tokio::time::timeout(AGAIN, wait).await.is_ok() {
            return;
        }
    }
}

async fn hear(url: &str, name: &str, wakes: &Wakes) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen_all([EFFECTS, FLOOR, ROOMS, PEOPLE]).await?;
    loop {
        // What was told while nobody listened is looked for.
        wakes.effects();
        wakes.floor();
        wakes.rooms();
        wakes.people();
        while let Some(news) = listener.try_recv().await? {
            match news.channel() {
                _ if news.payload() == name => {}
                EFFECTS => wakes.effects(),
                FLOOR => wakes.floor(),
                ROOMS => wakes.rooms(),
                PEOPLE => wakes.people(),
                _ => {}
            }
        }
    }
}
