//! Rooms of conference lines: written with the calls that change them, and what they leave behind.

use exchange::conference::{
    Gathering, Member, Role, Room, RoomId, Stay, Toggle, Whereabouts, WhyLeft,
};
use exchange::{CallSid, Moment, Outcome};
use store::{Change, Commit, RoomChange, Version};

use crate::given::{START, call, change, committed, done, effect, ended, number, scratch, sid};

#[tokio::test]
async fn a_room_is_written_with_the_call_that_changes_it() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut woken = store.rooms_wakes();
    woken.mark_unchanged();

    committed(&store, comes(1, 0)).await;
    committed(&store, comes(2, 1)).await;

    let known = store.room(&room_id()).await.unwrap().unwrap();
    assert_eq!(known.version, Version(2));
    assert_eq!(legs(&known.room), [sid(1), sid(2)]);
    assert_eq!(known.changed, START);
    assert!(woken.has_changed().unwrap());
    let live = store.live_rooms().await.unwrap();
    assert_eq!(live, [known]);
    done(scratch).await;
}

#[tokio::test]
async fn a_room_that_has_moved_on_makes_the_whole_step_a_conflict() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, comes(1, 0)).await;

    // Two come at once; both saw one person.
    let first = store.commit(comes(2, 1)).await.unwrap();
    let second = store.commit(comes(3, 1)).await.unwrap();

    assert_eq!(first, Commit::Committed(Version(1)));
    assert_eq!(second, Commit::Conflict);
    let known = store.room(&room_id()).await.unwrap().unwrap();
    assert_eq!(legs(&known.room), [sid(1), sid(2)]);
    assert!(store.load(&sid(3)).await.unwrap().is_none());
    let log = store.room_log(&room_id(), 10).await.unwrap();
    assert_eq!(log.len(), 2);
    done(scratch).await;
}

#[tokio::test]
async fn of_many_who_come_at_once_each_comes_in_once() {
    let scratch = scratch().await;
    let store = scratch.store();

    let mut waiting: Vec<u32> = (1..=8).collect();
    while !waiting.is_empty() {
        let known = store.room(&room_id()).await.unwrap();
        let (was, room) = known.map_or((0, empty()), |known| (known.version.0, known.room));
        let at_once = waiting.iter().map(|n| {
            let mut room = room.clone();
            room.members.push(member(*n));
            store.commit(step(*n, was, room))
        });
        let outcomes = futures::future::join_all(at_once).await;
        let mut outcomes = outcomes.into_iter().map(Result::unwrap);
        waiting.retain(|_| match outcomes.next().unwrap() {
            Commit::Committed(_) => false,
            Commit::Conflict => true,
            other @ (Commit::StalePlan(_) | Commit::Duplicate { .. }) => panic!("{other:?}"),
        });
    }

    let known = store.room(&room_id()).await.unwrap().unwrap();
    let mut came = legs(&known.room);
    came.sort();
    assert_eq!(came, (1..=8).map(sid).collect::<Vec<_>>());
    assert_eq!(known.version, Version(8));
    done(scratch).await;
}

#[tokio::test]
async fn what_is_over_stays_as_attendance_and_the_room_lives_no_more() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, comes(1, 0)).await;
    let stay = stay(1, 1);
    let mut leaves = step(1, 1, empty());
    leaves.was = Version(1);
    let room = leaves.room.as_mut().unwrap();
    room.stays = vec![stay.clone()];
    room.over = Some(gathering(1));

    committed(&store, leaves).await;

    assert_eq!(store.live_rooms().await.unwrap(), []);
    let (past, total) = store.past_gatherings(1).await.unwrap();
    assert_eq!((past, total), (vec![(gathering(1), vec![stay.clone()])], 1));
    assert_eq!(
        store.stays(&room_id(), 1).await.unwrap(),
        std::slice::from_ref(&stay)
    );
    let begun = store.gathering_begun(&room_id(), START.0).await.unwrap();
    assert_eq!(begun, Some((gathering(1), vec![stay])));
    assert_eq!(store.gathering_begun(&room_id(), 7).await.unwrap(), None);
    done(scratch).await;
}

#[tokio::test]
async fn an_old_call_stays_while_something_is_to_be_done_through_it_in_a_live_room() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, comes(1, 0)).await;
    committed(&store, comes(2, 1)).await;
    let mut only_second = empty();
    only_second.members = vec![member(2)];
    let mut leaves = step(1, 2, only_second);
    leaves.was = Version(1);
    leaves.call = ended(leaves.call, Outcome::Attended);
    leaves.effects = vec![effect("room_sweep", START)];
    leaves.room.as_mut().expect("a room").stays = vec![stay(1, 1)];
    committed(&store, leaves).await;
    let later = START.plus_seconds(86_400);

    store.remove_calls(later, later, 9).await.unwrap();
    let while_live = store.load(&sid(1)).await.unwrap();
    let mut leaves = step(2, 3, empty());
    leaves.was = Version(1);
    committed(&store, leaves).await;
    store.remove_calls(later, later, 9).await.unwrap();
    let when_over = store.load(&sid(1)).await.unwrap();

    assert!(while_live.is_some() && when_over.is_none());
    done(scratch).await;
}

