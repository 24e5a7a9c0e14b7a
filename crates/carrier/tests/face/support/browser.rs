//! A browser with the Voice SDK, as far as the carrier sees one: frames over a WebSocket.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::time::Duration;

use carrier::face::{Carrier, DEMONSTRATION_KEY_SECRET, DEMONSTRATION_KEY_SID};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use twilio::token::Outgoing;
use twilio::{AccessToken, AccountSid, ApiKeySid, ApplicationSid, VoiceGrant};

use super::ACCOUNT;

/// Longer than anything takes here; who waits longer waits in vain.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// A description of media that a carrier without sound takes.
pub(crate) const SDP: &str = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n\
    m=audio 9 UDP/TLS/RTP/SAVPF 0 126\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=ice-ufrag:tabs\r\n\
    a=fingerprint:sha-256 AA:BB\r\na=setup:actpass\r\n\
    a=rtpmap:0 PCMU/8000\r\na=rtpmap:126 telephone-event/8000\r\n";

/// One tab.
pub(crate) struct Browser {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Frames that came while another was waited for.
    unread: VecDeque<Value>,
}

impl Browser {
    /// Opens a socket, and says nothing yet.
    pub(crate) async fn open(carrier: &Carrier) -> Self {
        Self::open_at(carrier.address()).await
    }

    /// The same with whoever serves `/signal` there.
    pub(crate) async fn open_at(address: SocketAddr) -> Self {
        let opened = Self::try_open(address, &[]).await;
        opened.expect("it is let in")
    }

    /// Opens a socket with further headers; the status where it is not let in.
    pub(crate) async fn try_open(
        address: SocketAddr,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, u16> {
        let url = format!("ws://{address}/signal");
        let mut request = url.into_client_request().expect("a URL");
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).expect("a header");
            let name = HeaderName::from_static(name);
            request.headers_mut().insert(name, value);
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self {
                socket,
                unread: VecDeque::new(),
            }),
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("the carrier cannot be reached: {error}"),
        }
    }

    /// A tab of somebody who can be called, and may call through an application.
    pub(crate) async fn of(carrier: &Carrier, identity: &str) -> Self {
        let mut browser = Self::open(carrier).await;
        browser.listens(&token(carrier, identity)).await;
        browser
            .send("register", json!({"media": {"audio": true}}))
            .await;
        browser.hears("ready").await;
        browser
    }

    /// Shows a token, and returns what it is told about it.
    pub(crate) async fn listens(&mut self, token: &str) -> Value {
        self.shows(token).await;
        self.hears("connected").await
    }

    /// Shows a token, whatever is thought of it.
    pub(crate) async fn shows(&mut self, token: &str) {
        let info = json!({"p": "browser", "plugin": "rtc", "v": "2.18.5"});
        let payload = json!({"token": token, "reconnectTimeout": 30, "browserinfo": info});
        self.send("listen", payload).await;
    }

    pub(crate) async fn send(&mut self, kind: &str, payload: Value) {
        let frame = json!({"type": kind, "version": "1.6", "payload": payload});
        self.send_raw(Message::text(frame.to_string())).await;
    }

    pub(crate) async fn send_raw(&mut self, message: Message) {
        // Whether the carrier still listens shows when it is listened to.
        let _ = self.socket.send(message).await;
    }

    /// The payload of the next frame of a kind; others stay for whoever asks for them.
    pub(crate) async fn hears(&mut self, kind: &str) -> Value {
        if let Some(at) = self.unread.iter().position(|frame| frame["type"] == kind) {
            let frame = self.unread.remove(at).expect("it was found there");
            return frame["payload"].clone();
        }
        loop {
            let Some(frame) = self.next().await else {
                panic!("the socket ended before {kind}; unread: {:?}", self.unread);
            };
            if frame["type"] == kind {
                return frame["payload"].clone();
            }
            self.unread.push_back(frame);
        }
    }

    /// Waits until the socket ends; the frames that came before.
    pub(crate) async fn until_closed(mut self) -> Vec<Value> {
        while let Some(frame) = self.next().await {
            self.unread.push_back(frame);
        }
        self.unread.into()
    }

    /// The next frame that is no heartbeat; none when the socket has ended.
    async fn next(&mut self) -> Option<Value> {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.socket.next()).await;
            match message.expect("something comes before patience ends") {
                Some(Ok(Message::Text(text))) if text.as_str() == "\n" => {}
                Some(Ok(Message::Text(text))) => {
                    return Some(serde_json::from_str(&text).expect("frames are JSON"));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Binary(_) | Message::Frame(_))) => panic!("frames are text"),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
            }
        }
    }
}

/// A token of the demonstration's key: to be called, and to call through [`APPLICATION`].
pub(crate) fn token(carrier: &Carrier, identity: &str) -> String {
    signed_with(DEMONSTRATION_KEY_SECRET, carrier, identity)
}

/// The same, signed with any secret.
pub(crate) fn signed_with(secret: &str, carrier: &Carrier, identity: &str) -> String {
    let account = AccountSid::parse(ACCOUNT).expect("a SID");
    let key = ApiKeySid::parse(DEMONSTRATION_KEY_SID).expect("a SID");
    let grant = VoiceGrant {
        incoming_allow: true,
        outgoing: Some(Outgoing {
            application: application(),
            params: BTreeMap::new(),
        }),
        ..VoiceGrant::default()
    };
    let token = AccessToken::new(account, key, identity).with_voice(grant);
    let now_s = carrier.now().0 / 1_000;
    token.sign(secret, now_s).expect("a token that holds")
}

/// The application through which browsers call.
pub(crate) fn application() -> ApplicationSid {
    ApplicationSid::parse("AP00000000000000000000000000000000").expect("a SID")
}
