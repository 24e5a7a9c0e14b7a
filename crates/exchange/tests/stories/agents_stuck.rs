//! Stories of agents who are kept from calls by something that is not theirs to end, and of how they come back.

use exchange::{AgentEvent, Chosen, Duty, Shown, WhyNot, shown};

use crate::agents::{ana, at, reserved, then};
use crate::desk::{leg, present, user};

#[test]
fn calling_out_changes_nothing_but_that_nobody_rings_at_their_phone() {
    let (out, back) = (
        AgentEvent::CallsOut { call: leg(3) },
        AgentEvent::PhoneIsBack { call: leg(3) },
    );
    let missed = AgentEvent::Missed {
        call: leg(9),
        offer: 1,
        why: WhyNot::Missed,
    };
    let rings = then(&ana(), &reserved(1), 0);
    let offline = then(&ana(), &AgentEvent::Chose(Chosen::Offline), 0);
    for before in [ana(), rings.clone(), then(&rings, &missed, 1), offline] {
        let calls = then(&before, &out, 2);
        let after = then(&calls, &back, 9);

        assert_eq!(calls.duty, before.duty);
        assert!(calls.trouble(&present(at(2)), at(2)).is_some());
        assert_eq!(after, before);
    }
    let calls = then(&ana(), &out, 2);
    assert_eq!(
        calls.trouble(&present(at(2)), at(2)),
        Some("calling somebody")
    );
    assert_eq!(
        then(&calls, &AgentEvent::PhoneIsBack { call: leg(4) }, 9),
        calls
    );
}

#[test]
fn a_supervisor_may_choose_for_them_and_free_them() {
    let by = user("sue");
    let rings = then(&ana(), &reserved(1), 0);

    let freed = rings
        .on(
            &AgentEvent::Freed { by: by.clone() },
            &present(at(9)),
            at(9),
        )
        .unwrap();
    let set = AgentEvent::Set {
        chosen: Chosen::Offline,
        by,
    };
    let set = freed.agent.on(&set, &present(at(9)), at(9)).unwrap();

    assert_eq!(
        (freed.agent.duty, freed.line.as_str(), freed.wakes),
        (Duty::Free, "sue freed Ana.", true)
    );
    assert_eq!(set.line, "sue chose for Ana: Ana is Offline.");
    assert_eq!(set.agent.chosen, Chosen::Offline);
}

#[test]
fn who_is_freed_may_be_rung_though_their_phone_seemed_to_be_in_a_call() {
    let freed = AgentEvent::Freed { by: user("sue") };
    for event in [
        AgentEvent::CallsOut { call: leg(3) },
        AgentEvent::Watches { call: leg(3) },
    ] {
        let stuck = then(&ana(), &event, 1);
        assert!(stuck.is_busy() && stuck.trouble(&present(at(2)), at(2)).is_some());

        let step = stuck.on(&freed, &present(at(2)), at(2)).unwrap();

        assert_eq!(step.line, "sue freed Ana.");
        assert_eq!(step.agent.trouble(&present(at(2)), at(2)), None);
        let again = step.agent.on(&freed, &present(at(3)), at(3)).unwrap();
        assert_eq!((again.line.as_str(), again.wakes), ("", false));
    }
}

#[test]
fn who_did_not_respond_does_not_after_a_call_that_they_took_over_either() {
    let rings = then(&ana(), &reserved(1), 0);
    let missed = AgentEvent::Missed {
        call: leg(9),
        offer: 1,
        why: WhyNot::Missed,
    };
    let out = then(&rings, &missed, 20);
    let takes = AgentEvent::TakesOver { call: leg(4) };
    let over = |wrap_up_s| AgentEvent::CallOver {
        call: leg(4),
        wrap_up_s,
    };
    let not_responding = Duty::NotResponding {
        since: at(20),
        why: WhyNot::Missed,
    };

    let talks = then(&out, &takes, 30);
    assert_eq!(shown(&talks, &present(at(31)), at(31)).shown, Shown::OnCall);
    assert_eq!(then(&talks, &over(0), 60).duty, not_responding);
    let wraps = then(&talks, &over(30), 60);
    assert_eq!(wraps.at(at(90)).duty, not_responding);
    // Whoever says anything meanwhile responds.
    let says = then(&talks, &AgentEvent::Chose(Chosen::Available), 40);
    assert_eq!(then(&says, &over(0), 60).duty, Duty::Free);
    let says = then(&wraps, &AgentEvent::ChoseNext(Some(Chosen::Available)), 70);
    assert_eq!(says.at(at(90)).duty, Duty::Free);
    let freed = then(&talks, &AgentEvent::Freed { by: user("sue") }, 40);
    assert_eq!(freed.duty, Duty::Free);
    // And who did respond before is free after.
    assert_eq!(
        then(&then(&ana(), &takes, 1), &over(0), 60).duty,
        Duty::Free
    );
}
