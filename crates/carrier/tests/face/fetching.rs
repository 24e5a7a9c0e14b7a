//! How documents are fetched (reference A.1.2, A.1.4, A.1.5, B.1).

use axum::http::Method;
use carrier::engine::Number;

use super::support::{ADA, Answer, App, DESK, Stage};

const HELLO: &str = "<Say>Hello.</Say>";

async fn stage_with_voice_url(url: impl FnOnce(&App) -> String) -> Stage {
    let stage = Stage::new().await;
    let url = url(&stage.app);
    change_number(&stage, "VoiceUrl", &url).await;
    stage
}

async fn change_number(stage: &Stage, name: &str, value: &str) {
    let sid = stage.carrier.with(|engine| {
        let number: &Number = &engine.numbers()[0];
        number.sid.clone().expect("every number has a SID")
    });
    let path = format!("IncomingPhoneNumbers/{sid}.json");
    let got = stage.client().post(&path, &[(name, value)]).await;
    assert_eq!(got.status, 200, "{got:?}");
}

#[tokio::test]
async fn a_call_is_announced_with_a_signed_form() {
    let stage = Stage::new().await;
    stage.app.answers("/voice", Answer::twiml(HELLO));

    let leg = stage.ada_calls().await;

    let asked = &stage.app.asked("/voice")[0];
    assert!(asked.is_signed);
    assert_eq!(asked.method, Method::POST);
    assert_eq!(asked.get("CallSid"), leg.as_str());
    assert_eq!((asked.get("From"), asked.get("To")), (ADA, DESK));
    assert_eq!(asked.get("CallStatus"), "ringing");
    for (name, value) in [
        ("user-agent", "TwilioProxy/1.1"),
        (
            "content-type",
            "application/x-www-form-urlencoded; charset=UTF-8",
        ),
        ("accept", "*/*"),
        ("cache-control", "max-age=259200"),
        ("connection", "close"),
        ("x-home-region", "us1"),
    ] {
        assert_eq!(asked.header(name), value, "{name}");
    }
    assert_eq!(asked.header("i-twilio-idempotency-token").len(), 36);
    assert_eq!(stage.said_to(&leg), ["Hello."]);
}

#[tokio::test]
async fn the_parameters_of_a_get_stand_behind_its_query_and_are_signed() {
    let stage = stage_with_voice_url(|app| app.url("/voice?line=a%20b")).await;
    change_number(&stage, "VoiceMethod", "GET").await;
    stage.app.answers("/voice", Answer::twiml(HELLO));

    stage.ada_calls().await;

    let asked = &stage.app.asked("/voice")[0];
    assert_eq!(asked.method, Method::GET);
    assert!(asked.is_signed);
    assert!(
        asked.target.starts_with("/voice?line=a%20b&"),
        "{}",
        asked.target
    );
    assert_eq!((asked.get("line"), asked.get("From")), ("a b", ADA));
}

#[tokio::test]
async fn a_server_error_is_repeated_only_where_the_url_says_so() {
    let broken = || [Answer::status(500), Answer::twiml(HELLO)];
    let obedient = stage_with_voice_url(|app| app.url("/voice#rc=2&rp=5xx")).await;
    obedient.app.answers_in_turn("/voice", broken());
    let plain = Stage::new().await;
    plain.app.answers_in_turn("/voice", broken());

    let repeated = obedient.ada_calls().await;
    plain.ada_calls().await;

    assert_eq!(obedient.said_to(&repeated), ["Hello."]);
    let tokens: Vec<_> = obedient
        .app
        .asked("/voice")
        .iter()
        .map(|seen| seen.header("i-twilio-idempotency-token").to_owned())
        .collect();
    assert_eq!(tokens.len(), 2);
    assert_eq!(tokens[0], tokens[1]);
    assert_eq!(plain.app.asked("/voice").len(), 1);
    assert_eq!(plain.app.asked("/fallback").len(), 1);
}

#[tokio::test]
async fn the_fallback_is_told_what_was_wrong() {
    let cases = [
        (Answer::status(404), "11200"),
        (Answer::of("application/json", "{}"), "12300"),
        (Answer::of("text/xml", "<Response>"), "12100"),
        (Answer::of("text/xml", "<Reply/>"), "12102"),
        (
            Answer::of(
                "text/xml",
                &format!("<Response>{}</Response>", " ".repeat(70_000)),
            ),
            "11750",
        ),
        (Answer::redirect(302, "/voice"), "11215"),
        (Answer::redirect(302, "gopher://a.test/"), "11206"),
        (Answer::twiml(HELLO).and("set-cookie", "=empty"), "11206"),
    ];
    for (answer, code) in cases {
        let stage = Stage::new().await;
        stage.app.answers("/voice", answer);
        stage
            .app
            .answers("/fallback", Answer::twiml("<Say>Sorry.</Say>"));

        let leg = stage.ada_calls().await;

        let asked = stage.app.asked("/fallback");
        assert_eq!(asked.len(), 1, "{code}");
        assert_eq!(asked[0].get("ErrorCode"), code, "ErrorCode");
        assert_eq!(asked[0].get("ErrorUrl"), stage.app.url("/voice"));
        assert!(asked[0].is_signed);
        assert_eq!(stage.said_to(&leg), ["Sorry."], "{code}");
    }
}

