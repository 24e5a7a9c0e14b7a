//! Coming back to a call after a lost socket, negotiating media anew.

use twilio::CallSid;

use super::call::{Move, Stage, Use, Whereabouts};
use super::print::Print;
use super::socket::EXPIRED;
use super::timers::Due;
use super::{ConnId, Fault, MediaId, Out, ServerFrame, Signalling};

/// What a browser that shows a reconnect token gets.
enum Way {
    /// Its media go on as they were.
    Back { renewed: Option<String> },
    /// Its media go on, once they are negotiated anew.
    Renew(MediaId),
    /// It gets media of its own, and then the call.
    Over { rang: bool },
    /// Nothing: the call cannot go on with what it sent.
    Nowhere,
}

impl Signalling {
    /// A browser shows a reconnect token.
    pub(super) fn reconnect(&mut self, conn: ConnId, name: &str, token: &str, sdp: String) {
        if self
            .session(conn)
            .is_some_and(|session| session.is_expired())
        {
            let error = Some(Fault::new(EXPIRED.0, EXPIRED.1));
            self.hang_up_call(conn, name.to_owned(), error);
            return;
        }
        let Some(leg) = self.entitled(conn, name, token) else {
            let error = Some(Fault::new(31404, "There is no such call to come back to"));
            self.hang_up_call(conn, name.to_owned(), error);
            return;
        };
        let print = Print::of(&sdp);
        match self.way(&leg, &print) {
            Way::Back { renewed } => {
                self.bring_back(&leg, conn);
                self.confirm(&leg, conn, renewed);
            }
            Way::Renew(media) => {
                self.bring_back(&leg, conn);
                self.renew(media, print, sdp);
            }
            Way::Over { rang } => {
                let moving = Use::Moving(Move {
                    leg,
                    conn,
                    print,
                    rang,
                });
                let media = self.new_media(moving);
                self.outs.push_back(Out::Answer { media, offer: sdp });
            }
            Way::Nowhere => self.hang_up_call(conn, name.to_owned(), None),
        }
    }

    /// The call, if the token is the one for it and the browser is of its identity.
    fn entitled(&self, conn: ConnId, name: &str, token: &str) -> Option<CallSid> {
        let leg = CallSid::parse(name).ok()?;
        let call = self.calls.get(&leg)?;
        let session = self.session(conn)?;
        (call.reconnect == token && call.identity == session.identity).then_some(leg)
    }

    fn way(&self, leg: &CallSid, print: &Print) -> Way {
        match self.calls.get(leg).map(|call| &call.stage) {
            Some(Stage::Rings { .. }) if print.is_offer => Way::Over { rang: true },
            Some(Stage::Taken(party) | Stage::Talks(party)) => {
                if print.is_as(&party.print) {
                    let renewed = party.renewed.clone();
                    Way::Back { renewed }
                } else if !print.is_offer {
                    Way::Nowhere
                } else if print.is_of(&party.print) {
                    Way::Renew(party.media)
                } else {
                    Way::Over { rang: false }
                }
            }
            // The token of a call that nobody has answered yet was not given out.
            Some(Stage::Rings { .. } | Stage::Called { .. }) | None => Way::Nowhere,
        }
    }

    /// The browser of a call is on this socket now.
    fn bring_back(&mut self, leg: &CallSid, conn: ConnId) {
        let call = self.calls.get_mut(leg);
        let Some(party) = call.and_then(|call| call.stage.party_mut()) else {
            return;
        };
        let before = std::mem::replace(&mut party.at, Whereabouts::Here(conn));
        if let Whereabouts::Away(key) = before {
            self.timers.take_back(key);
        }
    }

    pub(super) fn confirm(&mut self, leg: &CallSid, conn: ConnId, sdp: Option<String>) {
        let Some(call) = self.calls.get(leg) else {
            return;
        };
        let frame = ServerFrame::Answer {
            callsid: leg.to_string(),
            sdp,
            reconnect: call.reconnect.clone(),
        };
        self.send(conn, frame);
    }

