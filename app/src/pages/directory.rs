//! Directories: the list of them, one as a table, what was changed in it, and files out and in.

mod edit;
mod list;
mod offices;
mod past;
mod sheet;
mod table;
mod whole;

use desk::directory::{ChangeView, DirectoryFilter, DirectoryHead, FieldChange, Pages};
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use crate::api::UndoChange;
use crate::parts::{Glyph, Icon, Refused, When, action};
use crate::query;

pub(crate) use list::Directories;
pub(crate) use past::DirectoryPast;
pub(crate) use sheet::DirectoryFile;
pub(crate) use table::Directory;

/// The address of a directory's table.
pub(crate) fn address(id: &str, filter: &DirectoryFilter) -> String {
    query::address(&format!("/directory/{id}"), filter.pairs())
}

/// The directory that the address names.
fn use_id() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()))
}

/// The name of a directory, where it comes from, and the ways to its pages.
#[component]
fn Head(head: DirectoryHead, here: &'static str) -> impl IntoView {
    let origin = head.origin();
    let ways = [
        ("", "Offices"),
        ("/import", "Take a file"),
        ("/history", "History"),
    ]
    .map(|(end, name)| {
        let current = (end == here).then_some("page");
        view! { <li><a href=format!("/directory/{}{end}", head.id) aria-current=current>{name}</a></li> }
    });
    view! {
        <p class="crumb"><A href="/directory">"Directories"</A></p>
        <div class="page-head">
            <h1>{head.name}</h1>
            <a class="button" href=format!("/directory/{}/offices.csv", head.id) rel="external" download>
                <Icon glyph=Glyph::Down/>
                "Download as CSV"
            </a>
        </div>
        <p class="lead">"Source: " {origin} "."</p>
        <nav class="tabs" aria-label="Of this directory">
            <ul>{ways.into_iter().collect_view()}</ul>
        </nav>
    }
}

/// What was done a moment ago, and the way to undo it. It takes the focus: what was under the hand is gone.
#[component]
fn Done(directory: String, change: ChangeView) -> impl IntoView {
    let notice = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(notice) = notice.get() {
            // It fails for elements that are not in the page.
            _ = notice.focus();
        }
    });
    let words = change.words.clone();
    view! {
        <div class="done" role="status" tabindex="-1" node_ref=notice>
            <p><Icon glyph=Glyph::Done/>{words}</p>
            <Undo directory change office=String::new()/>
        </div>
    }
}

/// The button that takes a change back, or what it did to one office.
#[component]
fn Undo(directory: String, change: ChangeView, office: String) -> impl IntoView {
    let undo = action::<UndoChange>();
    let about = match office.as_str() {
        "" => format!(" “{}”", change.words),
        office => format!(" {office}"),
    };
    change.can_be_undone.then(|| {
        view! {
            <ActionForm action=undo attr:class="undo">
                <input type="hidden" name="form[directory]" value=directory/>
                <input type="hidden" name="form[change]" value=change.version.to_string()/>
                <input type="hidden" name="form[office]" value=office/>
                <button class="button" type="submit">
                    "Undo"<span class="unseen">{about}</span>
                </button>
                <Refused answer=move || undo.value().get()/>
            </ActionForm>
        }
    })
}

/// What changed of an office, field by field.
#[component]
fn Fields(fields: Vec<FieldChange>) -> impl IntoView {
    (!fields.is_empty()).then(|| {
        let fields = fields
            .into_iter()
            .map(|field| view! { <li>{field.words()}</li> })
            .collect_view();
        view! { <ul class="fields">{fields}</ul> }
    })
}

/// Who did something, and when.
#[component]
fn By(by: String, ms: i64) -> impl IntoView {
    view! { <span class="by">{by} ", " <When ms/></span> }
}

/// The ways to the neighbouring pages.
#[component]
fn Paging<F>(pages: Pages, to: F, label: &'static str) -> impl IntoView
where
    F: Fn(u32) -> String + Send + Sync + 'static,
{
    let previous = pages.previous().map(&to);
    let next = pages.next().map(&to);
    (pages.last() > 1).then(|| {
        view! {
            <nav class="paging" aria-label=label>
                {previous.map(|href| view! {
                    <a class="button" rel="prev" href=href><Icon glyph=Glyph::Back/>"Before"</a>
                })}
                <span class="paging-here">{format!("Page {} of {}", pages.page, pages.last())}</span>
                {next.map(|href| view! {
                    <a class="button" rel="next" href=href>"After"<Icon glyph=Glyph::Onward/></a>
                })}
            </nav>
        }
    })
}
