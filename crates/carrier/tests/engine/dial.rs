//! Dial and how it ends (reference A.3.6, F.2, F.8).

use carrier::engine::Habit;
use twiml::{Client, Dial, DialTarget, Number, Parties, Party, Response, Say, Sip};

use crate::support::*;

fn dialling(dial: Dial) -> World {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new()
                .dial(dial.action("/after"))
                .say(Say::new("Never.")),
        )
        .page("/after", Response::new().say(Say::new("After.")));
    world
}

fn several(numbers: &[&str]) -> DialTarget {
    let parties = numbers
        .iter()
        .map(|number| Party::from(Number::new(*number)));
    Parties::new(parties).expect("between one and ten").into()
}

/// `DialCallStatus`, `DialBridged`, `DialCallDuration`, and the parent's `CallStatus`.
fn outcome(world: &World) -> [String; 4] {
    [
        "DialCallStatus",
        "DialBridged",
        "DialCallDuration",
        "CallStatus",
    ]
    .map(|name| world.told("/after", name))
}

#[test]
fn a_callee_who_talked_and_hung_up_completed() {
    let mut world = dialling(Dial::to(OFFICE));

    let call = world.rings();
    let office = world.leg_at(OFFICE);
    world.pass(3);
    world.answer(&office);
    world.pass(42);
    world.hang_up(&office);

    assert_eq!(outcome(&world), ["completed", "true", "42", "in-progress"]);
    assert_eq!(world.told("/after", "DialCallSid"), office.to_string());
    assert_eq!(world.status(&office), "completed");
    assert_eq!(world.status(&call), "in-progress");
    assert_eq!(world.said(&call), ["After."]);
}

#[test]
fn a_caller_who_talked_and_hung_up_completed_and_the_action_is_told_in_vain() {
    let mut world = dialling(Dial::to(OFFICE));

    let call = world.rings();
    let office = world.leg_at(OFFICE);
    world.answer(&office);
    world.pass(42);
    world.hang_up(&call);

    assert_eq!(outcome(&world), ["completed", "true", "42", "completed"]);
    assert_eq!(world.status(&office), "completed");
    assert_eq!(world.status(&call), "completed");
    assert!(world.said(&call).is_empty());
}

#[test]
fn a_caller_who_hangs_up_during_ringing_cancels() {
    let mut world = dialling(Dial::to(OFFICE));

    let call = world.rings();
    let office = world.leg_at(OFFICE);
    world.pass(2);
    world.hang_up(&call);

    assert_eq!(outcome(&world), ["canceled", "false", "-", "completed"]);
    assert_eq!(world.told("/after", "DialCallSid"), office.to_string());
    assert_eq!(world.status(&office), "canceled");
    assert!(world.said(&call).is_empty());
}

#[test]
fn whoever_is_not_reached_has_a_status_of_his_own() {
    let cases = [
        (Habit::Busy, "busy"),
        (Habit::Declines, "busy"),
        (Habit::Fails, "failed"),
        (Habit::NeverAnswers, "no-answer"),
    ];

    for (habit, status) in cases {
        let mut world = dialling(Dial::to(OFFICE));
        world.phone(OFFICE, habit);

        let call = world.rings();
        world.pass(30);

        assert_eq!(
            outcome(&world),
            [status, "false", "-", "in-progress"],
            "{habit:?}"
        );
        assert_eq!(world.said(&call), ["After."]);
    }
}

#[test]
fn a_person_may_decline() {
    let mut world = dialling(Dial::to(OFFICE));

    world.rings();
    world.decline(&world.leg_at(OFFICE));

    assert_eq!(outcome(&world), ["busy", "false", "-", "in-progress"]);
}

#[test]
fn what_a_decline_means_can_be_chosen() {
    let mut settings = settings();
    settings.options.declined_is = "no-answer";
    let mut world = World::with(settings);
    world
        .page(
            "/voice",
            Response::new().dial(Dial::to(OFFICE).action("/after")),
        )
        .page("/after", Response::new());

    world.rings();
    world.decline(&world.leg_at(OFFICE));

    assert_eq!(outcome(&world)[0], "no-answer");
}