    /// A browser negotiates the media of a call anew.
    pub(super) fn reinvite(&mut self, conn: ConnId, name: &str, sdp: String) {
        let leg = CallSid::parse(name).ok();
        let call = leg.and_then(|leg| self.calls.get(&leg));
        let Some(call) = call else {
            self.hang_up_call(conn, name.to_owned(), None);
            return;
        };
        let media = match &call.stage {
            Stage::Talks(party) if call.is_had_by(conn) => Some(party.media),
            Stage::Talks(_) | Stage::Rings { .. } | Stage::Taken(_) | Stage::Called { .. } => None,
        };
        match media {
            Some(media) => self.renew(media, Print::of(&sdp), sdp),
            None => self.note(conn, "media were to be renewed where there are none"),
        }
    }

    fn renew(&mut self, media: MediaId, print: Print, offer: String) {
        if let Some(Use::Has { renews, .. }) = self.media.get_mut(&media) {
            *renews = Some(print);
            self.outs.push_back(Out::Reoffer { media, offer });
        }
    }

    /// The carrier's answer to a new negotiation is made, or cannot be.
    pub(super) fn renewal_described(
        &mut self,
        leg: &CallSid,
        print: Print,
        result: Result<String, String>,
    ) {
        let call = self.calls.get_mut(leg);
        let Some(party) = call.and_then(|call| call.stage.party_mut()) else {
            return;
        };
        match result {
            Ok(sdp) => {
                party.print = print;
                party.renewed = Some(sdp.clone());
                if let Whereabouts::Here(conn) = party.at {
                    self.confirm(leg, conn, Some(sdp));
                }
            }
            // The browser asks again, and gives up after a while by itself.
            Err(words) => self.note(None, format!("media cannot be renewed: {words}")),
        }
    }

    /// A socket is gone: its calls wait for it to come back, or end.
    pub(super) fn leave_calls(&mut self, conn: ConnId, grace_ms: i64) {
        let began = self.media.iter();
        let dialled: Vec<_> = began
            .clone()
            .filter(|(_, used)| {
                used.dialling()
                    .is_some_and(|dialling| dialling.conn == conn)
            })
            .map(|(media, _)| *media)
            .collect();
        let moved: Vec<_> = began
            .filter_map(|(media, used)| Some((*media, used.moving()?)))
            .filter(|(_, moving)| moving.conn == conn)
            .map(|(media, moving)| (media, moving.leg.clone()))
            .collect();
        for media in dialled {
            self.give_up(media);
        }
        for (media, leg) in moved {
            self.close_media(media);
            self.end_if_nobody_is_left(&leg);
        }
        let legs: Vec<_> = self.calls.keys().cloned().collect();
        for leg in legs {
            self.leave_call(&leg, conn, grace_ms);
        }
    }

    fn leave_call(&mut self, leg: &CallSid, conn: ConnId, grace_ms: i64) {
        let Some(call) = self.calls.get_mut(leg) else {
            return;
        };
        let had = call.is_had_by(conn);
        match &mut call.stage {
            Stage::Rings { forks, .. } => {
                if let Some(media) = forks.remove(&conn) {
                    self.close_media(media);
                    self.end_if_nobody_is_left(leg);
                }
            }
            Stage::Taken(party) | Stage::Talks(party) if had && grace_ms > 0 => {
                let by = self.now.plus(grace_ms);
                let key = self.timers.set(by, Due::GivesUp(leg.clone()));
                party.at = Whereabouts::Away(key);
            }
            Stage::Taken(_) | Stage::Talks(_) | Stage::Called { .. } if had => {
                self.end_by_browser(leg, None);
            }
            Stage::Taken(_) | Stage::Talks(_) | Stage::Called { .. } => {}
        }
    }

    /// The browser of a call ends it, or did not come back.
    pub(super) fn end_by_browser(&mut self, leg: &CallSid, conn: Option<ConnId>) {
        if self.calls.contains_key(leg) {
            self.end(leg, conn);
            self.outs.push_back(Out::HangUp(leg.clone()));
        }
    }
}
