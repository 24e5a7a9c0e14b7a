//! The one task that writes changes of calls: everything that waits goes into one transaction.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use exchange::{Call, CallSid};
use sqlx::Any;
use sqlx::pool::PoolConnection;
use tokio::sync::{mpsc, oneshot};

use crate::batch::{self, Prepared, Written};
use crate::calls::Memory;
use crate::dialect::Database;
use crate::error::Error;
use crate::shape::MOST_ROWS;
use crate::wakes::Wakes;
use crate::{Change, Commit, Store};

/// The most changes that one transaction takes: as many as one statement writes.
const BATCH: usize = MOST_ROWS;

/// How many changes may wait before whoever brings another has to.
const WAITING: usize = 1024;

/// How long one transaction may take.
const BATCH_TIME: Duration = Duration::from_secs(4);

/// How long a change may wait for its turn and its transaction, and a read for its answer. The
/// carrier gives up on an answer after 15 seconds (reference A.1.4), and a step may need two of these.
pub(crate) const PATIENCE: Duration = Duration::from_secs(6);

pub(crate) enum Message {
    Write(Box<Job>),
    Stop(oneshot::Sender<()>),
}

pub(crate) struct Job {
    prepared: Prepared,
    call: Call,
    answer: oneshot::Sender<Result<Commit, Error>>,
}

impl Store {
    /// Writes one step of a call, with its line in the journal and its effects.
    ///
    /// When it returns [`Commit::Committed`] the step is on disk.
    ///
    /// # Errors
    /// When the database fails; then the step may or may not have been written, and the same step
    /// may be brought again: its identity or its version tells.
    pub async fn commit(&self, change: Change) -> Result<Commit, Error> {
        let (prepared, call) = Prepared::new(change)?;
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Job {
            prepared,
            call,
            answer,
        });
        self.writer
            .send(Message::Write(job))
            .await
            .map_err(|_| Error::Closed)?;
        match tokio::time::timeout(PATIENCE, answered).await {
            Ok(outcome) => outcome.map_err(|_| Error::Closed)?,
            Err(_) => Err(Error::Late {
                doing: "write to the database",
            }),
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the writer belongs to the store, is waited for by `Store::close`, and ends when the last store is dropped"
)]
pub(crate) fn start(db: Database, memory: Arc<Memory>, wakes: Wakes) -> mpsc::Sender<Message> {
    let (sender, inbox) = mpsc::channel(WAITING);
    let writer = Writer {
        db,
        memory,
        wakes,
        connection: None,
    };
    tokio::spawn(writer.run(inbox));
    sender
}

/// Waits until all that was sent before is written.
pub(crate) async fn stop(writer: &mpsc::Sender<Message>) {
    let (stopped, is_stopped) = oneshot::channel();
    if writer.send(Message::Stop(stopped)).await.is_ok() {
        is_stopped.await.ok();
    }
}

struct Writer {
    db: Database,
    memory: Arc<Memory>,
    wakes: Wakes,
    connection: Option<PoolConnection<Any>>,
}

impl Writer {
    async fn run(mut self, mut inbox: mpsc::Receiver<Message>) {
        let mut waiting: VecDeque<Job> = VecDeque::new();
        let mut stopping: Vec<oneshot::Sender<()>> = Vec::new();
        loop {
            if waiting.is_empty() {
                if !stopping.is_empty() {
                    break;
                }
                let Some(message) = inbox.recv().await else {
                    break;
                };
                sort(message, &mut waiting, &mut stopping);
            }
            // Whoever was answered just now may have something again, and shares this transaction.
            tokio::task::yield_now().await;
            while let Ok(message) = inbox.try_recv() {
                sort(message, &mut waiting, &mut stopping);
            }
            let batch = next_batch(&mut waiting);
            if !batch.is_empty() {
                self.write_all(batch).await;
            }
        }
        drop(self);
        for stopped in stopping {
            stopped.send(()).ok();
        }
    }

    async fn write_all(&mut self, batch: Vec<Job>) {
        let (prepared, waiters): (Vec<Prepared>, Vec<_>) = batch
            .into_iter()
            .map(|job| (job.prepared, (job.call, job.answer)))
            .unzip();
        let outcomes = self.write_together_or_alone(&prepared).await;
        for ((call, answer), outcome) in waiters.into_iter().zip(outcomes) {
            match &outcome {
                Ok(Commit::Committed(version)) => self.memory.put(*version, call),
                Ok(Commit::Conflict) | Err(_) => self.memory.forget(&call.sid),
                Ok(Commit::StalePlan(_) | Commit::Duplicate { .. }) => {}
            }
            answer.send(outcome).ok();
        }
    }

