//! What is written to a recording (reference B.6, E.4).

use std::collections::BTreeMap;

use twilio::CallSid;
use twilio::callback::{RecordingSource, RecordingTrack};

use super::hearing::Passed;
use super::{Sounding, TapePlan, tidy};
use crate::engine::recording::Tape;
use crate::engine::{Engine, RecordingSid};

impl Engine {
    /// The recordings that take something down, be it silence.
    pub(super) fn tapes_planned(&self) -> BTreeMap<RecordingSid, TapePlan> {
        let tapes = self.tapes.live();
        tapes
            .filter_map(|tape| Some((tape.sid.clone(), self.tape_planned(tape)?)))
            .collect()
    }

    fn tape_planned(&self, tape: &Tape) -> Option<TapePlan> {
        let is_silent = tape.fills_a_pause();
        if !is_silent && !tape.runs() {
            return None;
        }
        let [mut first, second] = if is_silent {
            [Vec::new(), Vec::new()]
        } else {
            self.sides(tape)
        };
        let channels = if tape.order.channels < 2 {
            first.extend(second);
            vec![tidy(first)]
        } else {
            vec![tidy(first), tidy(second)]
        };
        Some(TapePlan { channels })
    }

    /// What comes from the leg and what it is given to hear, as far as each is recorded; of a room, the same twice.
    fn sides(&self, tape: &Tape) -> [Vec<Sounding>; 2] {
        let room = tape.conference.as_ref().and_then(|sid| self.rooms.get(sid));
        if let Some(room) = room {
            let heard = self.heard_of_room(room);
            return [heard.clone(), heard];
        }
        let Some(call) = &tape.call else {
            return [Vec::new(), Vec::new()];
        };
        let is_message = tape.order.source == RecordingSource::RecordVerb;
        match tape.order.track {
            RecordingTrack::Both | RecordingTrack::Other(_) if is_message => {
                [self.said_on(call), Vec::new()]
            }
            RecordingTrack::Both | RecordingTrack::Other(_) => {
                [self.said_on(call), self.given_on(call)]
            }
            RecordingTrack::Inbound => [self.said_on(call), Vec::new()],
            RecordingTrack::Outbound => [Vec::new(), self.given_on(call)],
        }
    }

    fn said_on(&self, call: &CallSid) -> Vec<Sounding> {
        self.voice_of(call, &mut Passed::new())
    }

    fn given_on(&self, call: &CallSid) -> Vec<Sounding> {
        let leg = self.leg(call);
        leg.map(|leg| self.heard_on(leg, &mut vec![call.clone()]))
            .unwrap_or_default()
    }
}
