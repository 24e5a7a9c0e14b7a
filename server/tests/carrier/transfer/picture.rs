//! How everything stands, on one line: who hears whom at the carrier, and what the consoles show.

use carrier::engine::{EarSound, LegState};
use desk::Doing;
use twilio::CallSid;

use super::world::{IDA, PHONE, World};

impl World {
    /// Each person with whom they hear, `(ringing)` or how they stand; then how far the transfer is, and why the last one
    /// came to nothing: `ida:ada ada:ida ben(away) | - | Ben declined.`
    pub(super) async fn picture(&self) -> String {
        let is_here = self.leg_of(IDA).is_some();
        let ida = if is_here {
            format!("ida:{}", self.hears(&self.ida))
        } else {
            "ida(gone)".to_owned()
        };
        let mut people = vec![ida];
        for user in ["ada", "ben", "cleo"] {
            people.extend(self.person(user).await);
        }
        people.extend(self.leg_of(PHONE).map(|leg| match leg.state {
            LegState::Talking => format!("phone:{}", self.hears(&leg.sid)),
            LegState::Ringing | LegState::Over => "phone(ringing)".to_owned(),
        }));
        let ada = self.console("ada").await.mine.doing;
        let ben = self.console("ben").await.mine.doing;
        let step = [&ada, &ben].into_iter().find_map(|doing| match doing {
            Doing::Call(call) => call.transfer.as_ref().map(|transfer| transfer.step.clone()),
            Doing::Nothing | Doing::Rung(_) | Doing::WrapUp(_) => None,
        });
        let failed = match ada {
            Doing::Call(call) => call.failed.map(|failed| format!(" | {}", failed.text)),
            Doing::Nothing | Doing::Rung(_) | Doing::WrapUp(_) => None,
        };
        format!(
            "{} | {}{}",
            people.join(" "),
            step.unwrap_or_else(|| "-".to_owned()),
            failed.unwrap_or_default()
        )
    }

    /// Cleo is shown only where she has a part.
    async fn person(&self, user: &str) -> Option<String> {
        let word = self.console(user).await.mine.standing.word;
        match self.leg_of(&format!("client:{user}")) {
            Some(leg) if leg.state == LegState::Talking => {
                let hears = self.hears(&leg.sid);
                Some(match word.as_str() {
                    "on-call" => format!("{user}:{hears}"),
                    other => format!("{user}:{hears}({other})"),
                })
            }
            Some(_) => Some(format!("{user}({word})")),
            None if word == "ringing" => Some(format!("{user}(ringing, no leg)")),
            None if user == "cleo" && word == "offline" => None,
            None => Some(format!("{user}({word})")),
        }
    }

    /// Whom somebody's leg hears: `music`, `hold`, `silence`, or names.
    pub(super) fn hears(&self, leg: &CallSid) -> String {
        let names = |legs: Vec<CallSid>| {
            let mut names: Vec<String> = legs.iter().map(|leg| self.name_of(leg)).collect();
            names.sort();
            names.join("+")
        };
        let ear = self.stage.carrier.with(|engine| engine.ear(leg));
        match ear.map(|ear| ear.sound) {
            None => "other words".to_owned(),
            Some(EarSound::Document(url)) if url.contains("/conference/hold") => "hold".to_owned(),
            Some(EarSound::Document(_) | EarSound::Music) => "music".to_owned(),
            Some(EarSound::Silence) => "silence".to_owned(),
            Some(EarSound::Others(legs)) if legs.is_empty() => "silence".to_owned(),
            Some(EarSound::Others(legs)) => names(legs),
        }
    }

    fn name_of(&self, leg: &CallSid) -> String {
        let legs = self.stage.carrier.legs().into_iter();
        let mut found = legs.filter(|own| own.sid == *leg);
        let number = found.next().map(|leg| leg.number).unwrap_or_default();
        match number.strip_prefix("client:") {
            Some(user) => user.to_owned(),
            None if number == PHONE => "phone".to_owned(),
            None => "ida".to_owned(),
        }
    }
}
