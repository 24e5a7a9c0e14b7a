//! Calls on it.

use super::*;

#[test]
fn a_call_is_answered_muted_and_hung_up() {
    let mut desk = Story::ready();
    desk.is_rung(1);

    assert_eq!(
        desk.hears(PhoneEvent::Call(1, CallNews::Answer)),
        [Order::Accept(1)]
    );
    assert_eq!(
        desk.hears(PhoneEvent::Call(1, CallNews::Answer)),
        [],
        "a second click changes nothing"
    );
    desk.hears(PhoneEvent::Call(1, CallNews::Accepted));
    desk.passes(65_000);
    assert_eq!(desk.call(1).talked_ms(desk.now_ms), Some(65_000));
    assert_eq!(
        desk.hears(PhoneEvent::Call(1, CallNews::Mute(true))),
        [Order::Mute(1, true)]
    );
    desk.hears(PhoneEvent::Call(1, CallNews::Muted(true)));
    assert!(desk.call(1).is_muted);
    assert_eq!(
        desk.hears(PhoneEvent::Call(1, CallNews::Press('5'))),
        [Order::Press(1, '5')]
    );
    assert_eq!(desk.hears(PhoneEvent::Call(1, CallNews::Press('x'))), []);
    assert_eq!(
        desk.hears(PhoneEvent::Call(1, CallNews::HangUp)),
        [Order::Disconnect(1)]
    );
    assert_eq!(
        desk.hears(PhoneEvent::Call(1, CallNews::Disconnected)),
        [Order::LetGo(1)]
    );

    assert_eq!(desk.call(1).words(), "You hung up");
    desk.passes(6_000);
    desk.hears(PhoneEvent::Tick);
    assert!(desk.phone.calls.is_empty());
}

#[test]
fn every_way_a_call_ends_says_why() {
    let failed = || CallNews::Failed(fault(53_405));
    let ends: [(&[CallNews], &str); 8] = [
        (
            &[CallNews::Answer, CallNews::Disconnected],
            "It was not connected",
        ),
        (&[CallNews::Cancelled], "Missed, or answered elsewhere"),
        (&[CallNews::Decline, CallNews::Rejected], "You declined"),
        (
            &[CallNews::Answer, CallNews::Accepted, CallNews::Disconnected],
            "They hung up",
        ),
        (&[CallNews::LineLost], "The connection broke while it rang"),
        (
            &[CallNews::Answer, failed(), CallNews::Disconnected],
            "Ended by an error",
        ),
        (
            &[CallNews::Answer, CallNews::Disconnected, failed()],
            "Ended by an error",
        ),
        (
            &[
                CallNews::Answer,
                CallNews::HangUp,
                CallNews::Disconnected,
                failed(),
            ],
            "You hung up",
        ),
    ];
    for (news, words) in ends {
        let mut desk = Story::ready();
        desk.is_rung(1);

        desk.hears_all(news.iter().map(|news| PhoneEvent::Call(1, news.clone())));

        assert_eq!(desk.call(1).words(), words, "{news:?}");
        assert!(!desk.phone.is_busy());
    }
}

#[test]
fn what_comes_after_the_end_of_a_call_or_for_none_changes_nothing() {
    let mut desk = Story::ready();
    desk.is_rung(1);
    desk.hears(PhoneEvent::Call(1, CallNews::Cancelled));
    let before = desk.phone.clone();

    for news in [
        CallNews::Answer,
        CallNews::Accepted,
        CallNews::Reconnecting,
        CallNews::LineLost,
        CallNews::Muted(true),
        CallNews::Disconnected,
    ] {
        for key in [1, 7] {
            assert_eq!(desk.hears(PhoneEvent::Call(key, news.clone())), []);
        }
    }

    assert_eq!(desk.phone, before);
}

#[test]
fn a_lost_socket_takes_ringing_calls_off_and_keeps_the_one_that_is_talked_on() {
    let mut desk = Story::ready();
    desk.is_rung(1);
    desk.hears(PhoneEvent::Call(1, CallNews::Answer));
    desk.hears(PhoneEvent::Call(1, CallNews::Accepted));

    desk.hears(PhoneEvent::Call(1, CallNews::LineLost));
    desk.hears(PhoneEvent::Call(1, CallNews::Reconnecting));
    desk.hears(PhoneEvent::Unregistered);
    assert_eq!(desk.call(1).stage.word(), "reconnecting");
    assert_eq!(desk.phone.word(), "lost");
    desk.passes(2_000);
    desk.hears(PhoneEvent::Call(1, CallNews::Reconnected));
    desk.hears(PhoneEvent::Registered);

    assert_eq!(desk.call(1).talked_ms(desk.now_ms), Some(2_000));
    assert_eq!(desk.phone.word(), "registered");
}

#[test]
fn a_call_out_rings_there_and_is_talked_on() {
    let mut desk = Story::ready();

    let orders = desk.hears(PhoneEvent::CallMade {
        key: 4,
        to: "+13125550123".to_owned(),
        line: Some("support".to_owned()),
    });
    assert_eq!(
        orders,
        [Order::Connect {
            key: 4,
            to: "+13125550123".to_owned(),
            line: Some("support".to_owned()),
        }]
    );
    let again = PhoneEvent::CallMade {
        key: 5,
        to: "+13125550124".to_owned(),
        line: None,
    };
    assert_eq!(desk.hears(again), [], "one call at a time");
    desk.hears(PhoneEvent::Call(4, CallNews::Rings));
    assert_eq!(desk.call(4).words(), "Ringing there…");
    desk.hears(PhoneEvent::Call(4, CallNews::Accepted));

    assert_eq!(desk.call(4).stage.word(), "talking");
    assert_eq!(desk.call(4).other, "+1 (312) 555-0123");
}

