//! Nothing of the interface is left out unawares.

use std::collections::BTreeSet;

use super::carrier::Carrier;
use super::examples::Telling;
use super::facts::Facts;
use super::sent::{
    TIME, URL, calls, conference, conferences, numbers, participants, party, queues, recordings,
    whole_call,
};
use twilio::rest::{CallFilter, ConferenceKey, CreateParticipant, ParticipantKey};

/// Buying a number and giving it up cost money; a console does that.
const LEFT_OUT: [&str; 2] = ["CreateIncomingPhoneNumber", "DeleteIncomingPhoneNumber"];

/// What a number does beside voice, and whose it is.
const NOT_VOICE: [&str; 12] = [
    "AccountSid",
    "ApiVersion",
    "SmsApplicationSid",
    "SmsFallbackMethod",
    "SmsFallbackUrl",
    "SmsMethod",
    "SmsUrl",
    "EmergencyStatus",
    "EmergencyAddressSid",
    "IdentitySid",
    "AddressSid",
    "BundleSid",
];

#[tokio::test]
async fn every_operation_is_asked_for_with_every_parameter_as_the_interface_wants_it() {
    let facts = Facts::read();
    let carrier = Carrier::telling(Telling::Everything);
    let client = carrier.client();

    calls(&client).await.expect("calls");
    conferences(&client).await.expect("conferences");
    participants(&client).await.expect("participants");
    recordings(&client).await.expect("recordings");
    queues(&client).await.expect("queues");
    numbers(&client).await.expect("numbers");

    let seen = carrier.seen();
    for (name, operation) in &facts.operations {
        if LEFT_OUT.contains(&name.as_str()) {
            assert!(!seen.contains_key(name), "{name} is left out");
            continue;
        }
        let seen = seen
            .get(name)
            .unwrap_or_else(|| panic!("{name} is missing"));
        let is_number = name == "UpdateIncomingPhoneNumber";
        let expected: BTreeSet<_> = operation
            .parameters
            .keys()
            .filter(|parameter| !(is_number && NOT_VOICE.contains(&parameter.as_str())))
            .cloned()
            .collect();
        assert_eq!(*seen, expected, "{name}");
    }
}

#[tokio::test]
async fn a_resource_of_which_as_little_is_told_as_is_allowed_is_read() {
    let carrier = Carrier::telling(Telling::Little);
    let client = carrier.client();

    calls(&client).await.expect("calls");
    conferences(&client).await.expect("conferences");
    participants(&client).await.expect("participants");
    recordings(&client).await.expect("recordings");
    queues(&client).await.expect("queues");
    numbers(&client).await.expect("numbers");
}

#[tokio::test]
async fn a_list_of_events_repeats_its_name() {
    let carrier = Carrier::telling(Telling::Everything);

    let placed = carrier.client().create_call(&whole_call()).await;

    placed.expect("the call is placed");
    assert_eq!(
        carrier.last().values("StatusCallbackEvent"),
        ["initiated", "ringing", "answered", "completed"]
    );
}

#[tokio::test]
async fn a_parameter_that_is_set_again_is_sent_once() {
    let carrier = Carrier::telling(Telling::Everything);
    let call = whole_call().timeout_s(10).timeout_s(12);

    carrier
        .client()
        .create_call(&call)
        .await
        .expect("the call is placed");

    assert_eq!(carrier.last().values("Timeout"), ["12"]);
}

#[tokio::test]
async fn times_of_filters_are_days_or_instants_under_names_with_an_arrow() {
    let carrier = Carrier::telling(Telling::Everything);
    let filter = CallFilter::new()
        .started_on(TIME)
        .started_from(TIME)
        .ended_until(TIME);

    let calls = carrier.client().list_calls(&filter).collect(1).await;

    assert_eq!(calls.expect("the calls are listed").len(), 2);
    let target = carrier.last().target;
    assert!(
        target.ends_with(
            "/Calls.json?StartTime=2026-11-20&StartTime%3E=2026-11-20T04%3A30%3A00Z&EndTime%3C=2026-11-20T04%3A30%3A00Z"
        ),
        "{target}"
    );
}

#[tokio::test]
async fn names_in_an_address_are_escaped() {
    let carrier = Carrier::telling(Telling::Everything);
    let client = carrier.client();
    let room = ConferenceKey::named("room 1/2?ü").expect("the name can stand in an address");
    let agent = ParticipantKey::labelled("agent #1").expect("the label can stand in an address");

    client
        .create_participant(
            &room,
            &CreateParticipant::new(&party("client:ada"), &party("+15550100002")),
        )
        .await
        .expect("the participant is called");
    let created = carrier.last().target;
    client
        .delete_participant(&conference(), &agent)
        .await
        .expect("the participant is removed");

    assert!(
        created.ends_with("/Conferences/room%201%2F2%3F%C3%BC/Participants.json"),
        "{created}"
    );
    assert!(
        carrier.last().target.ends_with("/agent%20%231.json"),
        "{}",
        carrier.last().target
    );
}

#[test]
fn names_that_would_change_the_address_are_refused() {
    for name in ["", ".", "..", "..."] {
        assert!(ConferenceKey::named(name).is_err(), "{name:?}");
        assert!(ParticipantKey::labelled(name).is_err(), "{name:?}");
    }
}

#[test]
fn passwords_in_requests_are_not_shown() {
    let shown = format!("{:?}", whole_call());

    assert!(!shown.contains("swordfish"), "{shown}");
    assert!(shown.contains(URL), "{shown}");
}
