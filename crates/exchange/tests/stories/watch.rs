//! Stories of supervisors who listen to a call, coach in it, and speak.

use exchange::{
    Act, Agent, Chosen, Done, Effect, Filed, HeardBy, LeftBecause, LegOf, Outcome, Present,
    Refusal, Reported, RoomEvent, Seen, Shown, Stage, SupportEvent, TeamId, TransferKind,
    WatchMode, Watcher, shown,
};

use crate::desk::{Desk, leg, present, user};
use crate::support_talk::said;
use crate::transfer::{ben, hand_over, ringing, settled};

/// Sam's leg asks for the room.
pub(crate) fn joins(n: u32, mode: WatchMode) -> SupportEvent {
    SupportEvent::WatcherJoins {
        user: user("sam"),
        name: "Sam".to_owned(),
        leg: leg(n),
        mode,
    }
}

impl Desk {
    /// Sam is in the room, by leg 9.
    pub(crate) fn watched(mode: WatchMode) -> Self {
        let mut desk = settled();
        desk.happens(joins(9, mode));
        desk.happens(said(8, RoomEvent::Joined(leg(9))));
        desk
    }

    pub(crate) fn sam(&self) -> &Watcher {
        let sam = self.support().watcher(&user("sam"));
        sam.expect("Sam watches")
    }

    /// The carrier has changed by whom Sam is heard, or could not.
    pub(crate) fn heard_is(&mut self, by: HeardBy, how: Result<(), String>) {
        let leg = leg(9);
        self.happens(SupportEvent::Did(Done::HeardSet { leg, by, how }));
    }

    pub(crate) fn tells(&self, by: &HeardBy) -> bool {
        self.does(&Effect::SetHeard {
            leg: leg(9),
            by: by.clone(),
        })
    }

    fn says_only(&self, words: &str) {
        assert_eq!(self.story.heard, [words]);
        assert_eq!(self.story.answer.last(), Some(&Act::HangUp));
    }
}

#[test]
fn a_listener_hears_the_room_is_muted_and_neither_starts_nor_ends_it() {
    let mut desk = settled();

    desk.happens(joins(9, WatchMode::Listen));

    let join = desk.joins();
    assert_eq!((join.starts, join.ends), (false, false));
    assert_eq!(join.heard, HeardBy::Nobody);
    assert_eq!(desk.sam().confirmed(), None);
    desk.happens(said(8, RoomEvent::Joined(leg(9))));
    assert_eq!(desk.sam().confirmed(), Some(WatchMode::Listen));
    assert_eq!(desk.support().seats.len(), 1);
    assert!(
        !desk
            .takes_off()
            .iter()
            .any(|effect| matches!(effect, Effect::SetEndsRoom { .. } | Effect::SetHeard { .. }))
    );
    desk.told("Sam joined the call: listens.");
    let audited = Filed::Audited {
        by: user("sam"),
        what: "Sam joined the call: listens.".to_owned(),
    };
    assert_eq!(desk.filed, [audited]);
}

#[test]
fn a_coach_is_heard_by_the_agent_alone_and_a_speaker_by_everybody() {
    let mut desk = settled();

    desk.happens(joins(9, WatchMode::Coach));
    assert_eq!(desk.joins().heard, HeardBy::Only(leg(1)));
    desk.happens(joins(10, WatchMode::Speak));

    assert_eq!(desk.joins().heard, HeardBy::Everybody);
    let ended = Effect::EndLeg {
        leg: LegOf::Leg(leg(9)),
    };
    assert!(desk.does(&ended), "one leg of Sam's is enough");
    assert_eq!(desk.support().watching().count(), 1);
}

#[test]
fn the_switch_is_wanted_first_and_then_confirmed_and_a_second_click_changes_nothing() {
    let mut desk = Desk::watched(WatchMode::Listen);
    let (coach, all) = (HeardBy::Only(leg(1)), HeardBy::Everybody);
    let mode = |mode| exchange::Command::Watch { mode };

    desk.commands("Sam", mode(WatchMode::Coach));
    assert!(desk.tells(&coach));
    let both = (desk.sam().mode, desk.sam().confirmed());
    assert_eq!(both, (WatchMode::Coach, Some(WatchMode::Listen)));
    desk.takes_off();
    desk.commands("Sam", mode(WatchMode::Coach));
    assert_eq!(desk.effects, []);
    desk.heard_is(coach, Ok(()));
    assert_eq!(desk.sam().confirmed(), Some(WatchMode::Coach));

    // Two clicks in quick succession: the last answer counts.
    desk.commands("Sam", mode(WatchMode::Speak));
    desk.commands("Sam", mode(WatchMode::Listen));
    desk.heard_is(all, Ok(()));
    assert_eq!(desk.sam().confirmed(), Some(WatchMode::Coach));
    desk.heard_is(HeardBy::Nobody, Ok(()));
    assert_eq!(desk.sam().confirmed(), Some(WatchMode::Listen));
    let audited = desk.filed.len();
    assert_eq!(audited, 4, "{:?}", desk.filed);
}

