//! The browser's way into the pages; empty on every other target, so that a host build of the whole
//! workspace never turns on `hydrate` beside `ssr`.
#![cfg(target_arch = "wasm32")]

use leptos::mount::hydrate_from_async;
use leptos::prelude::document;
use leptos::task::tick;
use leptos::web_sys::js_sys::futures::spawn_local;

/// Takes over the page that the server rendered, once what is needed for that page is here.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    let Some(body) = document().body() else {
        return;
    };
    spawn_local(async {
        hydrate_from_async(body, app::App).await.forget();
        tick().await;
        app::wake();
    });
}
