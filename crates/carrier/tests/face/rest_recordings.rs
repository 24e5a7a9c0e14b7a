//! Recordings by REST (reference E.4).

use super::schema::{assert_described, assert_list};
use super::support::{Answer, BEN, DESK, Stage};

#[tokio::test]
async fn a_call_is_recorded_paused_and_heard_again() {
    let stage = Stage::new().await;
    stage.app.answers(
        "/voice",
        Answer::twiml("<Say>Hello.</Say><Pause length=\"60\"/>"),
    );
    let ada = stage.ada_calls().await;
    let client = stage.client();
    let callback = stage.app.url("/recorded");

    let path = format!("Calls/{ada}/Recordings.json");
    let made = client
        .post(&path, &[("RecordingStatusCallback", &callback)])
        .await;
    stage.carrier.advance(5_000).await;
    let current = format!("Calls/{ada}/Recordings/Twilio.CURRENT.json");
    let paused = client
        .post(&current, &[("Status", "paused"), ("PauseBehavior", "skip")])
        .await;
    stage.carrier.advance(5_000).await;
    let on = client.post(&current, &[("Status", "in-progress")]).await;
    stage.carrier.advance(5_000).await;
    let stopped = client.post(&current, &[("Status", "stopped")]).await;
    stage.carrier.advance(10_000).await;

    assert_eq!(made.status, 201, "{made:?}");
    let statuses = [
        paused.text("status"),
        on.text("status"),
        stopped.text("status"),
    ];
    assert_eq!(statuses, ["paused", "in-progress", "stopped"]);
    for got in [&made, &paused, &on, &stopped] {
        assert_described(&got.json, "call_recording");
    }
    let sid = made.text("sid");
    let ready = client.get(&format!("Recordings/{sid}.json")).await;
    assert_described(&ready.json, "recording");
    assert_eq!(
        (ready.text("status"), ready.text("duration")),
        ("completed", "10")
    );
    let told = &stage.app.asked("/recorded")[0];
    assert_eq!(
        (told.get("RecordingStatus"), told.get("RecordingDuration")),
        ("completed", "10")
    );
    assert_eq!(told.get("RecordingUrl"), ready.text("media_url"));
    assert!(
        ready
            .text("media_url")
            .starts_with(&stage.carrier.base_url())
    );
}

#[tokio::test]
async fn the_sound_of_a_recording_is_fetched() {
    let stage = Stage::new().await;
    stage.app.answers(
        "/voice",
        Answer::twiml("<Record maxLength=\"3\" action=\"/done\"/>"),
    );
    let ada = stage.ada_calls().await;
    stage.carrier.speak(&ada, "After the tone.").unwrap();
    stage.carrier.advance(60_000).await;
    let url = stage.app.asked("/done")[0].get("RecordingUrl").to_owned();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let fetch = async |url: String| {
        let asked = http
            .get(url)
            .basic_auth(super::support::ACCOUNT, Some(super::support::TOKEN));
        asked.send().await.unwrap()
    };

    let sound = fetch(url.clone()).await;
    let wav = fetch(format!("{url}.wav")).await;

    assert_eq!(
        (sound.status(), wav.status()),
        (axum::http::StatusCode::OK, axum::http::StatusCode::OK)
    );
    assert_eq!(sound.headers()["content-type"], "audio/x-wav");
    assert!(sound.bytes().await.unwrap().starts_with(b"RIFF"));
}

#[tokio::test]
async fn recordings_are_listed_and_deleted() {
    let stage = Stage::new().await;
    stage.app.answers(
        "/voice",
        Answer::twiml("<Say>Hi</Say><Pause length=\"60\"/>"),
    );
    let ada = stage.ada_calls().await;
    stage.carrier.advance(1_000).await;
    let client = stage.client();
    let made = client
        .post(&format!("Calls/{ada}/Recordings.json"), &[])
        .await;
    stage.carrier.advance(5_000).await;
    let path = format!("Recordings/{}.json", made.text("sid"));

    let early = client.delete(&path).await;
    stage.carrier.hang_up(&ada).unwrap();
    stage.carrier.advance(10_000).await;
    let all = client.get("Recordings.json").await;
    let of_ada = client
        .get(&format!(
            "Recordings.json?CallSid={ada}&DateCreated=2026-11-20"
        ))
        .await;
    let own = client.get(&format!("Calls/{ada}/Recordings.json")).await;
    let none = client
        .get("Recordings.json?ConferenceSid=CF00000000000000000000000000000000")
        .await;
    let gone = client.delete(&path).await;

    assert_eq!(early.refusal(), (409, 20009));
    assert_eq!(assert_list(&all.json, "recordings", "recording").len(), 1);
    assert_eq!(
        assert_list(&of_ada.json, "recordings", "recording").len(),
        1
    );
    assert_eq!(
        assert_list(&own.json, "recordings", "call_recording").len(),
        1
    );
    assert_eq!(none.json["recordings"].as_array().unwrap().len(), 0);
    assert_eq!(gone.status, 204);
    assert_eq!(client.get(&path).await.refusal(), (404, 20404));
}

