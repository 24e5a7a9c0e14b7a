//! A server with a carrier's account, and a caller who obeys its documents.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use desk::{CallFilter, CallStory};
use exchange::{CallSid, Moment, PlanRows};
use http_body_util::BodyExt;
use server::clock::Clock;
use server::config::{Config, Vars};
use server::{AppState, seeds};
use store::{Scratch, Store};
use tower::ServiceExt;
use twilio::form::Form;

pub(crate) const ACCOUNT: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
pub(crate) const TOKEN: &str = "the carrier's token";
pub(crate) const PUBLIC: &str = "https://calls.example.test";

/// A server of one's own.
pub(crate) struct World {
    pub(crate) scratch: Scratch,
    pub(crate) state: AppState,
    pub(crate) clock: Clock,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) content_type: String,
    pub(crate) body: String,
}

pub(crate) fn config(public: &str) -> Config {
    let vars: Vars = [
        ("TWILIO_ACCOUNT_SID", ACCOUNT),
        ("TWILIO_AUTH_TOKEN", TOKEN),
        ("PUBLIC_URL", public),
        ("DATABASE_URL", "sqlite://unused.db"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect();
    Config::from_vars(&vars).expect("a configuration that holds")
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::reached_at(PUBLIC).await
    }

    pub(crate) async fn reached_at(public: &str) -> Self {
        Self::planned(public, |_| ()).await
    }

    /// A server whose plan is the seeds', changed.
    pub(crate) async fn planned(public: &str, change: impl FnOnce(&mut PlanRows)) -> Self {
        let scratch = Scratch::new().await.expect("a database");
        let mut rows = seeds::rows().expect("seeds that can be read");
        change(&mut rows);
        scratch
            .store()
            .seed(&rows)
            .await
            .expect("an empty database takes the seeds");
        let clock = Clock::manual(Moment(1_790_000_000_000));
        let state = state(public, scratch.store(), &clock).await;
        Self {
            scratch,
            state,
            clock,
        }
    }

    /// Another process on the same database.
    pub(crate) async fn another(&self) -> AppState {
        let store = self
            .scratch
            .another()
            .await
            .expect("the database opens twice");
        state(PUBLIC, store, &self.clock).await
    }

    pub(crate) async fn end(self) {
        self.state.store.close().await;
        self.scratch.drop_now().await.expect("the database goes");
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        send(
            &self.state,
            signed(Method::POST, PUBLIC, path, fields, None),
        )
        .await
    }

    pub(crate) async fn get(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        send(&self.state, signed(Method::GET, PUBLIC, path, fields, None)).await
    }

    /// A delivery that carries the token of its request.
    pub(crate) async fn deliver(&self, token: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        send(
            &self.state,
            signed(Method::POST, PUBLIC, path, fields, Some(token)),
        )
        .await
    }

    pub(crate) async fn db_story(&self, call: &str) -> Option<CallStory> {
        let sid = CallSid::parse(call).expect("a SID");
        self.state
            .store
            .call_story(&sid)
            .await
            .expect("the database answers")
    }

    /// Every line of a call's journal.
    pub(crate) async fn db_journal(&self, call: &str) -> Vec<String> {
        let story = self
            .db_story(call)
            .await
            .expect("the call was written down");
        story
            .entries
            .into_iter()
            .flat_map(|entry| entry.lines)
            .collect()
    }

    pub(crate) async fn db_calls(&self) -> u64 {
        let query = CallFilter::default()
            .query()
            .expect("no filter is a filter");
        self.state
            .store
            .call_page(&query)
            .await
            .expect("the database answers")
            .total
    }
}

async fn state(public: &str, store: Store, clock: &Clock) -> AppState {
    AppState::new(config(public), store, clock.clone())
        .await
        .expect("a server")
}

/// The parameters that every webhook of a call has.
pub(crate) fn call<'a>(sid: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("AccountSid", ACCOUNT),
        ("ApiVersion", "2010-04-01"),
        ("CallSid", sid),
        ("CallStatus", "in-progress"),
        ("Direction", "inbound"),
        ("From", "+13125550123"),
        ("FromCountry", "US"),
        ("FromState", "IL"),
        ("To", "+12025550100"),
    ];
    for (name, value) in more {
        fields.retain(|(present, _)| present != name);
        fields.push((name, value));
    }
    fields
}

