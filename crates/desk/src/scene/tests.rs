//! What a console is about, from what server and phone say.

use super::*;
use crate::PhoneToken;
use crate::floor::{MyCall, Rung, WrappingUp};
use crate::softphone::{CallNews, Door, PhoneEvent, Way};
use crate::transfer::{HandedView, TransferPart, TransferView};

const NOW: i64 = 1_700_000_000_000;

#[test]
fn an_offer_is_matched_with_the_call_that_rings_on_the_phone() {
    let mut phone = phone();
    ring(&mut phone, 1, "CA1");

    let at = AtDesk::of(&rung("CA1", false), &phone);

    assert_eq!(
        at,
        AtDesk {
            scene: Scene::Rings,
            call: Some("CA1".to_owned()),
            key: Some(1)
        }
    );
}

#[test]
fn the_phone_is_heard_before_the_server_has_told() {
    let mut phone = phone();
    ring(&mut phone, 1, "CA1");

    let at = AtDesk::of(&Doing::Nothing, &phone);

    assert_eq!((at.scene, at.call, at.key), (Scene::Rings, None, Some(1)));
}

#[test]
fn what_happens_on_the_phone_shows_at_once() {
    let steps = [
        (CallNews::Answer, Scene::Joins),
        (CallNews::Accepted, Scene::Talks),
        (CallNews::Reconnecting, Scene::Talks),
        (CallNews::HangUp, Scene::Ends),
    ];
    let mut phone = phone();
    ring(&mut phone, 1, "CA1");

    for (news, scene) in steps {
        phone.hear(PhoneEvent::Call(1, news), NOW);

        assert_eq!(AtDesk::of(&rung("CA1", false), &phone).scene, scene);
    }
}

#[test]
fn a_call_that_this_tab_lost_or_never_had_is_apart() {
    let cases = [
        (rung("CA1", true), Scene::Apart),
        (rung("CA1", false), Scene::Rings),
        (in_call(CallState::Lost), Scene::Apart),
        (in_call(CallState::Talking), Scene::Apart),
        (in_call(CallState::Ending), Scene::Ends),
        (wrapping_up(), Scene::WrapsUp),
        (Doing::Nothing, Scene::Idle),
    ];

    for (doing, scene) in cases {
        let at = AtDesk::of(&doing, &phone());

        assert_eq!((at.scene, at.key), (scene, None), "{doing:?}");
        assert_eq!(at.call.as_deref(), doing.call());
    }
}

#[test]
fn a_caller_who_hangs_up_is_not_taken_for_a_connection_that_broke() {
    let mut phone = phone();
    ring(&mut phone, 1, "CA1");
    for news in [CallNews::Answer, CallNews::Accepted, CallNews::Disconnected] {
        phone.hear(PhoneEvent::Call(1, news), NOW);
    }
    let talking = in_call(CallState::Talking);
    assert_eq!(AtDesk::of(&talking, &phone).scene, Scene::Ends);
    let lost = in_call(CallState::Lost);
    assert_eq!(AtDesk::of(&lost, &phone).scene, Scene::Apart);

    phone.hear(PhoneEvent::Tick, NOW + 6_000);

    assert_eq!(AtDesk::of(&talking, &phone).scene, Scene::Apart);
}

#[test]
fn writing_begins_although_the_phone_has_not_let_go_of_the_call() {
    let mut phone = phone();
    ring(&mut phone, 1, "CA1");
    phone.hear(PhoneEvent::Call(1, CallNews::Answer), NOW);

    assert_eq!(AtDesk::of(&wrapping_up(), &phone).scene, Scene::WrapsUp);
}

#[test]
fn a_number_that_is_called_is_the_call_that_the_server_tells_of() {
    let mut phone = phone();
    let call = PhoneEvent::CallMade {
        key: 4,
        to: "+13125550123".to_owned(),
        line: None,
    };
    phone.hear(call, NOW);
    assert_eq!(AtDesk::of(&Doing::Nothing, &phone).scene, Scene::CallsOut);
    phone.hear(PhoneEvent::Call(4, CallNews::Accepted), NOW);

    let at = AtDesk::of(&in_call(CallState::CallingOut), &phone);

    assert_eq!((at.scene, at.key), (Scene::Talks, Some(4)));
    assert_eq!(at.call.as_deref(), Some("CA1"));
}

#[test]
fn a_call_that_was_taken_over_is_the_one_into_whose_room_the_phone_went() {
    let mut phone = phone();
    let door = Door {
        way: Way::Watch("CA1".to_owned(), exchange::WatchMode::Listen),
        name: "Ana's call".to_owned(),
    };
    phone.hear(PhoneEvent::RoomEntered { key: 4, door }, NOW);
    phone.hear(PhoneEvent::Call(4, CallNews::Accepted), NOW);
    assert_eq!(AtDesk::of(&Doing::Nothing, &phone).call, None);

    let at = AtDesk::of(&in_call(CallState::Talking), &phone);

    assert_eq!((at.scene, at.key), (Scene::Talks, Some(4)));
    assert_eq!(at.call.as_deref(), Some("CA1"));
    let after = AtDesk::of(&wrapping_up(), &phone);
    assert_eq!(after.scene, Scene::WrapsUp);
}

