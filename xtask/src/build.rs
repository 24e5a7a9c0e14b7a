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

/// The programs that show the wire: the carrier alone, and the example that rewrites documents.
pub(crate) struct WirePrograms {
    pub(crate) carrier: PathBuf,
    pub(crate) rewrite: PathBuf,
}

/// Builds them as the Rust tests are built, so that most of it is there already.
pub(crate) fn wire_programs() -> Result<WirePrograms, Trouble> {
    run(&mut cargo(&["build", "-p", "carrier", "--bin", "carrier"]))?;
    run(&mut cargo(&[
        "build",
        "-p",
        "twiml",
        "--example",
        "rewrite",
    ]))?;
    let folder = repository().join("target/debug");
    Ok(WirePrograms {
        carrier: folder.join("carrier"),
        rewrite: folder.join("examples/rewrite"),
    })
}