#[test]
fn ringing_ends_after_the_time_out_and_the_buffer() {
    let mut settings = settings();
    settings.options.ring_buffer_ms = 5000;
    let mut world = World::with(settings);
    world
        .page(
            "/voice",
            Response::new().dial(Dial::to(OFFICE).timeout(10).action("/after")),
        )
        .page("/after", Response::new());

    world.rings();
    world.pass_ms(14_999);
    assert!(world.to("/after").is_empty());
    world.pass_ms(1);

    assert_eq!(outcome(&world)[0], "no-answer");
}

#[test]
fn a_telephone_may_answer_and_hang_up_by_itself() {
    let mut world = dialling(Dial::to(OFFICE));
    world.phone(
        OFFICE,
        Habit::Answers {
            after_ms: 3000,
            hangs_up_after_ms: Some(7000),
        },
    );

    world.rings();
    world.pass(10);

    assert_eq!(outcome(&world), ["completed", "true", "7", "in-progress"]);
}

#[test]
fn without_an_action_the_next_verb_begins() {
    let mut world = World::new();
    world.page(
        "/voice",
        Response::new()
            .dial(Dial::to(OFFICE))
            .dial(Dial::to(SECOND_OFFICE))
            .say(Say::new("Goodbye.")),
    );

    let call = world.rings();
    let first = world.leg_at(OFFICE);
    world.answer(&first);
    world.hang_up(&first);
    let second = world.leg_at(SECOND_OFFICE);
    world.answer(&second);
    world.hang_up(&second);
    world.pass(5);

    assert_eq!(world.said(&call), ["Goodbye."]);
    assert_eq!(world.status(&call), "completed");
}

#[test]
fn without_an_action_and_a_next_verb_the_call_is_over() {
    let mut world = World::new();
    world.page("/voice", Response::new().dial(Dial::to(OFFICE)));

    let call = world.rings();
    world.decline(&world.leg_at(OFFICE));

    assert_eq!(world.status(&call), "completed");
}

#[test]
fn the_first_to_answer_wins_and_the_others_are_cancelled() {
    let mut world = dialling(Dial::new(several(&[OFFICE, SECOND_OFFICE])));

    world.rings();
    let first = world.leg_at(OFFICE);
    let second = world.leg_at(SECOND_OFFICE);
    world.answer(&second);

    assert_eq!(world.status(&first), "canceled");
    assert_eq!(world.status(&second), "in-progress");
    world.hang_up(&second);
    assert_eq!(outcome(&world)[..2], ["completed", "true"]);
    assert_eq!(world.told("/after", "DialCallSid"), second.to_string());
}

#[test]
fn of_several_who_are_not_reached_the_last_is_told() {
    let mut world = dialling(Dial::new(several(&[OFFICE, SECOND_OFFICE])).timeout(20));
    world.phone(OFFICE, Habit::Busy);

    world.rings();
    let second = world.leg_at(SECOND_OFFICE);
    assert!(world.to("/after").is_empty());
    world.pass(20);

    assert_eq!(outcome(&world)[0], "no-answer");
    assert_eq!(world.told("/after", "DialCallSid"), second.to_string());
}

#[test]
fn in_sequence_the_next_rings_when_the_one_before_is_not_reached() {
    let mut world = dialling(
        Dial::new(several(&[OFFICE, SECOND_OFFICE]))
            .sequential(true)
            .timeout(20),
    );

    world.rings();
    assert_eq!(world.engine.legs().len(), 2);
    world.pass(20);
    let second = world.leg_at(SECOND_OFFICE);
    world.answer(&second);
    world.hang_up(&second);

    assert_eq!(outcome(&world)[..2], ["completed", "true"]);
}

#[test]
fn the_star_of_the_caller_hangs_up_the_callee_where_the_dial_says_so() {
    for says_so in [true, false] {
        let mut world = dialling(Dial::to(OFFICE).hangup_on_star(says_so));

        let call = world.rings();
        let office = world.leg_at(OFFICE);
        world.answer(&office);
        world.press(&call, "*");

        assert_eq!(world.status(&office) == "completed", says_so);
        assert_eq!(world.to("/after").is_empty(), !says_so);
    }
}

