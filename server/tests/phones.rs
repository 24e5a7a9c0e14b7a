//! Pretend telephones: whole calls over the local carrier, on a clock that is moved by hand.

mod support;
#[path = "support/table.rs"]
#[expect(dead_code, reason = "each test file uses its part of it")]
mod table;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use desk::{Phone, Stage};
use support::{Answer, send};
use table::World;

#[tokio::test]
async fn a_caller_from_illinois_reaches_both_offices_and_the_call_tells_it() {
    let world = World::open().await;

    let ida = world.calls("senators").await;
    world.passes(2).await;
    assert!(
        world
            .page()
            .await
            .contains("Are you calling from Illinois?")
    );
    world.presses(&ida, "1").await;
    world.passes(15).await;
    let first = world.rings();
    assert_eq!(
        (first.holder.as_str(), first.about.as_str()),
        ("Richard J. Durbin", "Senator, Illinois · +1 (202) 224-2152")
    );
    world.does(&first.sid, "answer").await;
    world.passes(30).await;
    world.does(&first.sid, "hang_up").await;
    world.passes(10).await;
    let second = world.rings();
    assert_eq!(second.holder, "Tammy Duckworth");
    world.does(&second.sid, "answer").await;
    world.passes(30).await;
    world.does(&second.sid, "hang_up").await;
    world.passes(15).await;

    let ida = world.phone(&ida);
    let last_words = ida.transcript().pop().expect("something was said").text;
    assert_eq!(ida.stage, Stage::Over);
    assert!(last_words.contains("Goodbye"), "{last_words}");
    assert_eq!(ida.papers().len(), 4);
    let story = world
        .house
        .supervisor()
        .await
        .gets(&format!("/calls/{}", ida.sid))
        .await;
    for told in [
        "Connected",
        "Richard J. Durbin",
        "Tammy Duckworth",
        "from Chicago",
    ] {
        assert!(story.body.contains(told), "{told}: {}", story.body);
    }
    world.close().await;
}

#[tokio::test]
async fn a_number_with_a_habit_does_by_itself_what_it_is_told() {
    let world = World::open().await;
    let habit = |number, habit| [("form[number]", number), ("form[habit]", habit)];
    world.posts("habit", &habit("+12022242152", "busy")).await;
    world.posts("habit", &habit("+12022242854", "fail")).await;

    let ida = world.calls("senators").await;
    world.passes(2).await;
    world.presses(&ida, "1").await;
    world.passes(60).await;

    let heard: Vec<_> = world.phone(&ida).transcript();
    assert!(
        heard.iter().any(|line| line.text.contains("busy")),
        "{heard:#?}"
    );
    assert_eq!(world.phone(&ida).stage, Stage::Over);
    assert!(world.page().await.contains("Richard J. Durbin is busy."));
    world.close().await;
}

#[tokio::test]
async fn a_planet_rings_where_the_phone_tree_leads() {
    let world = World::open().await;

    let ida = world.calls("planets").await;
    world.passes(2).await;
    world.presses(&ida, "2").await;
    world.passes(2).await;
    world.presses(&ida, "3").await;
    world.passes(15).await;

    assert_eq!(world.rings().holder, "Dagobah");
    world.close().await;
}

#[tokio::test]
async fn what_is_said_is_heard_at_the_other_end() {
    let world = World::open().await;
    let ida = world.calls("senators").await;
    world.passes(2).await;
    world.presses(&ida, "1").await;
    world.passes(15).await;
    let office = world.rings().sid;
    world.does(&office, "answer").await;

    let said = [
        ("form[phone]", office.as_str()),
        ("form[act]", "speak"),
        ("form[text]", "Good morning"),
    ];
    world.posts("use", &said).await;

    let last = |sid: &str| {
        world
            .phone(sid)
            .transcript()
            .pop()
            .map(|line| (line.voice, line.text))
    };
    let words = "Good morning".to_owned();
    assert_eq!(last(&office), Some((desk::Voice::Holder, words.clone())));
    assert_eq!(last(&ida), Some((desk::Voice::Other, words)));
    world.close().await;
}

#[tokio::test]
async fn fields_that_make_no_sense_are_told_and_late_acts_refused() {
    let world = World::open().await;
    let ida = world.calls("senators").await;
    world.does(&ida, "hang_up").await;

    let late = world
        .posts(
            "use",
            &[
                ("form[phone]", &ida),
                ("form[act]", "press"),
                ("form[keys]", "1"),
            ],
        )
        .await;
    let odd = world
        .posts(
            "call",
            &[("form[line]", "moon"), ("form[from]", "+13125550123")],
        )
        .await;
    let short = world
        .posts("call", &[("form[line]", "senators"), ("form[from]", "911")])
        .await;
    let nobody = world
        .posts(
            "use",
            &[
                ("form[phone]", "CA00000000000000000000000000000009"),
                ("form[act]", "answer"),
            ],
        )
        .await;

    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.body.contains("\"line\""), "{}", odd.body);
    assert!(short.body.contains("country code"), "{}", short.body);
    assert_eq!(nobody.status, StatusCode::CONFLICT, "{}", nobody.body);
    world.close().await;
}

