//! Calling a number, for one of the lines.

use desk::softphone::number_to_call;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use crate::parts::{FieldProblem, Glyph, Icon};
use crate::softphone::Phone;

/// The field for the number, and the line whose number is shown there.
#[component]
pub(crate) fn Dial(
    phone: Phone,
    /// Ids and names; with one or none there is nothing to choose.
    lines: Memo<Vec<(String, String)>>,
    /// What the fields' ids begin with.
    name: &'static str,
    /// Called once the number is.
    on_call: Callback<()>,
    #[prop(optional)] takes_focus: bool,
    /// The key that leads here.
    #[prop(optional)]
    shortcut: Signal<Option<&'static str>>,
) -> impl IntoView {
    let number = NodeRef::<html::Input>::new();
    let line = NodeRef::<html::Select>::new();
    let (problem, set_problem) = signal(None);
    // Whoever asked for the field wants to write in it.
    Effect::new(move |_| {
        if let Some(number) = number.get().filter(|_| takes_focus) {
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
                let first = || lines.with_untracked(|lines| Some(lines.first()?.0.clone()));
                let chosen = line.get_untracked().map(|line| line.value());
                on_call.run(());
                phone.call(to, chosen.or_else(first));
            }
            Err(words) => {
                set_problem.set(Some(words));
                _ = number.focus();
            }
        }
    };
    let has_choice = Memo::new(move |_| lines.with(|lines| lines.len() > 1));
    let options = move || {
        let lines = lines.get().into_iter();
        lines
            .map(|(id, name)| view! { <option value=id>{name}</option> })
            .collect_view()
    };
    let problem_id = format!("{name}-number-problem");
    let described = problem_id.clone();
    view! {
        <form class="dock-dial" novalidate on:submit=call>
            <div class="field">
                <label for=format!("{name}-number")>"Number to call"</label>
                <input
                    id=format!("{name}-number")
                    type="tel"
                    autocomplete="off"
                    node_ref=number
                    aria-keyshortcuts=shortcut
                    aria-invalid=move || problem.get().map(|_| "true")
                    aria-describedby=move || problem.get().map(|_| described.clone())
                />
                {move || problem.get().map(|words: &str| view! {
                    <FieldProblem id=problem_id.clone() message=words.to_owned()/>
                })}
            </div>
            <Show when=move || has_choice.get()>
                <div class="field dock-line">
                    <label for=format!("{name}-line")>"They see the number of"</label>
                    <select id=format!("{name}-line") node_ref=line>{options}</select>
                </div>
            </Show>
            <button class="button button--main" type="submit">
                <Icon glyph=Glyph::Phone/>
                "Call"
            </button>
        </form>
    }
}
