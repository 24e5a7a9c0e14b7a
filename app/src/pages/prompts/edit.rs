//! One prompt in other words: heard, measured, and brought back to the usual ones.

use desk::DeskError;
use desk::prompts::{PromptFilter, PromptForm, PromptView, filled, length};
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;

use super::address;
use crate::api::{ResetPrompt, Returned, SavePrompt};
use crate::parts::{FieldProblem, Glyph, Icon, Refusal, Refused, action, returned};
use crate::voice::{Voices, find_voices, read_out};

#[component]
pub(super) fn Edit(prompt: PromptView, filter: PromptFilter, tag: String) -> impl IntoView {
    let save = action::<SavePrompt>();
    let form = PromptForm {
        line: filter.line.clone(),
        language: filter.language.clone(),
        key: prompt.key.clone(),
        version: prompt.version,
        text: prompt.text.clone(),
        search: filter.search.clone(),
    };
    let entered = returned(save).filter(|entered| entered.key == prompt.key);
    let entered = entered.map_or_else(|| form.text.clone(), |entered| entered.text);
    let text = RwSignal::new(entered.clone());
    let problem = Memo::new(move |_| match save.value().get() {
        Some(Err(Returned {
            error: DeskError::Invalid(errors),
            ..
        })) => errors.into_iter().next().map(|error| error.message),
        Some(_) | None => None,
    });
    let refused = move || match save.value().get() {
        Some(Err(Returned {
            error: DeskError::Invalid(errors),
            ..
        })) if !errors.is_empty() => None,
        Some(Err(Returned { error, .. })) => Some(error.to_string()),
        Some(Ok(())) | None => None,
    };
    let begin = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(begin) = begin.get() {
            // It fails for elements that are not in the page.
            _ = begin.focus();
        }
    });
    let (hidden, named) = (form.clone(), placeholders(&prompt));
    let about = prompt.about.clone();
    let language = filter.language.clone();
    let back = address(&PromptFilter {
        edit: String::new(),
        done: String::new(),
        ..filter
    });
    view! {
        <ActionForm action=save attr:class="prompt-form">
            <Hidden form=hidden/>
            <div class="field">
                <label for="text">{about}</label>
                <textarea
                    id="text"
                    name="form[text]"
                    rows="4"
                    lang=language.clone()
                    node_ref=begin
                    on:input=move |event| text.set(event_target_value(&event))
                    aria-invalid=move || problem.get().map(|_| "true")
                    aria-describedby=move || problem.get().map_or("text-hint", |_| "text-hint text-problem")
                >
                    {entered}
                </textarea>
                <p class="field-hint" id="text-hint">{named}</p>
                {move || problem.get().map(|message| view! { <FieldProblem id="text-problem".to_owned() message/> })}
            </div>
            <Preview text language tag/>
            <div class="line-acts">
                <button class="button button--main" type="submit">"Save"</button>
                <A href=back attr:class="button button--plain" scroll=false>"Cancel"</A>
            </div>
            {move || refused().map(|words| view! { <Refusal words/> })}
        </ActionForm>
        <Usual prompt form/>
    }
}

#[component]
fn Hidden(form: PromptForm) -> impl IntoView {
    view! {
        <input type="hidden" name="form[line]" value=form.line/>
        <input type="hidden" name="form[language]" value=form.language/>
        <input type="hidden" name="form[key]" value=form.key/>
        <input type="hidden" name="form[version]" value=form.version.to_string()/>
        <input type="hidden" name="form[search]" value=form.search/>
    }
}

fn placeholders(prompt: &PromptView) -> String {
    let names: Vec<String> = prompt
        .placeholders
        .iter()
        .map(|name| format!("{{{name}}}"))
        .collect();
    match names.as_slice() {
        [] => "Nothing is filled in here.".to_owned(),
        names => format!("Filled in: {}.", names.join(", ")),
    }
}

/// How it sounds, and how long it is.
#[component]
fn Preview(text: RwSignal<String>, language: String, tag: String) -> impl IntoView {
    let heard = {
        let language = language.clone();
        Memo::new(move |_| text.with(|text| filled(&language, text)))
    };
    let length = Memo::new(move |_| heard.with(|heard| length(&language, heard).words()));
    let voices = RwSignal::new(Voices::Unknown);
    Effect::new(|_| find_voices());
    let listen = move |_| voices.set(read_out(&tag, &heard.get_untracked()));
    view! {
        <div class="prompt-preview">
            <button class="button needs-life" type="button" on:click=listen><Icon glyph=Glyph::Aloud/>"Listen"</button>
            <span class="field-hint">{move || length.get()}</span>
            <span class="prompt-voice" role="status">
                {move || match voices.get() {
                    Voices::Unknown | Voices::Speaks => "",
                    Voices::Another => "This browser has no voice for this language; it reads with another.",
                    Voices::Silent => "This browser has no voice. Call the line to hear it.",
                }}
            </span>
        </div>
        <p class="prompt-heard">"As heard: " <q>{move || heard.get()}</q></p>
    }
}

/// The usual words, and the way back to them.
#[component]
fn Usual(prompt: PromptView, form: PromptForm) -> impl IntoView {
    let reset = action::<ResetPrompt>();
    let whose = if form.line.is_empty() {
        "As it came with this release"
    } else {
        "As all lines say it"
    };
    let language = form.language.clone();
    view! {
        <div class="prompt-usual">
            <h3>{whose}</h3>
            <p lang=language>{prompt.usual.clone()}</p>
            {prompt.is_own.then(|| view! {
                <ActionForm action=reset>
                    <Hidden form/>
                    <button class="button" type="submit">"Back to these words"</button>
                    <Refused answer=move || reset.value().get()/>
                </ActionForm>
            })}
        </div>
    }
}
