//! What the telephone needs from the server: a token, and the SDK with its sounds.

use desk::softphone::PhoneEvent;
use desk::{PhoneToken, TokenRefusal};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::js_sys::{Object, Promise, futures::JsFuture};
use leptos::web_sys::{HtmlScriptElement, RequestInit, Response};
use wasm_bindgen::{JsCast, JsValue};

use super::Phone;
use super::script::{field, set};

/// The SDK, and its SHA-256 as it was published.
const SDK: &str = "/sdk/twilio-voice-2.18.5.min.js";
const SDK_INTEGRITY: &str = "sha256-NdPLGyLjCfmIRySoklCuzS3k8VVq17Z6e8XgbHPct0o=";

/// What lets it speak to a carrier on this machine.
const SHIM: &str = "/sdk/shim.js";

/// The sounds that the SDK plays, by its names.
const SOUNDS: [&str; 15] = [
    "incoming",
    "outgoing",
    "disconnect",
    "dtmf0",
    "dtmf1",
    "dtmf2",
    "dtmf3",
    "dtmf4",
    "dtmf5",
    "dtmf6",
    "dtmf7",
    "dtmf8",
    "dtmf9",
    "dtmfs",
    "dtmfh",
];

/// Asks the server for a token.
pub(super) fn fetch_token(phone: Phone) {
    spawn_local(async move {
        let answer = ask().await.unwrap_or(PhoneEvent::TokenFailed);
        phone.tell(answer);
    });
}

async fn ask() -> Result<PhoneEvent, JsValue> {
    let init = RequestInit::new();
    init.set_method("POST");
    let asked = window().fetch_with_str_and_init("/token", &init);
    let answer: Response = JsFuture::from(asked).await?.unchecked_into();
    let text = JsFuture::from(answer.text()?).await?;
    let text = text.as_string().unwrap_or_default();
    if answer.ok() {
        let token = serde_json::from_str::<PhoneToken>(&text);
        return Ok(token.map_or(PhoneEvent::TokenFailed, PhoneEvent::TokenCame));
    }
    let refusal = serde_json::from_str::<TokenRefusal>(&text);
    Ok(refusal.map_or(PhoneEvent::TokenFailed, |refusal| {
        PhoneEvent::TokenRefused(refusal.message)
    }))
}

/// Brings the SDK into the page, once.
pub(super) fn load_sdk(phone: Phone, is_local: bool) {
    spawn_local(async move {
        let loaded = async {
            if !field(&window(), "Twilio").is_undefined() {
                return Ok(());
            }
            if is_local {
                load(SHIM, None).await?;
            }
            load(SDK, Some(SDK_INTEGRITY)).await
        };
        phone.tell(match loaded.await {
            Ok(()) => PhoneEvent::SdkCame,
            Err(_) => PhoneEvent::SdkFailed,
        });
    });
}

async fn load(address: &str, integrity: Option<&str>) -> Result<(), JsValue> {
    let document = document();
    let script: HtmlScriptElement = document.create_element("script")?.unchecked_into();
    script.set_src(address);
    if let Some(integrity) = integrity {
        script.set_integrity(integrity);
    }
    let loaded = Promise::new(&mut |resolve, reject| {
        script.set_onload(Some(&resolve));
        script.set_onerror(Some(&reject));
    });
    if let Some(head) = document.head() {
        head.append_child(&script)?;
    }
    JsFuture::from(loaded).await.map(|_| ())
}

/// Our own sounds in place of all that the SDK would fetch from afar.
pub(super) fn sounds() -> JsValue {
    let sounds: JsValue = Object::new().into();
    for name in SOUNDS {
        set(&sounds, name, &JsValue::from_str(&sound(name)));
    }
    sounds
}

/// Where a sound is.
pub(super) fn sound(name: &str) -> String {
    format!("/sdk/sounds/{name}.wav")
}
