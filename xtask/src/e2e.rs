//! The tests from outside: the programs they drive, their npm packages, a Chromium, and Node's own test runner.

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
    let mut tests = without_settings(Command::new("node"));
    tests.arg("--test").current_dir(&folder);
    run(tests
        .env(BINARY, build::binary())
        .env(CARRIER, wire.carrier)
        .env(REWRITE, wire.rewrite)
        .env(chromium::VARIABLE, browser))
}
