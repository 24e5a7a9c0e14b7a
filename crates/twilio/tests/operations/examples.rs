//! Documents made from the facts: one with everything in it, one with as little as is allowed.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// How much a document tells.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Telling {
    Everything,
    /// What may be null is null, except what names the resource.
    Little,
}

pub(crate) fn example(kinds: &BTreeMap<String, String>, telling: Telling) -> Value {
    let fields: Map<_, _> = kinds
        .iter()
        .map(|(name, kind)| (name.clone(), field(name, kind, telling, kinds)))
        .collect();
    Value::Object(fields)
}

fn field(name: &str, kind: &str, telling: Telling, kinds: &BTreeMap<String, String>) -> Value {
    let names_it = match name {
        "sid" | "account_sid" => true,
        "call_sid" | "conference_sid" => !kinds.contains_key("sid"),
        _ => false,
    };
    let bare = kind.trim_end_matches('?');
    if telling == Telling::Little && bare != kind && !names_it {
        return Value::Null;
    }
    match bare {
        "text" => json!(text(name)),
        "integer" => json!(2),
        "number" => json!(-0.03),
        "boolean" => json!(true),
        "uri" => json!("https://desk.example/voice"),
        "rfc2822" => json!("Fri, 20 Nov 2026 04:30:00 +0000"),
        "object" if name == "capabilities" => {
            json!({"voice": true, "sms": true, "mms": false, "fax": false})
        }
        "object" | "any" => json!({"more": "/2010-04-01/more.json"}),
        other => match other.strip_prefix("sid ") {
            Some(prefix) => json!(format!("{prefix}{:032}", 1)),
            None => json!(other.split('|').next().expect("there is a first word")),
        },
    }
}

fn text(name: &str) -> &'static str {
    match name {
        "duration" | "queue_time" => "15",
        "price" => "-0.03",
        "price_unit" => "USD",
        "from" | "to" | "phone_number" | "forwarded_from" => "+12025550100",
        "direction" => "outbound-api",
        "answered_by" => "human",
        "track" => "both",
        _ => "some words",
    }
}
