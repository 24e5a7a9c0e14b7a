//! The frames as they stand on the wire.

use carrier::signal::{Believed, ClientFrame, Fault, ServerFrame};
use serde_json::{Map, Value, json};

#[test]
fn what_a_browser_says_is_read() {
    let call = || "CA1".to_owned();
    let cases = [
        (
            r#"{"type":"listen","version":"1.6","payload":{"browserinfo":{"p":"browser","plugin":"rtc","v":"2.18.5"},"reconnectTimeout":30,"token":"t"}}"#,
            ClientFrame::Listen {
                token: "t".to_owned(),
                reconnect_timeout_s: 30,
                sdk: Some("2.18.5".to_owned()),
            },
        ),
        (
            r#"{"type":"register","payload":{"media":{"audio":true}}}"#,
            ClientFrame::Register { audio: true },
        ),
        (
            r#"{"type":"answer","payload":{"callsid":"CA1","sdp":"s"}}"#,
            ClientFrame::Answer {
                call: call(),
                sdp: "s".to_owned(),
            },
        ),
        (
            r#"{"type":"reject","payload":{"callsid":"CA1"}}"#,
            ClientFrame::Reject { call: call() },
        ),
        (
            r#"{"type":"hangup","payload":{"callsid":"CA1","message":"bye"}}"#,
            ClientFrame::HangUp { call: call() },
        ),
        (
            r#"{"type":"invite","payload":{"callsid":"TJS1","sdp":"s","twilio":{"params":"To=1"}}}"#,
            ClientFrame::Invite {
                temporary: "TJS1".to_owned(),
                sdp: "s".to_owned(),
                params: "To=1".to_owned(),
            },
        ),
        (
            r#"{"type":"invite","payload":{"callsid":"CA1","reconnect":"RT1","sdp":"s","twilio":{}}}"#,
            ClientFrame::Reconnect {
                call: call(),
                token: "RT1".to_owned(),
                sdp: "s".to_owned(),
            },
        ),
        (
            r#"{"type":"reinvite","payload":{"callsid":"CA1","sdp":"s"}}"#,
            ClientFrame::Reinvite {
                call: call(),
                sdp: "s".to_owned(),
            },
        ),
        (
            r#"{"type":"dtmf","payload":{"callsid":"CA1","dtmf":"12#"}}"#,
            ClientFrame::Keys {
                call: call(),
                keys: "12#".to_owned(),
            },
        ),
        (
            r#"{"type":"message","payload":{"callsid":"CA1","content":"{}","voiceeventsid":"KX1"}}"#,
            ClientFrame::Message {
                call: call(),
                event: "KX1".to_owned(),
            },
        ),
        (
            r#"{"type":"presence"}"#,
            ClientFrame::Unknown {
                kind: "presence".to_owned(),
            },
        ),
        ("\n", ClientFrame::Beat),
        ("{}", ClientFrame::Garbage),
    ];

    for (text, frame) in cases {
        assert_eq!(ClientFrame::parse(text), frame, "{text}");
    }
}

#[test]
fn what_the_carrier_says_is_written() {
    let call = || "CA1".to_owned();
    let fault = || Fault::new(31205, "over");
    let cases = [
        (
            ServerFrame::Connected {
                region: "r".to_owned(),
                edge: "e".to_owned(),
                home: "h".to_owned(),
                gateway: "g".to_owned(),
                token: Believed {
                    identity: "ada".to_owned(),
                    ttl: 60,
                },
            },
            "connected",
            json!({ "region": "r", "edge": "e", "home": "h", "gateway": "g",
                "token": { "identity": "ada", "ttl": 60 } }),
        ),
        (ServerFrame::Ready {}, "ready", json!({})),
        (ServerFrame::Offline {}, "offline", json!({})),
        (
            ServerFrame::Invite {
                callsid: call(),
                sdp: "s".to_owned(),
                reconnect: "RT1".to_owned(),
                parameters: Map::from_iter([("From".to_owned(), json!("x"))]),
            },
            "invite",
            json!({ "callsid": "CA1", "sdp": "s", "reconnect": "RT1", "parameters": { "From": "x" } }),
        ),
        (
            ServerFrame::Cancel { callsid: call() },
            "cancel",
            json!({ "callsid": "CA1" }),
        ),
        (
            ServerFrame::Ringing {
                callsid: call(),
                sdp: None,
            },
            "ringing",
            json!({ "callsid": "CA1" }),
        ),
        (
            ServerFrame::Answer {
                callsid: call(),
                sdp: None,
                reconnect: "RT1".to_owned(),
            },
            "answer",
            json!({ "callsid": "CA1", "reconnect": "RT1" }),
        ),
        (
            ServerFrame::HangUp {
                callsid: call(),
                error: Some(fault()),
            },
            "hangup",
            json!({ "callsid": "CA1", "error": { "code": 31205, "message": "over" } }),
        ),
        (
            ServerFrame::Error {
                error: fault(),
                callsid: None,
                voiceeventsid: None,
            },
            "error",
            json!({ "error": { "code": 31205, "message": "over" } }),
        ),
        (ServerFrame::Close {}, "close", json!({})),
    ];

    for (frame, kind, payload) in cases {
        let written: Value = serde_json::from_str(&frame.to_text()).unwrap();
        let expected = json!({ "type": kind, "version": "1.6", "payload": payload });
        assert_eq!(written, expected);
    }
}
