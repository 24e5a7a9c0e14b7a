//! Reads fields of resources: numbers in strings, dates, identifiers that may be empty (reference E.1).
//!
//! An optional field that cannot be read counts as absent: one odd field must not cost the rest.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::choices::WebMethod;
use crate::date;
use crate::party::{E164, Party};
use crate::status::Direction;

pub(super) fn nobody() -> Party {
    Party::parse_called("")
}

pub(super) fn no_direction() -> Direction {
    Direction::parse("")
}

pub(super) fn direction<'de, D: Deserializer<'de>>(from: D) -> Result<Direction, D::Error> {
    text(from).map(|word| Direction::parse(&word))
}

pub(super) fn calling<'de, D: Deserializer<'de>>(from: D) -> Result<Party, D::Error> {
    text(from).map(|text| Party::parse(&text))
}

pub(super) fn called<'de, D: Deserializer<'de>>(from: D) -> Result<Party, D::Error> {
    text(from).map(|text| Party::parse_called(&text))
}

pub(super) fn e164<'de, D: Deserializer<'de>>(from: D) -> Result<Option<E164>, D::Error> {
    text(from).map(|text| E164::parse(&text))
}

pub(super) fn web_method<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<WebMethod>, D::Error> {
    text(from).map(|word| WebMethod::parse(&word))
}

/// A text that is not empty.
pub(super) fn filled<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    text(from).map(|text| Some(text).filter(|text| !text.is_empty()))
}

pub(super) fn sid<'de, D: Deserializer<'de>, S: TryFrom<String>>(
    from: D,
) -> Result<Option<S>, D::Error> {
    text(from).map(|text| S::try_from(text).ok())
}

pub(super) fn date_ms<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    text(from).map(|text| date::from_rfc2822(&text))
}

/// Numbers are often sent as strings.
pub(super) fn whole<'de, D: Deserializer<'de>, N: TryFrom<u64>>(
    from: D,
) -> Result<Option<N>, D::Error> {
    let value = Value::deserialize(from)?;
    let number = value
        .as_str()
        .map_or_else(|| value.as_u64(), |text| text.parse().ok());
    Ok(number.and_then(|number| N::try_from(number).ok()))
}

/// A price: a string in most resources, a number in some.
pub(super) fn decimal<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let value = Value::deserialize(from)?;
    let text = value.as_str().map(str::to_owned);
    Ok(text.or_else(|| value.as_number().map(ToString::to_string)))
}

pub(super) fn truth<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Value::deserialize(from).map(|value| value == Value::Bool(true))
}

fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => text,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            String::new()
        }
    })
}
