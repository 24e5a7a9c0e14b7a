//! Lets many people call under each trouble in turn and prints what came of it: `cargo xtask soak`.

#[expect(dead_code, reason = "the example `shifts` uses the rest")]
#[path = "../tests/carrier/stage/mod.rs"]
mod stage;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use stage::run::{Report, run};
use stage::trouble::Trouble;

/// No trouble may take longer than this many milliseconds a call, by the machine's clock.
const LONGEST_MS_A_CALL: u64 = 1_000;

#[derive(Parser)]
#[command(about = "Lets many people call under each trouble in turn.")]
struct Arguments {
    /// How many call under each trouble
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    calls: u32,
    /// Decides who calls and what goes wrong; without it, chance does
    #[arg(long)]
    seed: Option<u64>,
    /// The one trouble to try; without it, every one in turn
    #[arg(long, value_parser = Trouble::named)]
    fault: Option<Trouble>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::ERROR)
        .with_writer(std::io::stderr)
        .init();
    let seed = arguments
        .seed
        .unwrap_or_else(|| server::chance::seed() >> 32);
    let troubles = arguments
        .fault
        .map_or_else(Trouble::all, |trouble| vec![trouble]);
    println!("Seed {seed}; --seed {seed} makes the same callers, offices and faults again.\n");
    println!(
        "{:<20} {:>6} {:>6} {:>5} {:>13} {:>8} {:>14} {:>8}",
        "fault", "calls", "struck", "lost", "contradicted", "unknown", "questions max", "seconds"
    );
    let mut bad = Vec::new();
    for trouble in troubles {
        let longest = Duration::from_millis(u64::from(arguments.calls) * LONGEST_MS_A_CALL)
            + Duration::from_secs(60);
        let calls = usize::try_from(arguments.calls).unwrap_or(usize::MAX);
        match tokio::time::timeout(longest, run(trouble, seed, calls)).await {
            Ok(report) => {
                println!("{}", row(&report));
                if !report.findings.is_empty() {
                    bad.push(report.told());
                }
            }
            Err(_) => {
                let name = trouble.name();
                println!("{name:<20} not done after {} s", longest.as_secs());
                bad.push(format!("{name}, seed {seed}: not done in time"));
            }
        }
    }
    if bad.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("\n{}", bad.join("\n"));
    ExitCode::FAILURE
}

fn row(report: &Report) -> String {
    format!(
        "{:<20} {:>6} {:>6} {:>5} {:>13} {:>8} {:>14} {:>8.1}",
        report.trouble.name(),
        report.calls,
        report
            .struck
            .map_or_else(|| "–".to_owned(), |struck| struck.to_string()),
        report.lost(),
        report.contradicted(),
        report.unknown,
        report.questions,
        report.micros as f64 / 1e6
    )
}