#[tokio::test]
async fn without_script_a_form_leads_back_to_the_page_with_what_was_wrong() {
    let world = World::open().await;

    let good = world
        .submits(
            "call",
            &[("form[line]", "senators"), ("form[from]", "+13125550123")],
        )
        .await;
    let bad = world
        .submits("call", &[("form[line]", "senators"), ("form[from]", "911")])
        .await;
    let page = world.gets(bad.location().expect("a way back")).await;

    let back = good.location().expect("a way back");
    assert_eq!(good.status, StatusCode::FOUND);
    assert_eq!(back.trim_end_matches('?'), "http://127.0.0.1:8080/phones");
    assert_eq!(bad.status, StatusCode::FOUND);
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("country code"), "{}", page.body);
    assert!(page.body.contains("+1 (312) 555-0123"), "{}", page.body);
    world.close().await;
}

#[tokio::test]
async fn telephones_are_put_away_only_after_their_call() {
    let world = World::open().await;
    let ida = world.calls("senators").await;
    let away = [("form[phone]", ida.as_str()), ("form[act]", "put_away")];

    let early = world.posts("use", &away).await;
    world.does(&ida, "hang_up").await;
    let late = world.posts("use", &away).await;

    assert_eq!(early.status, StatusCode::CONFLICT);
    assert_eq!(late.status, StatusCode::OK);
    world.passes(5).await;
    assert!(world.board().phone(&ida).is_none());
    world.close().await;
}

#[tokio::test]
async fn the_oldest_of_many_ended_calls_go_and_stay_away() {
    let world = World::open().await;
    let mut ended = Vec::new();
    for _ in 0..30 {
        ended.push(world.calls("senators").await);
    }
    ended.reverse();
    for sid in &ended {
        world.does(sid, "hang_up").await;
        world.phones.carrier().advance(100).await;
    }
    let ida = world.calls("senators").await;
    world.passes(2).await;
    let before = world.board().number;

    let said = [
        ("form[phone]", ida.as_str()),
        ("form[act]", "speak"),
        ("form[text]", "Hello?"),
    ];
    world.posts("use", &said).await;

    let board = world.board();
    let over = |phone: &&Phone| phone.stage == Stage::Over;
    let mut stay: Vec<_> = board.phones.iter().filter(over).collect();
    stay.sort_by_key(|phone| phone.since_ms);
    let stay: Vec<_> = stay.into_iter().map(|phone| phone.sid.clone()).collect();
    assert_eq!(board.number, before + 1, "only Ida's telephone has news");
    assert_eq!(stay, ended[6..]);
    world.close().await;
}

#[tokio::test]
async fn the_telephones_are_for_this_machine_only() {
    let world = World::open().await;

    for (name, value) in [
        ("host", "rebound.example"),
        ("origin", "https://evil.example"),
    ] {
        for path in ["/phones", "/api/phones/show"] {
            let request = Request::get(path).header(name, value);
            let answer = send(
                &world.router,
                request.body(Body::empty()).expect("a request"),
            )
            .await;

            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} with {name}");
            assert!(!answer.body.contains("555-0100"), "{}", answer.body);
        }
    }
    let request = Request::get("/phones").header("host", "localhost:8080");
    let here = send(
        &world.router,
        request.body(Body::empty()).expect("a request"),
    )
    .await;
    assert_eq!(here.status, StatusCode::OK);
    world.close().await;
}

impl World {
    /// Ida calls a line, and the line has answered her.
    async fn calls(&self, line: &str) -> String {
        let form = [
            ("form[line]", line),
            ("form[from]", "+1 312 555 0123"),
            ("form[name]", "Ida"),
            ("form[state]", "IL"),
            ("form[zip]", "60601"),
            ("form[city]", "Chicago"),
            ("form[country]", "US"),
        ];
        let answer = self.posts("call", &form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        serde_json::from_str(&answer.body).expect("the call's id")
    }

    async fn presses(&self, sid: &str, keys: &str) {
        let form = [
            ("form[phone]", sid),
            ("form[act]", "press"),
            ("form[keys]", keys),
        ];
        let answer = self.posts("use", &form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }

    async fn does(&self, sid: &str, act: &str) {
        let answer = self
            .posts("use", &[("form[phone]", sid), ("form[act]", act)])
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{act}: {}", answer.body);
    }

    fn phone(&self, sid: &str) -> Phone {
        self.board()
            .phone(sid)
            .expect("the telephone is there")
            .clone()
    }

    async fn page(&self) -> String {
        self.gets("/phones").await.body
    }

    async fn gets(&self, path: &str) -> Answer {
        let path = path.trim_start_matches("http://127.0.0.1:8080");
        send(
            &self.router,
            Request::get(path).body(Body::empty()).expect("a request"),
        )
        .await
    }

    async fn posts(&self, function: &str, form: &[(&str, &str)]) -> Answer {
        self.sends(function, form, "application/json").await
    }

    /// As a browser without script does.
    async fn submits(&self, function: &str, form: &[(&str, &str)]) -> Answer {
        self.sends(function, form, "text/html,*/*;q=0.8").await
    }

    async fn sends(&self, function: &str, form: &[(&str, &str)], accepts: &str) -> Answer {
        let body = serde_urlencoded::to_string(form).expect("a form");
        let request = Request::post(format!("/api/phones/{function}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, accepts)
            .header(header::REFERER, "http://127.0.0.1:8080/phones")
            .header(header::HOST, "127.0.0.1:8080");
        send(
            &self.router,
            request.body(Body::from(body)).expect("a request"),
        )
        .await
    }
}
