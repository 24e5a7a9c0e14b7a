//! The Voice SDK as it stands in the page, and what else of the browser has no binding elsewhere.

use leptos::web_sys::js_sys::{Function, Map, Object, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// A registration at the carrier.
    #[wasm_bindgen(js_namespace = Twilio)]
    #[derive(Clone)]
    pub(super) type Device;

    #[wasm_bindgen(constructor, js_namespace = Twilio, catch)]
    pub(super) fn new(token: &str, options: &JsValue) -> Result<Device, JsValue>;

    #[wasm_bindgen(method)]
    pub(super) fn on(this: &Device, event: &str, listener: &Function);

    #[wasm_bindgen(method, js_name = removeListener)]
    pub(super) fn off(this: &Device, event: &str, listener: &Function);

    /// It may settle never, and fail with `undefined`.
    #[wasm_bindgen(method)]
    pub(super) fn register(this: &Device) -> Promise;

    /// As `register`.
    #[wasm_bindgen(method)]
    pub(super) fn connect(this: &Device, options: &JsValue) -> Promise;

    #[wasm_bindgen(method, catch, js_name = updateToken)]
    pub(super) fn update_token(this: &Device, token: &str) -> Result<(), JsValue>;

    /// The SDK's own timer for the end of its token, which it does not take back with the device.
    #[wasm_bindgen(method, getter, js_name = _tokenWillExpireTimeout)]
    pub(super) fn token_timer(this: &Device) -> Option<f64>;

    #[wasm_bindgen(method, catch)]
    pub(super) fn destroy(this: &Device) -> Result<(), JsValue>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn state(this: &Device) -> String;

    #[wasm_bindgen(method, getter)]
    pub(super) fn audio(this: &Device) -> Option<Audio>;
}

#[wasm_bindgen]
extern "C" {
    /// What the SDK sounds through.
    #[derive(Clone)]
    pub(super) type Audio;

    #[wasm_bindgen(method)]
    pub(super) fn on(this: &Audio, event: &str, listener: &Function);

    #[wasm_bindgen(method, js_name = removeListener)]
    pub(super) fn off(this: &Audio, event: &str, listener: &Function);

    #[wasm_bindgen(method, getter, js_name = speakerDevices)]
    pub(super) fn speakers(this: &Audio) -> Outputs;

    #[wasm_bindgen(method, getter, js_name = ringtoneDevices)]
    pub(super) fn ringers(this: &Audio) -> Outputs;

    /// Loudspeakers for one purpose.
    pub(super) type Outputs;

    #[wasm_bindgen(method)]
    pub(super) fn set(this: &Outputs, device: &str) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    /// A call as the SDK holds it.
    #[derive(Clone)]
    pub(super) type Call;

    #[wasm_bindgen(method)]
    pub(super) fn on(this: &Call, event: &str, listener: &Function);

    #[wasm_bindgen(method, js_name = removeListener)]
    pub(super) fn off(this: &Call, event: &str, listener: &Function);

    #[wasm_bindgen(method, catch)]
    pub(super) fn accept(this: &Call, options: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) fn reject(this: &Call) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) fn disconnect(this: &Call) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) fn mute(this: &Call, on: bool) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = sendDigits)]
    pub(super) fn send_digits(this: &Call, keys: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn parameters(this: &Call) -> Object;

    #[wasm_bindgen(method, getter, js_name = customParameters)]
    pub(super) fn custom_parameters(this: &Call) -> Map;
}

#[wasm_bindgen]
extern "C" {
    /// What the tabs of a browser lock among themselves.
    pub(super) type Locks;

    #[wasm_bindgen(method)]
    pub(super) fn request(
        this: &Locks,
        name: &str,
        options: &JsValue,
        when_granted: &Function,
    ) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    /// A sound that can be sent to a loudspeaker of choice, in browsers that can.
    #[wasm_bindgen(js_name = Audio)]
    pub(super) type Sound;

    #[wasm_bindgen(constructor, catch, js_class = "Audio")]
    pub(super) fn new(address: &str) -> Result<Sound, JsValue>;

    #[wasm_bindgen(method, catch, js_name = setSinkId)]
    pub(super) fn set_sink_id(this: &Sound, device: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method)]
    pub(super) fn play(this: &Sound) -> Promise;
}
