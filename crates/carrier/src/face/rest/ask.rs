//! What is asked: the verb, the parameters, and reading them under their rules (reference E.1).

use std::sync::Arc;

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, Uri};
use twilio::{AccountSid, Form};

use super::VERSION;
use super::date::Span;
use crate::engine::{Engine, RestError};
use crate::face::driver::Driver;

/// The parameters of every list.
const PAGING: [&str; 3] = ["PageSize", "Page", "PageToken"];

/// One request.
pub(super) struct Ask<'a> {
    pub(super) driver: &'a Arc<Driver>,
    pub(super) account: &'a AccountSid,
    pub(super) verb: Verb,
    pub(super) uri: &'a Uri,
    pub(super) query: Form,
    pub(super) form: Form,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Get,
    Post,
    Delete,
}

impl Verb {
    pub(super) fn read(method: &Method) -> Result<Self, RestError> {
        match *method {
            Method::GET | Method::HEAD => Ok(Self::Get),
            Method::POST => Ok(Self::Post),
            Method::DELETE => Ok(Self::Delete),
            _ => Err(not_allowed()),
        }
    }
}

/// 405, 20004: the resource has no such verb.
pub(super) fn not_allowed() -> RestError {
    RestError::new(405, 20004, "Method not allowed")
}

/// The form in a body, where it is one.
pub(super) fn body(headers: &HeaderMap, body: &[u8]) -> Form {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if Form::is_announced_by(kind) {
        Form::parse(body)
    } else {
        Form::new()
    }
}

impl Ask<'_> {
    pub(super) fn with<R>(&self, act: impl FnOnce(&mut Engine) -> R) -> R {
        self.driver.with(act)
    }

    /// The path of something of this account, as `uri` fields show it.
    pub(super) fn path(&self, rest: &str) -> String {
        format!("/{VERSION}/Accounts/{}/{rest}", self.account)
    }

    /// Refuses parameters in the body that the operation does not have (20001).
    pub(super) fn knows(&self, names: &[&str]) -> Result<(), RestError> {
        refuse_others(&self.form, |name| names.contains(&name))
    }

    /// Refuses parameters in the query that the list does not have (20001).
    pub(super) fn filters(&self, names: &[&str]) -> Result<(), RestError> {
        refuse_others(&self.query, |name| {
            names.contains(&name) || PAGING.contains(&name)
        })
    }

    /// A parameter of the body.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.form.get(name).map(str::to_owned)
    }

    /// A parameter of the query; an empty one is none.
    pub(super) fn filter(&self, name: &str) -> Option<String> {
        self.query
            .get(name)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    }

    /// A truth of the query.
    pub(super) fn filter_flag(&self, name: &str) -> Option<bool> {
        self.filter(name).map(|word| is_true(&word))
    }

    /// The three filters of a date.
    pub(super) fn span(&self, name: &str) -> Result<Span, RestError> {
        let get = |sign: &str| self.query.get(&format!("{name}{sign}"));
        Span::read(name, get(""), get(">"), get("<"))
    }

    /// A parameter of the body that may be repeated, or hold several words.
    pub(super) fn words(&self, name: &str) -> Vec<String> {
        let values = self.form.iter().filter(|(found, _)| *found == name);
        values
            .flat_map(|(_, value)| value.split_whitespace())
            .map(str::to_owned)
            .collect()
    }

    /// A truth of the body: anything but `true` is false.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.form.get(name).map(is_true)
    }

    /// A whole number of the body; what is none is refused with `code`.
    pub(super) fn number(&self, name: &str, code: u32) -> Result<Option<u32>, RestError> {
        self.form
            .get(name)
            .filter(|text| !text.is_empty())
            .map(|text| {
                text.parse().map_err(|_| {
                    RestError::new(400, code, format!("{name} {text} is not a whole number"))
                })
            })
            .transpose()
    }
}

fn is_true(word: &str) -> bool {
    word.eq_ignore_ascii_case("true")
}

fn refuse_others(form: &Form, is_known: impl Fn(&str) -> bool) -> Result<(), RestError> {
    match form.iter().find(|(name, _)| !is_known(name)) {
        Some((name, _)) => Err(RestError::new(
            400,
            20001,
            format!("Unknown parameter {name}"),
        )),
        None => Ok(()),
    }
}
