//! One line: its form, the way to another kind, the way to try it, and the way to remove it.

use desk::lines::{KINDS, LineForm, LineRow, LineView, NEW};
use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::{A, Form};

use super::fields::{about, area, choice, group, text};
use super::hours::hours;
use super::kind::settings;
use super::list::Now;
use super::test::Test;
use crate::api::{RemoveLine, SaveLine};
use crate::parts::{
    Glyph, Icon, Problems, Refusal, Refused, When, action, problem_with, problems_of, refusal,
    returned,
};

#[component]
pub(super) fn Page(view: LineView, saved: bool, test: Memo<String>) -> impl IntoView {
    let LineView {
        form,
        row,
        choices,
        test: way,
    } = view;
    let is_new = form.line.is_empty();
    let title = if is_new {
        "Add a line".to_owned()
    } else {
        row.name.clone()
    };
    let (id, version) = (form.line.clone(), form.version);
    let kind = form.kind.clone();
    view! {
        <Title text=title.clone()/>
        <p class="crumb"><A href="/lines">"Lines"</A></p>
        <h1>{title}</h1>
        {saved.then(|| view! { <Saved/> })}
        {(!is_new).then(|| view! { <How row=row.clone()/> })}
        {(!is_new).then(|| view! { <Test line=id.clone() way test/> })}
        <Kind id=if is_new { NEW.to_owned() } else { id.clone() } kind/>
        <Edit form choices/>
        {(!is_new).then(|| view! { <Remove line=id version name=row.name.clone()/> })}
    }
}

/// What was done a moment ago. It takes the focus: what was under the hand is gone.
#[component]
fn Saved() -> impl IntoView {
    let notice = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(notice) = notice.get() {
            // It fails for elements that are not in the page.
            _ = notice.focus();
        }
    });
    view! {
        <div class="done" role="status" tabindex="-1" node_ref=notice>
            <p><Icon glyph=Glyph::Done/>"Saved. It counts from the next step of a call on."</p>
        </div>
    }
}

/// How it stands, and the ways to what belongs to it.
#[component]
fn How(row: LineRow) -> impl IntoView {
    let number = if row.number.is_empty() {
        "It has no number yet.".to_owned()
    } else {
        row.number.clone()
    };
    let changed = row.changed_ms.map(|ms| {
        view! { <span class="by">"Changed by " {row.changed_by.clone()} ", " <When ms/></span> }
    });
    let (is_open, calls) = (row.is_open, row.calls);
    let prompts = format!("/prompts?line={}", row.id);
    view! {
        <p class="line-how">
            <span class="line-number">{number}</span>
            <Now is_open calls/>
            {changed}
            <A href=prompts>"What its callers hear"</A>
        </p>
    }
}

/// The way to the settings of another kind: a plain GET form.
#[component]
fn Kind(id: String, kind: String) -> impl IntoView {
    let options = KINDS
        .into_iter()
        .map(|(word, words)| {
            let is_chosen = word == kind;
            view! { <option value=word selected=is_chosen>{words}</option> }
        })
        .collect_view();
    view! {
        <Form method="get" action=format!("/lines/{id}") noscroll=true>
            <div class="kind-fields">
                <div class="field">
                    <label for="kind">"What the line does"</label>
                    <select id="kind" name="kind">{options}</select>
                </div>
                <button class="button" type="submit">"Show its settings"</button>
            </div>
        </Form>
    }
}