#[test]
fn another_call_on_the_phone_is_not_taken_for_the_one_that_the_server_means() {
    let mut phone = phone();
    ring(&mut phone, 2, "CA2");

    let at = AtDesk::of(&in_call(CallState::Talking), &phone);

    assert_eq!((at.call, at.key), (None, Some(2)));
}

#[test]
fn callers_are_announced_by_their_own_name_and_line() {
    let mut phone = phone();
    ring(&mut phone, 1, "CA1");

    assert_eq!(
        announcement(&rung("CA1", false), &phone),
        "Ida calls on the line Support. Answer or decline."
    );
    assert_eq!(
        announcement(&Doing::Nothing, &phone),
        phone.announcement(),
        "until the server has told, by what the carrier says"
    );
}

#[test]
fn who_hands_a_caller_over_and_what_becomes_of_it_is_said() {
    let mut phone = phone();
    ring(&mut phone, 1, "CA1");
    let mut doing = rung("CA1", false);
    if let Doing::Rung(rung) = &mut doing {
        rung.handed = Some(HandedView {
            by: "Ben".to_owned(),
            kind: "warm".to_owned(),
            text: "Ben hands the caller over: you join both at once.".to_owned(),
            note: "Wants a map.".to_owned(),
        });
    }
    assert_eq!(
        announcement(&doing, &phone),
        "Ida calls on the line Support. Ben hands the caller over: you join both at once. \
         Ben wrote: Wants a map. Answer or decline."
    );

    phone.hear(PhoneEvent::Call(1, CallNews::Answer), NOW);
    phone.hear(PhoneEvent::Call(1, CallNews::Accepted), NOW);
    let mut doing = in_call(CallState::Talking);
    if let Doing::Call(mine) = &mut doing {
        mine.transfer = Some(TransferView {
            mine: TransferPart::To,
            kind: "warm".to_owned(),
            step: "three_way".to_owned(),
            text: "Ana and the caller are in the call.".to_owned(),
            by: "Ben".to_owned(),
            to: "Ana".to_owned(),
            note: "Wants a map.".to_owned(),
            since_ms: NOW,
            acts: Vec::new(),
            swap_to: None,
        });
    }
    assert_eq!(
        announcement(&doing, &phone),
        "You are in the call with Ben and the caller. You are connected with Ida."
    );
}

#[test]
fn a_number_of_ours_is_never_said_to_be_the_caller() {
    let mut phone = phone();
    ring(&mut phone, 1, "CA1");

    assert_eq!(
        announcement(&Doing::Nothing, &phone),
        "Somebody calls. Answer or decline in the phone."
    );

    phone.hear(PhoneEvent::Call(1, CallNews::Decline), NOW);
    phone.hear(PhoneEvent::Call(1, CallNews::Reported), NOW);
    phone.hear(PhoneEvent::Call(1, CallNews::Rejected), NOW);
    assert_eq!(
        announcement(&Doing::Nothing, &phone),
        "The call is over: You declined."
    );
}

fn phone() -> Softphone {
    let mut phone = Softphone::default();
    let token = PhoneToken {
        identity: "ana".to_owned(),
        token: "a.b.c".to_owned(),
        ttl_s: 14_400,
        signalling: None,
        calls_out: true,
    };
    for event in [
        PhoneEvent::SwitchedOn,
        PhoneEvent::Owned,
        PhoneEvent::TokenCame(token),
        PhoneEvent::SdkCame,
        PhoneEvent::MicrophoneOpened,
        PhoneEvent::ChoiceMade,
        PhoneEvent::Registered,
    ] {
        phone.hear(event, NOW);
    }
    phone
}

fn ring(phone: &mut Softphone, key: CallKey, call: &str) {
    let about = [("call", call), ("offer", "1")];
    let came = PhoneEvent::CallCame {
        key,
        sid: format!("CAleg{key}"),
        from: "+12025550100".to_owned(),
        about: about
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
    };
    phone.hear(came, NOW);
}

fn caller() -> CallerView {
    CallerView {
        label: "Ida".to_owned(),
        ..CallerView::default()
    }
}

fn rung(call: &str, again: bool) -> Doing {
    Doing::Rung(Box::new(Rung {
        call: call.to_owned(),
        offer: 1,
        caller: caller(),
        line_name: "Support".to_owned(),
        since_ms: NOW,
        waiting_since_ms: NOW,
        again,
        handed: None,
        earlier: Vec::new(),
    }))
}

fn in_call(state: CallState) -> Doing {
    Doing::Call(Box::new(MyCall {
        call: "CA1".to_owned(),
        caller: caller(),
        line_name: "Support".to_owned(),
        state,
        since_ms: NOW,
        hold: crate::HoldState::Off,
        others: Vec::new(),
        parties: Vec::new(),
        may_hand_over: true,
        dials: Vec::new(),
        transfer: None,
        failed: None,
        handed: None,
        watchers: Vec::new(),
        help_since_ms: None,
        earlier: Vec::new(),
    }))
}

fn wrapping_up() -> Doing {
    Doing::WrapUp(Box::new(WrappingUp {
        call: "CA1".to_owned(),
        caller: caller(),
        line_name: "Support".to_owned(),
        since_ms: NOW,
        until_ms: None,
    }))
}
