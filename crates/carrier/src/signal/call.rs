//! A call as browsers see it: where it rings, who has it, and over which media connection.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use twilio::{ApplicationSid, CallSid};

use super::print::Print;
use super::{ConnId, Fault, MediaId, Out, ServerFrame, Signalling};
use crate::timers::TimerKey;

/// A leg whose far end is a browser.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) identity: String,
    /// What gives the right to come back to it.
    pub(super) reconnect: String,
    /// The name that the browser gave it, if the browser made it.
    pub(super) temporary: Option<String>,
    pub(super) stage: Stage,
}

/// How far a call has come.
#[derive(Debug)]
pub(super) enum Stage {
    /// It rings in browsers.
    Rings {
        parameters: Map<String, Value>,
        forks: BTreeMap<ConnId, MediaId>,
    },
    /// A browser has answered, and its description is being looked at.
    Taken(Party),
    /// A browser has made it, and nobody has answered.
    Called {
        party: Party,
        /// The carrier's answer to the browser's offer.
        sdp: String,
        /// Whether the browser knows its lasting name.
        is_named: bool,
    },
    /// A browser talks.
    Talks(Party),
}

/// The browser that has a call.
#[derive(Debug)]
pub(super) struct Party {
    pub(super) at: Whereabouts,
    pub(super) media: MediaId,
    pub(super) print: Print,
    /// The carrier's answer to the latest new negotiation, which may not have reached the browser.
    pub(super) renewed: Option<String>,
}

/// Where the browser of a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whereabouts {
    /// On a socket.
    Here(ConnId),
    /// It lost its socket and may come back until then.
    Away(TimerKey),
}

/// What a media connection is for.
#[derive(Debug)]
pub(super) enum Use {
    /// A browser is to be offered a call, and the offer is not made yet.
    Offering { leg: CallSid, conn: ConnId },
    /// A browser is offered a call.
    Offered,
    /// A browser calls, and its call has no name yet.
    Dialling(Dialling),
    /// A browser takes a call over.
    Moving(Move),
    /// A browser has a call.
    Has {
        leg: CallSid,
        /// What becomes the print when the carrier has answered a new negotiation.
        renews: Option<Print>,
    },
}

/// A call that a browser begins to make.
#[derive(Debug)]
pub(super) struct Dialling {
    pub(super) conn: ConnId,
    pub(super) temporary: String,
    pub(super) print: Print,
    pub(super) step: DialStep,
}

/// How far the making of a call has come.
#[derive(Debug)]
pub(super) enum DialStep {
    /// The carrier's answer to the offer is awaited.
    Describing {
        application: ApplicationSid,
        parameters: Vec<(String, String)>,
    },
    /// The name of the call is awaited.
    Calling { identity: String, sdp: String },
    /// The name is awaited only to end the call: the browser gave it up.
    GivenUp,
}

/// A call on its way to another media connection.
#[derive(Debug)]
pub(super) struct Move {
    pub(super) leg: CallSid,
    pub(super) conn: ConnId,
    pub(super) print: Print,
    /// Whether it rang when that began; then whoever answers before is first.
    pub(super) rang: bool,
}

impl Use {
    pub(super) const fn dialling(&self) -> Option<&Dialling> {
        match self {
            Self::Dialling(dialling) => Some(dialling),
            Self::Offering { .. } | Self::Offered | Self::Moving(_) | Self::Has { .. } => None,
        }
    }

    pub(super) const fn moving(&self) -> Option<&Move> {
        match self {
            Self::Moving(moving) => Some(moving),
            Self::Offering { .. } | Self::Offered | Self::Dialling(_) | Self::Has { .. } => None,
        }
    }
}

impl Stage {
    pub(super) const fn party(&self) -> Option<&Party> {
        match self {
            Self::Rings { .. } => None,
            Self::Taken(party) | Self::Called { party, .. } | Self::Talks(party) => Some(party),
        }
    }

    pub(super) const fn party_mut(&mut self) -> Option<&mut Party> {
        match self {
            Self::Rings { .. } => None,
            Self::Taken(party) | Self::Called { party, .. } | Self::Talks(party) => Some(party),
        }
    }
}

