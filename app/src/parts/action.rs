//! What a form or a button does at the server.

use std::cell::OnceCell;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

thread_local! {
    /// Where this document was when its first action was made.
    static LOADED_AT: OnceCell<Option<String>> = const { OnceCell::new() };
}

/// An action. What the server refused without script it begins with on the page that the document was loaded with, and on
/// no other: leptos keeps a refusal for as long as the document lasts.
pub(crate) fn action<S>() -> ServerAction<S>
where
    S: ServerFn + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
    S::Error: Send + Sync + 'static,
{
    let action = ServerAction::new();
    if !is_where_it_was_loaded() {
        action.clear();
    }
    action
}

/// On the server every page is loaded.
fn is_where_it_was_loaded() -> bool {
    if cfg!(feature = "ssr") {
        return true;
    }
    let here = window().location().href().ok();
    LOADED_AT.with(|loaded| *loaded.get_or_init(|| here.clone()) == here)
}
