//! A number that others change at the same time, or that the carrier changes without saying so.

use std::sync::Arc;
use std::time::Duration;

use carrier::engine::UpdateNumber;
use carrier::face::faults::Fault;
use tokio::sync::Notify;

use crate::pointing::{FREE, with_free};

#[tokio::test]
async fn a_number_that_was_changed_meanwhile_is_told() {
    let mut world = with_free().await;
    let seen = world.number(FREE).await;
    let sid = world.at_carrier(FREE).sid.expect("a SID");
    let elsewhere = UpdateNumber {
        voice_url: Some("https://shop.example.com/voice".to_owned()),
        ..UpdateNumber::default()
    };
    world
        .carrier
        .with(|engine| engine.update_number(&sid, elsewhere.clone()))
        .expect("a change");

    let refused = world.points(&seen, "planets").await;

    assert_eq!(refused.status.as_u16(), 409, "{refused:?}");
    assert!(
        refused.body.contains(
            "changed meanwhile: it points at another program, https://shop.example.com/voice"
        ),
        "{}",
        refused.body
    );

    let seen = world.number(FREE).await;
    world.points(&seen, "planets").await;
    let shown = world.number(FREE).await;
    world
        .carrier
        .with(|engine| engine.update_number(&sid, elsewhere))
        .expect("a change");
    let refused = world.puts_back(&shown).await;
    let moved = world.number(FREE).await;

    assert_eq!(refused.status.as_u16(), 409, "{refused:?}");
    assert!(moved.past.is_none(), "{moved:#?}");
    assert!(
        moved
            .faults
            .concat()
            .contains("it was changed at Twilio since"),
        "{moved:#?}"
    );
    world.close().await;
}

#[tokio::test]
async fn of_two_admins_the_second_is_told() {
    let mut world = with_free().await;
    let seen = world.number(FREE).await;

    let first = world.points(&seen, "planets").await;
    let second = world.points(&seen, "support").await;

    assert_eq!((first.status.as_u16(), second.status.as_u16()), (200, 409));
    assert!(
        second.body.contains("it points at the line “Phone home”"),
        "{}",
        second.body
    );
    assert!(
        world
            .at_carrier(FREE)
            .voice_url
            .expect("a URL")
            .contains("/line/planets")
    );
    world.close().await;
}

#[tokio::test]
async fn two_who_point_at_the_same_moment_do_not_both_have_their_way() {
    let mut world = with_free().await;
    let seen = world.number(FREE).await;
    let form = |line: &'static str| {
        [
            ("form[number]", seen.sid.clone()),
            ("form[line]", line.to_owned()),
            ("form[seen]", seen.seen.clone()),
        ]
    };
    let mut others: Vec<_> = (0..4).map(|_| world.ada.at(world.router.clone())).collect();

    let lines = ["planets", "support", "senators-es", "senators-ja"];
    let asked = others.iter_mut().zip(lines).map(|(ada, line)| {
        let form = form(line);
        async move {
            let form: Vec<(&str, &str)> = form
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            ada.posts("/api/setup/point", &form).await.status.as_u16()
        }
    });
    let statuses = futures::future::join_all(asked).await;

    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 409).count(),
        3,
        "{statuses:?}"
    );
    world.close().await;
}

#[tokio::test]
async fn a_request_that_failed_on_its_way_is_looked_at_again() {
    let mut world = with_free().await;
    for (fault, status, is_done) in [
        (Fault::LostAnswer, 200, true),
        (Fault::ServerError, 409, false),
        (Fault::TooManyRequests, 409, false),
    ] {
        let seen = world.number(FREE).await;
        let sid = seen.sid.clone();
        let change = world.changes_under(fault, &seen).await;

        assert_eq!(change.status.as_u16(), status, "{fault:?}: {change:?}");
        let points = world.at_carrier(FREE).voice_url.expect("a URL");
        assert_eq!(
            points.contains("/line/planets"),
            is_done,
            "{fault:?}: {points}"
        );
        let unfinished = world
            .state
            .store
            .number_changes()
            .await
            .expect("the changes");
        let last = unfinished.get(&sid).and_then(|changes| changes.last());
        let stands = last.is_some_and(|last| last.line == "planets" && last.done.is_some());
        assert_eq!(stands, is_done, "{fault:?}: {last:?}");
        let shown = world.number(FREE).await;
        if is_done {
            world.puts_back(&shown).await;
        }
    }
    world.close().await;
}

#[tokio::test]
async fn what_was_asked_for_is_done_although_whoever_asked_goes_away() {
    let mut world = with_free().await;
    let seen = world.number(FREE).await;
    let (asked, answer) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let mut state = world.state.clone();
    state.outside.rest = Some(Arc::new(Held {
        rest: state.outside.rest.clone().expect("a transport"),
        asked: Arc::clone(&asked),
        answer: Arc::clone(&answer),
    }));
    let mut ada = world.ada.at(server::router(state));
    let form = [
        ("form[number]", seen.sid.as_str()),
        ("form[line]", "planets"),
        ("form[seen]", seen.seen.as_str()),
    ];

    tokio::select! {
        answer = ada.posts("/api/setup/point", &form) => panic!("an answer: {answer:?}"),
        () = asked.notified() => {}
    }
    answer.notify_one();

    let store = &world.state.store;
    let done = async {
        loop {
            let changes = store.number_changes().await.expect("the changes");
            if changes[&seen.sid]
                .last()
                .is_some_and(|last| last.done.is_some())
            {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), done)
        .await
        .expect("the change is finished");
    let shown = world.number(FREE).await;
    let back = world.puts_back(&shown).await;
    assert_eq!(back.status.as_u16(), 200, "{back:?}");
    world.close().await;
}

/// Says that a change was asked for, and keeps its answer back until it may go.
struct Held {
    rest: Arc<dyn twilio::rest::Transport>,
    asked: Arc<Notify>,
    answer: Arc<Notify>,
}

#[async_trait::async_trait]
impl twilio::rest::Transport for Held {
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, twilio::rest::TransportError> {
        let is_change = request.method() == http::Method::POST;
        let answer = self.rest.send(request).await;
        if is_change {
            self.asked.notify_one();
            self.answer.notified().await;
        }
        answer
    }
}
