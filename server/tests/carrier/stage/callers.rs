//! People who call: willing, muddled or silent, and some who hang up at any moment.

use carrier::engine::{Noted, Place, PlaceCall, Time};
use carrier::face::Carrier;
use exchange::{MAX_PROMPTS, MAX_TRIES};
use twilio::CallSid;

use super::chance::Chance;
use super::judge::Case;

/// What a question of five keys has in its document.
const WANTS_ZIP: &str = "numDigits=\"5\"";

const PLACES: [(&str, &str, &str, &str, &str); 10] = [
    ("+13125550123", "CHICAGO", "IL", "60601", "US"),
    ("+19075550177", "", "", "", ""),
    ("+12025550188", "WASHINGTON", "DC", "20001", "US"),
    ("+16715550111", "HAGATNA", "GU", "96910", "GU"),
    ("+14165550123", "TORONTO", "ON", "", "CA"),
    ("+442079460123", "LONDON", "", "", "GB"),
    ("+15105550100", "", "AE", "09001", "US"),
    ("+15015550100", "TEXARKANA", "AR", "", "US"),
    ("+17755550100", "", "XX", "", "US"),
    ("anonymous", "", "", "", ""),
];

const LINES: [&str; 6] = [
    "senators",
    "senators",
    "senators-es",
    "senators-ja",
    "planets",
    "planets",
];

const ZIPS: [&str; 8] = [
    "60601", "99501", "20001", "96910", "71854", "09001", "00000", "1234",
];

const JUNK: [&str; 12] = [
    "*", "#", "0", "9", "8", "12345", "1*", "*1", "A", "00501", "2", "5#",
];

/// What a caller is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Answers what is asked.
    Willing,
    /// Presses whatever.
    Muddled,
    /// Presses nothing.
    Silent,
}

/// Somebody on the telephone.
#[derive(Debug)]
pub(crate) struct Caller {
    pub(crate) sid: CallSid,
    manner: Manner,
    pub(crate) placed: Time,
    /// When they lose patience, if they do.
    leaves: Option<Time>,
    is_gone: bool,
    line: &'static str,
    chance: Chance,
    questions: usize,
    will_press: Option<(Time, String)>,
}

impl Caller {
    /// Somebody calls some line from somewhere.
    pub(crate) fn calls(
        carrier: &Carrier,
        chance: &mut Chance,
        number_of: impl Fn(&str) -> String,
    ) -> Self {
        let mut own = Chance::from_seed(chance.next());
        let (from, city, state, zip, country) = own.one_of(PLACES);
        let line = own.one_of(LINES);
        let call = PlaceCall {
            from: from.to_owned(),
            to: number_of(line),
            place: Place {
                city: city.to_owned(),
                state: state.to_owned(),
                zip: zip.to_owned(),
                country: country.to_owned(),
            },
            name: None,
        };
        let sid = carrier.place_call(call).expect("the line is in service");
        let placed = carrier.now();
        let manner = match own.between(0, 10) {
            0 => Manner::Silent,
            1..=3 => Manner::Muddled,
            _ => Manner::Willing,
        };
        let leaves = own
            .strikes(25)
            .then(|| placed.plus(i64::from(own.between(0, 120_000))));
        Self {
            sid,
            manner,
            placed,
            leaves,
            is_gone: false,
            line,
            chance: own,
            questions: 0,
            will_press: None,
        }
    }

    /// What the call is judged by.
    pub(crate) fn case(&self) -> Case<'_> {
        Case {
            sid: &self.sid,
            stays: self.leaves.is_none(),
            most_questions: match self.manner {
                Manner::Silent => u16::from(MAX_TRIES),
                Manner::Willing | Manner::Muddled => MAX_PROMPTS,
            },
        }
    }

    /// Whether the call is over.
    pub(crate) fn is_over(&self, carrier: &Carrier) -> bool {
        let view = carrier.with(|engine| engine.call(&self.sid));
        view.is_none_or(|view| view.ended.is_some())
    }

    /// Does what is to be done by now. A key may come too late, and then nobody hears it.
    pub(crate) fn acts(&mut self, carrier: &Carrier) {
        let now = carrier.now();
        if self.leaves.is_some_and(|leaves| leaves <= now) && !self.is_gone {
            self.is_gone = true;
            let _ = carrier.hang_up(&self.sid);
            return;
        }
        let (questions, wants_zip) = carrier.with(|engine| {
            let log = engine.log(&self.sid);
            let questions = questions_in(log.iter().map(|entry| &entry.what));
            let last = log.iter().rev().find_map(|entry| document(&entry.what));
            (questions, last.is_some_and(|body| body.contains(WANTS_ZIP)))
        });
        if questions > self.questions {
            self.questions = questions;
            self.will_press = self.answer(wants_zip).map(|keys| {
                let after = self.chance.between(100, 20_000);
                (now.plus(i64::from(after)), keys.to_owned())
            });
        }
        if let Some((_, keys)) = self.will_press.take_if(|(at, _)| *at <= now) {
            let _ = carrier.press(&self.sid, &keys);
        }
    }

    fn answer(&mut self, wants_zip: bool) -> Option<&'static str> {
        match self.manner {
            Manner::Silent => None,
            Manner::Muddled => Some(self.chance.one_of(JUNK)),
            Manner::Willing if wants_zip => Some(self.chance.one_of(ZIPS)),
            Manner::Willing if self.line == "planets" => {
                Some(self.chance.one_of(["1", "2", "2", "2", "3", "4"]))
            }
            Manner::Willing => Some("1"),
        }
    }
}

/// How many questions a log tells of.
pub(crate) fn questions_in<'a>(log: impl Iterator<Item = &'a Noted>) -> usize {
    log.filter(|what| matches!(what, Noted::Verb { name } if name == "Gather"))
        .count()
}

/// The text of a document that was fetched.
pub(crate) fn document(what: &Noted) -> Option<&str> {
    if let Noted::Document { body, .. } = what {
        Some(body)
    } else {
        None
    }
}