#[test]
fn what_the_carrier_refuses_leaves_the_supervisor_silent() {
    let mut desk = Desk::watched(WatchMode::Listen);
    desk.commands(
        "Sam",
        exchange::Command::Watch {
            mode: WatchMode::Speak,
        },
    );

    desk.heard_is(HeardBy::Everybody, Err("503".to_owned()));

    assert_eq!(desk.sam().mode, WatchMode::Listen);
    assert!(desk.tells(&HeardBy::Nobody));
    desk.told("Who hears Sam could not be changed: 503.");
    desk.heard_is(HeardBy::Nobody, Ok(()));
    assert_eq!(desk.sam().confirmed(), Some(WatchMode::Listen));
}

#[test]
fn a_coach_follows_a_hand_over_once_the_new_agent_hears() {
    let mut desk = ringing(ben(), TransferKind::Consult);
    desk.happens(joins(9, WatchMode::Coach));
    desk.happens(said(7, RoomEvent::Joined(leg(9))));
    desk.answers("Ben", 2);
    desk.happens(said(8, RoomEvent::Joined(leg(2))));
    assert_eq!(
        desk.sam().told,
        HeardBy::Only(leg(1)),
        "Ana has the caller still"
    );
    // Ana speaks with the caller, and Ben hears music.
    desk.commands("Ana", exchange::Command::Swap);
    desk.happens(SupportEvent::Did(Done::HoldSet {
        leg: leg(2),
        on: true,
        how: Ok(()),
    }));

    desk.commands("Ana", exchange::Command::Complete);

    assert!(
        desk.tells(&HeardBy::Nobody),
        "whoever is on hold cannot be coached"
    );
    desk.happens(SupportEvent::Did(Done::HoldSet {
        leg: leg(2),
        on: false,
        how: Ok(()),
    }));
    assert!(desk.tells(&HeardBy::Only(leg(2))));
    desk.talks("Ben");
}

#[test]
fn watchers_are_no_agents_for_flags_transfers_and_losses() {
    let mut desk = Desk::watched(WatchMode::Speak);

    // The only agent may hand over, though Sam is in the room.
    desk.commands("Ana", hand_over(ben(), TransferKind::Warm));
    assert!(desk.step().is_some());
    desk.commands("Ana", exchange::Command::CancelTransfer);
    desk.flag_is(1, true);
    desk.takes_off();

    // Ana is lost: the caller is not left to Sam.
    desk.happens(said(20, RoomEvent::Left(leg(1), LeftBecause::HungUp)));

    assert!(matches!(desk.stage(), Stage::Waiting(waiting) if waiting.first.is_some()));
    assert_eq!(desk.support().watching().count(), 1);
}

#[test]
fn a_watcher_whose_room_ended_is_led_back_muted_and_then_heard_as_before() {
    let mut desk = Desk::watched(WatchMode::Speak);
    desk.happens(said(20, RoomEvent::Left(leg(1), LeftBecause::HungUp)));
    desk.takes_off();

    desk.happens(SupportEvent::WatcherLeft {
        leg: leg(9),
        is_over: false,
    });

    let join = desk.joins();
    assert_eq!((join.starts, join.ends), (false, false));
    assert_eq!(join.heard, HeardBy::Nobody);
    assert!(!desk.tells(&HeardBy::Everybody), "they are not there yet");
    desk.happens(said(21, RoomEvent::Joined(leg(9))));
    assert!(desk.tells(&HeardBy::Everybody));
}

#[test]
fn a_lost_watcher_harms_nobody() {
    for told in [
        said(20, RoomEvent::Left(leg(9), LeftBecause::HungUp)),
        SupportEvent::WatcherLeft {
            leg: leg(9),
            is_over: true,
        },
    ] {
        let mut desk = Desk::watched(WatchMode::Speak);
        desk.takes_off();
        let before = desk.stage().clone();

        desk.happens(told.clone());
        desk.happens(told);

        assert_eq!(desk.stage(), &before);
        assert_eq!(desk.effects, []);
        assert_eq!(desk.support().watching().count(), 0);
        desk.told("Sam left the call.");
    }
}

#[test]
fn whoever_hangs_up_listens_no_more() {
    let mut desk = Desk::watched(WatchMode::Listen);
    desk.takes_off();

    desk.commands("Sam", exchange::Command::HangUp);

    assert_eq!(desk.support().watching().count(), 0);
    let ended = Effect::EndLeg {
        leg: LegOf::Leg(leg(9)),
    };
    assert_eq!(desk.effects, [ended]);
    desk.talks("Ana");
}

