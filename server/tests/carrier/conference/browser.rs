//! Moderators who come by their own phone in the browser.

use std::slice;

use carrier::engine::{Application, ClientCall, Habit};
use desk::Role;
use desk::rooms::{PersonRole, RoomStage};
use exchange::{CallOutRoute, Occupation, Route, UserName};
use store::NewPerson;
use twilio::{ApplicationSid, CallSid};

use super::hall::{Hall, IDA, MEETING};

const APPLICATION: &str = "APbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

#[tokio::test]
async fn a_supervisor_moderates_by_the_browser() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;

    let sue = joins(&mut hall, "sue", "Sue", Role::Supervisor, MEETING).await;

    let room = hall.room(MEETING).await;
    let seen = room.person(sue.as_str()).expect("she is in");
    assert_eq!(
        (seen.label.as_str(), seen.user.as_deref(), seen.role),
        ("Sue", Some("sue"), PersonRole::Moderator)
    );
    assert_eq!(room.stage, RoomStage::Running);
    assert_eq!(hall.hears(&ida), slice::from_ref(&sue));
    assert!(
        hall.way_in(&sue)
            .contains(r#"startConferenceOnEnter="true" endConferenceOnExit="true""#)
    );
    assert_eq!(occupation(&hall).await, Some(Occupation::Moderates));
    hall.hangs_up(&sue).await;
    assert_eq!(occupation(&hall).await, None);
    hall.stage.end().await;
}

#[tokio::test]
async fn an_agents_browser_is_told_that_it_may_not() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;

    let ana = joins(&mut hall, "ana", "Ana", Role::Agent, MEETING).await;

    let room = hall.room(MEETING).await;
    assert_eq!((room.person(ana.as_str()), room.people.len()), (None, 1));
    assert!(hall.said(&ana).contains("Only supervisors can join"));
    assert_eq!(hall.stage.status_of(&ana).0, "completed");
    assert!(hall.hears_music(&ida));
    hall.stage.end().await;
}

#[tokio::test]
async fn a_room_that_is_none_is_apologised_for() {
    let mut hall = Hall::new().await;

    let sue = joins(
        &mut hall,
        "sue",
        "Sue",
        Role::Supervisor,
        "conference.attic",
    )
    .await;

    assert!(!hall.said(&sue).is_empty());
    assert_eq!(hall.stage.status_of(&sue).0, "completed");
    hall.stage.end().await;
}

/// What Sue does with her phone, for which no caller rings at it.
async fn occupation(hall: &Hall) -> Option<Occupation> {
    let sue = UserName::parse("sue").expect("a user name");
    let known = hall.stage.state.store.agent(&sue).await;
    let known = known.expect("the database answers").expect("an agent");
    known.agent.elsewhere.map(|elsewhere| elsewhere.what)
}

/// Somebody's browser asks for a room.
async fn joins(hall: &mut Hall, user: &str, name: &str, role: Role, room: &str) -> CallSid {
    let stage = &hall.stage;
    let person = NewPerson {
        user_name: user.to_owned(),
        name: name.to_owned(),
        role,
        password_hash: "none".to_owned(),
    };
    let now = stage.state.clock.now();
    let added = stage.state.store.add_person(&person, now).await;
    assert!(added.expect("it is written"));
    let sid = ApplicationSid::parse(APPLICATION).expect("a SID");
    let application = Application {
        sid: sid.clone(),
        friendly_name: "Browsers".to_owned(),
        voice_url: Some(stage.state.urls.of(&Route::CallOut(CallOutRoute::Begin))),
        voice_method: None,
        voice_fallback_url: None,
        voice_fallback_method: None,
        status_callback: None,
        status_callback_method: None,
    };
    let call = ClientCall {
        identity: user.to_owned(),
        application: sid,
        parameters: vec![("Room".to_owned(), room.to_owned())],
    };
    stage
        .carrier
        .set_phone(&format!("client:{user}"), Habit::Asks);
    let leg = stage.carrier.with(|engine| {
        engine.register_client(user);
        engine.set_application(application);
        engine.call_from_client(call)
    });
    hall.stage.passes(8_000).await;
    leg.expect("the application answers")
}
