//! What agents and supervisors do by a click, and what they are told when it cannot be.

#[path = "support/floor.rs"]
mod floor;
mod support;

use desk::{CallState, Doing, HoldState};
use support::House;

use floor::sid;

#[tokio::test]
async fn a_status_is_chosen_at_once_and_in_a_call_for_after_it() {
    let house = House::open().await;
    let mut ana = house.agent().await;
    house.db_is_at_console("ana").await;

    ana.does("console/status", &[("status", "available")]).await;
    let at_once = ana.console().await.mine;
    house.calls(&sid(1)).await;
    house.dispatches().await;
    house.answers("ana", &sid(1), 1).await;
    ana.does("console/status", &[("status", "away-meal")]).await;
    let in_call = ana.console().await.mine;
    ana.does("console/next", &[("status", "")]).await;

    assert_eq!(
        (at_once.chosen.as_str(), at_once.standing.word.as_str()),
        ("available", "available")
    );
    assert_eq!(in_call.chosen, "available");
    assert_eq!(in_call.next.as_deref(), Some("away-meal"));
    assert_eq!(ana.console().await.mine.next, None);
    let (status, body) = ana
        .is_refused("console/status", &[("status", "asleep")])
        .await;
    assert_eq!(status, 422);
    assert!(body.contains("Choose one of the statuses."), "{body}");
    house.close().await;
}

#[tokio::test]
async fn an_offer_is_declined_by_whom_it_rings_at_and_by_nobody_else() {
    let house = House::open().await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    house.is_rung("ana", &sid(1)).await;
    let call = sid(1);
    let offer = [("call", call.as_str()), ("offer", "1")];

    let others = sam.is_refused("console/decline", &offer).await;
    ana.does("console/decline", &offer).await;
    // A second click is as good as the first.
    ana.does("console/decline", &offer).await;

    assert_eq!(others.0, 403);
    let mine = ana.console().await.mine;
    assert_eq!(mine.doing, Doing::Nothing);
    assert_eq!(mine.standing.text(), "Not responding: declined");
    let unknown = ana
        .is_refused("console/decline", &[("call", &call), ("offer", "7")])
        .await;
    assert_eq!(unknown.0, 404);
    house.close().await;
}

#[tokio::test]
async fn a_click_that_comes_too_late_is_told_what_is_true() {
    let house = House::open().await;
    let mut ana = house.agent().await;
    house.is_rung("ana", &sid(1)).await;
    house.caller_goes(&sid(1)).await;
    let call = sid(1);

    let declined = ana
        .is_refused("console/decline", &[("call", &call), ("offer", "1")])
        .await;
    let hung_up = ana.is_refused("console/hang-up", &[("call", &call)]).await;
    let more = ana
        .is_refused("console/more-time", &[("call", &call)])
        .await;

    for (status, body) in [&declined, &hung_up] {
        assert_eq!(*status, 409, "{body}");
        assert!(body.contains("This call has ended."), "{body}");
    }
    assert_eq!(more.0, 409);
    assert!(
        more.1.contains("The wrap-up of this call is over."),
        "{}",
        more.1
    );
    house.close().await;
}

#[tokio::test]
async fn a_call_is_held_and_ended_by_whoever_is_in_it() {
    let house = House::open().await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    house.talks("ana", &sid(1)).await;
    let call = sid(1);

    let others = sam
        .is_refused("console/hold", &[("call", &call), ("on", "true")])
        .await;
    ana.does("console/hold", &[("call", &call), ("on", "true")])
        .await;
    let held = ana.console().await.mine.doing;
    ana.does("console/hang-up", &[("call", &call)]).await;
    let ended = ana.console().await.mine.doing;

    assert_eq!(others.0, 403);
    let Doing::Call(held) = held else {
        panic!("{held:?}")
    };
    assert_eq!(
        (held.hold, held.state),
        (HoldState::TurningOn, CallState::Talking)
    );
    assert!(
        !matches!(&ended, Doing::Call(call) if call.state == CallState::Talking),
        "{ended:?}"
    );
    house.close().await;
}

#[tokio::test]
async fn a_wrap_up_takes_the_time_it_needs_and_leaves_notes() {
    let house = House::open().await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    house.talks("ana", &sid(1)).await;
    house.caller_goes(&sid(1)).await;
    let call = sid(1);
    let notes = [
        ("form[call]", call.as_str()),
        ("form[disposition]", "follow-up"),
        ("form[notes]", "Rings again on Monday."),
    ];

    let Doing::WrapUp(begun) = ana.console().await.mine.doing else {
        panic!("no wrap-up")
    };
    ana.does("console/more-time", &[("call", &call)]).await;
    let Doing::WrapUp(longer) = ana.console().await.mine.doing else {
        panic!("no wrap-up")
    };
    let others = sam.is_refused("console/wrap-up", &notes).await;
    ana.does("console/wrap-up", &notes).await;

    assert!(begun.until_ms.is_some() && longer.until_ms.is_none());
    assert_eq!(others.0, 403);
    let mine = ana.console().await.mine;
    assert_eq!(mine.doing, Doing::Nothing);
    assert_eq!(
        (mine.recent.len(), mine.recent[0].text.as_str()),
        (1, "Talked")
    );
    // The next time they call, whoever is rung reads it.
    house.db_is_at_console("ana").await;
    house.calls(&sid(2)).await;
    house.dispatches().await;
    let Doing::Rung(rung) = ana.console().await.mine.doing else {
        panic!("nothing rings")
    };
    assert_eq!(
        rung.earlier[0].notes,
        ["Needs follow-up: Rings again on Monday."]
    );
    let bad = ana
        .is_refused(
            "console/wrap-up",
            &[("form[call]", &call), ("form[disposition]", "splendid")],
        )
        .await;
    assert_eq!(bad.0, 422);
    house.close().await;
}

