//! What is heard: browsers and pretend telephones with headsets, the carrier's mixer between them, all in one process.

use axum::body::Body;
use axum::http::{Method, Request};
use carrier::engine::RecordingFilter;
use carrier::face::{ClientFault, ClockKind, Config, SoundError};
use carrier::media::{Headset, MediaKind};
use carrier::mix::{Level, Source};
use carrier::wave;
use serde_json::{Value, json};
use twilio::CallSid;

use super::support::{ADA, Answer, Browser, HERE, Stage, Talker, is, until_heard};

fn with_sound(config: &mut Config) {
    config.media = MediaKind::WebRtc { address: HERE };
    config.clock = ClockKind::Real;
}

/// Two browsers in a call with each other: the one that called, and the one that was called.
async fn two_agents(stage: &Stage) -> (Talker, Talker) {
    let dial = "<Dial><Client>agent_2</Client></Dial>";
    stage.app.answers("/browser", Answer::twiml(dial));
    let called = Browser::of(&stage.carrier, "agent_2").await;
    let calls = Talker::calls(stage, "agent_1", "", 700.0);
    let (one, two) = tokio::join!(calls, Talker::answers(called, 1_100.0));
    (one, two)
}

#[tokio::test]
async fn two_browsers_hear_each_other() {
    let stage = Stage::for_browsers_with(with_sound).await;

    let (one, two) = two_agents(&stage).await;

    one.hears(&stage, 1_100.0).await;
    two.hears(&stage, 700.0).await;
}

#[tokio::test]
async fn the_sound_goes_on_while_a_socket_is_lost_and_after_it_is_back() {
    let stage = Stage::for_browsers_with(with_sound).await;
    let (one, two) = two_agents(&stage).await;
    one.hears(&stage, 1_100.0).await;

    drop(one.browser);
    stage.until_sockets_are(1).await;
    one.headset.say(Source::Tone { hz: 900.0 });
    until_heard(&stage, &two.headset, 900.0).await;
    let mut browser = Browser::of(&stage.carrier, "agent_1").await;
    let offer = one.headset.reoffer().expect("it looks for a new way");
    let back = json!({"callsid": one.leg.as_str(), "reconnect": one.reconnect, "sdp": offer, "twilio": {}});
    browser.send("invite", back).await;
    let answer = browser.hears("answer").await;
    let description = answer["sdp"].as_str().expect("it has a description");
    one.headset.accept_answer(description).expect("it fits");
    two.headset.say(Source::Tone { hz: 1_300.0 });

    until_heard(&stage, &one.headset, 1_300.0).await;
}

#[tokio::test]
async fn lost_media_are_silent_until_they_are_negotiated_anew() {
    let stage = Stage::for_browsers_with(with_sound).await;
    let (one, mut two) = two_agents(&stage).await;
    one.hears(&stage, 1_100.0).await;

    let lost = stage
        .carrier
        .trouble_client("agent_2", ClientFault::LostMedia);
    stage
        .until(|_| (one.headset.heard().rms < 1.0).then_some(()))
        .await;
    let offer = two.headset.reoffer().expect("it looks for a new way");
    let reinvite = json!({"callsid": two.leg.as_str(), "sdp": offer});
    two.browser.send("reinvite", reinvite).await;
    let answer = two.browser.hears("answer").await;
    let description = answer["sdp"].as_str().expect("it has a description");
    two.headset.accept_answer(description).expect("it fits");

    assert_eq!(lost, Ok(()));
    one.hears(&stage, 1_100.0).await;
}

#[tokio::test]
async fn a_browser_plays_the_telephone_of_a_caller_and_presses_keys() {
    let stage = Stage::for_browsers_with(with_sound).await;
    stage.app.answers(
        "/voice",
        Answer::twiml("<Gather numDigits=\"1\" timeout=\"30\" action=\"/menu\"/>"),
    );
    let dial = "<Dial><Client>agent_1</Client></Dial>";
    stage.app.answers("/menu", Answer::twiml(dial));
    let agent = Browser::of(&stage.carrier, "agent_1").await;
    let ada = stage.ada_calls().await;

    let (headset, offer) = Headset::offer(HERE).unwrap();
    let attached = sound_of(&stage, &ada, Method::POST, offer).await;
    headset.accept_answer(&attached.1).unwrap();
    stage.until(|_| headset.is_connected().then_some(())).await;
    headset.press('7');
    let menu = stage.until_asked("/menu").await;
    headset.say(Source::Tone { hz: 500.0 });
    let agent = Talker::answers(agent, 1_200.0).await;
    agent.hears(&stage, 500.0).await;
    until_heard(&stage, &headset, 1_200.0).await;
    let detached = sound_of(&stage, &ada, Method::DELETE, String::new()).await;
    stage
        .until(|_| (agent.headset.heard().rms < 1.0).then_some(()))
        .await;
    let again = sound_of(&stage, &ada, Method::DELETE, String::new()).await;

    assert_eq!(menu.get("Digits"), "7");
    assert_eq!((attached.0, detached.0, again.0), (201, 204, 404));
}

