//! Keeps so many legs with sound under way for a while and prints what that costs: `cargo xtask bench carrier --media`.
//!
//! Three legs are in each room. At the far end of each is a headset in the same process, over the loopback interface,
//! which says a tone and hears two. Both sides run on threads of their own, so that each one's processor time is known.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use carrier::engine::{SoundPlan, Sounding, Time};
use carrier::media::{Headset, MediaKind, Sound};
use carrier::mix::{Source, rms};
use clap::Parser;
use tokio::runtime::{Builder, Runtime};
use twilio::CallSid;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Legs in a room.
const ROOM: usize = 3;
/// How long is waited at most until all are connected and hear something.
const PATIENCE_MS: u64 = 15_000;
/// How long a look lasts.
const LOOK_MS: u64 = 200;
/// Less is silence.
const HEARD: f64 = 1_000.0;
/// The unit of processor time in `/proc`, in seconds.
const TICK_S: f64 = 0.01;
/// The names of the two sides' threads.
const CARRIER: &str = "carrier-side";
const HEADSETS: &str = "headset-side";

#[derive(Parser)]
struct Arguments {
    /// Legs at once
    #[arg(long, default_value_t = 60)]
    legs: usize,
    /// How long they are measured, in seconds
    #[arg(long, default_value_t = 5)]
    seconds: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let carrier = threads(CARRIER)?;
    let others = threads(HEADSETS)?;
    let before = resident();
    let (sound, _events) = {
        let _inside = carrier.enter();
        Sound::start(MediaKind::WebRtc { address: HERE }, || Time(0))
    };
    let mut headsets = Vec::new();
    let mut legs = Vec::new();
    for number in 0..arguments.legs {
        let leg = CallSid::parse(&format!("CA{number:032x}"))?;
        let (port, offer) = sound.offer()?;
        let (headset, answer) = {
            let _inside = others.enter();
            Headset::answer(HERE, &offer)?
        };
        sound.accept_answer(port, &answer)?;
        sound.tie(port, &leg);
        headset.say(Source::Tone {
            hz: 400.0 + 100.0 * f64::from(u32::try_from(number % ROOM)?),
        });
        headsets.push(headset);
        legs.push(leg);
    }
    sound.set_plan(Arc::new(rooms(&legs)));
    let set_up_ms = others.block_on(all_hear(&headsets));

    let (time, machine, pace) = (processor_times(), machine_time(), sound.pace());
    others.block_on(wait(arguments.seconds * 1_000));
    let (time_after, machine_after, pace_after) = (processor_times(), machine_time(), sound.pace());
    let hearing = headsets.iter().filter(|one| hears(one)).count();
    let used = |side: &str| {
        let of = |times: &BTreeMap<String, f64>| times.get(side).copied().unwrap_or_default();
        of(&time_after) - of(&time)
    };
    let ours = time_after.values().sum::<f64>() - time.values().sum::<f64>();
    let steps = pace_after.steps - pace.steps;
    let report = serde_json::json!({
        "legs": arguments.legs,
        "hearing": hearing,
        "set_up_ms": set_up_ms,
        "passed_s": arguments.seconds,
        "carrier_s": used(CARRIER),
        "headsets_s": used(HEADSETS),
        "others_s": (machine_after - machine - ours).max(0.0),
        "steps": steps,
        "late": pace_after.late - pace.late,
        "left_out": pace_after.left_out - pace.left_out,
        "mixed_us": (pace_after.mixed_us - pace.mixed_us) / steps.max(1),
        "bytes_a_leg": resident().saturating_sub(before) / u64::try_from(arguments.legs.max(1))?,
    });
    println!("{report}");
    drop(headsets);
    drop(sound);
    Ok(())
}

fn threads(name: &str) -> Result<Runtime, std::io::Error> {
    Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name(name)
        .enable_all()
        .build()
}

/// Rooms in which each hears the others.
fn rooms(legs: &[CallSid]) -> SoundPlan {
    let mut plan = SoundPlan::default();
    for room in legs.chunks(ROOM) {
        for leg in room {
            let others = room.iter().filter(|other| *other != leg);
            let heard = others.cloned().map(Sounding::Voice).collect();
            plan.ears.insert(leg.clone(), heard);
        }
    }
    plan
}

fn hears(headset: &Headset) -> bool {
    rms(&headset.latest()) > HEARD
}

/// Waits until all hear something, and says how long it took. Whoever hears nothing by then is left out of the count.
async fn all_hear(headsets: &[Headset]) -> u64 {
    let mut waited = 0;
    while waited < PATIENCE_MS && !headsets.iter().all(hears) {
        wait(LOOK_MS).await;
        waited += LOOK_MS;
    }
    waited
}

#[expect(
    clippy::disallowed_methods,
    reason = "what is measured runs by the machine's clock"
)]
async fn wait(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}

/// Processor time of this process's threads by their names, in seconds; nothing where the system does not tell.
fn processor_times() -> BTreeMap<String, f64> {
    let mut times = BTreeMap::new();
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten();
    for thread in threads.flatten() {
        let stat = fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
        let Some((start, fields)) = stat.rsplit_once(") ") else {
            continue;
        };
        let name = start.split_once('(').map_or("", |(_, name)| name);
        let ticks: u32 = fields
            .split(' ')
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse::<u32>().ok())
            .sum();
        *times.entry(name.to_owned()).or_default() += f64::from(ticks) * TICK_S;
    }
    times
}

/// Processor time that the whole machine was busy with so far, in seconds; zero where the system does not tell.
fn machine_time() -> f64 {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let all = stat.lines().next().unwrap_or_default();
    let ticks = all.split_whitespace().skip(1);
    let ticks: Vec<u32> = ticks.filter_map(|field| field.parse().ok()).collect();
    match ticks.as_slice() {
        [user, nice, system, _idle, _waiting, interrupts, soft, ..] => {
            [user, nice, system, interrupts, soft]
                .map(|ticks| f64::from(*ticks) * TICK_S)
                .iter()
                .sum()
        }
        _ => 0.0,
    }
}

/// Memory in use, in bytes; zero where the system does not tell.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}
