//! Who calls, as it is told (reference B.2).

use carrier::engine::{ControlError, Place, PlaceCall};
use twiml::{Dial, Response, Say};

use crate::support::*;

#[test]
fn a_call_is_told_with_everything_that_is_known_of_it() {
    let mut world = World::new();
    world.page("/voice", Response::new().say(Say::new("Hello.")));
    let call = world
        .engine
        .place_call(PlaceCall {
            from: CALLER.to_owned(),
            to: OURS.to_owned(),
            place: Place {
                city: "CHICAGO".to_owned(),
                state: "IL".to_owned(),
                zip: "60601".to_owned(),
                country: "US".to_owned(),
            },
            name: Some("ADA".to_owned()),
        })
        .expect("our number");
    world.work();

    let told: Vec<(String, String)> = world.asked[0]
        .params
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();

    let account = format!("AC{}", "0".repeat(32));
    let expected = [
        ("AccountSid", account.as_str()),
        ("ApiVersion", "2010-04-01"),
        ("CallSid", call.as_str()),
        ("CallStatus", "ringing"),
        ("Called", OURS),
        ("CalledCity", ""),
        ("CalledCountry", ""),
        ("CalledState", ""),
        ("CalledZip", ""),
        ("Caller", CALLER),
        ("CallerCity", "CHICAGO"),
        ("CallerCountry", "US"),
        ("CallerName", "ADA"),
        ("CallerState", "IL"),
        ("CallerZip", "60601"),
        ("Direction", "inbound"),
        ("From", CALLER),
        ("FromCity", "CHICAGO"),
        ("FromCountry", "US"),
        ("FromState", "IL"),
        ("FromZip", "60601"),
        ("To", OURS),
        ("ToCity", ""),
        ("ToCountry", ""),
        ("ToState", ""),
        ("ToZip", ""),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(told, expected);
}

#[test]
fn whoever_withholds_the_number_is_told_in_the_word_that_was_sent() {
    for from in ["anonymous", "Restricted", "+266696687", "unavailable"] {
        let mut world = World::new();
        world.page("/voice", Response::new().dial(Dial::to(OFFICE)));

        world.rings_from(from);

        assert_eq!(world.told("/voice", "From"), from);
        assert_eq!(world.told("/voice", "Caller"), from);
        assert_eq!(world.telephone(OFFICE).other, from);
    }
}

#[test]
fn a_browser_that_calls_has_no_place() {
    let mut world = World::new();
    world.page("/voice", Response::new());

    world.rings_from("client:ada");

    assert_eq!(world.told("/voice", "From"), "client:ada");
    assert_eq!(world.told("/voice", "FromCity"), "-");
    assert_eq!(world.told("/voice", "ToCity"), "");
}

#[test]
fn what_is_no_caller_is_refused_by_name() {
    let mut world = World::new();
    let call = PlaceCall {
        from: "nobody at all".to_owned(),
        to: OURS.to_owned(),
        ..PlaceCall::default()
    };

    let refused = world.engine.place_call(call);

    assert!(matches!(
        refused,
        Err(ControlError::Bad { field: "from", .. })
    ));
}

#[test]
fn a_number_that_is_not_the_accounts_is_not_in_service() {
    let mut world = World::new();
    let call = PlaceCall {
        from: CALLER.to_owned(),
        to: OFFICE.to_owned(),
        ..PlaceCall::default()
    };

    assert_eq!(
        world.engine.place_call(call),
        Err(ControlError::NotInService)
    );
}

#[test]
fn a_call_that_tries_something_asks_for_its_own_document_first() {
    let mut world = World::new();
    let (said, gone) = (Say::new("A trial."), twiml::Redirect::new("/voice"));
    world.page("/trial", Response::new().say(said).then(gone));
    world.page("/voice", Response::new().say(Say::new("The number's own.")));
    let call = PlaceCall {
        from: CALLER.to_owned(),
        to: OURS.to_owned(),
        ..PlaceCall::default()
    };

    let placed = world
        .engine
        .place_call_asking(call, format!("{APP}/trial?number=7"));
    world.work();
    world.pass(60);

    assert_eq!(
        world.said(&placed.expect("our number")),
        ["A trial.", "The number's own."]
    );
}

#[test]
fn a_telephone_can_only_do_what_its_state_allows() {
    let mut world = World::new();
    world.page("/voice", Response::new().dial(Dial::to(OFFICE)));
    let call = world.rings();
    let office = world.leg_at(OFFICE);

    assert!(matches!(
        world.engine.answer(&call),
        Err(ControlError::NotNow(_))
    ));
    assert!(matches!(
        world.engine.press(&office, "1"),
        Err(ControlError::NotNow(_))
    ));
    assert!(matches!(
        world.engine.speak(&office, "hi"),
        Err(ControlError::NotNow(_))
    ));
    world.answer(&office);
    assert!(matches!(
        world.engine.answer(&office),
        Err(ControlError::NotNow(_))
    ));
    assert!(matches!(
        world.engine.decline(&office),
        Err(ControlError::NotNow(_))
    ));
    world.hang_up(&office);
    assert!(matches!(
        world.engine.hang_up(&office),
        Err(ControlError::NotNow(_))
    ));
    for keys in ["", "x", "1 2"] {
        let refused = world.engine.press(&call, keys);
        assert!(
            matches!(refused, Err(ControlError::Bad { field: "keys", .. })),
            "{keys:?}"
        );
    }
}
