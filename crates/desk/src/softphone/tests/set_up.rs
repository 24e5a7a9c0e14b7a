//! Setting it up, and what stops it.

use super::*;

#[test]
fn a_first_set_up_asks_for_the_microphone_and_lets_devices_be_chosen_before_anything_rings() {
    let mut desk = Story::new();

    desk.hears(PhoneEvent::Woken { armed: false });
    assert_eq!(desk.phone.word(), "asleep");
    assert_eq!(desk.hears(PhoneEvent::SwitchedOn), [Order::Claim]);
    assert_eq!(desk.hears(PhoneEvent::Owned), [Order::FetchToken]);
    let is_local = true;
    assert_eq!(
        desk.hears(PhoneEvent::TokenCame(token())),
        [Order::LoadSdk { is_local }]
    );
    assert_eq!(desk.hears(PhoneEvent::SdkCame), [Order::OpenMicrophone]);
    assert_eq!(desk.hears(PhoneEvent::MicrophoneOpened), []);
    assert_eq!(desk.phone.word(), "choosing");
    assert_eq!(
        desk.hears(PhoneEvent::ChoiceMade),
        [
            Order::CloseMicrophone,
            Order::Remember,
            Order::Start(token())
        ]
    );
    desk.hears(PhoneEvent::Registered);

    assert_eq!(desk.phone.word(), "registered");
}

#[test]
fn a_browser_that_was_set_up_before_wants_one_click_and_nothing_else() {
    let mut desk = Story::new();

    assert_eq!(
        desk.hears(PhoneEvent::Woken { armed: true }),
        [Order::Claim]
    );
    desk.hears(PhoneEvent::Owned);
    desk.hears(PhoneEvent::TokenCame(token()));
    assert_eq!(desk.hears(PhoneEvent::SdkCame), [Order::TrySound]);
    assert_eq!(desk.phone.word(), "wants-click");
    assert_eq!(desk.hears(PhoneEvent::SwitchedOn), [Order::OpenMicrophone]);

    assert_eq!(
        desk.hears(PhoneEvent::MicrophoneOpened),
        [Order::CloseMicrophone, Order::Start(token())]
    );
}

#[test]
fn a_browser_that_sounds_unasked_wants_no_click() {
    let mut desk = Story::new();
    desk.hears_all([
        PhoneEvent::Woken { armed: true },
        PhoneEvent::Owned,
        PhoneEvent::TokenCame(token()),
        PhoneEvent::SdkCame,
    ]);

    assert_eq!(
        desk.hears(PhoneEvent::SoundAllowed),
        [Order::OpenMicrophone]
    );
    assert_eq!(desk.hears(PhoneEvent::SoundAllowed), [], "it says so twice");
}

#[test]
fn a_microphone_that_is_denied_stops_the_phone_before_anybody_is_rung() {
    for fault in [
        MicrophoneFault::Denied,
        MicrophoneFault::None,
        MicrophoneFault::Busy,
        MicrophoneFault::Insecure,
    ] {
        let mut desk = Story::new();
        desk.hears_all([
            PhoneEvent::SwitchedOn,
            PhoneEvent::Owned,
            PhoneEvent::TokenCame(token()),
            PhoneEvent::SdkCame,
        ]);

        let orders = desk.hears(PhoneEvent::MicrophoneFailed(fault));

        assert_eq!(orders, [Order::CloseMicrophone, Order::Stop]);
        assert_eq!(desk.phone.word(), "stopped");
        assert!(desk.phone.trouble().is_some());
        assert_eq!(desk.hears(PhoneEvent::SwitchedOn), [Order::Claim]);
    }
}

#[test]
fn a_tab_waits_while_another_has_the_phone_and_then_wants_its_own_click() {
    let mut desk = Story::new();
    desk.hears(PhoneEvent::SwitchedOn);

    desk.hears(PhoneEvent::OwnedElsewhere);
    assert_eq!(desk.phone.word(), "elsewhere");
    assert_eq!(desk.hears(PhoneEvent::Owned), [Order::FetchToken]);
    desk.hears(PhoneEvent::TokenCame(token()));
    desk.hears(PhoneEvent::SdkCame);

    assert_eq!(desk.phone.word(), "wants-click");
}

#[test]
fn a_microphone_that_is_pulled_out_in_a_call_stops_the_phone_after_it() {
    let mut desk = Story::ready();
    desk.is_rung(1);
    desk.hears(PhoneEvent::Call(1, CallNews::Answer));
    desk.hears(PhoneEvent::Call(1, CallNews::Accepted));
    desk.hears(PhoneEvent::MicrophoneFailed(MicrophoneFault::None));
    desk.hears(PhoneEvent::Tick);
    assert_eq!(desk.phone.word(), "registered");

    desk.hears(PhoneEvent::Call(1, CallNews::Disconnected));
    desk.hears(PhoneEvent::Tick);

    assert_eq!(desk.phone.word(), "stopped");
}

#[test]
fn a_microphone_that_is_plugged_in_is_not_one_that_is_allowed() {
    for (fault, word) in [
        (MicrophoneFault::None, "registered"),
        (MicrophoneFault::Denied, "stopped"),
    ] {
        let mut desk = Story::ready();
        desk.is_rung(1);
        desk.hears(PhoneEvent::Call(1, CallNews::Answer));
        desk.hears(PhoneEvent::Call(1, CallNews::Accepted));
        desk.hears(PhoneEvent::MicrophoneFailed(fault));
        desk.hears(PhoneEvent::MicrophoneThere);

        desk.hears(PhoneEvent::Call(1, CallNews::Disconnected));
        desk.hears(PhoneEvent::Tick);

        assert_eq!(desk.phone.word(), word, "{fault:?}");
    }
}

#[test]
fn a_call_that_the_microphone_ends_stops_the_phone() {
    let mut desk = Story::ready();
    desk.is_rung(1);
    desk.hears(PhoneEvent::Call(1, CallNews::Answer));

    desk.hears(PhoneEvent::Call(1, CallNews::Disconnected));
    let orders = desk.hears(PhoneEvent::Call(1, CallNews::Failed(fault(31_401))));

    assert!(orders.contains(&Order::Stop));
    assert_eq!(desk.phone.word(), "stopped");
    assert_eq!(desk.call(1).words(), "Ended by an error");
}

#[test]
fn switching_off_ends_everything_and_forgets_the_browser() {
    let mut desk = Story::ready();
    desk.is_rung(1);

    let orders = desk.hears(PhoneEvent::SwitchedOff);

    assert_eq!(
        orders,
        [
            Order::LetGo(1),
            Order::CloseMicrophone,
            Order::Stop,
            Order::Forget,
            Order::Release
        ]
    );
    assert_eq!(desk.phone.word(), "asleep");
    assert_eq!(desk.hears(PhoneEvent::Tick), []);
}

#[test]
fn a_call_interrupts_choosing_and_closes_the_microphone_of_the_meter() {
    let mut desk = Story::ready();
    assert_eq!(
        desk.hears(PhoneEvent::ChoiceOpened),
        [Order::OpenMicrophone]
    );

    assert_eq!(desk.is_rung(1), [Order::CloseMicrophone]);

    assert_eq!(desk.hears(PhoneEvent::ChoiceMade), []);
}
