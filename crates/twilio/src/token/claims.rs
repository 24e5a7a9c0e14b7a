//! The header and the payload of an access token as they stand in its JSON (reference D.1).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::sid::{ApplicationSid, CredentialSid};

pub(super) const TYPE: &str = "JWT";
pub(super) const CONTENT_TYPE: &str = "twilio-fpa;v=1";

#[derive(Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) alg: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) typ: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cty: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) twr: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Claims<'a> {
    pub(super) jti: String,
    pub(super) grants: Grants<'a>,
    pub(super) iat: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) nbf: Option<i64>,
    pub(super) exp: i64,
    pub(super) iss: &'a str,
    pub(super) sub: &'a str,
}

#[derive(Serialize)]
pub(super) struct Grants<'a> {
    pub(super) identity: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) voice: Option<Voice>,
}

/// The payload of a token that somebody shows: nothing in it is sure, not even that it is there.
#[derive(Deserialize)]
pub(super) struct Claimed {
    #[serde(default)]
    pub(super) jti: Option<String>,
    #[serde(default)]
    pub(super) iss: Value,
    #[serde(default)]
    pub(super) sub: Value,
    #[serde(default)]
    pub(super) iat: Option<i64>,
    #[serde(default)]
    pub(super) nbf: Option<i64>,
    #[serde(default)]
    pub(super) exp: Option<i64>,
    #[serde(default)]
    pub(super) grants: Value,
}

#[derive(Deserialize)]
pub(super) struct GrantsClaimed {
    pub(super) identity: String,
    pub(super) voice: Voice,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Voice {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) incoming: Option<Incoming>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) outgoing: Option<OutgoingClaim>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) push_credential_sid: Option<CredentialSid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) endpoint_id: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Incoming {
    pub(super) allow: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct OutgoingClaim {
    pub(super) application_sid: ApplicationSid,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) params: BTreeMap<String, Value>,
}
