//! `switchboard import` and `export`: directories in from a file and out to one.

use std::io::{self, Write};
use std::path::Path;

use exchange::{DirectoryId, Moment};

use super::Trouble;
use crate::clock::Clock;
use crate::config::Config;
use crate::roster;

/// Who changed a directory, where it was done at the command line.
const BY: &str = "switchboard import";

pub(super) async fn import(
    config: &Config,
    directory: &DirectoryId,
    path: &Path,
) -> Result<(), Trouble> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| {
        Trouble::caused(
            &format!("{name} cannot be read"),
            "nothing was taken",
            &error,
        )
    })?;
    let store = super::open_kept(config).await?;
    super::serve::seed(&store).await?;
    let now = Clock::real().now();
    let report = roster::import(&store, directory, &bytes, &name, &today(now)?, BY, now).await;
    store.close().await;
    print!(
        "{}",
        report.map_err(|problem| Trouble::new(problem.to_string()))?
    );
    Ok(())
}

pub(super) async fn export(
    config: &Config,
    directory: &DirectoryId,
    path: Option<&Path>,
) -> Result<(), Trouble> {
    let store = super::open_kept(config).await?;
    super::serve::seed(&store).await?;
    let sheet = roster::export(&store, directory).await;
    store.close().await;
    let sheet = sheet.map_err(|problem| Trouble::new(problem.to_string()))?;
    let written = match path {
        Some(path) => std::fs::write(path, sheet),
        None => io::stdout().write_all(sheet.as_bytes()),
    };
    written.map_err(|error| {
        Trouble::caused(
            "the directory could not be written",
            "choose another file",
            &error,
        )
    })
}

/// The day in UTC, as `yyyy-mm-dd`.
fn today(now: Moment) -> Result<String, Trouble> {
    let instant = jiff::Timestamp::from_millisecond(now.0)
        .map_err(|error| Trouble::caused("the machine's clock is wrong", "set it", &error))?;
    Ok(instant.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
}
