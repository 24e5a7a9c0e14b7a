//! Measures what a webhook costs, beside a bare handler in the same run.

mod carrier;
mod case;
mod live;
mod load;
mod media;
mod process;
mod request;
mod servers;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use case::{CASES, Case, Engine, Program};
use load::Clients;
use servers::{Postgres, Running};
use table::{Measured, Sample, median, number, percentile, table};

use crate::trouble::Trouble;

/// Less processor time than this is too coarse, for it is counted in hundredths of a second.
const ENOUGH: Duration = Duration::from_secs(3);

/// Different requests for a webhook that writes nothing; they are sent again and again.
const READING: usize = 4000;

/// Requests before the first that counts.
const WARM_UP: usize = 1000;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    other: Option<Other>,
    /// Requests that a round sends to each case that writes; the cheap others get five times as many
    #[arg(long, default_value_t = 20_000, value_parser = bounded::<100, 1_000_000>)]
    requests: usize,
    /// Connections at once
    #[arg(long, default_value_t = 32, value_parser = bounded::<1, 512>)]
    connections: usize,
    /// Rounds through all cases
    #[arg(long, default_value_t = 5, value_parser = bounded::<1, 50>)]
    rounds: usize,
    /// Calls that lie in the database of the cases with old calls; none leaves these out
    #[arg(long, default_value_t = 100_000, value_parser = bounded::<0, 2_000_000>)]
    old_calls: usize,
}

/// What is measured in place of webhooks.
#[derive(clap::Subcommand)]
enum Other {
    /// Measures the local carrier: calls at once on two cores and memory a call, or legs with sound
    Carrier(carrier::Arguments),
    /// Measures the live feed: how soon a change is on every console, and what many of them take
    Live(live::Arguments),
}

fn bounded<const LEAST: usize, const MOST: usize>(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|number| (LEAST..=MOST).contains(number))
        .ok_or_else(|| format!("write a number from {LEAST} to {MOST}"))
}

/// Builds, measures and prints; traffic goes to this machine only, and all servers end with the run.
pub(crate) fn bench(arguments: &Arguments) -> Result<(), Trouble> {
    match &arguments.other {
        Some(Other::Carrier(arguments)) => return carrier::bench(arguments),
        Some(Other::Live(arguments)) => return live::bench(arguments),
        None => {}
    }
    servers::build()?;
    let postgres = match Postgres::start() {
        Ok(postgres) => Some(postgres),
        Err(Trouble::Missing(what)) => {
            println!("PostgreSQL IS LEFT OUT: {what}");
            None
        }
        Err(trouble @ Trouble::Failed(_)) => return Err(trouble),
    };
    let cases: Vec<&Case> = CASES
        .iter()
        .filter(|case| postgres.is_some() || !case.program.uses(Engine::Postgres))
        .filter(|case| arguments.old_calls > 0 || !case.program.needs_past())
        .collect();
    let load_before = load_average();
    let mut bench = Bench {
        arguments,
        postgres: postgres.as_ref(),
        filled: BTreeMap::new(),
        fresh_starts: Starts::default(),
        later_starts: Starts::default(),
    };
    for case in cases.iter().filter(|case| case.program.needs_past()) {
        bench.fill(case)?;
    }
    let mut measured: Vec<Measured> = cases
        .iter()
        .map(|case| Measured {
            name: case.name,
            aim: case.aim,
            samples: Vec::new(),
        })
        .collect();
    for round in 1..=arguments.rounds {
        println!("Round {round} of {}", arguments.rounds);
        for (case, measured) in cases.iter().zip(&mut measured) {
            let sample = bench.round(case)?;
            println!("    {}: {} µs", case.name, number(sample.micros(), 1));
            measured.samples.push(sample);
        }
        bench.start_again()?;
    }
    println!("\n{}", table(&measured));
    bench.print_notes(&cases, &measured);
    println!(
        "Load average of the machine: {load_before} before, {} after.",
        load_average()
    );
    Ok(())
}

struct Bench<'a> {
    arguments: &'a Arguments,
    postgres: Option<&'a Postgres>,
    /// Servers whose databases hold old calls; they stay for the whole run.
    filled: BTreeMap<&'static str, Running>,
    fresh_starts: Starts,
    later_starts: Starts,
}

/// How servers came up, and how much memory they had before the first webhook and after the last.
#[derive(Default)]
struct Starts {
    took: Vec<Duration>,
    idle: Vec<u64>,
    busy: Vec<u64>,
}

