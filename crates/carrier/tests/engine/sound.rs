//! What is to be heard on calls, as data for whoever mixes it: documents, ringing, voices (reference A.3.2, F.3).

use carrier::engine::{Answer, Habit, Sounding, Time};
use carrier::wave::silence;
use twilio::CallSid;
use twiml::{Client, Dial, Gather, Number, Pause, Play, PlayDigits, Response, Say, Verb};

use crate::applications::{ADA, calls_out};
use crate::support::*;

fn ear(world: &World, leg: &CallSid) -> Vec<Sounding> {
    let mut ears = world.engine.sound_plan().ears;
    ears.remove(leg)
        .unwrap_or_else(|| panic!("{leg} has no ear"))
}

fn has_no_ear(world: &World, leg: &CallSid) -> bool {
    !world.engine.sound_plan().ears.contains_key(leg)
}

fn voice(leg: &CallSid) -> Vec<Sounding> {
    vec![Sounding::Voice(leg.clone())]
}

fn words(text: &str, since: i64) -> Vec<Sounding> {
    let (text, since) = (text.to_owned(), Time(since));
    vec![Sounding::Words { text, since }]
}

fn sound(path: &str, since: i64) -> Vec<Sounding> {
    let (url, since) = (format!("{APP}{path}"), Time(since));
    vec![Sounding::Sound { url, since }]
}

/// A WAV file as it comes from an application.
fn wav(ms: i64) -> Answer {
    Answer::Http {
        status: 200,
        content_type: Some("audio/x-wav".to_owned()),
        body: silence(ms, 1),
        url: String::new(),
    }
}

#[test]
fn a_document_is_heard_verb_by_verb() {
    let mut world = World::new();
    let document = Response::new()
        .say(Say::new("0123456789").times(2))
        .pause(Pause::seconds(1))
        .then(Verb::from(PlayDigits::new("1w2")))
        .play(Play::new("/bell.mp3"));
    world.page("/voice", document);
    let keys = Sounding::Keys {
        keys: "1w2".to_owned(),
        since: Time(3_000),
    };

    let call = world.rings();

    for (heard, ms) in [
        (words("0123456789", 0), 1_000),
        (words("0123456789", 1_000), 1_000),
        (Vec::new(), 1_000),
        (vec![keys], 1_000),
        (sound("/bell.mp3", 4_000), 3_000),
    ] {
        assert_eq!(ear(&world, &call), heard);
        world.pass_ms(ms);
    }
    assert!(has_no_ear(&world, &call));
}

#[test]
fn a_prompt_is_cut_off_by_a_key() {
    let mut world = World::new();
    let gather = Gather::new().num_digits(2).say(Say::new("Two keys."));
    world.page("/voice", Response::new().gather(gather));
    let call = world.rings();
    assert_eq!(ear(&world, &call), words("Two keys.", 0));

    world.press(&call, "1");

    assert!(ear(&world, &call).is_empty());
}

#[test]
fn a_wav_file_is_played_as_long_as_it_is() {
    let mut world = World::new();
    let document = Response::new()
        .play(Play::new("/long.wav").times(2))
        .play(Play::new("/other.mp3"))
        .say(Say::new("After."));
    world.page("/voice", document);
    world.answers("/long.wav", vec![wav(7_250)]);

    let call = world.rings();

    for (heard, ms) in [
        (sound("/long.wav", 0), 7_250),
        (sound("/long.wav", 7_250), 7_250),
        (sound("/other.mp3", 14_500), 3_000),
        (words("After.", 17_500), 600),
    ] {
        assert_eq!(ear(&world, &call), heard);
        world.pass_ms(ms);
    }
    assert_eq!(world.status(&call), "completed");
}

#[test]
fn an_answer_that_is_a_wav_file_is_played_as_long_as_it_is() {
    let mut world = World::new();
    world.answers("/voice", vec![wav(1_234)]);

    let call = world.rings();
    assert_eq!(ear(&world, &call), sound("/voice", 0));
    world.pass_ms(1_233);
    assert_eq!(world.status(&call), "in-progress");
    world.pass_ms(1);

    assert_eq!(world.status(&call), "completed");
}

#[test]
fn what_only_says_that_it_is_a_wav_file_is_as_long_as_any_sound() {
    let mut world = World::new();
    world.answers("/voice", vec![http(200, Some("audio/wav"), "RIFF, truly")]);

    let call = world.rings();
    world.pass_ms(2_999);
    assert_eq!(world.status(&call), "in-progress");
    world.pass_ms(1);

    assert_eq!(world.status(&call), "completed");
}

fn dials_the_office(dial: Dial) -> (World, CallSid) {
    let mut world = World::new();
    world.page("/voice", Response::new().dial(dial));
    let call = world.rings();
    (world, call)
}

