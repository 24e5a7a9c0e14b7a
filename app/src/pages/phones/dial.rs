//! Placing a call: who calls, from where, and which line.

use desk::{DeskError, LineChoice, PlaceCallForm, SAMPLE_CALLERS, SampleCaller};
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::transcript::refusal;
use crate::api::{ApiError, PlaceCall};
use crate::parts::{FieldProblem, Glyph, Icon, Problems, problem_with, problems_of};
use crate::query::use_query;

/// The form for a new call, filled in for one of the sample callers.
#[component]
pub(super) fn Dial(
    call: ServerAction<PlaceCall>,
    lines: Vec<LineChoice>,
    regions: Vec<(String, String)>,
) -> impl IntoView {
    let query = use_query();
    let caller = Memo::new(move |_| SampleCaller::of(&query.read().get("caller")).word);
    let form = Memo::new(move |_| SampleCaller::of(caller.get()).form());
    let problems = problems_of(call);
    let refused = move || match call.value().get() {
        Some(Err(ApiError(DeskError::Invalid(_)))) => None,
        other => refusal(other),
    };
    view! {
        <section class="dial" aria-labelledby="dial">
            <h2 id="dial">"Place a call"</h2>
            <Samples caller/>
            <ActionForm action=call>
                <div class="dial-form">
                    <Lines lines problems/>
                    <CallerFields form problems/>
                    <PlaceFields form regions problems/>
                    <div class="dial-acts">
                        <button class="button button--main" type="submit">
                            <Icon glyph=Glyph::Phone/>
                            "Call"
                        </button>
                        {move || refused().map(|words| view! { <p class="refusal" role="alert">{words}</p> })}
                    </div>
                </div>
            </ActionForm>
        </section>
    }
}

/// Callers to choose from.
#[component]
fn Samples(caller: Memo<&'static str>) -> impl IntoView {
    let samples = SAMPLE_CALLERS.map(|sample| {
        let chosen = move || (caller.get() == sample.word).then_some("true");
        view! {
            <li>
                <a class="sample" {..still()} href=format!("/phones?caller={}", sample.word) aria-current=chosen>
                    <span class="sample-name">{sample.name}</span>
                    " "
                    <span class="sample-about">{sample.about}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class="samples" aria-label="Callers to try">
            <ul>{samples.into_iter().collect_view()}</ul>
        </nav>
    }
}

#[component]
fn Lines(lines: Vec<LineChoice>, problems: Problems) -> impl IntoView {
    let problem = problem_with(problems, "line");
    let choices = lines
        .into_iter()
        .enumerate()
        .map(|(place, line)| {
            view! {
                <label class="choice">
                    <input type="radio" name="form[line]" value=line.id checked={place == 0} required/>
                    <span class="choice-name">{line.name}</span>
                    <span class="choice-about">{line.number}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices">
            <legend>"Line to call"</legend>
            <div class="choices-list">{choices}</div>
            {move || problem.get().map(|message| view! { <FieldProblem id="line-problem".to_owned() message/> })}
        </fieldset>
    }
}

#[component]
fn CallerFields(form: Memo<PlaceCallForm>, problems: Problems) -> impl IntoView {
    let is_withheld = move || !form.read().withheld.is_empty();
    view! {
        <fieldset class="dial-fields">
            <legend>"Who calls"</legend>
            <Text name="from" label="Number" kind="tel" value=Memo::new(move |_| form.read().from.clone()) problems/>
            <Text name="name" label="Name" kind="text" value=Memo::new(move |_| form.read().name.clone()) problems/>
            <label class="tick">
                <input
                    type="checkbox"
                    name="form[withheld]"
                    value="yes"
                    checked=untrack(is_withheld)
                    prop:checked=is_withheld
                />
                "The number is withheld"
            </label>
        </fieldset>
    }
}

#[component]
fn PlaceFields(
    form: Memo<PlaceCallForm>,
    regions: Vec<(String, String)>,
    problems: Problems,
) -> impl IntoView {
    let states = regions
        .into_iter()
        .map(|(code, name)| {
            let is_chosen = {
                let code = code.clone();
                move || form.read().state == code
            };
            let words = format!("{name} ({code})");
            view! { <option value=code selected=is_chosen.clone() prop:selected=is_chosen>{words}</option> }
        })
        .collect_view();
    view! {
        <fieldset class="dial-fields">
            <legend>"Where the carrier says they are"</legend>
            <div class="field">
                <label for="state">"State or province"</label>
                <select id="state" name="form[state]">
                    <option value="" prop:selected=move || form.read().state.is_empty()>"Not told"</option>
                    {states}
                </select>
            </div>
            <Text name="zip" label="ZIP code" kind="text" value=Memo::new(move |_| form.read().zip.clone()) problems/>
            <Text name="city" label="City" kind="text" value=Memo::new(move |_| form.read().city.clone()) problems/>
            <Text name="country" label="Country" kind="text" value=Memo::new(move |_| form.read().country.clone()) problems/>
        </fieldset>
    }
}

/// A line of text, and what was wrong with it.
#[component]
fn Text(
    name: &'static str,
    label: &'static str,
    /// The input's `type`.
    kind: &'static str,
    value: Memo<String>,
    problems: Problems,
) -> impl IntoView {
    let problem = problem_with(problems, name);
    let problem_id = format!("{name}-problem");
    let described = {
        let problem_id = problem_id.clone();
        move || problem.get().map(|_| problem_id.clone())
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=format!("form[{name}]")
                type=kind
                autocomplete="off"
                spellcheck="false"
                value=value.get_untracked()
                prop:value=move || value.get()
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=described
            />
            {move || problem.get().map(|message| view! { <FieldProblem id=problem_id.clone() message/> })}
        </div>
    }
}

/// Lets a link to the same page leave the page where it stands.
pub(super) fn still() -> impl leptos::attr::Attribute + Clone {
    custom_attribute("noscroll", "")
}
