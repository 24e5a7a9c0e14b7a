//! What support callers and their agents are answered with, from the first webhook to the last.

use std::time::Duration;

use axum::http::StatusCode;
use exchange::{Command, Hours, Instead, Span};

use crate::support::{
    CLIENT, OVERRIDES, agents_room, caller, callers_room, leg, music, path, says, support_hours,
    support_line,
};
use crate::world::{PUBLIC, World, send, sid, signed};

#[tokio::test]
async fn a_caller_is_led_into_a_room_of_their_own() {
    let world = World::new().await;
    let (cleo, dora, emil) = (sid(1), sid(2), sid(3));

    let entered = world.post(CLIENT, &caller(&cleo, &[])).await;
    let by_line = world.post("/line/support", &caller(&dora, &[])).await;
    let by_get = world.get(CLIENT, &caller(&emil, &[])).await;
    let again = world.post(CLIENT, &caller(&cleo, &[])).await;

    entered.is(&[&callers_room(&cleo)]);
    by_line.is(&[&callers_room(&dora)]);
    by_get.is(&[&callers_room(&emil)]);
    again.is(&[&callers_room(&cleo)]);
    assert_eq!(world.db_story(&cleo).await.unwrap().call.line, "support");
    world.end().await;
}

#[tokio::test]
async fn waiting_callers_are_told_their_place_when_it_changes_and_hear_music() {
    let world = World::new().await;
    let (cleo, dora) = (sid(1), sid(2));
    let again = music("/conference/wait");
    let welcome =
        "Welcome, and thank you for calling. One of us will be with you as soon as possible.";
    world.post(CLIENT, &caller(&cleo, &[])).await;
    world.clock.advance(Duration::from_secs(1));
    world.post(CLIENT, &caller(&dora, &[])).await;

    let first = world.post("/conference/wait", &caller(&cleo, &[])).await;
    let second = world.get("/conference/wait", &caller(&dora, &[])).await;
    let unchanged = world.post("/conference/wait", &caller(&dora, &[])).await;
    world
        .post(
            "/twilio/call-status",
            &caller(&cleo, &[("CallStatus", "completed")]),
        )
        .await;
    let next = world.post("/conference/wait", &caller(&dora, &[])).await;

    first.is(&[&says(&format!("{welcome} You are next in line.")), &again]);
    second.is(&[
        &says(&format!("{welcome} You are number 2 in line.")),
        &again,
    ]);
    unchanged.is(&[&again]);
    next.is(&[&says("You are next in line."), &again]);
    world.end().await;
}

#[tokio::test]
async fn waiting_callers_are_told_how_long_it_takes_when_somebody_knows() {
    let world = World::new().await;
    let (cleo, dora, emil) = (sid(1), sid(2), sid(3));
    world.talks(&cleo, &sid(11)).await;
    world.clock.advance(Duration::from_secs(240));
    world
        .post(
            "/twilio/call-status",
            &caller(&cleo, &[("CallStatus", "completed")]),
        )
        .await;
    world.clock.advance(Duration::from_secs(60));
    world.ada_answers().await;
    world.post(CLIENT, &caller(&dora, &[])).await;
    world.looks().await;
    world
        .post(&path(&dora, "connect/ada?offer=1"), &leg(&sid(12), &[]))
        .await;

    world.post(CLIENT, &caller(&emil, &[])).await;
    let told = world.post("/conference/wait", &caller(&emil, &[])).await;

    told.says("You are next in line. It will take about 4 minutes.");
    world.end().await;
}

#[tokio::test]
async fn the_tutorials_routes_carry_the_tutorials_flags() {
    let world = World::new().await;
    let cleo = sid(1);
    world.post(CLIENT, &caller(&cleo, &[])).await;

    let first = world
        .post(&path(&cleo, "connect/agent1"), &leg(&sid(11), &[]))
        .await;
    let second = world
        .get(&path(&cleo, "connect/agent2"), &leg(&sid(12), &[]))
        .await;
    let wait = world.post("/conference/wait", &caller(&cleo, &[])).await;

    first.is(&[&agents_room(&cleo, false)]);
    second.is(&[&agents_room(&cleo, true)]);
    wait.is(&[&music("/conference/wait")]);
    world.end().await;
}

