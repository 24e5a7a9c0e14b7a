//! How long things are kept; and erasing one caller, after a look at what is known of them.

mod erasing;

use desk::Role;
use desk::retention::{KeptRow, RetentionView};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::{Erase, Keep, ShowTraces, show_retention};
use crate::parts::{
    FieldProblem, Gate, Glyph, Icon, Problems, Refusal, action, loaded, problem_with, problems_of,
    refusal,
};
use crate::query::use_query;
use erasing::Erasing;

/// What is done here.
#[derive(Clone, Copy)]
struct Acts {
    keep: ServerAction<Keep>,
    look: ServerAction<ShowTraces>,
    erase: ServerAction<Erase>,
}

impl Acts {
    /// Whether the caller who was looked at last has been erased.
    fn is_erased(self) -> bool {
        let answer = self.erase.value();
        answer.with(|answer| matches!(answer, Some(Ok(()))))
    }

    /// Whether somebody is looked at since a caller was erased.
    fn has_looked_on(self) -> bool {
        self.look.value().with(Option::is_some) && !self.is_erased()
    }
}

fn acts() -> Acts {
    use_context().expect("the page provides what is done here")
}

/// The page at `/retention`.
#[component]
pub(crate) fn Retention() -> impl IntoView {
    view! {
        <Title text="Retention"/>
        <Gate opens_to=Role::administers>
            <Whole/>
        </Gate>
    }
}

#[component]
fn Whole() -> impl IntoView {
    let query = use_query();
    let acts = Acts {
        keep: action(),
        look: action(),
        erase: action(),
    };
    provide_context(acts);
    let done = move || match query.with(|query| query.get("done")).as_str() {
        "kept" => Some("Saved. What is older goes within ten minutes."),
        "erased" if !acts.has_looked_on() => {
            Some("Erased. Recordings are being removed at the carrier.")
        }
        _ => None,
    };
    let wanted = Memo::new(move |_| {
        let saved = acts
            .keep
            .value()
            .with(|value| matches!(value, Some(Ok(()))));
        (
            saved.then(|| acts.keep.version().get()),
            acts.erase.version().get(),
        )
    });
    view! {
        <div class="page page--retention">
            <h1>"Retention"</h1>
            {move || done().map(|words| view! { <p class="done" role="status"><Icon glyph=Glyph::Done/>{words}</p> })}
            {loaded(wanted, |_| show_retention(), |view| view! { <Periods view/> }.into_any())}
            <Erasing/>
        </div>
    }
}

#[component]
fn Periods(view: RetentionView) -> impl IntoView {
    let keep = acts().keep;
    let problems = problems_of(keep);
    let rows = view
        .rows
        .into_iter()
        .map(|row| view! { <Period row problems/> })
        .collect_view();
    let waiting = (view.removals > 0).then(|| {
        format!(
            "{} recordings are still to be removed at the carrier.",
            desk::grouped(view.removals)
        )
    });
    view! {
        <section class="panel panel--edit" aria-labelledby="periods">
            <h2 id="periods">"How long things are kept"</h2>
            <p class="lead">
                "In days; empty means for ever. What is older is removed a little at a time, never of a call that goes on. It cannot be brought back."
            </p>
            {waiting.map(|words| view! { <p role="status">{words}</p> })}
            <ActionForm action=keep>
                <div class="periods">{rows}</div>
                <button class="button button--main" type="submit">"Save"</button>
                {move || refusal(keep.value().get()).map(|words| view! { <Refusal words/> })}
            </ActionForm>
        </section>
    }
}

#[component]
fn Period(row: KeptRow, problems: Problems) -> impl IntoView {
    let (label, about) = row.words();
    let what = row.what.clone();
    let problem = problem_with(problems, what.clone());
    let due = match row.days {
        Some(_) => format!("{} are older now.", desk::grouped(row.due)),
        None => "Nothing is removed.".to_owned(),
    };
    let usual = format!(
        " {} days are usual: {} are older than that.",
        desk::grouped(row.usual.unsigned_abs()),
        desk::grouped(row.usual_due)
    );
    let ids = [
        what.clone(),
        format!("{what}-hint"),
        format!("{what}-problem"),
    ];
    let [id, hint_id, problem_id] = ids;
    let described = {
        let (hint_id, problem_id) = (hint_id.clone(), problem_id.clone());
        move || match problem.get() {
            Some(_) => format!("{hint_id} {problem_id}"),
            None => hint_id.clone(),
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                name=format!("form[{what}]")
                type="text"
                inputmode="numeric"
                autocomplete="off"
                value=row.days.map(|days| days.to_string()).unwrap_or_default()
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=described
            />
            <p class="field-hint" id=hint_id>{about} " " {due} {usual}</p>
            {move || problem.get().map(|message| view! { <FieldProblem id=problem_id.clone() message/> })}
        </div>
    }
}
