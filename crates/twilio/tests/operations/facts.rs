//! The facts about the interface, and whether a request keeps to them.

use std::collections::BTreeMap;

use http::Request;
use serde::Deserialize;
use twilio::Form;

#[derive(Deserialize)]
pub(crate) struct Facts {
    pub(crate) operations: BTreeMap<String, Operation>,
    pub(crate) resources: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
pub(crate) struct Operation {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: u16,
    #[serde(default)]
    pub(crate) required: Vec<String>,
    #[serde(default)]
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) answer: Option<String>,
    pub(crate) list: Option<String>,
}

impl Facts {
    pub(crate) fn read() -> Self {
        serde_json::from_str(include_str!("facts.json")).expect("the file holds facts")
    }

    /// The operation that a request asks for; a request that asks for none, or asks wrongly, fails the test.
    pub(crate) fn check(&self, request: &Request<Vec<u8>>) -> (&str, &Operation, Form) {
        let path = request.uri().path();
        let (name, operation) = self
            .operations
            .iter()
            .find(|(_, op)| op.method == request.method().as_str() && fits(path, &op.path))
            .unwrap_or_else(|| panic!("{} {path} is no operation", request.method()));
        let query = Form::parse(request.uri().query().unwrap_or_default().as_bytes());
        let body = Form::parse(request.body());
        let parameters = if operation.method == "POST" {
            assert!(query.is_empty(), "{name}: a query behind a POST");
            assert_eq!(
                request.headers()["content-type"],
                "application/x-www-form-urlencoded"
            );
            body
        } else {
            assert!(body.is_empty(), "{name}: a body");
            query
        };
        check_parameters(name, operation, &parameters);
        (name, operation, parameters)
    }
}

fn check_parameters(name: &str, operation: &Operation, parameters: &Form) {
    for needed in &operation.required {
        assert!(parameters.get(needed).is_some(), "{name} lacks {needed}");
    }
    for (parameter, value) in parameters.iter() {
        let kind = operation
            .parameters
            .get(parameter)
            .unwrap_or_else(|| panic!("{name} has no parameter {parameter}"));
        assert!(
            is_of(kind, value),
            "{name}: {parameter}={value:?} is no {kind}"
        );
        let times = parameters.iter().filter(|(other, _)| *other == parameter);
        assert!(
            kind == "list" || times.count() == 1,
            "{name}: {parameter} comes twice"
        );
    }
}

fn fits(path: &str, template: &str) -> bool {
    let is_open = |segment: &str| segment.starts_with('{');
    let ending = |segment: &str| segment.ends_with(".json");
    path.split('/').count() == template.split('/').count()
        && path.split('/').zip(template.split('/')).all(|(is, shall)| {
            if is_open(shall) {
                !is.is_empty() && ending(is) == ending(shall)
            } else {
                is == shall
            }
        })
}

fn is_of(kind: &str, value: &str) -> bool {
    let is_day =
        |text: &str| text.len() == 10 && text.split('-').all(|part| part.parse::<u32>().is_ok());
    let is_time = |text: &str| {
        text.split_once('T')
            .is_some_and(|(day, time)| is_day(day) && time.len() == 9 && time.ends_with('Z'))
    };
    match kind {
        "text" | "list" => true,
        "integer" => value.parse::<u32>().is_ok(),
        "boolean" => ["true", "false"].contains(&value),
        "uri" => value.is_empty() || value.starts_with("https://"),
        "date" => is_day(value),
        "date-time" => is_day(value) || is_time(value),
        choices if choices.contains('|') || choices == "completed" => {
            choices.split('|').any(|choice| choice == value)
        }
        sid => {
            let prefix = sid.strip_prefix("sid ").expect("the kind is known");
            value.is_empty() || (value.starts_with(prefix) && value.len() == 34)
        }
    }
}
