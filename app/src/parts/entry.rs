//! A line of text in a form that says what is wrong field by field.

use leptos::prelude::*;

use super::{FieldProblem, Problems, problem_with};

/// A line of text. Its id is the name by which it is refused.
#[component]
pub(crate) fn Entry(
    name: &'static str,
    label: &'static str,
    /// The input's `type`.
    kind: &'static str,
    value: String,
    problems: Problems,
    #[prop(optional)] hint: &'static str,
    /// Where it stands in the form, if not at its top.
    #[prop(optional)]
    within: &'static str,
) -> impl IntoView {
    let problem = problem_with(problems, name);
    let described = move || {
        let hint = (!hint.is_empty()).then(|| format!("{name}-hint"));
        let problem = problem.get().map(|_| format!("{name}-problem"));
        let ids: Vec<String> = hint.into_iter().chain(problem).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=format!("form{within}[{name}]")
                type=kind
                autocomplete="off"
                spellcheck="false"
                value=value
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=described
            />
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=format!("{name}-hint")>{hint}</p> })}
            {move || problem.get().map(|message| view! { <FieldProblem id=format!("{name}-problem") message/> })}
        </div>
    }
}
