//! One directory as a table: searched, sorted, and changed in place.

use desk::Role;
use desk::directory::{DirectoryFilter, DirectoryView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::{A, Form};

use super::edit::Edit;
use super::offices::Offices;
use super::whole::Whole;
use super::{Done, Head, Paging, address, use_id};
use crate::api::show_directory;
use crate::parts::{Gate, Glyph, Icon, when_here};
use crate::query::use_query;

/// The table of the directory that the address names.
#[component]
pub(crate) fn Directory() -> impl IntoView {
    view! {
        <Gate opens_to=Role::administers>
            <Table/>
        </Gate>
    }
}

#[component]
fn Table() -> impl IntoView {
    let (id, query) = (use_id(), use_query());
    let filter = Memo::new(move |_| query.with(|query| DirectoryFilter::from_pairs(query.pairs())));
    let answer = Resource::new(
        move || (id.get(), filter.get()),
        |(id, filter)| show_directory(id, filter),
    );
    let (is_waiting, set_waiting) = signal(false);
    view! {
        <div class="page page--directory" aria-busy=move || is_waiting.get().to_string()>
            <Transition set_pending=set_waiting>
                {move || when_here(answer, move |view| view! { <Shown view filter=filter.get_untracked()/> }.into_any())}
            </Transition>
        </div>
    }
}

#[component]
fn Shown(view: DirectoryView, filter: DirectoryFilter) -> impl IntoView {
    let id = view.head.id.clone();
    let DirectoryView {
        head,
        lines,
        rows,
        pages,
        total,
        warnings,
        more_warnings,
        regions,
        form,
        done,
    } = view;
    let (name, is_used) = (head.name.clone(), !lines.is_empty());
    let count = count(pages.total, total);
    let by_region = head.by_region;
    let (adding, editing) = match form {
        Some(form) if form.office.is_empty() => (Some(form), None),
        form => (None, form),
    };
    let to = {
        let (id, filter) = (id.clone(), filter.clone());
        move |page| address(&id, &filter.on_page(page))
    };
    let serves = match lines.as_slice() {
        [] => "No line leads callers here yet.".to_owned(),
        lines => format!("Serves {}.", lines.join("; ")),
    };
    view! {
        <Title text=name.clone()/>
        <Head head here=""/>
        {done.map(|change| view! { <Done directory=id.clone() change/> })}
        <p class="lead">{serves}</p>
        <Warnings warnings more_warnings/>
        {adding.map(|form| view! { <Adding form regions=regions.clone() by_region/> })}
        <Search id=id.clone() filter=filter.clone()/>
        <p class="count" role="status">{count}</p>
        <Offices rows editing regions by_region id=id.clone() filter/>
        <Paging pages to label="Pages of offices"/>
        <Whole id name is_used/>
    }
}

fn count(found: u64, total: u64) -> String {
    let of = if found == total {
        String::new()
    } else {
        format!(" of {}", desk::grouped(total))
    };
    let offices = if total == 1 { "office" } else { "offices" };
    format!("{}{of} {offices}", desk::grouped(found))
}

/// What somebody should look at.
#[component]
fn Warnings(warnings: Vec<String>, more_warnings: u64) -> impl IntoView {
    (!warnings.is_empty()).then(|| {
        let items = warnings
            .into_iter()
            .map(|words| view! { <li>{words}</li> })
            .collect_view();
        view! {
            <section class="heed" aria-labelledby="heed">
                <h2 id="heed"><Icon glyph=Glyph::Fault/>"Look at this"</h2>
                <ul>
                    {items}
                    {(more_warnings > 0).then(|| view! {
                        <li>{format!("And {} more, each at its office.", desk::grouped(more_warnings))}</li>
                    })}
                </ul>
            </section>
        }
    })
}

/// The form that narrows the table, and the way to another office: a plain GET form.
#[component]
fn Search(id: String, filter: DirectoryFilter) -> impl IntoView {
    let action = format!("/directory/{id}");
    let all = (!filter.search.is_empty()).then(|| address(&id, &DirectoryFilter::default()));
    let add = address(&id, &filter.adding());
    let sort = (!filter.sort.is_empty()).then_some(filter.sort);
    view! {
        <div class="directory-acts">
            <search>
                <Form method="get" action=action noscroll=true>
                    <div class="search-fields">
                        <label class="unseen" for="search">"Search this directory"</label>
                        <input id="search" name="search" type="search" autocomplete="off" spellcheck="false" placeholder="Name, number, region…" value=filter.search/>
                        {sort.map(|sort| view! { <input type="hidden" name="sort" value=sort/> })}
                        <button class="button" type="submit">"Search"</button>
                        {all.map(|all| view! {
                            <A href=all attr:class="button button--plain">"Show all"</A>
                        })}
                    </div>
                </Form>
            </search>
            <A href=add attr:class="button button--main">"Add an office"</A>
        </div>
    }
}

/// The form for another office.
#[component]
fn Adding(
    form: desk::directory::OfficeForm,
    regions: Vec<(String, String)>,
    by_region: bool,
) -> impl IntoView {
    view! {
        <section class="panel panel--edit" aria-labelledby="add">
            <h2 id="add">"Add an office"</h2>
            <Edit form regions by_region/>
        </section>
    }
}
