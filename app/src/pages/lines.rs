//! Lines: the list of all, and one with everything that it is set to.

mod edit;
pub(super) mod fields;
mod hours;
mod kind;
mod list;
mod rooms;
mod test;

use desk::Role;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

use crate::api::{list_lines, show_line};
use crate::parts::{Gate, loaded, when_here};
use crate::query::use_query;
use edit::Page;
use list::List;

/// Every line.
#[component]
pub(crate) fn Lines() -> impl IntoView {
    view! {
        <Title text="Lines"/>
        <Gate opens_to=Role::administers>
            <All/>
        </Gate>
    }
}

#[component]
fn All() -> impl IntoView {
    view! {
        <div class="page">
            <div class="page-head">
                <h1>"Lines"</h1>
                <A href="/lines/new" attr:class="button button--main">"Add a line"</A>
            </div>
            <p class="lead">
                "The numbers that you answer, and what each of them does. A change counts from the next step of a call on."
            </p>
            {loaded(Memo::new(|_| ()), |()| list_lines(), |rows| view! { <List rows/> }.into_any())}
        </div>
    }
}

/// The line that the address names.
#[component]
pub(crate) fn Line() -> impl IntoView {
    view! {
        <Gate opens_to=Role::administers>
            <One/>
        </Gate>
    }
}

#[component]
fn One() -> impl IntoView {
    let (path, query) = (use_location().pathname, use_query());
    // Whoever leaves for another page asks for nothing more: a line that was removed is not there any more.
    let asked = Memo::new(move |before: Option<&(String, String, String)>| {
        let named = |name| query.with(|query| query.get(name).to_owned());
        match path.with(|path| path.strip_prefix("/lines/").map(str::to_owned)) {
            Some(id) => (id, named("kind"), named("saved")),
            None => before.cloned().unwrap_or_default(),
        }
    });
    let test = Memo::new(move |_| query.with(|query| query.get("test").to_owned()));
    let answer = Resource::new(move || asked.get(), |(id, kind, _)| show_line(id, kind));
    view! {
        <div class="page page--line">
            <Transition>
                {move || when_here(answer, move |view| view! {
                    <Page view saved=!asked.get_untracked().2.is_empty() test/>
                }
                .into_any())}
            </Transition>
        </div>
    }
}
