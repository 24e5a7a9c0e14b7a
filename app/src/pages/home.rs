//! The first page: the console of whoever is signed in.

use desk::DeskError;
use leptos::prelude::*;

use super::console::Console;
use crate::layout::viewer;
use crate::parts::Trouble;

/// The console, for those who are signed in.
#[component]
pub(crate) fn Home() -> impl IntoView {
    match viewer() {
        Some(viewer) => view! { <Console viewer/> }.into_any(),
        None => view! { <Trouble error=DeskError::SignedOut/> }.into_any(),
    }
}
