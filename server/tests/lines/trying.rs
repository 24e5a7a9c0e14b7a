//! Trying a line: from a pretend telephone, and by calling somebody who is then led to it.

use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use server::AppState;
use twilio::CallSid;

use crate::admins::{Form, with};
use crate::support::{Answer, Persona};
use crate::table::World;

fn test(line: &str, to: &str) -> Form {
    let fields = [("line", line), ("to", to)];
    fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

impl World {
    /// An admin at a server with this state.
    async fn admin_at(&self, router: &Router) -> Persona {
        self.house.admin().await.at(router.clone())
    }

    /// Lets the account bear so many calls at once.
    fn bears(&mut self, calls: u32) {
        let mut config = self.state.config.as_ref().clone();
        config.guard.concurrent_calls = calls;
        self.state.config = std::sync::Arc::new(config);
    }

    /// The same carrier, as a server with an account of its own meets it: without telephones that are its own.
    fn with_an_account(&self) -> Router {
        server::router(AppState {
            phones: None,
            ..self.state.clone()
        })
    }
}

/// The call that an answer leads to.
fn call_of(answer: &Answer, before: &str) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let to = answer.leads_to();
    let sid = to.strip_prefix(before).unwrap_or_else(|| panic!("{to}"));
    sid.to_owned()
}

#[tokio::test]
async fn in_a_demonstration_a_pretend_telephone_calls_the_line() {
    let world = World::open().await;
    let mut ada = world.admin_at(&world.router).await;

    let tried = ada
        .sends_form("/api/lines/test", &test("planets", ""))
        .await;

    let sid = call_of(&tried, "/phones?phone=");
    world.passes(2).await;
    let phone = world.board().phone(&sid).expect("the telephone").clone();
    let heard = phone.transcript();
    assert!(!heard.is_empty(), "{phone:?}");
    world.close().await;
}

#[tokio::test]
async fn a_line_that_has_just_got_its_number_can_be_called() {
    let world = World::open().await;
    let mut ada = world.admin_at(&world.router).await;
    let blank = ada.opens("new", "menu").await;
    let made = ada
        .saves(&with(
            &blank,
            &[("name", "Moons"), ("number", "+12025550177")],
        ))
        .await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);

    let tried = ada.sends_form("/api/lines/test", &test("moons", "")).await;

    let sid = call_of(&tried, "/phones?phone=");
    world.passes(2).await;
    let story = ada.gets(&format!("/calls/{sid}")).await;
    assert!(story.body.contains("called Moons"), "{}", story.body);
    world.close().await;
}

#[tokio::test]
async fn with_an_account_a_telephone_is_called_and_hears_the_line() {
    let world = World::open().await;
    let mut ada = world.admin_at(&world.with_an_account()).await;
    let state = |sid: &str| format!("/api/lines/test-state?id=planets&call={sid}");

    let tried = ada
        .sends_form("/api/lines/test", &test("planets", "(312) 555-0123"))
        .await;

    let sid = call_of(&tried, "/lines/planets?test=");
    world.passes(1).await;
    let rings = ada.asks(&state(&sid)).await;
    assert_eq!(
        rings["words"],
        "The telephone rings. Answer it to hear the line."
    );
    let again = ada
        .sends_form("/api/lines/test", &test("planets", "+13125550123"))
        .await;
    assert_eq!(call_of(&again, "/lines/planets?test="), sid);
    let lines = world.house.store().audited().await.unwrap();
    let rung: Vec<_> = lines
        .iter()
        .filter(|line| line.what == "Had a telephone rung to try the line.")
        .map(|line| (line.by.as_str(), line.about.as_str()))
        .collect();
    assert_eq!(rung, [("ada", "planets")], "once, without the number");

    let leg = CallSid::parse(&sid).expect("a SID");
    world.phones.carrier().answer(&leg).expect("it rings");
    world.passes(2).await;
    let talks = ada.asks(&state(&sid)).await;
    assert_eq!(talks["words"], "The test call is on the line.");
    assert_eq!(talks["has_come"], true);
    world.phones.carrier().hang_up(&leg).expect("it talks");
    world.passes(2).await;
    let over = ada.asks(&state(&sid)).await;
    let words = over["words"].as_str().expect("words");
    assert!(words.starts_with("The test call is over."), "{words}");
    assert_eq!(over["goes_on"], false);
    world.close().await;
}

#[tokio::test]
async fn nobody_is_called_whom_the_account_cannot_bear() {
    let mut world = World::open().await;
    world.bears(1);
    let mut ada = world.admin_at(&world.with_an_account()).await;

    let first = ada
        .sends_form("/api/lines/test", &test("planets", "+13125550123"))
        .await;
    let second = ada
        .sends_form("/api/lines/test", &test("planets", "+13125550124"))
        .await;

    call_of(&first, "/lines/planets?test=");
    assert_eq!(second.status, StatusCode::CONFLICT);
    let full = "The account bears 1 call at once, and one goes on";
    assert!(second.body.contains(full), "{}", second.body);
    world.close().await;
}

#[tokio::test]
async fn a_test_call_counts_once_while_it_goes_on_and_no_more_when_it_is_over() {
    let mut world = World::open().await;
    world.bears(2);
    let mut ada = world.admin_at(&world.with_an_account()).await;
    let mut rings = async |to: &str| {
        // The account's turn to call comes again.
        world.house.clock.advance(Duration::from_secs(1));
        let form = test("planets", to);
        let tried = ada.sends_form("/api/lines/test", &form).await;
        (tried.status == StatusCode::OK).then(|| {
            let sid = call_of(&tried, "/lines/planets?test=");
            CallSid::parse(&sid).expect("a SID")
        })
    };
    let carrier = world.phones.carrier();

    let talks = rings("+13125550123").await.expect("both are left");
    world.passes(1).await;
    carrier.answer(&talks).expect("it rings");
    world.passes(2).await;
    let declines = rings("+13125550124").await.expect("one is left");
    world.passes(1).await;
    let full = rings("+13125550125").await;
    carrier.decline(&declines).expect("it rings");
    world.passes(1).await;
    let after_decline = rings("+13125550126").await;
    world.passes(1).await;
    let full_again = rings("+13125550127").await;
    carrier.hang_up(&talks).expect("it talks");
    world.passes(1).await;
    let after_hanging_up = rings("+13125550128").await;

    assert_eq!((full, full_again), (None, None));
    assert!(after_decline.is_some(), "who declined counts no more");
    assert!(after_hanging_up.is_some(), "who hung up counts no more");
    world.close().await;
}

#[tokio::test]
async fn nobody_is_called_whom_the_line_may_not_dial() {
    let world = World::open().await;
    let mut ada = world.admin_at(&world.with_an_account()).await;
    let cases = [
        ("", "Write the number"),
        ("nobody", "Write the number"),
        ("911", "Write the number"),
        ("+442071838750", "dial rules"),
        ("+1 900 555 0123", "premium"),
        ("+12025550101", "own number"),
    ];

    for (to, said) in cases {
        let refused = ada
            .sends_form("/api/lines/test", &test("planets", to))
            .await;

        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}");
        assert!(refused.body.contains(said), "{to}: {}", refused.body);
    }
    assert!(world.board().phones.is_empty());
    world.close().await;
}

#[tokio::test]
async fn a_line_without_a_number_says_so() {
    let world = World::open().await;
    let mut ada = world.admin_at(&world.router).await;
    ada.changes("senators-es", &[("number", "")]).await;

    let refused = ada
        .sends_form("/api/lines/test", &test("senators-es", ""))
        .await;

    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("no number yet"), "{}", refused.body);
    world.close().await;
}
