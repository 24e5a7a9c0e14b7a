//! Phones of browsers in a demonstration: calling out over the local carrier, its gateway at our own origin, and sound
//! for pretend telephones.

mod support;
#[path = "support/table.rs"]
mod table;

use std::net::Ipv4Addr;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use carrier::engine::{ClientCall, Place, PlaceCall};
use carrier::face::ClockKind;
use carrier::media::Headset;
use carrier::mix::Source;
use desk::{Role, Side};
use server::config::DEMONSTRATION_APPLICATION;
use support::{Answer, send};
use table::World;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use twilio::{ApplicationSid, CallSid};

const OFFICE: &str = "+12022242152";

#[tokio::test]
async fn a_browser_calls_out_and_the_office_rings_on_the_table() {
    let world = World::open().await;
    world.house.add("ana", Role::Agent).await;

    let out = world.calls_out("ana", OFFICE);
    world.passes(5).await;
    let office = world.rings();

    assert_eq!(office.holder, "Richard J. Durbin");
    assert_eq!(office.other, "+1 (202) 555-0101");
    let shown: Vec<Side> = world
        .board()
        .phones
        .iter()
        .map(|phone| phone.side)
        .collect();
    assert_eq!(
        shown,
        [Side::Callee],
        "Ana's browser is no pretend telephone"
    );
    let leg = CallSid::parse(&office.sid).expect("a leg");
    world.phones.carrier().answer(&leg).expect("it rings");
    world.passes(30).await;
    world.phones.carrier().hang_up(&leg).expect("they talk");
    world.passes(5).await;

    let mut sam = world.house.supervisor().await;
    let list = sam.gets("/calls").await.body;
    assert!(list.contains("Called out by Ana"), "{list}");
    assert!(list.contains("to +1 (202) 224-2152"), "{list}");
    let story = sam.gets(&format!("/calls/{out}")).await.body;
    for told in [
        "Ana called out on",
        "Number dialled",
        "connected for 30 s",
        "The other side hung up.",
        "Connected",
    ] {
        assert!(story.contains(told), "{told}: {story}");
    }
    world.close().await;
}

#[tokio::test]
async fn nobody_rings_for_a_browser_that_is_nobody_of_ours() {
    let world = World::open().await;

    let out = world.calls_out("zoe", OFFICE);
    world.passes(20).await;

    assert!(world.board().phones.is_empty(), "{:#?}", world.board());
    let mut sam = world.house.supervisor().await;
    let story = sam.gets(&format!("/calls/{out}")).await.body;
    assert!(story.contains("Not dialled"), "{story}");
    world.close().await;
}

#[tokio::test]
async fn the_gateway_is_for_pages_of_this_machine() {
    let world = World::open().await;
    let host = "agent1.localhost:8080";
    let cases = [
        (
            &[("host", host), ("origin", "http://agent1.localhost:8080")][..],
            true,
        ),
        (
            &[
                ("host", "127.0.0.1:8080"),
                ("origin", "http://127.0.0.1:8080"),
            ],
            true,
        ),
        (&[("host", host), ("origin", "https://evil.example")], false),
        (&[("host", host), ("origin", "null")], false),
        (
            &[
                ("host", "desk.example.org"),
                ("origin", "http://desk.example.org"),
            ],
            false,
        ),
        (&[("host", "agent1.localhost.example.org")], false),
    ];

    for (headers, comes_in) in cases {
        let answer = world.asks(Method::GET, "/signal", headers, "").await;

        // Without an upgrade the carrier has another word for who comes in.
        let is_refused = answer.status == StatusCode::FORBIDDEN;
        assert_eq!(!is_refused, comes_in, "{headers:?}: {}", answer.status);
        assert_ne!(answer.status, StatusCode::NOT_FOUND);
    }
    world.close().await;
}

#[tokio::test]
async fn only_the_gateway_of_the_carrier_is_at_our_origin() {
    let world = World::open().await;

    let path = "/2010-04-01/Accounts/AC00000000000000000000000000000000/Calls.json";
    let rest = world
        .asks(Method::GET, path, &[("host", "localhost")], "")
        .await;
    let control = world
        .asks(
            Method::POST,
            "/control/calls",
            &[("host", "localhost")],
            "{}",
        )
        .await;

    assert_eq!(rest.status, StatusCode::NOT_FOUND);
    assert_eq!(control.status, StatusCode::NOT_FOUND);
    world.close().await;
}

