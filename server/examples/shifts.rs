//! Lets a shift on the support line pass under each trouble in turn and prints what came of it: `cargo xtask soak`.

#[expect(dead_code, reason = "the example `soak` uses the rest")]
#[path = "../tests/carrier/stage/mod.rs"]
mod stage;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use stage::shift::{Report, Size, Transfers, run};
use stage::trouble::Trouble;

/// A minute of a shift may take so many seconds by the machine's clock.
const LONGEST_S_A_MINUTE: u64 = 60;

#[derive(Parser)]
#[command(about = "Lets a shift on the support line pass under each trouble in turn.")]
struct Arguments {
    /// How long people call, in minutes of the carrier's time
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=1_440))]
    minutes: u32,
    /// How many callers are on the line at once
    #[arg(long, default_value_t = 50)]
    callers: usize,
    /// How many agents work
    #[arg(long, default_value_t = 20)]
    agents: usize,
    /// In how many talks of a hundred the caller is handed over
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(0..=100))]
    hands_over: u32,
    /// How many transfers are to be begun in all: shifts go on until so many were
    #[arg(long, default_value_t = 0)]
    transfers: usize,
    /// Decides who calls, what people do and what goes wrong; without it, chance does
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
        .map_or_else(of_shifts, |trouble| vec![trouble]);
    let size = Size {
        callers: arguments.callers,
        agents: arguments.agents,
        lasts_ms: i64::from(arguments.minutes) * 60_000,
        pace: 1_000,
        hands_over: arguments.hands_over,
    };
    println!("Seed {seed}; --seed {seed} makes the same people and faults again.\n");
    println!(
        "{:<20} {:>6} {:>6} {:>6} {:>6} {:>8} {:>6} {:>6} {:>6} {:>6} {:>10} {:>10} {:>6} {:>8}",
        "fault",
        "calls",
        "talks",
        "begun",
        "handed",
        "nothing",
        "lost",
        "offers",
        "drops",
        "struck",
        "caller ms",
        "agent ms",
        "wrong",
        "seconds"
    );
    let mut bad = Vec::new();
    let mut all = Transfers::default();
    let longest = u64::from(arguments.minutes) * LONGEST_S_A_MINUTE + 120;
    let mut shifts = (0..).flat_map(|round| troubles.iter().map(move |trouble| (round, *trouble)));
    while let Some((round, trouble)) = shifts.next()
        && (round == 0 || (bad.is_empty() && (1..arguments.transfers).contains(&all.begun)))
    {
        let seed = seed + round;
        match tokio::time::timeout(Duration::from_secs(longest), run(trouble, seed, size)).await {
            Ok(report) => {
                println!("{}", row(&report));
                all.begun += report.transfers.begun;
                all.handed_over += report.transfers.handed_over;
                all.came_to_nothing += report.transfers.came_to_nothing;
                all.lost += report.transfers.lost;
                if !report.findings.is_empty() {
                    bad.push(report.told());
                }
            }
            Err(_) => {
                let name = trouble.name();
                println!("{name:<20} not done after {longest} s");
                bad.push(format!("{name}, seed {seed}: not done in time"));
            }
        }
    }
    println!(
        "\n{} transfers were begun: {} handed over, {} came to nothing; {} callers were lost.",
        all.begun, all.handed_over, all.came_to_nothing, all.lost
    );
    if bad.is_empty() && all.lost == 0 && all.begun >= arguments.transfers {
        return ExitCode::SUCCESS;
    }
    println!("\n{}", bad.join("\n"));
    ExitCode::FAILURE
}

/// Every trouble that a shift may meet: what offices do is nothing to it.
fn of_shifts() -> Vec<Trouble> {
    let mut all = Trouble::all();
    all.retain(|trouble| match trouble {
        Trouble::Nothing | Trouble::Wire(_) | Trouble::Everything => true,
        Trouble::Offices(..) => false,
    });
    all
}

fn row(report: &Report) -> String {
    let [caller, agent] = report.silences;
    let transfers = report.transfers;
    format!(
        "{:<20} {:>6} {:>6} {:>6} {:>6} {:>8} {:>6} {:>6} {:>6} {:>6} {:>10} {:>10} {:>6} {:>8.1}",
        report.trouble,
        report.calls,
        report.talks,
        transfers.begun,
        transfers.handed_over,
        transfers.came_to_nothing,
        transfers.lost,
        report.offers,
        report.losses,
        report.struck,
        caller,
        agent,
        report.findings.len(),
        report.micros as f64 / 1e6
    )
}
