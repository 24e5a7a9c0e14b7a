//! What was measured, as medians over the rounds in a table.

use std::time::Duration;

/// One round of a case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    pub(super) requests: usize,
    /// The server's processor time; nothing where it cannot be measured.
    pub(super) processor: Option<Duration>,
    pub(super) took: Duration,
    pub(super) p50: Duration,
    pub(super) p99: Duration,
}

impl Sample {
    pub(super) fn micros(&self) -> Option<f64> {
        Some(self.processor?.as_secs_f64() * 1e6 / self.requests as f64)
    }
}

/// A case's name, aim and rounds.
pub(super) struct Measured {
    pub(super) name: &'static str,
    pub(super) aim: &'static str,
    pub(super) samples: Vec<Sample>,
}

impl Measured {
    /// Processor time of a request in microseconds.
    pub(super) fn micros(&self) -> Option<f64> {
        median(self.samples.iter().filter_map(Sample::micros))
    }

    /// Processor time over all rounds.
    pub(super) fn processor(&self) -> Option<Duration> {
        self.samples.iter().map(|sample| sample.processor).sum()
    }

    /// How far the rounds lie apart, in per cent of their median.
    fn spread(&self) -> Option<f64> {
        let rounds: Vec<f64> = self.samples.iter().filter_map(Sample::micros).collect();
        let least = rounds.iter().copied().reduce(f64::min)?;
        let most = rounds.iter().copied().reduce(f64::max)?;
        Some(100.0 * (most - least) / self.micros()?)
    }

    fn row(&self, bare: Option<f64>) -> [String; 8] {
        let micros = self.micros();
        let ratio = micros.zip(bare).map(|(micros, bare)| micros / bare);
        let of = |measure: fn(&Sample) -> f64, decimals: usize| {
            number(median(self.samples.iter().map(measure)), decimals)
        };
        [
            self.name.to_owned(),
            number(micros, 1),
            number(self.spread(), 0),
            number(ratio, 2),
            of(
                |sample| sample.requests as f64 / sample.took.as_secs_f64(),
                0,
            ),
            of(|sample| sample.p50.as_secs_f64() * 1e3, 2),
            of(|sample| sample.p99.as_secs_f64() * 1e3, 2),
            self.aim.to_owned(),
        ]
    }
}

/// The table; the first case is the yardstick.
pub(super) fn table(cases: &[Measured]) -> String {
    let bare = cases.first().and_then(Measured::micros);
    let head = [
        "webhook", "CPU µs", "spread %", "× bare", "req/s", "p50 ms", "p99 ms", "aim",
    ]
    .map(str::to_owned);
    let rows: Vec<[String; 8]> = std::iter::once(head)
        .chain(cases.iter().map(|case| case.row(bare)))
        .collect();
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: [usize; 8] = std::array::from_fn(width);
    let mut text = String::new();
    for row in &rows {
        let [name, figures @ .., aim] = row;
        let mut line = format!("{name:<0$}", widths[0]);
        for (figure, width) in figures.iter().zip(&widths[1..]) {
            line.push_str(&format!("  {figure:>width$}"));
        }
        line.push_str(&format!("  {aim}"));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A number for a reader, or that there is none.
pub(super) fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.decimals$}"))
}

/// The middle one, or the mean of the two in the middle.
pub(super) fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(values[values.len() / 2 - 1], upper))
}

/// The value below which `share` of all lie.
pub(super) fn percentile(latencies: &mut [Duration], share: f64) -> Duration {
    latencies.sort_unstable();
    let last = latencies.len().saturating_sub(1);
    let at = (last as f64 * share).round() as usize;
    latencies.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(name: &'static str, micros: &[u64]) -> Measured {
        let sample = |&micros: &u64| Sample {
            requests: 1000,
            processor: Some(Duration::from_millis(micros)),
            took: Duration::from_millis(500),
            p50: Duration::from_micros(700),
            p99: Duration::from_micros(2500),
        };
        Measured {
            name,
            aim: "",
            samples: micros.iter().map(sample).collect(),
        }
    }

    #[test]
    fn one_odd_round_does_not_move_the_median() {
        assert_eq!(median([3.0, 1.0, 100.0].into_iter()), Some(3.0));
        assert_eq!(median([1.0, 2.0].into_iter()), Some(1.5));
        assert_eq!(median(std::iter::empty()), None);
    }

    #[test]
    fn the_table_sets_every_case_beside_the_first() {
        let cases = [measured("bare", &[10, 9, 30]), measured("rich", &[25])];

        let text = table(&cases);

        assert_eq!(
            text,
            "webhook  CPU µs  spread %  × bare  req/s  p50 ms  p99 ms  aim\n\
             bare       10.0       210    1.00   2000    0.70    2.50\n\
             rich       25.0         0    2.50   2000    0.70    2.50\n"
        );
    }

    #[test]
    fn percentiles_are_values_that_were_seen() {
        let mut latencies: Vec<Duration> = (0..=100).rev().map(Duration::from_millis).collect();

        assert_eq!(percentile(&mut latencies, 0.99), Duration::from_millis(99));
        assert_eq!(percentile(&mut [], 0.5), Duration::ZERO);
    }
}