#[tokio::test]
async fn a_supervisor_sets_and_frees_agents_and_that_is_written_down() {
    let house = House::open().await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    house.is_rung("ana", &sid(1)).await;

    let by_ana = ana.is_refused("agents/free", &[("agent", "ana")]).await;
    sam.does("agents/free", &[("agent", "ana")]).await;
    let again = sam.is_refused("agents/free", &[("agent", "ana")]).await;
    sam.does(
        "agents/status",
        &[("agent", "ana"), ("status", "away-meeting")],
    )
    .await;

    // A phone that calls out is in no offer, and yet nobody rings at it: whoever is stuck in that is freed as well.
    house.db_calls_out("ana", &sid(2)).await;
    sam.does("agents/free", &[("agent", "ana")]).await;

    assert_eq!(by_ana.0, 403);
    assert_eq!(again.0, 409);
    assert!(
        again.1.contains("Ana is not busy with anything."),
        "{}",
        again.1
    );
    assert_eq!(ana.console().await.mine.standing.label, "Away: meeting");
    let audited = house.store().audited().await.expect("the database answers");
    let told: Vec<(&str, &str, &str)> = audited
        .iter()
        .filter(|line| line.about == "ana" && line.by == "sam")
        .map(|line| (line.by.as_str(), line.about.as_str(), line.what.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("sam", "ana", "sam freed Ana."),
            ("sam", "ana", "sam chose for Ana: Ana is Away: meeting."),
            ("sam", "ana", "sam freed Ana."),
        ]
    );
    let nobody = sam
        .is_refused("agents/status", &[("agent", "zoe"), ("status", "offline")])
        .await;
    assert_eq!(nobody.0, 404);
    house.close().await;
}

#[tokio::test]
async fn a_number_is_called_only_where_the_lines_rules_allow_it() {
    let house = House::open().await;
    let mut ana = house.agent().await;
    let ask = |line: &'static str, to: &'static str| [("line", line), ("to", to)];
    let refusals = [
        ("support", "", "to", "Enter a number to call."),
        ("support", "the moon", "to", "country code"),
        ("support", "911", "to", "use your own telephone"),
        ("support", "+442071838750", "to", "that country or area"),
        ("support", "+19005550123", "to", "Premium numbers"),
        ("moon", "+13125550123", "line", "choose another one"),
    ];

    let as_typed = ana
        .posts("/api/console/may-call", &ask("support", "(312) 555-0123"))
        .await;
    let on_any_line = ana
        .posts("/api/console/may-call", &[("to", "+13125550123")])
        .await;

    assert_eq!(as_typed.body, "\"+13125550123\"");
    assert_eq!(on_any_line.body, "\"+13125550123\"");
    for (line, to, field, words) in refusals {
        let (status, body) = ana.is_refused("console/may-call", &ask(line, to)).await;
        assert_eq!(status, 422, "{to}: {body}");
        assert!(
            body.contains(words) && body.contains(&format!("\"field\":\"{field}\"")),
            "{to}: {body}"
        );
    }
    let nobody = house
        .stranger()
        .is_refused("console/may-call", &ask("support", "+13125550123"))
        .await;
    assert_eq!(nobody.0, 401);
    let offered = ana.console().await.floor.calls_out;
    let offered: Vec<&str> = offered.iter().map(|own| own.line.as_str()).collect();
    assert_eq!(offered[0], "support", "what agents answer comes first");
    assert!(offered.contains(&"senators"), "{offered:?}");
    house.close().await;
}

#[tokio::test]
async fn supervisors_alone_listen_and_whoever_is_in_a_call_asks_for_help() {
    let house = House::open().await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    house.talks("ana", &sid(1)).await;
    let (call, nowhere) = (sid(1), sid(9));
    let listen = [("call", call.as_str()), ("mode", "listen")];
    let help = |on| [("call", call.as_str()), ("on", on)];

    let by_ana = [
        ana.is_refused("watch/mode", &listen).await.0,
        ana.is_refused("watch/take-over", &listen[..1]).await.0,
        sam.is_refused("console/help", &help("true")).await.0,
    ];
    let apart = sam.is_refused("watch/mode", &listen).await;
    let shout = [("call", call.as_str()), ("mode", "shout")];
    let odd = sam.is_refused("watch/mode", &shout).await.0;
    let unknown = [("call", nowhere.as_str()), ("mode", "listen")];
    let unknown = sam.is_refused("watch/mode", &unknown).await.0;
    ana.does("console/help", &help("true")).await;
    let asked = help_of(&sam.board().await);
    ana.does("console/help", &help("false")).await;
    let taken_back = help_of(&sam.board().await);
    house.caller_goes(&sid(1)).await;
    let late = sam.is_refused("watch/take-over", &listen[..1]).await;

    assert_eq!(by_ana, [403, 403, 403]);
    assert_eq!((apart.0, odd, unknown), (409, 422, 404));
    assert!(
        apart.1.contains("Your phone is not in this call."),
        "{}",
        apart.1
    );
    assert!(asked.is_some() && taken_back.is_none());
    assert_eq!(late.0, 409);
    assert!(late.1.contains("This call has ended."), "{}", late.1);
    house.close().await;
}

/// Since when Ana asks for help, as the board has it.
fn help_of(board: &desk::BoardView) -> Option<i64> {
    let row = board.floor.agent("ana").expect("she takes calls");
    row.call.as_ref()?.help_since_ms
}
