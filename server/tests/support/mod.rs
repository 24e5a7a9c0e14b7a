//! A house of one's own for a test: the real router on a scratch database, and the people who come to it.
#![expect(dead_code, reason = "each test file uses its part of it")]

mod answer;
pub(crate) mod process;

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use desk::Role;
use exchange::Moment;
use serde::Serialize;
use serde_json::Value;
use server::auth::password::NewPassword;
use server::clock::Clock;
use server::config::{Config, DEMONSTRATION_SID, DEMONSTRATION_TOKEN, Vars};
use server::{AppState, seeds};
use store::{NewPerson, Scratch, Store};

pub(crate) use answer::{Answer, send};

/// The password of everybody that a test adds.
pub(crate) const PASSWORD: &str = "correct horse battery";
/// Where the house stands when nothing else is said.
pub(crate) const PUBLIC_URL: &str = "http://127.0.0.1:8080";

/// 2026-11-20 00:00 UTC.
const START: Moment = Moment(1_795_132_800_000);

/// A server without a socket, its database, and its clock.
pub(crate) struct House {
    scratch: Scratch,
    pub(crate) state: AppState,
    pub(crate) router: Router,
    pub(crate) clock: Clock,
}

impl House {
    /// A demonstration with the seeds and nobody in it.
    pub(crate) async fn open() -> Self {
        Self::with(&[]).await
    }

    /// The same under other settings.
    pub(crate) async fn with(vars: &[(&str, &str)]) -> Self {
        let scratch = Scratch::new().await.expect("a scratch database is made");
        let config =
            Config::from_vars(&vars.iter().copied().collect::<Vars>()).expect("the settings hold");
        let clock = Clock::manual(START);
        let store = scratch.store();
        store
            .seed(&seeds::rows().expect("the seeds are readable"))
            .await
            .expect("the seeds are planted");
        let state = AppState::new(config, store, clock.clone())
            .await
            .expect("the parts fit");
        Self {
            router: server::router(state.clone()),
            scratch,
            state,
            clock,
        }
    }

    /// Another server on the same database, at the same time.
    pub(crate) async fn beside(&self) -> (AppState, Router) {
        let store = self.scratch.another().await.expect("one more connects");
        let state = AppState::new(
            self.state.config.as_ref().clone(),
            store,
            self.clock.clone(),
        )
        .await
        .expect("the parts fit");
        (state.clone(), server::router(state))
    }

    pub(crate) fn store(&self) -> &Store {
        &self.state.store
    }

    /// Takes the database away.
    pub(crate) async fn db_lose(&self) {
        self.scratch
            .lose()
            .await
            .expect("the database is taken away");
    }

    /// Every column in which a text stands.
    pub(crate) async fn db_columns_with(&self, text: &str) -> Vec<String> {
        let found = self.scratch.columns_with(text).await;
        found.expect("the database answers")
    }

    /// Brings it back.
    pub(crate) async fn db_find_again(&self) {
        self.scratch
            .find_again()
            .await
            .expect("the database comes back");
    }

    /// A call is as a later release might have written it.
    pub(crate) async fn db_make_unreadable(&self, call: &str) {
        let sid = exchange::CallSid::parse(call).expect("a SID");
        let made = self.scratch.make_unreadable(&sid).await;
        made.expect("the database answers");
    }

    pub(crate) async fn close(self) {
        self.scratch
            .drop_now()
            .await
            .expect("the scratch database is dropped");
    }

    pub(crate) async fn waits(&self, minutes: u64) {
        self.clock.advance(Duration::from_secs(60 * minutes));
    }

    /// Somebody with this role, who is not signed in.
    pub(crate) async fn add(&self, user_name: &str, role: Role) {
        let password_hash = NewPassword::parse(PASSWORD, user_name)
            .expect("long enough")
            .hash()
            .await
            .expect("hashed");
        let person = NewPerson {
            user_name: user_name.to_owned(),
            name: capitalised(user_name),
            role,
            password_hash,
        };
        assert!(
            self.store()
                .add_person(&person, self.clock.now())
                .await
                .expect("people are written"),
            "{user_name} is taken"
        );
    }

    /// Somebody without an account, in a browser.
    pub(crate) fn stranger(&self) -> Persona {
        Persona {
            router: self.router.clone(),
            cookie: None,
        }
    }

    pub(crate) async fn agent(&self) -> Persona {
        self.signed_in("ana", Role::Agent).await
    }

    pub(crate) async fn supervisor(&self) -> Persona {
        self.signed_in("sam", Role::Supervisor).await
    }

    pub(crate) async fn admin(&self) -> Persona {
        self.another_admin("ada").await
    }

    pub(crate) async fn another_admin(&self, user_name: &str) -> Persona {
        self.signed_in(user_name, Role::Admin).await
    }

