//! A world around the signalling: tokens, sockets that only remember, media that describe themselves.

use carrier::engine::Time;
use carrier::signal::{ConnId, MediaId, Out, SignalFault, SignalSettings, Signalling};
use serde_json::{Value, json};
use twilio::token::Outgoing;
use twilio::{
    AccessToken, AccountSid, ApiKeySid, ApplicationSid, CallSid, TokenVerifier, VoiceGrant,
};

/// When the stories begin, in seconds since 1970 UTC.
pub(crate) const START_S: i64 = 1_795_132_800;
/// How long tokens hold, in seconds.
pub(crate) const TTL_S: u32 = 3_600;
pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(crate) const APPLICATION: &str = "AP00000000000000000000000000000001";
const KEY: &str = "SK00000000000000000000000000000001";
const SECRET: &str = "the secret of the key";

pub(crate) struct World {
    pub(crate) signal: Signalling,
    /// All that was wanted and not yet looked at.
    pub(crate) outs: Vec<Out>,
    /// Whether the media and the engine answer at once.
    pub(crate) obliging: bool,
    time: Time,
    sockets: u64,
    legs: u64,
}

impl World {
    pub(crate) fn new() -> Self {
        let account = AccountSid::parse(ACCOUNT).expect("an account");
        let key = ApiKeySid::parse(KEY).expect("a key");
        let verifier = TokenVerifier::new(account.clone()).with_key(key, SECRET);
        let mut world = Self {
            signal: Signalling::new(verifier, SignalSettings::new(account), 7),
            outs: Vec::new(),
            obliging: true,
            time: Time(START_S * 1000),
            sockets: 0,
            legs: 0,
        };
        world.signal.advance_to(Time(START_S * 1000));
        world
    }

    /// Takes what is wanted, and lets the media and the engine answer.
    pub(crate) fn turn(&mut self) {
        while let Some(out) = self.signal.poll() {
            if self.obliging {
                self.oblige(&out);
            }
            self.outs.push(out);
        }
    }

    fn oblige(&mut self, out: &Out) {
        match out {
            Out::Offer { media, .. } => {
                self.signal
                    .described(*media, Ok(format!("offer {}", media.0)));
            }
            Out::Answer { media, .. } | Out::Reoffer { media, .. } => {
                self.signal
                    .described(*media, Ok(format!("answer {}", media.0)));
            }
            Out::Accept { media, .. } => self.signal.accepted(*media, Ok(())),
            Out::Call { media, .. } => {
                let leg = self.new_leg();
                self.signal.called(*media, Ok(leg));
            }
            Out::Send(..)
            | Out::Beat(_)
            | Out::Close(_)
            | Out::Cut(_)
            | Out::Registered(_)
            | Out::Unregistered(_)
            | Out::Tie { .. }
            | Out::CloseMedia(_)
            | Out::PickUp(_)
            | Out::Decline(_)
            | Out::Unreachable(_)
            | Out::HangUp(_)
            | Out::Press { .. }
            | Out::Note { .. } => {}
        }
    }

    pub(crate) fn new_leg(&mut self) -> CallSid {
        self.legs += 1;
        leg(self.legs)
    }

    /// A socket without a token.
    pub(crate) fn opens(&mut self) -> ConnId {
        self.sockets += 1;
        let conn = ConnId(self.sockets);
        self.signal.opened(conn);
        self.turn();
        conn
    }

    /// A socket with a token, on which nobody wants to be called.
    pub(crate) fn listens(&mut self, identity: &str) -> ConnId {
        let conn = self.opens();
        let token = self.token(identity).signed();
        self.shows(conn, &token);
        self.told(conn);
        conn
    }

    /// A registered browser.
    pub(crate) fn browser(&mut self, identity: &str) -> ConnId {
        let conn = self.listens(identity);
        self.registers(conn);
        self.told(conn);
        self.outs.clear();
        conn
    }

    pub(crate) fn token(&self, identity: &str) -> Shown {
        Shown {
            token: AccessToken {
                ttl_s: TTL_S,
                ..AccessToken::new(
                    AccountSid::parse(ACCOUNT).expect("an account"),
                    ApiKeySid::parse(KEY).expect("a key"),
                    identity,
                )
            },
            grant: VoiceGrant {
                incoming_allow: true,
                outgoing: Some(Outgoing {
                    application: ApplicationSid::parse(APPLICATION).expect("an application"),
                    params: [("Line".to_owned(), json!("main"))].into(),
                }),
                ..VoiceGrant::default()
            },
            at_s: self.now().0 / 1000,
        }
    }

    pub(crate) fn now(&self) -> Time {
        self.time
    }

    pub(crate) fn shows(&mut self, conn: ConnId, token: &str) {
        let payload = json!({
            "browserinfo": { "p": "browser", "v": "2.18.5" },
            "reconnectTimeout": 30,
            "token": token,
        });
        self.says(conn, "listen", payload);
    }

    pub(crate) fn registers(&mut self, conn: ConnId) {
        self.says(conn, "register", json!({ "media": { "audio": true } }));
    }

    pub(crate) fn says(&mut self, conn: ConnId, kind: &str, payload: Value) {
        let mut frame = json!({ "type": kind, "version": "1.6" });
        frame["payload"] = payload;
        self.signal.received(conn, &frame.to_string());
        self.turn();
    }

    pub(crate) fn closes(&mut self, conn: ConnId) {
        self.signal.closed(conn);
        self.turn();
    }

    pub(crate) fn fault(&mut self, identity: &str, fault: SignalFault) {
        self.signal.fault(identity, fault);
        self.turn();
    }

