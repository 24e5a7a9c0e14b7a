//! What people at telephones do: call, answer, decline, press keys, speak, hang up.

use twilio::{CallSid, Party};

use super::agenda::Task;
use super::call::status_named;
use super::leg::{Direction, Leg, Status, Wire};
use super::runner::{Doing, Slot};
use super::{ControlError, Engine, Noted, PlaceCall};

/// A pause in which somebody still counts as speaking, in milliseconds.
const PAUSE_MS: i64 = 1_000;

impl Engine {
    /// Somebody outside calls a number of the account.
    ///
    /// # Errors
    /// The caller's number makes no sense, or the called one is not the account's.
    pub fn place_call(&mut self, call: PlaceCall) -> Result<CallSid, ControlError> {
        self.place(call, None)
    }

    /// The same, and what answers is asked for at this URL instead of the number's own: a call that tries something.
    ///
    /// # Errors
    /// As for `place_call`.
    pub fn place_call_asking(
        &mut self,
        call: PlaceCall,
        voice_url: String,
    ) -> Result<CallSid, ControlError> {
        self.place(call, Some(voice_url))
    }

    fn place(
        &mut self,
        call: PlaceCall,
        voice_url: Option<String>,
    ) -> Result<CallSid, ControlError> {
        if call.from.trim().is_empty() {
            return Err(ControlError::Bad {
                field: "from",
                reason: "is empty; who withholds their number is anonymous".to_owned(),
            });
        }
        let from = match Party::parse(&call.from) {
            Party::Number(number) => number.to_string(),
            Party::Client(_) | Party::Sip(_) | Party::Withheld(_) => call.from.trim().to_owned(),
            Party::Other(_) => {
                return Err(ControlError::Bad {
                    field: "from",
                    reason: "neither a number, a client, a SIP address nor a word of those who withhold theirs"
                        .to_owned(),
                });
            }
        };
        let to = Party::parse_called(&call.to).to_string();
        if self.own_number(&to).is_none() {
            return Err(ControlError::NotInService);
        }
        let who = (call.place, call.name);
        let sid = self.ring_number(from, to, who, Wire::Telephone, voice_url);
        self.settle();
        Ok(sid)
    }

    /// The person called answers.
    ///
    /// # Errors
    /// There is no such leg, or it does not ring at a telephone.
    pub fn answer(&mut self, leg: &CallSid) -> Result<(), ControlError> {
        self.ringing_telephone(leg)?;
        self.pick_up(leg);
        self.settle();
        Ok(())
    }

    /// The person called declines.
    ///
    /// # Errors
    /// There is no such leg, or it does not ring at a telephone.
    pub fn decline(&mut self, leg: &CallSid) -> Result<(), ControlError> {
        self.ringing_telephone(leg)?;
        let status = status_named(self.settings.options.declined_is);
        self.finish(leg, status);
        self.settle();
        Ok(())
    }

    /// The browser called is gone, and nobody declined.
    ///
    /// # Errors
    /// There is no such leg, or it does not ring.
    pub fn unreachable(&mut self, leg: &CallSid) -> Result<(), ControlError> {
        self.ringing_telephone(leg)?;
        let status = status_named(self.settings.options.unregistered_client_is);
        self.finish(leg, status);
        self.settle();
        Ok(())
    }

    /// The person on the leg presses keys: `0`–`9`, `*`, `#`, `A`–`D`.
    ///
    /// # Errors
    /// There is no such leg, it is over or still rings there, or a key is none.
    pub fn press(&mut self, leg: &CallSid, keys: &str) -> Result<(), ControlError> {
        let wrong = keys.chars().find(|key| !is_key(*key));
        if keys.is_empty() || wrong.is_some() {
            return Err(ControlError::Bad {
                field: "keys",
                reason: wrong.map_or_else(
                    || "no key is pressed".to_owned(),
                    |key| format!("there is no key {key:?}"),
                ),
            });
        }
        self.person_on_the_line(leg)?;
        for key in keys.chars() {
            self.key(leg, key);
            self.settle();
        }
        Ok(())
    }

    /// The person on the leg says something.
    ///
    /// # Errors
    /// There is no such leg, it is over or still rings there, or nothing is said.
    pub fn speak(&mut self, leg: &CallSid, text: &str) -> Result<(), ControlError> {
        if text.trim().is_empty() {
            return Err(ControlError::Bad {
                field: "text",
                reason: "nothing is said".to_owned(),
            });
        }
        self.person_on_the_line(leg)?;
        self.voice(leg, text.trim());
        self.settle();
        Ok(())
    }

    /// The person on the leg was heard to speak until this moment, nobody knows what: a message that is recorded goes on,
    /// and a room hears of a speaker.
    ///
    /// # Errors
    /// There is no such leg, or it is over or still rings there.
    pub fn voiced(&mut self, leg: &CallSid) -> Result<(), ControlError> {
        self.person_on_the_line(leg)?;
        let slot = self.listening_slot(leg);
        self.taping_speech(leg, slot, 0);
        if let Some(room) = self.room_of(leg).cloned() {
            self.speaks(leg, &room, PAUSE_MS);
        }
        self.settle();
        Ok(())
    }

    /// The person on the leg hangs up; one whose telephone still rings declines so.
    ///
    /// # Errors
    /// There is no such leg, or it is over.
    pub fn hang_up(&mut self, leg: &CallSid) -> Result<(), ControlError> {
        let found = self.telephone(leg)?;
        let unanswered = match found.direction {
            Direction::Inbound => self.settings.options.given_up_is,
            Direction::OutboundApi | Direction::OutboundDial => self.settings.options.declined_is,
        };
        let status = self.end_of(leg, status_named(unanswered));
        self.finish(leg, status);
        self.settle();
        Ok(())
    }

