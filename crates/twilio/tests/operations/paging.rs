//! Lists come page by page, as the pages name each other.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use http::{Request, Response};
use serde_json::{Value, json};
use twilio::AccountSid;
use twilio::rest::{Account, Client, Error, QueueFilter, Transport, TransportError};

use super::carrier::{ACCOUNT, Carrier};
use super::examples::Telling;

const PATH: &str = "/2010-04-01/Accounts/AC00000000000000000000000000000001/Queues.json";

#[tokio::test]
async fn pages_follow_each_other_until_one_names_no_next() {
    let carrier = Carrier::telling(Telling::Everything);
    let mut pages = carrier.client().list_queues(&QueueFilter::new());

    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await.expect("the page is read") {
        sizes.push(page.len());
    }

    assert_eq!(sizes, [2, 1]);
    assert_eq!(carrier.asked().len(), 2);
    let (first, second) = (&carrier.asked()[0], &carrier.asked()[1]);
    assert!(first.target.ends_with("/Queues.json"), "{}", first.target);
    assert!(
        second.target.contains("Page=1&PageToken=PA"),
        "{}",
        second.target
    );
}

#[tokio::test]
async fn no_more_pages_are_fetched_than_are_wanted() {
    let carrier = Carrier::telling(Telling::Everything);
    let pages = carrier.client().list_queues(&QueueFilter::new());

    let queues = pages.collect(2).await.expect("the page is read");

    assert_eq!((queues.len(), carrier.asked().len()), (2, 1));
}

#[tokio::test]
async fn a_page_that_failed_is_asked_for_again() {
    let carrier = Told::answers([
        (503, json!({})),
        (200, json!({"queues": [], "next_page_uri": null})),
    ]);
    let mut pages = carrier
        .client("https://api.example")
        .list_queues(&QueueFilter::new());

    let failed = pages.next().await.expect_err("the carrier failed");
    let again = pages.next().await.expect("the carrier answers");

    assert!(failed.repeat_is_safe());
    assert_eq!(again.map(|page| page.len()), Some(0));
    assert_eq!(carrier.asked()[0], carrier.asked()[1]);
}

#[tokio::test]
async fn pages_are_fetched_below_the_same_base() {
    let next = format!("{PATH}?Page=1&PageToken=PA1");
    let carrier = Told::answers([
        (200, json!({"queues": [], "next_page_uri": next})),
        (200, json!({"queues": []})),
    ]);
    let pages = carrier
        .client("http://127.0.0.1:4010/carrier/")
        .list_queues(&QueueFilter::new());

    pages.collect(1).await.expect("the pages are read");

    assert_eq!(
        carrier.asked(),
        [
            format!("http://127.0.0.1:4010/carrier{PATH}"),
            format!("http://127.0.0.1:4010/carrier{next}")
        ]
    );
}

#[tokio::test]
async fn a_page_that_leads_elsewhere_or_to_itself_or_is_none_is_unreadable() {
    let pages = [
        json!({"queues": [], "next_page_uri": "https://elsewhere.example/"}),
        json!({"queues": [], "next_page_uri": "@elsewhere.example/"}),
        json!({"queues": [], "next_page_uri": PATH}),
        json!({"queues": [], "next_page_uri": 7}),
        json!({"conferences": []}),
        json!({"queues": [{"sid": "QU1"}]}),
        json!([]),
    ];

    for page in pages {
        let carrier = Told::answers([(200, page.clone())]);
        let mut pages = carrier
            .client("https://api.example")
            .list_queues(&QueueFilter::new());

        let error = pages.next().await.expect_err("the page is bad");

        assert!(
            matches!(
                error,
                Error::Unreadable {
                    repeat_is_safe: true,
                    ..
                }
            ),
            "{page}: {error:?}"
        );
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_not_sent() {
    let carrier = Told::answers([(200, json!({"queues": [], "next_page_uri": "/with a space"}))]);
    let mut pages = carrier
        .client("https://api.example")
        .list_queues(&QueueFilter::new());

    pages.next().await.expect("the first page is good");
    let error = pages.next().await.expect_err("the second has no address");

    assert!(
        matches!(
            error,
            Error::Transport {
                source: TransportError::NotSent(_),
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(carrier.asked().len(), 1);
}

/// Gives the answers it was told, one after the other.
struct Told {
    answers: Mutex<Vec<(u16, Value)>>,
    asked: Mutex<Vec<String>>,
}

impl Told {
    fn answers(answers: impl IntoIterator<Item = (u16, Value)>) -> Arc<Self> {
        let mut answers: Vec<_> = answers.into_iter().collect();
        answers.reverse();
        Arc::new(Self {
            answers: Mutex::new(answers),
            asked: Mutex::default(),
        })
    }

    fn client(self: &Arc<Self>, base_url: &str) -> Client {
        let sid = AccountSid::parse(ACCOUNT).expect("an account");
        let account = Account {
            base_url: base_url.to_owned(),
            ..Account::with_auth_token(sid, "token")
        };
        Client::new(self.clone(), &account).expect("the address is good")
    }

    fn asked(&self) -> Vec<String> {
        self.asked
            .lock()
            .expect("no test panics while it holds the lock")
            .clone()
    }
}

#[async_trait]
impl Transport for Told {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.asked
            .lock()
            .expect("no test panics while it holds the lock")
            .push(request.uri().to_string());
        let (status, body) = self
            .answers
            .lock()
            .expect("no test panics while it holds the lock")
            .pop()
            .expect("an answer is left");
        Ok(Response::builder()
            .status(status)
            .body(body.to_string().into_bytes())
            .expect("the status is one"))
    }
}
