//! Resources held against the OpenAPI description: every field there, none beside, each of its type.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(crate) struct Facts {
    resources: BTreeMap<String, BTreeMap<String, String>>,
    /// By verb and path, the names of the parameters.
    pub(crate) operations: BTreeMap<String, Vec<String>>,
}

pub(crate) static FACTS: LazyLock<Facts> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../openapi_facts.json")).expect("the facts are JSON")
});

/// Fails unless the resource is as described.
pub(crate) fn assert_described(resource: &Value, kind: &str) {
    let described = &FACTS.resources[kind];
    let fields = resource.as_object().expect("a resource is an object");
    let names = |keys: Vec<&String>| {
        let mut keys: Vec<_> = keys.into_iter().cloned().collect();
        keys.sort();
        keys
    };
    assert_eq!(
        names(fields.keys().collect()),
        names(described.keys().collect()),
        "the fields of {kind}"
    );
    for (name, rule) in described {
        assert!(
            is_of(&fields[name], rule) || is_known_exception(kind, name, &fields[name]),
            "{kind}.{name} is {}, described as {rule}",
            fields[name]
        );
    }
}

/// Fails unless the list is enveloped as described and holds such resources; gives them.
pub(crate) fn assert_list<'a>(list: &'a Value, key: &str, kind: &str) -> &'a Vec<Value> {
    for name in ["uri", "first_page_uri"] {
        assert!(list[name].is_string(), "{name}: {list}");
    }
    for name in ["next_page_uri", "previous_page_uri"] {
        assert!(
            list[name].is_string() || list[name].is_null(),
            "{name}: {list}"
        );
    }
    for name in ["page", "page_size", "start", "end"] {
        assert!(list[name].is_u64(), "{name}: {list}");
    }
    let items = list[key].as_array().expect("the list");
    for item in items {
        assert_described(item, kind);
    }
    items
}

/// The description has no null for it, but a conference that goes on has not ended for any reason.
fn is_known_exception(kind: &str, name: &str, value: &Value) -> bool {
    kind == "conference" && name == "reason_conference_ended" && value.is_null()
}

fn is_of(value: &Value, rule: &str) -> bool {
    let (rule, may_be_null) = match rule.strip_suffix(" or null") {
        Some(rule) => (rule, true),
        None => (rule, false),
    };
    if value.is_null() {
        return may_be_null || rule == "any";
    }
    match rule.split_once(' ').unwrap_or((rule, "")) {
        ("sid", prefix) => value.as_str().is_some_and(|text| is_sid(text, prefix)),
        ("date", _) => value.as_str().is_some_and(|text| {
            text.ends_with(" +0000") && twilio::date::from_rfc2822(text).is_some()
        }),
        ("one", words) => value
            .as_str()
            .is_some_and(|text| words.split(' ').skip(1).any(|word| word == text)),
        ("string", _) => value.is_string(),
        ("boolean", _) => value.is_boolean(),
        ("integer", _) => value.is_i64() || value.is_u64(),
        ("number", _) => value.is_number(),
        ("object", _) => value.is_object(),
        ("any", _) => true,
        (other, _) => panic!("the facts know no type {other}"),
    }
}

fn is_sid(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|digits| {
        digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}
