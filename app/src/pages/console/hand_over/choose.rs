//! Before a transfer: how the caller is to change hands, a note, and to whom.

use desk::{FieldError, HandOverForm, LONGEST_NOTE};
use leptos::html;
use leptos::prelude::*;

use super::super::Seat;
use super::whom::{Number, Queues, Rows};
use super::{Draft, KeepsFocus};
use crate::api::HandOver;
use crate::parts::{
    FieldProblem, Glyph, Icon, Problems, Refused, action, problem_with, problems_of,
};

/// How a caller changes hands: the word, its name, what it means, and what the button at somebody's name says.
const KINDS: [Kind; 3] = [
    Kind {
        word: "warm",
        name: "Warm",
        about: "All three hear each other at once.",
        verb: "Dial in",
    },
    Kind {
        word: "consult",
        name: "Consult",
        about: "You speak with them first; the caller hears music.",
        verb: "Ask first",
    },
    Kind {
        word: "cold",
        name: "Cold",
        about: "You leave at once; the caller hears music until they answer.",
        verb: "Leave to",
    },
];

#[derive(Clone, Copy)]
struct Kind {
    word: &'static str,
    name: &'static str,
    about: &'static str,
    verb: &'static str,
}

/// To whom.
#[derive(Clone, Debug)]
pub(super) enum Whom {
    /// An agent, by their user name.
    Agent(String),
    /// Whoever of a team is free first.
    Queue(String),
    /// A number as it was typed.
    Number(String),
}

/// What the rows of people, queues and the number are made from.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    /// Hands over.
    pub(super) give: Callback<Whom>,
    /// What the buttons say.
    pub(super) verb: Signal<&'static str>,
    /// What was wrong with the fields.
    pub(super) problems: Problems,
}

/// The form.
#[component]
pub(super) fn Choose(seat: Seat, section: NodeRef<html::Section>, draft: Draft) -> impl IntoView {
    let hand_over = action::<HandOver>();
    let answer = hand_over.value();
    let problems = problems_of(hand_over);
    let has_field = |error: &FieldError| ["note", "number"].contains(&error.field.as_str());
    let refused = move || {
        let is_at_field = problems.with(|problems| problems.iter().any(has_field));
        answer.get().filter(|_| !is_at_field)
    };
    let give = Callback::new(move |whom: Whom| {
        let Some(call) = seat.at.with_untracked(|at| at.call.clone()) else {
            return;
        };
        if hand_over.pending().get_untracked() {
            return;
        }
        if let (false, Some(section)) = (matches!(whom, Whom::Number(_)), section.get_untracked()) {
            _ = section.focus();
        }
        let form = form(call, draft, whom);
        hand_over.dispatch(HandOver { form });
    });
    let verb = Signal::derive(move || kind_of(draft.kind.get()).verb);
    let choice = Choice {
        give,
        verb,
        problems,
    };
    let full = Memo::new(move |_| seat.floor.with(|floor| floor.full.clone()));
    view! {
        <KeepsFocus within=".hand-over"/>
        {move || full.get().map(|words| view! {
            <p class="refusal"><Icon glyph=Glyph::Fault/><span>{words}</span></p>
        })}
        <Refused answer=refused/>
        <div class="hand-over-choice">
            <div class="hand-over-how">
                <Kinds draft/>
                <Note draft problems/>
            </div>
            <div class="hand-over-whom" role="group" aria-label="To whom" aria-keyshortcuts=seat.keys.of("T") tabindex="-1">
                <Rows seat choice/>
                <Queues seat choice/>
                <Number seat choice draft/>
            </div>
        </div>
    }
}

fn kind_of(word: &str) -> Kind {
    let mut kinds = KINDS.into_iter();
    kinds.find(|kind| kind.word == word).unwrap_or(KINDS[0])
}

fn form(call: String, draft: Draft, whom: Whom) -> HandOverForm {
    let form = HandOverForm {
        call,
        kind: draft.kind.get_untracked().to_owned(),
        note: draft.note.get_untracked(),
        ..HandOverForm::default()
    };
    match whom {
        Whom::Agent(agent) => HandOverForm {
            target: "agent".to_owned(),
            agent,
            ..form
        },
        Whom::Queue(team) => HandOverForm {
            target: "queue".to_owned(),
            team,
            ..form
        },
        Whom::Number(number) => HandOverForm {
            target: "number".to_owned(),
            number,
            ..form
        },
    }
}

/// How the caller changes hands.
#[component]
fn Kinds(draft: Draft) -> impl IntoView {
    let choices = KINDS
        .map(|kind| {
            view! {
                <label class="hand-over-kind">
                    <input
                        type="radio"
                        name="hand-over-kind"
                        value=kind.word
                        prop:checked=move || draft.kind.get() == kind.word
                        on:change=move |_| draft.kind.set(kind.word)
                    />
                    <span class="hand-over-kind-name">{kind.name}</span>
                    " "
                    <span class="hand-over-kind-about">{kind.about}</span>
                </label>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <fieldset class="hand-over-kinds">
            <legend class="unseen">"How"</legend>
            {choices}
        </fieldset>
        <p class="hand-over-kind-chosen">{move || kind_of(draft.kind.get()).about}</p>
    }
}

/// What they are to know before they answer.
#[component]
fn Note(draft: Draft, problems: Problems) -> impl IntoView {
    let problem = problem_with(problems, "note");
    view! {
        <div class="field">
            <label for="hand-over-note">"Note: they read it before they answer"</label>
            <textarea
                id="hand-over-note"
                rows="2"
                maxlength=LONGEST_NOTE.to_string()
                prop:value=move || draft.note.get()
                on:input=move |event| draft.note.set(event_target_value(&event))
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=move || problem.get().map(|_| "hand-over-note-problem")
            ></textarea>
            {move || problem.get().map(|message| view! {
                <FieldProblem id="hand-over-note-problem".to_owned() message/>
            })}
        </div>
    }
}