#[test]
fn the_talk_is_limited_and_the_caller_goes_on() {
    let mut world = dialling(Dial::to(OFFICE).time_limit(60));

    let call = world.rings();
    world.pass(9);
    let office = world.leg_at(OFFICE);
    world.answer(&office);
    world.pass(60);

    assert_eq!(outcome(&world), ["completed", "true", "60", "in-progress"]);
    assert_eq!(world.said(&call), ["After."]);
}

#[test]
fn the_two_hear_each_other_only_while_they_are_joined() {
    let mut world = dialling(Dial::to(OFFICE));

    let call = world.rings();
    let office = world.leg_at(OFFICE);
    world.speak(&call, "Is it ringing?");
    world.answer(&office);
    world.speak(&office, "Good morning.");
    world.speak(&call, "Hello.");
    world.hang_up(&office);
    world.speak(&call, "Gone?");

    assert_eq!(world.heard(&call), ["Good morning."]);
    assert_eq!(world.heard(&office), ["Hello."]);
}

#[test]
fn the_callee_sees_the_callers_number_or_the_one_that_is_given() {
    for (given, shown) in [
        (None, CALLER),
        (Some(OURS), OURS),
        (Some("2025550101"), OTHER_OF_OURS),
    ] {
        let mut dial = Dial::to(OFFICE);
        dial.caller_id = given.map(str::to_owned);
        let mut world = dialling(dial);

        world.rings();

        assert_eq!(world.telephone(OFFICE).other, shown);
    }
}

#[test]
fn a_foreign_caller_id_is_not_shown() {
    let mut world = dialling(Dial::to(OFFICE).caller_id("+12125550199"));

    let call = world.rings();

    assert_eq!(world.troubles(&call), [13214]);
    assert_eq!(world.telephone(OFFICE).other, CALLER);
}

#[test]
fn a_browser_that_dials_a_number_needs_a_caller_id() {
    let mut world = dialling(Dial::to(OFFICE));

    let call = world.rings_from("client:ada");

    assert_eq!(world.troubles(&call), [13214]);
    assert_eq!(outcome(&world)[..2], ["failed", "false"]);
}

#[test]
fn what_is_no_number_fails_without_a_call() {
    for number in ["", "911", "hello", "+12"] {
        let mut world = dialling(Dial::to(number));

        let call = world.rings();

        assert!(world.troubles(&call).contains(&13223), "{number:?}");
        assert_eq!(outcome(&world), ["failed", "false", "-", "in-progress"]);
        assert_eq!(world.told("/after", "DialCallSid"), "-");
    }
}

#[test]
fn a_number_as_written_in_the_united_states_is_dialled() {
    let mut world = dialling(Dial::to(" 2022246361 "));

    world.rings();

    world.leg_at(OFFICE);
}

#[test]
fn a_browser_that_is_not_there_does_not_answer() {
    let mut world = dialling(Dial::new(Client::new("ada")));

    world.rings();

    assert_eq!(outcome(&world)[0], "no-answer");
}

#[test]
fn a_browser_that_is_there_rings_like_a_telephone() {
    let mut world = dialling(Dial::new(Client::new("ada")));
    world.engine.register_client("ada");

    world.rings();
    let browser = world.leg_at("client:ada");
    world.answer(&browser);
    world.hang_up(&browser);

    assert_eq!(outcome(&world)[..2], ["completed", "true"]);
}

#[test]
fn a_sip_address_rings_like_a_telephone() {
    let mut world = dialling(Dial::new(Sip::new("sip:bo@example.org?x-a=b")));

    world.rings();

    world.leg_at("sip:bo@example.org");
}

#[test]
fn parent_and_child_are_known_to_each_other() {
    let mut world = dialling(Dial::to(OFFICE));

    let call = world.rings();
    let office = world.view(&world.leg_at(OFFICE));

    assert_eq!(office.parent, Some(call));
    assert_eq!(office.direction, "outbound-dial");
    assert_eq!(office.from, CALLER);
}
