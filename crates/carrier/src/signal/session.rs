//! Tokens of browsers: shown, renewed, over.

use twilio::VoiceGrant;
use twilio::token::{TokenRefused, VerifiedToken};

use super::socket::{EXPIRED, Ending, SocketStage};
use super::timers::Due;
use super::{Believed, ConnId, ServerFrame, Signalling};
use crate::engine::Time;
use crate::timers::TimerKey;

/// None of the carrier's places is one of Twilio's.
const HERE: &str = "local";

/// Whose socket it is, and what its token allows.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) identity: String,
    pub(super) voice: VoiceGrant,
    pub(super) expires_s: i64,
    /// How long its calls wait for it when the socket is lost.
    pub(super) grace_ms: i64,
    pub(super) standing: Standing,
}

/// Whether a browser may be called. While its token holds, the moment of its end is on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It does not want to, or may not.
    Quiet(TimerKey),
    /// It may.
    Registered(TimerKey),
    /// Its token is over. It stays for the calls that it has.
    Expired,
}

impl Session {
    pub(super) const fn is_registered(&self) -> bool {
        matches!(self.standing, Standing::Registered(_))
    }

    pub(super) const fn is_expired(&self) -> bool {
        matches!(self.standing, Standing::Expired)
    }

    pub(super) const fn expiry(&self) -> Option<TimerKey> {
        match self.standing {
            Standing::Quiet(key) | Standing::Registered(key) => Some(key),
            Standing::Expired => None,
        }
    }
}

impl Signalling {
    /// A browser shows a token, its first or another.
    pub(super) fn listen(&mut self, conn: ConnId, token: &str, reconnect_timeout_s: u32) {
        let before = self.session(conn).map(|session| session.identity.clone());
        let shown = self.verifier.verify(token, self.now_s());
        match (shown, before) {
            (Ok(token), Some(before)) if token.identity != before => {
                self.refuse(
                    conn,
                    (31204, "The token names another identity than before"),
                );
            }
            (Ok(token), _) => self.believe(conn, token, reconnect_timeout_s),
            (Err(refused), Some(_)) => self.refuse_token(conn, refused),
            (Err(refused), None) => {
                self.refuse_token(conn, refused);
                self.end_socket(conn, Ending::Told);
            }
        }
    }

    /// The SDK knows two kinds of bad tokens, those that are over and the others.
    fn refuse_token(&mut self, conn: ConnId, refused: TokenRefused) {
        let words = refused.to_string();
        let code = match refused {
            TokenRefused::Expired => EXPIRED.0,
            TokenRefused::Malformed
            | TokenRefused::Header
            | TokenRefused::Issuer
            | TokenRefused::NotYetValid
            | TokenRefused::Grants
            | TokenRefused::Signature
            | TokenRefused::TooLong => 31204,
        };
        self.note(conn, format!("a token was refused: {words}"));
        self.refuse(conn, (code, &words));
    }

    fn believe(&mut self, conn: ConnId, token: VerifiedToken, reconnect_timeout_s: u32) {
        let expires = Time(token.expires_s.saturating_mul(1000));
        let Some(socket) = self.sockets.get_mut(&conn) else {
            return;
        };
        let was_registered = match &socket.stage {
            SocketStage::Fresh(key) => {
                self.timers.take_back(*key);
                false
            }
            SocketStage::Known(session) => {
                if let Some(key) = session.expiry() {
                    self.timers.take_back(key);
                }
                session.is_registered()
            }
        };
        let key = self.timers.set(expires, Due::Expires(conn));
        let stays = was_registered && token.voice.incoming_allow;
        if was_registered && !stays {
            self.stand(conn, Standing::Quiet(key));
        }
        let grace_s = reconnect_timeout_s.min(self.settings.longest_grace_s);
        let ttl = token.expires_s.saturating_sub(self.now_s());
        let session = Session {
            identity: token.identity.clone(),
            voice: token.voice,
            expires_s: token.expires_s,
            grace_ms: i64::from(grace_s) * 1000,
            standing: if stays {
                Standing::Registered(key)
            } else {
                Standing::Quiet(key)
            },
        };
        if let Some(socket) = self.sockets.get_mut(&conn) {
            socket.stage = SocketStage::Known(session);
        }
        let identity = token.identity;
        self.send(
            conn,
            ServerFrame::Connected {
                region: HERE.to_owned(),
                edge: HERE.to_owned(),
                home: HERE.to_owned(),
                gateway: HERE.to_owned(),
                token: Believed { identity, ttl },
            },
        );
        if was_registered && !stays {
            self.send(conn, ServerFrame::Offline {});
        }
    }

    /// The token of a socket is over: nothing begins on it any more, and without a call it ends.
    pub(super) fn expire(&mut self, conn: ConnId) {
        let Some(session) = self.session(conn) else {
            return;
        };
        let Some(key) = session.expiry() else {
            return;
        };
        let was_registered = session.is_registered();
        self.timers.take_back(key);
        self.stand(conn, Standing::Expired);
        self.refuse(conn, EXPIRED);
        if was_registered && self.has_calls(conn) {
            self.send(conn, ServerFrame::Offline {});
        }
    }

    /// Ends the sockets that stayed, after their token was over, for calls that they no longer have.
    pub(super) fn settle(&mut self) {
        let expired = self.sessions().filter(|(_, session)| session.is_expired());
        let idle: Vec<_> = expired
            .map(|(conn, _)| conn)
            .filter(|conn| !self.has_calls(*conn))
            .collect();
        for conn in idle {
            self.end_socket(conn, Ending::Told);
        }
    }

    const fn now_s(&self) -> i64 {
        self.now.0.div_euclid(1000)
    }
}
