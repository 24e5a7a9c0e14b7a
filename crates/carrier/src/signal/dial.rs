//! Calls that browsers make: under the grant of their token, described by the media, named by the engine.

use twilio::token::Outgoing;
use twilio::{CallSid, Form};

use super::call::{Call, DialStep, Dialling, Party, Stage, Use, Whereabouts};
use super::print::Print;
use super::socket::EXPIRED;
use super::{ConnId, Fault, MediaId, Out, ServerFrame, Signalling};

impl Signalling {
    /// A browser calls.
    pub(super) fn dial(&mut self, conn: ConnId, temporary: String, sdp: String, params: &str) {
        if temporary.is_empty() {
            self.refuse(conn, (31400, "A call needs a name"));
            return;
        }
        if self.is_dialled(conn, &temporary) {
            self.note(conn, "a call came twice");
            return;
        }
        let outgoing = match self.may_dial(conn) {
            Ok(outgoing) => outgoing,
            Err((code, words)) => {
                self.hang_up_call(conn, temporary, Some(Fault::new(code, words)));
                return;
            }
        };
        let media = self.new_media(Use::Dialling(Dialling {
            conn,
            temporary,
            print: Print::of(&sdp),
            step: DialStep::Describing {
                application: outgoing.application.clone(),
                parameters: merged(params, &outgoing),
            },
        }));
        self.outs.push_back(Out::Answer { media, offer: sdp });
    }

    fn may_dial(&self, conn: ConnId) -> Result<Outgoing, (u32, &'static str)> {
        let Some(session) = self.session(conn) else {
            return Err((31204, "No token was shown"));
        };
        if session.is_expired() {
            return Err(EXPIRED);
        }
        if self.calls_of(conn) >= self.settings.calls_per_socket {
            return Err((31486, "There are too many calls at once"));
        }
        session
            .voice
            .outgoing
            .clone()
            .ok_or((31201, "The token does not allow calls"))
    }

    fn is_dialled(&self, conn: ConnId, temporary: &str) -> bool {
        let had = self
            .calls
            .values()
            .any(|call| call.temporary.as_deref() == Some(temporary) && call.is_had_by(conn));
        had || self.dialling(conn, temporary).is_some()
    }

    pub(super) fn dialling(&self, conn: ConnId, temporary: &str) -> Option<MediaId> {
        let found = self.media.iter().find(|(_, used)| {
            used.dialling()
                .is_some_and(|dialling| dialling.conn == conn && dialling.temporary == temporary)
        });
        found.map(|(media, _)| *media)
    }

    /// The carrier's answer to the offer of a browser that calls is made, or cannot be.
    pub(super) fn dial_described(
        &mut self,
        media: MediaId,
        dialling: Dialling,
        result: Result<String, String>,
    ) {
        let Dialling {
            conn,
            temporary,
            print,
            step,
        } = dialling;
        let DialStep::Describing {
            application,
            parameters,
        } = step
        else {
            let dialling = Dialling {
                conn,
                temporary,
                print,
                step,
            };
            self.media.insert(media, Use::Dialling(dialling));
            return;
        };
        let identity = self.session(conn).map(|session| session.identity.clone());
        match (result, identity) {
            (Ok(sdp), Some(identity)) => {
                let step = DialStep::Calling {
                    identity: identity.clone(),
                    sdp,
                };
                let dialling = Dialling {
                    conn,
                    temporary,
                    print,
                    step,
                };
                self.media.insert(media, Use::Dialling(dialling));
                self.outs.push_back(Out::Call {
                    media,
                    identity,
                    application,
                    parameters,
                });
            }
            (Ok(_), None) => self.outs.push_back(Out::CloseMedia(media)),
            (Err(words), _) => {
                self.hang_up_call(conn, temporary, Some(Fault::new(31400, words)));
            }
        }
    }

    /// What came of [`Out::Call`]: the call, or in words why there is none.
    pub fn called(&mut self, media: MediaId, result: Result<CallSid, String>) {
        match self.media.remove(&media) {
            Some(Use::Dialling(dialling)) => self.dial_called(media, dialling, result),
            Some(
                used @ (Use::Offering { .. } | Use::Offered | Use::Moving(_) | Use::Has { .. }),
            ) => {
                self.media.insert(media, used);
            }
            None => {}
        }
        self.settle();
    }

    fn dial_called(&mut self, media: MediaId, dialling: Dialling, result: Result<CallSid, String>) {
        let Dialling {
            conn,
            temporary,
            print,
            step,
        } = dialling;
        match (step, result) {
            (DialStep::Calling { .. }, Ok(leg)) if self.calls.contains_key(&leg) => {
                self.note(conn, "a call got the name of another");
                self.hang_up_call(conn, temporary, Some(Fault::new(31400, "No name is left")));
                self.outs.push_back(Out::CloseMedia(media));
            }
            (DialStep::Calling { identity, sdp }, Ok(leg)) => {
                let party = Party {
                    at: Whereabouts::Here(conn),
                    media,
                    print,
                    renewed: None,
                };
                let call = Call {
                    identity,
                    reconnect: self.new_token(),
                    temporary: Some(temporary),
                    stage: Stage::Called {
                        party,
                        sdp,
                        is_named: false,
                    },
                };
                let has = Use::Has {
                    leg: leg.clone(),
                    renews: None,
                };
                self.media.insert(media, has);
                self.calls.insert(leg.clone(), call);
                self.outs.push_back(Out::Tie { media, leg });
            }
            (DialStep::Calling { .. }, Err(words)) => {
                self.hang_up_call(conn, temporary, Some(Fault::new(31400, words)));
                self.outs.push_back(Out::CloseMedia(media));
            }
            (DialStep::GivenUp, Ok(leg)) => self.outs.push_back(Out::HangUp(leg)),
            (DialStep::GivenUp, Err(_)) => {}
            (step @ DialStep::Describing { .. }, _) => {
                let dialling = Dialling {
                    conn,
                    temporary,
                    print,
                    step,
                };
                self.media.insert(media, Use::Dialling(dialling));
            }
        }
    }

    /// A browser gives up a call that has no name yet.
    pub(super) fn give_up(&mut self, media: MediaId) {
        let Some(Use::Dialling(dialling)) = self.media.get_mut(&media) else {
            return;
        };
        match dialling.step {
            DialStep::Describing { .. } => self.close_media(media),
            DialStep::Calling { .. } => {
                dialling.step = DialStep::GivenUp;
                self.outs.push_back(Out::CloseMedia(media));
            }
            DialStep::GivenUp => {}
        }
    }

    /// Tells a browser that a call is over. Without a name that would mean every call of the browser.
    pub(super) fn hang_up_call(&mut self, conn: ConnId, callsid: String, error: Option<Fault>) {
        if callsid.is_empty() {
            self.note(conn, "a frame names no call");
        } else {
            self.send(conn, ServerFrame::HangUp { callsid, error });
        }
    }
}

/// What the browser gives along, and over it what the token gives along, which is signed.
fn merged(params: &str, outgoing: &Outgoing) -> Vec<(String, String)> {
    let form = Form::parse(params.as_bytes());
    let own = form
        .iter()
        .filter(|(name, _)| !outgoing.params.contains_key(*name));
    let own = own.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let signed = outgoing.params.iter().map(|(name, value)| {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        (name.clone(), text)
    });
    own.chain(signed).collect()
}
