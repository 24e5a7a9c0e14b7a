//! Keys and speech (reference A.3.4, B.3).

use twiml::{Gather, GatherInput, Pause, Play, Response, Say, SpeechTimeout};

use crate::support::*;

fn gathering(gather: Gather) -> World {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new()
                .gather(gather.action("/keys"))
                .say(Say::new("No input.")),
        )
        .page("/keys", Response::new().say(Say::new("Thanks.")));
    world
}

fn both() -> Gather {
    Gather::new().input([GatherInput::Dtmf, GatherInput::Speech])
}

#[test]
fn the_right_number_of_keys_is_sent_at_once() {
    let mut world = gathering(Gather::new().num_digits(5));

    let call = world.rings();
    world.press(&call, "6060");
    assert!(world.to("/keys").is_empty());
    world.press(&call, "1");

    assert_eq!(world.told("/keys", "Digits"), "60601");
    assert_eq!(world.told("/keys", "FinishedOnKey"), "");
    assert_eq!(world.told("/keys", "msg"), "Gather End");
    assert_eq!(world.told("/keys", "CallStatus"), "in-progress");
    assert_eq!(world.said(&call), ["Thanks."]);
}

#[test]
fn the_finish_key_sends_what_came_before_it() {
    let mut world = gathering(Gather::new());

    let call = world.rings();
    world.press(&call, "12#");

    assert_eq!(world.told("/keys", "Digits"), "12");
    assert_eq!(world.told("/keys", "FinishedOnKey"), "#");
}

#[test]
fn another_finish_key_leaves_the_hash_an_ordinary_key() {
    let mut world = gathering(Gather::new().finish_on_key("*"));

    let call = world.rings();
    world.press(&call, "1#2*");

    assert_eq!(world.told("/keys", "Digits"), "1#2");
    assert_eq!(world.told("/keys", "FinishedOnKey"), "*");
}

#[test]
fn without_a_finish_key_only_silence_ends_the_input() {
    let mut world = gathering(Gather::new().finish_on_key("").timeout(3));

    let call = world.rings();
    world.press(&call, "1#*");
    world.pass_ms(2999);
    assert!(world.to("/keys").is_empty());
    world.pass_ms(1);

    assert_eq!(world.told("/keys", "Digits"), "1#*");
    assert_eq!(world.told("/keys", "FinishedOnKey"), "");
}

#[test]
fn the_finish_key_alone_is_no_input() {
    let mut world = gathering(Gather::new());

    let call = world.rings();
    world.press(&call, "#");

    assert!(world.to("/keys").is_empty());
    assert_eq!(world.said(&call), ["No input."]);
}

#[test]
fn no_input_goes_on_with_the_next_verb() {
    let mut world = gathering(Gather::new());

    let call = world.rings();
    world.pass_ms(4999);
    assert!(world.said(&call).is_empty());
    world.pass_ms(1);

    assert_eq!(world.said(&call), ["No input."]);
    assert!(world.to("/keys").is_empty());
}

#[test]
fn no_input_and_no_next_verb_hangs_up() {
    let mut world = World::new();
    world.page("/voice", Response::new().gather(Gather::new().timeout(2)));

    let call = world.rings();
    world.pass(2);

    assert_eq!(world.status(&call), "completed");
}

#[test]
fn no_input_is_told_where_that_is_wanted() {
    let mut world = gathering(Gather::new().timeout(2).action_on_empty_result(true));

    let call = world.rings();
    world.pass(2);

    assert_eq!(world.told("/keys", "Digits"), "");
    assert_eq!(world.said(&call), ["Thanks."]);
}

#[test]
fn the_time_out_counts_from_the_end_of_the_prompts() {
    let mut world = gathering(
        Gather::new()
            .timeout(2)
            .say(Say::new("1234567890"))
            .pause(Pause::seconds(1)),
    );

    let call = world.rings();
    world.pass_ms(3999);
    assert_eq!(world.said(&call), ["1234567890"]);
    world.pass_ms(1);

    assert_eq!(world.said(&call), ["1234567890", "No input."]);
}

#[test]
fn the_time_out_counts_from_the_last_key() {
    let mut world = gathering(Gather::new().timeout(2));

    let call = world.rings();
    for key in ["1", "2", "3"] {
        world.press(&call, key);
        world.pass_ms(1900);
    }
    assert!(world.to("/keys").is_empty());
    world.pass_ms(100);

    assert_eq!(world.told("/keys", "Digits"), "123");
}

