//! The offices of a directory, as a table on wide screens and as cards on narrow ones.

use desk::Tone;
use desk::directory::{DirectoryFilter, OfficeForm, OfficeRow, OfficeSort};
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::address;
use super::edit::Edit;
use crate::parts::{Glyph, Icon, State};

/// The offices of this page; one of them may be a form.
#[component]
pub(super) fn Offices(
    rows: Vec<OfficeRow>,
    editing: Option<OfficeForm>,
    regions: Vec<(String, String)>,
    by_region: bool,
    id: String,
    filter: DirectoryFilter,
) -> impl IntoView {
    if rows.is_empty() {
        return view! { <Nothing id filter/> }.into_any();
    }
    let place = if by_region { "Region" } else { "Key" };
    let heads = [
        (OfficeSort::Place, place),
        (OfficeSort::Name, "Name"),
        (OfficeSort::Number, "Numbers"),
        (OfficeSort::TermEnd, "Term ends"),
    ]
    .map(|(sort, name)| head(&id, &filter, sort, name));
    let is_edited = |row: &OfficeRow| editing.as_ref().is_some_and(|form| form.office == row.id);
    let elsewhere = editing
        .clone()
        .filter(|_| !rows.iter().any(is_edited))
        .map(|form| edited(form, regions.clone(), by_region));
    let rows = rows
        .into_iter()
        .map(move |row| match &editing {
            Some(form) if form.office == row.id => {
                edited(form.clone(), regions.clone(), by_region).into_any()
            }
            Some(_) | None => office(row, &id, &filter, by_region).into_any(),
        })
        .collect_view();
    view! {
        <table class="table table--cards table--offices" role="table">
            <caption class="unseen">"Offices"</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {heads.into_iter().collect_view()}
                    <th scope="col" role="columnheader"><span class="unseen">"Change"</span></th>
                </tr>
            </thead>
            <tbody role="rowgroup">{elsewhere}{rows}</tbody>
        </table>
    }
    .into_any()
}

/// A column's name, by which the rows are sorted.
fn head(
    id: &str,
    filter: &DirectoryFilter,
    sort: OfficeSort,
    name: &'static str,
) -> impl IntoView + use<> {
    let (by, is_reversed) = filter.order();
    let order = match (by == sort, is_reversed) {
        (false, _) => None,
        (true, false) => Some("ascending"),
        (true, true) => Some("descending"),
    };
    let href = address(id, &filter.sorted_by(sort));
    view! {
        <th scope="col" role="columnheader" aria-sort=order>
            <a class="sort" {..still()} href=href>{name}</a>
        </th>
    }
}

fn office(
    row: OfficeRow,
    id: &str,
    filter: &DirectoryFilter,
    by_region: bool,
) -> impl IntoView + use<> {
    let place = if by_region {
        format!("{} {}", row.region, row.position)
    } else {
        row.position.to_string()
    };
    let numbers = row
        .numbers
        .iter()
        .map(|number| view! { <li>{number.clone()}</li> })
        .collect_view();
    let warnings = row
        .warnings
        .iter()
        .map(|words| view! { <li><Icon glyph=Glyph::Fault/><span>{words.clone()}</span></li> })
        .collect_view();
    let open = row.is_open.map(|is_open| {
        if is_open {
            (Tone::Good, "Open")
        } else {
            (Tone::Quiet, "Closed")
        }
    });
    let edit = address(id, &filter.editing(&row.id));
    view! {
        <tr role="row" id=format!("office-{}", row.id)>
            <td role="cell" class="cell-place">
                {place}
                <span class="cell-sub">{row.region_name}</span>
            </td>
            <th scope="row" role="rowheader" class="cell-main">
                {row.name.clone()}
                <span class="cell-sub">{row.title}</span>
                {(!row.warnings.is_empty()).then(|| view! { <ul class="row-heed">{warnings}</ul> })}
            </th>
            <td role="cell" class="cell-numbers">
                <ol class="numbers">{numbers}</ol>
                {(!row.hours.is_empty()).then(|| view! {
                    <span class="cell-sub">
                        {open.map(|(tone, word)| view! { <State tone word/>" " })}
                        {row.hours}
                    </span>
                })}
            </td>
            <td role="cell" class="cell-term">{row.term_end}</td>
            <td role="cell" class="cell-acts">
                <a class="button" {..still()} href=edit>"Change"<span class="unseen">" " {row.name}</span></a>
            </td>
        </tr>
    }
}

/// A row that is being changed.
fn edited(form: OfficeForm, regions: Vec<(String, String)>, by_region: bool) -> impl IntoView {
    let name = format!("Change {}", form.name);
    view! {
        <tr role="row" class="row-edit">
            <td role="cell" colspan="5">
                <h2>{name}</h2>
                <Edit form regions by_region/>
            </td>
        </tr>
    }
}

/// Why the table is empty.
#[component]
fn Nothing(id: String, filter: DirectoryFilter) -> impl IntoView {
    let (headline, advice) = if filter.search.is_empty() {
        (
            "No offices yet",
            "Add one by hand, or take a file with all of them.",
        )
    } else {
        (
            "No office is like that",
            "Every word has to stand in the row: a name, a part of a number, a region.",
        )
    };
    let all = address(&id, &DirectoryFilter::default());
    view! {
        <div class="empty" role="status">
            <p class="empty-headline">{headline}</p>
            <p>{advice}</p>
            {(!filter.search.is_empty()).then(|| view! { <a class="button" href=all>"Show all"</a> })}
        </div>
    }
}

/// Lets a link to the same page leave the page where it stands.
fn still() -> impl leptos::attr::Attribute + Clone {
    custom_attribute("noscroll", "")
}
