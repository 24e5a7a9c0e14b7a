//! What is to be heard in rooms, queues and recordings, as data for whoever mixes it (reference F.5, F.6, B.6).

use carrier::engine::{
    CreateRecording, PauseBehavior, RecordingSid, Sounding, Time, UpdateConference, UpdateRecording,
};
use twilio::CallSid;
use twiml::{
    Conference, ConferenceRecord, Dial, Enqueue, Number, Pause, Play, Queue, Record, RecordMode,
    Response, Say,
};

use super::people::{ADA, BEN, CLEO, app, desk, somebody};
use super::support::{OFFICE, OTHER_OF_OURS, World, http};

impl World {
    /// What a leg hears at this moment.
    fn in_ear(&self, leg: &CallSid) -> Vec<Sounding> {
        let mut ears = self.engine.sound_plan().ears;
        ears.remove(leg)
            .unwrap_or_else(|| panic!("{leg} has no ear"))
    }

    /// As [`Self::in_ear`], without the tones of those who came and went.
    fn in_ear_of_talk(&self, leg: &CallSid) -> Vec<Sounding> {
        let beep = |sound: &Sounding| matches!(sound, Sounding::Beep { .. });
        let mut heard = self.in_ear(leg);
        heard.retain(|sound| !beep(sound));
        heard
    }

    fn on_tape(&self, tape: &RecordingSid) -> Option<Vec<Vec<Sounding>>> {
        let mut tapes = self.engine.sound_plan().tapes;
        tapes.remove(tape).map(|tape| tape.channels)
    }

    fn tape(&self) -> RecordingSid {
        let tapes = self.engine.recordings(&Default::default());
        tapes.first().expect("something is recorded").sid.clone()
    }
}

/// The voices of these legs, in the order of a plan.
fn voices<const N: usize>(legs: [&CallSid; N]) -> Vec<Sounding> {
    let mut voices = legs.map(|leg| Sounding::Voice(leg.clone())).to_vec();
    voices.sort();
    voices
}

fn words(text: &str, since: i64) -> Sounding {
    Sounding::Words {
        text: text.to_owned(),
        since: Time(since),
    }
}

fn quiet() -> Conference {
    desk().beep(twiml::Beep::Never)
}

fn three(world: &mut World) -> [CallSid; 3] {
    [ADA, BEN, CLEO].map(|from| world.enters(from, quiet()))
}

#[test]
fn everybody_in_a_room_hears_the_others_and_not_itself() {
    let mut world = World::new();
    let [ada, ben, cleo] = three(&mut world);

    assert_eq!(world.in_ear(&ada), voices([&ben, &cleo]));
    assert_eq!(world.in_ear(&ben), voices([&ada, &cleo]));
    assert_eq!(world.in_ear(&cleo), voices([&ada, &ben]));
}

#[test]
fn mute_hold_and_coaching_decide_whose_voice_is_in_whose_ear() {
    let mut world = World::new();
    let [ada, ben, cleo] = three(&mut world);
    let room = world.room().sid;

    world.mute(&room, &ben, true);
    assert_eq!(world.in_ear(&ada), voices([&cleo]));
    assert_eq!(world.in_ear(&ben), voices([&ada, &cleo]));
    world.mute(&room, &ben, false);
    let pupil = ada.to_string();
    world.update(&room, &cleo, |update| {
        update.call_sid_to_coach = Some(pupil);
    });
    assert_eq!(world.in_ear(&ada), voices([&ben, &cleo]));
    assert_eq!(world.in_ear(&ben), voices([&ada]));
    world.hold(&room, &ben, true);

    assert_eq!(world.in_ear(&ben), [Sounding::Music]);
    assert_eq!(world.in_ear(&ada), voices([&cleo]));
}

#[test]
fn one_who_waits_for_the_room_hears_what_it_is_given() {
    for (noun, heard) in [
        (quiet(), vec![Sounding::Music]),
        (quiet().wait_url(""), Vec::new()),
        (quiet().wait_url("/wait"), vec![words("soon", 0)]),
    ] {
        let mut world = World::new();
        world.page("/wait", Response::new().say(Say::new("soon")));

        let ada = world.enters(ADA, noun);

        assert_eq!(world.in_ear(&ada), heard);
    }
}

