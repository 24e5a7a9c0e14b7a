//! A closed line: what its callers are told, and when they may call again.
//!
//! A support line has its own way of turning callers away (`support::caller`), since it may take a message.

use crate::turn::Turn;
use crate::{Civil, Forward, Input, Language, Opening, Outcome, Part, PhoneTree, Progress, Prompt};

/// Whether a call that has only come to its line finds it closed. Whoever is already led through it goes on.
pub(crate) fn is_met(turn: &Turn<'_>, input: &Input) -> bool {
    let has_just_come = match &turn.call.progress {
        Progress::Forward(state) => *state == Forward::default(),
        Progress::Menu(state) => *state == PhoneTree::default(),
        Progress::CallingOut(_) | Progress::Support(_) | Progress::Conference(_) => false,
    };
    has_just_come && !turn.line.is_open(&input.clocks)
}

/// Tells the caller that the line is closed and when it opens, and ends the call.
pub(crate) fn turn_away(turn: &mut Turn<'_>, input: &Input) {
    turn.note("The line is closed.");
    turn.say(Prompt::LineClosed, &[]);
    let hours = turn.line.hours.as_ref();
    let clock = hours.and_then(|hours| Some((hours, input.clocks.get(&hours.zone)?)));
    if let Some((hours, clock)) = clock
        && let Some(opening) = hours.next_opening(clock)
    {
        tell_opening(turn, clock, &opening);
    }
    turn.farewell(Prompt::CallAgain, Outcome::Closed);
}

fn tell_opening(turn: &mut Turn<'_>, clock: &Civil, opening: &Opening) {
    let language = turn.line.language;
    let time = Part::Text(time(language, opening.minute));
    match opening.days_on {
        0 => turn.say(Prompt::LineOpensToday, &[("time", time)]),
        1 => turn.say(Prompt::LineOpensTomorrow, &[("time", time)]),
        days_on => {
            let weekday = (usize::from(clock.weekday) + usize::from(days_on)) % 7;
            let day = Part::Text(day(language, weekday).to_owned());
            turn.say(Prompt::LineOpensOn, &[("day", day), ("time", time)]);
        }
    }
}

/// A day of the week as it is said, 0 for Monday.
fn day(language: Language, weekday: usize) -> &'static str {
    let days = match language {
        Language::English => [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ],
        Language::Spanish => [
            "lunes",
            "martes",
            "miércoles",
            "jueves",
            "viernes",
            "sábado",
            "domingo",
        ],
        Language::Japanese => [
            "月曜日",
            "火曜日",
            "水曜日",
            "木曜日",
            "金曜日",
            "土曜日",
            "日曜日",
        ],
    };
    days.get(weekday).copied().unwrap_or_default()
}

/// A time of day as it is said.
fn time(language: Language, minute: u16) -> String {
    let (hour, minute) = (minute / 60, minute % 60);
    match language {
        Language::English => {
            let half = if hour < 12 { "AM" } else { "PM" };
            let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
            match minute {
                0 => format!("{hour} {half}"),
                minute => format!("{hour}:{minute:02} {half}"),
            }
        }
        Language::Spanish => format!("{hour}:{minute:02}"),
        Language::Japanese if minute == 0 => format!("{hour}時"),
        Language::Japanese => format!("{hour}時{minute}分"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_as_people_say_it() {
        for (language, minute, said) in [
            (Language::English, 0, "12 AM"),
            (Language::English, 570, "9:30 AM"),
            (Language::English, 720, "12 PM"),
            (Language::English, 1_020, "5 PM"),
            (Language::Spanish, 545, "9:05"),
            (Language::Japanese, 540, "9時"),
            (Language::Japanese, 810, "13時30分"),
        ] {
            assert_eq!(time(language, minute), said);
        }
    }
}
