//! What the forms of the monitor are made of: a button that is pressed while something is so, and something to write.

use desk::rooms::ActView;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::room::Monitor;
use crate::parts::{FieldProblem, Glyph, Icon, Problems, State, When, problem_with};

/// Which room is meant, and whom in it; the whole room where nobody is named.
#[component]
pub(super) fn Meant(monitor: Monitor, person: Option<StoredValue<String>>) -> impl IntoView {
    view! {
        <input type="hidden" name="form[room]" value=monitor.id.get_value()/>
        {person.map(|person| view! { <input type="hidden" name="form[person]" value=person.get_value()/> })}
    }
}

/// A button that is pressed while something is so, or is to be, and asks for the other.
#[component]
pub(super) fn Pressed(
    #[prop(into)] is_on: Signal<bool>,
    /// The act that makes it so, and the one that takes it back.
    acts: [&'static str; 2],
    label: &'static str,
    glyph: Glyph,
    /// Whose it is, where there are several.
    whose: Option<Memo<String>>,
) -> impl IntoView {
    view! {
        <button
            class="button"
            class:button--small=whose.is_some()
            type="submit"
            name="form[act]"
            value=move || acts[usize::from(is_on.get())]
            aria-pressed=move || is_on.get().to_string()
        >
            <Icon glyph/>
            {label}
            {whose.map(|name| view! { <span class="unseen">" " {move || name.get()}</span> })}
        </button>
    }
}

/// An act with something that is written. What was written stays until it is taken.
#[component]
pub(super) fn Written(
    monitor: Monitor,
    /// To whom; the whole room where nobody is named.
    person: Option<StoredValue<String>>,
    act: &'static str,
    field: &'static str,
    /// The input's `type`.
    kind: &'static str,
    label: &'static str,
    verb: &'static str,
    glyph: Glyph,
    /// What else happens as it is sent.
    sent: Option<Callback<()>>,
    /// What was wrong with the fields, where this one says it.
    problems: Option<Problems>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let is_sent = StoredValue::new(false);
    let sends = move |_: SubmitEvent| {
        is_sent.set_value(true);
        if let Some(sent) = sent {
            sent.run(());
        }
    };
    let problem = problems.map(|problems| problem_with(problems, field));
    let problem = move || problem.and_then(|problem| problem.get());
    Effect::new(move |_| {
        let answer = monitor.act.value().get();
        let is_sent = is_sent.try_update_value(std::mem::take).unwrap_or_default();
        match (answer, is_sent, input.get_untracked()) {
            (Some(Ok(())), true, Some(input)) => input.set_value(""),
            // Whoever sent what is refused wants to mend it.
            (Some(Err(_)), true, Some(input)) if untrack(problem).is_some() => {
                _ = input.focus();
            }
            _ => {}
        }
    });
    let id = match person {
        Some(person) => format!("{act}-{}", person.get_value()),
        None => act.to_owned(),
    };
    let problem_id = StoredValue::new(format!("{id}-problem"));
    view! {
        <ActionForm action=monitor.act on:submit:capture=sends attr:class="say">
            <Meant monitor person/>
            <input type="hidden" name="form[act]" value=act/>
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input
                    id=id
                    name=format!("form[{field}]")
                    type=kind
                    autocomplete="off"
                    required
                    maxlength="500"
                    node_ref=input
                    autofocus=move || problem().is_some()
                    aria-invalid=move || problem().map(|_| "true")
                    aria-describedby=move || problem().map(|_| problem_id.get_value())
                />
                {move || problem().map(|message| view! { <FieldProblem id=problem_id.get_value() message/> })}
            </div>
            <button class="button" type="submit"><Icon glyph/>{verb}</button>
        </ActionForm>
    }
}

/// What was wanted and what became of it.
#[component]
pub(super) fn Became(acts: Memo<Vec<ActView>>) -> impl IntoView {
    let row = |act: ActView| {
        let when = act.about.is_some().then_some(act.at_ms);
        view! { <li><State tone=act.tone() word=act.text()/>{when.map(|ms| view! { " " <When ms/> })}</li> }
    };
    move || {
        let acts = acts.get();
        (!acts.is_empty()).then(|| {
            view! { <ul class="became">{acts.into_iter().map(row).collect_view()}</ul> }
        })
    }
}