#[test]
fn one_on_hold_hears_its_document_to_its_end() {
    let mut world = World::new();
    let [ada, ben, cleo] = three(&mut world);
    let room = world.room().sid;
    let hold = Response::new()
        .pause(Pause::seconds(1))
        .say(Say::new("please hold"));
    world.page("/hold", hold);

    world.update(&room, &ada, |update| {
        update.hold = Some(true);
        update.hold_url = Some(app("/hold"));
    });
    assert!(world.in_ear(&ada).is_empty());
    world.pass_ms(1_000);
    assert_eq!(world.in_ear(&ada), [words("please hold", 1_000)]);
    world.pass_ms(1_100);
    assert!(world.in_ear(&ada).is_empty());
    world.hold(&room, &ada, false);

    assert_eq!(world.in_ear(&ada), voices([&ben, &cleo]));
}

#[test]
fn those_who_are_there_hear_who_comes_and_goes() {
    let mut world = World::new();
    let ada = world.enters(ADA, desk());
    world.pass(3);
    let ben = world.enters(BEN, desk());
    let beep = |since: i64| Sounding::Beep { since: Time(since) };
    assert!(world.in_ear(&ada).contains(&beep(3_000)));
    assert_eq!(world.in_ear(&ben), voices([&ada]));
    world.pass(2);
    let cleo = world.enters(CLEO, desk());
    world.pass(2);

    world.hang_up(&cleo);

    assert!(world.in_ear(&ada).contains(&beep(7_000)));
    assert!(world.in_ear(&ben).contains(&beep(7_000)));
}

#[test]
fn an_announcement_is_heard_over_the_talk_by_those_it_is_for() {
    let mut world = World::new();
    let [ada, ben, cleo] = three(&mut world);
    let room = world.room().sid;
    world.page("/news", Response::new().say(Say::new("closing")));
    world.page("/note", Response::new().say(Say::new("only you")));
    let update = UpdateConference {
        announce_url: Some(app("/news")),
        ..UpdateConference::default()
    };

    world
        .engine
        .update_conference(&room, &update)
        .expect("the room is open");
    world.work();
    world.update(&room, &ada, |update| {
        update.announce_url = Some(app("/note"));
    });
    let others = voices([&ben, &cleo]);
    let both = [words("closing", 0), words("only you", 0)];
    assert_eq!(world.in_ear(&ada), [others.clone(), both.to_vec()].concat());
    assert!(world.in_ear(&ben).contains(&words("closing", 0)));
    assert!(!world.in_ear(&ben).contains(&words("only you", 0)));
    world.pass(2);

    assert_eq!(world.in_ear(&ada), others);
}

#[test]
fn an_announced_sound_begins_when_it_is_there_and_lasts_as_long_as_it_is() {
    let mut world = World::new();
    let [ada, ben, cleo] = three(&mut world);
    let document = Response::new()
        .play(Play::new("/gong.wav").times(2))
        .play(Play::new("/nothing.wav"))
        .say(Say::new("the end"));
    world.page("/news", document);
    let gong = carrier::wave::silence(1_500, 1);
    world.answers("/gong.wav", vec![sound(&gong)]);
    world.answers("/nothing.wav", vec![http(404, None, "")]);
    let room = world.room().sid;
    world.update(&room, &ada, |update| {
        update.announce_url = Some(app("/news"));
    });

    let gong = |since: i64| Sounding::Sound {
        url: app("/gong.wav"),
        since: Time(since),
    };
    let expected = [gong(0), gong(1_500), words("the end", 3_000)];
    for sound in expected {
        let with_it = [voices([&ben, &cleo]), vec![sound]].concat();
        assert_eq!(world.in_ear(&ada), with_it);
        world.pass_ms(1_500);
    }
    assert_eq!(world.to("/gong.wav").len(), 1);
    assert_eq!(world.troubles(&ada), [11200]);
}

#[test]
fn those_in_a_room_hear_ringing_while_somebody_is_dialled_for_it() {
    let mut world = World::new();
    let [ada, ..] = three(&mut world);
    let create = carrier::engine::CreateParticipant {
        early_media: Some(true),
        beep: Some("false".to_owned()),
        ..somebody(OFFICE)
    };

    let office = world.adds("desk", &create);
    assert!(world.in_ear(&ada).contains(&Sounding::Ringback));
    assert!(!world.engine.sound_plan().ears.contains_key(&office));
    world.answer(&office);

    assert!(!world.in_ear(&ada).contains(&Sounding::Ringback));
    assert!(world.in_ear(&ada).contains(&Sounding::Voice(office)));
}

#[test]
fn a_caller_in_a_queue_hears_music_and_then_the_one_who_took_it() {
    let mut world = World::new();
    let enqueue = Enqueue::queue("support");
    world.page("/voice", Response::new().enqueue(enqueue));
    let ada = world.rings_from(ADA);
    assert_eq!(world.in_ear(&ada), [Sounding::Music]);
    world.page("/whisper", Response::new().say(Say::new("you are next")));

    let queue = Queue::new("support").url("/whisper");
    let ben = world.dials(BEN, Dial::new(queue));
    assert_eq!(world.in_ear(&ada), [words("you are next", 0)]);
    assert_eq!(world.in_ear(&ben), [Sounding::Ringback]);
    world.pass(2);

    assert_eq!(world.in_ear(&ada), voices([&ben]));
    assert_eq!(world.in_ear(&ben), voices([&ada]));
}