#[tokio::test]
async fn an_agents_leg_is_led_in_by_its_offer_and_a_late_one_is_told_so() {
    let world = World::new().await;
    let (cleo, dora) = (sid(1), sid(2));
    let late = [
        says("This caller is no longer waiting for you."),
        "<Hangup/>".to_owned(),
    ]
    .concat();
    world.talks(&cleo, &sid(11)).await;
    let connect = path(&cleo, "connect/ada?offer=1");

    let once = world
        .deliver("a token", &connect, &leg(&sid(11), &[]))
        .await;
    let steps = world.db_steps(&cleo).await;
    let again = world
        .deliver("a token", &connect, &leg(&sid(11), &[]))
        .await;
    let another_leg = world.post(&connect, &leg(&sid(12), &[])).await;
    let another_offer = world
        .post(&path(&cleo, "connect/ada?offer=2"), &leg(&sid(13), &[]))
        .await;
    let no_call = world
        .post(&path(&dora, "connect/ada?offer=1"), &leg(&sid(14), &[]))
        .await;

    once.is(&[&agents_room(&cleo, false)]);
    assert_eq!(again, once);
    assert_eq!(steps, 4);
    another_leg.is(&[&late]);
    another_offer.is(&[&late]);
    no_call.is(&[&late]);
    let journal = world.db_journal(&cleo).await;
    assert!(
        journal.iter().any(|line| line == "Ada answered."),
        "{journal:?}"
    );
    world.end().await;
}

#[tokio::test]
async fn a_lost_agent_leaves_the_caller_with_music_in_the_same_room() {
    let world = World::new().await;
    let (cleo, ada) = (sid(1), sid(11));
    world.talks(&cleo, &ada).await;

    let gone = world
        .post(
            &path(&cleo, "agent-left"),
            &leg(
                &ada,
                &[("CallStatus", "completed"), ("DialCallStatus", "answered")],
            ),
        )
        .await;
    let back = world
        .post(
            &path(&cleo, "left"),
            &caller(&cleo, &[("DialCallStatus", "answered")]),
        )
        .await;
    let wait = world.post("/conference/wait", &caller(&cleo, &[])).await;

    gone.is(&["<Hangup/>"]);
    back.is(&[&callers_room(&cleo)]);
    wait.says("the connection was lost on our side").is_twiml();
    world.end().await;
}

#[tokio::test]
async fn a_caller_whose_agent_hung_up_is_asked_two_questions() {
    let world = World::new().await;
    let (cleo, ada) = (sid(1), sid(11));
    let left = [("DialCallStatus", "answered")];
    world.talks(&cleo, &ada).await;
    world.ada_wants(&cleo, Command::HangUp).await;

    let first = world
        .post(&path(&cleo, "left"), &caller(&cleo, &left))
        .await;
    let second = world
        .post(&path(&cleo, "keyed"), &caller(&cleo, &[("Digits", "1")]))
        .await;
    let nonsense = world
        .post(
            &path(&cleo, "keyed"),
            &caller(&cleo, &[("Digits", "toString")]),
        )
        .await;
    let thanks = world
        .post(&path(&cleo, "keyed"), &caller(&cleo, &[("Digits", "5")]))
        .await;

    let asks = |words: &str| {
        let then = format!("{PUBLIC}{}{OVERRIDES}", path(&cleo, "keyed"));
        let words = says(words);
        format!(
            "<Gather action=\"{then}\" timeout=\"7\" numDigits=\"1\">{words}</Gather><Redirect>{then}</Redirect>"
        )
    };
    let rating = "And how well did we do? Press a key from 1, not well, to 5, very well.";
    first.is(&[&asks(
        "Before you go: did we help you? For yes, press 1. For no, press 2.",
    )]);
    second.is(&[&asks(rating)]);
    nonsense.says(rating).says(&path(&cleo, "keyed")).is_twiml();
    thanks.is(&[
        &says("Thank you for your answers, and for calling. Goodbye."),
        "<Hangup/>",
    ]);
    assert_eq!(
        world.db_story(&cleo).await.unwrap().call.outcome.as_deref(),
        Some("connected")
    );
    world.end().await;
}