#[tokio::test]
async fn a_conference_has_its_recordings() {
    let stage = Stage::new().await;
    let room = "<Dial><Conference record=\"record-from-start\">R</Conference></Dial>";
    stage.app.answers("/voice", Answer::twiml(room));
    let ada = stage.ada_calls().await;
    stage.ada_calls().await;
    stage.carrier.advance(10_000).await;
    let list = stage.client().get("Conferences.json").await;
    let room = list.json["conferences"][0]["sid"]
        .as_str()
        .unwrap()
        .to_owned();
    let client = stage.client();

    let running = client
        .get(&format!("Conferences/{room}/Recordings.json"))
        .await;
    let path = format!("Conferences/{room}/Recordings/Twilio.CURRENT.json");
    let stopped = client.post(&path, &[("Status", "stopped")]).await;
    stage.carrier.hang_up(&ada).unwrap();
    stage.carrier.advance(10_000).await;

    let recordings = assert_list(&running.json, "recordings", "conference_recording");
    assert_eq!(recordings.len(), 1);
    assert_eq!(recordings[0]["source"], "Conference");
    assert_described(&stopped.json, "conference_recording");
}

#[tokio::test]
async fn a_created_call_is_recorded_as_it_was_asked_for() {
    let stage = Stage::new().await;
    let client = stage.client();
    let callback = stage.app.url("/recorded");
    let recorded = [
        ("To", BEN),
        ("From", DESK),
        ("Record", "true"),
        ("RecordingChannels", "dual"),
        ("RecordingTrack", "inbound"),
        ("RecordingStatusCallback", &callback),
        ("RecordingStatusCallbackMethod", "GET"),
        ("RecordingStatusCallbackEvent", "in-progress completed"),
        ("Trim", "do-not-trim"),
    ];
    let twiml = ("Twiml", "<Response><Pause length=\"5\"/></Response>");

    for (path, more) in [
        ("Calls.json", [twiml].as_slice()),
        ("Conferences/Room/Participants.json", &[]),
    ] {
        let made = client.post(path, &[&recorded, more].concat()).await;
        assert_eq!(made.status, 201, "{made:?}");
        stage.carrier.settled().await;
        let leg = stage.leg_at(BEN);
        stage.carrier.answer(&leg).unwrap();
        stage.carrier.advance(5_000).await;
        let _may_be_over = stage.carrier.hang_up(&leg);
        stage.carrier.advance(60_000).await;

        let list = client.get(&format!("Recordings.json?CallSid={leg}")).await;
        let recording = &list.json["recordings"][0];
        assert_eq!(recording["channels"], 2, "{path}");
        assert_eq!(recording["source"], "OutboundAPI", "{path}");
        let told = stage.app.asked("/recorded");
        let told: Vec<_> = told
            .iter()
            .filter(|seen| seen.get("CallSid") == leg.as_str())
            .map(|seen| {
                let track = seen.get("RecordingTrack");
                (seen.method.as_str(), seen.get("RecordingStatus"), track)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("GET", "in-progress", "inbound"),
                ("GET", "completed", "inbound")
            ],
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_call_that_cannot_be_recorded_so_is_not_made() {
    let stage = Stage::new().await;
    let client = stage.client();

    for (name, value, code) in [
        ("RecordingChannels", "three", 20001),
        ("RecordingTrack", "sideways", 20001),
        ("RecordingStatusCallback", "nowhere", 21205),
    ] {
        let asked = [
            ("To", BEN),
            ("From", DESK),
            ("Twiml", "<Response/>"),
            ("Record", "true"),
            (name, value),
        ];
        let made = client.post("Calls.json", &asked).await;

        assert_eq!(made.refusal(), (400, code), "{name}");
    }
    let calls = client.get("Calls.json").await;
    assert_eq!(calls.json["calls"].as_array().unwrap().len(), 0);
}
