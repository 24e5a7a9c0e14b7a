//! The list of calls: filters, a table, and pages of it.

mod filters;
mod listing;

use desk::{CallFilter, CallPage, FieldError, Role};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::{ApiError, list_calls};
use crate::parts::{Gate, when_here};
use crate::query::{self, use_query};
use filters::Filters;
use listing::Listing;

/// What the page asked the server for.
type Answer = Resource<Result<CallPage, ApiError>>;

/// Calls, latest first, narrowed by the address's query.
#[component]
pub(crate) fn Calls() -> impl IntoView {
    view! {
        <Title text="Calls"/>
        <Gate opens_to=Role::reads_calls>
            <CallList/>
        </Gate>
    }
}

#[component]
fn CallList() -> impl IntoView {
    let query = use_query();
    let filter = Memo::new(move |_| query.with(|query| CallFilter::from_pairs(query.pairs())));
    let errors: Memo<Vec<FieldError>> =
        Memo::new(move |_| filter.with(CallFilter::query).err().unwrap_or_default());
    let accepted = Memo::new(move |_| errors.with(|errors| filter.read().without(errors)));
    let answer = Resource::new(move || accepted.get(), list_calls);
    let (is_waiting, set_waiting) = signal(false);
    view! {
        <div class="page">
            <h1>"Calls"</h1>
            <Filters filter errors answer/>
            <section class="results" aria-label="Calls found" aria-busy=move || is_waiting.get().to_string()>
                <Transition set_pending=set_waiting>
                    {move || when_here(answer, move |page| view! { <Listing page filter=accepted.get_untracked()/> }.into_any())}
                </Transition>
            </section>
        </div>
    }
}

/// The address of the list narrowed by `filter`.
fn address(filter: &CallFilter) -> String {
    query::address("/calls", filter.pairs())
}
