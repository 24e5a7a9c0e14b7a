//! The sockets of browsers: what is to be sent on each, and ending them.

use std::collections::BTreeMap;

use tokio::sync::{mpsc, oneshot};

use crate::signal::ConnId;

/// What a browser may fall behind before its socket is cut; a call takes a dozen frames.
const MOST_UNSENT: usize = 256;

/// Every open socket.
#[derive(Debug, Default)]
pub(super) struct Sockets {
    open: BTreeMap<ConnId, Socket>,
    made: u64,
}

#[derive(Debug)]
struct Socket {
    frames: mpsc::Sender<String>,
    cut: oneshot::Sender<()>,
}

/// A socket's own end.
#[derive(Debug)]
pub(super) struct Ends {
    /// What is to be sent. It runs dry when the socket is to be closed.
    pub(super) frames: mpsc::Receiver<String>,
    /// Resolves when the socket is to end at once, or is closed.
    pub(super) cut: oneshot::Receiver<()>,
}

impl Sockets {
    pub(super) fn open(&mut self) -> (ConnId, Ends) {
        self.made += 1;
        let conn = ConnId(self.made);
        let (frames, to_send) = mpsc::channel(MOST_UNSENT);
        let (cut, is_cut) = oneshot::channel();
        self.open.insert(conn, Socket { frames, cut });
        let ends = Ends {
            frames: to_send,
            cut: is_cut,
        };
        (conn, ends)
    }

    /// Sends. Whoever does not read what it is sent is cut off.
    pub(super) fn send(&mut self, conn: ConnId, frame: String) {
        let Some(socket) = self.open.get(&conn) else {
            return;
        };
        if socket.frames.try_send(frame).is_err() {
            self.cut(conn);
        }
    }

    /// Sends a heartbeat, unless something else is on its way, which is as good.
    pub(super) fn beat(&mut self, conn: ConnId) {
        let is_idle = |socket: &Socket| socket.frames.capacity() == MOST_UNSENT;
        if self.open.get(&conn).is_some_and(is_idle) {
            self.send(conn, "\n".to_owned());
        }
    }

    /// Ends a socket behind what was sent.
    pub(super) fn close(&mut self, conn: ConnId) {
        self.open.remove(&conn);
    }

    /// Ends a socket at once.
    pub(super) fn cut(&mut self, conn: ConnId) {
        if let Some(socket) = self.open.remove(&conn) {
            // It may have ended by itself.
            let _ = socket.cut.send(());
        }
    }
}
