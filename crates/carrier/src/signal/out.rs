//! What the signalling is told and what it wants: names, settings, faults, orders to the outside.

use twilio::{AccountSid, ApplicationSid, CallSid};

use super::ServerFrame;

/// Names a socket. Whoever accepts sockets numbers them and never uses a number twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(pub u64);

/// Names one media connection between a browser and the carrier. It outlives the socket over which it was negotiated,
/// and a call that is taken over gets another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MediaId(pub u64);

/// What a signalling is set up with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignalSettings {
    /// The account, as browsers are told it.
    pub account: AccountSid,
    /// How often a browser is sent a heartbeat. The SDK gives a socket up after 15 s without any frame.
    pub heartbeat_ms: u32,
    /// How long a socket may stay without a token before it is closed.
    pub token_within_ms: u32,
    /// The longest time for which a call waits for a browser that lost its socket, whatever the browser asks for.
    pub longest_grace_s: u32,
    /// How many calls one socket may have made or answered at a time.
    pub calls_per_socket: usize,
}

impl SignalSettings {
    /// The ordinary settings.
    #[must_use]
    pub const fn new(account: AccountSid) -> Self {
        Self {
            account,
            heartbeat_ms: 5_000,
            token_within_ms: 10_000,
            longest_grace_s: 30,
            calls_per_socket: 8,
        }
    }
}

/// What goes wrong with the browsers of an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignalFault {
    /// All its sockets are cut.
    DropSocket,
    /// Its sockets are sent no heartbeat for so long; after 15 s without any frame the SDK connects anew.
    SilentHeartbeat {
        /// How long, in milliseconds.
        ms: u32,
    },
    /// The tokens on its sockets have expired.
    ExpireToken,
    /// The next `answer`, of it or to it, takes so much longer.
    SlowAnswer {
        /// How much, in milliseconds.
        ms: u32,
    },
}

/// What the signalling wants done outside, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Out {
    /// A frame is to be sent.
    Send(ConnId, ServerFrame),
    /// A heartbeat is to be sent: the text `"\n"`.
    Beat(ConnId),
    /// The socket is to be closed in an orderly way. [`closed`](super::Signalling::closed) may be told or not.
    Close(ConnId),
    /// The socket is to be cut, as if the line were broken. The same holds.
    Cut(ConnId),

    /// The identity may be called from now on: it was not, and the first of its browsers registered.
    Registered(String),
    /// The identity may not be called any more: its last browser went.
    Unregistered(String),

    /// A media connection is to be made, with the carrier's offer. The answer goes to
    /// [`described`](super::Signalling::described).
    Offer {
        /// Its name.
        media: MediaId,
        /// The call for which it is made.
        leg: CallSid,
    },
    /// A media connection is to be made out of a browser's offer, with the carrier's answer. It goes to
    /// [`described`](super::Signalling::described).
    Answer {
        /// Its name.
        media: MediaId,
        /// The browser's offer.
        offer: String,
    },
    /// A browser answers the offer of a media connection. What came of it goes to
    /// [`accepted`](super::Signalling::accepted).
    Accept {
        /// The connection.
        media: MediaId,
        /// The browser's answer.
        answer: String,
    },
    /// A browser negotiates a media connection anew. The carrier's answer goes to
    /// [`described`](super::Signalling::described).
    Reoffer {
        /// The connection.
        media: MediaId,
        /// The browser's offer.
        offer: String,
    },
    /// What is said on the call is heard over this media connection from now on, and the other way round.
    Tie {
        /// The connection.
        media: MediaId,
        /// The call.
        leg: CallSid,
    },
    /// The media connection is over and belongs to no call any more.
    CloseMedia(MediaId),

    /// The browser called has answered.
    PickUp(CallSid),
    /// The browser called has declined.
    Decline(CallSid),
    /// No browser that was called is left, though nobody declined: the call was not answered.
    Unreachable(CallSid),
    /// The browser has hung up, or did not come back.
    HangUp(CallSid),
    /// Keys are pressed: each of them `0`–`9`, `*`, `#` or `A`–`D`.
    Press {
        /// The call.
        leg: CallSid,
        /// The keys.
        keys: String,
    },
    /// A browser calls. The name of the call, or why there is none, goes to [`called`](super::Signalling::called)
    /// before anything else is told about that call.
    Call {
        /// The media connection of the call, which names it until then.
        media: MediaId,
        /// Who calls.
        identity: String,
        /// The application that the token grants.
        application: ApplicationSid,
        /// What the application is told beside the ordinary: the browser's parameters, and over them the token's.
        parameters: Vec<(String, String)>,
    },

    /// Something for the log: no token, no number, nothing of what is said.
    Note {
        /// The socket it is about.
        conn: Option<ConnId>,
        /// The words.
        text: String,
    },
}

/// An identity and its browsers, for those who look on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientView {
    /// Who they are.
    pub identity: String,
    /// Their sockets.
    pub sockets: Vec<SocketView>,
    /// The calls that ring, talk or wait for a browser of theirs to come back.
    pub calls: Vec<CallSid>,
}

/// A socket that has shown its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketView {
    /// Its name.
    pub conn: ConnId,
    /// Whether it may be called.
    pub is_registered: bool,
    /// When its token ends, in seconds since 1970 UTC.
    pub expires_s: i64,
}
