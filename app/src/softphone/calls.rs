//! The SDK's calls: taken in, told about, used, and let go of.

use std::time::Duration;

use desk::softphone::{CallKey, CallNews, PhoneEvent};
use leptos::prelude::*;
use leptos::web_sys::js_sys::Function;
use wasm_bindgen::JsValue;

use super::script::{Emitter, Listener, fault, object, text};
use super::sdk::Call;
use super::{Phone, held};

/// How long the SDK takes for a key and the pause after it, and a little for beginning.
const KEY_TIME: Duration = Duration::from_millis(160 + 70 + 50);

/// A call and what listens to it.
pub(super) struct Handle {
    call: Call,
    _listeners: Vec<Listener>,
    keys: Keys,
}

/// Keys on their way. The SDK forgets those that it still has to send when it is given more.
#[derive(Default)]
struct Keys {
    waiting: String,
    is_sending: bool,
}

/// Takes in a call that rings.
pub(super) fn ring(phone: Phone, call: Call) {
    let key = next_key();
    let parameters: JsValue = call.parameters().into();
    let mut about = Vec::new();
    call.custom_parameters().for_each(&mut |value, name| {
        about.extend(name.as_string().zip(value.as_string()));
    });
    about.sort();
    let came = PhoneEvent::CallCame {
        key,
        sid: text(&parameters, "CallSid"),
        from: text(&parameters, "From"),
        about,
    };
    adopt(phone, key, call);
    phone.tell(came);
}

/// Takes in a call that was made here, unless it was given up meanwhile.
pub(super) fn adopt_own(phone: Phone, key: CallKey, call: Call) {
    if held(|held| held.given_up.remove(&key)) {
        let _ = call.disconnect();
        return;
    }
    adopt(phone, key, call);
}

/// A name for a call that is new to this page.
pub(super) fn next_key() -> CallKey {
    held(|held| {
        held.calls_seen += 1;
        held.calls_seen
    })
}

fn adopt(phone: Phone, key: CallKey, call: Call) {
    let on = |event: &'static str, news: fn(JsValue) -> Option<CallNews>| {
        Listener::to(&call, event, move |about| {
            if let Some(news) = news(about) {
                phone.tell(PhoneEvent::Call(key, news));
            }
        })
    };
    let listeners = vec![
        Listener::to(&call, "volume", move |loudness| {
            phone.level.try_set(percent(loudness.as_f64()));
        }),
        on("accept", |_| Some(CallNews::Accepted)),
        on("ringing", |_| Some(CallNews::Rings)),
        on("cancel", |_| Some(CallNews::Cancelled)),
        on("disconnect", |_| Some(CallNews::Disconnected)),
        on("reject", |_| Some(CallNews::Rejected)),
        on("error", |error| fault(&error).map(CallNews::Failed)),
        on("mute", |on| on.as_bool().map(CallNews::Muted)),
        on("reconnecting", |_| Some(CallNews::Reconnecting)),
        on("reconnected", |_| Some(CallNews::Reconnected)),
        on("transportClose", |_| Some(CallNews::LineLost)),
        on("warning", |name| name.as_string().map(CallNews::Warned)),
        on("warning-cleared", |name| {
            name.as_string().map(CallNews::Cleared)
        }),
    ];
    let handle = Handle {
        call,
        _listeners: listeners,
        keys: Keys::default(),
    };
    held(|held| held.calls.insert(key, handle));
}

/// How loud the SDK says the microphone is, of a hundred.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a number that fits none is the nearest that does"
)]
fn percent(loudness: Option<f64>) -> u8 {
    (loudness.unwrap_or_default() * 100.0).min(100.0) as u8
}

/// Answers.
pub(super) fn accept(phone: Phone, key: CallKey) {
    let options = object([("rtcConstraints", constraints(phone))]);
    with(phone, key, |call| call.accept(&options));
}

/// Declines.
pub(super) fn reject(phone: Phone, key: CallKey) {
    with(phone, key, Call::reject);
}

/// Hangs up; a call that the SDK is still making is given up.
pub(super) fn disconnect(phone: Phone, key: CallKey) {
    if held(|held| held.calls.contains_key(&key)) {
        with(phone, key, Call::disconnect);
    } else {
        held(|held| held.given_up.insert(key));
        phone.tell(PhoneEvent::Call(key, CallNews::Disconnected));
    }
}

/// Turns the microphone off or on.
pub(super) fn mute(phone: Phone, key: CallKey, on: bool) {
    with(phone, key, |call| call.mute(on));
}

/// Sends a key, once those before it are sent.
pub(super) fn press(phone: Phone, key: CallKey, digit: char) {
    let is_idle = held(|held| {
        let keys = &mut held.calls.get_mut(&key)?.keys;
        keys.waiting.push(digit);
        Some(!std::mem::replace(&mut keys.is_sending, true))
    });
    if is_idle == Some(true) {
        send_keys(phone, key);
    }
}

/// Sends all keys that wait, and looks again when the SDK is through with them.
fn send_keys(phone: Phone, key: CallKey) {
    let waiting = held(|held| {
        let keys = &mut held.calls.get_mut(&key)?.keys;
        keys.is_sending = !keys.waiting.is_empty();
        Some(std::mem::take(&mut keys.waiting))
    });
    let Some(digits) = waiting.filter(|waiting| !waiting.is_empty()) else {
        return;
    };
    with(phone, key, |call| call.send_digits(&digits));
    let takes = KEY_TIME * u32::try_from(digits.len()).unwrap_or(u32::MAX);
    set_timeout(move || send_keys(phone, key), takes);
}

/// Lets go of a call once everything that it tells at its end is told: the reason may come after it.
pub(super) fn let_go(key: CallKey) {
    set_timeout(
        move || drop(held(|held| held.calls.remove(&key))),
        Duration::ZERO,
    );
}

/// The microphone that was chosen; another one where it is gone, so that the caller is not.
pub(super) fn constraints(phone: Phone) -> JsValue {
    let microphone = phone.choice().microphone;
    let audio = if microphone.is_empty() {
        JsValue::TRUE
    } else {
        object([("deviceId", microphone.into())])
    };
    object([("audio", audio)])
}

/// Uses a call. The SDK tells of what follows while it is used, so that nothing may be borrowed.
fn with(phone: Phone, key: CallKey, using: impl FnOnce(&Call) -> Result<(), JsValue>) {
    let call = held(|held| Some(held.calls.get(&key)?.call.clone()));
    if let Some(Err(error)) = call.map(|call| using(&call))
        && let Some(fault) = fault(&error)
    {
        phone.tell(PhoneEvent::Call(key, CallNews::Failed(fault)));
    }
}

impl Emitter for Call {
    fn begin(&self, event: &str, listener: &Function) {
        self.on(event, listener);
    }

    fn end(&self, event: &str, listener: &Function) {
        self.off(event, listener);
    }
}