#[test]
fn nobody_is_led_into_a_room_that_is_not_there() {
    let mut over = settled();
    over.caller_goes();
    over.happens(joins(9, WatchMode::Listen));
    over.says_only("watch_over[]");

    let mut ends = settled();
    ends.commands("Ana", exchange::Command::HangUp);
    ends.happens(joins(9, WatchMode::Listen));
    ends.says_only("watch_over[]");

    let mut new = Desk::before(|_| {});
    new.happens(joins(9, WatchMode::Listen));
    new.says_only("watch_over[]");

    let mut own = settled();
    own.happens(SupportEvent::WatcherJoins {
        user: user("ana"),
        name: "Ana".to_owned(),
        leg: leg(9),
        mode: WatchMode::Coach,
    });
    own.says_only("watch_own_call[]");
    assert_eq!(own.support().watchers, []);
}

#[test]
fn a_click_that_comes_too_late_is_told_what_is_true_now() {
    let mut desk = settled();
    let click = |name: &str| SupportEvent::Command {
        by: user(name),
        what: exchange::Command::Watch {
            mode: WatchMode::Speak,
        },
    };

    assert_eq!(desk.refused(click("sam")), Refusal::NotWatching);
    assert_eq!(desk.refused(click("ana")), Refusal::OwnCall);
    desk.happens(joins(9, WatchMode::Listen));
    desk.happens(said(20, RoomEvent::Left(leg(1), LeftBecause::HungUp)));
    let coach = SupportEvent::Command {
        by: user("sam"),
        what: exchange::Command::Watch {
            mode: WatchMode::Coach,
        },
    };
    assert!(matches!(desk.refused(coach), Refusal::NobodyToCoach(_)));
    desk.caller_goes();
    assert_eq!(desk.refused(click("sam")), Refusal::Ended);
}

#[test]
fn a_watchers_leg_ends_with_the_call() {
    let mut desk = Desk::watched(WatchMode::Coach);
    desk.takes_off();

    desk.caller_goes();

    desk.ended(Outcome::Connected);
    let ended = Effect::EndLeg {
        leg: LegOf::Leg(leg(9)),
    };
    assert!(desk.does(&ended) && desk.does(&Effect::EndRoom));
    assert_eq!(desk.support().watching().count(), 0);
}

#[test]
fn a_sweep_finds_who_watches_who_does_not_and_who_hears_them() {
    let mut desk = Desk::watched(WatchMode::Coach);
    desk.later(30);
    let seen = |desk: &Desk, sam: Option<HeardBy>| {
        let sid = desk.story.call.sid.clone();
        let there = [(sid, HeardBy::Everybody), (leg(1), HeardBy::Everybody)];
        let people = there.into_iter().chain(sam.map(|heard| (leg(9), heard)));
        let people = people.map(|(leg, heard)| Present {
            ends_room: true,
            is_held: false,
            leg,
            heard,
        });
        SupportEvent::Seen {
            sweep: desk.support().sweep,
            what: Ok(Seen {
                at: desk.story.now,
                caller: Reported::Live,
                conference: desk.support().room.conference.clone(),
                has_started: true,
                people: people.collect(),
            }),
        }
    };
    desk.takes_off();

    let event = seen(&desk, Some(HeardBy::Everybody));
    desk.happens(event);
    assert!(
        desk.tells(&HeardBy::Only(leg(1))),
        "what did not hold is set again"
    );
    desk.heard_is(HeardBy::Only(leg(1)), Ok(()));
    let event = seen(&desk, None);
    desk.happens(event);

    assert_eq!(desk.support().watching().count(), 0);
    desk.takes_off();
    desk.later(30);
    let event = seen(&desk, Some(HeardBy::Nobody));
    desk.happens(event);
    let ended = Effect::EndLeg {
        leg: LegOf::Leg(leg(9)),
    };
    assert!(desk.does(&ended), "who should be gone is");
}

#[test]
fn no_call_rings_at_a_phone_that_is_in_somebody_elses() {
    let mut desk = settled();
    let team = TeamId::parse("support").expect("a team");
    let mut sam = Agent::new(
        user("sam"),
        "Sam".to_owned(),
        vec![team.clone()],
        desk.story.now,
    );
    sam.chosen = Chosen::Available;
    desk.agents.insert(user("sam"), sam);
    let can_take = |desk: &Desk| {
        let now = desk.story.now;
        desk.agents[&user("sam")].can_take(&team, &present(now), now)
    };
    assert!(can_take(&desk));

    desk.happens(joins(9, WatchMode::Listen));
    assert!(!can_take(&desk));
    let now = desk.story.now;
    let standing = shown(&desk.agents[&user("sam")], &present(now), now);
    assert_eq!(
        (standing.shown, standing.why),
        (Shown::OnCall, Some("listening"))
    );
    desk.commands("Sam", exchange::Command::HangUp);

    assert!(can_take(&desk));
}
