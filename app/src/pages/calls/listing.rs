//! The calls that were found, as a table on wide screens and as cards on narrow ones.

use desk::{CallFilter, CallPage, CallRow};
use leptos::prelude::*;
use leptos_router::components::A;

use super::address;
use crate::parts::{Glyph, Icon, State, When};

/// A page of calls, or why there is none.
#[component]
pub(super) fn Listing(page: CallPage, filter: CallFilter) -> impl IntoView {
    if page.rows.is_empty() {
        return view! { <Nothing page filter/> }.into_any();
    }
    view! {
        <Count page=page.clone()/>
        <Table rows=page.rows.clone()/>
        <Paging page filter/>
    }
    .into_any()
}

#[component]
fn Count(page: CallPage) -> impl IntoView {
    let total = desk::grouped(page.total);
    let text = match page.shown() {
        Some((first, last)) if page.last() > 1 => {
            format!(
                "{}–{} of {total} calls",
                desk::grouped(first),
                desk::grouped(last)
            )
        }
        Some(_) | None if page.total == 1 => "1 call".to_owned(),
        Some(_) | None => format!("{total} calls"),
    };
    view! { <p class="count" role="status">{text}</p> }
}

#[component]
fn Table(rows: Vec<CallRow>) -> impl IntoView {
    view! {
        <table class="table table--cards" role="table">
            <caption class="unseen">"Calls, latest first"</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">"Caller"</th>
                    <th scope="col" role="columnheader">"Line"</th>
                    <th scope="col" role="columnheader">"Outcome"</th>
                    <th scope="col" role="columnheader" class="number">"Length"</th>
                    <th scope="col" role="columnheader">"Began"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

fn row(call: CallRow) -> impl IntoView {
    let (tone, aside) = (call.tone(), call.aside());
    let length = call
        .length_ms()
        .map_or_else(|| "–".to_owned(), desk::duration);
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="cell-main">
                <A href=format!("/calls/{}", call.sid)>{call.caller}</A>
                <span class="cell-sub">{aside}</span>
            </th>
            <td role="cell" class="cell-line">{call.line_name}</td>
            <td role="cell" class="cell-outcome"><State tone word=call.outcome_text/></td>
            <td role="cell" class="number cell-length">{length}</td>
            <td role="cell" class="cell-when"><When ms=call.started_ms/></td>
        </tr>
    }
}

/// The ways to the neighbouring pages.
#[component]
fn Paging(page: CallPage, filter: CallFilter) -> impl IntoView {
    let to = |number: u32| address(&filter.on_page(number));
    let previous = page.previous().map(to);
    let next = page.next().map(to);
    (page.last() > 1).then(|| {
        view! {
            <nav class="paging" aria-label="Pages of calls">
                {previous.map(|href| view! {
                    <a class="button" rel="prev" href=href><Icon glyph=Glyph::Back/>"Later calls"</a>
                })}
                <span class="paging-here">{format!("Page {} of {}", page.page, page.last())}</span>
                {next.map(|href| view! {
                    <a class="button" rel="next" href=href>"Earlier calls"<Icon glyph=Glyph::Onward/></a>
                })}
            </nav>
        }
    })
}

/// Why the list is empty, and what to do about it.
#[component]
fn Nothing(page: CallPage, filter: CallFilter) -> impl IntoView {
    let (headline, advice, way) = if page.total > 0 {
        let last = address(&filter.on_page(page.last()));
        (
            "There is no such page",
            format!("The list ends with page {}.", page.last()),
            Some((last, "Go to the last page")),
        )
    } else if filter.is_narrowed() {
        (
            "No call is like that",
            "Take a filter away, or widen the days.".to_owned(),
            Some(("/calls".to_owned(), "Show all calls")),
        )
    } else {
        (
            "No calls yet",
            "As soon as somebody calls one of the lines, the call is listed here.".to_owned(),
            None,
        )
    };
    view! {
        <div class="empty" role="status">
            <p class="empty-headline">{headline}</p>
            <p>{advice}</p>
            {way.map(|(href, name)| view! { <a class="button" href=href>{name}</a> })}
        </div>
    }
}
