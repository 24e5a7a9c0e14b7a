//! The account's numbers by REST (reference E.6).

use carrier::engine::Number;

use super::schema::{assert_described, assert_list};
use super::support::{Answer, DESK, Stage};

async fn path_of_desk(stage: &Stage) -> String {
    let list = stage.client().get("IncomingPhoneNumbers.json").await;
    let numbers = assert_list(
        &list.json,
        "incoming_phone_numbers",
        "incoming_phone_number",
    );
    format!(
        "IncomingPhoneNumbers/{}.json",
        numbers[0]["sid"].as_str().expect("a SID")
    )
}

#[tokio::test]
async fn a_number_is_found_and_shown() {
    let stage = Stage::new().await;

    let got = stage.client().get(&path_of_desk(&stage).await).await;

    assert_described(&got.json, "incoming_phone_number");
    assert_eq!(
        (got.text("phone_number"), got.text("friendly_name")),
        (DESK, "Desk")
    );
    assert_eq!(got.text("voice_url"), stage.app.url("/voice"));
    assert_eq!(got.json["capabilities"]["voice"], true);
}

#[tokio::test]
async fn a_call_is_answered_by_the_url_that_a_number_was_given() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/elsewhere", Answer::twiml("<Say>Elsewhere.</Say>"));
    let path = path_of_desk(&stage).await;

    let url = stage.app.url("/elsewhere");
    let changed = stage
        .client()
        .post(&path, &[("VoiceUrl", &url), ("FriendlyName", "Night desk")])
        .await;
    let leg = stage.ada_calls().await;

    assert_described(&changed.json, "incoming_phone_number");
    assert_eq!(changed.text("friendly_name"), "Night desk");
    assert_eq!(stage.said_to(&leg), ["Elsewhere."]);
}

#[tokio::test]
async fn numbers_are_found_by_a_pattern() {
    let stage = Stage::with(|config| {
        config.settings.numbers.push(Number {
            phone: "+442079460000".to_owned(),
            friendly_name: "London".to_owned(),
            ..config.settings.numbers[0].clone()
        });
    })
    .await;

    for (filter, count) in [
        ("PhoneNumber=%2B44", 1),
        ("PhoneNumber=0100", 1),
        ("FriendlyName=London", 1),
        ("FriendlyName=Lon", 0),
        ("", 2),
    ] {
        let got = stage
            .client()
            .get(&format!("IncomingPhoneNumbers.json?{filter}"))
            .await;
        let numbers = assert_list(&got.json, "incoming_phone_numbers", "incoming_phone_number");
        assert_eq!(numbers.len(), count, "{filter}");
    }
}

#[tokio::test]
async fn a_number_takes_no_nonsense() {
    let stage = Stage::new().await;
    let path = path_of_desk(&stage).await;

    for (name, value) in [
        ("VoiceUrl", "not a url"),
        ("VoiceMethod", "PATCH"),
        ("Colour", "red"),
    ] {
        let got = stage.client().post(&path, &[(name, value)]).await;
        assert_eq!(got.status, 400, "{name}");
    }
}

#[tokio::test]
async fn a_number_is_had_and_given_up() {
    let stage = Stage::new().await;
    stage.app.answers("/new", Answer::twiml("<Say>New.</Say>"));
    let client = stage.client();
    let voice = stage.app.url("/new");

    let chosen = [("PhoneNumber", "+12125550177"), ("VoiceUrl", &voice)];
    let chosen = client.post("IncomingPhoneNumbers.json", &chosen).await;
    let any = client
        .post("IncomingPhoneNumbers.json", &[("AreaCode", "303")])
        .await;
    let again = [("PhoneNumber", "+12125550177")];
    let again = client.post("IncomingPhoneNumbers.json", &again).await;
    let path = format!("IncomingPhoneNumbers/{}.json", any.text("sid"));
    let gone = client.delete(&path).await;

    assert_eq!((chosen.status, any.status), (201, 201));
    assert_described(&chosen.json, "incoming_phone_number");
    assert_eq!(any.text("phone_number"), "+13035550100");
    assert_eq!(again.refusal(), (400, 21422));
    assert_eq!(gone.status, 204);
    assert_eq!(client.get(&path).await.refusal(), (404, 20404));
}
