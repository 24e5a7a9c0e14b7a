//! The form that narrows the list: a plain GET form, with or without WebAssembly.

use desk::{CallFilter, CallPage, FieldError};
use leptos::prelude::*;
use leptos_router::components::Form;

use super::Answer;
use crate::parts::FieldProblem;

/// Search, line, outcome and days.
#[component]
pub(super) fn Filters(
    filter: Memo<CallFilter>,
    errors: Memo<Vec<FieldError>>,
    answer: Answer,
) -> impl IntoView {
    view! {
        <search class="filters">
            <Form method="get" action="/calls" noscroll=true>
                <div class="filters-fields">
                    <div class="field filters-search">
                        <label for="search">"Number or call id"</label>
                        <input
                            id="search"
                            name="search"
                            type="search"
                            autocomplete="off"
                            spellcheck="false"
                            value=filter.get_untracked().search
                            prop:value=move || filter.get().search
                        />
                    </div>
                    <Choice name="line" label="Line" any="Any line" chosen=Memo::new(move |_| filter.get().line) answer choices=lines/>
                    <Choice name="outcome" label="Outcome" any="Any outcome" chosen=Memo::new(move |_| filter.get().outcome) answer choices=outcomes/>
                    <Day name="from" label="From day (UTC)" day=Memo::new(move |_| filter.get().from_day) errors/>
                    <Day name="to" label="To day (UTC)" day=Memo::new(move |_| filter.get().to_day) errors/>
                    <div class="filters-acts">
                        <button class="button button--main" type="submit">"Show"</button>
                        <a class="button button--plain" href="/calls">"Clear"</a>
                    </div>
                </div>
            </Form>
        </search>
    }
}

fn lines(page: &CallPage) -> Vec<(String, String)> {
    page.lines.clone()
}

fn outcomes(page: &CallPage) -> Vec<(String, String)> {
    page.outcomes
        .iter()
        .map(|word| (word.clone(), desk::outcome_text(word)))
        .collect()
}

/// One of what the list holds, or any.
#[component]
fn Choice(
    name: &'static str,
    label: &'static str,
    any: &'static str,
    chosen: Memo<String>,
    answer: Answer,
    /// The values and their words.
    choices: fn(&CallPage) -> Vec<(String, String)>,
) -> impl IntoView {
    let option = move |(value, word): (String, String)| {
        let is_chosen = {
            let value = value.clone();
            move || chosen.get() == value
        };
        view! {
            <option value=value selected=is_chosen.clone() prop:selected=is_chosen>
                {word}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=name>
                <option value="" prop:selected=move || chosen.get().is_empty()>
                    {any}
                </option>
                <Transition>
                    {move || Suspend::new(async move {
                        let choices = answer.await.map(|page| choices(&page)).unwrap_or_default();
                        choices.into_iter().map(option).collect_view()
                    })}
                </Transition>
            </select>
        </div>
    }
}

/// A day, and what was wrong with it.
#[component]
fn Day(
    name: &'static str,
    label: &'static str,
    day: Memo<String>,
    errors: Memo<Vec<FieldError>>,
) -> impl IntoView {
    let problem = Memo::new(move |_| {
        errors.with(|errors| {
            errors
                .iter()
                .find(|error| error.field == name)
                .map(|error| error.message.clone())
        })
    });
    let shown = Memo::new(move |_| {
        let day = day.get();
        if desk::day(&day).is_some() {
            day
        } else {
            String::new()
        }
    });
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
                name=name
                type="date"
                value=shown.get_untracked()
                prop:value=move || shown.get()
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=described
            />
            {move || {
                problem
                    .get()
                    .map(|message| view! { <FieldProblem id=problem_id.clone() message/> })
            }}
        </div>
    }
}
