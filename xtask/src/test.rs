//! Checks everything, part by part, and says at the end what held.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::process::{Command, ExitCode};
use std::time::Duration;

use clap::ValueEnum;

use crate::program::{self, cargo, is_ci, run, without_settings};
use crate::site::{self, Size, WASM};
use crate::steps::{Steps, spoken};
use crate::trouble::Trouble;
use crate::{build, e2e, postgres, tidy};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only this part and what it needs; may be given several times
    #[arg(long, value_name = "PART")]
    only: Vec<Part>,
}

/// The parts in the order in which they run: what is quick to say first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Part {
    Format,
    Tidy,
    Clippy,
    ClippyWasm,
    Site,
    Sqlite,
    Doctests,
    Postgres,
    Release,
    OneFile,
    E2e,
}

impl Part {
    fn what(self) -> &'static str {
        match self {
            Self::Format => "Format",
            Self::Tidy => "Rules of the house",
            Self::Clippy => "Lints",
            Self::ClippyWasm => "Lints of the browser's half",
            Self::Site => "Pages, as the release carries them",
            Self::Sqlite => "Tests on SQLite",
            Self::Doctests => "Examples in the documentation",
            Self::Postgres => "Store and server on PostgreSQL",
            Self::Release => "Release binary",
            Self::OneFile => "The release binary in an empty folder",
            Self::E2e => "Browser tests",
        }
    }

    /// What must have gone well before.
    fn needs(self) -> &'static [Self] {
        match self {
            Self::Format
            | Self::Tidy
            | Self::Clippy
            | Self::ClippyWasm
            | Self::Site
            | Self::Sqlite
            | Self::Doctests
            | Self::Postgres => &[],
            Self::Release => &[Self::Site],
            Self::OneFile | Self::E2e => &[Self::Site, Self::Release],
        }
    }

    fn check(self) -> Result<(), Trouble> {
        match self {
            Self::Format => run(&mut cargo(&["fmt", "--all", "--", "--check"])),
            Self::Tidy => tidy::check(),
            Self::Clippy => clippy(&["--workspace", "--all-targets"]),
            Self::ClippyWasm => {
                site::ensure_target()?;
                clippy(&["-p", "frontend", "--target", WASM])
            }
            Self::Site => site::build(&mut Steps::of(site::STEPS), Size::Small),
            Self::Sqlite => tests(&Which::All, &[]),
            Self::Doctests => run(&mut without_settings(cargo(&[
                "test",
                "--doc",
                "--workspace",
                "--quiet",
            ]))),
            Self::Postgres => on_postgres(),
            Self::Release => build::server(),
            Self::OneFile => {
                let binary = build::binary().display().to_string();
                tests(&Which::OneFile, &[(e2e::BINARY, &binary)])
            }
            Self::E2e => e2e::e2e(),
        }
    }

    fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }
}

/// How a part ended.
enum Verdict {
    Held,
    Failed(String),
    CouldNotRun(String),
    NeededPart(Part),
}

/// Runs the parts, all of them even when one fails, and prints the table.
pub(crate) fn test(arguments: &Arguments) -> ExitCode {
    let parts = chosen(&arguments.only);
    let mut steps = Steps::of(parts.len());
    let mut verdicts: BTreeMap<Part, (Verdict, Duration)> = BTreeMap::new();
    prepare();
    for part in parts {
        let missing = part.needs().iter().find(|need| {
            !verdicts
                .get(need)
                .is_some_and(|(verdict, _)| matches!(verdict, Verdict::Held))
        });
        let (result, took) = match missing {
            Some(&need) => {
                verdicts.insert(part, (Verdict::NeededPart(need), Duration::ZERO));
                continue;
            }
            None => steps.timed(part.what(), || part.check()),
        };
        let verdict = match result {
            Ok(()) => Verdict::Held,
            Err(Trouble::Failed(why)) => Verdict::Failed(why),
            Err(Trouble::Missing(what)) => Verdict::CouldNotRun(what),
        };
        verdicts.insert(part, (verdict, took));
    }
    summarise(&verdicts)
}

/// The parts asked for and all they need, in order; everything when nothing was asked for.
fn chosen(only: &[Part]) -> Vec<Part> {
    Part::value_variants()
        .iter()
        .copied()
        .filter(|part| {
            only.is_empty()
                || only
                    .iter()
                    .any(|wanted| wanted == part || wanted.needs().contains(part))
        })
        .collect()
}

