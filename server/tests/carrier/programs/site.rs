//! Programs on one database, the carrier that brings them calls, and what stands between the two.

use carrier::face::ClockKind;
use carrier::face::faults::FaultPlan;
use server::seeds;
use store::Scratch;
use tempfile::TempDir;

use super::program::Program;
use super::relay::Relay;
use crate::stage::{Stage, carrier_for, settings};

/// How long a program may take to answer, in milliseconds.
pub(super) const COMES_UP_WITHIN_MS: i64 = 30_000;

/// Where programs run.
pub(super) struct Site {
    pub(super) stage: Stage,
    pub(super) programs: Vec<Program>,
    relay: Relay,
    folder: TempDir,
}

impl Site {
    /// So many programs are started, and do not answer yet.
    pub(super) async fn open(scratch: Scratch, seed: u64, count: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut programs: Vec<Program> = (0..count)
            .map(|number| Program::new(folder.path().join(format!("{number}.log"))))
            .collect();
        let relay = Relay::to(programs.iter().map(|one| one.address).collect()).await;
        let rows = seeds::rows().expect("seeds that can be read");
        let seeded = scratch.store().seed(&rows).await;
        seeded.expect("an empty database takes the seeds");
        let url = scratch.url().to_owned();
        let faults = FaultPlan::default();
        let carrier = carrier_for(&relay.public, &rows, (seed, ClockKind::Real, faults)).await;
        for program in &mut programs {
            let mut vars = settings(&relay.public, &carrier);
            vars.push(("DATABASE_URL", url.clone()));
            program.set(vars);
            program.start();
        }
        Self {
            stage: Stage::beside(&relay.public, scratch, carrier).await,
            programs,
            relay,
            folder,
        }
    }

    /// Whether every program answers.
    pub(super) fn is_up(&self) -> bool {
        self.programs.iter().all(Program::answers)
    }

    /// Kills a program.
    pub(super) fn kills(&mut self, number: usize) {
        let program = &mut self.programs[number];
        assert!(program.runs(), "it ended by itself: {}", program.said());
        program.kill();
    }

    /// What the programs logged last.
    pub(super) fn said(&self) -> Vec<String> {
        self.programs.iter().map(Program::said).collect()
    }

    pub(super) async fn close(self) {
        drop(self.programs);
        drop(self.relay);
        self.stage.end().await;
        drop(self.folder);
    }
}
