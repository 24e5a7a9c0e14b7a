//! The `switchboard` program.

use std::process::ExitCode;

use clap::Parser;
use server::cli;

#[tokio::main]
async fn main() -> ExitCode {
    match cli::run(cli::Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("switchboard: {trouble}");
            ExitCode::FAILURE
        }
    }
}
