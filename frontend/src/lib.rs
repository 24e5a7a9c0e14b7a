//! The browser's way into the pages; empty on every other target, so that a host build of the whole
//! workspace never turns on `hydrate` beside `ssr`.
#![cfg(target_arch = "wasm32")]

/// Takes over the page that the server rendered.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
