//! Writing down what a call was about, and being ready for the next one.

use desk::{DeskError, Disposition, Doing};
use leptos::prelude::*;

use super::Seat;
use crate::api::{ApiError, FinishWrapUp, MoreWrapUp};
use crate::parts::{
    FieldProblem, Glyph, Icon, Problems, Refused, action, problem_with, problems_of,
};

/// The form after a call. Whoever begins to write has all the time they need.
#[component]
pub(super) fn WrapUp(seat: Seat) -> impl IntoView {
    let finish = action::<FinishWrapUp>();
    let more = action::<MoreWrapUp>();
    let doing = move |of: fn(&Doing) -> Option<i64>| {
        Memo::new(move |_| seat.mine.with(|mine| of(&mine.doing)))
    };
    let until = doing(|doing| match doing {
        Doing::WrapUp(wrapping) => wrapping.until_ms,
        Doing::Nothing | Doing::Rung(_) | Doing::Call(_) => None,
    });
    let call = seat
        .mine
        .with_untracked(|mine| mine.doing.call().map(str::to_owned));
    let call = StoredValue::new(call.unwrap_or_default());
    let stay = move || {
        // The answer is here before the feed tells of it.
        let is_asked = more.pending().get_untracked() || more.version().get_untracked() > 0;
        let is_asked = is_asked || until.get_untracked().is_none();
        if !is_asked {
            more.dispatch(MoreWrapUp {
                call: call.get_value(),
            });
        }
    };
    let problems = problems_of(finish);
    let refused = move || match finish.value().get() {
        Some(Err(ApiError(DeskError::Invalid(_)))) => None,
        other => other,
    };
    view! {
        <div class="wrap-up" on:input=move |_| stay()>
            <ActionForm action=finish>
                <input type="hidden" name="form[call]" value=call.get_value()/>
                <Dispositions problems/>
                <Notes seat problems/>
                <div class="desk-buttons">
                    <button class="button button--main" type="submit">
                        <Icon glyph=Glyph::Done/>
                        "Done"
                    </button>
                </div>
            </ActionForm>
            <ActionForm action=more>
                <input type="hidden" name="call" value=call.get_value()/>
                <Time seat until/>
            </ActionForm>
            <Refused answer=refused/>
            <Refused answer=move || more.value().get()/>
        </div>
    }
}

/// How the call went.
#[component]
fn Dispositions(problems: Problems) -> impl IntoView {
    let problem = problem_with(problems, "disposition");
    let choices = Disposition::ALL
        .map(|one| {
            view! {
                <label class="choice">
                    <input type="radio" name="form[disposition]" value=one.word()/>
                    <span class="choice-name">{one.label()}</span>
                </label>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <fieldset class="choices">
            <legend>"How did it go?"</legend>
            <div class="choices-list">{choices}</div>
            {move || problem.get().map(|message| view! { <FieldProblem id="disposition-problem".to_owned() message/> })}
        </fieldset>
    }
}

#[component]
fn Notes(seat: Seat, problems: Problems) -> impl IntoView {
    let problem = problem_with(problems, "notes");
    view! {
        <div class="field">
            <label for="notes">"Notes"</label>
            <textarea
                id="notes"
                name="form[notes]"
                rows="3"
                aria-keyshortcuts=seat.keys.of("N")
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=move || problem.get().map(|_| "notes-problem")
            ></textarea>
            {move || problem.get().map(|message| view! { <FieldProblem id="notes-problem".to_owned() message/> })}
        </div>
    }
}

/// How much time there is, and more of it.
#[component]
fn Time(seat: Seat, until: Memo<Option<i64>>) -> impl IntoView {
    move || {
        match until.get() {
        Some(until) => view! {
            <p class="wrap-up-time">
                <span>
                    "You are ready again by yourself in "
                    <span class="desk-time">{move || desk::clock(until - seat.clock.read())}</span>
                    "."
                </span>
                " "
                <button class="button button--plain" type="submit">"More time"</button>
            </p>
        }
        .into_any(),
        None => view! { <p class="wrap-up-time">"Take your time: no call comes until you are done."</p> }.into_any(),
    }
    }
}
