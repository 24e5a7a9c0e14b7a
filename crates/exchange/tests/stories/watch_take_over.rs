//! Stories of supervisors who take a call over, and of agents who ask for help.

use exchange::{
    AgentEvent, AgentRefusal, Command, Duty, Effect, HeardBy, LeftBecause, Refusal, RoomEvent,
    Stage, SupportEvent, TransferEnd, TransferKind, WatchMode,
};

use crate::desk::{Desk, leg, present, user};
use crate::support_talk::said;
use crate::transfer::{ben, hand_over, settled};
use crate::watch::joins;

/// Sam is in the room by leg 9, as an agent who chose nothing.
fn watched(mode: WatchMode) -> Desk {
    let mut desk = Desk::watched(mode);
    let sam = exchange::Agent::new(user("sam"), "Sam".to_owned(), Vec::new(), desk.story.now);
    desk.agents.insert(user("sam"), sam);
    desk.takes_off();
    desk
}

/// Everybody hears Sam, and the former agent's leaving ends nothing.
fn taken(desk: &mut Desk) {
    desk.heard_is(HeardBy::Everybody, Ok(()));
    desk.flag_is(1, false);
    desk.flag_is(9, true);
}

fn sent_away() -> Effect {
    Effect::SendAway { leg: leg(1) }
}

#[test]
fn a_supervisor_who_takes_over_is_heard_first_and_then_has_the_caller() {
    let mut desk = watched(WatchMode::Listen);

    desk.commands("Sam", Command::TakeOver);
    assert!(desk.tells(&HeardBy::Everybody));
    assert!(matches!(desk.duty("Sam"), Duty::OnCall { .. }));
    desk.talks("Ana");
    desk.heard_is(HeardBy::Everybody, Ok(()));

    desk.talks("Sam");
    assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
    assert!(!desk.does(&sent_away()), "Ana's leaving would end the room");
    desk.flag_is(1, false);
    desk.flag_is(9, true);
    assert!(desk.does(&sent_away()));
    assert_eq!(desk.support().watchers, []);
    desk.told("Sam takes the call over.");
    desk.told("Sam has the caller, whom Ana had.");
    // A second click, and a late one of Ana's.
    desk.commands("Sam", Command::TakeOver);
    let late = SupportEvent::Command {
        by: user("ana"),
        what: Command::HangUp,
    };
    assert_eq!(desk.refused(late), Refusal::NotYours("Sam".to_owned()));
}

#[test]
fn whoever_took_over_is_an_agent_like_others() {
    let mut desk = watched(WatchMode::Coach);
    desk.commands("Sam", Command::TakeOver);
    taken(&mut desk);
    desk.takes_off();

    // Lost: the caller hears music, and Sam is rung first.
    desk.happens(said(30, RoomEvent::Left(leg(9), LeftBecause::HungUp)));
    assert!(matches!(desk.stage(), Stage::Waiting(waiting) if waiting.first == Some(user("sam"))));
    assert!(matches!(desk.duty("Sam"), Duty::Lost { .. }));

    let mut desk = watched(WatchMode::Coach);
    desk.commands("Sam", Command::TakeOver);
    taken(&mut desk);
    desk.commands("Sam", Command::HangUp);
    assert!(matches!(desk.stage(), Stage::Ending(_)));
}

#[test]
fn the_leg_of_whoever_took_over_asks_as_a_watchers_and_is_led_as_an_agents() {
    let mut desk = watched(WatchMode::Speak);
    desk.commands("Sam", Command::TakeOver);
    desk.happens(said(30, RoomEvent::Left(leg(1), LeftBecause::HungUp)));
    desk.next();
    desk.happens(SupportEvent::WatcherLeft {
        leg: leg(9),
        is_over: false,
    });

    let join = desk.joins();

    assert!(join.starts && !join.ends);
    assert_eq!(join.heard, HeardBy::Everybody);
}

