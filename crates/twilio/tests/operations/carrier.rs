//! A carrier that checks what it is asked, remembers it, and answers with examples.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use http::{Request, Response};
use serde_json::{Value, json};
use twilio::AccountSid;
use twilio::rest::{Account, Client, Transport, TransportError};

use super::examples::{Telling, example};
use super::facts::Facts;

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";

pub(crate) struct Carrier {
    facts: Facts,
    telling: Telling,
    asked: Mutex<Vec<Asked>>,
}

#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) operation: String,
    pub(crate) target: String,
    pub(crate) parameters: Vec<(String, String)>,
}

impl Carrier {
    pub(crate) fn telling(telling: Telling) -> Arc<Self> {
        Arc::new(Self {
            facts: Facts::read(),
            telling,
            asked: Mutex::default(),
        })
    }

    pub(crate) fn client(self: &Arc<Self>) -> Client {
        let account = AccountSid::parse(ACCOUNT).expect("an account");
        let account = Account::with_auth_token(account, "token");
        Client::new(self.clone(), &account).expect("the address is good")
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked
            .lock()
            .expect("no test panics while it holds the lock")
            .clone()
    }

    pub(crate) fn last(&self) -> Asked {
        self.asked().pop().expect("something was asked")
    }

    /// Which parameters were seen with each operation.
    pub(crate) fn seen(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut seen = BTreeMap::<_, BTreeSet<_>>::new();
        for asked in self.asked() {
            seen.entry(asked.operation)
                .or_default()
                .extend(asked.parameters.into_iter().map(|(name, _)| name));
        }
        seen
    }
}

impl Asked {
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let values = self.parameters.iter().filter(|(found, _)| found == name);
        values.map(|(_, value)| value.as_str()).collect()
    }
}

#[async_trait]
impl Transport for Carrier {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let (name, operation, parameters) = self.facts.check(&request);
        let body = operation.answer.as_deref().map(|resource| {
            let one = example(&self.facts.resources[resource], self.telling);
            match &operation.list {
                Some(key) => page(&request, key, &one, parameters.get("PageToken").is_none()),
                None => one,
            }
        });
        let asked = Asked {
            operation: name.to_owned(),
            target: request.uri().to_string(),
            parameters: parameters
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        };
        self.asked
            .lock()
            .expect("no test panics while it holds the lock")
            .push(asked);
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        Ok(Response::builder()
            .status(operation.status)
            .body(body.into_bytes())
            .expect("the status is one"))
    }
}

/// The first page of a list, which names a second one, or the second one.
fn page(request: &Request<Vec<u8>>, key: &str, one: &Value, is_first: bool) -> Value {
    let path = request.uri().path();
    let next = is_first.then(|| format!("{path}?PageSize=2&Page=1&PageToken=PA{:032}", 1));
    let items = if is_first { vec![one, one] } else { vec![one] };
    json!({
        key: items, "uri": path, "first_page_uri": path, "next_page_uri": next, "previous_page_uri": null,
        "page": 0, "page_size": 2, "start": 0, "end": 1
    })
}
