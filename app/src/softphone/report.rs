//! Telling the server what is meant by ending a call, before the call ends.

use std::time::Duration;

use desk::softphone::{CallKey, CallNews, Meant};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Phone;
use crate::api;

/// How long the call waits for the server. What was sent goes on being sent, and counts even when it comes after the end.
const PATIENCE: Duration = Duration::from_secs(2);

/// Tells the server, and then the telephone that it may end the call.
pub(super) fn send(phone: Phone, key: CallKey, meant: Meant) {
    let go_on = move || phone.with_call(key, CallNews::Reported);
    let waiting = set_timeout_with_handle(go_on, PATIENCE);
    spawn_local(async move {
        // A refusal says that the call is no longer this agent's: it ends here all the same.
        let _ = match meant {
            Meant::Decline { call, offer } => api::decline(call, offer).await,
            Meant::HangUp { call } => api::hang_up(call).await,
        };
        if let Ok(waiting) = waiting {
            waiting.clear();
        }
        go_on();
    });
}
