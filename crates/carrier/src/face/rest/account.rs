//! The account itself (reference E.1).

use serde_json::json;

use super::ask::{Ask, Verb, not_allowed};
use super::reply::Reply;
use super::{VERSION, date};
use crate::engine::{RestError, Time};

/// Its resource. The auth token, which Twilio shows here, is not shown.
pub(super) fn one(ask: &Ask<'_>) -> Result<Reply, RestError> {
    match ask.verb {
        Verb::Get => {}
        Verb::Post | Verb::Delete => return Err(not_allowed()),
    }
    let standing = ask.with(|engine| engine.standing());
    let made = date::shown(Time::default());
    Ok(Reply::shown(&json!({
        "sid": ask.account.as_str(),
        "owner_account_sid": ask.account.as_str(),
        "friendly_name": "The local carrier",
        "status": standing.status,
        "type": if standing.is_trial { "Trial" } else { "Full" },
        "date_created": made,
        "date_updated": made,
        "uri": format!("/{VERSION}/Accounts/{}.json", ask.account),
    })))
}