#[tokio::test]
async fn what_cannot_be_reached_has_its_own_code() {
    let cases = [
        ("http://127.0.0.1:9/voice", "11202"),
        ("http://nobody.invalid/voice", "11210"),
        ("http://127.0.0.1:9/voice#rp=sometimes", "11243"),
        ("http://127.0.0.1:9/voice#e=atlantis", "11241"),
    ];
    for (url, code) in cases {
        let stage = stage_with_voice_url(|_| url.to_owned()).await;

        stage.ada_calls().await;

        assert_eq!(
            stage.app.asked("/fallback")[0].get("ErrorCode"),
            code,
            "{url}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_none() {
    for (fragment, code) in [("tt=150&rt=5000", "11203"), ("rt=150", "11205")] {
        let stage = stage_with_voice_url(|app| app.url(&format!("/voice#{fragment}"))).await;
        stage.app.answers("/voice", Answer::Never);

        stage.ada_calls().await;

        assert_eq!(
            stage.app.asked("/fallback")[0].get("ErrorCode"),
            code,
            "{fragment}"
        );
        assert_eq!(stage.app.asked("/voice").len(), 1);
    }
}

#[tokio::test]
async fn a_late_answer_is_asked_for_again_where_the_url_says_so() {
    let stage = stage_with_voice_url(|app| app.url("/voice#rt=150&rc=1&rp=rt")).await;
    stage
        .app
        .answers_in_turn("/voice", [Answer::Never, Answer::twiml(HELLO)]);

    let leg = stage.ada_calls().await;

    assert_eq!(stage.app.asked("/voice").len(), 2);
    assert_eq!(stage.said_to(&leg), ["Hello."]);
}

#[tokio::test]
async fn relative_urls_are_found_from_where_a_redirect_led() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/voice", Answer::redirect(307, "/deep/inside"));
    stage
        .app
        .answers("/deep/inside", Answer::twiml("<Redirect>next</Redirect>"));
    stage.app.answers("/deep/next", Answer::twiml(HELLO));

    let leg = stage.ada_calls().await;

    let repeated = &stage.app.asked("/deep/inside")[0];
    assert_eq!(
        (&repeated.method, repeated.get("From")),
        (&Method::POST, ADA)
    );
    assert!(repeated.is_signed);
    assert_eq!(stage.said_to(&leg), ["Hello."]);
}

#[tokio::test]
async fn a_plain_redirect_becomes_a_get() {
    let stage = Stage::new().await;
    stage.app.answers("/voice", Answer::redirect(302, "/other"));
    stage.app.answers("/other", Answer::twiml(HELLO));

    stage.ada_calls().await;

    let asked = &stage.app.asked("/other")[0];
    assert_eq!((&asked.method, asked.form.len()), (&Method::GET, 0));
    assert!(asked.is_signed);
}

#[tokio::test]
async fn a_cookie_comes_back_within_its_call() {
    let stage = Stage::new().await;
    let greeting = Answer::twiml("<Redirect>/next</Redirect>").and("set-cookie", "step=1; Path=/");
    stage.app.answers("/voice", greeting);
    stage.app.answers("/next", Answer::twiml(HELLO));

    stage.ada_calls().await;
    stage.ada_calls().await;

    let next = stage.app.asked("/next");
    assert_eq!(next[0].header("cookie"), "step=1");
    let cookies: Vec<_> = stage
        .app
        .asked("/voice")
        .iter()
        .map(|seen| seen.header("cookie").to_owned())
        .collect();
    assert_eq!(cookies, ["", ""]);
}

#[tokio::test]
async fn credentials_in_a_url_answer_a_challenge_and_are_not_signed() {
    let stage = stage_with_voice_url(|app| app.url("/voice").replace("//", "//ada:p%40ss@")).await;
    let challenge = Answer::status(401).and("www-authenticate", "Basic realm=\"x\"");
    stage
        .app
        .answers_in_turn("/voice", [challenge, Answer::twiml(HELLO)]);

    let leg = stage.ada_calls().await;

    let asked = stage.app.asked("/voice");
    assert_eq!(asked[0].header("authorization"), "");
    assert_eq!(asked[1].header("authorization"), "Basic YWRhOnBAc3M=");
    assert!(asked.iter().all(|seen| seen.is_signed));
    assert_eq!(stage.said_to(&leg), ["Hello."]);
}

#[tokio::test]
async fn plain_text_is_obeyed_or_read_aloud() {
    for (body, said) in [
        ("<Response><Say>Hello.</Say></Response>", "Hello."),
        ("Good morning.", "Good morning."),
    ] {
        let stage = Stage::new().await;
        stage.app.answers("/voice", Answer::of("text/plain", body));

        let leg = stage.ada_calls().await;

        assert_eq!(stage.said_to(&leg), [said]);
    }
}

#[tokio::test]
async fn a_sound_is_fetched_unsigned_and_without_parameters() {
    let stage = Stage::new().await;
    stage.app.answers(
        "/voice",
        Answer::twiml("<Play>/ring.mp3</Play><Say>Hello.</Say>"),
    );
    stage
        .app
        .answers("/ring.mp3", Answer::of("audio/mpeg", "sound"));

    let leg = stage.ada_calls().await;
    stage.carrier.advance(10_000).await;

    let asked = &stage.app.asked("/ring.mp3")[0];
    assert_eq!((&asked.method, asked.form.len()), (&Method::GET, 0));
    assert_eq!(asked.header("x-twilio-signature"), "");
    assert_eq!(stage.said_to(&leg), ["Hello."]);
}
