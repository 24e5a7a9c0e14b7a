//! Builds everything and starts Switchboard in the repository.

use std::os::unix::process::CommandExt;

use crate::program::cargo;
use crate::site::{self, Size};
use crate::steps::Steps;
use crate::trouble::Trouble;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Optimised, as it is installed; takes longer to build
    #[arg(long)]
    release: bool,
    /// What is handed to `switchboard serve`
    #[arg(last = true)]
    rest: Vec<String>,
}

/// Becomes the server once everything is built, so that Ctrl-C and signals reach it directly.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Trouble> {
    let mut steps = Steps::of(site::STEPS + 1);
    site::build(&mut steps, Size::of(arguments.release))?;
    let profile = if arguments.release { "release" } else { "dev" };
    let server = ["-p", "server", "--bin", "switchboard", "--profile", profile];
    steps.step("Build the server", || {
        crate::program::run(&mut cargo(&[&["build"], server.as_slice()].concat()))
    })?;
    println!(
        "\nSwitchboard starts. Its database is in ./data unless DATABASE_URL says otherwise; Ctrl-C ends it.\n"
    );
    let error = cargo(&[&["run", "--quiet"], server.as_slice(), &["--", "serve"]].concat())
        .args(&arguments.rest)
        .exec();
    Err(Trouble::failed(format!("start the server: {error}")))
}
