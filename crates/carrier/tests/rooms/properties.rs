//! What holds of rooms and queues whatever people and programs do.

use std::collections::{BTreeMap, BTreeSet};

use carrier::engine::{
    ConferenceFilter, ConferenceSid, CreateParticipant, QueueView, Sounding, UpdateCall,
    UpdateConference, UpdateParticipant,
};
use proptest::prelude::*;
use twilio::CallSid;
use twiml::{Dial, Enqueue, Queue, Response, Say};

use super::ears::{Seen, check_plan};
use super::people::{app, desk, somebody};
use super::support::{OFFICE, SECOND_OFFICE, World, settings};

/// Something that somebody does; people are counted round and round.
#[derive(Clone, Debug)]
enum Deed {
    Enters {
        room: u8,
        starts: bool,
        ends: bool,
        muted: bool,
        coaches: Option<u8>,
        label: Option<u8>,
        goes_on: bool,
    },
    Queues(u8),
    Takes(u8),
    Adds {
        room: u8,
        ends: bool,
        second: bool,
    },
    Answers(u8),
    Declines(u8),
    HangsUp(u8),
    Stars(u8),
    Speaks(u8),
    Moves(u8),
    Kicks(u8),
    Changes(u8, Change),
    Closes(u8),
    Announces(u8),
    Dequeues(u8),
    Waits(u16),
}

#[derive(Clone, Debug)]
enum Change {
    Mute(bool),
    Hold(bool),
    EndOnExit(bool),
    Coach(u8),
    CoachNobody,
}

fn deed() -> impl Strategy<Value = Deed> {
    let who = 0_u8..12;
    let change = prop_oneof![
        any::<bool>().prop_map(Change::Mute),
        any::<bool>().prop_map(Change::Hold),
        any::<bool>().prop_map(Change::EndOnExit),
        (0_u8..12).prop_map(Change::Coach),
        Just(Change::CoachNobody),
    ];
    let enters = (
        0_u8..2,
        any::<(bool, bool, bool, bool)>(),
        proptest::option::weighted(0.2, 0_u8..12),
        proptest::option::weighted(0.3, 0_u8..3),
    );
    prop_oneof![
        6 => enters.prop_map(|(room, (starts, ends, muted, goes_on), coaches, label)| {
            Deed::Enters { room, starts, ends: ends && room == 1, muted, coaches, label, goes_on }
        }),
        2 => (0_u8..2).prop_map(Deed::Queues),
        2 => (0_u8..2).prop_map(Deed::Takes),
        2 => (0_u8..2, any::<bool>(), any::<bool>())
            .prop_map(|(room, ends, second)| Deed::Adds { room, ends, second }),
        2 => who.clone().prop_map(Deed::Answers),
        1 => who.clone().prop_map(Deed::Declines),
        2 => who.clone().prop_map(Deed::HangsUp),
        1 => who.clone().prop_map(Deed::Stars),
        1 => who.clone().prop_map(Deed::Speaks),
        1 => who.clone().prop_map(Deed::Moves),
        1 => who.clone().prop_map(Deed::Kicks),
        4 => (who, change).prop_map(|(who, change)| Deed::Changes(who, change)),
        1 => (0_u8..2).prop_map(Deed::Closes),
        1 => (0_u8..2).prop_map(Deed::Announces),
        1 => (0_u8..2).prop_map(Deed::Dequeues),
        2 => (0_u16..60).prop_map(Deed::Waits),
    ]
}

fn world(kept: usize) -> World {
    let mut settings = settings();
    settings.kept = kept;
    let mut world = World::with(settings);
    let song = Response::new().say(Say::new("a song to wait with"));
    world.page("/music", song);
    world.page("/after", Response::new().say(Say::new("after it")));
    world.page("/moved", Response::new().say(Say::new("moved")));
    world
}

fn names(room: u8) -> &'static str {
    if room == 0 { "desk" } else { "hall" }
}

