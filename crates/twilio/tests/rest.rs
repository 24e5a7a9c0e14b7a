//! What the REST client sends, and how it reads what comes back.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use http::{Request, Response};
use serde_json::json;
use twilio::rest::{Account, BadAccount, Client, Code, Error, Transport, TransportError};
use twilio::{AccountSid, CallSid, CallStatus, Direction, Party};

const ACCOUNT: &str = "AC00000000000000000000000000000001";
const CALL: &str = "CA00000000000000000000000000000002";
const PARENT: &str = "CA00000000000000000000000000000001";

#[tokio::test]
async fn a_call_is_asked_for_with_the_accounts_credentials() {
    let carrier = Carrier::answering(200, &call_json());

    client(&carrier, "https://api.example/")
        .fetch_call(&call())
        .await
        .expect("the call is read");

    let asked = carrier.asked();
    let headers = asked.headers();
    assert_eq!(asked.method(), "GET");
    assert_eq!(
        asked.uri(),
        format!("https://api.example/2010-04-01/Accounts/{ACCOUNT}/Calls/{CALL}.json").as_str()
    );
    assert_eq!(
        headers["authorization"],
        "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTp0b2tlbg=="
    );
    assert!(headers["authorization"].is_sensitive());
    assert!(asked.body().is_empty());
}

#[tokio::test]
async fn a_call_is_read_with_its_numbers_in_strings() {
    let carrier = Carrier::answering(200, &call_json());

    let found = client(&carrier, Account::TWILIO)
        .fetch_call(&call())
        .await
        .expect("the call is read");

    assert_eq!(
        (found.sid.as_str(), found.account_sid.as_str()),
        (CALL, ACCOUNT)
    );
    assert_eq!(
        found.parent_call_sid.as_ref().map(CallSid::as_str),
        Some(PARENT)
    );
    assert_eq!(
        (found.status, found.direction),
        (CallStatus::Completed, Direction::OutboundDial)
    );
    assert_eq!(
        (found.from, found.to),
        (Party::parse("anonymous"), Party::parse("+12025550100"))
    );
    assert_eq!(found.duration_s, Some(15));
    assert_eq!(
        (found.start_time_ms, found.queued_ms),
        (Some(1_795_149_000_000), Some(1000))
    );
    assert_eq!((found.end_time_ms, found.answered_by), (None, None));
    assert_eq!(found.rest["subresource_uris"]["recordings"], "/x.json");
}

#[tokio::test]
async fn a_call_of_which_little_is_told_is_read() {
    let body =
        json!({"sid": CALL, "account_sid": ACCOUNT, "status": "paused", "duration": 3, "to": null});
    let carrier = Carrier::answering(200, &body.to_string());

    let found = client(&carrier, Account::TWILIO)
        .fetch_call(&call())
        .await
        .expect("the call is read");

    assert_eq!(found.status, CallStatus::Other("paused".to_owned()));
    assert_eq!(
        (found.duration_s, found.to),
        (Some(3), Party::Other(String::new()))
    );
}

