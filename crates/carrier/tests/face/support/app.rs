//! The customer's application: it answers as it is told, and remembers who asked what and whether it was signed.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use twilio::{Form, PublicUrl, Signed, Verifier};

use super::TOKEN;

/// A request that came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    /// The parameters of the body, or of the query of a GET.
    pub(crate) form: Form,
    pub(crate) is_signed: bool,
}

impl Seen {
    pub(crate) fn get(&self, name: &str) -> &str {
        self.form.get(name).unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).map(|value| value.to_str());
        value
            .transpose()
            .expect("headers are text")
            .unwrap_or_default()
    }
}

/// What a path answers.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// With status, headers and body.
    Http(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// Never.
    Never,
}

impl Answer {
    /// A document: what stands in `<Response>`.
    pub(crate) fn twiml(verbs: &str) -> Self {
        Self::of("text/xml", &format!("<Response>{verbs}</Response>"))
    }

    pub(crate) fn of(content_type: &str, body: &str) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Self::Http(200, headers, body.as_bytes().to_vec())
    }

    pub(crate) fn status(status: u16) -> Self {
        Self::Http(status, Vec::new(), Vec::new())
    }

    pub(crate) fn redirect(status: u16, to: &str) -> Self {
        Self::Http(status, vec![("location", to.to_owned())], Vec::new())
    }

    /// The same with a further header.
    pub(crate) fn and(self, name: &'static str, value: &str) -> Self {
        match self {
            Self::Http(status, mut headers, body) => {
                headers.push((name, value.to_owned()));
                Self::Http(status, headers, body)
            }
            Self::Never => Self::Never,
        }
    }
}

#[derive(Default)]
struct Inside {
    seen: Vec<Seen>,
    answers: BTreeMap<String, VecDeque<Answer>>,
}

#[derive(Clone)]
struct Shared {
    inside: Arc<Mutex<Inside>>,
    verifier: Arc<Verifier>,
}

/// The application. A path that nobody told anything answers 204.
pub(crate) struct App {
    base: String,
    shared: Shared,
    _serving: JoinSet<()>,
}

impl App {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let public = PublicUrl::parse(&base).expect("an address");
        let shared = Shared {
            inside: Arc::default(),
            verifier: Arc::new(Verifier::new([TOKEN], [public]).expect("a token and an address")),
        };
        let router = Router::new().fallback(take).with_state(shared.clone());
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, router).await.expect("it serves") });
        Self {
            base,
            shared,
            _serving: serving,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Decides what a path answers from now on.
    pub(crate) fn answers(&self, path: &str, answer: Answer) {
        self.answers_in_turn(path, [answer]);
    }

    /// Decides what a path answers, one after the other; the last one from then on.
    pub(crate) fn answers_in_turn(&self, path: &str, answers: impl IntoIterator<Item = Answer>) {
        let answers = answers.into_iter().collect();
        let mut inside = self.shared.inside.lock().expect("no test panicked in it");
        inside.answers.insert(path.to_owned(), answers);
    }

    /// All requests for a path, in order.
    pub(crate) fn asked(&self, path: &str) -> Vec<Seen> {
        let inside = self.shared.inside.lock().expect("no test panicked in it");
        let asked = inside.seen.iter().filter(|seen| seen.path == path);
        asked.cloned().collect()
    }

    /// All requests, in order.
    pub(crate) fn all(&self) -> Vec<Seen> {
        let inside = self.shared.inside.lock().expect("no test panicked in it");
        inside.seen.clone()
    }
}

async fn take(
    State(shared): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let signed = Signed {
        method: &method,
        target,
        content_type: header("content-type"),
        body: &body,
        signature: header(twilio::headers::SIGNATURE),
        settings: None,
    };
    let form = if method == Method::GET {
        Form::parse(uri.query().unwrap_or_default().as_bytes())
    } else {
        Form::parse(&body)
    };
    let seen = Seen {
        method: method.clone(),
        target: target.to_owned(),
        path: uri.path().to_owned(),
        headers: headers.clone(),
        form,
        is_signed: shared.verifier.verify(&signed).is_ok(),
    };
    let answer = {
        let mut inside = shared.inside.lock().expect("no test panicked in it");
        inside.seen.push(seen);
        match inside.answers.get_mut(uri.path()) {
            Some(answers) if answers.len() > 1 => answers.pop_front(),
            Some(answers) => answers.front().cloned(),
            None => None,
        }
    };
    match answer {
        None => StatusCode::NO_CONTENT.into_response(),
        Some(Answer::Never) => std::future::pending().await,
        Some(Answer::Http(status, headers, body)) => {
            let mut response = Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            response.body(body.into()).expect("a response")
        }
    }
}
