//! Everybody: searched, invited, and with how they stand now.

use desk::Role;
use desk::people::{PeopleFilter, PeopleView, PersonRow, languages_in_words, teams_in_words};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::{A, Form};

use super::invitations::{Acts, Invitations, Inviting};
use super::made::Made;
use crate::api::list_people;
use crate::parts::{Gate, State, When, loaded};
use crate::query::use_query;

/// The table of all.
#[component]
pub(crate) fn People() -> impl IntoView {
    view! {
        <Title text="People"/>
        <Gate opens_to=Role::administers>
            <All/>
        </Gate>
    }
}

#[component]
fn All() -> impl IntoView {
    let query = use_query();
    let acts = Acts::new();
    provide_context(acts);
    let filter = Memo::new(move |_| query.with(|query| PeopleFilter::from_pairs(query.pairs())));
    let wanted = Memo::new(move |_| (filter.get(), acts.withdraw.version().get()));
    view! {
        <div class="page page--people">
            <h1>"People"</h1>
            <Search filter=filter.get_untracked()/>
            {loaded(wanted, |(filter, _)| list_people(filter), |view| view! { <Shown view/> }.into_any())}
        </div>
    }
}

#[component]
fn Shown(view: PeopleView) -> impl IntoView {
    let PeopleView {
        rows,
        total,
        invitations,
        teams,
        made,
    } = view;
    let found = rows.len();
    let people = if total == 1 { "person" } else { "people" };
    let count = if u64::try_from(found) == Ok(total) {
        format!("{total} {people}")
    } else {
        format!("{found} of {total} {people}")
    };
    let rows = rows
        .into_iter()
        .map(|row| view! { <Row row/> })
        .collect_view();
    view! {
        {made.map(|link| view! { <Made link/> })}
        <p class="count" role="status">{count}</p>
        <table class="table table--rows table--people">
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Role"</th>
                        <th scope="col">"Teams"</th>
                        <th scope="col">"Languages"</th>
                        <th scope="col">"Now"</th>
                        <th scope="col">"Last seen"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        <Invitations invitations/>
        <Inviting teams/>
    }
}

#[component]
fn Row(row: PersonRow) -> impl IntoView {
    let now = match (row.deactivated_ms, row.standing) {
        (Some(ms), _) => view! { "Deactivated " <When ms/> }.into_any(),
        (None, Some(standing)) => {
            view! { <State tone=standing.tone word=standing.text()/> }.into_any()
        }
        (None, None) => "Active".into_any(),
    };
    let seen = match (row.is_here, row.seen_ms) {
        (true, _) => "Here now".into_any(),
        (false, Some(ms)) => view! { <When ms/> }.into_any(),
        (false, None) => "Never".into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <A href=format!("/people/{}", row.user_name)>{row.name}</A>
                <span class="cell-sub">{row.user_name}</span>
            </th>
            <td>{row.role.word()}</td>
            <td>{teams_in_words(row.teams.as_deref())}</td>
            <td>{languages_in_words(&row.languages)}</td>
            <td>{now}</td>
            <td>{seen}</td>
        </tr>
    }
}

/// The form that narrows the table: a plain GET form.
#[component]
fn Search(filter: PeopleFilter) -> impl IntoView {
    let states = [
        ("", "Everybody"),
        ("active", "Active"),
        ("deactivated", "Deactivated"),
    ]
    .map(|(word, words)| {
        view! { <option value=word selected=word == filter.state>{words}</option> }
    })
    .collect_view();
    view! {
        <search>
            <Form method="get" action="/people" noscroll=true>
                <div class="search-fields">
                    <label class="unseen" for="search">"Search people"</label>
                    <input id="search" name="search" type="search" autocomplete="off" spellcheck="false" placeholder="Name, role, team…" value=filter.search/>
                    <label class="unseen" for="state">"Who is shown"</label>
                    <select id="state" name="state">{states}</select>
                    <button class="button" type="submit">"Search"</button>
                </div>
            </Form>
        </search>
    }
}
