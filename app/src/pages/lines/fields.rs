//! The fields of a line's form: label, hint, and what was wrong with it.
//!
//! A field's id says where it stands in the form: `rooms-0-code` is `form[rooms][0][code]`.

use leptos::prelude::*;

use crate::parts::{FieldProblem, Problems, problem_with};

/// What a field is, whichever kind of control it has.
#[derive(Clone, Debug)]
pub(crate) struct About {
    id: String,
    label: String,
    hint: String,
    problem: Memo<Option<String>>,
}

/// A field by its id, its label and what it expects.
pub(crate) fn about(
    problems: Problems,
    id: impl Into<String>,
    label: impl Into<String>,
    hint: impl Into<String>,
) -> About {
    let id: String = id.into();
    About {
        problem: problem_with(problems, id.clone()),
        id,
        label: label.into(),
        hint: hint.into(),
    }
}

impl About {
    /// Where it stands in the form.
    fn name(&self) -> String {
        let steps: Vec<String> = self.id.split('-').map(|step| format!("[{step}]")).collect();
        format!("form{}", steps.concat())
    }

    fn described(&self) -> impl Fn() -> Option<String> + Clone + use<> {
        let (id, has_hint, problem) = (self.id.clone(), !self.hint.is_empty(), self.problem);
        move || {
            let hint = has_hint.then(|| format!("{id}-hint"));
            let problem = problem.get().map(|_| format!("{id}-problem"));
            let ids: Vec<String> = hint.into_iter().chain(problem).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    }

    fn invalid(&self) -> impl Fn() -> Option<&'static str> + Clone + use<> {
        let problem = self.problem;
        move || problem.get().map(|_| "true")
    }

    /// What stands under the control.
    fn notes(&self) -> AnyView {
        let (id, hint, problem) = (self.id.clone(), self.hint.clone(), self.problem);
        let problem_id = format!("{id}-problem");
        view! {
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
            {move || problem.get().map(|message| view! { <FieldProblem id=problem_id.clone() message/> })}
        }
        .into_any()
    }
}

/// A line of text; `list` is the id of a list of suggestions.
pub(crate) fn text(
    about: &About,
    kind: &'static str,
    value: &str,
    list: Option<&'static str>,
) -> AnyView {
    view! {
        <div class="field">
            <label for=about.id.clone()>{about.label.clone()}</label>
            <input
                id=about.id.clone()
                name=about.name()
                type=kind
                list=list
                inputmode=(kind == "text" && about.hint.starts_with("Seconds")).then_some("numeric")
                autocomplete="off"
                spellcheck="false"
                value=value.to_owned()
                aria-invalid=about.invalid()
                aria-describedby=about.described()
            />
            {about.notes()}
        </div>
    }
    .into_any()
}

/// Several lines of text.
pub(crate) fn area(about: &About, rows: u8, value: &str) -> AnyView {
    view! {
        <div class="field field--wide">
            <label for=about.id.clone()>{about.label.clone()}</label>
            <textarea
                id=about.id.clone()
                name=about.name()
                rows=rows.to_string()
                autocomplete="off"
                spellcheck="false"
                aria-invalid=about.invalid()
                aria-describedby=about.described()
            >
                {value.to_owned()}
            </textarea>
            {about.notes()}
        </div>
    }
    .into_any()
}

/// One of several.
pub(crate) fn choice(about: &About, value: &str, choices: &[(String, String)]) -> AnyView {
    let options = choices
        .iter()
        .map(|(code, words)| {
            let is_chosen = code == value;
            view! { <option value=code.clone() selected=is_chosen>{words.clone()}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=about.id.clone()>{about.label.clone()}</label>
            <select
                id=about.id.clone()
                name=about.name()
                aria-invalid=about.invalid()
                aria-describedby=about.described()
            >
                {options}
            </select>
            {about.notes()}
        </div>
    }
    .into_any()
}

/// Yes or no.
pub(crate) fn tick(about: &About, value: &str) -> AnyView {
    view! {
        <div class="field field--tick">
            <label for=about.id.clone()>
                <input
                    id=about.id.clone()
                    name=about.name()
                    type="checkbox"
                    value="yes"
                    checked=!value.is_empty()
                    aria-describedby=about.described()
                />
                <span>{about.label.clone()}</span>
            </label>
            {about.notes()}
        </div>
    }
    .into_any()
}

/// Choices that are written down in the program.
pub(crate) fn words(choices: &[(&str, &str)]) -> Vec<(String, String)> {
    choices
        .iter()
        .map(|(value, words)| ((*value).to_owned(), (*words).to_owned()))
        .collect()
}

/// Fields that belong together.
pub(crate) fn group(legend: impl Into<String>, lead: &'static str, fields: AnyView) -> AnyView {
    let legend: String = legend.into();
    view! {
        <fieldset class="line-group">
            <legend>{legend}</legend>
            {(!lead.is_empty()).then(|| view! { <p class="group-lead">{lead}</p> })}
            <div class="line-fields">{fields}</div>
        </fieldset>
    }
    .into_any()
}