#[tokio::test]
async fn a_closed_line_takes_a_message() {
    let sundays = Hours {
        zone: "America/Chicago".to_owned(),
        week: [
            vec![],
            vec![],
            vec![],
            vec![],
            vec![],
            vec![],
            vec![Span {
                from_minute: 0,
                to_minute: 1440,
            }],
        ],
        closed_on: [].into(),
    };
    // The clock stands on a Monday.
    let world = World::planned(PUBLIC, support_hours(sundays)).await;
    let cleo = sid(1);
    let message = [
        ("RecordingSid", "REaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        (
            "RecordingUrl",
            "https://api.example.test/Recordings/REaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ),
        ("RecordingDuration", "12"),
        ("Digits", "#"),
    ];

    let closed = world.post("/line/support", &caller(&cleo, &[])).await;
    let silent = world
        .post(&path(&cleo, "recorded"), &caller(&cleo, &[]))
        .await;
    let thanks = world
        .post(&path(&cleo, "recorded"), &caller(&cleo, &message))
        .await;

    let then = format!("{PUBLIC}{}{OVERRIDES}", path(&cleo, "recorded"));
    let record = format!(
        "<Record action=\"{then}\" timeout=\"8\" maxLength=\"180\" \
         recordingStatusCallback=\"{PUBLIC}/twilio/recording-status{OVERRIDES}\"/>\
         <Redirect>{then}</Redirect>"
    );
    let leave = "Please leave a message after the tone. When you are done, press any key.";
    closed.is(&[&says(&format!("We are closed right now. {leave}")), &record]);
    silent.is(&[
        &says(&format!("Sorry, we heard no message. {leave}")),
        &record,
    ]);
    thanks.is(&[
        &says("Thank you. We have your message and will see to it. Goodbye."),
        "<Hangup/>",
    ]);
    let inbox = world.state.store.inbox(world.clock.now()).await.unwrap();
    assert_eq!(inbox.len(), 1);
    world.end().await;
}

#[tokio::test]
async fn a_line_that_is_open_by_its_own_clock_is_open() {
    let mondays = Hours {
        zone: "America/Chicago".to_owned(),
        week: [
            vec![Span {
                from_minute: 8 * 60,
                to_minute: 17 * 60,
            }],
            vec![],
            vec![],
            vec![],
            vec![],
            vec![],
            vec![],
        ],
        closed_on: [].into(),
    };
    let world = World::planned(PUBLIC, support_hours(mondays)).await;

    let open = world.post("/line/support", &caller(&sid(1), &[])).await;

    open.is(&[&callers_room(&sid(1))]);
    world.end().await;
}

#[tokio::test]
async fn a_full_line_says_so() {
    let full = support_line(|line| {
        line.queue_limit = Some(1);
        line.closed = Instead::Goodbye;
    });
    let world = World::planned(PUBLIC, full).await;

    let first = world.post(CLIENT, &caller(&sid(1), &[])).await;
    let second = world.post("/line/support", &caller(&sid(2), &[])).await;

    first.is(&[&callers_room(&sid(1))]);
    second.is(&[
        &says("Right now, too many callers are waiting already. Please call again another time. Goodbye."),
        "<Hangup/>",
    ]);
    world.end().await;
}

#[tokio::test]
async fn held_callers_hear_music_whoever_asks() {
    let world = World::new().await;

    let by_get = world.get("/conference/hold", &caller(&sid(1), &[])).await;
    let by_post = world.post("/conference/hold", &caller(&sid(1), &[])).await;

    by_get.is(&[&music("/conference/hold")]);
    by_post.is(&[&music("/conference/hold")]);
    assert_eq!(world.db_calls().await, 0);
    world.end().await;
}

#[tokio::test]
async fn the_music_is_there_below_a_path_too() {
    let world = World::reached_at("https://example.test/desk").await;

    for path in ["/sounds/wait.wav", "/desk/sounds/wait.wav"] {
        let request = axum::http::Request::get(path)
            .body(axum::body::Body::empty())
            .unwrap();
        let music = send(&world.state, request).await;

        assert_eq!(
            (music.status, music.content_type.as_str()),
            (StatusCode::OK, "audio/wav")
        );
        assert!(music.body.starts_with("RIFF"));
    }
    let entered = signed(
        axum::http::Method::POST,
        "https://example.test",
        "/desk/conference/connect/client",
        &caller(&sid(1), &[]),
        None,
    );
    send(&world.state, entered)
        .await
        .says("https://example.test/desk/conference/wait#")
        .is_twiml();
    world.end().await;
}
