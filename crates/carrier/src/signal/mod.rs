//! The signalling between browsers and the carrier: registrations, ringing in several browsers, calls out, tokens and
//! coming back after a lost socket, without any input or output.
//!
//! [`Signalling`] stands between three others. *Sockets* bring frames ([`received`](Signalling::received)) and send
//! what it wants sent. The *engine* tells it what becomes of the calls of clients ([`ring`](Signalling::ring),
//! [`ringing`](Signalling::ringing), [`answered`](Signalling::answered), [`over`](Signalling::over)) and is told what
//! browsers do ([`Out::PickUp`] and the like). The *media* are asked for descriptions ([`Out::Offer`],
//! [`Out::Answer`], [`Out::Reoffer`], [`Out::Accept`]) and bring them ([`described`](Signalling::described),
//! [`accepted`](Signalling::accepted)).
//!
//! **After every call of a method that changes it, drain [`Signalling::poll`] until it says nothing.** It is told the
//! time by [`advance_to`](Signalling::advance_to), before anything that happens then; tokens are judged by that time.
//!
//! Nothing that a browser sends makes it fail: a frame that fits nowhere is noted and changes nothing, what is no frame
//! at all ends its socket, and what is sent to
//! [`described`](Signalling::described) and the like for something that is over by then is ignored.
//!
//! Where Twilio's own behaviour is not documented it decides so:
//!
//! * **A silent browser is left alone.** Heartbeats go out; whether their echo comes back is not looked at. The
//!   transport finds out that a socket is dead, and then the browser has its time to come back.
//! * **A token that ends during a call ends only what could begin**: the browser is told (31205) and not called any
//!   more, and the `close` that otherwise follows at once waits until its last call is over, so that it can hang up.
//! * **A worse token changes nothing.** On a socket that has a token, one that is refused, or names another identity,
//!   is answered with an error, and the one before it holds.
//! * **A call is taken over under the same identity only**, by whoever shows its reconnect token.

mod call;
mod client_frame;
mod comeback;
mod dial;
mod fault;
mod hangup;
mod moving;
mod out;
mod outcome;
mod print;
mod ring;
mod server_frame;
mod session;
mod socket;
mod timers;

use std::collections::{BTreeMap, VecDeque};

use twilio::{CallSid, TokenVerifier};

use crate::engine::{Ids, Time};
use crate::timers::Timers;

pub use client_frame::ClientFrame;
pub use out::{ClientView, ConnId, MediaId, Out, SignalFault, SignalSettings, SocketView};
pub use server_frame::{Believed, Fault, ServerFrame, VERSION};

use call::{Call, Use};
use socket::{Ending, Socket, SocketStage};
use timers::Due;

/// All sockets and all calls of browsers.
#[derive(Debug)]
pub struct Signalling {
    verifier: TokenVerifier,
    settings: SignalSettings,
    ids: Ids,
    now: Time,
    sockets: BTreeMap<ConnId, Socket>,
    calls: BTreeMap<CallSid, Call>,
    /// The media connections that are wanted, each until it is closed.
    media: BTreeMap<MediaId, Use>,
    media_made: u64,
    /// Identities whose next answer is held up, and for how many milliseconds.
    slow: BTreeMap<String, i64>,
    timers: Timers<Due>,
    outs: VecDeque<Out>,
}

impl Signalling {
    /// No sockets and no calls, at the beginning of time. The seed decides the reconnect tokens.
    #[must_use]
    pub fn new(verifier: TokenVerifier, settings: SignalSettings, seed: u64) -> Self {
        Self {
            verifier,
            settings,
            ids: Ids::from_seed(seed),
            now: Time::default(),
            sockets: BTreeMap::new(),
            calls: BTreeMap::new(),
            media: BTreeMap::new(),
            media_made: 0,
            slow: BTreeMap::new(),
            timers: Timers::default(),
            outs: VecDeque::new(),
        }
    }

    /// What is wanted outside, one thing at a time.
    pub fn poll(&mut self) -> Option<Out> {
        self.outs.pop_front()
    }

    /// Moves time on, doing on the way what falls due, in order. Time never goes back.
    pub fn advance_to(&mut self, to: Time) {
        while let Some((at, due)) = self.timers.pop(to) {
            self.now = self.now.max(at);
            self.fall_due(due, to);
            self.settle();
        }
        self.now = self.now.max(to);
    }

    /// When something falls due next, if anything does.
    #[must_use]
    pub fn next_due(&self) -> Option<Time> {
        self.timers.next()
    }

    fn fall_due(&mut self, due: Due, leap_to: Time) {
        match due {
            Due::Beat(conn) => self.beat(conn, leap_to),
            Due::NoToken(conn) => {
                self.note(conn, "no token was shown in time");
                self.end_socket(conn, Ending::Untold);
            }
            Due::Expires(conn) => self.expire(conn),
            Due::GivesUp(leg) => self.end_by_browser(&leg, None),
            Due::LateAnswer { conn, call, sdp } => self.answer_now(conn, &call, sdp),
            Due::LateAnswered(leg) => self.answered_now(&leg),
        }
    }

