//! The program `carrier`: a stand-in for Twilio Voice, alone, and the telephones around it from the command line.

mod remote;
mod serve;

use std::process::ExitCode;

use clap::Parser;

/// A stand-in for Twilio Voice: REST under /2010-04-01, telephones and faults under /control.
///
/// Without a command it serves. The commands are for one that is serving.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Program {
    #[command(flatten)]
    serve: serve::Options,
    #[command(subcommand)]
    command: Option<remote::Command>,
    /// Where the carrier is that a command is for.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        default_value = "http://127.0.0.1:8010"
    )]
    carrier: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    let program = Program::parse();
    let outcome = match program.command {
        Some(command) => remote::run(&program.carrier, command).await,
        None => serve::run(program.serve).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("carrier: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn with_causes(error: impl std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
