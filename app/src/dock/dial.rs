//! Calling a number.

use desk::softphone::number_to_call;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use crate::parts::{FieldProblem, Glyph, Icon};
use crate::softphone::Phone;

/// The field for the number.
#[component]
pub(super) fn Dial(phone: Phone, wants_number: RwSignal<bool>) -> impl IntoView {
    let number = NodeRef::<html::Input>::new();
    let (problem, set_problem) = signal(None);
    // Whoever asked for the field wants to write in it.
    Effect::new(move |_| {
        if let Some(number) = number.get() {
            _ = number.focus();
        }
    });
    let call = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(number) = number.get_untracked() else {
            return;
        };
        match number_to_call(&number.value()) {
            Ok(to) => {
                wants_number.set(false);
                phone.call(to, None);
            }
            Err(words) => {
                set_problem.set(Some(words));
                _ = number.focus();
            }
        }
    };
    view! {
        <form class="dock-dial" on:submit=call>
            <div class="field">
                <label for="dock-number">"Number to call"</label>
                <input
                    id="dock-number"
                    type="tel"
                    autocomplete="off"
                    node_ref=number
                    aria-invalid=move || problem.get().map(|_| "true")
                    aria-describedby=move || problem.get().map(|_| "dock-number-problem")
                />
                {move || problem.get().map(|words| view! {
                    <FieldProblem id="dock-number-problem".to_owned() message=words.to_owned()/>
                })}
            </div>
            <button class="button button--main" type="submit">
                <Icon glyph=Glyph::Phone/>
                "Call"
            </button>
        </form>
    }
}
