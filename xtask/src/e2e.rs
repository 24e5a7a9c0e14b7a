//! The tests from outside: the programs they drive, their npm packages, a Chromium, and Node's own test runner.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{repository, run, without_settings};
use crate::trouble::Trouble;
use crate::{build, chromium, npm, proxies};

/// Where the tests find the program they drive.
pub(crate) const BINARY: &str = "SWITCHBOARD_BIN";

/// Where they find the local carrier, and the example that reads and rewrites documents.
const CARRIER: &str = "CARRIER_BIN";
const REWRITE: &str = "REWRITE_BIN";

pub(crate) fn e2e() -> Result<(), Trouble> {
    let folder = repository().join("e2e");
    npm::ensure()?;
    let browser = chromium::ensure()?;
    proxies::ensure()?;
    npm::install(&folder)?;
    let wire = build::wire_programs()?;
    let files = files(&folder)?;
    let mut outcome = Ok(());
    for group in [Group::Ordinary, Group::WithSound] {
        let mut tests = without_settings(Command::new("node"));
        tests.current_dir(&folder).args(group.words());
        tests.args(group.of(&files));
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

    fn of(self, files: &[TestFile]) -> impl Iterator<Item = &str> {
        files
            .iter()
            .filter(move |file| file.has_sound == (self == Self::WithSound))
            .map(|file| file.name.as_str())
    }
}

/// A file with tests.
struct TestFile {
    name: String,
    has_sound: bool,
}

impl TestFile {
    fn new(name: String, text: &str) -> Self {
        let has_sound = text.contains(TALKER);
        Self { name, has_sound }
    }
}

/// What starts a browser with a microphone, in `e2e/lib/voice-page.mjs`.
const TALKER: &str = "startTalker(";

/// The files with tests, by name.
fn files(folder: &Path) -> Result<Vec<TestFile>, Trouble> {
    let at = |error| Trouble::failed(format!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(at)? {
        let entry = entry.map_err(at)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            let text = fs::read_to_string(entry.path()).map_err(at)?;
            found.push(TestFile::new(name, &text));
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_one_group_and_those_with_sound_run_alone() {
        let files = [
            TestFile::new("pages.test.mjs".to_owned(), "await startBrowser();"),
            TestFile::new(
                "softphone.test.mjs".to_owned(),
                "talker = await startTalker({ hz: 610 });",
            ),
        ];

        let names = |group: Group| group.of(&files).collect::<Vec<_>>();

        assert_eq!(names(Group::Ordinary), ["pages.test.mjs"]);
        assert_eq!(names(Group::WithSound), ["softphone.test.mjs"]);
    }

    #[test]
    fn the_word_for_sound_is_the_one_that_the_tests_use() {
        let library = include_str!("../../e2e/lib/voice-page.mjs");

        assert!(library.contains(&format!("function {TALKER}")));
    }
}
