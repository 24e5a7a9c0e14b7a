//! What falls due in the signalling.

use twilio::CallSid;

use super::ConnId;

/// What is to be done when its time comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// A socket is sent a heartbeat.
    Beat(ConnId),
    /// A socket has had long enough to show a token.
    NoToken(ConnId),
    /// The token of a socket ends.
    Expires(ConnId),
    /// A call has waited long enough for its browser to come back.
    GivesUp(CallSid),
    /// A browser's answer comes that was held up.
    LateAnswer {
        conn: ConnId,
        call: String,
        sdp: String,
    },
    /// A browser is told of an answer that was held up.
    LateAnswered(CallSid),
}
