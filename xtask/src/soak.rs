//! Lets many people call under each fault of the carrier: who is lost, and which page contradicts the carrier.

use std::env;
use std::fs;
use std::process::Command;

use crate::program::{cargo, repository, run, without_settings};
use crate::trouble::Trouble;
use crate::{postgres, site};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many call under each fault
    #[arg(long, default_value_t = 1_000)]
    calls: u32,
    /// Decides who calls and what goes wrong; without it, chance does, and the seed is printed
    #[arg(long)]
    seed: Option<u64>,
    /// The one fault to try; without it, every one in turn
    #[arg(long)]
    fault: Option<String>,
}

/// Builds and runs the example `soak` of the server. It fails when a call is lost or contradicted.
pub(crate) fn soak(arguments: &Arguments) -> Result<(), Trouble> {
    // The server embeds this folder and does not compile where there is none.
    let site = site::folder();
    fs::create_dir_all(&site)
        .map_err(|error| Trouble::failed(format!("{}: {error}", site.display())))?;
    run(&mut cargo(&[
        "build",
        "--release",
        "-p",
        "server",
        "--example",
        "soak",
    ]))?;
    let program = repository().join("target/release/examples/soak");
    let mut soak = without_settings(Command::new(program));
    soak.arg(format!("--calls={}", arguments.calls));
    if let Some(seed) = arguments.seed {
        soak.arg(format!("--seed={seed}"));
    }
    if let Some(fault) = &arguments.fault {
        soak.arg(format!("--fault={fault}"));
    }
    if let Ok(url) = env::var(postgres::VARIABLE) {
        soak.env(postgres::VARIABLE, url);
    }
    run(&mut soak)
}
