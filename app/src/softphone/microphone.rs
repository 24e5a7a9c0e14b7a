//! The microphone while it is shown to work: opened, measured, closed.

use std::time::Duration;

use desk::softphone::{MicrophoneFault, PhoneEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::js_sys::futures::JsFuture;
use leptos::web_sys::{
    AnalyserNode, AudioContext, MediaStream, MediaStreamConstraints, MediaStreamTrack,
};
use wasm_bindgen::{JsCast, JsValue};

use super::script::{field, leave, text};
use super::{Phone, calls, devices, held};

/// How often the level is measured.
const STEP: Duration = Duration::from_millis(100);

/// How many samples are looked at each time, and what silence is among them.
const SAMPLES: usize = 512;
const SILENCE: u8 = 128;

/// A microphone that is open. It closes when this is dropped.
pub(super) struct Open {
    stream: MediaStream,
    meter: Option<Meter>,
}

struct Meter {
    context: AudioContext,
    ticking: Option<IntervalHandle>,
}

/// Opens the chosen microphone in the place of one that is open, and tells what became of it.
pub(super) fn open(phone: Phone) {
    let number = held(|held| {
        held.microphones_asked += 1;
        held.microphones_asked
    });
    spawn_local(async move {
        let asked = ask(calls::constraints(phone)).await;
        if held(|held| held.microphones_asked != number) {
            // It was closed, or another one asked for, while the browser asked its person.
            drop(asked.map(|stream| Open {
                stream,
                meter: None,
            }));
            return;
        }
        match asked {
            Ok(stream) => {
                let meter = Meter::of(phone, &stream).ok();
                let before = held(|held| held.microphone.replace(Open { stream, meter }));
                drop(before);
                devices::list(phone);
                phone.tell(PhoneEvent::MicrophoneOpened);
            }
            Err(fault) => phone.tell(PhoneEvent::MicrophoneFailed(fault)),
        }
    });
}

/// Closes it.
pub(super) fn close(phone: Phone) {
    let open = held(|held| {
        held.microphones_asked += 1;
        held.microphone.take()
    });
    drop(open);
    phone.level.try_set(0);
}

/// Opens another one, if one is open.
pub(super) fn change(phone: Phone) {
    if held(|held| held.microphone.is_some()) {
        open(phone);
    }
}

/// Asks the browser, which may ask its person.
pub(super) async fn ask(constraints: JsValue) -> Result<MediaStream, MicrophoneFault> {
    let navigator = window().navigator();
    if field(&navigator, "mediaDevices").is_undefined() {
        return Err(MicrophoneFault::Insecure);
    }
    let constraints: MediaStreamConstraints = constraints.unchecked_into();
    let asked = navigator
        .media_devices()
        .and_then(|devices| devices.get_user_media_with_constraints(&constraints));
    let stream = JsFuture::from(asked.map_err(|error| fault(&error))?).await;
    stream
        .map(JsCast::unchecked_into)
        .map_err(|error| fault(&error))
}

/// What the browser's refusal means.
fn fault(error: &JsValue) -> MicrophoneFault {
    match text(error, "name").as_str() {
        "NotAllowedError" | "SecurityError" => MicrophoneFault::Denied,
        "NotFoundError" | "OverconstrainedError" => MicrophoneFault::None,
        _ => MicrophoneFault::Busy,
    }
}

impl Meter {
    /// Shows what comes from the microphone.
    fn of(phone: Phone, stream: &MediaStream) -> Result<Self, JsValue> {
        let context = AudioContext::new()?;
        let analyser = context.create_analyser()?;
        analyser.set_fft_size(SAMPLES as u32);
        context
            .create_media_stream_source(stream)?
            .connect_with_audio_node(&analyser)?;
        leave(context.resume()?);
        let ticking = set_interval_with_handle(
            move || {
                phone.level.try_set(level(&analyser));
            },
            STEP,
        );
        Ok(Self {
            context,
            ticking: ticking.ok(),
        })
    }
}

/// How far the sound swings, from 0 to 100; speech swings a fifth of what is possible.
fn level(analyser: &AnalyserNode) -> u8 {
    let mut samples = [SILENCE; SAMPLES];
    analyser.get_byte_time_domain_data(&mut samples);
    let swing = samples.into_iter().map(|sample| sample.abs_diff(SILENCE));
    let widest = u32::from(swing.max().unwrap_or_default());
    u8::try_from((widest * 200 / u32::from(SILENCE)).min(100)).unwrap_or(100)
}

impl Drop for Meter {
    fn drop(&mut self) {
        if let Some(ticking) = self.ticking.take() {
            ticking.clear();
        }
        // It fails where it is closed already.
        if let Ok(closed) = self.context.close() {
            leave(closed);
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        drop(self.meter.take());
        self.stream.get_tracks().for_each(&mut |track, _, _| {
            track.unchecked_into::<MediaStreamTrack>().stop();
        });
    }
}
