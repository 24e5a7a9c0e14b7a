//! What an error says: the code, its meaning, and whether a repeat is safe (reference E.1, E.8).

use std::sync::Arc;

use async_trait::async_trait;
use http::{Request, Response};
use twilio::AccountSid;
use twilio::rest::{Account, Client, Code, Error, Transport, TransportError};

use super::carrier::ACCOUNT;
use super::sent::{call, whole_call};

#[tokio::test]
async fn placing_a_call_again_is_safe_only_if_the_first_was_surely_not_placed() {
    let cases = [
        (Answer::Not(Where::BeforeSending), true),
        (Answer::Not(Where::Waiting), false),
        (Answer::Status(400), true),
        (Answer::Status(401), true),
        (Answer::Status(404), true),
        (Answer::Status(408), false),
        (Answer::Status(429), true),
        (Answer::Status(500), false),
        (Answer::Status(503), false),
        (Answer::Status(201), false),
    ];

    for (answer, is_safe) in cases {
        let placed = client(answer).create_call(&whole_call()).await;
        let fetched = client(answer).fetch_call(&call()).await;

        assert_eq!(
            placed.expect_err("nothing works").repeat_is_safe(),
            is_safe,
            "{answer:?}"
        );
        assert!(
            fetched.expect_err("nothing works").repeat_is_safe(),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn removing_is_not_repeated_after_silence() {
    let removed = client(Answer::Not(Where::Waiting))
        .delete_call(&call())
        .await;

    assert!(!removed.expect_err("nothing works").repeat_is_safe());
}

#[tokio::test]
async fn a_refusal_names_its_code_and_means_something() {
    let error = client(Answer::Status(400))
        .complete_call(&call())
        .await
        .expect_err("the call is over");

    assert_eq!(error.code(), Some(Code::CallNotInProgress));
    assert_eq!(
        error.to_string(),
        "the carrier answered 400, code 21220 (the call is not in a state in which this can be done)"
    );
    assert!(
        matches!(&error, Error::Refused { message, .. } if message == "Call is not in-progress")
    );
}

#[tokio::test]
async fn a_gone_resource_keeps_its_code() {
    let error = client(Answer::Status(404))
        .complete_call(&call())
        .await
        .expect_err("there is no such call");

    assert!(matches!(error, Error::NotFound { .. }), "{error:?}");
    assert_eq!(error.code().map(Code::number), Some(21220));
}

#[derive(Debug, Clone, Copy)]
enum Answer {
    Status(u16),
    Not(Where),
}

#[derive(Debug, Clone, Copy)]
enum Where {
    BeforeSending,
    Waiting,
}

#[async_trait]
impl Transport for Answer {
    async fn send(&self, _: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let body = r#"{"code": 21220, "message": "Call is not in-progress", "status": 400}"#;
        match self {
            Self::Not(Where::BeforeSending) => Err(TransportError::NotSent("no way".into())),
            Self::Not(Where::Waiting) => Err(TransportError::Unanswered("silence".into())),
            Self::Status(status) => Ok(Response::builder()
                .status(*status)
                .body(body.as_bytes().to_vec())
                .expect("the status is one")),
        }
    }
}

fn client(answer: Answer) -> Client {
    let sid = AccountSid::parse(ACCOUNT).expect("an account");
    Client::new(Arc::new(answer), &Account::with_auth_token(sid, "token")).expect("a good address")
}
