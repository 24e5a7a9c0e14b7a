//! What telephones outside do when they ring: asked each time, or by habit.

use desk::{Board, Habit, NumberHabit};
use leptos::prelude::*;
use leptos_router::components::A;

use super::transcript::refusal;
use crate::api::SetHabit;
use crate::parts::action;
use crate::query::use_query;

/// The name of the fold, to which telephones lead.
const FOLD: &str = "habits";

/// The habits that numbers have, and a form for another.
#[component]
pub(super) fn Outside(board: ReadSignal<Board>, offices: Vec<(String, String)>) -> impl IntoView {
    let query = use_query();
    let number = Memo::new(move |_| query.read().get("number"));
    let is_asked_for = move || !number.read().is_empty();
    let habits = Memo::new(move |_| board.with(|board| board.habits.clone()));
    let options = offices
        .into_iter()
        .map(|(number, whose)| view! { <option value=number>{whose}</option> })
        .collect_view();
    view! {
        <section class="block" aria-labelledby=FOLD>
            <h2 id=FOLD>"When an office rings"</h2>
            <p class="lead">
                "Every number that a line dials asks you here, until you give it a habit of its own."
            </p>
            <ul class="habits">
                <For each=move || habits.get() key=|row: &NumberHabit| (row.number.clone(), row.habit.sentence()) let:row>
                    <Row row/>
                </For>
            </ul>
            <details class="fold" open=is_asked_for prop:open=is_asked_for>
                <summary>"Give a number a habit"</summary>
                <HabitForm number/>
            </details>
            <datalist id="offices">{options}</datalist>
        </section>
    }
}

#[component]
fn Row(row: NumberHabit) -> impl IntoView {
    let forget = action::<SetHabit>();
    let sentence = format!("{} {}.", row.holder, row.habit.sentence());
    view! {
        <li class="habit">
            <span>{sentence}</span>
            <ActionForm action=forget>
                <input type="hidden" name="form[number]" value=row.number/>
                <button class="button button--plain" type="submit" name="form[habit]" value="ask">"Ask me again"</button>
            </ActionForm>
        </li>
    }
}

#[component]
fn HabitForm(number: Memo<String>) -> impl IntoView {
    let set = action::<SetHabit>();
    let refused = move || refusal(set.value().get());
    let choices = Habit::CHOICES
        .map(|(word, meaning)| view! { <option value=word>{meaning}</option> })
        .into_iter()
        .collect_view();
    view! {
        <ActionForm action=set>
            <div class="habit-form">
                <div class="field">
                    <label for="habit-number">"Number"</label>
                    <input
                        id="habit-number"
                        name="form[number]"
                        type="text"
                        list="offices"
                        autocomplete="off"
                        required
                        value=number.get_untracked()
                        prop:value=move || number.get()
                    />
                </div>
                <div class="field">
                    <label for="habit">"When it rings"</label>
                    <select id="habit" name="form[habit]">{choices}</select>
                </div>
                <div class="field">
                    <label for="after">"Answers after (s)"</label>
                    <input id="after" name="form[after]" type="number" min="0" max="3600" value="3"/>
                </div>
                <div class="field">
                    <label for="talk">"Hangs up after (s)"</label>
                    <input id="talk" name="form[talk]" type="number" min="0" max="3600"/>
                </div>
                <button class="button" type="submit">"Keep"</button>
            </div>
        </ActionForm>
        {move || refused().map(|words| view! { <p class="refusal" role="alert">{words}</p> })}
    }
}

/// Leads from a telephone to the habit of its number.
pub(super) fn habit_of(number: &str) -> impl IntoView + use<> {
    let escaped = leptos_router::location::Url::escape(number);
    view! { <A href=format!("/phones?number={escaped}#{FOLD}")>"Next time it rings…"</A> }
}
