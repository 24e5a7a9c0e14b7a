//! Measures the live feed: how soon a change is on every console, and how much memory many of them take.

use std::process::Command;

use serde_json::Value;

use super::table::number;
use crate::build;
use crate::program::{cargo, output, repository, run, without_settings};
use crate::trouble::Trouble;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Consoles that follow while calls come in
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=2_000))]
    consoles: u32,
    /// Calls that come in
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    calls: u32,
    /// How many come in a second
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=200))]
    rate: u32,
    /// Feeds whose memory is measured; none, for 0
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(0..=9_000))]
    feeds: u32,
}

/// A change is to be on every screen within this time, in all but one of a hundred cases.
const AIM_MS: f64 = 50.0;
/// How many people many feeds belong to: what grows with these is the picture, and no feed.
const AGENTS: u32 = 50;
/// What the feeds may take in all.
const AIM_MB: f64 = 150.0;

/// Builds, measures and prints; the server ends with the run.
pub(crate) fn bench(arguments: &Arguments) -> Result<(), Trouble> {
    run(&mut cargo(&[
        "build",
        "--release",
        "-p",
        "server",
        "--bin",
        "switchboard",
        "--example",
        "consoles",
    ]))?;
    let seen = measure(
        arguments.consoles,
        arguments.consoles,
        (arguments.calls, arguments.rate),
    )?;
    println!("{}", soon(&seen));
    if arguments.feeds > 0 {
        let seen = measure(arguments.feeds, AGENTS, (1, 1))?;
        println!("{}", memory(&seen, arguments.feeds));
    }
    Ok(())
}

fn measure(consoles: u32, agents: u32, (calls, rate): (u32, u32)) -> Result<Value, Trouble> {
    let program = repository().join("target/release/examples/consoles");
    let mut example = without_settings(Command::new(program));
    example.arg("--server").arg(build::binary());
    example.arg(format!("--consoles={consoles}"));
    example.arg(format!("--agents={agents}"));
    example.arg(format!("--calls={calls}"));
    example.arg(format!("--rate={rate}"));
    let said = output(&mut example)?;
    serde_json::from_str(&said)
        .map_err(|error| Trouble::failed(format!("read what `consoles` printed: {error}")))
}

fn soon(seen: &Value) -> String {
    let ms = |from: &str, part: &str| number(seen[from][part].as_f64(), 0);
    let of = |from: &str| {
        format!(
            "p50 {} ms, p99 {} ms, worst {} ms",
            ms(from, "p50"),
            ms(from, "p99"),
            ms(from, "worst")
        )
    };
    format!(
        "{} calls came in with {} consoles connected. From the webhook's answer to each of them: {} (aim: p99 ≤ {AIM_MS} \
         ms); from the webhook's first byte: {}. {} changes did not arrive.",
        seen["calls"],
        seen["consoles"],
        of("after_answer_ms"),
        of("after_request_ms"),
        seen["missed"]
    )
}

fn memory(seen: &Value, feeds: u32) -> String {
    let bytes = |when: &str| seen["memory_bytes"][when].as_f64();
    let took = bytes("connected")
        .zip(bytes("before"))
        .map(|(connected, before)| connected - before);
    format!(
        "{feeds} feeds take {} MB (aim: ≤ {AIM_MB} MB), {} kB each; the server has {} MB with them, {} MB before.",
        number(took.map(|bytes| bytes / 1e6), 1),
        number(took.map(|bytes| bytes / 1e3 / f64::from(feeds)), 1),
        number(bytes("connected").map(|bytes| bytes / 1e6), 1),
        number(bytes("before").map(|bytes| bytes / 1e6), 1),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_measured_is_said_beside_its_aim() {
        let seen = json!({
            "consoles": 500, "calls": 200, "missed": 0,
            "after_answer_ms": {"p50": 12, "p99": 31, "worst": 40},
            "after_request_ms": {"p50": 14, "p99": 33, "worst": 42},
            "memory_bytes": {"before": 30_000_000, "connected": 130_000_000, "after": 140_000_000},
        });

        assert!(soon(&seen).contains("p50 12 ms, p99 31 ms, worst 40 ms (aim: p99 ≤ 50 ms)"));
        assert!(
            memory(&seen, 5_000)
                .starts_with("5000 feeds take 100.0 MB (aim: ≤ 150 MB), 20.0 kB each")
        );
    }
}
