//! The versions of a menu: who put each live and when, what differs between two, and the way back.

use desk::Role;
use desk::menus::{MenuHistory, VersionView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{Differences, Head, Told, use_id};
use crate::api::{RestoreMenu, show_menu_history};
use crate::parts::{Gate, Refused, State, When, action, loaded};
use crate::query::use_query;

/// The versions of the menu that the address names.
#[component]
pub(crate) fn MenuPast() -> impl IntoView {
    view! {
        <Gate opens_to=Role::administers>
            <Past/>
        </Gate>
    }
}

#[component]
fn Past() -> impl IntoView {
    let (id, query) = (use_id(), use_query());
    let wanted = Memo::new(move |_| {
        let query = query.read();
        let number = |name: &str| query.get(name).parse::<u32>().unwrap_or(0);
        (id.get(), number("from"), number("to"), number("live"))
    });
    view! {
        <div class="page page--menu">
            {loaded(wanted, |(id, from, to, _)| show_menu_history(id, from, to), |history| view! { <Shown history/> }.into_any())}
        </div>
    }
}

#[component]
fn Shown(history: MenuHistory) -> impl IntoView {
    let live = use_query().with_untracked(|query| query.get("live"));
    let MenuHistory {
        head,
        versions,
        compared,
        differences,
    } = history;
    let (menu, live_now) = (
        head.id.clone(),
        head.live.as_ref().map_or(0, |live| live.version),
    );
    let numbers: Vec<u32> = versions.iter().map(|version| version.version).collect();
    let items = versions
        .into_iter()
        .map(|version| view! { <Version menu=menu.clone() version live_now/> })
        .collect_view();
    view! {
        <Title text=format!("Versions of {}", head.name)/>
        <Head head here="/history"/>
        {(!live.is_empty()).then(|| view! { <Told words=format!("Version {live} is live.")/> })}
        {(numbers.len() > 1).then(|| view! { <Compare menu numbers compared/> <Compared compared differences/> })}
        <section aria-labelledby="versions">
            <h2 id="versions">"Versions"</h2>
            <ol class="past">{items}</ol>
        </section>
    }
}

/// Which two versions to compare: a plain GET form.
#[component]
fn Compare(menu: String, numbers: Vec<u32>, compared: (u32, u32)) -> impl IntoView {
    let options = |chosen: u32| {
        let numbers = numbers.iter();
        numbers
            .map(|number| view! { <option value=number.to_string() selected={*number == chosen}>{format!("Version {number}")}</option> })
            .collect_view()
    };
    view! {
        <form class="compare" method="get" action=format!("/menus/{menu}/history")>
            <div class="field">
                <label for="from">"From"</label>
                <select id="from" name="from">{options(compared.0)}</select>
            </div>
            <div class="field">
                <label for="to">"To"</label>
                <select id="to" name="to">{options(compared.1)}</select>
            </div>
            <button class="button" type="submit">"Compare"</button>
        </form>
    }
}

#[component]
fn Compared(compared: (u32, u32), differences: Vec<desk::menus::Difference>) -> impl IntoView {
    let (from, to) = compared;
    view! {
        <section class="panel compared" aria-labelledby="compared">
            <h2 id="compared">{format!("From version {from} to version {to}")}</h2>
            {if differences.is_empty() {
                view! { <p>"They say and do the same."</p> }.into_any()
            } else {
                view! { <Differences differences/> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Version(menu: String, version: VersionView, live_now: u32) -> impl IntoView {
    let restore = action::<RestoreMenu>();
    let number = version.version;
    let when = match version.live_ms {
        None => view! { "as it was installed" }.into_any(),
        Some(ms) => view! { {version.by} ", " <When ms/> }.into_any(),
    };
    let note =
        (!version.note.is_empty()).then(|| view! { <p class="version-note">{version.note}</p> });
    view! {
        <li class="past-change">
            <div class="past-head">
                <p>
                    <strong>{format!("Version {number}")}</strong>
                    " "
                    <span class="by">{when}</span>
                    " "
                    {version.is_live.then(|| view! { <State tone=desk::Tone::Good word="Live"/> })}
                </p>
                {(!version.is_live).then(|| view! {
                    <ActionForm action=restore>
                        <input type="hidden" name="form[menu]" value=menu/>
                        <input type="hidden" name="form[version]" value=number.to_string()/>
                        <input type="hidden" name="form[live]" value=live_now.to_string()/>
                        <button class="button" type="submit">{format!("Make version {number} live again")}</button>
                        <Refused answer=move || restore.value().get()/>
                    </ActionForm>
                })}
            </div>
            {note}
            {(!version.differences.is_empty()).then(|| view! { <Differences differences=version.differences/> })}
        </li>
    }
}
