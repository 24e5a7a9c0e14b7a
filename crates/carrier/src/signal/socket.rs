//! Sockets of browsers: their opening and end, heartbeats, registrations.

use super::session::{Session, Standing};
use super::timers::Due;
use super::{ConnId, Fault, Out, ServerFrame, Signalling};
use crate::engine::Time;
use crate::timers::TimerKey;

/// A socket, from its opening until it is gone or told to go.
#[derive(Debug)]
pub(super) struct Socket {
    pub(super) stage: SocketStage,
    /// Until when no heartbeat is sent.
    pub(super) silent_until: Time,
    beat: TimerKey,
}

/// How far a socket has come.
#[derive(Debug)]
pub(super) enum SocketStage {
    /// It has shown no token, and may stay so for a while.
    Fresh(TimerKey),
    /// It has shown its token.
    Known(Session),
}

/// How a socket is ended from this side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The browser is told not to come back by itself.
    Told,
    /// The socket is closed.
    Untold,
    /// The line breaks.
    Cut,
}

impl Socket {
    pub(super) const fn session(&self) -> Option<&Session> {
        match &self.stage {
            SocketStage::Fresh(_) => None,
            SocketStage::Known(session) => Some(session),
        }
    }

    pub(super) const fn session_mut(&mut self) -> Option<&mut Session> {
        match &mut self.stage {
            SocketStage::Fresh(_) => None,
            SocketStage::Known(session) => Some(session),
        }
    }

    const fn waits_for(&self) -> Option<TimerKey> {
        match &self.stage {
            SocketStage::Fresh(key) => Some(*key),
            SocketStage::Known(session) => session.expiry(),
        }
    }
}

impl Signalling {
    /// A browser has opened a socket.
    pub fn opened(&mut self, conn: ConnId) {
        self.lose(conn);
        let token_by = self
            .now
            .plus(i64::from(self.settings.token_within_ms.max(1)));
        let patience = self.timers.set(token_by, Due::NoToken(conn));
        let beat = self.timers.set(self.next_beat(), Due::Beat(conn));
        self.sockets.insert(
            conn,
            Socket {
                stage: SocketStage::Fresh(patience),
                silent_until: self.now,
                beat,
            },
        );
        self.settle();
    }

    /// A socket is gone, whoever ended it. One that is not known is nothing.
    pub fn closed(&mut self, conn: ConnId) {
        self.lose(conn);
        self.settle();
    }

    pub(super) fn end_socket(&mut self, conn: ConnId, how: Ending) {
        if !self.sockets.contains_key(&conn) {
            return;
        }
        match how {
            Ending::Told => {
                self.send(conn, ServerFrame::Close {});
                self.outs.push_back(Out::Close(conn));
            }
            Ending::Untold => self.outs.push_back(Out::Close(conn)),
            Ending::Cut => self.outs.push_back(Out::Cut(conn)),
        }
        self.lose(conn);
    }

    /// A socket exists no more: what it had waits for it to come back, or ends.
    fn lose(&mut self, conn: ConnId) {
        let Some(socket) = self.sockets.remove(&conn) else {
            return;
        };
        self.timers.take_back(socket.beat);
        if let Some(key) = socket.waits_for() {
            self.timers.take_back(key);
        }
        let SocketStage::Known(session) = socket.stage else {
            return;
        };
        if session.is_registered() && !self.is_registered(&session.identity) {
            self.outs.push_back(Out::Unregistered(session.identity));
        }
        self.leave_calls(conn, session.grace_ms);
    }

    pub(super) fn session(&self, conn: ConnId) -> Option<&Session> {
        self.sockets.get(&conn)?.session()
    }

    pub(super) fn is_registered(&self, identity: &str) -> bool {
        self.sessions()
            .any(|(_, session)| session.is_registered() && session.identity == identity)
    }

    pub(super) fn sessions(&self) -> impl Iterator<Item = (ConnId, &Session)> {
        let sessions = self.sockets.iter();
        sessions.filter_map(|(conn, socket)| Some((*conn, socket.session()?)))
    }

    /// The browser wants to be called, or no longer.
    pub(super) fn register(&mut self, conn: ConnId, audio: bool) {
        let Some(session) = self.session(conn) else {
            return;
        };
        let Some(expiry) = session.expiry() else {
            self.refuse(conn, EXPIRED);
            return;
        };
        if audio && !session.voice.incoming_allow {
            self.refuse(conn, (31201, "The token does not allow incoming calls"));
            self.send(conn, ServerFrame::Offline {});
        } else if audio {
            self.stand(conn, Standing::Registered(expiry));
            self.send(conn, ServerFrame::Ready {});
        } else {
            self.stand(conn, Standing::Quiet(expiry));
            self.send(conn, ServerFrame::Offline {});
        }
    }

    /// Changes whether a browser may be called, and says so where that makes the identity's first or last.
    pub(super) fn stand(&mut self, conn: ConnId, standing: Standing) {
        let Some(session) = self.session(conn) else {
            return;
        };
        let identity = session.identity.clone();
        let was = self.is_registered(&identity);
        let socket = self.sockets.get_mut(&conn);
        if let Some(session) = socket.and_then(Socket::session_mut) {
            session.standing = standing;
        }
        match (was, self.is_registered(&identity)) {
            (false, true) => self.outs.push_back(Out::Registered(identity)),
            (true, false) => self.outs.push_back(Out::Unregistered(identity)),
            (false, false) | (true, true) => {}
        }
    }

    pub(super) fn refuse(&mut self, conn: ConnId, (code, words): (u32, &str)) {
        let error = Fault::new(code, words);
        self.send(
            conn,
            ServerFrame::Error {
                error,
                callsid: None,
                voiceeventsid: None,
            },
        );
    }

    /// A heartbeat falls due. Where time makes a leap, one stands for all that were due on the way.
    pub(super) fn beat(&mut self, conn: ConnId, leap_to: Time) {
        let mut next = self.next_beat();
        if next <= leap_to {
            next = leap_to.plus(i64::from(self.settings.heartbeat_ms.max(1)));
        }
        let beat = self.timers.set(next, Due::Beat(conn));
        let Some(socket) = self.sockets.get_mut(&conn) else {
            return;
        };
        socket.beat = beat;
        if socket.silent_until <= self.now {
            self.outs.push_back(Out::Beat(conn));
        }
    }

    fn next_beat(&self) -> Time {
        let every = i64::from(self.settings.heartbeat_ms.max(1));
        self.now.plus(every)
    }
}

/// The code and the words for a token that is over.
pub(super) const EXPIRED: (u32, &str) = (31205, "The token has expired");
