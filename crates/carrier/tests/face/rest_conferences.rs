//! Conferences and participants by REST (reference E.3).

use carrier::engine::{EarSound, Habit};
use twilio::CallSid;

use super::schema::{assert_described, assert_list};
use super::support::{ADA, Answer, BEN, DESK, Got, Stage};

const ROOM: &str = "<Dial><Conference statusCallback=\"/room\" statusCallbackEvent=\"start end join leave mute hold modify announcement\" beep=\"false\">Room A</Conference></Dial>";

/// Ada waits in the room and Ben was added to it by REST.
async fn ada_and_ben(stage: &Stage) -> (String, String, String) {
    stage.app.answers("/voice", Answer::twiml(ROOM));
    let ada = stage.ada_calls().await;
    stage.carrier.advance(1_000).await;
    let list = stage
        .client()
        .get("Conferences.json?FriendlyName=Room%20A")
        .await;
    let room = list.json["conferences"][0]["sid"]
        .as_str()
        .expect("a room")
        .to_owned();
    let made = add_ben(stage, &room, &[]).await;
    assert_eq!(made.status, 201, "{made:?}");
    stage.carrier.settled().await;
    let ben = stage.leg_at(BEN);
    stage.carrier.answer(&ben).expect("Ben's telephone rings");
    stage.carrier.settled().await;
    (room, ada.to_string(), ben.to_string())
}

async fn add_ben(stage: &Stage, room: &str, more: &[(&str, &str)]) -> Got {
    let mut params = vec![("From", DESK), ("To", BEN), ("Label", "ben")];
    params.extend(more);
    let path = format!("Conferences/{room}/Participants.json");
    stage.client().post(&path, &params).await
}

fn events(stage: &Stage) -> Vec<String> {
    let asked = stage.app.asked("/room");
    assert!(asked.iter().all(|seen| seen.is_signed));
    asked
        .iter()
        .map(|seen| seen.get("StatusCallbackEvent").to_owned())
        .collect()
}

#[tokio::test]
async fn a_conference_begins_when_two_are_in() {
    let stage = Stage::new().await;

    let (room, ada, ben) = ada_and_ben(&stage).await;

    let got = stage
        .client()
        .get(&format!("Conferences/{room}.json"))
        .await;
    assert_described(&got.json, "conference");
    assert_eq!(
        (got.text("status"), got.text("friendly_name")),
        ("in-progress", "Room A")
    );
    let list = stage
        .client()
        .get(&format!("Conferences/{room}/Participants.json"))
        .await;
    let participants = assert_list(&list.json, "participants", "participant");
    let calls: Vec<_> = participants
        .iter()
        .map(|one| one["call_sid"].as_str().unwrap())
        .collect();
    assert_eq!(calls, [ada.as_str(), ben.as_str()]);
    assert_eq!(participants[1]["label"], "ben");
    assert_eq!(participants[1]["status"], "connected");
    let told = events(&stage);
    assert!(told.contains(&"conference-start".to_owned()), "{told:?}");
}

#[tokio::test]
async fn a_participant_is_dialled_by_the_rooms_name() {
    let stage = Stage::new().await;

    let made = add_ben(&stage, "Room%20B", &[("EarlyMedia", "true")]).await;
    stage.carrier.settled().await;

    assert_eq!(made.status, 201, "{made:?}");
    assert_described(&made.json, "participant");
    let room = made.text("conference_sid");
    let got = stage
        .client()
        .get(&format!("Conferences/{room}/Participants/ben.json"))
        .await;
    assert_eq!(got.text("status"), "ringing");
    let got = stage
        .client()
        .get(&format!("Conferences/{room}.json"))
        .await;
    assert_eq!(got.text("friendly_name"), "Room B");
}

#[tokio::test]
async fn a_participant_is_muted_held_and_removed() {
    let stage = Stage::new().await;
    stage.app.answers(
        "/hold",
        Answer::twiml("<Say>Please hold.</Say><Pause length=\"600\"/>"),
    );
    let (room, ada, ben) = ada_and_ben(&stage).await;
    let path = |who: &str| format!("Conferences/{room}/Participants/{who}.json");
    let client = stage.client();

    let muted = client.post(&path(&ben), &[("Muted", "true")]).await;
    let hold_url = stage.app.url("/hold");
    let held = client
        .post(&path(&ada), &[("Hold", "true"), ("HoldUrl", &hold_url)])
        .await;
    stage.carrier.settled().await;
    let changed = client
        .post(&path("ben"), &[("EndConferenceOnExit", "true")])
        .await;
    let shown = client
        .get(&format!("Conferences/{room}/Participants.json?Hold=true"))
        .await;
    let gone = client.delete(&path("ben")).await;
    stage.carrier.settled().await;

    assert_eq!(muted.json["muted"], true);
    assert_eq!(held.json["hold"], true);
    assert_eq!(changed.json["end_conference_on_exit"], true);
    assert_eq!(shown.json["participants"].as_array().unwrap().len(), 1);
    for got in [&muted, &held, &changed] {
        assert_described(&got.json, "participant");
    }
    assert_eq!(stage.app.asked("/hold")[0].method.as_str(), "GET");
    assert_eq!(gone.status, 204);
    assert_eq!(client.get(&path("ben")).await.refusal(), (404, 20404));
    let over = client.get(&format!("Conferences/{room}.json")).await;
    assert_eq!(over.text("status"), "completed");
    assert_described(&over.json, "conference");
    let told = events(&stage);
    for event in [
        "participant-mute",
        "participant-hold",
        "participant-leave",
        "conference-end",
    ] {
        assert!(told.contains(&event.to_owned()), "{event}: {told:?}");
    }
}