/// The server embeds this folder and does not compile where there is none.
fn prepare() {
    if let Err(error) = fs::create_dir_all(site::folder()) {
        eprintln!("{}: {error}", site::folder().display());
    }
}

fn clippy(which: &[&str]) -> Result<(), Trouble> {
    let mut command = cargo(&["clippy"]);
    command.args(which);
    if is_ci() {
        command.arg("--locked");
    }
    run(command.args(["--", "-D", "warnings"]))
}

/// The tests that need a PostgreSQL, by their names: `.config/nextest.toml` leaves them out where none is.
pub(crate) const NEEDS_POSTGRES: &str = "two_servers_on_one_database";

/// Which tests: always chosen within the whole workspace where that is possible, since a smaller
/// choice of packages would compile shared dependencies again with fewer features.
enum Which {
    All,
    StoreAndServer,
    OneFile,
}

fn tests(which: &Which, variables: &[(&str, &str)]) -> Result<(), Trouble> {
    let arguments: &[&str] = if program::find("cargo-nextest", &[]).is_some() {
        match which {
            Which::All => &["nextest", "run", "--workspace"],
            Which::StoreAndServer => &[
                "nextest",
                "run",
                "--workspace",
                "--ignore-default-filter",
                "-E",
                "package(store) + package(server)",
            ],
            Which::OneFile => &[
                "nextest",
                "run",
                "--workspace",
                "-E",
                "package(server) & binary(one_file)",
            ],
        }
    } else {
        match which {
            Which::All => &[
                "test",
                "--workspace",
                "--lib",
                "--bins",
                "--tests",
                "--",
                "--skip",
                NEEDS_POSTGRES,
            ],
            Which::StoreAndServer => &[
                "test", "-p", "store", "-p", "server", "--lib", "--bins", "--tests",
            ],
            Which::OneFile => &["test", "-p", "server", "--test", "one_file"],
        }
    };
    let mut command: Command = without_settings(cargo(arguments));
    run(command.envs(variables.iter().copied()))
}

/// On the server that the environment names, or on one of our own.
fn on_postgres() -> Result<(), Trouble> {
    if let Ok(url) = env::var(postgres::VARIABLE) {
        return tests(&Which::StoreAndServer, &[(postgres::VARIABLE, &url)]);
    }
    let server = postgres::Server::start()?;
    tests(
        &Which::StoreAndServer,
        &[(postgres::VARIABLE, &server.url())],
    )
}

fn summarise(verdicts: &BTreeMap<Part, (Verdict, Duration)>) -> ExitCode {
    println!("\n{:<12} {:<14} {:>12}", "part", "result", "time");
    let mut is_good = true;
    for (part, (verdict, took)) in verdicts {
        let (word, why) = match verdict {
            Verdict::Held => ("ok", String::new()),
            Verdict::Failed(why) => ("FAILED", first_line(why)),
            Verdict::CouldNotRun(what) => ("COULD NOT RUN", first_line(what)),
            Verdict::NeededPart(need) => ("NOT RUN", format!("needs `{}`", need.name())),
        };
        is_good &= match verdict {
            Verdict::Held => true,
            Verdict::CouldNotRun(_) => !is_ci(),
            Verdict::Failed(_) | Verdict::NeededPart(_) => false,
        };
        let line = format!(
            "{:<12} {word:<14} {:>12}  {why}",
            part.name(),
            spoken(*took)
        );
        println!("{}", line.trim_end());
    }
    let total: Duration = verdicts.values().map(|(_, took)| *took).sum();
    println!(
        "{:<12} {:<14} {:>12}",
        "all",
        if is_good { "ok" } else { "FAILED" },
        spoken(total)
    );
    if !is_ci()
        && verdicts
            .values()
            .any(|(verdict, _)| matches!(verdict, Verdict::CouldNotRun(_)))
    {
        println!("\nSome parts could not run on this machine. With CI=true that is a failure.");
    }
    if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_choice_every_part_runs() {
        assert_eq!(chosen(&[]), Part::value_variants());
    }

    #[test]
    fn a_chosen_part_brings_what_it_needs() {
        assert_eq!(chosen(&[Part::E2e]), [Part::Site, Part::Release, Part::E2e]);
        assert_eq!(chosen(&[Part::Tidy]), [Part::Tidy]);
    }

    #[test]
    fn what_a_part_needs_runs_before_it() {
        for part in Part::value_variants() {
            assert!(part.needs().iter().all(|need| need < part), "{part:?}");
        }
    }
}
