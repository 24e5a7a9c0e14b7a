//! Progress that a person can follow: numbered steps and how long each took.

use std::time::{Duration, Instant};

use crate::trouble::Trouble;

/// A list of steps of known length, printed as it is worked through.
pub(crate) struct Steps {
    total: usize,
    begun: usize,
}

impl Steps {
    pub(crate) fn of(total: usize) -> Self {
        Self { total, begun: 0 }
    }

    /// Prints what is about to happen, does it, and prints how long it took.
    pub(crate) fn step<T>(
        &mut self,
        what: &str,
        work: impl FnOnce() -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        self.timed(what, work).0
    }

    /// As `step`, and hands back the time it took for a summary.
    pub(crate) fn timed<T>(
        &mut self,
        what: &str,
        work: impl FnOnce() -> Result<T, Trouble>,
    ) -> (Result<T, Trouble>, Duration) {
        self.begun += 1;
        let place = format!("[{}/{}]", self.begun, self.total);
        println!("\n{place} {what}");
        let start = Instant::now();
        let result = work();
        let took = start.elapsed();
        let spoken = spoken(took);
        match &result {
            Ok(_) => println!("{place} {what}: ok, {spoken}"),
            Err(trouble) => println!("{place} {what}: {trouble} ({spoken})"),
        }
        (result, took)
    }
}

/// A duration for a reader: `0.4 s`, `42 s`, `3 min 07 s`.
pub(crate) fn spoken(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds >= 60 {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    } else if seconds >= 10 {
        format!("{seconds} s")
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_for_readers() {
        let cases = [
            (0, "0.0 s"),
            (430, "0.4 s"),
            (42_000, "42 s"),
            (187_000, "3 min 07 s"),
        ];

        for (milliseconds, expected) in cases {
            assert_eq!(spoken(Duration::from_millis(milliseconds)), expected);
        }
    }

    #[test]
    fn a_step_hands_back_what_its_work_made() {
        let mut steps = Steps::of(2);

        assert_eq!(steps.step("count", || Ok(3)), Ok(3));
        assert_eq!(
            steps.step::<()>("break", || Err(Trouble::failed("bent"))),
            Err(Trouble::failed("bent"))
        );
    }
}