#[tokio::test]
async fn a_call_that_the_account_does_not_have_is_not_found() {
    let carrier = Carrier::answering(
        404,
        r#"{"code": 20404, "message": "not here", "status": 404}"#,
    );

    let error = client(&carrier, Account::TWILIO)
        .fetch_call(&call())
        .await
        .expect_err("there is no such call");

    assert!(
        matches!(
            error,
            Error::NotFound {
                code: Some(Code::NotFound)
            }
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_refusal_carries_status_code_and_words() {
    let cases = [
        (
            401,
            r#"{"code":20003,"message":"Authenticate","status":401}"#,
            Some(Code::Unauthenticated),
            "Authenticate",
        ),
        (429, r#"{"message":"slowly"}"#, None, "slowly"),
        (503, "<html>gone</html>", None, ""),
        (302, "", None, ""),
    ];

    for (sent, body, expected_code, expected_message) in cases {
        let carrier = Carrier::answering(sent, body);

        let error = client(&carrier, Account::TWILIO)
            .fetch_call(&call())
            .await
            .expect_err("the carrier refused");

        assert!(error.repeat_is_safe(), "a question may be asked again");
        let Error::Refused {
            status,
            code,
            message,
            ..
        } = error
        else {
            panic!("{sent}: {error:?}")
        };
        assert_eq!(
            (status, code, message.as_str()),
            (sent, expected_code, expected_message)
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_no_call_is_unreadable() {
    for body in [
        "",
        "<Response/>",
        "{}",
        r#"{"sid":"CA1","account_sid":"AC1","status":"busy"}"#,
    ] {
        let carrier = Carrier::answering(200, body);

        let error = client(&carrier, Account::TWILIO)
            .fetch_call(&call())
            .await
            .expect_err("this is no call");

        assert!(
            matches!(error, Error::Unreadable { status: 200, .. }),
            "{body}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_question_that_got_no_answer_may_be_asked_again() {
    let carrier = Arc::new(Carrier {
        asked: Mutex::default(),
        answer: None,
    });

    let error = client(&carrier, Account::TWILIO)
        .fetch_call(&call())
        .await
        .expect_err("nobody answers");

    assert!(
        matches!(
            error,
            Error::Transport {
                repeat_is_safe: true,
                ..
            }
        ),
        "{error:?}"
    );
}

#[test]
fn an_address_that_cannot_be_asked_is_refused() {
    for base_url in [
        "",
        "api.twilio.com",
        "ftp://api.example",
        "https://",
        "/relative",
        "https://api.example?x=y",
        "https://a b",
    ] {
        let account = Account {
            base_url: base_url.to_owned(),
            ..account()
        };

        let carrier = Carrier::answering(200, "");

        assert_eq!(
            Client::new(carrier, &account).err(),
            Some(BadAccount::BaseUrl),
            "{base_url}"
        );
    }
}

#[test]
fn credentials_are_not_shown() {
    let secret = Account {
        password: "swordfish".to_owned(),
        ..account()
    };

    let client = Client::new(Carrier::answering(200, ""), &secret).expect("the address is good");

    assert!(!format!("{secret:?} {client:?}").contains("swordfish"));
}

/// Remembers what it was asked last and gives always the same answer, or none.
struct Carrier {
    asked: Mutex<Option<Request<Vec<u8>>>>,
    answer: Option<(u16, String)>,
}

impl Carrier {
    fn answering(status: u16, body: &str) -> Arc<Self> {
        Arc::new(Self {
            asked: Mutex::default(),
            answer: Some((status, body.to_owned())),
        })
    }

    fn asked(&self) -> Request<Vec<u8>> {
        self.asked
            .lock()
            .expect("no test panics while it holds the lock")
            .take()
            .expect("something was asked")
    }
}

#[async_trait]
impl Transport for Carrier {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        *self
            .asked
            .lock()
            .expect("no test panics while it holds the lock") = Some(request);
        let (status, body) = self
            .answer
            .clone()
            .ok_or_else(|| TransportError::Unanswered("time ran out".into()))?;
        Ok(Response::builder()
            .status(status)
            .body(body.into_bytes())
            .expect("the status is one"))
    }
}

fn account() -> Account {
    Account::with_auth_token(AccountSid::parse(ACCOUNT).expect("an account"), "token")
}

fn client(carrier: &Arc<Carrier>, base_url: &str) -> Client {
    let account = Account {
        base_url: base_url.to_owned(),
        ..account()
    };
    Client::new(carrier.clone(), &account).expect("the address is good")
}

fn call() -> CallSid {
    CallSid::parse(CALL).expect("a call")
}

fn call_json() -> String {
    json!({
        "sid": CALL, "account_sid": ACCOUNT, "parent_call_sid": PARENT, "status": "completed", "direction": "outbound-dial",
        "from": "Anonymous", "to": "+12025550100", "duration": "15", "queue_time": "1000", "price": null, "end_time": null,
        "start_time": "Fri, 20 Nov 2026 04:30:00 +0000", "subresource_uris": {"recordings": "/x.json"}
    })
    .to_string()
}
