//! Builds the release binary, one file with everything inside.

use std::path::PathBuf;

use crate::program::{cargo, repository, run};
use crate::site::{self, Size};
use crate::steps::Steps;
use crate::trouble::Trouble;

/// The pages first: the binary carries them.
pub(crate) fn build() -> Result<(), Trouble> {
    let mut steps = Steps::of(site::STEPS + 1);
    site::build(&mut steps, Size::Small)?;
    steps.step("Build the server", server)?;
    println!(
        "\nThe program is {}; it needs no other file.",
        binary().display()
    );
    Ok(())
}

/// Builds the server in release, around the site as it lies in target/site.
pub(crate) fn server() -> Result<(), Trouble> {
    run(&mut cargo(&[
        "build",
        "--release",
        "-p",
        "server",
        "--bin",
        "switchboard",
    ]))
}

/// Where `server` leaves the program.
pub(crate) fn binary() -> PathBuf {
    repository().join("target/release/switchboard")
}
