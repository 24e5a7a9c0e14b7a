//! What the call desk remembers, in SQLite or PostgreSQL by one SQL text.
//!
//! Everything that is decided about a call goes through [`Store::commit`], which shares one
//! transaction among all that wait for it. `dialect.rs` is the one file where the databases differ.

#![warn(missing_docs)]

mod agents;
mod audit;
mod batch;
mod borne;
mod calls;
mod change;
mod consoles;
mod creations;
mod dialect;
mod error;
mod floor;
mod gatherings;
mod history;
mod inbox;
mod journal;
mod left_out;
mod number_changes;
mod outbox;
mod people;
mod plan;
mod retention;
mod rooms;
mod scratch;
mod sessions;
mod shape;
mod stamp;
mod standing;
mod talks;
mod throttle;
mod tries;
mod views;
mod wakes;
mod writer;

use std::fmt;
use std::sync::Arc;

use tokio::sync::{mpsc, watch};

pub use agents::{Console, KnownAgent, Newcomer};
pub use audit::{AUDIT_PER_PAGE, AuditQuery, Audited};
pub use borne::LegClaim;
pub use change::{
    AgentChange, Change, Commit, EffectId, Entry, NewEffect, PlanVersion, Request, RoomChange,
    Version,
};
pub use error::Error;
pub use floor::{FloorChange, OnFloor};
pub use gatherings::{GATHERINGS_PER_PAGE, LoggedLine};
pub use inbox::{InboxEntry, InboxKind, WrapUpNote};
pub use number_changes::NumberChange;
pub use outbox::Claimed;
pub use people::{Kept, Link, Linked, NewPerson, Person, PersonChange, UsedLink};
pub use plan::{
    ChangeKind, DirectoryChange, KeptDirectory, ListedDirectory, Mark, MenuDraft, MenuVersion,
    OfficeChange, PastChange, PlanEditing, RowChange, Seeded, Thing, Upload,
};
pub use retention::{Erased, Keepable, KeptFor, Traces};
pub use rooms::KnownRoom;
pub use scratch::{Scratch, TEST_POSTGRES};
pub use sessions::{Sessions, USER_NAME};
pub use stamp::AgentsStamp;
pub use throttle::Throttle;
pub use tries::Tries;
pub use views::CALLS_PER_PAGE;

use calls::Memory;
use dialect::Database;
use error::Doing;
use left_out::LeftOut;
use wakes::Wakes;
use writer::Message;

/// An open database. Cheap to clone; the clones share its connections and its one writer.
#[derive(Clone)]
pub struct Store {
    db: Database,
    memory: Arc<Memory>,
    writer: mpsc::Sender<Message>,
    wakes: Wakes,
    left_out: Arc<LeftOut>,
}

impl Store {
    /// Opens the database at `sqlite://path` or `postgres://…`.
    ///
    /// A missing SQLite file is created with its folder; the tables are [`Store::migrate`]'s.
    /// It must be called within a Tokio runtime, on which the store's writer then runs.
    ///
    /// # Errors
    /// When the address is none, or the database cannot be reached.
    pub async fn open(url: &str) -> Result<Self, Error> {
        let db = Database::open(url).await?;
        let memory = Arc::new(Memory::default());
        let wakes = Wakes::new();
        let writer = writer::start(db.clone(), Arc::clone(&memory), wakes.clone());
        db.listen(url, &wakes);
        Ok(Self {
            db,
            memory,
            writer,
            wakes,
            left_out: Arc::default(),
        })
    }

    /// Brings the tables up to date with this release.
    ///
    /// # Errors
    /// When a migration fails, or the database was migrated by a later release.
    pub async fn migrate(&self) -> Result<(), Error> {
        self.db.migrate().await
    }

    /// Whether other processes may work on the database at the same time.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        self.db.is_shared()
    }

    /// Asks the database whether a call could be written; nothing is.
    ///
    /// # Errors
    /// When it could not.
    pub async fn ping(&self) -> Result<(), Error> {
        let doing = "try whether the database can be written";
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "
            update facts
            set value = value
            where name = 'ping'
            ",
        )
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.rollback().await.doing(doing)
    }

    /// Tells whenever an effect may be due, whichever process decided it.
    #[must_use]
    pub fn effects_wake(&self) -> watch::Receiver<()> {
        self.wakes.of_effects()
    }

    /// Tells whenever an agent, a console, the queue or the inbox may have changed, in whichever process.
    #[must_use]
    pub fn floor_wakes(&self) -> watch::Receiver<()> {
        self.wakes.of_floor()
    }

    /// Tells whenever a room or somebody in one may have changed, in whichever process.
    #[must_use]
    pub fn rooms_wakes(&self) -> watch::Receiver<()> {
        self.wakes.of_rooms()
    }

    /// Tells whenever somebody's sessions ended, or what they may do changed, in whichever process.
    #[must_use]
    pub fn people_wakes(&self) -> watch::Receiver<()> {
        self.wakes.of_people()
    }

    /// Writes what still waits, then closes all connections.
    pub async fn close(&self) {
        writer::stop(&self.writer).await;
        self.db.close().await;
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}
