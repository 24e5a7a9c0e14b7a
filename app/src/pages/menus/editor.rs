//! One menu as it is written: the tree at a glance, what is wrong with it, one place to edit, and what going live means.

use desk::Role;
use desk::menus::{FaultView, MenuView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::live::GoLive;
use super::outline::Outline;
use super::place::{More, Place};
use super::trial::Trial;
use super::unsaved::{guard, settle};
use super::{Head, Told, at, use_id};
use crate::api::show_menu;
use crate::parts::{Gate, Glyph, Icon, loaded};
use crate::query::use_query;

/// The draft of the menu that the address names.
#[component]
pub(crate) fn Menu() -> impl IntoView {
    view! {
        <Gate opens_to=Role::administers>
            <Editor/>
        </Gate>
    }
}

#[component]
fn Editor() -> impl IntoView {
    let (id, query) = (use_id(), use_query());
    guard();
    let wanted = Memo::new(move |_| {
        let query = query.read();
        let done = format!("{}{}", query.get("saved"), query.get("live"));
        (id.get(), query.get("place"), done)
    });
    view! {
        <div class="page page--menu">
            {loaded(wanted, |(id, place, _)| show_menu(id, place), |view| view! { <Shown view/> }.into_any())}
            <Trial/>
        </div>
    }
}

#[component]
fn Shown(view: MenuView) -> impl IntoView {
    let query = use_query();
    let told = query.with_untracked(|query| {
        let (saved, live) = (query.get("saved"), query.get("live"));
        match (saved.as_str(), live.parse::<u32>()) {
            ("", Ok(live)) => Some(format!(
                "Version {live} is live. It counts for the next caller; calls that are in the menu finish on what they began with."
            )),
            ("", Err(_)) => None,
            ("added", _) => Some("Added. It is part of the draft.".to_owned()),
            (_, _) => Some("Saved. Callers hear it when the draft goes live.".to_owned()),
        }
    });
    settle(|unsaved| unsaved.show(&view));
    // Forms are made anew with what is shown: fields that were kept would keep what was typed into others.
    let revision = view.head.revision;
    let (id, name, place) = (view.head.id.clone(), view.head.name.clone(), view.clone());
    view! {
        <Title text=view.head.name.clone()/>
        <Head head=view.head.clone() here=""/>
        {told.map(|words| view! { <Told words/> })}
        <Faults menu=id.clone() faults=view.faults.clone()/>
        <div class="menu-desk">
            <div class="menu-tree">
                <Outline menu=id.clone() rows=view.outline.clone() here=view.place.place.clone()/>
                {move || view! { <More menu=id.clone() name=name.clone() revision/> }}
            </div>
            {move || view! { <Place view=place.clone()/> }}
        </div>
        {move || view! { <GoLive view=view.clone()/> }}
    }
}

/// Everything that is wrong, each with the way there.
#[component]
fn Faults(menu: String, faults: Vec<FaultView>) -> impl IntoView {
    let (warnings, faults): (Vec<_>, Vec<_>) =
        faults.into_iter().partition(|fault| fault.is_warning);
    let items = |faults: Vec<FaultView>| {
        let menu = menu.clone();
        let item = move |fault: FaultView| {
            let to = match fault.row {
                Some(row) => format!("{}#keys-{row}-key", at(&menu, &fault.place)),
                None => format!("{}#place", at(&menu, &fault.place)),
            };
            let at = fault.at();
            view! { <li><a href=to>{at}</a> ": " {fault.words}</li> }
        };
        faults.into_iter().map(item).collect_view()
    };
    let count = match faults.len() {
        0 => None,
        1 => Some("One fault keeps the draft from going live".to_owned()),
        count => Some(format!("{count} faults keep the draft from going live")),
    };
    view! {
        {count.map(|count| view! {
            <section class="heed heed--bad" aria-labelledby="faults">
                <h2 id="faults"><Icon glyph=Glyph::Fault/>{count}</h2>
                <ul>{items(faults)}</ul>
            </section>
        })}
        {(!warnings.is_empty()).then(|| view! {
            <section class="heed" aria-labelledby="heed">
                <h2 id="heed"><Icon glyph=Glyph::Notice/>"Worth a look"</h2>
                <ul>{items(warnings)}</ul>
            </section>
        })}
    }
}