impl Bench<'_> {
    fn fill(&mut self, case: &Case) -> Result<(), Trouble> {
        let count = self.arguments.old_calls;
        println!("{}: {count} calls begin and end", case.name);
        let mut running = Running::start(case.program, self.postgres)?;
        running.fill(count, self.arguments.connections)?;
        self.filled.insert(case.name, running);
        Ok(())
    }

    fn round(&mut self, case: &Case) -> Result<Sample, Trouble> {
        if let Some(running) = self.filled.get_mut(case.name) {
            return sample(self.arguments, case, running);
        }
        let mut running = Running::start(case.program, self.postgres)?;
        let idle = running.process.memory();
        let sample = sample(self.arguments, case, &mut running)?;
        if case.program.uses(Engine::Sqlite) {
            self.fresh_starts.took.push(running.process.started_in);
            self.fresh_starts.idle.extend(idle);
            self.fresh_starts.busy.extend(running.process.memory());
        }
        Ok(sample)
    }

    /// Starts a server on a database that has been there before.
    fn start_again(&mut self) -> Result<(), Trouble> {
        let filled = CASES
            .iter()
            .filter(|case| case.program.uses(Engine::Sqlite))
            .find_map(|case| self.filled.get(case.name));
        if let Some(filled) = filled {
            let process = filled.start_beside()?;
            self.later_starts.took.push(process.started_in);
            self.later_starts.idle.extend(process.memory());
        }
        Ok(())
    }

    fn print_notes(&self, cases: &[&Case], measured: &[Measured]) {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let micros = |needs_past: bool| {
                let is_meant = |case: &Case| {
                    case.program.uses(engine)
                        && case.program.needs_past() == needs_past
                        && case.webhook.path == "/callcongress/state-lookup"
                };
                let mut pairs = cases.iter().zip(measured);
                pairs
                    .find(|(case, _)| is_meant(case))
                    .and_then(|(_, measured)| measured.micros())
            };
            if let Some((empty, filled)) = micros(false).zip(micros(true)) {
                println!(
                    "With {} old calls in {}: {:.2} × the empty database (aim: within 20 %).",
                    self.arguments.old_calls,
                    engine.name(),
                    filled / empty
                );
            }
        }
        self.fresh_starts
            .print("a new SQLite file, migrated and seeded");
        self.later_starts.print("a SQLite file with the old calls");
        println!("Processor time is that of the server's process; PostgreSQL's own is not in it.");
        let times: Vec<Option<Duration>> = measured.iter().map(Measured::processor).collect();
        if times.contains(&None) {
            println!("On this system processor time is not measured.");
        } else if times.iter().flatten().any(|&time| time < ENOUGH) {
            println!(
                "Some cases took less than {} s of processor time, which is counted coarsely: take more requests or rounds.",
                ENOUGH.as_secs()
            );
        }
    }
}

impl Starts {
    fn print(&self, on: &str) {
        if self.took.is_empty() {
            return;
        }
        let took = median(self.took.iter().map(|took| took.as_secs_f64() * 1e3));
        let memory =
            |bytes: &[u64]| number(median(bytes.iter().map(|&bytes| bytes as f64 / 1e6)), 1);
        println!(
            "Start on {on}: {} ms until /healthz answers (aim: ≤ 150 ms); memory {} MB idle (aim: ≤ 40 MB), {} MB after the load.",
            number(took, 0),
            memory(&self.idle),
            memory(&self.busy)
        );
    }
}

fn sample(arguments: &Arguments, case: &Case, running: &mut Running) -> Result<Sample, Trouble> {
    let total = case.program.requests(arguments.requests);
    let different = match case.program {
        Program::Bare | Program::Reading { .. } => READING.min(total),
        Program::Writing { .. } => total,
    };
    let warm_up = running.mint.next_calls(case.webhook, WARM_UP);
    let requests = running.mint.next_calls(case.webhook, different);
    let mut clients = Clients::connect(running.process.port, arguments.connections)?;
    let explained = |trouble: Trouble| {
        Trouble::failed(format!(
            "{}: {trouble}\n{}",
            case.name,
            running.process.log()
        ))
    };

    clients
        .send(&warm_up, WARM_UP, case.good)
        .map_err(explained)?;
    let before = running.process.processor_time();
    let mut seen = clients
        .send(&requests, total, case.good)
        .map_err(explained)?;
    let after = running.process.processor_time();

    Ok(Sample {
        requests: total,
        processor: before.zip(after).map(|(before, after)| after - before),
        took: seen.took,
        p50: percentile(&mut seen.latencies, 0.50),
        p99: percentile(&mut seen.latencies, 0.99),
    })
}

/// How busy the machine was over the last minute, with everything else that runs on it.
fn load_average() -> String {
    fs::read_to_string("/proc/loadavg")
        .ok()
        .and_then(|text| Some(text.split(' ').next()?.to_owned()))
        .unwrap_or_else(|| "unknown".to_owned())
}
