//! A link that was made a moment ago. It is shown this once, and takes the focus.

use desk::people::MadeLink;
use leptos::html;
use leptos::prelude::*;

use crate::parts::{Glyph, Icon};

/// The link, to be copied.
#[component]
pub(super) fn Made(link: MadeLink) -> impl IntoView {
    let notice = NodeRef::<html::Section>::new();
    Effect::new(move |_| {
        if let Some(notice) = notice.get() {
            // It fails for elements that are not in the page.
            _ = notice.focus();
        }
    });
    view! {
        <section class="made" aria-labelledby="made" tabindex="-1" node_ref=notice>
            <h2 id="made"><Icon glyph=Glyph::Done/>"A link for " {link.whom}</h2>
            <div class="field">
                <label for="link">"Copy it and send it to them"</label>
                <input id="link" type="text" readonly value=link.address aria-describedby="link-hint"/>
            </div>
            <p class="field-hint" id="link-hint">
                "It is shown only now, and works once, until " {desk::exact(link.until_ms)} "."
            </p>
        </section>
    }
}
