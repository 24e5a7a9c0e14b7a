//! One tab of a browser owns the telephone; the others wait for it.

use desk::softphone::PhoneEvent;
use leptos::prelude::*;
use leptos::web_sys::js_sys::{Function, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::script::{field, leave, object};
use super::sdk::Locks;
use super::{Phone, held};

/// What the tabs lock.
const NAME: &str = "switchboard-phone";

/// Asks for the telephone, and waits in line where another tab has it.
pub(super) fn claim(phone: Phone) {
    if held(|held| held.lock.is_some()) {
        return phone.tell(PhoneEvent::Owned);
    }
    let if_free = object([("ifAvailable", JsValue::TRUE)]);
    request(phone, &if_free, move || {
        phone.tell(PhoneEvent::OwnedElsewhere);
        request(phone, &object([]), || {});
    });
}

/// Leaves the telephone to the next tab.
pub(super) fn release() {
    let release = held(|held| held.lock.take());
    if let Some(release) = release {
        // It settles a promise of ours, which cannot fail.
        let _ = release.call0(&JsValue::NULL);
    }
}

/// Asks for the lock; it is held until a promise settles that is made when it comes.
fn request(phone: Phone, options: &JsValue, if_taken: impl FnOnce() + 'static) {
    let locks = field(&window().navigator(), "locks");
    if locks.is_undefined() {
        // A browser without locks has tabs that do not know of each other.
        return phone.tell(PhoneEvent::Owned);
    }
    let mut if_taken = Some(if_taken);
    let granted = Closure::once_into_js(move |lock: JsValue| {
        if lock.is_null() {
            if let Some(if_taken) = if_taken.take() {
                if_taken();
            }
            return JsValue::UNDEFINED;
        }
        let kept = Promise::new(&mut |release: Function, _| {
            held(|held| held.lock = Some(release));
        });
        phone.tell(PhoneEvent::Owned);
        kept.into()
    });
    let locks: Locks = locks.unchecked_into();
    leave(locks.request(NAME, options, granted.unchecked_ref()));
}