    /// A key reaches the leg from its far end.
    pub(crate) fn key(&mut self, sid: &CallSid, key: char) {
        let Some(leg) = self.leg(sid) else { return };
        if leg.status.is_final() {
            return;
        }
        let far = leg.talks_to.as_ref().and_then(|other| self.leg(other));
        let inner = far.and_then(|far| match (&far.wire, far.direction) {
            (Wire::Leg(inner), Direction::OutboundDial | Direction::OutboundApi) => {
                Some(inner.clone())
            }
            (Wire::Leg(_), Direction::Inbound) | (Wire::Telephone | Wire::Client, _) => None,
        });
        self.note_keys(sid, key);
        self.key_to_verb(sid, key);
        if let Some(inner) = inner {
            self.key(&inner, key);
        }
    }

    /// Words reach the leg from its far end: who talks to it hears them, and what listens understands them.
    pub(crate) fn voice(&mut self, sid: &CallSid, text: &str) {
        self.note(
            sid,
            Noted::Spoke {
                text: text.to_owned(),
            },
        );
        self.speech_to_verb(sid, text);
        if let Some(other) = self.leg(sid).and_then(|leg| leg.talks_to.clone()) {
            self.sound(&other, text);
        }
        self.voice_in_room(sid, text);
    }

    /// Words reach whoever is at the far end of the leg.
    pub(crate) fn sound(&mut self, sid: &CallSid, text: &str) {
        self.note(
            sid,
            Noted::Heard {
                text: text.to_owned(),
            },
        );
        let Some(leg) = self.leg(sid) else { return };
        match (leg.wire.clone(), leg.direction) {
            (Wire::Leg(inner), Direction::OutboundDial | Direction::OutboundApi) => {
                self.voice(&inner, text);
            }
            (Wire::Leg(outer), Direction::Inbound) => self.voice(&outer, text),
            (Wire::Telephone | Wire::Client, _) => {}
        }
    }

    /// Words that a document says are heard by the other leg, where the call came from within.
    pub(crate) fn heard_within(&mut self, sid: &CallSid, text: &str) {
        let Some(leg) = self.leg(sid) else { return };
        match (leg.wire.clone(), leg.direction) {
            (Wire::Leg(outer), Direction::Inbound) => {
                self.agenda.push_back(Task::Voice(outer, text.to_owned()));
            }
            (Wire::Leg(_), Direction::OutboundApi | Direction::OutboundDial)
            | (Wire::Telephone | Wire::Client, _) => {}
        }
    }

    fn note_keys(&mut self, sid: &CallSid, key: char) {
        let now = self.now;
        let Some(leg) = self.leg_mut(sid) else { return };
        if let Some(last) = leg.log.last_mut()
            && last.at == now
            && let Noted::Pressed { keys } = &mut last.what
        {
            keys.push(key);
            return;
        }
        self.note(
            sid,
            Noted::Pressed {
                keys: key.to_string(),
            },
        );
    }

    fn key_to_verb(&mut self, sid: &CallSid, key: char) {
        let slot = self.listening_slot(sid);
        self.pressed(sid, slot, key);
    }

    fn speech_to_verb(&mut self, sid: &CallSid, text: &str) {
        let slot = self.listening_slot(sid);
        self.spoken_to(sid, slot, text);
    }

    /// The document beside the call's own listens where it gathers; otherwise the call's own does.
    fn listening_slot(&self, sid: &CallSid) -> Slot {
        let beside = self.leg(sid).and_then(|leg| leg.side.as_ref());
        if beside.is_some_and(|runner| matches!(runner.doing, Doing::Gathering(_))) {
            Slot::Side
        } else {
            Slot::Main
        }
    }

    fn telephone(&self, sid: &CallSid) -> Result<&Leg, ControlError> {
        let leg = self.leg(sid).ok_or(ControlError::NoLeg)?;
        match leg.wire {
            Wire::Telephone | Wire::Client => {}
            Wire::Leg(_) => return Err(ControlError::NotNow("tied to another leg")),
        }
        if leg.status.is_final() {
            return Err(ControlError::NotNow("over"));
        }
        Ok(leg)
    }

    fn ringing_telephone(&self, sid: &CallSid) -> Result<(), ControlError> {
        let leg = self.telephone(sid)?;
        match (leg.direction, leg.status) {
            (Direction::OutboundApi | Direction::OutboundDial, Status::Ringing) => Ok(()),
            (Direction::Inbound, _) => Err(ControlError::NotNow("its own caller's")),
            (_, Status::InProgress) => Err(ControlError::NotNow("talking")),
            (_, _) => Err(ControlError::NotNow("not ringing")),
        }
    }

    fn person_on_the_line(&self, sid: &CallSid) -> Result<(), ControlError> {
        let leg = self.telephone(sid)?;
        match (leg.direction, leg.status) {
            (_, Status::InProgress) | (Direction::Inbound, Status::Ringing) => Ok(()),
            (_, _) => Err(ControlError::NotNow("ringing")),
        }
    }
}

/// Whether a character is a key of a telephone.
pub(crate) const fn is_key(key: char) -> bool {
    matches!(key, '0'..='9' | '*' | '#' | 'A'..='D')
}
