//! Who hears whom.

use carrier::engine::{RecordingSid, Sounding, TapePlan};
use carrier::media::SoundEvent;
use carrier::mix::{Level, Source, strength};
use carrier::wave;

use crate::support::{Stage, leg, plan, soon, tone, voice};

#[tokio::test(flavor = "multi_thread")]
async fn one_who_calls_and_one_who_is_rung_hear_each_other() {
    let mut stage = Stage::new();
    let (ada, _) = stage.caller(1, tone(660.0)).await;
    let (ben, _) = stage.callee(2, tone(1_000.0)).await;

    stage.plays(plan(&[(1, vec![voice(2)]), (2, vec![voice(1)])]));

    stage.hears_tone(&ada, 1_000.0).await;
    stage.hears_tone(&ben, 660.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coach_is_heard_by_one_and_not_by_the_other() {
    let mut stage = Stage::new();
    let (customer, _) = stage.caller(1, Source::Silence).await;
    let (agent, _) = stage.callee(2, tone(700.0)).await;
    let (coach, _) = stage.callee(3, tone(1_100.0)).await;

    stage.plays(plan(&[
        (1, vec![voice(2)]),
        (2, vec![voice(1), voice(3)]),
        (3, vec![voice(1), voice(2)]),
    ]));

    stage.hears_tone(&agent, 1_100.0).await;
    stage.hears_tone(&coach, 700.0).await;
    stage.hears_tone(&customer, 700.0).await;
    let coached = strength(&customer.latest(), 1_100.0);
    assert!(coached < 1_000.0, "the customer hears the coach: {coached}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_on_hold_hears_music_and_is_not_heard() {
    let mut stage = Stage::new();
    let (held, _) = stage.caller(1, tone(660.0)).await;
    let (agent, _) = stage.callee(2, tone(1_000.0)).await;
    stage.plays(plan(&[(1, vec![voice(2)]), (2, vec![voice(1)])]));
    stage.hears_tone(&agent, 660.0).await;

    stage.plays(plan(&[(1, vec![Sounding::Music]), (2, Vec::new())]));

    stage.hears_nothing(&agent).await;
    let is_music = |level: Level| (600.0..6_000.0).contains(&level.rms) && level.peak_hz < 800.0;
    stage.hears("music", &held, is_music).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_reported_once_each_and_in_order() {
    let mut stage = Stage::new();
    let (ada, _) = stage.caller(1, Source::Silence).await;

    let keys = ['1', '1', '#', '0', '*'];
    for key in keys {
        ada.press(key);
    }

    for key in keys {
        let leg = leg(1);
        let pressed = soon("a key", stage.events.recv()).await;
        assert_eq!(pressed, Some(SoundEvent::Pressed { leg, key }));
    }
    // The packets that tell the end of the last one come later.
    stage.sound.pass(20).await;
    assert!(stage.events.try_recv().is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn levels_tell_what_is_said_and_what_is_heard() {
    let mut stage = Stage::new();
    let (_ada, _) = stage.caller(1, tone(660.0)).await;
    stage.plays(plan(&[(1, vec![voice(2)])]));
    assert_eq!(stage.sound.levels(&leg(1)).said, Level::default());

    stage.sound.set_source(&leg(2), Some(tone(1_000.0)));

    let both = async {
        loop {
            stage.sound.pass(5).await;
            let levels = stage.sound.levels(&leg(1));
            let is =
                |level: Level, hz: f64| (level.peak_hz - hz).abs() < 5.0 && level.peak > 7_000.0;
            if is(levels.said, 660.0) && is(levels.heard, 1_000.0) {
                return;
            }
        }
    };
    soon("660 Hz said and 1,000 Hz heard", both).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_stands_in_the_place_of_a_voice_until_it_is_taken_away() {
    let mut stage = Stage::new();
    let (_ada, _) = stage.caller(1, tone(660.0)).await;
    let (ben, _) = stage.callee(2, Source::Silence).await;
    stage.plays(plan(&[(2, vec![voice(1)])]));

    stage.sound.set_source(&leg(1), Some(tone(440.0)));
    stage.hears_tone(&ben, 440.0).await;

    stage.sound.set_source(&leg(1), None);
    stage.hears_tone(&ben, 660.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_has_each_voice_on_its_channel() {
    let mut stage = Stage::new();
    let (ada, _) = stage.caller(1, tone(660.0)).await;
    let (ben, _) = stage.callee(2, tone(1_000.0)).await;
    let sid = RecordingSid::parse(&format!("RE{:032x}", 1)).expect("it has the form of a SID");
    let mut plan = plan(&[(1, vec![voice(2)]), (2, vec![voice(1)])]);
    stage.plays(plan.clone());
    stage.hears_tone(&ada, 1_000.0).await;
    stage.hears_tone(&ben, 660.0).await;
    assert_eq!(stage.sound.recording(&sid), None);

    let channels = vec![vec![voice(1)], vec![voice(2)]];
    plan.tapes.insert(sid.clone(), TapePlan { channels });
    stage.plays(plan.clone());
    stage.sound.pass(55).await;
    plan.tapes.clear();
    stage.plays(plan);
    stage.sound.pass(2).await;

    let file = stage.sound.recording(&sid).expect("it was recorded");
    let length = wave::length_ms(&file).expect("it is a WAV file");
    assert!((1_000..2_000).contains(&length), "{length} ms");
    let samples: Vec<i16> = file[44..]
        .chunks_exact(2)
        .map(|two| i16::from_le_bytes([two[0], two[1]]))
        .collect();
    for (channel, its, other) in [(0, 660.0, 1_000.0), (1, 1_000.0, 660.0)] {
        let sound: Vec<i16> = samples.iter().skip(channel).step_by(2).copied().collect();
        assert!(strength(&sound, its) > 4_000.0, "{its} Hz");
        assert!(strength(&sound, other) < 800.0, "{other} Hz");
    }
    stage.sound.forget_recording(&sid);
    assert_eq!(stage.sound.recording(&sid), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fetched_sound_is_heard_and_what_is_none_is_said_to_be_none() {
    let mut stage = Stage::new();
    let (ada, _) = stage.caller(1, Source::Silence).await;
    let url = "https://app.example/tone.wav".to_owned();
    let samples: Vec<i16> = (0..80_000)
        .map(|at| (f64::from(at % 8) * std::f64::consts::TAU / 8.0).sin() * 8_000.0)
        .map(|sample| sample as i16)
        .collect();

    assert!(stage.sound.put_sound(&url, &wave::write(&[samples])));
    assert!(!stage.sound.put_sound("https://app.example/no.mp3", b"ID3"));
    let since = carrier::engine::Time(0);
    stage.plays(plan(&[(1, vec![Sounding::Sound { url, since }])]));

    stage.hears_tone(&ada, 1_000.0).await;
}
