//! Measures the local carrier: how many calls at once two cores carry, and how much memory a call takes.

use std::process::Command;

use serde_json::Value;

use super::media;
use super::table::number;
use crate::program::{cargo, output, repository, run, without_settings};
use crate::trouble::Trouble;

/// The processor time of this many cores is what calls are spread over.
const CORES: f64 = 2.0;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How long each case is measured, in seconds [default: 60, with sound 4]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=3600))]
    seconds: Option<u32>,
    /// Calls at once over HTTP
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    calls: u32,
    /// Legs with sound in place of calls: how many two cores carry before they are late
    #[arg(long, conflicts_with = "calls")]
    media: bool,
}

/// A number of calls at once, with or without HTTP.
struct Case {
    calls: u32,
    over_http: bool,
}

impl Case {
    fn name(&self) -> &'static str {
        if self.over_http {
            "carrier, over HTTP"
        } else {
            "engine alone"
        }
    }

    fn measure(&self, seconds: u32) -> Result<Value, Trouble> {
        let program = repository().join("target/release/examples/steady");
        let mut steady = without_settings(Command::new(program));
        steady.arg(format!("--calls={}", self.calls));
        steady.arg(format!("--seconds={seconds}"));
        if self.over_http {
            steady.arg("--wire");
        }
        let said = output(&mut steady)?;
        serde_json::from_str(&said)
            .map_err(|error| Trouble::failed(format!("read what `steady` printed: {error}")))
    }

    /// The engine runs on one core at a time; fetching and answering use what there is.
    fn cores(&self) -> f64 {
        if self.over_http { CORES } else { 1.0 }
    }

    fn row(&self, seen: &Value) -> String {
        let of = |name: &str| seen[name].as_f64();
        let used = of("processor_s").zip(of("passed_s"));
        let cores = used.map(|(processor, passed)| processor / passed);
        let micros = cores.map(|cores| cores * 1e6 / f64::from(self.calls));
        let fit = cores
            .filter(|cores| *cores > 0.0)
            .map(|cores| f64::from(self.calls) * self.cores() / cores);
        let over = of("over").zip(of("passed_s"));
        format!(
            "{:<20} {:>14} {:>12} {:>8} {:>20} {:>16} {:>10}",
            self.name(),
            self.calls,
            number(over.map(|(over, passed)| over / passed), 1),
            number(cores, 3),
            number(micros, 1),
            number(fit, 0),
            number(of("bytes_a_call").map(|bytes| bytes / 1e3), 1),
        )
    }
}

/// Builds, measures and prints.
pub(crate) fn bench(arguments: &Arguments) -> Result<(), Trouble> {
    if arguments.media {
        return media::bench(arguments.seconds.unwrap_or(4));
    }
    run(&mut cargo(&[
        "build",
        "--release",
        "-p",
        "carrier",
        "--example",
        "steady",
    ]))?;
    let cases = [(1_000, false), (10_000, false), (arguments.calls, true)]
        .map(|(calls, over_http)| Case { calls, over_http });
    println!(
        "\n{:<20} {:>14} {:>12} {:>8} {:>20} {:>16} {:>10}",
        "",
        "calls at once",
        "ended per s",
        "cores",
        "CPU µs a call and s",
        "that would fit",
        "kB a call"
    );
    for case in &cases {
        println!(
            "{}",
            case.row(&case.measure(arguments.seconds.unwrap_or(60))?)
        );
    }
    println!(
        "\nA call lasts 28 s, with three documents, a callback and a second leg. Processor time over HTTP is that of \
         the carrier and of the application it asks, in one process.\nThat would fit: at this cost, one core for the \
         engine, which is one at a time, and {CORES} for the whole carrier."
    );
    Ok(())
}
