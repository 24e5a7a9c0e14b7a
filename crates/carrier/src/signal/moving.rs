//! Taking a call over: from browsers in which it rings, or from the one that has it.

use twilio::CallSid;

use super::call::{Call, Move, Party, Stage, Use, Whereabouts};
use super::{ConnId, Fault, MediaId, Out, Signalling};

impl Signalling {
    /// The carrier's answer to a browser that takes a call over is made, or cannot be.
    pub(super) fn move_described(
        &mut self,
        media: MediaId,
        moving: Move,
        result: Result<String, String>,
    ) {
        let Move {
            leg,
            conn,
            print,
            rang,
        } = moving;
        match result {
            Ok(sdp) if self.may_still_move(&leg, rang) => {
                let party = Party {
                    at: Whereabouts::Here(conn),
                    media,
                    print,
                    renewed: None,
                };
                let has = Use::Has {
                    leg: leg.clone(),
                    renews: None,
                };
                self.media.insert(media, has);
                self.hand_over(&leg, conn, party, sdp);
            }
            Ok(_) => {
                self.outs.push_back(Out::CloseMedia(media));
                self.hang_up_call(conn, leg.to_string(), None);
            }
            Err(words) => {
                let error = Some(Fault::new(53402, words));
                self.hang_up_call(conn, leg.to_string(), error);
                self.end_if_nobody_is_left(&leg);
            }
        }
    }

    fn may_still_move(&self, leg: &CallSid, rang: bool) -> bool {
        match self.calls.get(leg).map(|call| &call.stage) {
            Some(Stage::Rings { .. }) => true,
            Some(Stage::Taken(_) | Stage::Talks(_)) => !rang,
            Some(Stage::Called { .. }) | None => false,
        }
    }

    fn hand_over(&mut self, leg: &CallSid, conn: ConnId, to: Party, sdp: String) {
        let Some(call) = self.calls.remove(leg) else {
            return;
        };
        let media = to.media;
        let (before, stage) = (call.stage, Stage::Talks(to));
        self.calls.insert(leg.clone(), Call { stage, ..call });
        let is_answer = match before {
            // The page that takes the call over may itself have let it ring, and one `cancel` would end both.
            Stage::Rings { forks, .. } => {
                self.stop_ringing(leg, forks, Some(conn));
                true
            }
            Stage::Taken(party) => {
                self.take_from(leg, &party, conn);
                true
            }
            Stage::Talks(party) | Stage::Called { party, .. } => {
                self.take_from(leg, &party, conn);
                false
            }
        };
        let leg = leg.clone();
        self.outs.push_back(Out::Tie {
            media,
            leg: leg.clone(),
        });
        self.confirm(&leg, conn, Some(sdp));
        if is_answer {
            self.outs.push_back(Out::PickUp(leg));
        }
    }

    fn take_from(&mut self, leg: &CallSid, party: &Party, conn: ConnId) {
        match party.at {
            Whereabouts::Here(other) if other != conn => {
                self.hang_up_call(other, leg.to_string(), None);
            }
            Whereabouts::Here(_) | Whereabouts::Away(_) => {}
        }
        self.part(party);
    }

    pub(super) fn is_moving(&self, leg: &CallSid) -> bool {
        let mut moving = self.media.values().filter_map(Use::moving);
        moving.any(|moving| moving.leg == *leg)
    }
}
