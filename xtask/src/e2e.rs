//! The tests from outside: the programs they drive, their npm packages, a Chromium, and Node's own test runner.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{self, repository, run, without_settings};
use crate::trouble::Trouble;
use crate::{build, chromium};

/// Where the tests find the program they drive.
pub(crate) const BINARY: &str = "SWITCHBOARD_BIN";

/// Where they find the local carrier, and the example that reads and rewrites documents.
const CARRIER: &str = "CARRIER_BIN";
const REWRITE: &str = "REWRITE_BIN";

pub(crate) fn e2e() -> Result<(), Trouble> {
    let folder = repository().join("e2e");
    for name in ["node", "npm"] {
        program::find(name, &[]).ok_or_else(|| {
            Trouble::missing(format!("`{name}`: install Node 20 or later with npm"))
        })?;
    }
    let browser = chromium::ensure()?;
    install_packages(&folder)?;
    let wire = build::wire_programs()?;
    let mut tests = without_settings(Command::new("node"));
    tests.arg("--test").current_dir(&folder);
    run(tests
        .env(BINARY, build::binary())
        .env(CARRIER, wire.carrier)
        .env(REWRITE, wire.rewrite)
        .env(chromium::VARIABLE, browser))
}

/// Installs what the lock file names, unless exactly that is installed already.
fn install_packages(folder: &Path) -> Result<(), Trouble> {
    let lock = fs::read(folder.join("package-lock.json"))
        .map_err(|error| Trouble::failed(format!("e2e/package-lock.json: {error}")))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|before| before == lock) {
        return Ok(());
    }
    run(Command::new("npm")
        .current_dir(folder)
        .args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&installed, lock)
        .map_err(|error| Trouble::failed(format!("{}: {error}", installed.display())))
}
