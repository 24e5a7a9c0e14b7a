//! The database and the room for it, the plan, and whether somebody can administer.

use std::path::Path;

use desk::setup::{Check, CheckId, CheckState};
use store::Store;

use super::ground::{Ground, Kept};
use super::processes;
use crate::chain::chain;
use crate::plans::Plans;

const MEGABYTE: u64 = 1_000_000;

/// Whether the database can be written, has its tables, and belongs to as many servers as it bears.
pub(super) async fn database(ground: &Ground) -> Check {
    let id = CheckId::Database;
    let store = match open(ground, id) {
        Ok(store) => store,
        Err(check) => return *check,
    };
    let wrong = |found: String, todo: &str| Check::new(id, CheckState::Wrong, found).and(todo);
    let asked = async {
        store.ping().await?;
        store.migrations().await
    };
    let (there, ours) = match tokio::time::timeout(ground.outside.patience, asked).await {
        Ok(Ok(versions)) => versions,
        Ok(Err(error)) => {
            return wrong(
                format!("It cannot be read and written: {}.", chain(&error)),
                "Check DATABASE_URL, the rights of its file and folder or of its user, and that its server runs. `switchboard serve` makes missing tables.",
            );
        }
        Err(_) => {
            return wrong(
                "It does not answer.".to_owned(),
                "Look whether another program holds it, or whether its server is overloaded.",
            );
        }
    };
    if there < ours {
        return wrong(
            format!("Its tables are of an earlier release: {there} of {ours} migrations are done."),
            "`switchboard serve` brings them up to date when it starts. Make a backup first.",
        );
    }
    if there > ours {
        return wrong(
            format!(
                "Its tables are of a later release: it has migration {there}, and this release ends at {ours}."
            ),
            "Use the release that wrote it, or go back to a backup.",
        );
    }
    let Some(file) = ground.database_file() else {
        return Check::good(id, format!("PostgreSQL answers, can be written, and has all {ours} migrations. Several servers may share it."))
            .with(vec!["Backup: `pg_dump` of the database, every night, to another machine.".to_owned()]);
    };
    let file = file.display().to_string();
    let backup = vec![format!(
        "Backup: `sqlite3 {file} \".backup 'copy.db'\"` while it runs, every night, to another machine."
    )];
    let others = processes::serving(Path::new(&file));
    let servers = others.map(|others| others + usize::from(ground.is_serving));
    match servers {
        Some(several) if several > 1 => wrong(
            format!("{several} servers work on the same SQLite file: agents and calls of one are not seen by the others."),
            "Run one, or share a PostgreSQL database among them.",
        )
        .with(backup),
        Some(_) => Check::good(id, format!("The SQLite file answers, can be written, and has all {ours} migrations. One server works on it.")).with(backup),
        None => Check::good(id, format!("The SQLite file answers, can be written, and has all {ours} migrations. Whether one server alone works on it cannot be told on this system.")).with(backup),
    }
}

/// Whether there is room.
pub(super) fn disk(ground: &Ground) -> Check {
    let id = CheckId::Disk;
    let Some(file) = ground.database_file() else {
        return Check::new(
            id,
            CheckState::Unknown,
            "PostgreSQL has its own machine, whose disk is not seen from here.",
        )
        .and("Watch it there.");
    };
    let absolute = std::path::absolute(&file).unwrap_or(file);
    // A folder that is not there yet will be made in the nearest one that is.
    let folder = absolute.ancestors().skip(1).find(|folder| folder.exists());
    let folder = folder.unwrap_or(Path::new("/"));
    let Some(free) = ground.outside.free.or_else(|| free(folder)) else {
        return Check::new(
            id,
            CheckState::Unknown,
            "This system does not tell how much room is left.",
        )
        .and("Look at it yourself.");
    };
    let least = ground.config.disk.least_mb * MEGABYTE;
    let found = format!("{} are free at {}.", size(free), folder.display());
    let recordings = vec!["Recordings stay with the carrier and take no room here.".to_owned()];
    let todo = "Make room, or move the database to a larger disk: when none is left, no call can be written down, and callers hear an apology.";
    if free < least / 10 {
        Check::new(id, CheckState::Wrong, found).and(todo)
    } else if free < least {
        Check::new(id, CheckState::Warning, found).and(todo)
    } else {
        Check::good(id, found).with(recordings)
    }
}

#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    let seen = rustix::fs::statvfs(folder).ok()?;
    seen.f_bavail.checked_mul(seen.f_frsize)
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}

fn size(bytes: u64) -> String {
    let megabytes = bytes / MEGABYTE;
    if megabytes < 10_000 {
        format!("{megabytes} MB")
    } else {
        format!("{} GB", megabytes / 1_000)
    }
}

/// Whether lines, directories and menus fit together.
pub(super) async fn plan(ground: &Ground) -> Check {
    let id = CheckId::Plan;
    let store = match open(ground, id) {
        Ok(store) => store,
        Err(check) => return *check,
    };
    match Plans::read(store).await {
        Ok(plans) => {
            let lines = plans.current().1.lines().count();
            Check::good(
                id,
                format!("{lines} lines, their directories and menus fit together."),
            )
        }
        Err(problem) => Check::new(id, CheckState::Wrong, format!("{}.", chain(&problem)))
            .and("`switchboard serve` fills an empty database with the seeds."),
    }
}

/// Whether somebody can administer.
pub(super) async fn people(ground: &Ground) -> Check {
    let id = CheckId::People;
    let store = match open(ground, id) {
        Ok(store) => store,
        Err(check) => return *check,
    };
    match store.has_admin(ground.clock.now()).await {
        Ok(true) => Check::good(id, "There is an admin."),
        Ok(false) => Check::new(
            id,
            CheckState::Warning,
            "There is no admin who can sign in.",
        )
        .and("`switchboard serve` prints a link that makes one."),
        Err(error) => Check::new(id, CheckState::Wrong, format!("{}.", chain(&error)))
            .and("See the check of the database."),
    }
}

/// The database, or the check that comes to nothing without it.
fn open(ground: &Ground, id: CheckId) -> Result<&Store, Box<Check>> {
    let is_it = id == CheckId::Database;
    match &ground.kept {
        Kept::Open(store) => Ok(store),
        Kept::Missing(file) => {
            let state = if is_it {
                CheckState::Warning
            } else {
                CheckState::Unknown
            };
            let check = Check::new(id, state, format!("{file} does not exist yet."));
            Err(Box::new(check.and("`switchboard serve` makes it.")))
        }
        Kept::Closed(why) => {
            let state = if is_it {
                CheckState::Wrong
            } else {
                CheckState::Unknown
            };
            let check = Check::new(id, state, format!("The database cannot be opened: {why}."));
            Err(Box::new(check.and(
                "Check DATABASE_URL, its rights, and that its server runs.",
            )))
        }
    }
}
