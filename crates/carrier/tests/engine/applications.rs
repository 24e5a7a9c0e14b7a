//! TwiML applications: calls that browsers make, that documents dial, and that REST has answered by one (reference
//! A.3.11, B.2, E.2).

use carrier::engine::{Application, ClientCall, ControlError, CreateCall};
use twilio::{ApplicationSid, CallSid};
use twiml::{Application as Noun, Dial, Reject, Response, Say};

use crate::support::*;

pub(crate) const ADA: &str = "client:ada";

pub(crate) fn application_sid() -> ApplicationSid {
    ApplicationSid::parse(&format!("AP{}", "0".repeat(32))).expect("a SID")
}

/// The application that `/browser` answers for.
pub(crate) fn application() -> Application {
    Application {
        sid: application_sid(),
        friendly_name: "Switchboard".to_owned(),
        voice_url: Some(format!("{APP}/browser")),
        voice_method: None,
        voice_fallback_url: Some(format!("{APP}/fallback")),
        voice_fallback_method: Some("GET".to_owned()),
        status_callback: Some(format!("{APP}/ended")),
        status_callback_method: None,
    }
}

/// Ada's browser calls, with these parameters.
pub(crate) fn calls_out(world: &mut World, parameters: &[(&str, &str)]) -> CallSid {
    world.engine.set_application(application());
    let call = ClientCall {
        identity: "ada".to_owned(),
        application: application_sid(),
        parameters: parameters
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    };
    let sid = world.engine.call_from_client(call).expect("it can call");
    world.work();
    sid
}

fn hello() -> Response {
    Response::new().say(Say::new("Hello."))
}

#[test]
fn the_application_is_asked_with_what_the_browser_gives_along() {
    let mut world = World::new();
    world.page("/browser", hello());

    let call = calls_out(&mut world, &[("To", OFFICE), ("Line", "sales")]);
    world.pass(10);

    for (name, value) in [
        ("CallSid", call.as_str()),
        ("From", ADA),
        ("Caller", ADA),
        ("To", OFFICE),
        ("Called", OFFICE),
        ("Direction", "inbound"),
        ("CallStatus", "ringing"),
        ("ApplicationSid", application_sid().as_str()),
        ("Line", "sales"),
        ("FromCity", "-"),
        ("ParentCallSid", "-"),
    ] {
        assert_eq!(world.told("/browser", name), value, "{name}");
    }
    assert_eq!(world.said(&call), ["Hello."]);
    assert_eq!(world.status(&call), "completed");
    assert_eq!(world.told("/ended", "CallStatus"), "completed");
    assert_eq!(world.told("/ended", "Line"), "-");
}

#[test]
fn a_call_for_nobody_has_an_empty_to_and_no_place() {
    let mut world = World::new();
    world.page("/browser", hello());

    calls_out(&mut world, &[]);

    for (name, value) in [("To", ""), ("Called", ""), ("ToCity", "-")] {
        assert_eq!(world.told("/browser", name), value, "{name}");
    }
}

#[test]
fn a_browser_cannot_say_that_it_is_somebody_else() {
    let mut world = World::new();
    world.page("/browser", hello());
    let forged = [
        ("From", "client:boss"),
        ("Caller", "client:boss"),
        ("CallSid", "CA1"),
        ("AccountSid", "AC1"),
        ("ApplicationSid", "AP1"),
        ("CallStatus", "completed"),
    ];

    let call = calls_out(&mut world, &forged);

    assert_eq!(world.told("/browser", "From"), ADA);
    assert_eq!(world.told("/browser", "Caller"), ADA);
    assert_eq!(world.told("/browser", "CallSid"), call.as_str());
    for (name, value) in forged {
        assert_ne!(world.told("/browser", name), value, "{name}");
    }
}

#[test]
fn a_call_that_the_application_cannot_answer_goes_to_its_fallback() {
    let mut world = World::new();
    world.page("/fallback", hello());

    let call = calls_out(&mut world, &[]);

    assert_eq!(world.to("/fallback")[0].method, "GET");
    assert_eq!(world.told("/fallback", "ErrorCode"), "11200");
    assert_eq!(world.said(&call), ["Hello."]);
}

