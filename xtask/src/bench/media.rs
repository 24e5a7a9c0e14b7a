//! Measures the local carrier's sound: what a leg costs, and with how many the steps begin to be late.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::table::number;
use crate::program::{cargo, output, repository, run, without_settings};
use crate::trouble::Trouble;

/// The processor time of this many cores is what legs are spread over.
const CORES: f64 = 2.0;

/// The first number of legs; each next is twice as many until the steps are late.
const FIRST: u32 = 75;

/// Legs need two sockets each, and a process may have only so many.
const MOST: u32 = 4_800;

/// Steps are late when more than one in a hundred begins 10 ms behind its time.
const LATE: f64 = 0.01;

/// With so many cores busy with something else, a late case is tried again.
const DISTURBED: f64 = 0.2;

/// How often at most.
const TRIES: u32 = 3;

/// No case is begun after this.
const ENOUGH: Duration = Duration::from_secs(48);

/// Two numbers of legs so near to each other, one in time and one late, are near enough.
const NEAR: f64 = 1.15;

/// What one case showed.
struct Seen(Value);

impl Seen {
    fn of(&self, name: &str) -> f64 {
        self.0[name].as_f64().unwrap_or_default()
    }

    fn cores(&self, side: &str) -> f64 {
        self.of(side) / self.of("passed_s").max(1.0)
    }

    /// The part of all steps that was late or left out.
    fn late(&self) -> f64 {
        let left_out = self.of("left_out");
        (self.of("late") + left_out) / (self.of("steps") + left_out).max(1.0)
    }

    /// Whether something else on the machine may be why steps were late.
    fn is_disturbed(&self) -> bool {
        self.cores("others_s") > DISTURBED
    }

    fn is_in_time(&self) -> bool {
        self.late() <= LATE && self.of("hearing") >= self.of("legs")
    }

    fn row(&self) -> String {
        let micros = self.cores("carrier_s") * 1e6 / self.of("legs").max(1.0);
        format!(
            "{:>6} {:>8} {:>14} {:>18} {:>14} {:>12} {:>13} {:>15} {:>9}",
            number(Some(self.of("legs")), 0),
            number(Some(self.of("hearing")), 0),
            number(Some(self.cores("carrier_s")), 2),
            number(Some(micros), 0),
            number(Some(self.cores("headsets_s")), 2),
            number(Some(self.cores("others_s")), 2),
            number(Some(self.late() * 100.0), 1),
            number(Some(self.of("mixed_us")), 0),
            number(Some(self.of("bytes_a_leg") / 1e3), 0),
        )
    }
}

fn measure(legs: u32, seconds: u32) -> Result<Seen, Trouble> {
    let program = repository().join("target/release/examples/legs");
    let mut example = without_settings(Command::new(program));
    example.arg(format!("--legs={legs}"));
    example.arg(format!("--seconds={seconds}"));
    let said = output(&mut example)?;
    let seen = serde_json::from_str(&said)
        .map_err(|error| Trouble::failed(format!("read what `legs` printed: {error}")))?;
    Ok(Seen(seen))
}

/// Builds, measures and prints. Measuring takes at most a minute.
pub(super) fn bench(seconds: u32) -> Result<(), Trouble> {
    let example = ["build", "--release", "-p", "carrier", "--example", "legs"];
    run(&mut cargo(&example))?;
    println!(
        "\n{:>6} {:>8} {:>14} {:>18} {:>14} {:>12} {:>13} {:>15} {:>9}",
        "legs",
        "hearing",
        "carrier cores",
        "CPU µs a leg and s",
        "headset cores",
        "other cores",
        "late steps %",
        "mixing µs/step",
        "kB a leg"
    );
    let began = Instant::now();
    let (mut in_time, mut late): (Option<Seen>, Option<u32>) = (None, None);
    let mut legs = FIRST;
    while began.elapsed() < ENOUGH {
        let mut seen = measure(legs, seconds)?;
        println!("{}", seen.row());
        for _ in 1..TRIES {
            if seen.is_in_time() || !seen.is_disturbed() || began.elapsed() >= ENOUGH {
                break;
            }
            seen = measure(legs, seconds)?;
            println!("{}", seen.row());
        }
        if seen.is_in_time() {
            in_time = Some(seen);
        } else {
            late = Some(legs);
        }
        let good = in_time.as_ref().map_or(0.0, |seen| seen.of("legs"));
        legs = match late {
            None if legs >= MOST => break,
            None => (legs * 2).min(MOST),
            Some(late) if f64::from(late) <= good * NEAR || late <= 3 => break,
            Some(late) => between(good as u32, late),
        };
    }
    summary(in_time.as_ref(), late);
    Ok(())
}

/// The middle, in whole rooms of three.
fn between(good: u32, late: u32) -> u32 {
    (good.midpoint(late) / 3).max(1) * 3
}

fn summary(in_time: Option<&Seen>, late: Option<u32>) {
    println!(
        "\nRooms of three; each leg has a headset at its far end, in the same process and on the same cores, with \
         threads of its own. Late: more than 10 ms after its time. Other cores: what else the machine was busy with; a case \
         that is late beside that is tried again, and the numbers count only on a machine that is otherwise idle."
    );
    let Some(seen) = in_time else {
        println!("Even the fewest legs had late steps: the machine is busy with something else.");
        return;
    };
    let until = late.map_or_else(
        || "none of the cases was late".to_owned(),
        |late| {
            format!("with {late} more than one step in a hundred is late or somebody hears nothing")
        },
    );
    let fit = seen.of("legs") * CORES / seen.cores("carrier_s").max(1e-6);
    println!(
        "{:.0} legs and their headsets were in time; {until}.\nAt this cost {CORES} cores without headsets would be used \
         up by {fit:.0} legs.",
        seen.of("legs")
    );
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn late_left_out_and_silent_legs_count() {
        for (seen, in_time) in [
            (
                json!({"legs": 6, "hearing": 6, "steps": 100, "late": 1, "left_out": 0}),
                true,
            ),
            (
                json!({"legs": 6, "hearing": 6, "steps": 100, "late": 2, "left_out": 0}),
                false,
            ),
            (
                json!({"legs": 6, "hearing": 6, "steps": 98, "late": 0, "left_out": 2}),
                false,
            ),
            (
                json!({"legs": 6, "hearing": 5, "steps": 100, "late": 0, "left_out": 0}),
                false,
            ),
        ] {
            assert_eq!(Seen(seen.clone()).is_in_time(), in_time, "{seen}");
        }
    }

    #[test]
    fn the_next_number_of_legs_is_one_of_whole_rooms() {
        assert_eq!(
            (between(300, 600), between(0, 75), between(0, 3)),
            (450, 36, 3)
        );
    }
}
