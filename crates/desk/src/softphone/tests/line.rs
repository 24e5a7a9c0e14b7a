//! Its line and its token.

use super::*;

#[test]
fn a_token_is_renewed_at_half_its_life_between_calls_and_in_its_last_minute_otherwise() {
    let mut idle = Story::ready();
    idle.passes(7_199_000);
    assert_eq!(idle.hears(PhoneEvent::Tick), []);
    idle.passes(2_000);
    assert_eq!(idle.hears(PhoneEvent::Tick), [Order::FetchToken]);
    assert_eq!(idle.hears(PhoneEvent::Tick), [], "asked once");
    assert_eq!(
        idle.hears(PhoneEvent::TokenCame(token())),
        [Order::UpdateToken("a.b.c".to_owned())]
    );

    let mut busy = Story::ready();
    busy.is_rung(1);
    busy.hears(PhoneEvent::Call(1, CallNews::Answer));
    busy.hears(PhoneEvent::Call(1, CallNews::Accepted));
    busy.passes(14_400_000 - 90_000);
    assert_eq!(busy.hears(PhoneEvent::TokenEnds), []);
    busy.passes(30_000);
    assert_eq!(busy.hears(PhoneEvent::Tick), [Order::FetchToken]);
}

#[test]
fn a_late_or_doubled_word_that_the_token_ends_does_no_harm() {
    let mut desk = Story::ready();
    desk.passes(14_400_000 - 90_000);

    assert_eq!(desk.hears(PhoneEvent::TokenEnds), [Order::FetchToken]);
    assert_eq!(desk.hears(PhoneEvent::TokenEnds), []);
    desk.hears(PhoneEvent::TokenCame(token()));

    assert_eq!(desk.hears(PhoneEvent::TokenEnds), []);
}

#[test]
fn a_server_that_cannot_be_asked_for_a_token_is_asked_again_after_a_while() {
    let mut desk = Story::ready();
    desk.passes(7_201_000);
    desk.hears(PhoneEvent::Tick);

    assert_eq!(desk.hears(PhoneEvent::TokenFailed), []);
    assert_eq!(desk.hears(PhoneEvent::Tick), []);
    desk.passes(5_000);

    assert_eq!(desk.hears(PhoneEvent::Tick), [Order::FetchToken]);
    assert_eq!(desk.phone.word(), "registered");
}

#[test]
fn a_token_that_ran_out_is_replaced_and_the_phone_registers_again() {
    let mut desk = Story::ready();

    let orders = desk.hears(PhoneEvent::DeviceFailed(fault(20_104)));
    assert_eq!(orders, [Order::FetchToken]);
    desk.hears(PhoneEvent::Unregistered);
    assert!(desk.phone.trouble().unwrap().fault.is_some());

    assert_eq!(
        desk.hears(PhoneEvent::TokenCame(token())),
        [Order::Start(token())]
    );
}

#[test]
fn a_token_that_ran_out_in_a_call_does_not_cost_the_call() {
    let mut desk = Story::ready();
    desk.is_rung(1);
    desk.hears(PhoneEvent::Call(1, CallNews::Answer));
    desk.hears(PhoneEvent::Call(1, CallNews::Accepted));
    desk.hears(PhoneEvent::DeviceFailed(fault(20_104)));

    let orders = desk.hears(PhoneEvent::TokenCame(token()));

    assert_eq!(
        orders,
        [Order::UpdateToken("a.b.c".to_owned()), Order::Register]
    );
    assert!(desk.phone.is_busy());
}

#[test]
fn a_token_that_is_turned_down_again_and_again_stops_the_phone_with_the_sdks_own_error() {
    let mut desk = Story::ready();

    for _ in 0..2 {
        desk.hears(PhoneEvent::DeviceFailed(fault(20_101)));
        desk.hears(PhoneEvent::TokenCame(token()));
    }
    let orders = desk.hears(PhoneEvent::DeviceFailed(fault(20_101)));

    assert_eq!(orders, [Order::CloseMicrophone, Order::Stop]);
    let trouble = desk.phone.trouble().unwrap();
    assert_eq!(
        trouble.what,
        "The carrier does not accept this phone’s pass."
    );
    assert_eq!(trouble.small_print().unwrap(), "20101: From the SDK");
}

#[test]
fn registering_that_never_settles_is_tried_again_with_a_new_device() {
    let mut desk = Story::ready();
    desk.hears(PhoneEvent::Unregistered);
    desk.passes(5_000);
    assert_eq!(desk.hears(PhoneEvent::Tick), [Order::FetchToken]);
    desk.hears(PhoneEvent::TokenCame(token()));
    assert_eq!(desk.phone.word(), "registering");

    desk.hears(PhoneEvent::RegisterEnded(Settled::Late));
    assert_eq!(desk.phone.word(), "lost");
    desk.passes(10_000);

    assert_eq!(desk.hears(PhoneEvent::Tick), [Order::FetchToken]);
}

#[test]
fn registering_that_fails_without_a_reason_keeps_the_reason_that_came_before() {
    let mut desk = Story::ready();
    desk.hears(PhoneEvent::DeviceFailed(fault(20_104)));

    desk.hears(PhoneEvent::RegisterEnded(Settled::Failed(None)));

    let trouble = desk.phone.trouble().unwrap();
    assert_eq!(trouble.fault.as_ref().unwrap().code, 20_104);
}

#[test]
fn a_carrier_that_is_gone_is_told_as_an_interruption_that_mends_itself() {
    let mut desk = Story::ready();
    desk.hears(PhoneEvent::Unregistered);

    desk.hears(PhoneEvent::DeviceFailed(fault(31_000)));

    let trouble = desk.phone.trouble().unwrap();
    assert_eq!(
        trouble.what,
        "The connection to the carrier is interrupted."
    );
    assert_eq!(trouble.small_print().unwrap(), "31000: From the SDK");
}
