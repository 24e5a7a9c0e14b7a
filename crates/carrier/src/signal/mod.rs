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
//! Nothing that a browser sends makes it fail: a frame that fits nowhere is noted and changes nothing. What is sent to
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

mod frames;
mod out;

use std::collections::VecDeque;

use twilio::{CallSid, TokenVerifier};

use crate::engine::Time;

pub use frames::{Believed, ClientFrame, Fault, ServerFrame, VERSION};
pub use out::{ClientView, ConnId, MediaId, Out, SignalFault, SignalSettings, SocketView};

/// All sockets and all calls of browsers.
#[derive(Debug)]
pub struct Signalling {
    outs: VecDeque<Out>,
}

impl Signalling {
    /// No sockets and no calls, at the beginning of time. The seed decides the reconnect tokens.
    #[must_use]
    pub fn new(_verifier: TokenVerifier, _settings: SignalSettings, _seed: u64) -> Self {
        Self {
            outs: VecDeque::new(),
        }
    }

    /// What is wanted outside, one thing at a time.
    pub fn poll(&mut self) -> Option<Out> {
        self.outs.pop_front()
    }

    /// Moves time on, doing on the way what falls due. Time never goes back.
    pub fn advance_to(&mut self, _to: Time) {}

    /// When something falls due next, if anything does.
    #[must_use]
    pub fn next_due(&self) -> Option<Time> {
        None
    }

    /// A browser has opened a socket.
    pub fn opened(&mut self, _conn: ConnId) {}

    /// A text came over a socket.
    pub fn received(&mut self, _conn: ConnId, _text: &str) {}

    /// A socket is gone, whoever ended it. One that is not known is nothing.
    pub fn closed(&mut self, _conn: ConnId) {}

    /// A client leg begins to ring: every registered browser of the identity is offered it. Without any the leg is
    /// [unreachable](Out::Unreachable) at once.
    pub fn ring(
        &mut self,
        _leg: &CallSid,
        _identity: &str,
        _from: &str,
        _parameters: &[(String, String)],
    ) {
    }

    /// The far end of a call that a browser makes rings.
    pub fn ringing(&mut self, _leg: &CallSid) {}

    /// A call that a browser makes is answered.
    pub fn answered(&mut self, _leg: &CallSid) {}

    /// A client leg is over, whoever ended it. The error, a code and words, is shown in the browser. A leg that is not
    /// known, or that the browser ended itself, is nothing.
    pub fn over(&mut self, _leg: &CallSid, _error: Option<(u32, String)>) {}

    /// What came of [`Out::Offer`], [`Out::Answer`] or [`Out::Reoffer`]: a description, or in words why there is none.
    pub fn described(&mut self, _media: MediaId, _result: Result<String, String>) {}

    /// What came of [`Out::Accept`]: nothing, or in words why the browser's answer cannot be used.
    pub fn accepted(&mut self, _media: MediaId, _result: Result<(), String>) {}

    /// What came of [`Out::Call`]: the call, or in words why there is none.
    pub fn called(&mut self, _media: MediaId, _result: Result<CallSid, String>) {}

    /// Something goes wrong with the browsers of an identity.
    pub fn fault(&mut self, _identity: &str, _fault: SignalFault) {}

    /// The identities with sockets or calls, in order.
    #[must_use]
    pub fn clients(&self) -> Vec<ClientView> {
        Vec::new()
    }
}
