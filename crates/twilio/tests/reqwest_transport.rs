//! How the transport over the network tells a request that never left from one that may have arrived.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

use http::Request;
use twilio::rest::reqwest_transport::{ReqwestTransport, Timeouts};
use twilio::rest::{Transport as _, TransportError};

#[tokio::test]
async fn an_answer_comes_back_whole_and_a_redirect_is_not_followed() {
    let answer = "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 4\r\n\r\ngone";
    let (address, server) = answering_once(answer);

    let response = transport()
        .send(request(address))
        .await
        .expect("the server answers");

    assert_eq!(
        (response.status().as_u16(), response.body().as_slice()),
        (302, &b"gone"[..])
    );
    assert_eq!(response.headers()["location"], "/elsewhere");
    let received = server.join().expect("the server received a request");
    assert!(
        received.starts_with("POST /calls HTTP/1.1\r\n"),
        "{received}"
    );
    assert!(received.contains("user-agent: switchboard/"), "{received}");
    assert!(received.ends_with("To=%2B1"), "{received}");
}

#[tokio::test]
async fn a_request_to_a_closed_door_was_not_sent() {
    let address = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a port is free");

    let error = transport()
        .send(request(address))
        .await
        .expect_err("nobody listens");

    assert!(matches!(error, TransportError::NotSent(_)), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_it_open_whether_the_request_arrived() {
    let (address, _server) = answering_once("");

    let error = transport()
        .send(request(address))
        .await
        .expect_err("no answer comes");

    assert!(matches!(error, TransportError::Unanswered(_)), "{error:?}");
    assert!(
        !format!("{error:?}").contains("/calls"),
        "the address is not told: {error:?}"
    );
}

#[tokio::test]
async fn an_answer_is_waited_for_no_longer_than_was_said() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = silent.local_addr().expect("the listener has an address");
    let timeouts = Timeouts {
        total: Duration::from_millis(50),
        ..Timeouts::default()
    };

    let error = transport_within(timeouts)
        .send(request(address))
        .await
        .expect_err("nobody answers");

    assert!(matches!(error, TransportError::Unanswered(_)), "{error:?}");
}

fn transport() -> ReqwestTransport {
    transport_within(Timeouts::default())
}

fn transport_within(timeouts: Timeouts) -> ReqwestTransport {
    let _already_installed = rustls::crypto::ring::default_provider().install_default();
    ReqwestTransport::with_timeouts(timeouts).expect("the system has root certificates")
}

fn request(address: SocketAddr) -> Request<Vec<u8>> {
    Request::post(format!("http://{address}/calls"))
        .body(b"To=%2B1".to_vec())
        .expect("the address is one")
}

/// Takes one connection, reads what comes, writes the answer and hangs up; gives what it read.
fn answering_once(answer: &'static str) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("the listener has an address");
    let server = spawn(move || {
        let (mut connection, _) = listener.accept().expect("somebody connects");
        let mut received = String::new();
        let mut buffer = [0; 1024];
        while !received.ends_with("To=%2B1") {
            let length = connection
                .read(&mut buffer)
                .expect("the request is readable");
            assert!(length > 0, "the request broke off after {received:?}");
            received.push_str(&String::from_utf8_lossy(&buffer[..length]));
        }
        connection
            .write_all(answer.as_bytes())
            .expect("the answer is writable");
        received
    });
    (address, server)
}