/// One of those who are in a call.
fn person(world: &World, who: u8) -> CallSid {
    let calls = world.engine.calls(&Default::default()).into_iter();
    let live = calls.filter(|call| call.ended.is_none());
    one_of(who, live.map(|call| call.sid).collect())
}

/// One of those who are in a room or dialled for it.
fn one_in(world: &World, room: &ConferenceSid, who: u8) -> CallSid {
    let people = world.people(room).into_iter();
    one_of(who, people.map(|one| one.call).collect())
}

/// One of them, or a call that does not exist where there are none.
fn one_of(who: u8, calls: Vec<CallSid>) -> CallSid {
    let place = usize::from(who).checked_rem(calls.len());
    let found = place.and_then(|place| calls.into_iter().nth(place));
    found.unwrap_or_else(|| CallSid::parse(&format!("CA{who:032x}")).expect("a SID"))
}

fn room_named(world: &World, room: u8) -> Option<ConferenceSid> {
    let filter = ConferenceFilter {
        name: Some(names(room).to_owned()),
        ..ConferenceFilter::default()
    };
    let rooms = world.engine.conferences(&filter);
    rooms.into_iter().next().map(|room| room.sid)
}

fn obey(world: &mut World, deed: &Deed) {
    match deed {
        Deed::Enters {
            room,
            starts,
            ends,
            muted,
            coaches,
            label,
            goes_on,
        } => {
            let mut noun = desk()
                .wait_url("/music")
                .start_conference_on_enter(*starts)
                .end_conference_on_exit(*ends)
                .muted(*muted)
                .max_participants(5);
            noun.name = names(*room).to_owned();
            noun.coach = match (coaches, room_named(world, *room)) {
                (Some(who), Some(room)) => Some(one_in(world, &room, *who).to_string()),
                (Some(_) | None, _) => None,
            };
            noun.participant_label = label.map(|label| format!("label {label}"));
            let mut dial = Dial::new(noun).hangup_on_star(true);
            dial.action = goes_on.then(|| "/after".to_owned());
            world.dials("+13125550142", dial);
        }
        Deed::Queues(queue) => {
            let enqueue = Enqueue::queue(names(*queue))
                .wait_url("/music")
                .action("/after");
            world.page("/voice", Response::new().enqueue(enqueue));
            world.rings_from("+13125550142");
        }
        Deed::Takes(queue) => {
            let dial = Dial::new(Queue::new(names(*queue)).url("/music"));
            world.dials("+13125550142", dial.hangup_on_star(true).action("/after"));
        }
        Deed::Adds { room, ends, second } => {
            let create = CreateParticipant {
                end_conference_on_exit: *ends,
                conference_status_callback: Some(app("/events")),
                conference_status_callback_events: vec![
                    "start end join leave mute hold modify speaker announcement".to_owned(),
                ],
                ..somebody(if *second { SECOND_OFFICE } else { OFFICE })
            };
            world.engine.create_participant(names(*room), &create).ok();
        }
        Deed::Answers(who) => drop(world.engine.answer(&person(world, *who))),
        Deed::Declines(who) => drop(world.engine.decline(&person(world, *who))),
        Deed::HangsUp(who) => drop(world.engine.hang_up(&person(world, *who))),
        Deed::Stars(who) => drop(world.engine.press(&person(world, *who), "*")),
        Deed::Speaks(who) => drop(world.engine.speak(&person(world, *who), "hello there")),
        Deed::Moves(who) => {
            let update = UpdateCall {
                url: Some(app("/moved")),
                ..UpdateCall::default()
            };
            world.engine.update_call(&person(world, *who), update).ok();
        }
        Deed::Kicks(who) => in_its_room(world, *who, |world, room, call| {
            world.engine.delete_participant(&room, call.as_str()).ok();
        }),
        Deed::Changes(who, change) => in_its_room(world, *who, |world, room, call| {
            let mut update = UpdateParticipant::default();
            match change {
                Change::Mute(muted) => update.muted = Some(*muted),
                Change::Hold(hold) => {
                    update.hold = Some(*hold);
                    update.hold_url = Some(app("/music"));
                }
                Change::EndOnExit(ends) => update.end_conference_on_exit = Some(*ends),
                Change::Coach(whom) => {
                    update.call_sid_to_coach = Some(one_in(world, &room, *whom).to_string());
                }
                Change::CoachNobody => update.coaching = Some(false),
            }
            world
                .engine
                .update_participant(&room, call.as_str(), &update)
                .ok();
        }),
        Deed::Closes(room) => change_room(world, *room, Some("completed"), None),
        Deed::Announces(room) => change_room(world, *room, None, Some("/after")),
        Deed::Dequeues(queue) => {
            let queues = world.engine.queues();
            if let Some(queue) = queues.get(usize::from(*queue)) {
                world
                    .engine
                    .dequeue(&queue.sid, "Front", &app("/moved"), None)
                    .ok();
            }
        }
        Deed::Waits(seconds) => world.pass(i64::from(*seconds)),
    }
    world.work();
}