/// Asks for `/control/legs/{leg}/sound`; the status and the text of the answer.
async fn sound_of(stage: &Stage, leg: &CallSid, method: Method, body: String) -> (u16, String) {
    let request = Request::builder()
        .method(method)
        .uri(format!("/control/legs/{leg}/sound"))
        .header("host", "localhost")
        .header("content-type", "application/sdp");
    let got = stage
        .client()
        .fetch(request.body(Body::from(body)).expect("a request"))
        .await;
    (
        got.0.status.as_u16(),
        String::from_utf8(got.1).expect("a text"),
    )
}

#[tokio::test]
async fn sources_and_levels_stand_in_for_people() {
    let stage = Stage::for_browsers_with(with_sound).await;
    let dial = "<Dial><Client>agent_1</Client></Dial>";
    stage.app.answers("/voice", Answer::twiml(dial));
    let agent = Browser::of(&stage.carrier, "agent_1").await;
    let client = stage.client();
    let ada = stage.ada_calls().await;
    let put = async |body: Value| {
        let path = format!("legs/{ada}/source");
        client.control(Method::PUT, &path, body).await
    };
    let agent = Talker::answers(agent, 1_200.0).await;

    let tone = put(json!({"source": "tone", "hz": 440})).await;
    agent.hears(&stage, 440.0).await;
    stage
        .until(|stage| {
            let levels = stage.carrier.levels(&ada).unwrap();
            (is(levels.said, 440.0) && is(levels.heard, 1_200.0)).then_some(())
        })
        .await;
    let path = format!("legs/{ada}/levels");
    let levels = client.control(Method::GET, &path, Value::Null).await;
    let shrill = put(json!({"source": "tone", "hz": 9_000})).await;
    let none = put(json!({"source": "none"})).await;
    stage
        .until(|_| (agent.headset.heard().rms < 1.0).then_some(()))
        .await;

    assert_eq!((tone.status, none.status), (204, 204));
    assert_eq!((shrill.status, shrill.text("field")), (400, "hz"));
    let hz = levels.json["said"]["peak_hz"].as_f64().unwrap();
    assert!((hz - 440.0).abs() < 20.0, "{levels:?}");
}

#[tokio::test]
async fn what_was_done_to_the_sound_of_a_leg_ends_with_it() {
    let stage = Stage::for_browsers_with(with_sound).await;
    stage
        .app
        .answers("/voice", Answer::twiml("<Pause length=\"60\"/>"));
    let ada = stage.ada_calls().await;
    let (headset, offer) = Headset::offer(HERE).unwrap();
    let answer = stage.carrier.attach_sound(&ada, &offer).unwrap();
    headset.accept_answer(&answer).unwrap();
    stage.until(|_| headset.is_connected().then_some(())).await;
    let tone = Some(Source::Tone { hz: 440.0 });
    stage.carrier.set_source(&ada, tone.clone()).unwrap();

    stage.carrier.hang_up(&ada).unwrap();

    let detached = stage.carrier.detach_sound(&ada);
    assert!(matches!(detached, Err(SoundError::NotAttached)));
    let late = stage.carrier.set_source(&ada, tone);
    assert!(matches!(late, Err(SoundError::Over)));
    stage
        .until(|stage| {
            let levels = stage.carrier.levels(&ada).unwrap();
            (levels.said.rms < 1.0).then_some(())
        })
        .await;
}

#[tokio::test]
async fn a_recording_is_what_was_heard() {
    let stage = Stage::for_browsers_with(with_sound).await;
    let dial = "<Dial record=\"record-from-answer-dual\"><Client>agent_1</Client></Dial>";
    stage.app.answers("/voice", Answer::twiml(dial));
    let agent = Browser::of(&stage.carrier, "agent_1").await;
    let ada = stage.ada_calls().await;
    stage
        .carrier
        .set_source(&ada, Some(Source::Tone { hz: 500.0 }))
        .unwrap();
    let agent = Talker::answers(agent, 1_200.0).await;
    agent.hears(&stage, 500.0).await;
    stage
        .until(|stage| {
            let levels = stage.carrier.levels(&ada).unwrap();
            is(levels.heard, 1_200.0).then_some(())
        })
        .await;

    // Less than a second would be no recording.
    stage.carrier.advance(1_200).await;
    stage.carrier.hang_up(&ada).unwrap();
    let sid = stage
        .until(|stage| {
            let every = RecordingFilter::default();
            let views = stage.carrier.with(|engine| engine.recordings(&every));
            let ready = views.into_iter().find(|view| view.status == "completed");
            ready.map(|view| view.sid)
        })
        .await;
    let file = stage.client().wav(sid.as_str()).await;

    let (left, right) = channels(&file);
    for (channel, hz, other) in [(left.as_slice(), 500.0, 1_200.0), (&right, 1_200.0, 500.0)] {
        // A busy machine may leave steps out, and so end early.
        let has = |hz| {
            channel
                .chunks(2_000)
                .any(|quarter| is(Level::of(quarter), hz))
        };
        assert!(has(hz) && !has(other), "{hz} Hz alone");
    }
    assert_eq!(wave::length_ms(&file), Some(left.len() as i64 / 8));
}

