//! The floor for a test: callers of the support line, agents at their consoles, and the feed that a screen follows.
#![expect(dead_code, reason = "each test file uses its part of it")]

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use desk::{Board, BoardView, ConsoleView, LiveEvent, Ping};
use exchange::{AgentEvent, CallSid, Chosen, UserName};
use http_body_util::BodyExt;
use server::{agents, dispatcher};
use store::Console;
use tower::ServiceExt;

use crate::support::{House, Persona};

/// The support line's number.
pub(crate) const SUPPORT: &str = "+12025550104";

/// A caller's number.
pub(crate) const IDA: &str = "+13125550123";

pub(crate) fn sid(n: u32) -> String {
    format!("CA{n:032x}")
}

pub(crate) fn user(name: &str) -> UserName {
    UserName::parse(name).expect("a user name")
}

impl House {
    /// A webhook of a caller's own call.
    pub(crate) async fn caller_asks(&self, call: &str, path: &str, more: &[(&str, &str)]) {
        let mut form = vec![
            ("CallSid", call),
            ("From", IDA),
            ("To", SUPPORT),
            ("CallStatus", "in-progress"),
            ("FromCity", "CHICAGO"),
            ("FromState", "IL"),
            ("FromCountry", "US"),
            ("Direction", "inbound"),
            ("ApiVersion", "2010-04-01"),
        ];
        for (name, value) in more {
            form.retain(|(known, _)| known != name);
            form.push((name, value));
        }
        let answer = self.carrier().posts(path, &form).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.body);
    }

    /// Somebody calls the support line and waits.
    pub(crate) async fn calls(&self, call: &str) {
        self.caller_asks(call, "/conference/connect/client", &[])
            .await;
    }

    /// They hang up.
    pub(crate) async fn caller_goes(&self, call: &str) {
        let path = format!("/conference/{call}/left");
        self.caller_asks(call, &path, &[("CallStatus", "completed")])
            .await;
    }

    /// An agent's phone answers an offer.
    pub(crate) async fn answers(&self, agent: &str, call: &str, offer: u32) {
        let leg = format!("CA{:032x}", 0xa000 + offer);
        let path = format!("/conference/{call}/connect/{agent}?offer={offer}");
        let to = format!("client:{agent}");
        let more = [("CallSid", leg.as_str()), ("To", to.as_str())];
        self.caller_asks(call, &path, &more).await;
    }

    /// Somebody's console has answered, with a phone that can ring.
    pub(crate) async fn db_is_at_console(&self, agent: &str) {
        let console = Console {
            connection: format!("console of {agent}"),
            user: user(agent),
            answered: self.clock.now(),
            registered: true,
            microphone: true,
        };
        self.store()
            .console_answered(&console)
            .await
            .expect("the database answers");
    }

    /// Somebody is at their console and takes calls.
    pub(crate) async fn takes_calls(&self, agent: &str) {
        self.db_is_at_console(agent).await;
        self.chooses(agent, Chosen::Available).await;
    }

    pub(crate) async fn chooses(&self, agent: &str, chosen: Chosen) {
        agents::tell(&self.state, &user(agent), &AgentEvent::Chose(chosen), None)
            .await
            .expect("the database answers");
    }

    /// Somebody's phone calls out.
    pub(crate) async fn db_calls_out(&self, agent: &str, call: &str) {
        let call = CallSid::parse(call).expect("a call");
        agents::tell(
            &self.state,
            &user(agent),
            &AgentEvent::CallsOut { call },
            None,
        )
        .await
        .expect("the database answers");
    }

    /// Whoever waits is offered to whoever is free.
    pub(crate) async fn dispatches(&self) {
        dispatcher::look(&self.state)
            .await
            .expect("the database answers");
    }

    /// The first caller rings at the one agent who takes calls.
    pub(crate) async fn is_rung(&self, agent: &str, call: &str) {
        self.takes_calls(agent).await;
        self.calls(call).await;
        self.dispatches().await;
    }

    /// They talk.
    pub(crate) async fn talks(&self, agent: &str, call: &str) {
        self.is_rung(agent, call).await;
        self.answers(agent, call, 1).await;
    }

    /// The journal of a call.
    pub(crate) async fn db_journal(&self, call: &str) -> Vec<String> {
        let sid = CallSid::parse(call).expect("a SID");
        let story = self.store().call_story(&sid).await;
        let story = story.expect("the database answers").expect("a call");
        let lines = story.entries.into_iter().flat_map(|entry| entry.lines);
        lines.collect()
    }
}

