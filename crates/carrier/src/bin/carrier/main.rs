//! The program `carrier`: a stand-in for Twilio Voice, alone, and the telephones around it from the command line.

mod remote;
mod serve;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, CommandFactory, FromArgMatches, Parser};

/// A stand-in for Twilio Voice: REST under /2010-04-01, telephones and faults under /control.
///
/// Without a command it serves. The commands are for one that is serving.
#[derive(Debug, Parser)]
#[command(version)]
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
    let program = program().unwrap_or_else(|error| error.exit());
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

/// What the command line says. Options of serving mean nothing to a command, and are refused beside one.
fn program() -> Result<Program, clap::Error> {
    let matches = Program::command().get_matches();
    match (idle_option(&matches), matches.subcommand_name()) {
        (Some(option), Some(command)) => Err(Program::command().error(
            ErrorKind::ArgumentConflict,
            format!("--{option} is for serving, and {command} does not serve"),
        )),
        (Some(_), None) | (None, _) => Program::from_arg_matches(&matches),
    }
}

/// An option of serving that was given.
fn idle_option(matches: &ArgMatches) -> Option<String> {
    let serving = serve::Options::augment_args(Command::new("serve"));
    let mut given = serving.get_arguments().filter(|arg| {
        matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
    });
    given.find_map(|arg| arg.get_long().map(str::to_owned))
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
