//! The account's API keys, without their secrets (reference E.1).

use serde_json::json;

use super::ask::{Ask, Verb, not_allowed};
use super::date;
use super::reply::Reply;
use crate::engine::{RestError, Time};

/// One key, which only the auth token may ask for.
pub(super) fn one(ask: &Ask<'_>, is_there: bool, sid: &str) -> Result<Reply, RestError> {
    match ask.verb {
        Verb::Get => {}
        Verb::Post | Verb::Delete => return Err(not_allowed()),
    }
    if !is_there {
        return Err(RestError::not_found(ask.uri.path()));
    }
    let made = date::shown(Time::default());
    Ok(Reply::shown(&json!({
        "sid": sid,
        "friendly_name": "Browser phones",
        "date_created": made,
        "date_updated": made,
    })))
}
