//! Whether the site has to be bundled again: the sizes and times of all that goes into it.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::Size;
use super::bundle::{Sources, files};
use super::names::hash;
use super::voice_sdk;
use crate::trouble::Trouble;

/// How we bundle: when this changes, so does what comes out.
const WAY: &str = concat!(
    include_str!("bundle.rs"),
    include_str!("first_load.rs"),
    include_str!("glue.rs"),
    include_str!("names.rs"),
    include_str!("press.rs"),
    include_str!("sounds.rs"),
    include_str!("split.rs"),
    include_str!("voice_sdk.rs")
);

/// One line for each source, below how they are bundled.
pub(super) fn describe(sources: &Sources, size: Size) -> Result<String, Trouble> {
    let mut paths = vec![sources.wasm.clone()];
    paths.extend(files(&sources.style)?);
    paths.extend(files(&sources.public)?);
    paths.extend(voice_sdk::files(&sources.voice_sdk));
    let lines: Result<Vec<String>, Trouble> = paths.iter().map(|path| line(path)).collect();
    Ok(format!(
        "{size:?} {}\n{}\n",
        hash(WAY.as_bytes()),
        lines?.join("\n")
    ))
}

pub(super) fn is_current(stamp: &Path, seen: &str, site: &Path) -> bool {
    site.join("hash.txt").is_file() && fs::read_to_string(stamp).is_ok_and(|before| before == seen)
}

pub(super) fn record(stamp: &Path, seen: &str) -> Result<(), Trouble> {
    fs::write(stamp, seen).map_err(|error| Trouble::failed(format!("{}: {error}", stamp.display())))
}

fn line(path: &Path) -> Result<String, Trouble> {
    let failed = |error| Trouble::failed(format!("{}: {error}", path.display()));
    let facts = fs::metadata(path).map_err(failed)?;
    let changed = facts
        .modified()
        .map_err(failed)?
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Ok(format!(
        "{} {} {}",
        path.display(),
        facts.len(),
        changed.as_nanos()
    ))
}