#[tokio::test]
async fn everybody_hears_an_announcement() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/news", Answer::twiml("<Say>Five more minutes.</Say>"));
    let (room, ada, ben) = ada_and_ben(&stage).await;

    let url = stage.app.url("/news");
    let told = stage
        .client()
        .post(
            &format!("Conferences/{room}.json"),
            &[("AnnounceUrl", &url)],
        )
        .await;
    stage.carrier.advance(10_000).await;

    assert_eq!(told.status, 200);
    for leg in [ada, ben] {
        let leg = twilio::CallSid::parse(&leg).unwrap();
        let said = stage.said_to(&leg);
        assert!(said.contains(&"Five more minutes.".to_owned()), "{said:?}");
    }
}

#[tokio::test]
async fn a_conference_is_ended_for_all() {
    let stage = Stage::new().await;
    let (room, _, _) = ada_and_ben(&stage).await;
    let client = stage.client();

    let ended = client
        .post(
            &format!("Conferences/{room}.json"),
            &[("Status", "completed")],
        )
        .await;
    stage.carrier.settled().await;

    assert_eq!(
        ended.text("reason_conference_ended"),
        "conference-ended-via-api"
    );
    let list = client
        .get("Conferences.json?Status=completed&DateCreated=2026-11-20")
        .await;
    assert_eq!(
        assert_list(&list.json, "conferences", "conference").len(),
        1
    );
    let nobody = client
        .get(&format!("Conferences/{room}/Participants.json"))
        .await;
    assert_eq!(nobody.json["participants"].as_array().unwrap().len(), 0);
    let late = add_ben(&stage, &room, &[]).await;
    assert_eq!(late.refusal(), (404, 16022));
}

#[tokio::test]
async fn a_coach_is_heard_by_one_only() {
    let stage = Stage::new().await;
    let (room, ada, _) = ada_and_ben(&stage).await;
    let cleo = "+12025550155";
    stage.carrier.set_phone(
        cleo,
        Habit::Answers {
            after_ms: 0,
            hangs_up_after_ms: None,
        },
    );

    let params = [
        ("From", DESK),
        ("To", cleo),
        ("Coaching", "true"),
        ("CallSidToCoach", ada.as_str()),
    ];
    let path = format!("Conferences/{room}/Participants.json");
    let made = stage.client().post(&path, &params).await;
    stage.carrier.advance(1_000).await;
    let path = format!(
        "Conferences/{room}/Participants/{}.json",
        made.text("call_sid")
    );
    let coach = stage.client().get(&path).await;

    assert_eq!(coach.json["coaching"], true);
    assert_eq!(coach.text("call_sid_to_coach"), ada);
    assert_described(&coach.json, "participant");
}

#[tokio::test]
async fn participants_that_cannot_be_have_their_codes() {
    let stage = Stage::new().await;
    let (room, _, _) = ada_and_ben(&stage).await;
    let cases: [(&[(&str, &str)], u64); 6] = [
        (
            &[("From", DESK), ("To", "+12025550188"), ("Label", "ben")],
            16026,
        ),
        (
            &[("From", DESK), ("To", "+12025550188"), ("Label", "a/b")],
            16024,
        ),
        (&[("From", ADA), ("To", "+12025550188")], 21212),
        (&[("From", DESK)], 21201),
        (&[("To", BEN)], 21213),
        (&[("From", DESK), ("To", BEN), ("Colour", "red")], 20001),
    ];
    for (params, code) in cases {
        let path = format!("Conferences/{room}/Participants.json");
        let got = stage.client().post(&path, params).await;

        assert_eq!(got.refusal(), (400, code), "{params:?}");
    }
}

#[tokio::test]
async fn an_empty_address_to_wait_with_is_silence() {
    let stage = Stage::new().await;
    let client = stage.client();
    let sound = |leg: &CallSid| stage.carrier.with(|engine| engine.ear(leg)).unwrap().sound;
    let waits = async |room: &str, more: &[(&str, &str)]| {
        let path = format!("Conferences/{room}/Participants.json");
        let params = [&[("To", BEN), ("From", DESK)], more].concat();
        let made = client.post(&path, &params).await;
        stage.carrier.settled().await;
        let leg = CallSid::parse(made.text("call_sid")).unwrap();
        stage.carrier.answer(&leg).unwrap();
        stage.carrier.settled().await;
        (made.text("conference_sid").to_owned(), leg)
    };

    let (_, silent) = waits("Silence", &[("WaitUrl", "")]).await;
    let (room, hushed) = waits("Music", &[]).await;
    let before = sound(&hushed);
    let path = format!("Conferences/{room}/Participants/{hushed}.json");
    let changed = client.post(&path, &[("WaitUrl", "")]).await;

    assert_eq!(sound(&silent), EarSound::Silence);
    assert_eq!(before, EarSound::Music);
    assert_eq!(changed.status, 200);
    assert_eq!(sound(&hushed), EarSound::Silence);
}
