//! The tests from outside: the programs they drive, their npm packages, a Chromium, and Node's own test runner.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{repository, run, without_settings};
use crate::trouble::Trouble;
use crate::{build, chromium, npm};

/// Where the tests find the program they drive.
pub(crate) const BINARY: &str = "SWITCHBOARD_BIN";

/// Where they find the local carrier, and the example that reads and rewrites documents.
const CARRIER: &str = "CARRIER_BIN";
const REWRITE: &str = "REWRITE_BIN";

pub(crate) fn e2e() -> Result<(), Trouble> {
    let folder = repository().join("e2e");
    npm::ensure()?;
    let browser = chromium::ensure()?;
    npm::install(&folder)?;
    let wire = build::wire_programs()?;
    let mut outcome = Ok(());
    for group in [Group::Ordinary, Group::WithSound] {
        let mut tests = without_settings(Command::new("node"));
        tests.current_dir(&folder).args(group.words());
        tests.args(group.of(&files(&folder)?));
        let result = run(tests
            .env(BINARY, build::binary())
            .env(CARRIER, &wire.carrier)
            .env(REWRITE, &wire.rewrite)
            .env(chromium::VARIABLE, &browser));
        outcome = outcome.and(result);
    }
    outcome
}

/// Which files run together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Ordinary,
    /// Sound does not wait: these run one after the other, so that none takes the machine from another.
    WithSound,
}

impl Group {
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Ordinary => &["--test"],
            Self::WithSound => &["--test", "--test-concurrency=1"],
        }
    }

    fn of(self, files: &[String]) -> Vec<&String> {
        let has_sound = |file: &String| file.starts_with("sdk-") || file.starts_with("softphone");
        files
            .iter()
            .filter(|file| has_sound(file) == (self == Self::WithSound))
            .collect()
    }
}

/// The files with tests, by name.
fn files(folder: &Path) -> Result<Vec<String>, Trouble> {
    let at = |error| Trouble::failed(format!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(at)? {
        let name = entry
            .map_err(at)?
            .file_name()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".test.mjs") {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_one_group_and_those_with_sound_run_alone() {
        let files =
            ["pages.test.mjs", "sdk-calls.test.mjs", "softphone.test.mjs"].map(str::to_owned);

        assert_eq!(Group::Ordinary.of(&files), [&files[0]]);
        assert_eq!(Group::WithSound.of(&files), [&files[1], &files[2]]);
    }
}
