//! One number of the account: where it points, pointing it at a line, and putting back what was before.

use desk::setup::{NumberPast, NumberView, PointChoice};
use leptos::html;
use leptos::prelude::*;

use super::check::Badge;
use crate::api::{PointNumber, PutNumberBack};
use crate::parts::{FieldProblem, When, problem_with, problems_of, returned};
use crate::query::use_query;

/// What is done to numbers.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub(super) point: ServerAction<PointNumber>,
    pub(super) put_back: ServerAction<PutNumberBack>,
}

/// A number. Who has just changed it finds the focus here.
#[component]
pub(super) fn NumberCard(number: NumberView, lines: Vec<PointChoice>, acts: Acts) -> impl IntoView {
    let card = NodeRef::<html::Article>::new();
    let sid = number.sid.clone();
    let is_meant = use_query().with_untracked(|query| query.get("number") == sid);
    Effect::new(move |_| {
        if let Some(card) = card.get().filter(|_| is_meant) {
            // It fails for elements that are not in the page.
            _ = card.focus();
        }
    });
    let faults = number
        .faults
        .iter()
        .cloned()
        .map(|fault| view! { <li>{fault}</li> })
        .collect_view();
    let heading = format!("heading-{}", number.sid);
    let labelled = heading.clone();
    let id = format!("number-{}", number.sid);
    view! {
        <article class="setup-check" id=id tabindex="-1" node_ref=card aria-labelledby=labelled>
            <div class="setup-head">
                <h3 id=heading>{number.shown.clone()}</h3>
                <Badge state=number.state/>
            </div>
            <p>
                {(!number.name.is_empty()).then(|| format!("“{}”. ", number.name))}
                "It points at " {number.points.clone()} "."
            </p>
            {(!number.faults.is_empty()).then(|| view! { <ul class="setup-details">{faults}</ul> })}
            {number.past.clone().map(|past| view! { <Past sid=number.sid.clone() shown=number.shown.clone() past acts/> })}
            <Point number lines acts/>
        </article>
    }
}

/// What it pointed at before, and the way back there.
#[component]
fn Past(sid: String, shown: String, past: NumberPast, acts: Acts) -> impl IntoView {
    view! {
        <div class="setup-past">
            <p>
                "Before, it pointed at " {past.before} ". Changed by " {past.by} ", " <When ms=past.at_ms/> "."
                {past.first.map(|first| format!(" Putting back goes one step; at the very first it pointed at {first}."))}
            </p>
            <ActionForm action=acts.put_back>
                <input type="hidden" name="form[number]" value=sid/>
                <input type="hidden" name="form[version]" value=past.version.to_string()/>
                <button class="button" type="submit">"Put back"<span class="unseen">" what " {shown} " pointed at"</span></button>
            </ActionForm>
        </div>
    }
}

#[component]
fn Point(number: NumberView, lines: Vec<PointChoice>, acts: Acts) -> impl IntoView {
    let (line_id, fallback_id) = (
        format!("line-{}", number.sid),
        format!("fallback-{}", number.sid),
    );
    let (hint_id, problem_id) = (
        format!("{fallback_id}-hint"),
        format!("{fallback_id}-problem"),
    );
    let problem = problem_with(problems_of(acts.point), fallback_id.clone());
    let entered = returned(acts.point).filter(|entered| entered.number == number.sid);
    let (chosen, fallback) = match entered {
        Some(entered) => (Some(entered.line), entered.fallback),
        None => (number.line.clone(), number.fallback.clone()),
    };
    let options = lines
        .into_iter()
        .map(|line| {
            let is_chosen = chosen.as_deref() == Some(line.id.as_str());
            view! { <option value=line.id selected=is_chosen>{line.name}</option> }
        })
        .collect_view();
    let described = format!("{hint_id} {problem_id}");
    view! {
        <ActionForm action=acts.point attr:class="setup-point">
            <input type="hidden" name="form[number]" value=number.sid.clone()/>
            <input type="hidden" name="form[seen]" value=number.seen.clone()/>
            <div class="field">
                <label for=line_id.clone()>"Line"</label>
                <select id=line_id.clone() name="form[line]">{options}</select>
            </div>
            <div class="field">
                <label for=fallback_id.clone()>"Fallback on another host"</label>
                <input
                    id=fallback_id.clone()
                    name="form[fallback]"
                    type="url"
                    autocomplete="off"
                    spellcheck="false"
                    value=fallback
                    aria-invalid=move || problem.get().map(|_| "true")
                    aria-describedby=described
                />
                <p class="field-hint" id=hint_id>"Such as a TwiML Bin's address; empty for our own."</p>
                {move || problem.get().map(|message| view! { <FieldProblem id=problem_id.clone() message/> })}
            </div>
            {number.clears.clone().map(|clears| view! {
                <p class="setup-clears">"Pointing it takes it from " {clears} ", which would win over the line."</p>
            })}
            <button class="button button--main" type="submit">
                "Point it at the line"<span class="unseen">": " {number.shown.clone()}</span>
            </button>
        </ActionForm>
    }
}
