//! What ears hear and tapes take down.

use proptest::prelude::*;

use super::*;
use crate::engine::{Sounding, TapePlan};
use crate::mix::{Level, Source, Speaker, rms, strength};
use crate::wave;

fn leg(number: usize) -> CallSid {
    CallSid::parse(&format!("CA{number:032x}")).unwrap()
}

fn tape() -> RecordingSid {
    RecordingSid::parse(&format!("RE{:032x}", 1)).unwrap()
}

fn voice(number: usize) -> Sounding {
    Sounding::Voice(leg(number))
}

fn plan(ears: &[(usize, Vec<Sounding>)]) -> SoundPlan {
    let ears = ears.iter();
    SoundPlan {
        ears: ears
            .map(|(ear, heard)| (leg(*ear), heard.clone()))
            .collect(),
        ..SoundPlan::default()
    }
}

/// All who hear all the others.
fn room(people: usize) -> SoundPlan {
    let others = |one| {
        let others = (0..people).filter(|other| *other != one);
        others.map(voice).collect()
    };
    plan(
        &(0..people)
            .map(|one| (one, others(one)))
            .collect::<Vec<_>>(),
    )
}

/// What each ear hears while steps pass; the voices say tones.
fn heard(
    mixer: &mut Mixer,
    tones: &[(usize, f64)],
    from: Time,
    steps: i64,
) -> BTreeMap<CallSid, Vec<i16>> {
    let mut speakers: Vec<(CallSid, Speaker)> = tones
        .iter()
        .map(|(one, hz)| (leg(*one), Speaker::new(Source::Tone { hz: *hz })))
        .collect();
    let mut sound: BTreeMap<CallSid, Vec<i16>> = BTreeMap::new();
    for step in 0..steps {
        let voices = speakers
            .iter_mut()
            .map(|(leg, speaker)| (leg.clone(), speaker.step()))
            .collect();
        for (leg, frame) in mixer.step(from.plus(step * 20), &voices) {
            sound.entry(leg.clone()).or_default().extend(frame);
        }
    }
    sound
}

#[test]
fn each_in_a_room_hears_the_others_and_not_himself() {
    const TONES: [(usize, f64); 4] = [(0, 500.0), (1, 700.0), (2, 900.0), (3, 1_100.0)];
    for people in 2..=4 {
        let mut mixer = Mixer::default();
        mixer.set_plan(&room(people));

        let sound = heard(&mut mixer, &TONES[..people], Time(0), 25);

        for (one, of_one) in sound.values().enumerate() {
            for (other, hz) in &TONES[..people] {
                let is_heard = strength(of_one, *hz) > 7_000.0;
                assert_eq!(is_heard, *other != one, "{other} by {one} of {people}");
            }
        }
    }
}

#[test]
fn who_is_muted_hears_and_who_coaches_is_heard_by_one() {
    let mut mixer = Mixer::default();
    // The first is muted, the last speaks to the second alone.
    mixer.set_plan(&plan(&[
        (0, vec![voice(1), voice(2)]),
        (1, vec![voice(2), voice(3)]),
        (2, vec![voice(1)]),
        (3, vec![voice(1), voice(2)]),
    ]));
    let tones = [(0, 500.0), (1, 700.0), (2, 900.0), (3, 1_100.0)];

    let sound = heard(&mut mixer, &tones, Time(0), 25);

    let hears = |one: usize| {
        let of_one = &sound[&leg(one)];
        tones.map(|(_, hz)| strength(of_one, hz) > 7_000.0)
    };
    assert_eq!(hears(0), [false, true, true, false]);
    assert_eq!(hears(1), [false, false, true, true]);
    assert_eq!(hears(2), [false, true, false, false]);
    assert_eq!(hears(3), [false, true, true, false]);
}

#[test]
fn what_is_too_loud_stays_at_the_loudest() {
    let mut mixer = Mixer::default();
    mixer.set_plan(&room(4));
    let voices = (0..4).map(|one| (leg(one), [20_000; FRAME])).collect();

    let heard = mixer.step(Time(0), &voices);

    assert!(heard.iter().all(|(_, frame)| *frame == [i16::MAX; FRAME]));
}

#[test]
fn a_change_of_plan_does_not_begin_music_or_words_again() {
    let words = Sounding::Words {
        text: "One moment, please.".to_owned(),
        since: Time(0),
    };
    let both = vec![Sounding::Music, words.clone()];
    let mut steady = Mixer::default();
    steady.set_plan(&plan(&[(0, both.clone())]));
    let mut changed = steady.clone();

    let before = heard(&mut changed, &[], Time(0), 10);
    changed.set_plan(&plan(&[(0, both), (1, vec![words])]));
    let after = heard(&mut changed, &[], Time(200), 10);

    let whole = [before[&leg(0)].clone(), after[&leg(0)].clone()].concat();
    assert_eq!(whole, heard(&mut steady, &[], Time(0), 20)[&leg(0)]);
}

