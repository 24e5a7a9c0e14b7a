//! The way to a real account: what is in order and what is not, and where the account's numbers point.

mod check;
mod number;

use desk::Role;
use desk::setup::{Check, CheckState, NumbersView, SetupView};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::{ApiError, PointNumber, PutNumberBack, SetApplication, show_setup};
use crate::parts::{Gate, Refused, action, when_here};
use crate::query::use_query;
use check::CheckCard;
use number::{Acts, NumberCard};

/// The page at `/setup`.
#[component]
pub(crate) fn Setup() -> impl IntoView {
    view! {
        <Gate opens_to=Role::administers>
            <Whole/>
        </Gate>
    }
}

#[component]
fn Whole() -> impl IntoView {
    let query = use_query();
    let acts = Acts {
        point: action::<PointNumber>(),
        put_back: action::<PutNumberBack>(),
    };
    let application = action::<SetApplication>();
    let done = move || {
        (
            query.with(|query| query.get("number")),
            acts.point.value().with(is_done),
            acts.put_back.value().with(is_done),
            application.version().get(),
        )
    };
    let answer = Resource::new(done, |_| show_setup());
    view! {
        <Title text="Set-up"/>
        <div class="page page--setup">
            <div class="page-head">
                <h1>"Set-up"</h1>
                <a class="button" href="/setup" rel="external">"Check everything again"</a>
            </div>
            <Transition fallback=|| view! { <p class="lead" role="status">"Checking…"</p> }>
                {move || when_here(answer, move |view| view! { <Shown view acts application/> }.into_any())}
            </Transition>
        </div>
    }
}

/// How often it changes is how often something was done.
fn is_done<E>(value: &Option<Result<String, E>>) -> Option<String> {
    value.as_ref()?.as_ref().ok().cloned()
}

#[component]
fn Shown(view: SetupView, acts: Acts, application: ServerAction<SetApplication>) -> impl IntoView {
    let SetupView {
        demonstration,
        checks,
        numbers,
        lines,
    } = view;
    let groups = CheckState::ALL.map(|state| {
        let of_state: Vec<Check> = checks
            .iter()
            .filter(|check| check.state == state)
            .cloned()
            .collect();
        (!of_state.is_empty()).then(|| view! { <Group state checks=of_state application/> })
    });
    let numbers = match numbers {
        NumbersView::NotTold(why) => {
            view! { <p class="empty" role="status">{why}</p> }.into_any()
        }
        NumbersView::Known(numbers) if numbers.is_empty() => view! {
            <p class="empty" role="status">"The account has no number yet. Buy one in Twilio's console, one that can speak, and check again."</p>
        }
        .into_any(),
        NumbersView::Known(numbers) => {
            let cards = numbers
                .into_iter()
                .map(|number| view! { <li><NumberCard number lines=lines.clone() acts/></li> })
                .collect_view();
            view! { <ul class="setup-numbers">{cards}</ul> }.into_any()
        }
    };
    view! {
        {demonstration.then(Demonstration)}
        {groups.into_iter().collect_view()}
        <section aria-labelledby="numbers">
            <h2 id="numbers">"Numbers of the account"</h2>
            <p class="lead">
                "Pointing a number at a line sets its voice URL, its fallback and its status callback, with our connection overrides. What it pointed at before is kept and can be put back."
            </p>
            <Said acts/>
            {numbers}
        </section>
    }
}

/// What was done to a number last, or why it was not.
#[component]
fn Said(acts: Acts) -> impl IntoView {
    let said = move || {
        let words = acts
            .put_back
            .value()
            .with(is_done)
            .filter(|_| acts.put_back.version().get() > 0)
            .or_else(|| acts.point.value().with(is_done));
        words.map(|words| view! { <p class="done">{words}</p> })
    };
    view! {
        <div role="status">{said}</div>
        <Refused answer=move || acts.point.value().get().map(|answer| answer.map_err(|refused| ApiError(refused.error)))/>
        <Refused answer=move || acts.put_back.value().get()/>
    }
}

/// That it is a demonstration, and the way out of it.
#[component]
fn Demonstration() -> impl IntoView {
    view! {
        <aside class="setup-demonstration" aria-label="Demonstration">
            <p>
                <strong>"This is a demonstration. "</strong>
                "Everything that asks a carrier was asked of the local one, which stands in for Twilio inside this program: account, token, clock, numbers, API key and TwiML app. Nothing here says how a real account stands."
            </p>
            <p>
                "To get to one: set " <code>"TWILIO_ACCOUNT_SID"</code> ", " <code>"TWILIO_AUTH_TOKEN"</code> " and "
                <code>"PUBLIC_URL"</code> " in the environment, start again with a database of its own, and open this page: it says what is still missing. The second half of README.md leads through it step by step."
            </p>
        </aside>
    }
}

/// The checks that came out alike.
#[component]
fn Group(
    state: CheckState,
    checks: Vec<Check>,
    application: ServerAction<SetApplication>,
) -> impl IntoView {
    let id = format!("checks-{}", state.word().to_lowercase());
    let cards = checks
        .into_iter()
        .map(|check| view! { <li><CheckCard check application/></li> })
        .collect_view();
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{state.title()}</h2>
            <ul class="setup-checks">{cards}</ul>
        </section>
    }
}
