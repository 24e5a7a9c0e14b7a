//! One call, explained: what is known of it, who was reached, and its journal.

mod journal;

use desk::{CallRow, CallStory, OfficeLine, Role};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use crate::api::one_call;
use crate::parts::{Gate, Glyph, Icon, State, When, loaded};
use journal::Journal;

/// The call that the address names.
#[component]
pub(crate) fn Call() -> impl IntoView {
    view! {
        <Gate opens_to=Role::reads_calls>
            <OneCall/>
        </Gate>
    }
}

#[component]
fn OneCall() -> impl IntoView {
    let params = use_params_map();
    let sid = Memo::new(move |_| params.read().get("sid").unwrap_or_default());
    loaded(sid, one_call, |story| view! { <Story story/> }.into_any())
}

#[component]
fn Story(story: CallStory) -> impl IntoView {
    let CallStory {
        call,
        offices,
        entries,
    } = story;
    let began = call.started_ms;
    view! {
        <Title text=call.title()/>
        <article class="page page--call">
            <p class="trail"><A href="/calls"><Icon glyph=Glyph::Back/>"Calls"</A></p>
            <div class="page-head">
                <h1>{call.caller.clone()}</h1>
                <State tone=call.tone() word=call.outcome_text.clone()/>
            </div>
            <Facts call/>
            <Offices offices/>
            <Journal entries began/>
        </article>
    }
}

/// What is known of the call at a glance.
#[component]
fn Facts(call: CallRow) -> impl IntoView {
    let length = call
        .length_ms()
        .map_or_else(|| "still on the line".to_owned(), desk::duration);
    view! {
        <dl class="facts">
            <div><dt>"Line"</dt><dd>{call.line_name}</dd></div>
            {(!call.place.is_empty()).then(|| view! { <div><dt>"Calling from"</dt><dd>{call.place}</dd></div> })}
            {(!call.called_out_to.is_empty()).then(|| view! { <div><dt>"Number dialled"</dt><dd>{call.called_out_to}</dd></div> })}
            <div>
                <dt>"Began"</dt>
                <dd>{desk::exact(call.started_ms)}<span class="facts-aside"><When ms=call.started_ms/></span></dd>
            </div>
            <div><dt>"Length"</dt><dd>{length}</dd></div>
            <div class="facts-wide"><dt>"Call id"</dt><dd><code>{call.sid}</code></dd></div>
        </dl>
    }
}

/// The offices the caller was led to, in order.
#[component]
fn Offices(offices: Vec<OfficeLine>) -> impl IntoView {
    (!offices.is_empty()).then(|| {
        view! {
            <section class="block" aria-labelledby="dialled">
                <h2 id="dialled">"Dialled"</h2>
                <ol class="offices">
                    {offices.into_iter().map(office).collect_view()}
                </ol>
            </section>
        }
    })
}

fn office(office: OfficeLine) -> impl IntoView {
    view! {
        <li>
            <span class="offices-name">{office.name}</span>
            <span class="offices-number">{office.number}</span>
            <State tone=office.tone word=office.outcome/>
        </li>
    }
}
