//! Finding out whether the browser lets the page sound without a click.

use desk::softphone::PhoneEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::HtmlAudioElement;
use leptos::web_sys::js_sys::{Function, futures::JsFuture};
use wasm_bindgen::{JsCast, JsValue};

use super::Phone;
use super::loading::sound;
use super::script::field;

/// So soft that nobody hears it; what is muted altogether may always be played and shows nothing.
const HARDLY: f64 = 0.000_1;

/// Tries, and tells the telephone where it may.
pub(super) fn attempt(phone: Phone) {
    spawn_local(async move {
        let may = match policy() {
            Some(policy) => policy == "allowed",
            None => plays().await.is_ok(),
        };
        if may {
            phone.tell(PhoneEvent::SoundAllowed);
        }
    });
}

/// What the browser says of itself, where it does.
fn policy() -> Option<String> {
    let navigator = window().navigator();
    let ask: Function = field(&navigator, "getAutoplayPolicy").dyn_into().ok()?;
    let said = ask.call1(&navigator, &JsValue::from_str("mediaelement"));
    said.ok()?.as_string()
}

async fn plays() -> Result<(), JsValue> {
    let sounding = HtmlAudioElement::new_with_src(&sound("test"))?;
    sounding.set_volume(HARDLY);
    JsFuture::from(sounding.play()?).await?;
    sounding.pause()
}