    pub(crate) fn passes(&mut self, ms: i64) {
        let to = self.time.plus(ms);
        self.time = to;
        while let Some(due) = self.signal.next_due().filter(|due| *due <= to) {
            self.signal.advance_to(due);
            self.turn();
        }
        self.signal.advance_to(to);
        self.turn();
    }

    /// Time passes in one go, as on a machine that slept.
    pub(crate) fn leaps(&mut self, ms: i64) {
        self.time = self.time.plus(ms);
        self.signal.advance_to(self.time);
        self.turn();
    }

    pub(crate) fn rings(&mut self, identity: &str) -> CallSid {
        let leg = self.new_leg();
        self.signal.ring(&leg, identity, "+13125550142", &[]);
        self.turn();
        leg
    }

    /// A call that rings and is answered by a browser with [`SDP`].
    pub(crate) fn talks(&mut self, identity: &str, conn: ConnId) -> CallSid {
        let leg = self.rings(identity);
        self.answers(conn, &leg);
        self.told(conn);
        self.outs.clear();
        leg
    }

    pub(crate) fn answers(&mut self, conn: ConnId, leg: &CallSid) {
        let sdp = browsers_answer(conn);
        let payload = json!({ "callsid": leg.as_str(), "sdp": sdp });
        self.says(conn, "answer", payload);
    }

    /// A browser calls, with an offer of its own connection.
    pub(crate) fn dials(&mut self, conn: ConnId, temporary: &str, params: &str) {
        let payload = json!({
            "callsid": temporary,
            "sdp": browsers_offer(&format!("cert{}", conn.0)),
            "twilio": { "params": params },
        });
        self.says(conn, "invite", payload);
    }

    pub(crate) fn hangs_up(&mut self, conn: ConnId, name: &str) {
        self.says(conn, "hangup", json!({ "callsid": name }));
    }

    pub(crate) fn over(&mut self, leg: &CallSid) {
        self.signal.over(leg, None);
        self.turn();
    }

    /// The frames that a socket was sent since somebody looked, as JSON.
    pub(crate) fn told(&mut self, conn: ConnId) -> Vec<Value> {
        let mut told = Vec::new();
        self.outs.retain(|out| {
            if let Out::Send(to, frame) = out
                && *to == conn
            {
                told.push(serde_json::from_str(&frame.to_text()).expect("a frame is JSON"));
                return false;
            }
            !matches!(out, Out::Note { .. })
        });
        told
    }

    /// The types of those frames.
    pub(crate) fn heard(&mut self, conn: ConnId) -> Vec<String> {
        let told = self.told(conn);
        told.iter().map(kind).collect()
    }

    /// The only frame that a socket was sent.
    #[track_caller]
    pub(crate) fn only(&mut self, conn: ConnId, expected: &str) -> Value {
        let told = self.told(conn);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(kind(&told[0]), expected);
        told[0]["payload"].clone()
    }

    /// What was wanted beside frames and notes, since somebody looked.
    pub(crate) fn wanted(&mut self) -> Vec<Out> {
        let mut wanted = std::mem::take(&mut self.outs);
        wanted.retain(|out| !matches!(out, Out::Send(..) | Out::Note { .. } | Out::Beat(_)));
        wanted
    }

    /// What the engine is told among that.
    pub(crate) fn acts(&mut self) -> Vec<Out> {
        let mut wanted = self.wanted();
        wanted.retain(|out| {
            matches!(
                out,
                Out::PickUp(_)
                    | Out::Decline(_)
                    | Out::Unreachable(_)
                    | Out::HangUp(_)
                    | Out::Press { .. }
            )
        });
        wanted
    }

    /// The reconnect token of a call that rings in this browser.
    pub(crate) fn reconnect_token(&mut self, conn: ConnId) -> String {
        let told = self.told(conn);
        let token = told
            .iter()
            .find_map(|frame| frame["payload"]["reconnect"].as_str());
        token.expect("it was told one").to_owned()
    }

    pub(crate) fn media(&self) -> Vec<MediaId> {
        let mut media = Vec::new();
        for out in &self.outs {
            if let Out::Offer { media: id, .. } | Out::Answer { media: id, .. } = out {
                media.push(*id);
            }
        }
        media
    }
}

/// A token in the making.
pub(crate) struct Shown {
    pub(crate) token: AccessToken,
    pub(crate) grant: VoiceGrant,
    pub(crate) at_s: i64,
}

impl Shown {
    pub(crate) fn signed(self) -> String {
        let token = self.token.with_voice(self.grant);
        token.sign(SECRET, self.at_s).expect("it can be signed")
    }

    pub(crate) fn without_incoming(mut self) -> Self {
        self.grant.incoming_allow = false;
        self
    }

    pub(crate) fn without_outgoing(mut self) -> Self {
        self.grant.outgoing = None;
        self
    }
}

pub(crate) fn kind(frame: &Value) -> String {
    frame["type"].as_str().unwrap_or_default().to_owned()
}

pub(crate) fn leg(number: u64) -> CallSid {
    CallSid::parse(&format!("CA{number:032x}")).expect("a call")
}

/// What a browser answers with to an offer.
pub(crate) fn browsers_answer(conn: ConnId) -> String {
    sdp(
        &format!("path{}", conn.0),
        &format!("cert{}", conn.0),
        "active",
    )
}

/// What a browser offers.
pub(crate) fn browsers_offer(certificate: &str) -> String {
    sdp("first", certificate, "actpass")
}

pub(crate) fn sdp(path: &str, certificate: &str, setup: &str) -> String {
    format!(
        "v=0\r\na=ice-ufrag:{path}\r\na=fingerprint:sha-256 {certificate}\r\na=setup:{setup}\r\n"
    )
}
