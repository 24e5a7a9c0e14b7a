//! The account's numbers by REST (reference E.6).

use carrier::engine::{Number, Standing};
use carrier::face::ApiKey;

use super::schema::{assert_described, assert_list};
use super::support::{ACCOUNT, Answer, DESK, Stage};

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

#[tokio::test]
async fn an_application_answers_before_the_urls_of_a_number_and_a_trunk_before_both() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/app", Answer::twiml("<Say>The application.</Say>"));
    let url = stage.app.url("/app");
    let made = stage
        .client()
        .post("Applications.json", &[("VoiceUrl", &url)])
        .await;
    let sid = made.text("sid").to_owned();
    let path = path_of_desk(&stage).await;

    let led = stage
        .client()
        .post(&path, &[("VoiceApplicationSid", &sid)])
        .await;
    let by_application = stage.ada_calls().await;
    let trunk = format!("TK{}", "1".repeat(32));
    let trunked = stage.client().post(&path, &[("TrunkSid", &trunk)]).await;
    let by_trunk = stage.ada_calls().await;
    let unknown = format!("AP{}", "9".repeat(32));
    let refused = stage
        .client()
        .post(&path, &[("VoiceApplicationSid", &unknown)])
        .await;

    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(led.text("voice_application_sid"), sid);
    assert_eq!(stage.said_to(&by_application), ["The application."]);
    assert_eq!(trunked.text("trunk_sid"), trunk);
    let said = stage.said_to(&by_trunk);
    assert!(!said.contains(&"The application.".to_owned()), "{said:?}");
    assert_eq!(stage.app.asked("/app").len(), 1);
    assert!(stage.app.asked("/voice").is_empty());
    assert_eq!(
        (refused.status, refused.json["code"].as_u64()),
        (400, Some(21218))
    );
}

#[tokio::test]
async fn an_application_is_made_changed_listed_and_shown() {
    let stage = Stage::new().await;
    let url = stage.app.url("/app");
    let made = stage
        .client()
        .post(
            "Applications.json",
            &[("FriendlyName", "Browsers"), ("VoiceUrl", &url)],
        )
        .await;
    let path = format!("Applications/{}.json", made.text("sid"));

    let changed = stage.client().post(&path, &[("VoiceUrl", "")]).await;
    let bad = stage.client().post(&path, &[("VoiceUrl", "nowhere")]).await;
    let shown = stage.client().get(&path).await;
    let list = stage
        .client()
        .get("Applications.json?FriendlyName=Browsers")
        .await;

    assert_eq!(made.text("voice_url"), url);
    assert!(changed.json["voice_url"].is_null());
    assert_eq!((bad.status, bad.json["code"].as_u64()), (400, Some(21502)));
    assert_eq!(shown.text("friendly_name"), "Browsers");
    assert_eq!(list.json["applications"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_account_tells_how_it_stands_and_a_key_that_it_is_there() {
    let stage = Stage::with(|config| {
        config.settings.standing = Standing {
            status: "suspended",
            is_trial: true,
        };
        config.api_keys = vec![ApiKey {
            sid: format!("SK{}", "0".repeat(32)),
            secret: "of the key".to_owned(),
        }];
    })
    .await;

    let path = format!("/2010-04-01/Accounts/{ACCOUNT}.json");
    let account = stage.client().get(&path).await;
    let key = stage
        .client()
        .get(&format!("Keys/SK{}.json", "0".repeat(32)))
        .await;
    let other = stage
        .client()
        .get(&format!("Keys/SK{}.json", "9".repeat(32)))
        .await;

    assert_eq!(
        (account.text("status"), account.text("type")),
        ("suspended", "Trial")
    );
    assert!(account.json.get("auth_token").is_none());
    assert_eq!((key.status, other.status), (200, 404));
}
