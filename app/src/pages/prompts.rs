//! What callers hear: looked through by line and language, heard, and said in other words.

mod edit;

use desk::Role;
use desk::prompts::{PromptFilter, PromptGroupView, PromptView, PromptsView, length};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::{A, Form};

use crate::api::list_prompts;
use crate::parts::{Gate, Glyph, Icon, when_here};
use crate::query::{self, use_query};
use edit::Edit;

/// The address of a list of prompts.
pub(crate) fn address(filter: &PromptFilter) -> String {
    query::address("/prompts", filter.pairs())
}

/// The prompts that the address asks for.
#[component]
pub(crate) fn Prompts() -> impl IntoView {
    view! {
        <Title text="Prompts"/>
        <Gate opens_to=Role::administers>
            <All/>
        </Gate>
    }
}

#[component]
fn All() -> impl IntoView {
    let query = use_query();
    let filter = Memo::new(move |_| query.with(|query| PromptFilter::from_pairs(query.pairs())));
    let answer = Resource::new(move || filter.get(), list_prompts);
    let (is_waiting, set_waiting) = signal(false);
    view! {
        <div class="page page--prompts" aria-busy=move || is_waiting.get().to_string()>
            <h1>"What callers hear"</h1>
            <p class="lead">
                "A line says what all lines say, unless it has words of its own. A change is heard from the next step of a call on."
            </p>
            <Transition set_pending=set_waiting>
                {move || when_here(answer, move |view| view! { <Shown view filter=filter.get_untracked()/> }.into_any())}
            </Transition>
        </div>
    }
}

#[component]
fn Shown(view: PromptsView, filter: PromptFilter) -> impl IntoView {
    let count = match (view.found, view.total) {
        (found, total) if found == total => format!("{total} prompts"),
        (found, total) => format!("{found} of {total} prompts"),
    };
    let filter = PromptFilter {
        language: view.language.clone(),
        ..filter
    };
    let tag = view.tag.clone();
    let groups = view
        .groups
        .clone()
        .into_iter()
        .map(|shown| group(shown, &filter, &tag))
        .collect_view();
    view! {
        <Choose view filter=filter.clone()/>
        <p class="count" role="status">{count}</p>
        {groups}
    }
}

/// Whose words, in which language, and what is looked for: a plain GET form.
#[component]
fn Choose(view: PromptsView, filter: PromptFilter) -> impl IntoView {
    let options = |choices: Vec<(String, String)>, chosen: &str| {
        choices
            .into_iter()
            .map(|(value, words)| {
                let is_chosen = value == chosen;
                view! { <option value=value selected=is_chosen>{words}</option> }
            })
            .collect_view()
    };
    let mut lines = vec![(String::new(), "All lines".to_owned())];
    lines.extend(view.lines);
    let lines = options(lines, &filter.line);
    let languages = options(view.languages, &filter.language);
    view! {
        <search>
            <Form method="get" action="/prompts" noscroll=true>
                <div class="prompt-filters">
                    <div class="field">
                        <label for="line">"Words of"</label>
                        <select id="line" name="line">{lines}</select>
                    </div>
                    <div class="field">
                        <label for="language">"Language"</label>
                        <select id="language" name="language">{languages}</select>
                    </div>
                    <div class="field">
                        <label for="search">"Search"</label>
                        <input id="search" name="search" type="search" autocomplete="off" value=filter.search/>
                    </div>
                    <button class="button" type="submit">"Show"</button>
                </div>
            </Form>
        </search>
    }
}

fn group(shown: PromptGroupView, filter: &PromptFilter, tag: &str) -> impl IntoView + use<> {
    let id: String = shown
        .name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let labelled = id.clone();
    let prompts = shown
        .prompts
        .into_iter()
        .map(|prompt| item(prompt, filter, tag))
        .collect_view();
    view! {
        <section class="block" aria-labelledby=labelled>
            <h2 id=id>{shown.name}</h2>
            <ul class="prompts">{prompts}</ul>
        </section>
    }
}

fn item(prompt: PromptView, filter: &PromptFilter, tag: &str) -> AnyView {
    if filter.edit == prompt.key {
        let (filter, tag) = (filter.clone(), tag.to_owned());
        return view! { <li class="prompt prompt--open"><Edit prompt filter tag/></li> }.into_any();
    }
    let open = address(&filter.opening(&prompt.key));
    let is_done = filter.done == prompt.key;
    let own = match (prompt.is_own, filter.line.is_empty()) {
        (false, _) => None,
        (true, true) => Some("changed"),
        (true, false) => Some("own words"),
    };
    let length = length(&filter.language, &prompt.text).words();
    let language = filter.language.clone();
    view! {
        <li class="prompt" id=format!("prompt-{}", prompt.key)>
            <div class="prompt-head">
                <span class="prompt-about">{prompt.about.clone()}</span>
                {own.map(|words| view! { <span class="prompt-own">{words}</span> })}
                {is_done.then(|| view! {
                    <span class="prompt-done" role="status"><Icon glyph=Glyph::Done/>"Saved"</span>
                })}
            </div>
            <p class="prompt-text" lang=language>{prompt.text.clone()}</p>
            <div class="prompt-foot">
                <span class="field-hint">{length}</span>
                <A href=open attr:class="button button--plain" scroll=false>
                    "Change"<span class="unseen">" " {prompt.about.clone()}</span>
                </A>
            </div>
        </li>
    }
    .into_any()
}
