//! The chores of the project, one a file: `cargo xtask run | test | site | build | bench | soak | tidy`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod build;
mod chromium;
mod e2e;
mod npm;
mod postgres;
mod program;
mod proxies;
mod run;
mod site;
mod soak;
mod steps;
mod test;
mod tidy;
mod trouble;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of the project.")]
struct Chores {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Builds everything and starts Switchboard in this repository
    Run(run::Arguments),
    /// Checks everything: format, lints, house rules, all tests, browser tests
    Test(test::Arguments),
    /// Builds the browser's half into target/site
    Site(site::Arguments),
    /// Builds the one-file release binary, pages inside
    Build,
    /// Measures what webhooks cost, beside a bare handler
    Bench(bench::Arguments),
    /// Lets many people call under each fault of the local carrier
    Soak(soak::Arguments),
    /// Checks the rules of the house that the compiler does not know
    Tidy(tidy::Arguments),
    /// Runs a command with SWITCHBOARD_TEST_POSTGRES naming a throw-away server
    #[command(hide = true)]
    Postgres(postgres::Arguments),
}

fn main() -> ExitCode {
    let done = match Chores::parse().chore {
        Chore::Run(arguments) => run::run(&arguments),
        Chore::Test(arguments) => return test::test(&arguments),
        Chore::Site(arguments) => site::site(&arguments),
        Chore::Build => build::build(),
        Chore::Bench(arguments) => bench::bench(&arguments),
        Chore::Soak(arguments) => soak::soak(&arguments),
        Chore::Tidy(arguments) => tidy::tidy(&arguments),
        Chore::Postgres(arguments) => postgres::with(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::FAILURE
        }
    }
}
