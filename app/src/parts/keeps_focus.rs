//! Nobody who works by the keyboard is left nowhere when what they stand on goes.

use leptos::prelude::*;
use leptos::web_sys::{Element, EventTarget, HtmlElement};
use wasm_bindgen::JsCast;

/// Gives the focus to an element around this when it would go with what is shown here.
#[component]
pub(crate) fn KeepsFocus(
    /// Which, by its selector; it is an ancestor that stays.
    within: &'static str,
) -> impl IntoView {
    let here = NodeRef::<leptos::html::Span>::new();
    Effect::new(move |_| {
        // What belongs to a component is given up before it is taken out of the document.
        let part = here.get().and_then(|here| here.parent_element());
        let part = StoredValue::new_local(part);
        on_cleanup(move || {
            let part = part.try_get_value().flatten();
            let focused = document().active_element();
            if let Some((part, focused)) = part.zip(focused)
                && part.contains(Some(&focused))
                && let Some(stays) = part.closest(within).ok().flatten()
                && let Ok(stays) = stays.dyn_into::<HtmlElement>()
            {
                _ = stays.focus();
            }
        });
    });
    view! { <span hidden node_ref=here></span> }
}

/// Which row of a table something is in, by the attribute that names rows.
pub(crate) fn row_at(target: Option<EventTarget>, named_by: &str) -> Option<String> {
    let element: Element = target?.dyn_into().ok()?;
    let row = element.closest("tr").ok().flatten()?;
    row.get_attribute(named_by)
}

/// Whether the focus went with a row that is gone, or is about to.
pub(crate) fn went_with(gone: &str, named_by: &str) -> bool {
    let Some(focused) = document().active_element() else {
        return true;
    };
    focused.local_name() == "body"
        || row_at(Some(focused.into()), named_by).as_deref() == Some(gone)
}
