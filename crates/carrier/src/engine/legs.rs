//! Telephones in calls, for whoever shows and holds them.

use twilio::CallSid;

use super::leg::{Direction, Leg, Wire};
use super::runner::{Doing, Runner};
use super::{Engine, LegRole, LegState, LegView};

/// How long a telephone whose call is over is still shown, in milliseconds.
const SHOWN_AFTERWARDS: i64 = 60_000;

impl Engine {
    /// What the browser of a leg is told beside the standard parameters; nothing of a leg that does not exist.
    #[must_use]
    pub fn told(&self, leg: &CallSid) -> &[(String, String)] {
        self.leg(leg).map_or(&[], |leg| &leg.parameters)
    }

    /// Every telephone outside and every browser that is in a call or was a minute ago, in the order in which the calls began.
    #[must_use]
    pub fn legs(&self) -> Vec<LegView> {
        let mut legs: Vec<&Leg> = self
            .legs
            .values()
            .filter(|leg| match leg.wire {
                Wire::Telephone | Wire::Client => true,
                Wire::Leg(_) => false,
            })
            .filter(|leg| {
                leg.ended
                    .is_none_or(|ended| ended.plus(SHOWN_AFTERWARDS) > self.now)
            })
            .filter(|leg| leg.rang.is_some() || leg.answered.is_some())
            .collect();
        legs.sort_by_key(|leg| leg.serial);
        legs.into_iter().map(telephone).collect()
    }
}

fn telephone(leg: &Leg) -> LegView {
    let (role, number, other) = match leg.direction {
        Direction::Inbound => (LegRole::Caller, &leg.from, &leg.to),
        Direction::OutboundApi | Direction::OutboundDial => (LegRole::Callee, &leg.to, &leg.from),
    };
    let (state, since) = if let Some(ended) = leg.ended {
        (LegState::Over, ended)
    } else if let Some(answered) = leg.answered {
        (LegState::Talking, answered)
    } else {
        (LegState::Ringing, leg.rang.unwrap_or(leg.created))
    };
    let runners = [leg.side.as_ref(), leg.main.as_ref()];
    LegView {
        sid: leg.sid.clone(),
        number: number.clone(),
        other: other.clone(),
        role,
        state,
        since,
        saying: runners
            .into_iter()
            .flatten()
            .find_map(|runner| runner.cues()?.saying()),
        awaits_keys: runners.into_iter().flatten().any(awaits_keys),
    }
}

fn awaits_keys(runner: &Runner) -> bool {
    matches!(&runner.doing, Doing::Gathering(gathering) if gathering.takes_keys())
}