#[test]
fn until_they_are_heard_the_take_over_may_come_to_nothing() {
    let mut refused = watched(WatchMode::Listen);
    refused.commands("Sam", Command::TakeOver);
    refused.heard_is(HeardBy::Everybody, Err("503".to_owned()));
    refused.talks("Ana");
    assert_eq!(*refused.duty("Sam"), Duty::Free);
    assert_eq!(refused.sam().mode, WatchMode::Listen);

    let mut lost = watched(WatchMode::Listen);
    lost.commands("Sam", Command::TakeOver);
    lost.happens(said(30, RoomEvent::Left(leg(9), LeftBecause::HungUp)));
    lost.talks("Ana");
    assert_eq!(*lost.duty("Sam"), Duty::Free);

    let mut gone = watched(WatchMode::Listen);
    gone.commands("Sam", Command::TakeOver);
    gone.caller_goes();
    assert_eq!(*gone.duty("Sam"), Duty::Free);

    let mut alone = watched(WatchMode::Listen);
    alone.commands("Sam", Command::TakeOver);
    alone.happens(said(30, RoomEvent::Left(leg(1), LeftBecause::HungUp)));
    alone.told("Sam could not take the call over: they wait for an agent.");
    assert_eq!(*alone.duty("Sam"), Duty::Free);
}

#[test]
fn a_take_over_overtakes_a_transfer_and_takes_the_caller_off_hold() {
    let mut desk = watched(WatchMode::Listen);
    desk.commands("Ana", hand_over(ben(), TransferKind::Consult));
    desk.flag_is(1, false);
    desk.caller_hold_is(true);
    assert!(desk.rings_ben());

    desk.commands("Sam", Command::TakeOver);
    desk.heard_is(HeardBy::Everybody, Ok(()));

    desk.transfer_ended(TransferEnd::Overtaken, "Sam has taken the caller over.");
    assert_eq!(*desk.duty("Ben"), Duty::Free);
    assert!(desk.holds_caller(false));
    assert!(!desk.does(&sent_away()), "the caller hears music still");
    desk.caller_hold_is(false);
    assert!(desk.does(&sent_away()));
    desk.talks("Sam");
}

#[test]
fn whoever_cannot_take_over_is_told_why() {
    let click = |name: &str| SupportEvent::Command {
        by: user(name),
        what: Command::TakeOver,
    };
    let mut desk = settled();
    assert_eq!(desk.refused(click("sam")), Refusal::NotWatching);
    desk.happens(joins(9, WatchMode::Listen));
    desk.happens(SupportEvent::WatcherJoins {
        user: user("vera"),
        name: "Vera".to_owned(),
        leg: leg(10),
        mode: WatchMode::Listen,
    });
    desk.happens(click("vera"));
    assert_eq!(
        desk.refused(click("sam")),
        Refusal::TakenOverBy("Vera".to_owned())
    );
    let listen = SupportEvent::Command {
        by: user("vera"),
        what: Command::Watch {
            mode: WatchMode::Listen,
        },
    };
    assert_eq!(desk.refused(listen), Refusal::TakingOver);

    let now = desk.story.now;
    let busy = exchange::Agent::new(user("sam"), "Sam".to_owned(), Vec::new(), now);
    let other = AgentEvent::TakesOver { call: leg(50) };
    let busy = busy.on(&other, &present(now), now).expect("they may").agent;
    let takes = AgentEvent::TakesOver { call: leg(51) };
    let refused = busy.on(&takes, &present(now), now);
    assert_eq!(
        refused,
        Err(AgentRefusal::OnACall {
            name: "Sam".to_owned()
        })
    );
}

#[test]
fn an_agent_asks_for_help_takes_it_back_and_a_supervisor_comes() {
    let mut desk = settled();
    let help = |on| Command::AskHelp { on };

    desk.commands("Ana", help(true));
    let asked = desk.support().help.clone().expect("help is asked for");
    desk.later(5);
    desk.commands("Ana", help(true));
    assert_eq!(
        desk.support().help,
        Some(asked),
        "a second click changes nothing"
    );
    desk.commands("Ana", help(false));
    assert_eq!(desk.support().help, None);
    desk.told("Ana asks for help.");
    desk.told("Ana needs no help any more.");

    desk.commands("Ana", help(true));
    desk.happens(joins(9, WatchMode::Listen));
    assert_eq!(desk.support().help, None, "Sam has come");
}

#[test]
fn help_is_not_asked_for_longer_than_the_agent_is_in_the_call() {
    let mut lost = settled();
    lost.commands("Ana", Command::AskHelp { on: true });
    lost.happens(said(30, RoomEvent::Left(leg(1), LeftBecause::HungUp)));
    assert_eq!(lost.support().help, None);

    let mut over = settled();
    over.commands("Ana", Command::AskHelp { on: true });
    over.caller_goes();
    assert_eq!(over.support().help, None);

    let ben = SupportEvent::Command {
        by: user("ben"),
        what: Command::AskHelp { on: true },
    };
    assert_eq!(settled().refused(ben), Refusal::NotYours("Ana".to_owned()));
}