#[tokio::test]
async fn a_message_lasts_as_long_as_somebody_speaks_into_a_microphone() {
    let stage = Stage::for_browsers_with(with_sound).await;
    let record = "<Record timeout=\"1\" playBeep=\"false\" action=\"/left\"/>";
    stage.app.answers("/voice", Answer::twiml(record));
    let ada = stage.ada_calls().await;
    let (headset, offer) = Headset::offer(HERE).unwrap();
    headset.say(Source::Tone { hz: 500.0 });
    let answer = stage.carrier.attach_sound(&ada, &offer).unwrap();
    headset.accept_answer(&answer).unwrap();

    stage.carrier.advance(3_000).await;
    let still_recorded = stage.carrier.with(|engine| {
        let recordings = engine.recordings(&RecordingFilter::default());
        recordings
            .into_iter()
            .map(|view| view.status)
            .collect::<Vec<_>>()
    });
    headset.say(Source::Silence);
    let left = stage.until_asked("/left").await;

    assert_eq!(still_recorded, ["in-progress"]);
    assert_eq!(left.get("Digits"), "");
    let seconds: i64 = left.get("RecordingDuration").parse().expect("a number");
    assert!(seconds >= 3, "{seconds} s");
}

fn channels(file: &[u8]) -> (Vec<i16>, Vec<i16>) {
    let samples = file[44..].chunks_exact(2);
    let samples: Vec<i16> = samples
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    let every = |first: usize| samples.iter().skip(first).step_by(2).copied().collect();
    (every(0), every(1))
}

#[tokio::test]
async fn a_long_sound_is_played_from_its_url() {
    let stage = Stage::for_browsers_with(with_sound).await;
    // A document may have 64 kB, which is less than the second of silence in the beginning.
    let samples = (0..48_000 * 3).map(|at| {
        let turn = f64::from(at) * 640.0 * std::f64::consts::TAU / 48_000.0;
        if at < 48_000 {
            0
        } else {
            (turn.sin() * 9_000.0) as i16
        }
    });
    let mut file = wave::write(&[samples.collect()]);
    file[24..28].copy_from_slice(&48_000_u32.to_le_bytes());
    file[28..32].copy_from_slice(&96_000_u32.to_le_bytes());
    let sound = Answer::Http(200, vec![("content-type", "audio/wav".to_owned())], file);
    stage.app.answers("/long.wav", sound);
    stage
        .app
        .answers("/browser", Answer::twiml("<Play>/long.wav</Play>"));

    let agent = Talker::calls(&stage, "agent_1", "", 300.0).await;

    agent.hears(&stage, 640.0).await;
}

#[tokio::test]
async fn a_carrier_without_sound_says_so() {
    let stage = Stage::for_browsers().await;
    stage
        .app
        .answers("/voice", Answer::twiml("<Pause length=\"60\"/>"));
    let ada = stage.ada_calls().await;
    let client = stage.client();

    let levels = client
        .control(Method::GET, &format!("legs/{ada}/levels"), Value::Null)
        .await;
    let (status, words) = sound_of(&stage, &ada, Method::POST, "v=0\r\n".to_owned()).await;

    assert_eq!((levels.status, status), (409, 409));
    assert!(words.contains("without sound"), "{words}");
}

#[tokio::test]
async fn only_a_telephone_that_is_there_gets_sound() {
    let stage = Stage::for_browsers_with(with_sound).await;
    let (agent, _other) = two_agents(&stage).await;
    stage
        .app
        .answers("/voice", Answer::twiml("<Pause length=\"60\"/>"));
    let ada = stage.ada_calls().await;
    let ben = stage.ada_calls().await;
    stage.carrier.hang_up(&ben).unwrap();
    let unknown = CallSid::parse("CA00000000000000000000000000000000").unwrap();
    let offer = || Headset::offer(HERE).unwrap().1;

    let of_browser = sound_of(&stage, &agent.leg, Method::POST, offer()).await.0;
    let of_nobody = sound_of(&stage, &unknown, Method::POST, offer()).await.0;
    let of_the_past = sound_of(&stage, &ben, Method::POST, offer()).await.0;
    let nonsense = sound_of(&stage, &ada, Method::POST, "hello".to_owned())
        .await
        .0;

    assert_eq!((of_browser, of_nobody), (409, 404));
    assert_eq!((of_the_past, nonsense), (409, 400));
    assert_eq!(
        ADA,
        stage
            .carrier
            .legs()
            .iter()
            .find(|leg| leg.sid == ada)
            .unwrap()
            .number
    );
}
