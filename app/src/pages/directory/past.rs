//! What was changed in a directory, by whom and when, and taking it back.

use desk::Role;
use desk::directory::{ChangeView, DirectoryHistory, OfficeChangeView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{By, Fields, Head, Paging, Undo, use_id};
use crate::api::show_history;
use crate::parts::{Gate, when_here};
use crate::query::use_query;

/// The history of the directory that the address names.
#[component]
pub(crate) fn DirectoryPast() -> impl IntoView {
    view! {
        <Gate opens_to=Role::administers>
            <Past/>
        </Gate>
    }
}

#[component]
fn Past() -> impl IntoView {
    let (id, query) = (use_id(), use_query());
    let asked = Memo::new(move |_| {
        let (page, open) = query.with(|query| (query.get("page"), query.get("change")));
        (
            page.parse::<u32>().unwrap_or(1),
            open.parse::<i64>().unwrap_or(0),
        )
    });
    let answer = Resource::new(
        move || (id.get(), asked.get()),
        |(id, (page, open))| show_history(id, page, open),
    );
    view! {
        <div class="page page--directory">
            <Transition>
                {move || when_here(answer, move |history| view! { <Shown history open=asked.get_untracked().1/> }.into_any())}
            </Transition>
        </div>
    }
}

#[component]
fn Shown(history: DirectoryHistory, open: i64) -> impl IntoView {
    let DirectoryHistory {
        head,
        changes,
        pages,
    } = history;
    let id = head.id.clone();
    let is_empty = changes.is_empty();
    let to = {
        let id = id.clone();
        move |page: u32| format!("/directory/{id}/history?page={page}")
    };
    let items = changes
        .into_iter()
        .map(|change| {
            let is_open = change.version == open;
            view! { <Entry id=id.clone() change is_open page=pages.page/> }
        })
        .collect_view();
    view! {
        <Title text=format!("History of {}", head.name)/>
        <Head head here="/history"/>
        {is_empty.then(|| view! {
            <div class="empty" role="status">
                <p class="empty-headline">"Nothing was changed yet"</p>
                <p>"The directory is as it was installed. Every change of it will be listed here, and can be undone."</p>
            </div>
        })}
        <ol class="past">{items}</ol>
        <Paging pages to label="Pages of changes"/>
    }
}

/// One change. What it did to offices can be undone one by one where there are several.
#[component]
fn Entry(id: String, change: ChangeView, is_open: bool, page: u32) -> impl IntoView {
    let shown = u64::try_from(change.offices.len()).unwrap_or(u64::MAX);
    let more = change.touched.saturating_sub(shown);
    let is_several = change.touched > 1;
    let all = format!(
        "/directory/{id}/history?page={page}&change={}",
        change.version
    );
    let offices = change
        .offices
        .iter()
        .cloned()
        .map(|office| {
            let undo = is_several.then(|| change.clone());
            view! { <Office id=id.clone() office undo/> }
        })
        .collect_view();
    view! {
        <li class="past-change">
            <div class="past-head">
                <p>
                    <strong>{change.words.clone()}</strong>
                    " "
                    <By by=change.by.clone() ms=change.at_ms/>
                    {change.is_undone.then_some(" · undone since")}
                </p>
                <Undo directory=id change=change.clone() office=String::new()/>
            </div>
            <ul class="past-offices">{offices}</ul>
            {(more > 0).then(|| if is_open {
                view! { <p class="field-hint">{format!("And {} more.", desk::grouped(more))}</p> }.into_any()
            } else {
                view! { <a class="button button--plain" href=all>{format!("Show {} more", desk::grouped(more))}</a> }.into_any()
            })}
        </li>
    }
}

#[component]
fn Office(id: String, office: OfficeChangeView, undo: Option<ChangeView>) -> impl IntoView {
    let OfficeChangeView {
        id: office,
        words,
        fields,
    } = office;
    view! {
        <li>
            <div>
                {words}
                <Fields fields/>
            </div>
            {undo.map(|change| view! { <Undo directory=id change office/> })}
        </li>
    }
}