#[test]
fn nobody_calls_without_a_name_or_an_application() {
    let mut world = World::new();
    let call = |identity: &str| ClientCall {
        identity: identity.to_owned(),
        application: application_sid(),
        parameters: Vec::new(),
    };
    let unknown = world.engine.call_from_client(call("ada"));
    world.engine.set_application(application());
    let nameless = world.engine.call_from_client(call(" "));

    for (refused, wrong) in [(unknown, "application"), (nameless, "identity")] {
        match refused {
            Err(ControlError::Bad { field, .. }) => assert_eq!(field, wrong),
            other => panic!("{wrong}: {other:?}"),
        }
    }
    assert!(world.engine.calls(&Default::default()).is_empty());
}

#[test]
fn another_application_of_that_sid_takes_its_place() {
    let mut world = World::new();
    world.engine.set_application(application());
    let other = Application {
        voice_url: None,
        ..application()
    };

    world.engine.set_application(other.clone());

    assert_eq!(world.engine.applications(), std::slice::from_ref(&other));
    assert_eq!(world.engine.application(&application_sid()), Some(&other));
}

fn dialling(noun: Noun) -> World {
    let mut world = World::new();
    world.engine.set_application(application());
    let dial = Dial::new(noun).action("/after");
    world.page("/voice", Response::new().dial(dial));
    world.page("/after", Response::new().say(Say::new("After.")));
    world
}

#[test]
fn a_document_can_dial_an_application() {
    let noun = Noun::new(application_sid().as_str()).parameter("Topic", "bills");
    let mut world = dialling(noun);
    world.page("/browser", hello());

    let call = world.rings();
    world.pass(30);

    for (name, value) in [
        ("From", CALLER),
        ("To", application_sid().as_str()),
        ("Direction", "inbound"),
        ("ApplicationSid", application_sid().as_str()),
        ("Topic", "bills"),
    ] {
        assert_eq!(world.told("/browser", name), value, "{name}");
    }
    assert_eq!(world.heard(&call), ["Hello."]);
    assert_eq!(world.told("/after", "DialCallStatus"), "completed");
    assert_eq!(world.told("/after", "DialBridged"), "true");
}

#[test]
fn an_application_may_be_told_whom_the_call_was_for() {
    let noun = Noun {
        copy_parent_to: Some(true),
        ..Noun::new(application_sid().as_str())
    };
    let mut world = dialling(noun);
    world.page("/browser", hello());

    world.rings();

    assert_eq!(world.told("/browser", "To"), OURS);
}

#[test]
fn an_application_that_rejects_is_not_reached() {
    let mut world = dialling(Noun::new(application_sid().as_str()));
    world.page("/browser", Response::new().reject(Reject::busy()));

    world.rings();

    assert_eq!(world.told("/after", "DialCallStatus"), "busy");
}

#[test]
fn an_application_that_is_not_there_cannot_be_dialled() {
    for sid in [format!("AP{}", "1".repeat(32)), "AP1".to_owned()] {
        let mut world = dialling(Noun::new(sid));

        let call = world.rings();

        assert_eq!(world.told("/after", "DialCallStatus"), "failed");
        assert_eq!(world.troubles(&call), [13224]);
    }
}

#[test]
fn an_application_that_dials_itself_ends_somewhere() {
    let mut world = dialling(Noun::new(application_sid().as_str()));
    let again = Dial::new(Noun::new(application_sid().as_str()));
    world.page("/browser", Response::new().dial(again));

    let call = world.rings();
    world.pass(60);

    assert_eq!(world.status(&call), "completed");
    assert!(world.to("/browser").len() < 10);
}

#[test]
fn rest_can_have_a_call_answered_by_an_application() {
    let mut world = World::new();
    world.engine.set_application(application());
    world.page("/browser", hello());
    let create = CreateCall {
        to: OFFICE.to_owned(),
        from: OURS.to_owned(),
        url: Some(format!("{APP}/never")),
        application: Some(application_sid().to_string()),
        status_callback: Some(format!("{APP}/never")),
        ..CreateCall::default()
    };

    let call = world
        .engine
        .create_call(create.clone())
        .expect("it is made");
    world.work();
    world.answer(&call.sid);
    world.pass(10);

    assert_eq!(world.said(&call.sid), ["Hello."]);
    assert_eq!(world.told("/ended", "CallStatus"), "completed");
    assert!(world.to("/never").is_empty());
    let unknown = CreateCall {
        application: Some(format!("AP{}", "1".repeat(32))),
        ..create
    };
    assert_eq!(refused(world.engine.create_call(unknown)), (400, 21218));
}