    async fn write_together_or_alone(&mut self, batch: &[Prepared]) -> Vec<Result<Commit, Error>> {
        match self.write(batch).await {
            Ok(written) => self.wake(written).into_iter().map(Ok).collect(),
            Err(error) if batch::collided(&error) || batch::is_of_one(&error) => {
                let mut outcomes = Vec::with_capacity(batch.len());
                for one in batch {
                    outcomes.push(self.write_alone(one).await);
                }
                outcomes
            }
            Err(error) => batch.iter().map(|_| Err(error.clone())).collect(),
        }
    }

    /// What collided with another process' write is decided by looking again, once that is written.
    async fn write_alone(&mut self, one: &Prepared) -> Result<Commit, Error> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.write(std::slice::from_ref(one)).await {
                Ok(written) => return Ok(self.wake(written).remove(0)),
                Err(error) if tries < 3 && batch::collided(&error) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Tells those who wait for what is committed now.
    fn wake(&self, written: Written) -> Vec<Commit> {
        if written.wakes_effects {
            self.wakes.effects();
        }
        if written.wakes_floor {
            self.wakes.floor();
        }
        if written.wakes_rooms {
            self.wakes.rooms();
        }
        written.commits
    }

    async fn write(&mut self, batch: &[Prepared]) -> Result<Written, Error> {
        tokio::time::timeout(BATCH_TIME, self.write_on_some_connection(batch))
            .await
            .unwrap_or(Err(Error::Late {
                doing: "write to the database",
            }))
    }

    /// A kept connection may be dead since it was last used; then nothing has been written on it.
    async fn write_on_some_connection(&mut self, batch: &[Prepared]) -> Result<Written, Error> {
        if let Some(mut kept) = self.connection.take() {
            let written = match self.db.begin_on(&mut kept).await {
                Ok(tx) => Some(batch::write(tx, batch).await),
                Err(_) => None,
            };
            if let Some(result) = written {
                return self.keep_if_sound(kept, result);
            }
        }
        let mut fresh = self.db.read().await?;
        fresh.close_on_drop();
        let tx = self.db.begin_on(&mut fresh).await?;
        let result = batch::write(tx, batch).await;
        self.keep_if_sound(fresh, result)
    }

    fn keep_if_sound<T>(
        &mut self,
        connection: PoolConnection<Any>,
        result: Result<T, Error>,
    ) -> Result<T, Error> {
        let is_sound = |error| batch::collided(error) || batch::is_of_one(error);
        if result.as_ref().map_or_else(is_sound, |_| true) {
            self.connection = Some(connection);
        }
        result
    }
}

fn sort(message: Message, waiting: &mut VecDeque<Job>, stopping: &mut Vec<oneshot::Sender<()>>) {
    match message {
        Message::Write(job) => waiting.push_back(*job),
        Message::Stop(stopped) => stopping.push(stopped),
    }
}

/// Takes the longest-waiting changes, one of each call, in the order of the calls' ids: two
/// processes that write the same calls then wait for each other instead of blocking each other.
///
/// It takes a power of two of them, for which one statement a table is enough; the others come first
/// in the next batch, and whatever arrives meanwhile fills it up. A change that concerns agents or a
/// room, and is refused as a whole when one of them has moved on, has a transaction of its own.
fn next_batch(waiting: &mut VecDeque<Job>) -> Vec<Job> {
    let mut calls: BTreeSet<CallSid> = BTreeSet::new();
    let mut batch = Vec::with_capacity(waiting.len().min(BATCH));
    let mut later = VecDeque::new();
    while let Some(job) = waiting.pop_front() {
        let is_alone = job.prepared.is_alone();
        if is_alone && calls.is_empty() {
            batch.push(job);
            later.append(waiting);
            break;
        }
        if calls.insert(job.call.sid.clone()) && !is_alone && batch.len() < BATCH {
            batch.push(job);
        } else {
            later.push_back(job);
        }
    }
    while !batch.len().is_power_of_two()
        && let Some(job) = batch.pop()
    {
        later.push_front(job);
    }
    *waiting = later;
    batch.sort_by(|a, b| a.call.sid.cmp(&b.call.sid));
    batch
}