#[test]
fn the_caller_hears_ringing_until_somebody_answers_and_then_the_answer() {
    for bridge in [false, true] {
        let dial = Dial::new(Number::new(OFFICE)).answer_on_bridge(bridge);
        let (mut world, call) = dials_the_office(dial);
        let office = world.leg_at(OFFICE);
        assert_eq!(ear(&world, &call), [Sounding::Ringback]);
        assert!(
            has_no_ear(&world, &office),
            "a telephone that rings is silent"
        );

        world.answer(&office);
        assert_eq!(ear(&world, &call), voice(&office));
        assert_eq!(ear(&world, &office), voice(&call));
        world.hang_up(&office);

        assert!(has_no_ear(&world, &office));
    }
}

#[test]
fn while_the_callee_hears_a_document_the_caller_hears_ringing() {
    let dial = Dial::new(Number::new(OFFICE).url("/screen"));
    let (mut world, call) = dials_the_office(dial);
    world.page("/screen", Response::new().say(Say::new("A call.")));
    let office = world.leg_at(OFFICE);

    world.answer(&office);
    assert_eq!(ear(&world, &call), [Sounding::Ringback]);
    assert_eq!(ear(&world, &office), words("A call.", 0));
    world.pass(1);

    assert_eq!(ear(&world, &office), voice(&call));
}

#[test]
fn a_telephone_that_cannot_be_reached_does_not_ring() {
    let mut world = World::new();
    world.phone(OFFICE, Habit::Fails);
    let dial = Dial::new(Number::new(OFFICE)).action("/after");
    world.page("/voice", Response::new().dial(dial));
    world.silent.push("/after".to_owned());

    let call = world.rings();

    assert!(ear(&world, &call).is_empty());
}

#[test]
fn an_incoming_call_that_nothing_has_answered_hears_ringing() {
    let mut world = World::new();
    world.silent.push("/voice".to_owned());

    let call = world.rings();

    assert_eq!(ear(&world, &call), [Sounding::Ringback]);
}

#[test]
fn a_browser_hears_and_is_heard_as_a_telephone_is() {
    let mut world = World::new();
    world.engine.register_client("ada");
    world.page(
        "/voice",
        Response::new().dial(Dial::new(Client::new("ada"))),
    );
    let call = world.rings();
    let browser = world.leg_at(ADA);

    world.answer(&browser);

    assert_eq!(ear(&world, &call), voice(&browser));
    assert_eq!(ear(&world, &browser), voice(&call));
}

#[test]
fn a_browser_that_calls_hears_who_it_called() {
    let mut world = World::new();
    let dial = Dial::new(Number::new(OFFICE)).caller_id(OURS);
    world.page("/browser", Response::new().dial(dial));
    let call = calls_out(&mut world, &[("To", OFFICE)]);
    assert_eq!(ear(&world, &call), [Sounding::Ringback]);

    let office = world.leg_at(OFFICE);
    world.answer(&office);

    assert_eq!(ear(&world, &call), voice(&office));
    assert_eq!(ear(&world, &office), voice(&call));
}

#[test]
fn through_a_number_of_ours_the_far_ends_hear_each_other() {
    let dial = Dial::new(Number::new(OTHER_OF_OURS)).answer_on_bridge(true);
    let mut world = World::new();
    world.page("/voice", Response::new().dial(dial));
    let onwards = Response::new()
        .say(Say::new("One moment."))
        .dial(Dial::new(Number::new(OFFICE)));
    world.page("/other", onwards);

    let call = world.rings();
    assert_eq!(ear(&world, &call), words("One moment.", 0));
    world.pass(2);
    assert_eq!(ear(&world, &call), [Sounding::Ringback]);
    let office = world.leg_at(OFFICE);
    world.answer(&office);

    assert_eq!(ear(&world, &call), voice(&office));
    assert_eq!(ear(&world, &office), voice(&call));
    assert_eq!(world.engine.sound_plan().ears.len(), 2);
}

#[test]
fn an_echo_gives_everybody_its_own_voice_also_from_a_number_of_ours() {
    let mut world = World::new();
    world.page("/voice", Response::new().then(Verb::Echo));
    let call = world.rings();
    assert_eq!(ear(&world, &call), voice(&call));

    let dial = Dial::new(Number::new(OTHER_OF_OURS));
    world.page("/voice", Response::new().dial(dial));
    world.page("/other", Response::new().then(Verb::Echo));
    let call = world.rings();

    assert_eq!(ear(&world, &call), voice(&call));
}

#[test]
fn the_plan_is_another_only_when_its_number_is() {
    let mut world = World::new();
    let document = Response::new()
        .say(Say::new("0123456789"))
        .say(Say::new("And now this."));
    world.page("/voice", document);
    world.rings();
    let (plan, revision) = (world.engine.sound_plan(), world.engine.sound_revision());

    world.pass_ms(999);
    assert_eq!(world.engine.sound_plan(), plan);
    assert_eq!(world.engine.sound_revision(), revision);
    world.pass_ms(1);

    assert_ne!(world.engine.sound_plan(), plan);
    assert!(world.engine.sound_revision() > revision);
}
