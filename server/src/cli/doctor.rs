//! `switchboard doctor`: the checks of the page `/setup`, at the command line.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use desk::setup::{Check, CheckId, CheckState};
use store::Store;

use super::Trouble;
use crate::chain::chain;
use crate::config::{Config, ConfigError};
use crate::setup::{self, Ground, Kept};

/// A database that has not answered by then counts as gone.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn run(config: Result<Config, ConfigError>, as_json: bool) -> Result<(), Trouble> {
    let checks = match config {
        Ok(config) => {
            let ground = ground(config).await;
            let checks = setup::all(&ground).await;
            close(ground.kept).await;
            checks
        }
        Err(error) => vec![
            Check::new(
                CheckId::Configuration,
                CheckState::Wrong,
                format!("{error}."),
            )
            .and("Correct the environment; nothing else is checked before."),
        ],
    };
    if as_json {
        let written = serde_json::to_string_pretty(&checks);
        let written = written.map_err(|error| {
            Trouble::caused("the checks cannot be written", "leave --json out", &error)
        })?;
        println!("{written}");
    } else {
        checks.iter().for_each(print);
    }
    let wrong = checks
        .iter()
        .filter(|check| check.state == CheckState::Wrong);
    match wrong.count() {
        0 => Ok(()),
        1 => Err(Trouble::new("one thing is wrong")),
        wrong => Err(Trouble::new(format!("{wrong} things are wrong"))),
    }
}

fn print(check: &Check) {
    println!(
        "{:<7}  {}: {}",
        check.state.word(),
        check.id.title(),
        check.found
    );
    for detail in &check.details {
        println!("           {detail}");
    }
    if !check.todo.is_empty() {
        println!("         → {}", check.todo);
    }
    for document in &check.documents {
        println!("         {}:", document.title);
        println!("{}", document.text);
    }
}

/// What a command's checks stand on: the database is opened where it is, and neither made nor changed.
pub(super) async fn ground(config: Config) -> Ground {
    let ground = Ground::before(Arc::new(config), None);
    let kept = kept(&ground).await;
    Ground { kept, ..ground }
}

async fn kept(ground: &Ground) -> Kept {
    if let Some(file) = ground.database_file().filter(|file| !Path::exists(file)) {
        return Kept::Missing(file.display().to_string());
    }
    match tokio::time::timeout(PATIENCE, Store::open(ground.config.database.url())).await {
        Ok(Ok(store)) => Kept::Open(store),
        Ok(Err(error)) => Kept::Closed(chain(&error)),
        Err(_) => Kept::Closed("it does not answer".to_owned()),
    }
}

async fn close(kept: Kept) {
    match kept {
        Kept::Open(store) => store.close().await,
        Kept::Missing(_) | Kept::Closed(_) => {}
    }
}