#[tokio::test]
async fn past_gatherings_come_in_pages_the_latest_first() {
    let scratch = scratch().await;
    let store = scratch.store();
    for n in 1..=25 {
        let mut over = step(n, i64::from(n) - 1, empty());
        let room = over.room.as_mut().unwrap();
        room.over = Some(gathering(n));
        committed(&store, over).await;
    }

    let (first, total) = store.past_gatherings(1).await.unwrap();
    let (second, _) = store.past_gatherings(2).await.unwrap();
    let (third, _) = store.past_gatherings(3).await.unwrap();
    let of_room = store.gatherings_of(&room_id(), 2).await.unwrap();

    let numbers = |page: &[(Gathering, Vec<Stay>)]| -> Vec<u32> {
        page.iter().map(|(gathering, _)| gathering.number).collect()
    };
    assert_eq!(total, 25);
    assert_eq!(numbers(&first), (6..=25).rev().collect::<Vec<_>>());
    assert_eq!(numbers(&second), (1..=5).rev().collect::<Vec<_>>());
    assert!(third.is_empty());
    assert_eq!(numbers(&of_room), [25, 24]);
    done(scratch).await;
}

#[tokio::test]
async fn what_was_done_is_read_the_latest_first() {
    let scratch = scratch().await;
    let store = scratch.store();
    for n in 1..=3 {
        committed(&store, comes(n, i64::from(n) - 1)).await;
    }

    let log = store.room_log(&room_id(), 2).await.unwrap();

    let lines: Vec<&str> = log.iter().map(|line| line.line.as_str()).collect();
    assert_eq!(lines, ["3 came.", "2 came."]);
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_process_on_the_same_server_is_woken_too() {
    let scratch = scratch().await;
    if scratch.url().starts_with("sqlite") {
        done(scratch).await;
        return;
    }
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    let mut rooms = there.rooms_wakes();
    // The first wake-up says that the listener is there.
    rooms.changed().await.unwrap();
    rooms.mark_unchanged();

    committed(&here, comes(1, 0)).await;

    rooms.changed().await.unwrap();
    there.close().await;
    done(scratch).await;
}

/// Somebody comes into the room; its version before is how many there are.
fn comes(n: u32, was: i64) -> Change {
    let mut room = empty();
    room.members = (1..=u32::try_from(was).expect("few come"))
        .chain([n])
        .map(member)
        .collect();
    step(n, was, room)
}

fn step(n: u32, was: i64, room: Room) -> Change {
    let mut change = change(call(n), 0);
    change.entry.lines = vec![format!("{n} came.")];
    change.room = Some(RoomChange {
        room,
        was: Version(was),
        stays: Vec::new(),
        over: None,
    });
    change
}

fn room_id() -> RoomId {
    RoomId::parse("conference.main").expect("a room id")
}

fn empty() -> Room {
    Room {
        gathering: 1,
        opened: START,
        ..Room::new(room_id())
    }
}

fn legs(room: &Room) -> Vec<CallSid> {
    room.members
        .iter()
        .map(|member| member.leg.clone())
        .collect()
}

fn member(n: u32) -> Member {
    let off = Toggle::settled(false, START);
    Member {
        leg: sid(n),
        name: format!("Visitor {n}"),
        number: None,
        user: None,
        invite: None,
        role: Role::Participant,
        came: START,
        place: Whereabouts::Inside { since: START },
        entered: Some(START),
        waiting: None,
        met: None,
        mute: off,
        hold: off,
        is_company: false,
        ends: off,
        hand: None,
        speaking: None,
        leaving: None,
        round: 1,
        led: START,
        moving: None,
        heard: 0,
        acts: Vec::new(),
    }
}

fn stay(n: u32, gathering: u32) -> Stay {
    Stay {
        gathering,
        leg: sid(n),
        name: format!("Visitor {n}"),
        number: Some(number("+13125550123")),
        user: None,
        role: Role::Participant,
        was_called: false,
        came: START,
        met: None,
        left: START.plus_seconds(60),
        why: WhyLeft::HungUp,
    }
}

fn gathering(n: u32) -> Gathering {
    Gathering {
        room: room_id(),
        number: n,
        opened: Moment(START.0 + i64::from(n - 1) * 1000),
        first_met: None,
        closed: Moment(START.0 + i64::from(n) * 60_000),
        visits: 1,
    }
}
