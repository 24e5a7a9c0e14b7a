//! How long things are kept; and erasing one caller, after a look at what is known of them.

use desk::Role;
use desk::retention::{KeptRow, RetentionView, TracesView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::{A, Form};

use crate::api::{ApiError, Erase, Keep, show_retention, show_traces};
use crate::parts::{
    FieldProblem, Gate, Glyph, Icon, Problems, Refusal, Refused, loaded, problem_with, problems_of,
    refusal, words_of,
};
use crate::query::use_query;

/// What is done here.
#[derive(Clone, Copy)]
struct Acts {
    keep: ServerAction<Keep>,
    erase: ServerAction<Erase>,
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
        keep: ServerAction::new(),
        erase: ServerAction::new(),
    };
    provide_context(acts);
    let done = move || match query.with(|query| query.get("done")).as_str() {
        "kept" => Some("Saved. What is older goes within ten minutes."),
        "erased" => Some("Erased. Recordings are being removed at the carrier."),
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

/// First the number, then what is there, then the question whether one is sure.
#[component]
fn Erasing() -> impl IntoView {
    let query = use_query();
    let number = Memo::new(move |_| query.with(|query| query.get("number")));
    let answer = Resource::new(
        move || number.get(),
        |number| async move {
            match number.as_str() {
                "" => None,
                _ => Some(show_traces(number).await),
            }
        },
    );
    view! {
        <section class="panel panel--edit" aria-labelledby="erase">
            <h2 id="erase">"Erase one caller"</h2>
            <p class="lead">
                "Their number, their recordings and what they left go from here, and the recordings at the carrier too. The carrier's own log of calls keeps the number: ask the carrier to remove it there. Their calls stay as nobody's, so that counts stay true."
            </p>
            <Form method="get" action="/retention" noscroll=true>
                <div class="search-fields">
                    <div class="field">
                        <label for="number">"Number"</label>
                        <input id="number" name="number" type="tel" autocomplete="off" value=number.get_untracked() aria-describedby="number-hint"/>
                        <p class="field-hint" id="number-hint">"Like (202) 224-6665 or +442079460123."</p>
                    </div>
                    <button class="button" type="submit">"Look what is there"</button>
                </div>
            </Form>
            <Transition>
                {move || Suspend::new(async move {
                    match answer.await {
                        None => ().into_any(),
                        Some(Ok(traces)) => view! { <Traces traces number=number.get_untracked()/> }.into_any(),
                        Some(Err(ApiError(error))) => view! { <Refusal words=words_of(&error)/> }.into_any(),
                    }
                })}
            </Transition>
        </section>
    }
}

#[component]
fn Traces(traces: TracesView, number: String) -> impl IntoView {
    if traces.is_empty() {
        let words = format!("Nothing is known of {}.", traces.number);
        return view! { <p role="status">{words}</p> }.into_any();
    }
    let counts = [
        ("Calls", traces.calls),
        (
            "Other calls and rooms that mention the number",
            traces.mentions,
        ),
        ("Recordings", traces.recordings),
        ("Entries of the inbox", traces.inbox),
        ("Stays in rooms", traces.stays),
    ]
    .map(|(what, count)| view! { <div><dt>{what}</dt><dd>{desk::grouped(count)}</dd></div> })
    .into_iter()
    .collect_view();
    let ask = match traces.is_live {
        true => view! {
            <p role="status">"They are in a call at this moment. Erase them when it is over."</p>
        }
        .into_any(),
        false => view! { <Sure number/> }.into_any(),
    };
    view! {
        <div role="status">
            <h3>{traces.number}</h3>
            <dl class="facts">{counts}</dl>
        </div>
        {ask}
    }
    .into_any()
}

#[component]
fn Sure(number: String) -> impl IntoView {
    let erase = acts().erase;
    view! {
        <ActionForm action=erase attr:class="account-acts">
            <input type="hidden" name="form[number]" value=number/>
            <label class="tick">
                <input type="checkbox" name="form[sure]" value="yes" required/>
                <span>"I am sure. It cannot be brought back."</span>
            </label>
            <button class="button button--main" type="submit">"Erase this caller"</button>
            <A href="/retention" attr:class="button button--plain">"Leave it"</A>
            <Refused answer=move || erase.value().get()/>
        </ActionForm>
    }
}
