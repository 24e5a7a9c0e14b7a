//! Keeps many consoles connected to a server and prints how soon what a webhook changes is on all of them, and how much
//! memory they take: `cargo xtask bench live`.

mod feed;
mod house;

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser;
use exchange::Moment;
use feed::{Feeds, Seen};
use house::House;
use serde_json::json;
use server::clock::Clock;

/// Callers who wait at the same time; whoever has waited longest then hangs up.
const WAITING: usize = 10;
/// How long the last change may take to come, in milliseconds.
const PATIENCE_MS: i64 = 10_000;

#[derive(Parser)]
struct Arguments {
    /// The server's program
    #[arg(long)]
    server: PathBuf,
    /// Consoles at once
    #[arg(long, default_value_t = 500)]
    consoles: usize,
    /// How many agents they belong to; as many as there are consoles, where nothing is said
    #[arg(long)]
    agents: Option<usize>,
    /// Calls that come in while they are connected; each also ends
    #[arg(long, default_value_t = 200)]
    calls: usize,
    /// How many come in a second
    #[arg(long, default_value_t = 10)]
    rate: i64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let clock = Clock::real();
    let agents = arguments.agents.unwrap_or(arguments.consoles).max(1);
    let house = House::open(&arguments.server, agents, &clock).await?;
    let empty = house.memory();
    let feeds = Feeds::connect(&house, arguments.consoles, &clock).await?;
    let connected = house.memory();

    let mut answered = Vec::with_capacity(arguments.calls);
    let begun = clock.now();
    for number in 0..arguments.calls {
        let due = i64::try_from(number)? * 1_000 / arguments.rate;
        clock.wait_until(Moment(begun.0 + due)).await;
        let sent = clock.now();
        house.calls(number).await?;
        answered.push((sent, clock.now()));
        if let Some(oldest) = number.checked_sub(WAITING) {
            house.hangs_up(oldest).await?;
        }
    }
    let until = Moment(clock.now().0 + PATIENCE_MS);
    let wanted = arguments.calls * arguments.consoles;
    while feeds.seen().len() < wanted && clock.now() < until && feeds.are_open() {
        clock.wait_until(Moment(clock.now().0 + 50)).await;
    }
    let seen = feeds.seen();
    let worked = house.memory();
    println!(
        "{}",
        told(&arguments, &answered, &seen, [empty, connected, worked])
    );
    drop(feeds);
    drop(house);
    Ok(())
}

fn told(
    arguments: &Arguments,
    answered: &[(Moment, Moment)],
    seen: &Arc<[Seen]>,
    [empty, connected, worked]: [u64; 3],
) -> serde_json::Value {
    let after = |from: fn(&(Moment, Moment)) -> Moment| {
        let mut all: Vec<i64> = seen
            .iter()
            .map(|seen| (seen.at.0 - from(&answered[seen.call]).0).max(0))
            .collect();
        all.sort_unstable();
        all
    };
    let at = |all: &[i64], part: f64| {
        let place = (all.len() as f64 * part) as usize;
        all.get(place.min(all.len().saturating_sub(1))).copied()
    };
    let (sent, committed) = (after(|times| times.0), after(|times| times.1));
    json!({
        "consoles": arguments.consoles,
        "calls": arguments.calls,
        "missed": (arguments.calls * arguments.consoles).saturating_sub(seen.len()),
        "after_answer_ms": {"p50": at(&committed, 0.5), "p99": at(&committed, 0.99), "worst": committed.last()},
        "after_request_ms": {"p50": at(&sent, 0.5), "p99": at(&sent, 0.99), "worst": sent.last()},
        "memory_bytes": {"before": empty, "connected": connected, "after": worked},
    })
}
