//! Erasing one caller: first the number, then what is there, then the question whether one is sure.
//!
//! The number is posted, with script and without, and never stands in an address.

use desk::retention::{NamedIn, TracesView};
use leptos::ev::SubmitEvent;
use leptos::form::FromFormData;
use leptos::prelude::*;
use leptos_router::components::A;

use super::acts;
use crate::api::{ApiError, LookedFor, ShowTraces, show_traces};
use crate::parts::{Glyph, Icon, Refusal, Refused, words_of};

#[component]
pub(super) fn Erasing() -> impl IntoView {
    let acts = acts();
    let posted = use_context::<LookedFor>().map(|posted| posted.number);
    let typed = posted.clone();
    let of_posted = Resource::new(
        || (),
        move |()| {
            let posted = posted.clone();
            async move {
                match posted {
                    Some(number) => Some(show_traces(number).await),
                    None => None,
                }
            }
        },
    );
    let look = move |event: SubmitEvent| {
        event.prevent_default();
        // It fails for what is no form.
        if let Ok(number) = ShowTraces::from_event(&event) {
            acts.erase.clear();
            acts.look.dispatch(number);
        }
    };
    let shown = move || {
        let here = acts.look.value().get();
        let is_erased = acts.is_erased();
        Suspend::new(async move {
            let posted = of_posted.await;
            match here.or(posted).filter(|_| !is_erased) {
                None => ().into_any(),
                Some(Ok(traces)) => view! { <Traces traces/> }.into_any(),
                Some(Err(ApiError(error))) => {
                    view! { <Refusal words=words_of(&error)/> }.into_any()
                }
            }
        })
    };
    view! {
        <section class="panel panel--edit" aria-labelledby="erase">
            <h2 id="erase">"Erase one caller"</h2>
            <p class="lead">
                "Their number, their recordings and what they left go from here, and the recordings at the carrier too. A recording of a room goes whole, with everybody else who was heard in it. The carrier's own log of calls keeps the number: ask the carrier to remove it there. Their calls stay as nobody's, so that counts stay true."
            </p>
            <form method="post" action="/retention" on:submit=look>
                <div class="search-fields">
                    <div class="field">
                        <label for="number">"Number"</label>
                        <input id="number" name="number" type="tel" autocomplete="off" value=typed aria-describedby="number-hint"/>
                        <p class="field-hint" id="number-hint">"Like (202) 224-6665 or +442079460123."</p>
                    </div>
                    <button class="button" type="submit">"Look what is there"</button>
                </div>
            </form>
            <Transition>{shown}</Transition>
            <Refused answer=move || acts.erase.value().get()/>
        </section>
    }
}

#[component]
fn Traces(traces: TracesView) -> impl IntoView {
    let is_empty = traces.is_empty();
    let named = traces
        .named
        .into_iter()
        .map(|named| view! { <Named named/> })
        .collect_view();
    if is_empty {
        let words = format!("Nothing is known of {}.", traces.number);
        return view! { <div role="status"><p>{words}</p>{named}</div> }.into_any();
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
    let number = traces.number.clone();
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
            {named}
        </div>
        {ask}
    }
    .into_any()
}

/// A line that goes on knowing the number.
#[component]
fn Named(named: NamedIn) -> impl IntoView {
    let words = named.words();
    view! {
        <p>
            <Icon glyph=Glyph::Notice/>
            {format!("This number is also {words} the line ")}
            <A href=format!("/lines/{}", named.line)>{named.name}</A>
            ". It stays there until you change the line."
        </p>
    }
}

#[component]
fn Sure(number: String) -> impl IntoView {
    view! {
        <ActionForm action=acts().erase attr:class="account-acts">
            <input type="hidden" name="form[number]" value=number/>
            <label class="tick">
                <input type="checkbox" name="form[sure]" value="yes" required/>
                <span>"I am sure. It cannot be brought back."</span>
            </label>
            <button class="button button--main" type="submit">"Erase this caller"</button>
            // Another document, so that nothing of what was looked at stays.
            <a href="/retention" rel="external" class="button button--plain">"Leave it"</a>
        </ActionForm>
    }
}
