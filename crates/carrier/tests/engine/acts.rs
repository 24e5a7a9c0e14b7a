//! Whatever happens to the carrier from outside, in any order.

use carrier::engine::{
    CallFilter, ConferenceFilter, CreateCall, CreateParticipant, CreateRecording, PauseBehavior,
    RecordingFilter, UpdateCall, UpdateConference, UpdateParticipant, UpdateRecording,
};
use proptest::prelude::*;
use twilio::CallSid;
use twiml::Response;

use crate::any::{PAGES, document};
use crate::support::*;

/// Something that happens to the carrier from outside.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Rings,
    Create,
    Answer(usize),
    Decline(usize),
    HangUp(usize),
    Press(usize, String),
    Speak(usize),
    Move(usize, &'static str),
    Give(usize, Response),
    End(usize, &'static str),
    Limit(usize, u32),
    Pass(u32),
    Room(RoomAct),
    Dequeue,
    DeleteQueue,
    Tape(usize),
    Stop(&'static str),
}

/// Something that REST does to the conference that was made last.
#[derive(Clone, Debug)]
pub(crate) enum RoomAct {
    Add { by_sid: bool },
    Change(usize, [Option<bool>; 4]),
    Announce(Option<usize>),
    Remove(usize),
    Close,
}

pub(crate) fn act() -> impl Strategy<Value = Act> {
    let leg = 0..6_usize;
    prop_oneof![
        4 => Just(Act::Rings),
        1 => Just(Act::Create),
        4 => leg.clone().prop_map(Act::Answer),
        2 => leg.clone().prop_map(Act::Decline),
        2 => leg.clone().prop_map(Act::HangUp),
        4 => (leg.clone(), "[0-9#*]{1,4}").prop_map(|(leg, keys)| Act::Press(leg, keys)),
        2 => leg.clone().prop_map(Act::Speak),
        2 => (leg.clone(), prop::sample::select(&PAGES[..])).prop_map(|(leg, page)| Act::Move(leg, page)),
        1 => (leg.clone(), document()).prop_map(|(leg, document)| Act::Give(leg, document)),
        1 => (leg, prop::sample::select(&["completed", "canceled"][..]))
            .prop_map(|(leg, status)| Act::End(leg, status)),
        1 => (0..6_usize, prop_oneof![Just(0), 1..99_u32, Just(u32::MAX)])
            .prop_map(|(leg, seconds)| Act::Limit(leg, seconds)),
        4 => (1..20_000_u32).prop_map(Act::Pass),
        2 => room_act().prop_map(Act::Room),
        1 => Just(Act::Dequeue),
        1 => Just(Act::DeleteQueue),
        1 => (0..6_usize).prop_map(Act::Tape),
        1 => prop::sample::select(&["paused", "in-progress", "stopped"][..]).prop_map(Act::Stop),
    ]
}

fn room_act() -> impl Strategy<Value = RoomAct> {
    let who = 0..3_usize;
    prop_oneof![
        2 => any::<bool>().prop_map(|by_sid| RoomAct::Add { by_sid }),
        3 => (who.clone(), any::<[Option<bool>; 4]>()).prop_map(|(who, flags)| RoomAct::Change(who, flags)),
        1 => prop::option::of(who.clone()).prop_map(RoomAct::Announce),
        2 => who.prop_map(RoomAct::Remove),
        1 => Just(RoomAct::Close),
    ]
}

pub(crate) fn sids(world: &World) -> Vec<CallSid> {
    let all = world.engine.calls(&CallFilter::default());
    all.into_iter().map(|call| call.sid).collect()
}

/// The calls that are under way, and behind them those that are over.
fn live_first(world: &World) -> Vec<CallSid> {
    let mut calls = world.engine.calls(&CallFilter::default());
    calls.sort_by_key(|call| call.ended.is_some());
    calls.into_iter().map(|call| call.sid).collect()
}

pub(crate) fn perform(world: &mut World, act: Act) {
    let calls = live_first(world);
    let leg = |index: usize| calls.get(index).cloned();
    match act {
        Act::Rings => {
            world.rings();
        }
        Act::Create => {
            let call = CreateCall {
                to: OFFICE.to_owned(),
                from: OURS.to_owned(),
                url: Some(format!("{APP}/one")),
                status_callback: Some(format!("{APP}/status")),
                ..CreateCall::default()
            };
            world.engine.create_call(call).expect("a good call");
        }
        Act::Answer(index) => {
            leg(index).map(|leg| world.engine.answer(&leg));
        }
        Act::Decline(index) => {
            leg(index).map(|leg| world.engine.decline(&leg));
        }
        Act::HangUp(index) => {
            leg(index).map(|leg| world.engine.hang_up(&leg));
        }
        Act::Press(index, keys) => {
            leg(index).map(|leg| world.engine.press(&leg, &keys));
        }
        Act::Speak(index) => {
            leg(index).map(|leg| world.engine.speak(&leg, "Hello."));
        }
        Act::Move(index, page) => {
            let url = Some(format!("{APP}{page}"));
            let update = UpdateCall {
                url,
                ..UpdateCall::default()
            };
            leg(index).map(|leg| world.engine.update_call(&leg, update));
        }
        Act::Give(index, document) => {
            let twiml = Some(document.to_xml());
            let update = UpdateCall {
                twiml,
                ..UpdateCall::default()
            };
            leg(index).map(|leg| world.engine.update_call(&leg, update));
        }
        Act::End(index, status) => {
            let status = Some(status.to_owned());
            let update = UpdateCall {
                status,
                ..UpdateCall::default()
            };
            leg(index).map(|leg| world.engine.update_call(&leg, update));
        }
        Act::Limit(index, seconds) => {
            let update = UpdateCall {
                time_limit: Some(seconds),
                ..UpdateCall::default()
            };
            leg(index).map(|leg| world.engine.update_call(&leg, update));
        }
        Act::Pass(ms) => world.pass_ms(i64::from(ms)),
        Act::Room(act) => perform_in_room(world, &act),
        Act::Dequeue => {
            if let Some(queue) = world.engine.queues().first() {
                let url = format!("{APP}/two");
                let _member = world.engine.dequeue(&queue.sid, "Front", &url, None);
            }
        }
        Act::DeleteQueue => {
            if let Some(queue) = world.engine.queues().first() {
                let _deleted = world.engine.delete_queue(&queue.sid);
            }
        }
        Act::Tape(index) => {
            leg(index).map(|leg| {
                let create = CreateRecording::default();
                world.engine.create_recording(&leg, &create)
            });
        }
        Act::Stop(status) => {
            let tape = world.engine.recordings(&RecordingFilter::default());
            if let Some(tape) = tape.first() {
                let update = UpdateRecording {
                    status: status.to_owned(),
                    pause_behavior: Some(PauseBehavior::Skip),
                };
                let _tape = world.engine.update_recording(&tape.sid, &update);
            }
        }
    }
    world.work();
}

/// What REST does to the conference that was made last.
fn perform_in_room(world: &mut World, act: &RoomAct) {
    let rooms = world.engine.conferences(&ConferenceFilter::default());
    let room = rooms.first().map(|room| room.sid.clone());
    if let RoomAct::Add { by_sid } = act {
        add(world, room.filter(|_| *by_sid).map(|sid| sid.to_string()));
        return;
    }
    let Some(room) = room else { return };
    let present = world
        .engine
        .participants(&room, &Default::default())
        .unwrap_or_default();
    let who = |index: usize| present.get(index).map(|one| one.call.to_string());
    let url = Some(format!("{APP}/two"));
    match act {
        RoomAct::Add { .. } => {}
        RoomAct::Change(index, [muted, hold, ends, coaching]) => {
            let update = UpdateParticipant {
                muted: *muted,
                hold: *hold,
                hold_url: url,
                end_conference_on_exit: *ends,
                coaching: *coaching,
                call_sid_to_coach: who(0).filter(|_| coaching.is_some()),
                ..UpdateParticipant::default()
            };
            who(*index).map(|who| world.engine.update_participant(&room, &who, &update));
        }
        RoomAct::Announce(Some(index)) => {
            let update = UpdateParticipant {
                announce_url: url,
                ..UpdateParticipant::default()
            };
            who(*index).map(|who| world.engine.update_participant(&room, &who, &update));
        }
        RoomAct::Announce(None) => {
            let update = UpdateConference {
                announce_url: url,
                ..UpdateConference::default()
            };
            let _room = world.engine.update_conference(&room, &update);
        }
        RoomAct::Remove(index) => {
            who(*index).map(|who| world.engine.delete_participant(&room, &who));
        }
        RoomAct::Close => {
            let update = UpdateConference {
                status: Some("completed".to_owned()),
                ..UpdateConference::default()
            };
            let _room = world.engine.update_conference(&room, &update);
        }
    }
}

fn add(world: &mut World, room: Option<String>) {
    let create = CreateParticipant {
        from: OURS.to_owned(),
        to: SECOND_OFFICE.to_owned(),
        status_callback: Some(format!("{APP}/status")),
        ..CreateParticipant::default()
    };
    let room = room.unwrap_or("room".to_owned());
    let _participant = world.engine.create_participant(&room, &create);
}