#[test]
fn a_call_out_whose_line_is_lost_is_over_and_its_device_made_anew() {
    let mut desk = Story::ready();
    desk.hears(PhoneEvent::CallMade {
        key: 4,
        to: "+13125550123".to_owned(),
        line: None,
    });

    let orders = desk.hears(PhoneEvent::Call(4, CallNews::LineLost));

    assert_eq!(orders, [Order::LetGo(4), Order::Stop]);
    assert_eq!(desk.hears(PhoneEvent::Tick), [Order::FetchToken]);
    assert_eq!(
        desk.hears(PhoneEvent::TokenCame(token())),
        [Order::Start(token())]
    );
}

#[test]
fn a_call_that_the_sdk_does_not_end_is_ended_here() {
    let mut desk = Story::ready();
    desk.is_rung(1);
    desk.hears(PhoneEvent::Call(1, CallNews::Answer));
    desk.hears(PhoneEvent::Call(1, CallNews::HangUp));

    desk.passes(3_001);

    let orders = desk.hears(PhoneEvent::Tick);
    assert_eq!(orders[..2], [Order::LetGo(1), Order::Stop]);
    assert!(!desk.phone.is_busy());
}

#[test]
fn warnings_are_told_in_words_and_taken_back() {
    let mut desk = Story::ready();
    desk.is_rung(1);
    desk.hears(PhoneEvent::Call(1, CallNews::Answer));
    desk.hears(PhoneEvent::Call(1, CallNews::Accepted));
    let warned = |name: &str| PhoneEvent::Call(1, CallNews::Warned(name.to_owned()));

    desk.hears_all([
        warned("high-rtt"),
        warned("constant-audio-input-level"),
        warned("moonlight"),
    ]);
    assert_eq!(desk.call(1).warnings().len(), 2);
    desk.hears(PhoneEvent::Call(1, CallNews::Muted(true)));
    assert_eq!(desk.call(1).warnings(), ["What is said arrives late."]);
    desk.hears(PhoneEvent::Call(
        1,
        CallNews::Cleared("high-rtt".to_owned()),
    ));

    assert!(desk.call(1).warnings().is_empty());
}

#[test]
fn an_offered_call_is_hung_up_once_the_server_has_heard_of_it() {
    let mut desk = Story::ready();
    let hang_up = Meant::HangUp {
        call: "CA0".to_owned(),
    };
    desk.is_offered(1, false);
    desk.hears(PhoneEvent::Call(1, CallNews::Answer));
    desk.hears(PhoneEvent::Call(1, CallNews::Accepted));
    assert_eq!(desk.call(1).offered(), Some(("CA0", 3)));

    assert_eq!(
        desk.hears(PhoneEvent::Call(1, CallNews::HangUp)),
        [Order::Report(1, hang_up)]
    );
    assert_eq!(desk.call(1).words(), "Hanging up…");
    assert_eq!(
        desk.hears(PhoneEvent::Call(1, CallNews::HangUp)),
        [],
        "a second click changes nothing"
    );
    desk.passes(2_500);
    assert_eq!(
        desk.hears(PhoneEvent::Call(1, CallNews::Reported)),
        [Order::Disconnect(1)]
    );
    desk.passes(2_500);
    assert_eq!(desk.hears(PhoneEvent::Tick), []);
    desk.hears(PhoneEvent::Call(1, CallNews::Disconnected));

    assert_eq!(desk.call(1).words(), "You hung up");
    assert_eq!(desk.hears(PhoneEvent::Call(1, CallNews::Reported)), []);
}

#[test]
fn an_offer_is_declined_once_the_server_has_heard_of_it_and_cannot_be_answered_meanwhile() {
    let mut desk = Story::ready();
    let decline = Meant::Decline {
        call: "CA0".to_owned(),
        offer: 3,
    };
    desk.is_offered(1, false);

    assert_eq!(
        desk.hears(PhoneEvent::Call(1, CallNews::Decline)),
        [Order::Report(1, decline)]
    );
    assert_eq!(desk.hears(PhoneEvent::Call(1, CallNews::Answer)), []);
    assert_eq!(
        desk.hears(PhoneEvent::Call(1, CallNews::Reported)),
        [Order::Reject(1)]
    );
}

#[test]
fn an_offer_that_the_server_takes_back_because_it_was_declined_here_was_not_missed() {
    let mut desk = Story::ready();
    desk.is_offered(1, false);
    desk.hears(PhoneEvent::Call(1, CallNews::Decline));

    desk.hears(PhoneEvent::Call(1, CallNews::Cancelled));

    assert_eq!(desk.call(1).words(), "You declined");
    assert_eq!(desk.hears(PhoneEvent::Call(1, CallNews::Reported)), []);
}

#[test]
fn what_nobody_meant_is_not_ended_by_a_report() {
    let mut desk = Story::ready();
    desk.is_offered(1, false);

    assert_eq!(desk.hears(PhoneEvent::Call(1, CallNews::Reported)), []);
    assert_eq!(desk.call(1).stage.word(), "ringing");
}

#[test]
fn a_caller_who_was_lost_is_taken_back_without_a_click_unless_somebody_else_is_talked_with() {
    let mut desk = Story::ready();

    assert_eq!(desk.is_offered(1, true), [Order::Accept(1)]);
    assert_eq!(desk.call(1).stage.word(), "answering");
    desk.hears(PhoneEvent::Call(1, CallNews::Accepted));
    assert_eq!(desk.is_offered(2, true), []);

    assert_eq!(desk.call(2).stage.word(), "ringing");
}