    async fn signed_in(&self, user_name: &str, role: Role) -> Persona {
        if self
            .store()
            .person(user_name)
            .await
            .expect("people are read")
            .is_none()
        {
            self.add(user_name, role).await;
        }
        let mut persona = self.stranger();
        let answer = persona.signs_in(user_name, PASSWORD).await;
        assert_eq!(answer.location(), Some("/"), "{}", answer.body);
        persona
    }

    /// Twilio.
    pub(crate) fn carrier(&self) -> Carrier {
        Carrier {
            router: self.router.clone(),
        }
    }
}

/// The same fields of a form, some of them with other values, and more.
pub(crate) fn with<'a>(
    fields: &[(&'a str, &'a str)],
    others: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let kept = fields
        .iter()
        .filter(|(name, _)| !others.iter().any(|(other, _)| other == name));
    kept.chain(others).copied().collect()
}

/// A person and their browser.
pub(crate) struct Persona {
    router: Router,
    pub(crate) cookie: Option<String>,
}

impl Persona {
    /// The same browser, led to another server.
    pub(crate) fn at(&self, router: Router) -> Self {
        Self {
            router,
            cookie: self.cookie.clone(),
        }
    }

    pub(crate) async fn gets(&mut self, path: &str) -> Answer {
        self.sends(Request::get(path).body(Body::empty()).expect("a request"))
            .await
    }

    /// Asks the server for something, as the pages do.
    pub(crate) async fn asks(&mut self, path: &str) -> Value {
        let answer = self.gets(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).expect("JSON")
    }

    pub(crate) async fn posts(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(form).expect("a form");
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.sends(request.body(Body::from(body)).expect("a request"))
            .await
    }

    /// Sends a form as a browser without script does, from a page.
    pub(crate) async fn submits(
        &mut self,
        path: &str,
        page: &str,
        form: &(impl Serialize + ?Sized),
    ) -> Answer {
        let body = serde_urlencoded::to_string(form).expect("a form");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html,*/*;q=0.8")
            .header(header::REFERER, page)
            .body(Body::from(body));
        self.sends(request.expect("a request")).await
    }

    pub(crate) async fn signs_in(&mut self, user_name: &str, password: &str) -> Answer {
        self.posts(
            "/login",
            &[("user_name", user_name), ("password", password)],
        )
        .await
    }

    pub(crate) async fn signs_out(&mut self) -> Answer {
        self.posts("/logout", &[]).await
    }

    /// Sends a request with the browser's cookie, and keeps the one that comes back.
    pub(crate) async fn sends(&mut self, mut request: Request<Body>) -> Answer {
        if let Some(cookie) = &self.cookie {
            request
                .headers_mut()
                .insert(header::COOKIE, cookie.parse().expect("a cookie"));
        }
        let answer = send(&self.router, request).await;
        for set in answer.headers.get_all(header::SET_COOKIE) {
            let pair = set
                .to_str()
                .expect("a cookie")
                .split(';')
                .next()
                .unwrap_or_default();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
        answer
    }
}

/// Twilio, signing what it sends with the demonstration's token.
pub(crate) struct Carrier {
    router: Router,
}

impl Carrier {
    /// The carrier, led to this server.
    pub(crate) fn at(router: Router) -> Self {
        Self { router }
    }

    /// Sends a webhook about one call; the account stands in it already.
    pub(crate) async fn posts(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let form: Vec<(&str, &str)> = [("AccountSid", DEMONSTRATION_SID)]
            .iter()
            .chain(form)
            .copied()
            .collect();
        let signature = twilio::signature::sign(
            DEMONSTRATION_TOKEN,
            &format!("{PUBLIC_URL}{path}"),
            form.iter().copied(),
        );
        let body = serde_urlencoded::to_string(&form).expect("a form");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(twilio::headers::SIGNATURE, signature)
            .body(Body::from(body));
        send(&self.router, request.expect("a request")).await
    }

    /// Sends a webhook whose parameters stand in its address, as they stand there.
    pub(crate) async fn gets(&self, target: &str) -> Answer {
        let url = format!("{PUBLIC_URL}{target}");
        let signature = twilio::signature::sign(DEMONSTRATION_TOKEN, &url, []);
        let request = Request::get(target)
            .header(twilio::headers::SIGNATURE, signature)
            .body(Body::empty());
        send(&self.router, request.expect("a request")).await
    }

    /// Calls the line at `path` from a number, and hears its first words.
    pub(crate) async fn rings(&self, path: &str, sid: &str, from: &str) -> Answer {
        let form = [
            ("CallSid", sid),
            ("From", from),
            ("To", "+12025550100"),
            ("CallStatus", "ringing"),
            ("FromState", "CA"),
            ("Direction", "inbound"),
            ("ApiVersion", "2010-04-01"),
        ];
        self.posts(path, &form).await
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
