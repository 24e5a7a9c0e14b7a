//! A telephone that answers for a caller who is with nobody: whoever is there presses a key first, for a machine that
//! answers telephones must not have the caller.

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::{OfferOutcome, Stage, SupportRoute, Timer};
use crate::{Act, CallSid, Digits, Keys, Moment, Prompt, WhyNot};

/// How often whoever answered is asked.
const MOST_ASKS: u8 = 2;

/// How long whoever answered has to press a key, in seconds, though the ringing would be over.
const ASKS_FOR_S: i64 = 30;

const ONE_KEY: Keys = Keys {
    most: 1,
    patience: 6,
};

/// That a telephone has answered and is asked to press a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screening {
    /// Since when.
    pub since: Moment,
    /// How often it was asked.
    pub asks: u8,
}

impl Case<'_> {
    /// Whether whoever answers an offer is to press a key before they have the caller.
    pub(super) fn is_screened(&self, number: u32) -> bool {
        let Some(offer) = self.state.offer(number) else {
            return false;
        };
        let is_with_agent = match &self.state.stage {
            Stage::Talking { .. } => true,
            Stage::Arrived
            | Stage::Waiting(_)
            | Stage::Offered { .. }
            | Stage::Outside { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => false,
        };
        offer.number.is_some()
            && offer.outcome.is_none()
            && self.rings_target(number)
            && !is_with_agent
            && self.turn.call.ended.is_none()
    }

    /// A telephone has answered: whoever is there is asked to press a key.
    pub(super) fn screen(&mut self, number: u32, leg: &CallSid) {
        let now = self.now();
        let Some(offer) = self.offer_mut(number) else {
            return;
        };
        offer.leg = Some(leg.clone());
        let screening = offer.screening.get_or_insert(Screening {
            since: now,
            asks: 0,
        });
        screening.asks += 1;
        let is_first = screening.asks == 1;
        let name = offer.name.clone();
        if is_first {
            self.turn
                .note(format!("{name} answered, and is asked to press a key."));
        }
        self.turn.say(Prompt::TakeCaller, &[]);
        let then = self.route(SupportRoute::Screened);
        self.turn.ask_other(ONE_KEY, then);
    }

    /// What whoever was asked pressed.
    pub(super) fn screened(&mut self, leg: &CallSid, keys: &Digits) {
        let legs = self.state.offers.iter();
        let place = legs
            .enumerate()
            .find(|(_, offer)| offer.leg.as_ref() == Some(leg))
            .map(|(place, offer)| (place, offer.agent.clone(), offer.screening));
        let Some((place, agent, screening)) = place else {
            return self.comes_too_late("Somebody at a telephone");
        };
        let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let asks = screening.map_or(0, |screening| screening.asks);
        match keys {
            Digits::Keys(_) | Digits::Nonsense => self.agent_takes(&agent, leg, Some(number)),
            Digits::None if !self.is_screened(number) => {
                self.agent_takes(&agent, leg, Some(number));
            }
            Digits::None if asks < MOST_ASKS => self.screen(number, leg),
            Digits::None => {
                self.fail_offer(number, &OfferOutcome::Vain(WhyNot::Missed));
                self.turn.say(Prompt::Goodbye, &[]);
                self.turn.act(Act::HangUp);
            }
        }
    }

    /// Whether whoever answered may still press a key: the ringing is not over for them.
    pub(super) fn waits_for_key(&mut self, number: u32) -> bool {
        let now = self.now();
        let screening = self.state.offer(number).and_then(|offer| offer.screening);
        let waits = screening.is_some_and(|one| now.seconds_since(one.since) < ASKS_FOR_S);
        if waits {
            self.tick(Timer::RingOver { offer: number }, ASKS_FOR_S);
        }
        waits
    }
}
