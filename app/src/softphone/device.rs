//! The SDK's device: made, registered, listened to, and put away.

use std::time::Duration;

use desk::PhoneToken;
use desk::softphone::{CallKey, CallNews, Fault, PhoneEvent, Settled};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::js_sys::{Array, Function, futures::JsFuture};
use wasm_bindgen::{JsCast, JsValue};

use super::calls;
use super::script::{Broken, Emitter, Listener, fault, leave, object, set, within};
use super::sdk::{Audio, Call, Device};
use super::{Phone, held, loading};

/// How long registering may take. The SDK itself may wait for ever.
const REGISTERING: Duration = Duration::from_secs(15);

/// How long it may take until a call that is made has begun; until it is answered may take longer.
const CONNECTING: Duration = Duration::from_secs(15);

/// How long before a token's end the SDK says so, in milliseconds.
const TOKEN_NOTICE: f64 = 90_000.0;

/// How long a lost connection may be made again before the call is given up, in milliseconds.
const GRACE: f64 = 30_000.0;

/// The SDK's error for what takes too long.
const TOO_LATE: u32 = 31_003;

/// A device and what listens to it.
pub(super) struct Registration {
    device: Device,
    audio: Option<Audio>,
    listeners: Vec<Listener>,
    /// Tells this device from those before it.
    number: u32,
}

/// Makes a device with this token in the place of the one that there was, and registers it.
pub(super) fn start(phone: Phone, token: &PhoneToken) {
    stop();
    let device = match Device::new(&token.token, &options(token)) {
        Ok(device) => device,
        Err(error) => return phone.tell(PhoneEvent::DeviceFailed(fault_or_unknown(&error))),
    };
    let audio = device.audio();
    let mut listeners = vec![
        Listener::to(&device, "registered", move |_| {
            phone.tell(PhoneEvent::Registered);
        }),
        Listener::to(&device, "unregistered", move |_| {
            phone.tell(PhoneEvent::Unregistered);
        }),
        Listener::to(&device, "tokenWillExpire", move |_| {
            phone.tell(PhoneEvent::TokenEnds);
        }),
        Listener::to(&device, "error", move |error| {
            phone.tell(PhoneEvent::DeviceFailed(fault_or_unknown(&error)));
        }),
        Listener::to(&device, "incoming", move |call| {
            calls::ring(phone, call.unchecked_into());
        }),
    ];
    listeners.extend(audio.as_ref().map(|audio| {
        Listener::to(audio, "deviceChange", move |_| {
            // The SDK chooses its own loudspeakers right after it has told of new ones.
            set_timeout(move || choose_speakers(phone), Duration::ZERO);
        })
    }));
    held(|held| {
        held.devices_made += 1;
        held.registration = Some(Registration {
            device,
            audio,
            listeners,
            number: held.devices_made,
        });
    });
    register(phone);
}

/// Registers the device that there is, unless it is registered or about to be.
pub(super) fn register(phone: Phone) {
    let Some((device, number)) = current() else {
        return;
    };
    if device.state() != "unregistered" {
        return;
    }
    let promise = device.register();
    spawn_local(async move {
        let end = match within(&promise, REGISTERING).await {
            Ok(_) => Settled::Done,
            Err(broken) => broken.into(),
        };
        if current().is_some_and(|(_, current)| current == number) {
            phone.tell(PhoneEvent::RegisterEnded(end));
        }
    });
}

/// Hands the device another token.
pub(super) fn update_token(phone: Phone, token: &str) {
    if let Some((device, _)) = current()
        && let Err(error) = device.update_token(token)
    {
        phone.tell(PhoneEvent::DeviceFailed(fault_or_unknown(&error)));
    }
}

/// Puts the device away; nothing is heard of it any longer.
pub(super) fn stop() {
    let registration = held(|held| held.registration.take());
    if let Some(Registration {
        device, listeners, ..
    }) = registration
    {
        drop(listeners);
        // The timer would hold on to the device for hours.
        if let Some(timer) = device.token_timer() {
            window().clear_timeout_with_handle(timer as i32);
        }
        // It fails where it is destroyed already.
        let _ = device.destroy();
    }
}

/// Makes a call. What it is about, the carrier hands on to the server.
pub(super) fn connect(phone: Phone, key: CallKey, about: &[(&str, String)]) {
    let Some((device, _)) = current() else {
        return phone.tell(PhoneEvent::Call(key, CallNews::Disconnected));
    };
    let params = object([]);
    for (name, value) in about {
        set(&params, name, &JsValue::from_str(value));
    }
    let options = object([
        ("params", params),
        ("rtcConstraints", calls::constraints(phone)),
    ]);
    let promise = device.connect(&options);
    spawn_local(async move {
        let why = match within(&promise, CONNECTING).await {
            Ok(call) => return calls::adopt_own(phone, key, call.unchecked_into()),
            Err(Broken::Failed(error)) => fault(&error),
            Err(Broken::Late) => {
                spawn_local(async move {
                    if let Ok(call) = JsFuture::from(promise).await {
                        let _ = call.unchecked_into::<Call>().disconnect();
                    }
                });
                Some(Fault {
                    code: TOO_LATE,
                    text: "connect() did not settle".to_owned(),
                })
            }
        };
        held(|held| held.given_up.remove(&key));
        if let Some(why) = why {
            phone.tell(PhoneEvent::Call(key, CallNews::Failed(why)));
        }
        phone.tell(PhoneEvent::Call(key, CallNews::Disconnected));
    });
}

/// Lets the SDK sound through the loudspeakers that were chosen.
pub(super) fn choose_speakers(phone: Phone) {
    let audio = held(|held| held.registration.as_ref()?.audio.clone());
    if let Some(audio) = audio {
        let choice = phone.choice();
        leave(audio.speakers().set(or_default(&choice.speaker)));
        leave(audio.ringers().set(or_default(&choice.ringer)));
    }
}

fn or_default(device: &str) -> &str {
    if device.is_empty() { "default" } else { device }
}

fn current() -> Option<(Device, u32)> {
    held(|held| {
        let registration = held.registration.as_ref()?;
        Some((registration.device.clone(), registration.number))
    })
}

fn options(token: &PhoneToken) -> JsValue {
    let codecs = Array::of2(&"pcmu".into(), &"opus".into());
    let options = object([
        ("closeProtection", JsValue::TRUE),
        ("codecPreferences", codecs.into()),
        ("enableImprovedSignalingErrorPrecision", JsValue::TRUE),
        // What goes wrong is said on the page.
        ("logLevel", "silent".into()),
        ("maxCallSignalingTimeoutMs", GRACE.into()),
        ("sounds", loading::sounds()),
        ("tokenRefreshMs", TOKEN_NOTICE.into()),
    ]);
    if let Some(gateway) = &token.signalling {
        set(&options, "chunderw", &JsValue::from_str(gateway));
        set(&options, "publishEvents", &JsValue::FALSE);
    }
    options
}

fn fault_or_unknown(error: &JsValue) -> Fault {
    fault(error).unwrap_or(Fault {
        code: 0,
        text: String::new(),
    })
}

impl Emitter for Device {
    fn begin(&self, event: &str, listener: &Function) {
        self.on(event, listener);
    }

    fn end(&self, event: &str, listener: &Function) {
        self.off(event, listener);
    }
}

impl Emitter for Audio {
    fn begin(&self, event: &str, listener: &Function) {
        self.on(event, listener);
    }

    fn end(&self, event: &str, listener: &Function) {
        self.off(event, listener);
    }
}