impl Persona {
    pub(crate) async fn console(&mut self) -> ConsoleView {
        let answer = self.gets("/api/console/show").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        serde_json::from_str(&answer.body).expect("a console")
    }

    pub(crate) async fn board(&mut self) -> BoardView {
        let answer = self.gets("/api/board/show").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        serde_json::from_str(&answer.body).expect("a board")
    }

    /// Does something, and it is done.
    pub(crate) async fn does(&mut self, what: &str, form: &[(&str, &str)]) {
        let answer = self.posts(&format!("/api/{what}"), form).await;
        assert_eq!(answer.status, StatusCode::OK, "{what}: {}", answer.body);
    }

    /// Wants something that is not done; gives the status and the answer.
    pub(crate) async fn is_refused(&mut self, what: &str, form: &[(&str, &str)]) -> (u16, String) {
        let answer = self.posts(&format!("/api/{what}"), form).await;
        (answer.status.as_u16(), answer.body)
    }

    /// Opens a feed.
    pub(crate) async fn follows(&self, router: &Router) -> Feed {
        let cookie = self.cookie.as_deref().unwrap_or_default();
        let request = Request::get("/live").header(header::COOKIE, cookie);
        let response = router
            .clone()
            .oneshot(request.body(Body::empty()).expect("a request"))
            .await
            .expect("the router always answers");
        assert_eq!(response.status(), StatusCode::OK);
        Feed(response.into_body())
    }

    /// Answers a ping as a browser whose phone can ring, or not.
    pub(crate) async fn pongs(&mut self, ping: &Ping, rings: bool) -> StatusCode {
        let (connection, on) = (&ping.connection, u8::from(rings));
        let path = format!("/live/pong?connection={connection}&registered={on}&microphone={on}");
        self.posts(&path, &[]).await.status
    }
}

/// What a browser gets.
pub(crate) struct Feed(Body);

/// One message of a feed.
#[derive(Debug)]
pub(crate) enum Heard {
    Event(Box<LiveEvent>),
    Ping(Ping),
}

impl Feed {
    pub(crate) async fn next(&mut self) -> Option<Heard> {
        let frame = self.0.frame().await?.expect("the feed is not cut off");
        let text = String::from_utf8(frame.into_data().expect("data").to_vec()).expect("text");
        let field = |name: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once(": "));
            let found = lines.find(|(field, _)| *field == name);
            found.map(|(_, value)| value).unwrap_or_default()
        };
        let data = field("data");
        Some(match field("event") {
            "ping" => Heard::Ping(serde_json::from_str(data).expect("a ping")),
            _ => Heard::Event(serde_json::from_str(data).expect("a live event")),
        })
    }

    pub(crate) async fn ping(&mut self) -> Ping {
        loop {
            if let Heard::Ping(ping) = self.next().await.expect("a ping comes") {
                return ping;
            }
        }
    }

    /// Reads on until the board shows what is waited for; pings are left unanswered.
    pub(crate) async fn until(&mut self, board: &mut Board, is_so: impl Fn(&Board) -> bool) {
        while !is_so(board) {
            match self.next().await.expect("the feed goes on") {
                Heard::Event(event) => board.apply(*event),
                Heard::Ping(_) => {}
            }
        }
    }
}
