//! The way back of a number over several steps, and changes of which nobody knows whether they arrived.

use std::sync::Arc;

use carrier::engine::{NumberSid, UpdateNumber};
use carrier::face::Carrier;

use crate::pointing::{DEMO, FREE, with_free};

const SHOP: &str = "https://shop.example.com/voice";

#[tokio::test]
async fn a_number_goes_back_line_by_line_to_what_was_there_at_the_very_first() {
    let mut world = with_free().await;
    let theirs = "another program, https://demo.twilio.com/welcome/voice/".to_owned();
    let bin = "https://handler.twilio.com/twiml/EH7";

    let seen = world.number(FREE).await;
    world.points(&seen, "support").await;
    let seen = world.number(FREE).await;
    world.points(&seen, "planets").await;
    let seen = world.number(FREE).await;
    world.points_with(&seen, "planets", bin).await;
    let far = world.number(FREE).await;
    let one = world.puts_back(&far).await;
    let near = world.number(FREE).await;
    let stale = world.puts_back(&far).await;
    let two = world.puts_back(&near).await;

    let past = far.past.expect("a way back");
    assert_eq!(past.before, "the line “Support”");
    assert_eq!(past.first.as_ref(), Some(&theirs));
    assert_eq!(one.status.as_u16(), 200, "{one:?}");
    let further = format!("Put back once more, it points at {theirs}.");
    assert!(one.body.contains(&further), "{}", one.body);
    assert_eq!(near.points, "the line “Support”");
    let past = near.past.expect("a way back");
    assert_eq!((past.before, past.first), (theirs, None));
    assert_eq!(stale.status.as_u16(), 409, "{stale:?}");
    assert_eq!(two.status.as_u16(), 200, "{two:?}");
    assert_eq!(world.at_carrier(FREE).voice_url.as_deref(), Some(DEMO));
    assert_eq!(world.number(FREE).await.past, None);
    world.close().await;
}

#[tokio::test]
async fn the_page_says_what_was_there_at_the_very_first() {
    let mut world = with_free().await;
    for line in ["support", "planets"] {
        let seen = world.number(FREE).await;
        world.points(&seen, line).await;
    }

    let page = world.ada.gets("/setup").await.body;

    let first =
        "at the very first it pointed at another program, https://demo.twilio.com/welcome/voice/";
    assert!(page.contains(first), "{page}");
    world.close().await;
}

#[tokio::test]
async fn a_number_that_points_at_a_third_place_afterwards_keeps_its_way_back() {
    let mut world = with_free().await;
    let seen = world.number(FREE).await;
    let mut state = world.state.clone();
    state.outside.rest = Some(Arc::new(Otherwise {
        rest: state.outside.rest.clone().expect("a transport"),
        carrier: world.carrier.clone(),
        sid: world.at_carrier(FREE).sid.expect("a SID"),
    }));
    let mut ada = world.ada.at(server::router(state));
    let form = [
        ("form[number]", seen.sid.as_str()),
        ("form[line]", "planets"),
        ("form[seen]", seen.seen.as_str()),
    ];

    let refused = ada.posts("/api/setup/point", &form).await;
    let shown = world.number(FREE).await;

    assert_eq!(refused.status.as_u16(), 409, "{refused:?}");
    assert!(
        refused
            .body
            .contains("Whether the number was changed is not known"),
        "{}",
        refused.body
    );
    let faults = shown.faults.concat();
    let told = "whether Twilio did so is not known. Before us, it pointed at another program, https://demo.twilio.com/welcome/voice/";
    assert!(faults.contains(told), "{faults}");
    assert!(!faults.contains("changed at Twilio since"), "{faults}");
    world.close().await;
}

#[tokio::test]
async fn a_change_that_never_arrived_is_not_told_as_one_at_the_carrier() {
    let mut world = with_free().await;
    let number = world.number(FREE).await;
    world.points(&number, "planets").await;
    let pointed = world.number(FREE).await;
    let change = world.state.store.number_changes().await.expect("changes");
    let last = change[&number.sid].last().expect("a change").clone();
    // A process that died between the note and the request leaves this behind.
    let died = store::NumberChange {
        version: last.version + 1,
        line: "support".to_owned(),
        before: last.after.clone(),
        after: last.after.replace("planets", "support"),
        at: exchange::Moment(last.at.0 - 60_000),
        done: None,
        ..last
    };
    world
        .state
        .store
        .begin_number_change(&died)
        .await
        .expect("it is written");

    let shown = world.number(FREE).await;
    let back = world.puts_back(&shown).await;

    assert_eq!(shown.faults, pointed.faults);
    assert_eq!(shown.past, pointed.past);
    assert_eq!(back.status.as_u16(), 200, "{back:?}");
    assert_eq!(world.at_carrier(FREE).voice_url.as_deref(), Some(DEMO));
    world.close().await;
}

/// Lets somebody else point the number at their shop whenever we change it, and does not answer us.
struct Otherwise {
    rest: Arc<dyn twilio::rest::Transport>,
    carrier: Carrier,
    sid: NumberSid,
}

#[async_trait::async_trait]
impl twilio::rest::Transport for Otherwise {
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, twilio::rest::TransportError> {
        if request.method() != http::Method::POST {
            return self.rest.send(request).await;
        }
        let shop = UpdateNumber {
            voice_url: Some(SHOP.to_owned()),
            ..UpdateNumber::default()
        };
        let changed = self
            .carrier
            .with(|engine| engine.update_number(&self.sid, shop));
        changed.expect("a change");
        let mut answer = http::Response::new(Vec::new());
        *answer.status_mut() = http::StatusCode::BAD_GATEWAY;
        Ok(answer)
    }
}
