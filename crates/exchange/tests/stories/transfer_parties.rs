//! Stories of the parties of a transfer whose target has answered: swapped, joined, held, muted, removed.

use exchange::{
    CallSid, Command, Done, Effect, Refusal, SupportEvent, Timer, TransferEnd, TransferKind,
    TransferStep,
};

use crate::desk::{Desk, leg, user};
use crate::transfer_talk::answered;

impl Desk {
    fn mute_is(&mut self, leg: &CallSid, on: bool, how: Result<(), String>) {
        let leg = leg.clone();
        self.happens(SupportEvent::Did(Done::MuteSet { leg, on, how }));
    }

    fn ben_hold_is(&mut self, on: bool, how: Result<(), String>) {
        let leg = leg(2);
        self.happens(SupportEvent::Did(Done::HoldSet { leg, on, how }));
    }
}

#[test]
fn swap_puts_the_one_on_hold_before_the_other_is_heard() {
    let mut desk = answered(TransferKind::Consult);

    desk.commands("Ana", Command::Swap);
    assert!(desk.does(&Effect::Hold {
        leg: leg(2),
        on: true
    }));
    assert!(!desk.holds_caller(false));
    let double = desk.commands("Ana", Command::Swap);
    assert_eq!(double.effects, []);
    desk.ben_hold_is(true, Ok(()));
    assert!(desk.holds_caller(false));
    desk.caller_hold_is(false);
    assert_eq!(desk.step().map(TransferStep::word), Some("swapped"));
    desk.takes_off();
    desk.commands("Ana", Command::Swap);
    assert!(desk.holds_caller(true));
    desk.caller_hold_is(true);

    assert!(desk.does(&Effect::Hold {
        leg: leg(2),
        on: false
    }));
    assert_eq!(desk.step().map(TransferStep::word), Some("briefing"));
}

#[test]
fn a_swap_that_fails_leaves_everybody_where_they_are() {
    let mut desk = answered(TransferKind::Consult);
    desk.commands("Ana", Command::Swap);
    desk.takes_off();

    desk.ben_hold_is(true, Err("503".into()));

    assert_eq!(desk.step().map(TransferStep::word), Some("briefing"));
    assert!(!desk.holds_caller(false));
    desk.told("Ben could not be put on hold: 503.");
}

#[test]
fn a_swapped_target_is_off_hold_when_they_get_the_caller() {
    let mut desk = answered(TransferKind::Consult);
    desk.commands("Ana", Command::Swap);
    desk.ben_hold_is(true, Ok(()));
    desk.caller_hold_is(false);

    desk.commands("Ana", Command::Complete);

    assert!(desk.does(&Effect::Hold {
        leg: leg(2),
        on: false
    }));
    desk.talks("Ben");
}

#[test]
fn joining_all_takes_everybody_off_hold() {
    let mut desk = answered(TransferKind::Consult);

    desk.commands("Ana", Command::JoinAll);

    assert!(desk.holds_caller(false));
    assert_eq!(desk.step(), Some(&TransferStep::ThreeWay { leg: leg(2) }));
    let twice = desk.commands("Ana", Command::JoinAll);
    assert_eq!((twice.refusal, twice.effects), (None, vec![]));
}

