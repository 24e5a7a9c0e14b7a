//! What clocks on walls show: the time of day in the zones by which lines keep their hours.

use exchange::{Civil, Day, Moment, Plan, WallClocks};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What the clock shows at a moment in every zone that a plan names. A zone that nobody knows is left
/// out: its lines count as open.
#[must_use]
pub fn clocks(plan: &Plan, now: Moment) -> WallClocks {
    let mut clocks = WallClocks::new();
    for zone in plan.zones() {
        if clocks.contains_key(zone) {
            continue;
        }
        match civil(zone, now) {
            Some(civil) => {
                clocks.insert(zone.to_owned(), civil);
            }
            None => tracing::warn!(zone, "a line keeps its hours by a zone that nobody knows"),
        }
    }
    clocks
}

/// What the clock shows in a zone; nothing where nobody knows the zone.
pub(crate) fn civil(zone: &str, now: Moment) -> Option<Civil> {
    let zone = TimeZone::get(zone).ok()?;
    let local = Timestamp::from_millisecond(now.0)
        .ok()?
        .to_zoned(zone)
        .datetime();
    let weekday = local.weekday().to_monday_zero_offset();
    let minute = 60 * u16::try_from(local.hour()).ok()? + u16::try_from(local.minute()).ok()?;
    Some(Civil {
        weekday: u8::try_from(weekday).ok()?,
        minute,
        day: Day::parse(&local.date().to_string()).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-20 04:30 UTC, a Friday.
    const FRIDAY: Moment = Moment(1_795_149_000_000);

    #[test]
    fn a_clock_shows_the_time_of_its_zone() {
        for (zone, weekday, minute, day) in [
            ("UTC", 4, 270, "2026-11-20"),
            ("America/New_York", 3, 23 * 60 + 30, "2026-11-19"),
            ("Asia/Tokyo", 4, 13 * 60 + 30, "2026-11-20"),
            ("Asia/Kolkata", 4, 600, "2026-11-20"),
        ] {
            let shown = civil(zone, FRIDAY).unwrap();

            let day = Day::parse(day).unwrap();
            let expected = Civil {
                weekday,
                minute,
                day,
            };
            assert_eq!(shown, expected, "{zone}");
        }
    }

    #[test]
    fn a_clock_follows_summer_time() {
        let hour = |at: &str| {
            let at: Timestamp = at.parse().unwrap();
            civil("Europe/Berlin", Moment(at.as_millisecond()))
                .unwrap()
                .minute
                / 60
        };

        assert_eq!(hour("2026-03-29T00:30:00Z"), 1);
        assert_eq!(hour("2026-03-29T01:30:00Z"), 3);
        assert_eq!(hour("2026-10-25T00:30:00Z"), 2);
        assert_eq!(hour("2026-10-25T01:30:00Z"), 2);
    }

    #[test]
    fn a_zone_that_nobody_knows_has_no_clock() {
        for zone in ["", "Mars/Olympus_Mons", "../etc/passwd"] {
            assert_eq!(civil(zone, FRIDAY), None, "{zone}");
        }
    }
}