#[test]
fn a_conference_is_recorded_as_all_hear_it() {
    let mut world = World::new();
    let recorded = quiet().record(ConferenceRecord::FromStart);
    let [ada, ben, cleo] = [ADA, BEN, CLEO].map(|from| world.enters(from, recorded.clone()));
    let (room, tape) = (world.room().sid, world.tape());
    let all = voices([&ada, &ben, &cleo]);
    assert_eq!(world.on_tape(&tape), Some(vec![all]));

    world.mute(&room, &ada, true);
    world.hold(&room, &ben, true);
    assert_eq!(world.on_tape(&tape), Some(vec![voices([&cleo])]));
    world.hang_up(&ada);
    world.hang_up(&ben);
    world.hang_up(&cleo);

    assert_eq!(world.on_tape(&tape), None);
}

#[test]
fn a_recorded_dial_has_each_party_on_a_channel_where_two_are_wanted() {
    for (mode, two) in [
        (RecordMode::FromAnswer, false),
        (RecordMode::FromAnswerDual, true),
    ] {
        let mut world = World::new();
        let ada = world.dials(ADA, Dial::new(Number::new(OFFICE)).record(mode));
        let office = world.leg_at(OFFICE);
        world.answer(&office);

        let expected = if two {
            vec![voices([&ada]), voices([&office])]
        } else {
            vec![voices([&ada, &office])]
        };
        assert_eq!(world.on_tape(&world.tape()), Some(expected), "{mode:?}");
    }
}

#[test]
fn a_recording_from_the_ringing_on_has_the_ringing() {
    let mut world = World::new();
    let mode = RecordMode::FromRingingDual;
    let ada = world.dials(ADA, Dial::new(Number::new(OFFICE)).record(mode));

    let expected = vec![voices([&ada]), vec![Sounding::Ringback]];

    assert_eq!(world.on_tape(&world.tape()), Some(expected));
}

#[test]
fn a_message_is_the_callers_voice_alone_after_a_tone() {
    for (beeps, heard) in [
        (true, vec![Sounding::Beep { since: Time(0) }]),
        (false, Vec::new()),
    ] {
        let mut world = World::new();
        let record = Record::new().play_beep(beeps);
        world.page("/voice", Response::new().record(record));

        let ada = world.rings_from(ADA);

        assert_eq!(world.in_ear(&ada), heard);
        assert_eq!(world.on_tape(&world.tape()), Some(vec![voices([&ada])]));
    }
}

#[test]
fn a_pause_is_left_out_or_filled_with_silence() {
    for (behavior, planned) in [
        (PauseBehavior::Silence, Some(vec![Vec::new(), Vec::new()])),
        (PauseBehavior::Skip, None),
    ] {
        let mut world = World::new();
        let [ada, ben, cleo] = three(&mut world);
        let create = CreateRecording {
            channels: Some("dual".to_owned()),
            ..CreateRecording::default()
        };
        let tape = world
            .engine
            .create_recording(&ada, &create)
            .expect("it can be recorded");
        world.work();
        let both = vec![voices([&ada]), voices([&ben, &cleo])];
        assert_eq!(world.on_tape(&tape.sid), Some(both));
        let pause = UpdateRecording {
            status: "paused".to_owned(),
            pause_behavior: Some(behavior),
        };

        world
            .engine
            .update_recording(&tape.sid, &pause)
            .expect("it runs");

        assert_eq!(world.on_tape(&tape.sid), planned);
    }
}

#[test]
fn a_room_that_is_reached_by_two_ways_gives_nobody_its_own_voice() {
    let mut world = World::new();
    let ada = world.enters(ADA, quiet());
    let inner = Response::new().dial(Dial::new(quiet()));
    world.page("/other", inner);
    world.adds("desk", &somebody(OTHER_OF_OURS));
    let ben = world.enters(BEN, quiet());

    assert_eq!(world.in_ear_of_talk(&ada), voices([&ben]));
    assert_eq!(world.in_ear_of_talk(&ben), voices([&ada]));
}

fn sound(file: &[u8]) -> carrier::engine::Answer {
    carrier::engine::Answer::Http {
        status: 200,
        content_type: Some("audio/wav".to_owned()),
        body: file.to_vec(),
        url: String::new(),
    }
}
