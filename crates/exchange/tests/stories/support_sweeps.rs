//! Stories of sweeps that come too soon to judge what they see, and look again.

use exchange::{Effect, LeftBecause, Present, Reported, RoomEvent, Seen, Stage, SupportEvent};

use crate::desk::{Desk, leg};
use crate::support_talk::said;

/// What a sweep sees when the caller is alone in the room: the seconds until the next one.
fn sees_the_caller_alone(desk: &mut Desk) -> Vec<i64> {
    let caller = Present {
        leg: desk.story.call.sid.clone(),
        is_held: false,
        ends_room: true,
        heard: exchange::HeardBy::Everybody,
    };
    let now = desk.story.now;
    let step = desk.happens(SupportEvent::Seen {
        sweep: desk.support().sweep,
        what: Ok(Seen {
            at: now,
            caller: Reported::Live,
            conference: desk.support().room.conference.clone(),
            has_started: true,
            people: vec![caller],
        }),
    });
    let sweep = desk.support().sweep;
    let sweeps = step.effects.iter().filter_map(|effect| {
        let Effect::Sweep { due, sweep: of } = effect else {
            return None;
        };
        (*of == sweep).then(|| due.seconds_since(now))
    });
    sweeps.collect()
}

#[test]
fn a_sweep_that_comes_too_soon_to_judge_looks_again_after_the_grace() {
    let mut desk = Desk::talking(|_| {});
    desk.later(4);
    desk.happens(said(2, RoomEvent::Joined(leg(1))));
    // Her leg dies, and nobody says so.
    desk.later(2);

    let next = sees_the_caller_alone(&mut desk);

    assert!(matches!(desk.stage(), Stage::Talking { .. }), "too soon");
    assert_eq!(next, [5]);
    desk.later(5);
    sees_the_caller_alone(&mut desk);
    assert!(
        matches!(desk.stage(), Stage::Waiting(_)),
        "{:#?}",
        desk.story.journal
    );
}

#[test]
fn an_agent_on_the_way_out_leaves_one_chain_of_sweeps() {
    let mut desk = Desk::talking(|_| {});
    desk.happens(said(2, RoomEvent::Joined(leg(1))));
    desk.later(1);
    desk.happens(said(3, RoomEvent::Left(leg(1), LeftBecause::Unknown)));
    desk.later(1);

    let next = sees_the_caller_alone(&mut desk);

    assert_eq!(next.len(), 1, "{next:?}");
}