/// Does something to one of those who are in open rooms.
fn in_its_room(world: &mut World, who: u8, deed: impl FnOnce(&mut World, ConferenceSid, CallSid)) {
    let rooms = world.engine.conferences(&ConferenceFilter::default());
    let open: Vec<_> = rooms
        .into_iter()
        .filter(|room| room.status != "completed")
        .collect();
    if let Some(place) = usize::from(who).checked_rem(open.len()) {
        let room = open[place].sid.clone();
        let call = one_in(world, &room, who / 2);
        deed(world, room, call);
    }
}

fn change_room(world: &mut World, room: u8, status: Option<&str>, announce: Option<&str>) {
    if let Some(room) = room_named(world, room) {
        let update = UpdateConference {
            status: status.map(str::to_owned),
            announce_url: announce.map(app),
            announce_method: None,
        };
        world.engine.update_conference(&room, &update).ok();
    }
}

/// What holds at every moment.
fn check(world: &World) -> Result<(), TestCaseError> {
    let mut seen: BTreeSet<CallSid> = BTreeSet::new();
    let mut open: BTreeSet<String> = BTreeSet::new();
    for room in world.engine.conferences(&ConferenceFilter::default()) {
        let people = world.people(&room.sid);
        prop_assert_eq!(people.is_empty(), room.status == "completed");
        if room.status == "completed" {
            continue;
        }
        prop_assert!(open.insert(room.name.clone()), "two rooms of one name");
        for one in &people {
            prop_assert!(
                seen.insert(one.call.clone()),
                "{} is in two rooms",
                one.call
            );
            let status = world.status(&one.call);
            let is_live = ["queued", "ringing", "in-progress"].contains(&status.as_str());
            prop_assert!(is_live, "{} is {status} and in a room", one.call);
        }
        let present: Vec<_> = people
            .iter()
            .filter(|one| one.status == "connected")
            .collect();
        let may_start = present.len() >= 2 && present.iter().any(|one| one.starts_on_enter);
        prop_assert!(
            !(room.status == "init" && may_start),
            "the room should have started"
        );
        let labels: Vec<_> = people.iter().filter_map(|one| one.label.as_ref()).collect();
        let different: BTreeSet<_> = labels.iter().collect();
        prop_assert_eq!(labels.len(), different.len());
        for one in &people {
            for other in &people {
                let should = room.status == "in-progress"
                    && one.call != other.call
                    && one.status == "connected"
                    && other.status == "connected"
                    && !one.hold
                    && !other.hold
                    && !other.muted
                    && other
                        .coached
                        .as_ref()
                        .is_none_or(|coached| *coached == one.call);
                let does = world.engine.hears(&room.sid, &one.call, &other.call);
                prop_assert_eq!(does, should, "{:?} hears {:?}", one, other);
            }
        }
    }
    let waiting: Vec<QueueView> = world.engine.queues();
    for queue in waiting {
        for member in world.engine.members(&queue.sid).expect("the queue exists") {
            prop_assert!(
                seen.insert(member.call.clone()),
                "{} waits twice",
                member.call
            );
            prop_assert_eq!(world.status(&member.call), "in-progress");
        }
    }
    Ok(())
}