#[tokio::test]
async fn a_server_that_stops_lets_its_sockets_go() {
    let world = World::open().await;
    let mut socket = TcpStream::connect(world.address).await.expect("it listens");
    let hello = format!(
        "GET /signal HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        world.address
    );
    socket.write_all(hello.as_bytes()).await.expect("it hears");
    let mut heard = vec![0; 4096];
    let length = socket.read(&mut heard).await.expect("it answers");
    let answer = String::from_utf8_lossy(&heard[..length]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 101 "), "{answer}");

    world.state.tasks.finish(Duration::from_secs(5)).await;

    let mut rest = Vec::new();
    tokio::time::timeout(Duration::from_secs(10), socket.read_to_end(&mut rest))
        .await
        .expect("the socket ends")
        .expect("it ends in order");
    world.house.close().await;
}

#[tokio::test]
async fn sound_is_for_pretend_telephones_in_a_call_and_for_this_machine() {
    let world = World::open().await;
    world.house.add("ana", Role::Agent).await;
    world.calls_out("ana", OFFICE);
    world.passes(5).await;
    let office = world.rings().sid;
    let here = &[("host", "localhost:8080")][..];
    let elsewhere = &[("host", "desk.example.org")][..];
    let other_page = &[
        ("host", "localhost:8080"),
        ("origin", "https://evil.example"),
    ][..];
    let cases = [
        (Method::POST, office.as_str(), here, 409, "without sound"),
        (Method::DELETE, office.as_str(), here, 409, "without sound"),
        (Method::POST, "office", here, 404, "no such telephone"),
        (
            Method::POST,
            office.as_str(),
            elsewhere,
            403,
            "this machine only",
        ),
        (
            Method::POST,
            office.as_str(),
            other_page,
            403,
            "another site",
        ),
        (
            Method::DELETE,
            office.as_str(),
            elsewhere,
            403,
            "this machine only",
        ),
    ];

    for (method, leg, headers, status, words) in cases {
        let path = format!("/phones/legs/{leg}/sound");

        let answer = world.asks(method.clone(), &path, headers, "v=0\r\n").await;

        assert_eq!(
            answer.status, status,
            "{method} {path} {headers:?}: {}",
            answer.body
        );
        assert!(answer.body.contains(words), "{}", answer.body);
    }
    let long = "a".repeat(70_000);
    let path = format!("/phones/legs/{office}/sound");
    let answer = world.asks(Method::POST, &path, here, &long).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_microphone_speaks_for_a_pretend_telephone_and_hears_for_it() {
    let world = World::on(|_| ClockKind::Real).await;
    let ida = world.phones.carrier().place_call(PlaceCall {
        from: "+13125550123".to_owned(),
        to: "+12025550100".to_owned(),
        place: Place::default(),
        name: None,
    });
    let ida = ida.expect("the line is there");
    let (headset, offer) = Headset::offer(Ipv4Addr::LOCALHOST.into()).expect("a free socket");
    headset.say(Source::Tone { hz: 440.0 });

    let here = &[("host", "localhost:8080")];
    let path = format!("/phones/legs/{ida}/sound");
    let answer = world.asks(Method::POST, &path, here, &offer).await;

    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    assert_eq!(answer.header("content-type"), Some("application/sdp"));
    headset.accept_answer(&answer.body).expect("an answer");
    world.until(|_| headset.is_connected()).await;
    world.until(|_| headset.heard().rms > 100.0).await;
    let says_440 = |world: &World| {
        let said = world
            .phones
            .carrier()
            .levels(&ida)
            .map(|levels| levels.said);
        said.is_ok_and(|said| said.peak > 1_000.0 && (said.peak_hz - 440.0).abs() < 10.0)
    };
    world.until(says_440).await;
    let browser = world.calls_out("zoe", OFFICE);
    let other = format!("/phones/legs/{browser}/sound");
    let refused = world.asks(Method::POST, &other, here, &offer).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(
        refused.body.contains("no pretend telephone"),
        "{}",
        refused.body
    );
    let nobody = "/phones/legs/CA00000000000000000000000000000009/sound";
    let missing = world.asks(Method::POST, nobody, here, &offer).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND, "{}", missing.body);
    let nonsense = world.asks(Method::POST, &path, here, "v=0").await;
    assert_eq!(
        nonsense.status,
        StatusCode::BAD_REQUEST,
        "{}",
        nonsense.body
    );
    let gone = world.asks(Method::DELETE, &path, here, "").await;
    let again = world.asks(Method::DELETE, &path, here, "").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert!(
        again.body.contains("not connected to a microphone"),
        "{}",
        again.body
    );
    world.close().await;
}

impl World {
    /// A browser calls a number out; gives the call's SID.
    fn calls_out(&self, identity: &str, to: &str) -> String {
        let call = ClientCall {
            identity: identity.to_owned(),
            application: ApplicationSid::parse(DEMONSTRATION_APPLICATION).expect("a SID"),
            parameters: vec![("To".to_owned(), to.to_owned())],
        };
        let sid = self
            .phones
            .carrier()
            .with(|engine| engine.call_from_client(call));
        sid.expect("the application is there").to_string()
    }

    /// Waits on the machine's clock until something is so.
    async fn until(&self, is_so: impl Fn(&Self) -> bool) {
        let coming = async {
            while !is_so(self) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), coming)
            .await
            .expect("it comes in time");
    }

    async fn asks(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = Body::from(body.to_owned());
        send(&self.router, request.body(body).expect("a request")).await
    }
}