#[test]
fn in_a_call_of_three_each_party_can_be_held_muted_and_removed() {
    let mut desk = answered(TransferKind::Warm);
    let caller = desk.story.call.sid.clone();
    for leg in [leg(2), caller.clone()] {
        let on = true;
        desk.commands(
            "Ana",
            Command::HoldParty {
                leg: leg.clone(),
                on,
            },
        );
        desk.commands(
            "Ana",
            Command::MuteParty {
                leg: leg.clone(),
                on,
            },
        );
        assert!(desk.does(&Effect::Hold {
            leg: leg.clone(),
            on
        }));
        assert!(desk.does(&Effect::Mute { leg, on }));
    }
    desk.happens(SupportEvent::Did(Done::MuteSet {
        leg: leg(2),
        on: true,
        how: Err("404".into()),
    }));
    desk.told("Ben could not be muted: 404.");
    let by = user("ana");
    let what = Command::Drop { leg: caller };
    assert_eq!(
        desk.refused(SupportEvent::Command { by, what }),
        Refusal::NotTheCaller
    );

    desk.commands("Ana", Command::Drop { leg: leg(2) });

    assert!(desk.ends(2));
    desk.transfer_ended(TransferEnd::Cancelled, "Ana removed Ben.");
    desk.talks("Ana");
    let twice = desk.commands("Ana", Command::Drop { leg: leg(2) });
    assert_eq!((twice.refusal, twice.effects), (None, vec![]));
}

/// Ben, whom Ana has muted, and the caller, whom she has muted too, once she is gone.
fn muted_and_handed_over(gone: impl FnOnce(&mut Desk)) -> Desk {
    let mut desk = answered(TransferKind::Warm);
    for leg in [leg(2), desk.story.call.sid.clone()] {
        let on = true;
        desk.commands(
            "Ana",
            Command::MuteParty {
                leg: leg.clone(),
                on,
            },
        );
        desk.mute_is(&leg, on, Ok(()));
    }
    desk.takes_off();
    gone(&mut desk);
    desk
}

#[test]
fn whoever_gets_the_caller_is_heard_by_them_and_hears_them() {
    let desk = muted_and_handed_over(|desk| {
        desk.commands("Ana", Command::Complete);
    });

    for leg in [leg(2), desk.story.call.sid.clone()] {
        assert!(desk.does(&Effect::Mute { leg, on: false }));
    }
    desk.told("Ben is heard again.");
    desk.told("The caller is heard again.");
    desk.talks("Ben");
}

#[test]
fn a_caller_who_was_muted_is_heard_again_once_nobody_else_is_there() {
    let mut desk = answered(TransferKind::Warm);
    let caller = desk.story.call.sid.clone();
    let unmute = Effect::Mute {
        leg: caller.clone(),
        on: false,
    };
    let (leg_of_caller, on) = (caller.clone(), true);
    desk.commands(
        "Ana",
        Command::MuteParty {
            leg: leg_of_caller,
            on,
        },
    );
    desk.mute_is(&caller, on, Ok(()));
    assert!(!desk.does(&unmute));

    desk.commands("Ana", Command::Drop { leg: leg(2) });

    assert!(desk.does(&unmute));
    desk.told("The caller is heard again.");
    desk.takes_off();
    desk.mute_is(&caller, false, Err("503".into()));
    desk.later(3);
    desk.rings_timers();
    assert!(desk.does(&unmute));
}

#[test]
fn who_has_the_caller_and_could_not_be_let_be_heard_is_tried_again() {
    let mut desk = muted_and_handed_over(|desk| {
        desk.commands("Ana", Command::Complete);
    });
    desk.takes_off();

    desk.mute_is(&leg(2), false, Err("503".into()));
    desk.told("Ben could not be heard again: 503.");
    desk.later(3);
    desk.rings_timers();

    assert!(desk.does(&Effect::Mute {
        leg: leg(2),
        on: false
    }));
    desk.mute_is(&leg(2), false, Ok(()));
    desk.takes_off();
    desk.happens(SupportEvent::Due(Timer::Release));
    assert!(!desk.does(&Effect::Mute {
        leg: leg(2),
        on: false
    }));
}

#[test]
fn hold_in_a_consult_is_the_transfers_matter() {
    let mut desk = answered(TransferKind::Consult);
    let by = user("ana");
    let what = Command::Hold { on: false };

    let refusal = desk.refused(SupportEvent::Command { by, what });

    assert_eq!(
        refusal.to_string(),
        "Ben is asked first: cancel, swap or join all."
    );
}
