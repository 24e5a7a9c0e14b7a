//! The browser's way into the pages; empty on every other target, so that a host build of the whole
//! workspace never turns on `hydrate` beside `ssr`.
#![cfg(target_arch = "wasm32")]

use leptos::mount::hydrate_body;
use leptos::web_sys::js_sys::futures::spawn_local;

/// Takes over the page that the server rendered, once what that page needs is here.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    spawn_local(async {
        if app::fetch_here().await.is_ok() {
            hydrate_body(app::App);
        }
    });
}
