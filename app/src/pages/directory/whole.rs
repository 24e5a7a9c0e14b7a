//! The directory itself: its name, and taking it away.

use leptos::prelude::*;

use crate::api::{DeleteDirectory, RenameDirectory};
use crate::parts::{FieldProblem, Refused, action, problem_with, problems_of};

/// Calls the directory something else, or takes it away while no line leads callers to it.
#[component]
pub(super) fn Whole(id: String, name: String, is_used: bool) -> impl IntoView {
    view! {
        <details class="fold">
            <summary>"Name and removal"</summary>
            <Rename id=id.clone() name/>
            {is_used.then(|| view! {
                <p class="field-hint">"It cannot be deleted while a line leads callers here."</p>
            })}
            {(!is_used).then(|| view! { <Delete id/> })}
        </details>
    }
}

#[component]
fn Rename(id: String, name: String) -> impl IntoView {
    let rename = action::<RenameDirectory>();
    let problem = problem_with(problems_of(rename), "name");
    view! {
        <ActionForm action=rename>
            <input type="hidden" name="form[directory]" value=id/>
            <div class="office-fields">
                <div class="field">
                    <label for="directory-name">"Name of the directory"</label>
                    <input
                        id="directory-name"
                        name="form[name]"
                        type="text"
                        autocomplete="off"
                        value=name
                        aria-invalid=move || problem.get().map(|_| "true")
                        aria-describedby=move || problem.get().map(|_| "directory-name-problem")
                    />
                    {move || problem.get().map(|message| view! {
                        <FieldProblem id="directory-name-problem".to_owned() message/>
                    })}
                </div>
                <div class="office-acts">
                    <button class="button" type="submit">"Rename"</button>
                </div>
            </div>
            <Refused answer=move || rename.value().get()/>
        </ActionForm>
    }
}

/// The button that takes it away. It can be brought back, so nobody is asked twice.
#[component]
fn Delete(id: String) -> impl IntoView {
    let delete = action::<DeleteDirectory>();
    view! {
        <ActionForm action=delete attr:class="remove">
            <input type="hidden" name="form[directory]" value=id/>
            <button class="button" type="submit">"Delete this directory"</button>
            <span class="field-hint">
                "Its history stays: a directory that is made under the same id can bring it back."
            </span>
            <Refused answer=move || delete.value().get()/>
        </ActionForm>
    }
}
