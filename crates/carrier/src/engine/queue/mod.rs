//! Queues: callers who wait, and those who take them (reference A.3.10, B.3, E.5, F.6).

mod line;
mod rest;
mod taking;
mod waiting;

use std::collections::BTreeMap;

pub use rest::{MemberView, QueueView};

pub(crate) use taking::Taking;
pub(crate) use waiting::Waiting;

use super::{Engine, QueueSid};
use line::Line;

/// All queues that were not deleted.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    lines: BTreeMap<QueueSid, Line>,
    made: u64,
}

impl Lines {
    fn named(&self, name: &str) -> Option<&Line> {
        self.lines.values().find(|line| line.name == name)
    }
}

impl Engine {
    fn add_queue(&mut self, name: &str, most: usize) -> QueueSid {
        let sid = self.ids.queue();
        self.queues.made += 1;
        let line = Line::new(sid.clone(), self.queues.made, name, most, self.now);
        self.queues.lines.insert(sid.clone(), line);
        sid
    }
}
