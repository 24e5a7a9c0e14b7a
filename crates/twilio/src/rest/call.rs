//! The call resource: what Twilio remembers about one leg (reference E.2).

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::party::Party;
use crate::sid::{AccountSid, CallSid};
use crate::status::{CallStatus, Direction};

/// One leg as Twilio's records show it. Fields without a place of their own are in [`rest`](Self::rest).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CallResource {
    /// The leg.
    pub sid: CallSid,
    /// The account that owns the leg.
    pub account_sid: AccountSid,
    /// The leg that dialled this one.
    #[serde(default)]
    pub parent_call_sid: Option<CallSid>,
    /// How the leg stands; never `Initiated`, which webhooks alone know.
    #[serde(deserialize_with = "status")]
    pub status: CallStatus,
    /// Who calls.
    #[serde(default = "nobody", deserialize_with = "calling")]
    pub from: Party,
    /// Who is called.
    #[serde(default = "nobody", deserialize_with = "called")]
    pub to: Party,
    /// Which way the leg goes.
    #[serde(default = "no_direction", deserialize_with = "direction")]
    pub direction: Direction,
    /// When the leg was answered, RFC 2822, as sent.
    #[serde(default)]
    pub start_time: Option<String>,
    /// When the leg ended, RFC 2822, as sent.
    #[serde(default)]
    pub end_time: Option<String>,
    /// How long the leg lasted, in seconds from its answer.
    #[serde(default, rename = "duration", deserialize_with = "whole_number")]
    pub duration_s: Option<u32>,
    /// What answered, if a machine was listened for.
    #[serde(default)]
    pub answered_by: Option<String>,
    /// Every other field, as sent.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

fn nobody() -> Party {
    Party::parse_called("")
}

fn no_direction() -> Direction {
    Direction::parse("")
}

fn status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CallStatus, D::Error> {
    String::deserialize(deserializer).map(|word| CallStatus::parse(&word))
}

fn direction<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Direction, D::Error> {
    Option::<String>::deserialize(deserializer)
        .map(|word| Direction::parse(&word.unwrap_or_default()))
}

fn calling<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Party, D::Error> {
    Option::<String>::deserialize(deserializer).map(|text| Party::parse(&text.unwrap_or_default()))
}

fn called<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Party, D::Error> {
    Option::<String>::deserialize(deserializer)
        .map(|text| Party::parse_called(&text.unwrap_or_default()))
}

/// Numbers are often sent as strings; one that cannot be read counts as absent.
fn whole_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let number = value
        .as_str()
        .map_or_else(|| value.as_u64(), |text| text.parse().ok());
    Ok(number.and_then(|number| u32::try_from(number).ok()))
}
