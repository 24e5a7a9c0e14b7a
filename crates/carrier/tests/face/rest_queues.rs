//! Queues and their members by REST (reference E.5).

use super::schema::{assert_described, assert_list};
use super::support::{Answer, Stage};

async fn queue_of(stage: &Stage) -> String {
    let list = stage.client().get("Queues.json").await;
    let queues = assert_list(&list.json, "queues", "queue");
    queues[0]["sid"].as_str().expect("a queue").to_owned()
}

#[tokio::test]
async fn a_queue_is_created_changed_and_deleted() {
    let stage = Stage::new().await;
    let client = stage.client();

    let made = client
        .post(
            "Queues.json",
            &[("FriendlyName", "Support"), ("MaxSize", "5")],
        )
        .await;
    let path = format!("Queues/{}.json", made.text("sid"));
    let changed = client.post(&path, &[("MaxSize", "7")]).await;
    let shown = client.get(&path).await;
    let gone = client.delete(&path).await;

    assert_eq!(
        (made.status, &made.json["max_size"]),
        (201, &serde_json::json!(5))
    );
    assert_eq!(
        (changed.text("friendly_name"), &shown.json["max_size"]),
        ("Support", &serde_json::json!(7))
    );
    for got in [&made, &changed, &shown] {
        assert_described(&got.json, "queue");
    }
    assert_eq!(gone.status, 204);
    assert_eq!(client.get(&path).await.refusal(), (404, 20404));
}

#[tokio::test]
async fn whoever_waits_is_taken_out_once() {
    let stage = Stage::new().await;
    stage.app.answers(
        "/voice",
        Answer::twiml("<Enqueue waitUrl=\"/wait\" action=\"/left\">Support</Enqueue>"),
    );
    stage
        .app
        .answers("/wait", Answer::twiml("<Pause length=\"30\"/>"));
    stage
        .app
        .answers("/agent", Answer::twiml("<Say>An agent.</Say>"));
    let ada = stage.ada_calls().await;
    stage.carrier.advance(12_000).await;
    let queue = queue_of(&stage).await;
    let client = stage.client();
    let members = format!("Queues/{queue}/Members.json");
    let front = format!("Queues/{queue}/Members/Front.json");

    let list = client.get(&members).await;
    let first = client.get(&front).await;
    let url = stage.app.url("/agent");
    let taken = client.post(&front, &[("Url", &url)]).await;
    stage.carrier.settled().await;
    let path = format!("Queues/{queue}/Members/{ada}.json");
    let again = client.post(&path, &[("Url", &url)]).await;

    let waiting = assert_list(&list.json, "queue_members", "member");
    assert_eq!(waiting[0]["wait_time"], 12);
    assert_eq!(
        (first.text("call_sid"), &first.json["position"]),
        (ada.as_str(), &serde_json::json!(1))
    );
    assert_eq!(taken.status, 200);
    assert_described(&taken.json, "member");
    assert_eq!(again.refusal(), (404, 20404));
    assert_eq!(stage.said_to(&ada), ["An agent."]);
    assert_eq!(stage.app.asked("/left")[0].get("QueueResult"), "redirected");
}

#[tokio::test]
async fn a_queue_takes_no_nonsense() {
    let stage = Stage::new().await;
    let client = stage.client();
    client
        .post("Queues.json", &[("FriendlyName", "Support")])
        .await;
    let cases: [&[(&str, &str)]; 6] = [
        &[],
        &[("FriendlyName", "")],
        &[("FriendlyName", "Support")],
        &[("FriendlyName", "Sales"), ("MaxSize", "5001")],
        &[("FriendlyName", "Sales"), ("MaxSize", "many")],
        &[("FriendlyName", "Sales"), ("Colour", "red")],
    ];

    for params in cases {
        let got = client.post("Queues.json", params).await;
        assert_eq!(got.refusal(), (400, 20001), "{params:?}");
    }
}
