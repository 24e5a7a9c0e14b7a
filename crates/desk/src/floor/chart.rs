//! A day's calls by the hour, as a chart draws them and as words tell them.

use super::{HourCount, LineDay};

/// What a chart's height stands for: whole calls, ending at a round number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// What its top stands for.
    pub top: u32,
    /// How far its marks are apart.
    pub step: u32,
}

impl Scale {
    /// The scale that holds an hour of so many calls, in at most four steps of 1, 2, 5, 10, 20, 50, …
    #[must_use]
    pub fn of(busiest: u32) -> Self {
        let busiest = busiest.max(1);
        let mut steps = (0..9).flat_map(|power| [1, 2, 5].map(|one| one * 10_u32.pow(power)));
        let step = steps
            .find(|step| busiest.div_ceil(*step) <= 4)
            .unwrap_or(busiest);
        Self {
            top: busiest.div_ceil(step).saturating_mul(step),
            step,
        }
    }

    /// Its marks, from nothing to its top.
    #[must_use]
    pub fn marks(self) -> Vec<u32> {
        (0..=self.top / self.step)
            .map(|mark| mark * self.step)
            .collect()
    }
}

impl HourCount {
    /// How many ended another way: with a message, a wish to be called back, or not yet.
    #[must_use]
    pub fn otherwise(self) -> u32 {
        self.calls.saturating_sub(self.answered + self.abandoned)
    }
}

impl LineDay {
    /// What the chart of the hours shows, in a sentence.
    #[must_use]
    pub fn chart_text(&self) -> String {
        let busiest = self.busiest();
        let hour = self.hours.iter().position(|hour| hour.calls == busiest);
        match hour {
            Some(hour) if busiest > 0 => {
                let calls = match self.calls {
                    1 => "1 call".to_owned(),
                    many => format!("{many} calls"),
                };
                let (from, to) = (on_the_hour(hour), on_the_hour(hour + 1));
                format!("{calls}, the most of them from {from} to {to}: {busiest}.")
            }
            Some(_) | None => "No hour has brought a call yet.".to_owned(),
        }
    }
}

/// An hour of the day as people write it: `09:00–10:00`.
#[must_use]
pub fn hour_span(hour: usize) -> String {
    format!("{}–{}", on_the_hour(hour), on_the_hour(hour + 1))
}

fn on_the_hour(hour: usize) -> String {
    format!("{hour:02}:00")
}