#[test]
fn a_sound_begins_where_it_would_be_by_now() {
    let url = "https://app.example/a.wav".to_owned();
    let sound: Vec<i16> = (0..8_000).collect();
    let mut mixer = Mixer::default();
    mixer.put_sound(&url, sound.clone());
    let since = Time(1_000);
    mixer.set_plan(&plan(&[(0, vec![Sounding::Sound { url, since }])]));

    let heard = heard(&mut mixer, &[], Time(1_500), 50);

    assert_eq!(heard[&leg(0)][..4_000], sound[4_000..]);
    assert_eq!(heard[&leg(0)][4_000..], [0; 4_000]);
}

#[test]
fn a_sound_that_nobody_fetched_is_silent() {
    let mut mixer = Mixer::default();
    let url = "https://app.example/missing.wav".to_owned();
    let since = Time(0);
    mixer.set_plan(&plan(&[(0, vec![Sounding::Sound { url, since }])]));

    assert!(rms(&heard(&mut mixer, &[], Time(0), 25)[&leg(0)]) < 0.1);
}

#[test]
fn ringing_begins_anew_for_everybody() {
    let mut mixer = Mixer::default();
    mixer.set_plan(&plan(&[(0, vec![Sounding::Ringback])]));
    heard(&mut mixer, &[], Time(0), 150);
    mixer.set_plan(&plan(&[
        (0, vec![Sounding::Ringback]),
        (1, vec![Sounding::Ringback]),
    ]));

    let sound = heard(&mut mixer, &[], Time(3_000), 25);

    assert!(rms(&sound[&leg(0)]) < 0.1);
    assert!(rms(&sound[&leg(1)]) > 1_000.0);
}

#[test]
fn a_tape_takes_down_what_its_plan_says_channel_by_channel() {
    let mut mixer = Mixer::default();
    let mut plan = room(2);
    let channels = vec![vec![voice(0)], vec![voice(1)]];
    plan.tapes.insert(tape(), TapePlan { channels });
    mixer.set_plan(&plan);
    heard(&mut mixer, &[(0, 660.0), (1, 1_000.0)], Time(0), 50);
    // A pause that is filled with silence.
    plan.tapes.insert(
        tape(),
        TapePlan {
            channels: vec![Vec::new(); 2],
        },
    );
    mixer.set_plan(&plan);
    heard(&mut mixer, &[(0, 660.0), (1, 1_000.0)], Time(1_000), 25);

    let file = mixer.recording(&tape()).expect("it was recorded");

    assert_eq!(wave::length_ms(&file), Some(1_500));
    let samples: Vec<i16> = file[44..]
        .chunks_exact(2)
        .map(|two| i16::from_le_bytes([two[0], two[1]]))
        .collect();
    for (channel, hz) in [(0, 660.0), (1, 1_000.0)] {
        let sound: Vec<i16> = samples.iter().skip(channel).step_by(2).copied().collect();
        assert!((Level::of(&sound[..8_000]).peak_hz - hz).abs() < 2.0);
        assert!(rms(&sound[8_000..]) < 10.0);
    }
}

#[test]
fn a_tape_that_is_paused_without_silence_leaves_the_time_out() {
    let mut mixer = Mixer::default();
    let mut plan = room(2);
    let channels = vec![vec![voice(0), voice(1)]];
    plan.tapes.insert(tape(), TapePlan { channels });
    for plan in [&plan, &room(2), &plan] {
        mixer.set_plan(plan);
        heard(&mut mixer, &[(0, 660.0)], Time(0), 50);
    }

    let file = mixer.recording(&tape()).expect("it was recorded");

    assert_eq!(wave::length_ms(&file), Some(2_000));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_the_plan_each_ear_hears_the_sum_of_its_voices(
        hears in proptest::collection::vec(proptest::collection::btree_set(0..9_usize, 0..9), 9),
        loudness in proptest::collection::vec(-9_000..9_000_i16, 9),
        is_room: bool,
    ) {
        let ears: Vec<(usize, Vec<Sounding>)> = hears
            .iter()
            .enumerate()
            .map(|(ear, voices)| {
                // A room in which some are muted: all hear the first five others.
                let others = (0..5).filter(|other| *other != ear).collect();
                let voices = if is_room { &others } else { voices };
                (ear, voices.iter().map(|one| voice(*one)).collect())
            })
            .collect();
        let mut mixer = Mixer::default();
        mixer.set_plan(&plan(&ears));
        let voices = loudness.iter().enumerate();
        let voices = voices.map(|(one, loud)| (leg(one), [*loud; FRAME])).collect();

        let heard = mixer.step(Time(0), &voices).to_vec();

        for ((ear, wanted), (leg_heard, frame)) in ears.iter().zip(heard) {
            let sum: i32 = wanted
                .iter()
                .map(|sounding| match sounding {
                    Sounding::Voice(of) => i32::from(voices[of][0]),
                    Sounding::Music
                    | Sounding::Ringback
                    | Sounding::Words { .. }
                    | Sounding::Sound { .. }
                    | Sounding::Keys { .. }
                    | Sounding::Beep { .. } => 0,
                })
                .sum();
            prop_assert_eq!(leg_heard, leg(*ear));
            prop_assert_eq!(i32::from(frame[0]), sum.clamp(-32_768, 32_767));
        }
    }
}
