//! The page for addresses that lead nowhere.

use desk::DeskError;
use leptos::prelude::*;

use crate::parts::Trouble;

/// There is nothing at this address.
#[component]
pub(crate) fn Missing() -> impl IntoView {
    view! { <Trouble error=DeskError::NotFound/> }
}
