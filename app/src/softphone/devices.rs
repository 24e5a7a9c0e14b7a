//! Microphones and loudspeakers: which there are, whether they may be used, and trying them.

use std::time::Duration;

use desk::softphone::{MicrophoneFault, PhoneEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::MediaDeviceInfo;
use leptos::web_sys::js_sys::{Array, Function, Promise, futures::JsFuture};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::script::{field, leave, object, set, text, within};
use super::sdk::Sound;
use super::{Phone, held, loading};

/// How long a loudspeaker may take to be chosen for a sound.
const SOUNDING: Duration = Duration::from_secs(5);

/// A microphone or loudspeaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SoundDevice {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// Those that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Devices {
    pub(crate) microphones: Vec<SoundDevice>,
    /// None where the browser lets nobody choose.
    pub(crate) speakers: Vec<SoundDevice>,
}

/// Follows what is plugged in and out, and what the browser's person allows.
pub(super) fn watch(phone: Phone) {
    let devices = field(&window().navigator(), "mediaDevices");
    if devices.is_undefined() {
        return;
    }
    listen(&devices, "ondevicechange", move || list(phone));
    let permissions = field(&window().navigator(), "permissions");
    spawn_local(async move {
        let microphone = object([("name", "microphone".into())]);
        // Browsers that do not know this permission say so by refusing the question.
        let query: Option<Function> = field(&permissions, "query").dyn_into().ok();
        let asked = query.and_then(|query| query.call1(&permissions, &microphone).ok());
        let Some(asked) = asked else { return };
        if let Ok(status) = JsFuture::from(asked.unchecked_into::<Promise>()).await {
            let seen = status.clone();
            listen(&status, "onchange", move || {
                if text(&seen, "state") == "denied" {
                    phone.tell(PhoneEvent::MicrophoneFailed(MicrophoneFault::Denied));
                }
            });
            held(|held| held.permission = status);
        }
    });
}

/// Learns which devices there are.
pub(super) fn list(phone: Phone) {
    spawn_local(async move {
        let listed = window()
            .navigator()
            .media_devices()
            .and_then(|devices| devices.enumerate_devices());
        let Ok(listed) = listed else { return };
        let Ok(listed) = JsFuture::from(listed).await else {
            return;
        };
        let mut devices = Devices::default();
        for device in Array::from(&listed).iter() {
            let kind = text(&device, "kind");
            let device: MediaDeviceInfo = device.unchecked_into();
            let found = SoundDevice {
                id: device.device_id(),
                name: device.label(),
            };
            match kind.as_str() {
                "audioinput" => devices.microphones.push(found),
                "audiooutput" => devices.speakers.push(found),
                _ => {}
            }
        }
        let is_silent = devices.microphones.is_empty();
        phone.devices.try_set(devices);
        phone.tell(if is_silent {
            PhoneEvent::MicrophoneFailed(MicrophoneFault::None)
        } else {
            PhoneEvent::MicrophoneThere
        });
    });
}

/// Plays a sound through a loudspeaker, so that somebody can tell whether they hear it.
pub(super) fn play(name: &str, device: &str) {
    let Ok(sound) = Sound::new(&loading::sound(name)) else {
        return;
    };
    let device = device.to_owned();
    spawn_local(async move {
        // Browsers without the choice play where they always do.
        let chosen = if device.is_empty() {
            None
        } else {
            sound.set_sink_id(&device).ok()
        };
        if let Some(chosen) = chosen {
            let _ = within(&chosen, SOUNDING).await;
        }
        leave(sound.play());
    });
}

/// Listens for as long as the page lives.
fn listen(source: &JsValue, event: &str, heard: impl FnMut() + 'static) {
    let heard = Closure::<dyn FnMut()>::new(heard);
    set(source, event, &heard.into_js_value());
}
