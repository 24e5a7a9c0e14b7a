//! A watcher that knows in which order things may be wanted, and what is open.

use std::collections::{BTreeMap, BTreeSet};

use carrier::signal::{ConnId, MediaId, Out, ServerFrame};
use twilio::CallSid;

/// What is open, tied and registered, by what was wanted so far.
#[derive(Debug, Default)]
pub(crate) struct Watcher {
    pub(crate) sockets: BTreeSet<ConnId>,
    pub(crate) media: BTreeMap<MediaId, Media>,
    pub(crate) registered: BTreeSet<String>,
    pub(crate) legs: BTreeMap<CallSid, Leg>,
    /// What gives the right to come back to a call, by what browsers were told.
    pub(crate) reconnect: BTreeMap<CallSid, String>,
    /// The sockets that were told of a call.
    pub(crate) told: BTreeMap<CallSid, BTreeSet<ConnId>>,
    made: BTreeSet<MediaId>,
}

/// A media connection. What was asked of it may be answered after its end.
#[derive(Debug, Default)]
pub(crate) struct Media {
    pub(crate) is_open: bool,
    pub(crate) tied: Option<CallSid>,
    pub(crate) waits_for: BTreeSet<Wait>,
}

/// What the outside owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wait {
    First,
    Again,
    Accept,
    Call,
}

/// A leg, by what the engine was told.
#[derive(Debug, Default)]
pub(crate) struct Leg {
    pub(crate) rang: bool,
    pub(crate) picked_up: bool,
    pub(crate) ended: bool,
}

impl Watcher {
    pub(crate) fn sees(&mut self, out: &Out) {
        match out {
            Out::Send(conn, frame) => {
                assert!(self.sockets.contains(conn), "{out:?}");
                self.reads(*conn, frame);
            }
            Out::Beat(conn) => assert!(self.sockets.contains(conn), "{out:?}"),
            Out::Close(conn) | Out::Cut(conn) => {
                assert!(self.sockets.remove(conn), "{out:?}");
            }
            Out::Registered(identity) => {
                assert!(self.registered.insert(identity.clone()), "{out:?}");
            }
            Out::Unregistered(identity) => assert!(self.registered.remove(identity), "{out:?}"),
            Out::Offer { media, leg } => {
                self.begins(*media);
                assert!(self.is_live(leg), "{out:?}");
            }
            Out::Answer { media, .. } => self.begins(*media),
            Out::Accept { media, .. } => self.waits(*media, Wait::Accept),
            Out::Reoffer { media, .. } => self.waits(*media, Wait::Again),
            Out::Call { media, .. } => self.waits(*media, Wait::Call),
            Out::Tie { media, leg } => self.ties(*media, leg),
            Out::CloseMedia(media) => {
                let media = self.open(*media);
                media.is_open = false;
                media.tied = None;
            }
            Out::PickUp(leg) => {
                assert!(self.is_live(leg), "{out:?}");
                let leg = self.legs.entry(leg.clone()).or_default();
                assert!(leg.rang && !leg.picked_up, "{out:?}");
                leg.picked_up = true;
            }
            Out::Decline(leg) | Out::Unreachable(leg) => {
                assert!(!self.legs[leg].picked_up, "{out:?}");
                self.ends(leg);
            }
            Out::HangUp(leg) => self.ends(leg),
            Out::Press { leg, keys } => {
                assert!(self.is_live(leg) && !keys.is_empty(), "{out:?}");
            }
            Out::Note { .. } => {}
        }
    }

    fn reads(&mut self, conn: ConnId, frame: &ServerFrame) {
        match frame {
            ServerFrame::Invite {
                callsid, reconnect, ..
            }
            | ServerFrame::Answer {
                callsid, reconnect, ..
            } => {
                let leg = CallSid::parse(callsid).expect("the name is a lasting one");
                assert!(self.is_live(&leg), "{frame:?}");
                self.told.entry(leg.clone()).or_default().insert(conn);
                let token = self.reconnect.entry(leg).or_insert(reconnect.clone());
                assert_eq!(token, reconnect);
            }
            ServerFrame::HangUp { callsid, .. } | ServerFrame::Cancel { callsid } => {
                assert!(!callsid.is_empty(), "an SDK would end all its calls");
            }
            ServerFrame::Connected { .. }
            | ServerFrame::Ready {}
            | ServerFrame::Offline {}
            | ServerFrame::Ringing { .. }
            | ServerFrame::Error { .. }
            | ServerFrame::Close {} => {}
        }
    }

    fn begins(&mut self, media: MediaId) {
        assert!(self.made.insert(media), "{media:?} is made twice");
        let state = Media {
            is_open: true,
            ..Media::default()
        };
        self.media.insert(media, state);
        self.waits(media, Wait::First);
    }

    fn waits(&mut self, media: MediaId, wait: Wait) {
        let media = self.media.get_mut(&media);
        media
            .expect("the connection is open")
            .waits_for
            .insert(wait);
    }

    /// A call has one media connection at a time: that is whose browser has it.
    fn ties(&mut self, media: MediaId, leg: &CallSid) {
        assert!(self.is_live(leg), "{leg} is over");
        let mut tied = self.media.values();
        assert!(
            !tied.any(|media| media.tied.as_ref() == Some(leg)),
            "{leg} has two connections"
        );
        self.open(media).tied = Some(leg.clone());
    }

    fn open(&mut self, media: MediaId) -> &mut Media {
        let state = self.media.get_mut(&media).filter(|state| state.is_open);
        state.unwrap_or_else(|| panic!("{media:?} is not open"))
    }

    fn ends(&mut self, leg: &CallSid) {
        assert!(self.is_live(leg), "{leg} ends twice");
        self.legs.entry(leg.clone()).or_default().ended = true;
    }

    pub(crate) fn is_live(&self, leg: &CallSid) -> bool {
        self.legs.get(leg).is_none_or(|leg| !leg.ended)
    }
}