    /// A text came over a socket.
    pub fn received(&mut self, conn: ConnId, text: &str) {
        let Some(socket) = self.sockets.get(&conn) else {
            return;
        };
        let is_known = match socket.stage {
            SocketStage::Fresh(_) => false,
            SocketStage::Known(_) => true,
        };
        match ClientFrame::parse(text) {
            ClientFrame::Beat => {}
            ClientFrame::Garbage => {
                self.note(conn, "something came that is no frame");
                self.end_socket(conn, Ending::Untold);
            }
            ClientFrame::Unknown { kind } => {
                self.note(conn, format!("a frame of an unknown type came: {kind:?}"));
            }
            ClientFrame::Listen {
                token,
                reconnect_timeout_s,
                sdk,
            } => {
                let sdk = sdk.as_deref().unwrap_or("unknown");
                self.note(conn, format!("a browser with the SDK {sdk:.20} listens"));
                self.listen(conn, &token, reconnect_timeout_s);
            }
            frame @ (ClientFrame::Register { .. }
            | ClientFrame::Answer { .. }
            | ClientFrame::Reject { .. }
            | ClientFrame::HangUp { .. }
            | ClientFrame::Invite { .. }
            | ClientFrame::Reconnect { .. }
            | ClientFrame::Reinvite { .. }
            | ClientFrame::Keys { .. }
            | ClientFrame::Message { .. }) => {
                if is_known {
                    self.obey(conn, frame);
                } else {
                    self.refuse_early(conn, frame);
                }
            }
        }
        self.settle();
    }

    /// Does what a browser says whose token is known.
    fn obey(&mut self, conn: ConnId, frame: ClientFrame) {
        match frame {
            ClientFrame::Register { audio } => self.register(conn, audio),
            ClientFrame::Answer { call, sdp } => self.answer(conn, call, sdp),
            ClientFrame::Reject { call } => self.reject(conn, &call),
            ClientFrame::HangUp { call } => self.hang_up(conn, &call),
            ClientFrame::Invite {
                temporary,
                sdp,
                params,
            } => self.dial(conn, temporary, sdp, &params),
            ClientFrame::Reconnect { call, token, sdp } => {
                self.reconnect(conn, &call, &token, sdp);
            }
            ClientFrame::Reinvite { call, sdp } => self.reinvite(conn, &call, sdp),
            ClientFrame::Keys { call, keys } => self.press(conn, &call, &keys),
            ClientFrame::Message { call, event } => self.message(conn, call, event),
            ClientFrame::Beat
            | ClientFrame::Garbage
            | ClientFrame::Unknown { .. }
            | ClientFrame::Listen { .. } => {}
        }
    }

    /// Nothing but a token is taken first. A call that the browser believes in is ended besides.
    fn refuse_early(&mut self, conn: ConnId, frame: ClientFrame) {
        const EARLY: (u32, &str) = (31204, "No token was shown");
        self.refuse(conn, EARLY);
        match frame {
            ClientFrame::Invite {
                temporary: call, ..
            }
            | ClientFrame::Answer { call, .. }
            | ClientFrame::Reconnect { call, .. } => {
                self.hang_up_call(conn, call, Some(Fault::new(EARLY.0, EARLY.1)));
            }
            ClientFrame::Beat
            | ClientFrame::Garbage
            | ClientFrame::Unknown { .. }
            | ClientFrame::Listen { .. }
            | ClientFrame::Register { .. }
            | ClientFrame::Reject { .. }
            | ClientFrame::HangUp { .. }
            | ClientFrame::Reinvite { .. }
            | ClientFrame::Keys { .. }
            | ClientFrame::Message { .. } => {}
        }
    }

    /// What came of [`Out::Offer`], [`Out::Answer`] or [`Out::Reoffer`]: a description, or in words why there is none.
    /// After the failure of an offer or an answer the media connection does not exist.
    pub fn described(&mut self, media: MediaId, result: Result<String, String>) {
        match self.media.remove(&media) {
            Some(Use::Offering { leg, conn }) => self.offer_described(media, &leg, conn, result),
            Some(Use::Dialling(dialling)) => self.dial_described(media, dialling, result),
            Some(Use::Moving(moving)) => self.move_described(media, moving, result),
            Some(Use::Has { leg, renews }) => {
                let has = Use::Has {
                    leg: leg.clone(),
                    renews: None,
                };
                self.media.insert(media, has);
                if let Some(print) = renews {
                    self.renewal_described(&leg, print, result);
                }
            }
            Some(used @ Use::Offered) => {
                self.media.insert(media, used);
            }
            None => {}
        }
        self.settle();
    }
}
