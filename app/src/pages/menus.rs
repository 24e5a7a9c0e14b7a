//! Menus: the list of them, one written place by place, tried, put live, and its versions.

mod editor;
mod keys;
mod list;
mod live;
mod outline;
mod past;
mod place;
mod trial;
mod unsaved;

use desk::menus::{Difference, MenuHead};
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use crate::parts::{Glyph, Icon, When};

pub(crate) use editor::Menu;
pub(crate) use list::Menus;
pub(crate) use past::MenuPast;

/// The menu that the address names.
fn use_id() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()))
}

/// The address of a place in its menu.
fn at(menu: &str, place: &str) -> String {
    format!("/menus/{menu}?place={place}")
}

/// The name of a menu, how it stands, and the ways to its pages.
#[component]
fn Head(head: MenuHead, here: &'static str) -> impl IntoView {
    let ways = [("", "Draft"), ("/history", "Versions")].map(|(end, name)| {
        let current = (end == here).then_some("page");
        view! { <li><a href=format!("/menus/{}{end}", head.id) aria-current=current>{name}</a></li> }
    });
    view! {
        <p class="crumb"><A href="/menus">"Menus"</A></p>
        <div class="page-head">
            <h1>{head.name.clone()}</h1>
        </div>
        <p class="lead"><Stands head/></p>
        <nav class="tabs" aria-label="Of this menu">
            <ul>{ways.into_iter().collect_view()}</ul>
        </nav>
    }
}

/// What is live, what is not, and who hears it.
#[component]
fn Stands(head: MenuHead) -> impl IntoView {
    let live = match head.live {
        None => view! { "Nothing of it is live yet. " }.into_any(),
        Some(live) => {
            let when = live
                .live_ms
                .map(|ms| view! { ", by " {live.by} " " <When ms/> });
            view! { {format!("Version {} is live", live.version)} {when} ". " }.into_any()
        }
    };
    let saved = head.saved.map(|(ms, by)| {
        view! { "The draft is another one, saved by " {by} " " <When ms/> ". " }
    });
    let lines: Vec<String> = head.lines.into_iter().map(|line| line.name).collect();
    let lines = match lines.as_slice() {
        [] => "No line uses it yet.".to_owned(),
        lines => format!("Callers of {} hear it.", lines.join(", ")),
    };
    view! { {live} {saved} {lines} }
}

/// What differs, place by place.
#[component]
fn Differences(differences: Vec<Difference>) -> impl IntoView {
    let places = differences
        .into_iter()
        .map(|difference| {
            let words = difference.words.into_iter();
            let words = words.map(|words| view! { <li>{words}</li> }).collect_view();
            view! { <li><strong>{difference.title}</strong><ul>{words}</ul></li> }
        })
        .collect_view();
    view! { <ul class="differences">{places}</ul> }
}

/// What was done a moment ago. It takes the focus: what was under the hand may be gone.
#[component]
fn Told(words: String) -> impl IntoView {
    let notice = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(notice) = notice.get() {
            // It fails for elements that are not in the page.
            _ = notice.focus();
        }
    });
    view! {
        <div class="done" role="status" tabindex="-1" node_ref=notice>
            <p><Icon glyph=Glyph::Done/>{words}</p>
        </div>
    }
}
