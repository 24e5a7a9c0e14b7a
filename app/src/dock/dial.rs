//! Calling a number, for one of the lines: the server is asked first, and what is against it stands at the field.

use desk::{DeskError, OwnNumber};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, may_call};
use crate::parts::{FieldProblem, Glyph, Icon, words_of};
use crate::softphone::Phone;

/// How it stands with a number that somebody wants to call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The server was not asked.
    #[default]
    NotYet,
    /// It has not answered.
    Waits,
    /// The number is not called.
    Refused(ApiError),
}

impl Asked {
    /// Why it is not called, in words, where the line is what has to be changed.
    fn of_line(&self) -> Option<String> {
        match self {
            Self::Refused(ApiError(DeskError::Invalid(errors))) => errors
                .iter()
                .find(|error| error.field == "line")
                .map(|error| error.message.clone()),
            Self::NotYet | Self::Waits | Self::Refused(_) => None,
        }
    }

    /// Why it is not called, in words.
    pub(crate) fn why(&self) -> Option<String> {
        match self {
            Self::Refused(ApiError(error)) => Some(words_of(error)),
            Self::NotYet | Self::Waits => None,
        }
    }
}

/// Calls a number where nothing is against it. `on_end` is told whether it is called.
pub(crate) fn call_if_allowed(
    phone: Phone,
    asked: RwSignal<Asked>,
    line: Option<String>,
    to: String,
    on_end: Callback<bool>,
) {
    if asked.get_untracked() == Asked::Waits {
        return;
    }
    asked.set(Asked::Waits);
    spawn_local(async move {
        let answer = may_call(line.clone(), to).await;
        // Whoever left the page meanwhile has no field any longer.
        let is_called = answer.is_ok();
        let is_gone = match answer {
            Ok(number) => {
                phone.call(number, line);
                asked.try_set(Asked::NotYet)
            }
            Err(error) => asked.try_set(Asked::Refused(error)),
        };
        if is_gone.is_none() {
            on_end.try_run(is_called);
        }
    });
}

/// The field for the number, and the line whose number is shown there.
#[component]
pub(crate) fn Dial(
    phone: Phone,
    /// With one or none there is nothing to choose.
    lines: Memo<Vec<OwnNumber>>,
    /// What the fields' ids begin with.
    name: &'static str,
    /// Called once the number is.
    on_call: Callback<()>,
    #[prop(optional)] takes_focus: bool,
    /// The key that leads here.
    #[prop(optional)]
    shortcut: Signal<Option<&'static str>>,
) -> impl IntoView {
    let number = NodeRef::<html::Input>::new();
    let line = NodeRef::<html::Select>::new();
    let asked = RwSignal::new(Asked::NotYet);
    // Whoever asked for the field wants to write in it.
    Effect::new(move |_| {
        if let Some(number) = number.get().filter(|_| takes_focus) {
            _ = number.focus();
        }
    });
    let has_choice = Memo::new(move |_| lines.with(|lines| lines.len() > 1));
    let line_problem = Memo::new(move |_| asked.with(Asked::of_line).filter(|_| has_choice.get()));
    let problem = Memo::new(move |_| {
        let why = asked.with(Asked::why);
        why.filter(|_| line_problem.with(Option::is_none))
    });
    let on_end = Callback::new(move |is_called| {
        if is_called {
            on_call.run(());
        } else if line_problem.with_untracked(Option::is_some) {
            _ = line.get_untracked().map(|line| line.focus());
        } else {
            _ = number.get_untracked().map(|number| number.focus());
        }
    });
    let call = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(number) = number.get_untracked() else {
            return;
        };
        let first = || lines.with_untracked(|lines| Some(lines.first()?.line.clone()));
        let chosen = line.get_untracked().map(|line| line.value());
        call_if_allowed(phone, asked, chosen.or_else(first), number.value(), on_end);
    };
    let options = move || {
        let lines = lines.get().into_iter();
        lines
            .map(|own| view! { <option value=own.line>{own.name}</option> })
            .collect_view()
    };
    view! {
        <form class="dock-dial" novalidate on:submit=call>
            <div class="field">
                <label for=format!("{name}-number")>"Number to call"</label>
                <input
                    id=format!("{name}-number")
                    type="tel"
                    autocomplete="off"
                    node_ref=number
                    aria-keyshortcuts=shortcut
                    aria-invalid=move || problem.get().map(|_| "true")
                    aria-describedby=move || problem.get().map(|_| format!("{name}-number-problem"))
                />
                <Problem id=format!("{name}-number-problem") message=problem/>
            </div>
            <Show when=move || has_choice.get()>
                <div class="field dock-line">
                    <label for=format!("{name}-line")>"They see the number of"</label>
                    <select
                        id=format!("{name}-line")
                        node_ref=line
                        aria-invalid=move || line_problem.get().map(|_| "true")
                        aria-describedby=move || line_problem.get().map(|_| format!("{name}-line-problem"))
                    >
                        {options}
                    </select>
                    <Problem id=format!("{name}-line-problem") message=line_problem/>
                </div>
            </Show>
            <button class="button button--main" type="submit">
                <Icon glyph=Glyph::Phone/>
                "Call"
            </button>
        </form>
    }
}

/// What is wrong with a field, where something is.
#[component]
fn Problem(id: String, message: Memo<Option<String>>) -> impl IntoView {
    move || {
        let id = id.clone();
        message
            .get()
            .map(|message| view! { <FieldProblem id message/> })
    }
}
