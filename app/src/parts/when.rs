//! An instant: how long ago it was, and exactly when on hover.

use desk::Clocked;
use leptos::prelude::*;

use crate::now::Now;

/// How long ago `ms` was; the exact time until the page is alive, and in the tool tip.
#[component]
pub(crate) fn When(
    /// Milliseconds since 1970 UTC.
    ms: i64,
) -> impl IntoView {
    let Clocked { iso, exact } = Clocked::new(ms);
    let now = expect_context::<Now>();
    let until_alive = exact.clone();
    let text = move || {
        now.get()
            .map_or_else(|| until_alive.clone(), |now| desk::ago(ms, now))
    };
    view! {
        <time datetime=iso title=exact>
            {text}
        </time>
    }
}
