//! Lets many people call and work under each fault of the carrier: who is lost, which page contradicts the carrier, who
//! is stuck; and what becomes of them when the server is killed.

use std::env;
use std::fs;
use std::process::Command;

use crate::program::{cargo, repository, run, without_settings};
use crate::test::NEEDS_POSTGRES;
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
    /// How many states of a transfer are looked at before, from each of 28 beginnings; none, for 0
    #[arg(long, default_value_t = 70_000)]
    states: u32,
    /// How long a shift on the support line lasts, in minutes of the carrier's time; 0 leaves shifts out
    #[arg(long, default_value_t = 60)]
    minutes: u32,
    /// How many transfers are begun at least in all shifts; nobody may be lost in any
    #[arg(long, default_value_t = 2_000)]
    transfers: u32,
    /// How often the server is killed; 0 leaves that out
    #[arg(long, default_value_t = 200)]
    kills: u32,
}

/// Says how many states of a transfer are looked at.
const STATES: &str = "TRANSFER_STATES";

/// Says how often the server is killed in the tests that do.
const KILLS: &str = "SWITCHBOARD_TEST_KILLS";

/// Builds and runs the examples `soak` and `shifts` of the server and its tests that kill it. It fails when a call is lost
/// or contradicted, or anybody is stuck.
pub(crate) fn soak(arguments: &Arguments) -> Result<(), Trouble> {
    // The server embeds this folder and does not compile where there is none.
    let site = site::folder();
    fs::create_dir_all(&site)
        .map_err(|error| Trouble::failed(format!("{}: {error}", site.display())))?;
    if arguments.states > 0 {
        states(arguments.states)?;
    }
    example("soak", &[("--calls", arguments.calls)], arguments)?;
    if arguments.minutes > 0 {
        let sizes = [
            ("--minutes", arguments.minutes),
            ("--transfers", arguments.transfers),
        ];
        example("shifts", &sizes, arguments)?;
    }
    if arguments.kills > 0 {
        kills(arguments.kills)?;
    }
    Ok(())
}

fn states(most: u32) -> Result<(), Trouble> {
    let mut search = cargo(&[
        "test",
        "--release",
        "-p",
        "exchange",
        "--test",
        "stories",
        "--",
        "--nocapture",
        "transfer_always::",
    ]);
    run(search.env(STATES, most.to_string()))
}

fn example(name: &str, sizes: &[(&str, u32)], arguments: &Arguments) -> Result<(), Trouble> {
    run(&mut cargo(&[
        "build",
        "--release",
        "-p",
        "server",
        "--example",
        name,
    ]))?;
    let program = repository().join("target/release/examples").join(name);
    let mut soak = without_settings(Command::new(program));
    for (size, much) in sizes {
        soak.arg(format!("{size}={much}"));
    }
    if let Some(seed) = arguments.seed {
        soak.arg(format!("--seed={seed}"));
    }
    if let Some(fault) = &arguments.fault {
        soak.arg(format!("--fault={fault}"));
    }
    run(with_postgres(&mut soak))
}

/// One server on a SQLite file, and two on one PostgreSQL, are killed in turn: on the PostgreSQL that is named, or on one
/// of our own.
fn kills(times: u32) -> Result<(), Trouble> {
    if let Ok(url) = env::var(postgres::VARIABLE) {
        return killed(times, &[(postgres::VARIABLE, &url)], &[]);
    }
    killed(times, &[], &["--skip", NEEDS_POSTGRES])?;
    let server = postgres::Server::start()?;
    killed(times, &[(postgres::VARIABLE, &server.url())], &[])
}

fn killed(times: u32, variables: &[(&str, &str)], more: &[&str]) -> Result<(), Trouble> {
    let mut tests = without_settings(cargo(&[
        "test",
        "--release",
        "-p",
        "server",
        "--test",
        "carrier",
        "--",
        "--nocapture",
        "programs::",
    ]));
    tests.args(more).env(KILLS, times.to_string());
    run(tests.envs(variables.iter().copied()))
}

fn with_postgres(command: &mut Command) -> &mut Command {
    if let Ok(url) = env::var(postgres::VARIABLE) {
        command.env(postgres::VARIABLE, url);
    }
    command
}
