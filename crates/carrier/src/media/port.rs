//! A port: a connection with its socket and its buffers, carried on in the background.

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::UdpSocket;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use twilio::CallSid;

use super::MediaError;
use super::connection::{Connection, Happening, Side};
use super::pace;
use crate::mix::{Frame, Jitter};

/// Steps that wait to be sent; of more, the oldest are lost.
const MOST_WAITING: usize = 4;
/// No packet of a browser is longer.
const PACKET: usize = 2_048;

/// A connection, its socket and its buffers.
#[derive(Debug)]
pub(super) struct Port {
    connection: Mutex<Connection>,
    inbound: Mutex<Jitter>,
    outbound: Mutex<VecDeque<Frame>>,
    leg: Mutex<Option<CallSid>>,
    /// A fault: nothing passes.
    is_cut: AtomicBool,
    is_closed: AtomicBool,
    wake: Notify,
}

/// What a port tells besides its sound.
#[derive(Clone, Copy, Debug)]
pub(super) enum News {
    Pressed(char),
    Connected,
    Lost,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Port {
    /// Opens a port, and lets the socket be carried on by [`carry_on`](Self::carry_on).
    pub(super) fn open(
        side: Side,
        address: IpAddr,
        runtime: &Handle,
    ) -> Result<(Arc<Self>, UdpSocket), MediaError> {
        let refused = |source| MediaError::Socket { address, source };
        let socket = std::net::UdpSocket::bind((address, 0)).map_err(refused)?;
        socket.set_nonblocking(true).map_err(refused)?;
        let _inside = runtime.enter();
        let socket = UdpSocket::from_std(socket).map_err(refused)?;
        let local = socket.local_addr().map_err(refused)?;
        let port = Arc::new(Self {
            connection: Mutex::new(Connection::new(side, local, pace::now())?),
            inbound: Mutex::default(),
            outbound: Mutex::default(),
            leg: Mutex::default(),
            is_cut: AtomicBool::new(false),
            is_closed: AtomicBool::new(false),
            wake: Notify::new(),
        });
        Ok((port, socket))
    }

    /// Does something with the connection, and sees to what it then wants.
    pub(super) fn with<R>(&self, act: impl FnOnce(&mut Connection) -> R) -> R {
        let made = act(&mut lock(&self.connection));
        self.wake.notify_one();
        made
    }

    pub(super) fn tie(&self, leg: Option<CallSid>) {
        *lock(&self.leg) = leg;
    }

    pub(super) fn leg(&self) -> Option<CallSid> {
        lock(&self.leg).clone()
    }

    pub(super) fn cut(&self, is_cut: bool) {
        self.is_cut.store(is_cut, Ordering::Relaxed);
    }

    /// The next step of what comes in.
    pub(super) fn hear(&self) -> Option<Frame> {
        lock(&self.inbound).step()
    }

    /// The next step of what goes out.
    pub(super) fn say(&self, frame: Frame) {
        let mut outbound = lock(&self.outbound);
        if outbound.len() == MOST_WAITING {
            outbound.pop_front();
        }
        outbound.push_back(frame);
        drop(outbound);
        self.wake.notify_one();
    }

    pub(super) fn close(&self) {
        self.is_closed.store(true, Ordering::Relaxed);
        self.wake.notify_one();
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }

    /// Carries packets until the port is closed or the connection is over.
    pub(super) async fn carry_on(&self, socket: UdpSocket, tell: impl Fn(News)) {
        let mut packet = vec![0; PACKET];
        let mut to_send = Vec::new();
        loop {
            let is_cut = self.is_cut.load(Ordering::Relaxed);
            let due = {
                let mut connection = lock(&self.connection);
                if self.is_closed.load(Ordering::Relaxed) {
                    connection.end();
                }
                let frames: Vec<Frame> = lock(&self.outbound).drain(..).collect();
                for frame in frames {
                    connection.say(&frame, pace::now());
                }
                to_send.append(&mut connection.to_send);
                for happening in connection.happened.drain(..) {
                    match happening {
                        Happening::Heard(samples) => lock(&self.inbound).put(samples),
                        Happening::Pressed(key) => tell(News::Pressed(key)),
                        Happening::Connected => tell(News::Connected),
                        Happening::Lost => tell(News::Lost),
                    }
                }
                connection.due
            };
            for sent in to_send.drain(..).filter(|_| !is_cut) {
                // Like a network, a socket that is full loses packets.
                let _ = socket.try_send_to(&sent.contents, sent.destination);
            }
            let Some(due) = due else {
                return;
            };
            tokio::select! {
                arrived = socket.recv_from(&mut packet) => match arrived {
                    Ok((length, from)) if !is_cut => self.take(from, &packet[..length]),
                    // The other side's socket may be closed already, which is told here.
                    Ok(_) | Err(_) => {}
                },
                () = pace::wait_until(due) => lock(&self.connection).wake(pace::now()),
                () = self.wake.notified() => {}
            }
        }
    }

    fn take(&self, from: SocketAddr, packet: &[u8]) {
        lock(&self.connection).take(from, packet, pace::now());
    }
}
