//! Small conversions between Rust's values and JavaScript's, and waiting for promises no longer than is good.

use std::time::Duration;

use desk::softphone::{Fault, Settled};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::js_sys::{Array, Function, Object, Promise, Reflect, futures::JsFuture};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// What stands for a promise that did not settle in time; none of the promises that are waited for gives a text.
const LATE: &str = "late";

/// Why a promise was not kept.
pub(super) enum Broken {
    Failed(JsValue),
    Late,
}

impl From<Broken> for Settled {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Failed(error) => Self::Failed(fault(&error)),
            Broken::Late => Self::Late,
        }
    }
}

/// Waits for a promise, but only so long.
pub(super) async fn within(promise: &Promise, limit: Duration) -> Result<JsValue, Broken> {
    let wait = i32::try_from(limit.as_millis()).unwrap_or(i32::MAX);
    let timer = Promise::new(&mut |resolve, _| {
        // It is refused only for what is no function.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_1(
            &resolve,
            wait,
            &JsValue::from_str(LATE),
        );
    });
    let race = Promise::race(&Array::of2(promise, &timer));
    match JsFuture::from(race).await {
        Ok(value) if value.as_string().as_deref() == Some(LATE) => Err(Broken::Late),
        Ok(value) => Ok(value),
        Err(error) => Err(Broken::Failed(error)),
    }
}

/// Waits for a promise elsewhere, whatever becomes of it: one that nobody waits for complains when it is broken.
pub(super) fn leave(promise: Promise) {
    spawn_local(async move {
        let _ = JsFuture::from(promise).await;
    });
}

/// An object with these fields.
pub(super) fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        set(&object, name, &value);
    }
    object.into()
}

/// Sets a field of an object of ours, which refuses none.
pub(super) fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// A field of a value; `undefined` where there is none.
pub(super) fn field(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(name)).unwrap_or_default()
}

/// A field of a value, as text; empty where there is none.
pub(super) fn text(value: &JsValue, name: &str) -> String {
    field(value, name).as_string().unwrap_or_default()
}

/// An error as the SDK makes them; `None` for `undefined`, which it also throws.
pub(super) fn fault(error: &JsValue) -> Option<Fault> {
    error.is_object().then(|| Fault {
        code: code(field(error, "code").as_f64().unwrap_or_default()),
        text: text(error, "message"),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a number that fits none is the nearest that does, and no code of the table"
)]
fn code(number: f64) -> u32 {
    number as u32
}

/// Something that tells of events by name.
pub(super) trait Emitter: Clone + 'static {
    fn begin(&self, event: &str, listener: &Function);
    fn end(&self, event: &str, listener: &Function);
}

/// A listener to an event, which stops listening when it is dropped. It may not be dropped while it listens: that
/// would take away the code that runs.
pub(super) struct Listener {
    _heard: Closure<dyn FnMut(JsValue)>,
    end: Option<Box<dyn FnOnce()>>,
}

impl Listener {
    pub(super) fn to<E: Emitter>(
        source: &E,
        event: &'static str,
        heard: impl FnMut(JsValue) + 'static,
    ) -> Self {
        let heard = Closure::<dyn FnMut(JsValue)>::new(heard);
        let function: Function = heard.as_ref().unchecked_ref::<Function>().clone();
        source.begin(event, &function);
        let source = source.clone();
        Self {
            _heard: heard,
            end: Some(Box::new(move || source.end(event, &function))),
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            end();
        }
    }
}