#[test]
fn a_key_stops_the_prompts() {
    let mut world = gathering(
        Gather::new()
            .say(Say::new("A very long prompt indeed."))
            .say(Say::new("Never heard.")),
    );

    let call = world.rings();
    assert!(world.telephone(CALLER).saying.is_some());
    world.press(&call, "1");
    assert_eq!(world.telephone(CALLER).saying, None);
    world.pass(5);

    assert_eq!(world.told("/keys", "Digits"), "1");
    assert_eq!(world.said(&call), ["A very long prompt indeed.", "Thanks."]);
}

#[test]
fn keys_during_what_comes_before_are_lost() {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new()
                .say(Say::new("Welcome."))
                .gather(Gather::new().num_digits(1).action("/keys")),
        )
        .page("/keys", Response::new());

    let call = world.rings();
    world.press(&call, "1");
    world.pass(2);
    assert!(world.to("/keys").is_empty());
    world.press(&call, "2");

    assert_eq!(world.told("/keys", "Digits"), "2");
}

#[test]
fn all_sounds_are_fetched_before_the_first_prompt() {
    let mut world = gathering(
        Gather::new()
            .say(Say::new("First."))
            .play(Play::new("/bell.mp3")),
    );
    world.silent.push("/bell.mp3".to_owned());

    let call = world.rings();

    assert_eq!(world.to("/bell.mp3").len(), 1);
    assert!(world.said(&call).is_empty());
}

#[test]
fn a_telephone_shows_that_keys_are_awaited() {
    let mut world = gathering(Gather::new().num_digits(1));

    let call = world.rings();
    assert!(world.telephone(CALLER).awaits_keys);
    world.press(&call, "1");

    assert!(!world.telephone(CALLER).awaits_keys);
}

#[test]
fn speech_is_sent_after_silence() {
    let mut world = gathering(both().speech_timeout(SpeechTimeout::Seconds(2)));

    let call = world.rings();
    world.speak(&call, "the senate");
    world.pass(1);
    world.speak(&call, "please");
    world.pass_ms(1999);
    assert!(world.to("/keys").is_empty());
    world.pass_ms(1);

    assert_eq!(world.told("/keys", "SpeechResult"), "the senate please");
    assert_ne!(world.told("/keys", "Confidence"), "-");
    assert_eq!(world.told("/keys", "Digits"), "-");
}

#[test]
fn automatic_silence_is_short() {
    let mut world = gathering(both().speech_timeout(SpeechTimeout::Auto).timeout(30));

    let call = world.rings();
    world.speak(&call, "hello");
    world.pass(1);

    assert_eq!(world.told("/keys", "SpeechResult"), "hello");
}

#[test]
fn the_first_kind_of_input_wins() {
    let mut keys_first = gathering(both());
    let call = keys_first.rings();
    keys_first.press(&call, "1");
    keys_first.speak(&call, "hello");
    keys_first.pass(5);
    assert_eq!(keys_first.told("/keys", "Digits"), "1");
    assert_eq!(keys_first.told("/keys", "SpeechResult"), "-");

    let mut speech_first = gathering(both());
    let call = speech_first.rings();
    speech_first.speak(&call, "hello");
    speech_first.press(&call, "1#");
    speech_first.pass(5);
    assert_eq!(speech_first.told("/keys", "SpeechResult"), "hello");
    assert_eq!(speech_first.told("/keys", "Digits"), "-");
}

#[test]
fn nobody_listens_to_speech_unless_asked_to() {
    let mut world = gathering(Gather::new());

    let call = world.rings();
    world.speak(&call, "hello");
    world.pass(5);

    assert!(world.to("/keys").is_empty());
}

#[test]
fn speech_does_not_interrupt_a_prompt_that_is_not_to_be_interrupted() {
    let mut world = gathering(both().barge_in(false).say(Say::new("1234567890")));

    let call = world.rings();
    world.speak(&call, "too early");
    world.pass(1);
    world.speak(&call, "in time");
    world.pass(5);

    assert_eq!(world.told("/keys", "SpeechResult"), "in time");
}

#[test]
fn nobody_speaks_longer_than_a_minute() {
    let mut world = gathering(both().timeout(50));

    let call = world.rings();
    world.speak(&call, "and");
    world.pass(40);
    world.speak(&call, "on");
    world.pass(19);
    assert!(world.to("/keys").is_empty());
    world.pass(1);

    assert_eq!(world.told("/keys", "SpeechResult"), "and on");
}

#[test]
fn speech_is_told_while_it_goes_on() {
    let mut world = gathering(both().partial_result_callback("/partial"));

    let call = world.rings();
    world.speak(&call, "the");
    world.speak(&call, "senate");

    assert_eq!(
        world.all_told("/partial", "UnstableSpeechResult"),
        ["the", "the senate"]
    );
}
