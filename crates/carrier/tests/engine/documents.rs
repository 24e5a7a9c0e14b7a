//! Documents: how one follows another, and what an answer may be (reference A.1.2, A.1.3, A.6).

use twiml::{Gather, Play, Redirect, Response, Say};

use crate::support::*;

#[test]
fn a_new_document_replaces_the_old_one() {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new()
                .redirect(Redirect::new("/next"))
                .say(Say::new("Never.")),
        )
        .page("/next", Response::new().say(Say::new("Next.")));

    let call = world.rings();
    world.pass(60);

    assert_eq!(world.said(&call), ["Next."]);
    assert_eq!(world.status(&call), "completed");
}

#[test]
fn urls_are_resolved_against_the_document_that_holds_them() {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new().redirect(Redirect::new("deep/er/one?a=b")),
        )
        .page(
            "/deep/er/one",
            Response::new().redirect(Redirect::new("../two")),
        )
        .page("/deep/two", Response::new().say(Say::new("Here.")));

    let call = world.rings();

    assert_eq!(world.said(&call), ["Here."]);
}

#[test]
fn urls_are_resolved_against_where_http_redirects_led() {
    let mut world = World::new();
    let mut answer = xml(&Response::new().redirect(Redirect::new("next")).to_xml());
    if let carrier::engine::Answer::Http { url, .. } = &mut answer {
        *url = format!("{APP}/moved/here");
    }
    world
        .answers("/voice", vec![answer])
        .page("/moved/next", Response::new().say(Say::new("There.")));

    let call = world.rings();

    assert_eq!(world.said(&call), ["There."]);
}

#[test]
fn a_redirect_without_a_url_asks_for_the_current_document_again() {
    let mut world = World::new();
    world.page(
        "/voice",
        Response::new()
            .say(Say::new("Again."))
            .redirect(Redirect::default()),
    );

    let call = world.rings();
    world.pass(3);

    assert_eq!(world.said(&call).len(), 6);
    assert!(
        world
            .to("/voice")
            .iter()
            .all(|request| request.method == "POST")
    );
}

#[test]
fn a_loop_in_which_no_time_passes_is_slowed_down() {
    let mut world = World::new();
    world.page("/voice", Response::new().redirect(Redirect::default()));

    let call = world.rings();

    assert_eq!(world.to("/voice").len(), 10);
    world.pass_ms(999);
    assert_eq!(world.to("/voice").len(), 10);
    world.pass_ms(1);
    assert_eq!(world.to("/voice").len(), 20);
    world.hang_up(&call);
    world.pass(5);
    assert_eq!(world.to("/voice").len(), 20);
}

#[test]
fn the_method_is_post_unless_the_document_says_get() {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new().redirect(Redirect::new("/get").method(twiml::Method::Get)),
        )
        .page("/get", Response::new());

    world.rings();

    assert_eq!(world.to("/voice")[0].method, "POST");
    assert_eq!(world.to("/get")[0].method, "GET");
}

#[test]
fn plain_text_that_is_no_document_is_read_aloud() {
    let mut world = World::new();
    world.answers(
        "/voice",
        vec![http(200, Some("text/plain; charset=utf-8"), "Hello you.")],
    );

    let call = world.rings();

    assert_eq!(world.status(&call), "in-progress");
    world.pass(2);
    assert_eq!(world.said(&call), ["Hello you."]);
    assert_eq!(world.status(&call), "completed");
}

#[test]
fn plain_text_that_is_a_document_is_obeyed() {
    let mut world = World::new();
    let document = Response::new().say(Say::new("Obeyed.")).to_xml();
    world.answers("/voice", vec![http(200, Some("text/plain"), &document)]);

    let call = world.rings();

    assert_eq!(world.said(&call), ["Obeyed."]);
}

#[test]
fn a_sound_is_played_and_the_call_is_over() {
    let mut world = World::new();
    world.answers("/voice", vec![http(200, Some("audio/mpeg"), "…")]);

    let call = world.rings();
    assert_eq!(world.status(&call), "in-progress");
    world.pass(3);

    assert_eq!(world.status(&call), "completed");
}

#[test]
fn a_sound_is_fetched_without_parameters_before_it_is_played() {
    let mut world = World::new();
    world.page(
        "/voice",
        Response::new()
            .play(Play::new("/bell.mp3"))
            .say(Say::new("After.")),
    );

    let call = world.rings();

    let bell = world.to("/bell.mp3");
    assert_eq!(bell[0].method, "GET");
    assert!(bell[0].params.is_empty());
    assert!(world.said(&call).is_empty());
    world.pass(3);
    assert_eq!(world.said(&call), ["After."]);
}

#[test]
fn a_sound_that_is_none_is_skipped_with_an_error() {
    for (answer, code) in [
        (http(200, Some("text/html"), "<p>"), 13420),
        (http(404, None, ""), 11200),
        (carrier::engine::Answer::Failed { code: 11205 }, 11205),
    ] {
        let mut world = World::new();
        world
            .page(
                "/voice",
                Response::new()
                    .play(Play::new("/bell.mp3"))
                    .say(Say::new("After.")),
            )
            .answers("/bell.mp3", vec![answer]);

        let call = world.rings();

        assert_eq!(world.troubles(&call), [code]);
        assert_eq!(world.said(&call), ["After."]);
    }
}

#[test]
fn what_is_repeated_is_said_so_often() {
    let mut world = World::new();
    world.page("/voice", Response::new().say(Say::new("Hi.").times(3)));

    let call = world.rings();
    world.pass(60);

    assert_eq!(world.said(&call), ["Hi.", "Hi.", "Hi."]);
}

#[test]
fn what_is_repeated_until_the_call_ends_is_said_a_thousand_times_at_most() {
    let mut world = World::new();
    world.page("/voice", Response::new().say(Say::new("Hi.").times(0)));

    let call = world.rings();
    world.pass(600);

    assert_eq!(world.said(&call).len(), 1000);
    assert_eq!(world.status(&call), "completed");
}

#[test]
fn an_unknown_verb_is_skipped_with_a_warning() {
    let mut world = World::new();
    world.answers(
        "/voice",
        vec![xml("<Response><Dance/><Say>Still here.</Say></Response>")],
    );

    let call = world.rings();

    assert_eq!(world.troubles(&call), [12200]);
    assert_eq!(world.said(&call), ["Still here."]);
}

#[test]
fn a_gather_without_an_action_asks_for_its_own_document_again() {
    let mut world = World::new();
    world.page(
        "/voice",
        Response::new().gather(Gather::new().num_digits(1)),
    );

    let call = world.rings();
    world.press(&call, "5");

    assert_eq!(world.all_told("/voice", "Digits"), ["-", "5"]);
}
