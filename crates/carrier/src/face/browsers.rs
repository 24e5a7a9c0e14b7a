//! Between the engine and browsers: what the signalling wants done, and what it is told.

use std::collections::BTreeSet;
use std::sync::Arc;

use twilio::{ApiKeySid, TokenVerifier};

use super::config::Config;
use super::driver::{Driver, Inside};
use super::sockets::{Ends, Sockets};
use super::sound::{Lines, Wish};
use crate::engine::{ClientCall, ClientOrder, ControlError};
use crate::signal::{ConnId, Out, SignalSettings, Signalling};

/// Everything about browsers that is kept under the engine's lock.
#[derive(Debug)]
pub(super) struct Browsers {
    pub(super) signalling: Signalling,
    sockets: Sockets,
    pub(super) lines: Lines,
    /// Who ever registered with a browser. Clients beside them are played by a program, like telephones.
    known: BTreeSet<String>,
}

impl Browsers {
    /// None yet. Tokens are believed that one of the account's keys signed.
    pub(super) fn new(config: &Config) -> Self {
        let account = config.settings.account.clone();
        let mut verifier = TokenVerifier::new(account.clone());
        for key in &config.api_keys {
            match ApiKeySid::parse(&key.sid) {
                Ok(sid) => verifier = verifier.with_key(sid, &key.secret),
                Err(_) => tracing::warn!(key.sid, "a key of that name signs no tokens"),
            }
        }
        let settings = SignalSettings::new(account);
        Self {
            signalling: Signalling::new(verifier, settings, config.seed ^ 0x51),
            sockets: Sockets::default(),
            lines: Lines::default(),
            known: BTreeSet::new(),
        }
    }

    /// Passes on what the engine wants browsers to be told.
    pub(super) fn order(&mut self, order: ClientOrder) {
        match order {
            ClientOrder::Ring {
                leg,
                identity,
                from,
                parameters,
            } => {
                if self.known.contains(&identity) {
                    self.signalling.ring(&leg, &identity, &from, &parameters);
                }
            }
            ClientOrder::Ringing { leg } => self.signalling.ringing(&leg),
            ClientOrder::Answered { leg } => self.signalling.answered(&leg),
            ClientOrder::Over { leg, error } => self.signalling.over(&leg, error),
        }
    }
}

impl Driver {
    /// A browser has opened a socket.
    pub(super) fn socket_opened(self: &Arc<Self>) -> (ConnId, Ends) {
        self.within(|inside| {
            let (conn, ends) = inside.browsers.sockets.open();
            inside.browsers.signalling.opened(conn);
            (conn, ends)
        })
    }

    /// A text came over a socket.
    pub(super) fn frame_came(self: &Arc<Self>, conn: ConnId, text: &str) {
        self.within(|inside| inside.browsers.signalling.received(conn, text));
    }

    /// A socket is gone, whoever ended it.
    pub(super) fn socket_closed(self: &Arc<Self>, conn: ConnId) {
        self.within(|inside| {
            inside.browsers.sockets.close(conn);
            inside.browsers.signalling.closed(conn);
        });
    }

    /// Does one thing that the signalling wants.
    pub(super) fn obey(self: &Arc<Self>, inside: &mut Inside, out: Out) {
        let Inside {
            engine, browsers, ..
        } = inside;
        match out {
            Out::Send(conn, frame) => browsers.sockets.send(conn, frame.to_text()),
            Out::Beat(conn) => browsers.sockets.beat(conn),
            Out::Close(conn) => browsers.sockets.close(conn),
            Out::Cut(conn) => browsers.sockets.cut(conn),
            Out::Registered(identity) => {
                engine.register_client(&identity);
                browsers.known.insert(identity);
            }
            Out::Unregistered(identity) => engine.unregister_client(&identity),
            Out::PickUp(leg) => too_late(engine.answer(&leg)),
            Out::Decline(leg) => too_late(engine.decline(&leg)),
            Out::Unreachable(leg) => too_late(engine.unreachable(&leg)),
            Out::HangUp(leg) => too_late(engine.hang_up(&leg)),
            Out::Press { leg, keys } => too_late(engine.press(&leg, &keys)),
            Out::Call {
                media,
                identity,
                application,
                parameters,
            } => {
                let call = ClientCall {
                    identity,
                    application,
                    parameters,
                };
                let made = engine.call_from_client(call);
                let made = made.map_err(|error| error.to_string());
                browsers.signalling.called(media, made);
            }
            Out::Note { conn, text } => {
                let conn = conn.map(|ConnId(number)| number);
                tracing::info!(socket = conn, "{text}");
            }
            Out::Offer { media, .. } => self.wish(inside, media, Wish::Offer),
            Out::Answer { media, offer } => self.wish(inside, media, Wish::Answer(offer)),
            Out::Accept { media, answer } => self.wish(inside, media, Wish::Accept(answer)),
            Out::Reoffer { media, offer } => self.wish(inside, media, Wish::Reoffer(offer)),
            Out::Tie { media, leg } => self.wish(inside, media, Wish::Tie(leg)),
            Out::CloseMedia(media) => self.wish(inside, media, Wish::Close),
        }
    }
}

/// What a browser did may meet a call that something else has ended or answered in the same moment. Then it is nothing.
pub(super) fn too_late(done: Result<(), ControlError>) {
    if let Err(error) = done {
        tracing::debug!(%error, "a browser came too late");
    }
}