#[component]
fn Edit(form: LineForm, choices: desk::lines::LineChoices) -> impl IntoView {
    let save = action::<SaveLine>();
    let problems = problems_of(save);
    // It is chosen elsewhere on the page, so that what is wrong with it is said for the form as a whole.
    let kind = problem_with(problems, "kind");
    let told = move |words: String| match kind.get() {
        Some(problem) => format!("{words} {problem}"),
        None => words,
    };
    let entered = returned(save).filter(|entered| entered.line == form.line);
    let has_unsaid = entered.as_ref().is_some_and(|form| !form.rooms.is_empty());
    let form = entered.unwrap_or(form);
    let verb = if form.line.is_empty() {
        "Add the line"
    } else {
        "Save"
    };
    view! {
        <ActionForm action=save attr:class="line-form">
            <input type="hidden" name="form[line]" value=form.line.clone()/>
            <input type="hidden" name="form[version]" value=form.version.to_string()/>
            <input type="hidden" name="form[kind]" value=form.kind.clone()/>
            {move || refusal(save.value().get()).map(|words| view! { <Refusal words=told(words)/> })}
            {has_unsaid.then(|| view! {
                <p class="field-hint">"PINs that you changed have to be typed again: they do not travel with a refused form."</p>
            })}
            {who(&form, &choices, problems)}
            {settings(&form, &choices, problems)}
            {hours(&form, choices.zones.clone(), problems)}
            {dialling(&form, problems)}
            <div class="line-acts">
                <button class="button button--main" type="submit">{verb}</button>
                <A href="/lines" attr:class="button button--plain">"Back to the list"</A>
            </div>
        </ActionForm>
    }
}

fn who(form: &LineForm, choices: &desk::lines::LineChoices, problems: Problems) -> AnyView {
    let name = about(problems, "name", "Name", "As colleagues see it.");
    let id = about(
        problems,
        "id",
        "Id",
        "In addresses, for good: small letters, digits, hyphens. Empty for one made from the name.",
    );
    let number = about(
        problems,
        "number",
        "Number",
        "Like (202) 555-0100 or +12025550100. Empty until there is one.",
    );
    let language = about(problems, "language", "Language", "");
    let voice = about(
        problems,
        "voice",
        "Voice",
        "As the carrier names it, like Polly.Amy. Empty for the language's own.",
    );
    let voices = choices
        .voices
        .iter()
        .map(|voice| view! { <option value=voice.clone()></option> })
        .collect_view();
    let fields = view! {
        {text(&name, "text", &form.name, None)}
        {form.line.is_empty().then(|| text(&id, "text", &form.id, None))}
        {text(&number, "tel", &form.number, None)}
        {choice(&language, &form.language, &choices.languages)}
        {text(&voice, "text", &form.voice, Some("voices"))}
        <datalist id="voices">{voices}</datalist>
    };
    group("The line", "", fields.into_any())
}

fn dialling(form: &LineForm, problems: Problems) -> AnyView {
    let prefixes = about(
        problems,
        "prefixes",
        "Countries and prefixes",
        "Beginnings like +1 or +4420, with spaces between them. Empty: nothing is dialled.",
    );
    let codes = about(
        problems,
        "area_codes",
        "Area codes abroad",
        "Those that begin with +1 and are not domestic, like 876 for Jamaica: each by name.",
    );
    let seconds = about(problems, "dial_seconds", "Rings for", "Seconds, 5 to 600.");
    let person = about(
        problems,
        "person",
        "Person for 0",
        "Who answers callers who press 0. Empty for nobody.",
    );
    let fields = view! {
        {area(&prefixes, 2, &form.prefixes)}
        {text(&codes, "text", &form.area_codes, None)}
        {text(&seconds, "text", &form.dial_seconds, None)}
        {text(&person, "tel", &form.person, None)}
    };
    group(
        "What it may dial",
        "Emergency, premium and short numbers never.",
        fields.into_any(),
    )
}

/// The button that removes the line. What it was is kept in the audit alone, so somebody is asked first.
#[component]
fn Remove(line: String, version: i64, name: String) -> impl IntoView {
    let remove = action::<RemoveLine>();
    view! {
        <details class="line-remove">
            <summary>"Remove this line"</summary>
            <p>"Its number is answered no more, and its own words are gone. A line that is called or that a menu leads to stays."</p>
            <ActionForm action=remove>
                <input type="hidden" name="form[line]" value=line/>
                <input type="hidden" name="form[version]" value=version.to_string()/>
                <button class="button button--danger" type="submit">"Remove " {name}</button>
                <Refused answer=move || remove.value().get()/>
            </ActionForm>
        </details>
        // Without script the refusal of a removal comes with the page, where the fold is shut.
        {remove.value().get_untracked().and_then(Result::err).map(|_| view! {
            <Refused answer=move || remove.value().get()/>
        })}
    }
}