pub(crate) fn sid(n: u32) -> String {
    format!("CA{n:032x}")
}

/// A request as Twilio sends it: a GET's parameters stand in the query.
pub(crate) fn signed(
    method: Method,
    public: &str,
    path: &str,
    fields: &[(&str, &str)],
    token: Option<&str>,
) -> Request<Body> {
    let form: Form = fields.iter().copied().collect();
    let is_get = method == Method::GET;
    let target = if is_get {
        format!("{path}?{}", form.write())
    } else {
        path.to_owned()
    };
    let params = if is_get { Vec::new() } else { fields.to_vec() };
    let signature = twilio::sign(TOKEN, &format!("{public}{target}"), params);
    let mut request = Request::builder()
        .method(method)
        .uri(target)
        .header("host", "somewhere.else.test")
        .header("x-twilio-signature", signature);
    if let Some(token) = token {
        request = request.header("i-twilio-idempotency-token", token);
    }
    if is_get {
        request.body(Body::empty()).expect("a request")
    } else {
        request
            .header(
                "content-type",
                "application/x-www-form-urlencoded; charset=UTF-8",
            )
            .body(Body::from(form.write()))
            .expect("a request")
    }
}

pub(crate) async fn send(state: &AppState, request: Request<Body>) -> Reply {
    let router: Router = server::router(state.clone());
    let response = router.oneshot(request).await.expect("a router never fails");
    let status = response.status();
    let content_type = response
        .headers()
        .get("content-type")
        .map_or("", |value| value.to_str().unwrap_or(""));
    let content_type = content_type.to_owned();
    let body = response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes();
    Reply {
        status,
        content_type,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

impl Reply {
    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> &Self {
        assert!(
            self.body.contains(words),
            "{words:?} is not in {}",
            self.body
        );
        self
    }

    /// It is a document that the carrier obeys, and it leads on or ends.
    #[track_caller]
    pub(crate) fn is_twiml(&self) -> &Self {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        assert_eq!(self.content_type, "text/xml; charset=utf-8");
        let leads = ["<Hangup/>", "<Redirect>", "<Dial "]
            .iter()
            .any(|verb| self.body.contains(verb));
        assert!(leads && self.body.ends_with("</Response>"), "{}", self.body);
        self
    }

    /// Where the document leads, as a path: the action of its question or of its dialled party, or
    /// its redirect. Nothing when it ends.
    pub(crate) fn leads_to(&self) -> Option<String> {
        let url = between(&self.body, "action=\"", "\"")
            .or_else(|| between(&self.body, "<Redirect>", "</Redirect>"))?;
        let path = url.split('#').next().unwrap_or(url);
        Some(path.strip_prefix(PUBLIC).unwrap_or(path).to_owned())
    }

    pub(crate) fn dials(&self) -> Option<&str> {
        let dial = &self.body[self.body.find("<Dial ")?..];
        between(dial, ">", "<")
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let rest = &text[text.find(before)? + before.len()..];
    Some(&rest[..rest.find(after)?])
}

/// A carrier's REST API that answers as it is told.
pub(crate) struct ToldAnswers(pub(crate) Arc<std::sync::Mutex<Vec<(u16, String)>>>);

#[async_trait::async_trait]
impl twilio::rest::Transport for ToldAnswers {
    async fn send(
        &self,
        _request: axum::http::Request<Vec<u8>>,
    ) -> Result<axum::http::Response<Vec<u8>>, twilio::rest::TransportError> {
        let (status, body) = self.0.lock().expect("nobody panicked").remove(0);
        let response = axum::http::Response::builder()
            .status(status)
            .body(body.into_bytes());
        Ok(response.expect("a response"))
    }
}
