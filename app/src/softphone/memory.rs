//! What this browser remembers of the telephone: who set it up, and through what it sounds.

use leptos::prelude::*;
use leptos::web_sys::Storage;
use serde::{Deserialize, Serialize};

/// The name under which it is remembered.
const NAME: &str = "switchboard-phone";

/// Devices by the browser's ids; empty is the browser's own choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Choice {
    /// Who set the telephone up.
    pub(crate) armed_by: Option<String>,
    pub(crate) microphone: String,
    pub(crate) speaker: String,
    pub(crate) ringer: String,
}

/// What is remembered; nothing where the browser keeps nothing.
pub(super) fn recall() -> Choice {
    let kept = storage().and_then(|storage| storage.get_item(NAME).ok()?);
    kept.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Remembers.
pub(super) fn remember(choice: &Choice) {
    if let Some(storage) = storage()
        && let Ok(text) = serde_json::to_string(choice)
    {
        // A browser may keep nothing; then the devices are chosen again.
        let _ = storage.set_item(NAME, &text);
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