/// Those who hear others in a room hear just those whom the room lets them hear, and nobody hears itself.
fn check_ears(world: &World) -> Result<(), TestCaseError> {
    let plan = world.engine.sound_plan();
    for room in world.engine.conferences(&ConferenceFilter::default()) {
        for one in world.people(&room.sid) {
            let Some(heard) = plan.ears.get(&one.call) else {
                continue;
            };
            for other in world.people(&room.sid) {
                let voice = Sounding::Voice(other.call.clone());
                let should = world.engine.hears(&room.sid, &one.call, &other.call);
                prop_assert_eq!(heard.contains(&voice), should, "{:?} in {:?}", one, heard);
            }
            let hears_music = heard.contains(&Sounding::Music);
            prop_assert!(!(hears_music && heard.iter().any(is_voice)), "{heard:?}");
        }
    }
    for (leg, heard) in &plan.ears {
        prop_assert!(!heard.contains(&Sounding::Voice(leg.clone())));
    }
    Ok(())
}

fn is_voice(sound: &Sounding) -> bool {
    matches!(sound, Sounding::Voice(_))
}

/// What holds of all that was told, once everybody is gone.
fn check_notices(world: &World) -> Result<(), TestCaseError> {
    let mut rooms: BTreeMap<String, Vec<[String; 3]>> = BTreeMap::new();
    for request in world.to("/events") {
        let value = |name: &str| request.params.get(name).unwrap_or_default().to_owned();
        let notice = [
            value("SequenceNumber"),
            value("StatusCallbackEvent"),
            value("CallSid"),
        ];
        rooms
            .entry(value("ConferenceSid"))
            .or_default()
            .push(notice);
    }
    for (room, notices) in &rooms {
        for (index, [number, ..]) in notices.iter().enumerate() {
            prop_assert_eq!(number, &(index + 1).to_string(), "{}", room);
        }
        let ends = notices
            .iter()
            .filter(|[_, event, _]| event == "conference-end");
        prop_assert_eq!(ends.count(), 1, "{}: {:?}", room, notices);
        prop_assert_eq!(&notices.last().expect("one was told")[1], "conference-end");
        let starts = notices
            .iter()
            .filter(|[_, event, _]| event == "conference-start");
        prop_assert!(starts.count() <= 1);
        let of = |wanted: &str| -> Vec<&String> {
            let found = notices.iter().filter(|[_, event, _]| event == wanted);
            found.map(|[_, _, call]| call).collect()
        };
        let left: BTreeSet<_> = of("participant-leave").into_iter().collect();
        for call in of("participant-join") {
            prop_assert!(left.contains(call), "{call} came and never left");
        }
        prop_assert_eq!(left.len(), of("participant-leave").len());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn rooms_and_queues_keep_their_rules_whatever_is_done(
        deeds in proptest::collection::vec(deed(), 1..40),
        kept in proptest::sample::select(&[1, 1_000][..]),
    ) {
        let mut world = world(kept);
        let mut seen = Seen::default();

        for deed in &deeds {
            obey(&mut world, deed);
            check(&world)?;
            check_plan(&world, &mut seen)?;
            check_ears(&world)?;
        }
        world.pass(200);
        for call in world.engine.calls(&Default::default()) {
            world.engine.hang_up(&call.sid).ok();
            world.work();
        }
        world.pass(20_000);

        check(&world)?;
        check_notices(&world)?;
        let live = world.engine.calls(&Default::default()).into_iter();
        let live: Vec<_> = live.filter(|call| call.ended.is_none()).collect();
        prop_assert!(live.is_empty(), "{live:?}");
        prop_assert!(world.engine.conferences(&ConferenceFilter::default())
            .iter()
            .all(|room| room.status == "completed"));
    }
}
