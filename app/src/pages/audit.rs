//! The audit: what was done, by whom, and the way to what it was about.

use desk::Role;
use desk::audit::{AuditFilter, AuditRow, AuditView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::{A, Form};

use crate::api::list_audit;
use crate::parts::{Gate, Glyph, Icon, When, loaded};
use crate::query::{self, use_query};

/// The page at `/audit`.
#[component]
pub(crate) fn Audit() -> impl IntoView {
    view! {
        <Title text="Audit"/>
        <Gate opens_to=Role::administers>
            <Whole/>
        </Gate>
    }
}

#[component]
fn Whole() -> impl IntoView {
    let query = use_query();
    let filter = Memo::new(move |_| query.with(|query| AuditFilter::from_pairs(query.pairs())));
    let sheet = move || filter.with(|filter| address("/audit/audit.csv", filter, None));
    view! {
        <div class="page page--audit">
            <div class="page-head">
                <h1>"Audit"</h1>
                <a class="button" href=sheet rel="external" download>
                    <Icon glyph=Glyph::Down/>
                    "Download as CSV"
                </a>
            </div>
            <p class="lead">"What people did to people, lines and calls that are not their own, and who signed in."</p>
            {loaded(filter, list_audit, |view| view! { <Shown view/> }.into_any())}
        </div>
    }
}

fn address(path: &str, filter: &AuditFilter, page: Option<u32>) -> String {
    let page = page.map(|page| page.to_string());
    let page = page.as_deref().map(|page| ("page", page));
    query::address(path, filter.pairs().into_iter().chain(page))
}

#[component]
fn Shown(view: AuditView) -> impl IntoView {
    let filter = use_query().with_untracked(|query| AuditFilter::from_pairs(query.pairs()));
    let AuditView {
        rows,
        pages,
        people,
    } = view;
    let total = pages.total;
    let lines = if total == 1 { "line" } else { "lines" };
    let before = pages
        .previous()
        .map(|page| address("/audit", &filter, Some(page)));
    let after = pages
        .next()
        .map(|page| address("/audit", &filter, Some(page)));
    let rows = rows
        .into_iter()
        .map(|row| view! { <Row row/> })
        .collect_view();
    view! {
        <Filters filter people/>
        <p class="count" role="status">{format!("{} {lines}", desk::grouped(total))}</p>
        <table class="table table--rows table--audit">
            <thead>
                <tr>
                    <th scope="col">"What was done"</th>
                    <th scope="col">"By"</th>
                    <th scope="col">"About"</th>
                    <th scope="col">"When"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {(pages.last() > 1).then(|| view! {
            <nav class="paging" aria-label="Pages of the audit">
                {before.map(|href| view! { <a class="button" rel="prev" href=href><Icon glyph=Glyph::Back/>"Later"</a> })}
                <span class="paging-here">{format!("Page {} of {}", pages.page, pages.last())}</span>
                {after.map(|href| view! { <a class="button" rel="next" href=href>"Earlier"<Icon glyph=Glyph::Onward/></a> })}
            </nav>
        })}
    }
}

#[component]
fn Row(row: AuditRow) -> impl IntoView {
    let by = match row.by.as_str() {
        "" => "somebody unknown".to_owned(),
        by => by.to_owned(),
    };
    let about = match row.href {
        Some(href) => view! { <A href>{row.about}</A> }.into_any(),
        None => row.about.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{row.what}</th>
            <td>{by}</td>
            <td class="cell-about">{about}</td>
            <td><When ms=row.at_ms/></td>
        </tr>
    }
}

/// The form that narrows the list: a plain GET form.
#[component]
fn Filters(filter: AuditFilter, people: Vec<String>) -> impl IntoView {
    let chosen = filter.by.clone();
    let people = people
        .into_iter()
        .filter(|name| !name.is_empty())
        .map(|name| {
            let is_chosen = name == chosen;
            view! { <option value=name.clone() selected=is_chosen>{name.clone()}</option> }
        })
        .collect_view();
    view! {
        <search>
            <Form method="get" action="/audit" noscroll=true>
                <div class="audit-fields">
                    <div class="field">
                        <label for="by">"By"</label>
                        <select id="by" name="by">
                            <option value="">"Anybody"</option>
                            {people}
                        </select>
                    </div>
                    <div class="field">
                        <label for="about">"About"</label>
                        <input id="about" name="about" type="text" autocomplete="off" spellcheck="false" placeholder="User name, line, call id" value=filter.about/>
                    </div>
                    <div class="field">
                        <label for="from">"From day (UTC)"</label>
                        <input id="from" name="from" type="date" value=filter.from/>
                    </div>
                    <div class="field">
                        <label for="to">"To day (UTC)"</label>
                        <input id="to" name="to" type="date" value=filter.to/>
                    </div>
                    <div class="account-acts">
                        <button class="button button--main" type="submit">"Show"</button>
                        <a class="button button--plain" href="/audit">"Clear"</a>
                    </div>
                </div>
            </Form>
        </search>
    }
}