impl Call {
    /// Whether a browser on the socket, or one that lost its own, has the call.
    pub(super) fn is_had_by(&self, conn: ConnId) -> bool {
        self.stage
            .party()
            .is_some_and(|party| party.at == Whereabouts::Here(conn))
    }

    pub(super) fn is_away(&self) -> bool {
        self.stage
            .party()
            .is_some_and(|party| matches!(party.at, Whereabouts::Away(_)))
    }

    /// The name under which the browser knows it.
    fn name(&self, leg: &CallSid) -> String {
        match (&self.stage, &self.temporary) {
            (
                Stage::Called {
                    is_named: false, ..
                },
                Some(temporary),
            ) => temporary.clone(),
            (Stage::Called { .. } | Stage::Rings { .. } | Stage::Taken(_) | Stage::Talks(_), _) => {
                leg.to_string()
            }
        }
    }
}

impl Signalling {
    /// A client leg is over, whoever ended it. The error, a code and words, is shown in the browser. A leg that is not
    /// known, or that the browser ended itself, is nothing.
    pub fn over(&mut self, leg: &CallSid, error: Option<(u32, String)>) {
        let error = error.map(|(code, message)| Fault { code, message });
        let mut told = self.browsers_moving(leg);
        let call = self.calls.get(leg);
        let party = call.and_then(|call| call.stage.party());
        if let (Some(call), Some(Whereabouts::Here(conn))) = (call, party.map(|party| party.at)) {
            told.push((conn, call.name(leg)));
        }
        for (conn, callsid) in told {
            let error = error.clone();
            self.send(conn, ServerFrame::HangUp { callsid, error });
        }
        self.end(leg, None);
        self.settle();
    }

    /// Browsers that are taking the call over.
    fn browsers_moving(&self, leg: &CallSid) -> Vec<(ConnId, String)> {
        let moving = self.media.values().filter_map(Use::moving);
        let here = moving.filter(|moving| moving.leg == *leg);
        here.map(|moving| (moving.conn, leg.to_string())).collect()
    }

    /// Forgets a call: where it rings it stops, except in the browser that knows already, and its media are closed.
    pub(super) fn end(&mut self, leg: &CallSid, but: Option<ConnId>) {
        let Some(call) = self.calls.remove(leg) else {
            return;
        };
        match call.stage {
            Stage::Rings { forks, .. } => self.stop_ringing(leg, forks, but),
            Stage::Taken(party) | Stage::Called { party, .. } | Stage::Talks(party) => {
                self.part(&party);
            }
        }
        let moving = self.media.iter();
        let moving: Vec<_> = moving
            .filter(|(_, used)| used.moving().is_some_and(|moving| moving.leg == *leg))
            .map(|(media, _)| *media)
            .collect();
        for media in moving {
            self.close_media(media);
        }
    }

    pub(super) fn stop_ringing(
        &mut self,
        leg: &CallSid,
        forks: BTreeMap<ConnId, MediaId>,
        but: Option<ConnId>,
    ) {
        for (conn, media) in forks {
            let is_offered = matches!(self.media.get(&media), Some(Use::Offered));
            if is_offered && Some(conn) != but {
                let callsid = leg.to_string();
                self.send(conn, ServerFrame::Cancel { callsid });
            }
            self.close_media(media);
        }
    }

    /// Takes a call from the browser that had it.
    pub(super) fn part(&mut self, party: &Party) {
        if let Whereabouts::Away(key) = party.at {
            self.timers.take_back(key);
        }
        self.close_media(party.media);
    }

    pub(super) fn close_media(&mut self, media: MediaId) {
        if self.media.remove(&media).is_some() {
            self.outs.push_back(Out::CloseMedia(media));
        }
    }

    pub(super) fn new_media(&mut self, used: Use) -> MediaId {
        self.media_made += 1;
        let media = MediaId(self.media_made);
        self.media.insert(media, used);
        media
    }

    pub(super) fn send(&mut self, conn: ConnId, frame: ServerFrame) {
        if self.sockets.contains_key(&conn) {
            self.outs.push_back(Out::Send(conn, frame));
        }
    }

    pub(super) fn note(&mut self, conn: impl Into<Option<ConnId>>, text: impl Into<String>) {
        self.outs.push_back(Out::Note {
            conn: conn.into(),
            text: text.into(),
        });
    }
}
