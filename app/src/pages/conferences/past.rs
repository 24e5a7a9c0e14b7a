//! Rooms that are over, with who was in them and for how long.

use desk::rooms::{Attended, PastRoom};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::parts::{Glyph, Icon, When};

/// Times that rooms lived, latest first. What is folded out stays so when others come.
#[component]
pub(super) fn Past(
    past: Memo<Vec<PastRoom>>,
    /// Whether they are of more than one room.
    is_of_many: bool,
) -> impl IntoView {
    let is_empty = Memo::new(move |_| past.with(Vec::is_empty));
    view! {
        <Show when=move || is_empty.get()>
            <p class="panel-empty">"None yet."</p>
        </Show>
        <ul class="past-rooms" hidden=move || is_empty.get()>
            <For each=move || past.get() key=|past| (past.room.clone(), past.began_ms) let:past>
                <Row past is_of_many/>
            </For>
        </ul>
    }
}

#[component]
fn Row(past: PastRoom, is_of_many: bool) -> impl IntoView {
    let csv = past.csv_address();
    let length = desk::duration(past.length_ms());
    let people = match past.people() {
        1 => "1 person".to_owned(),
        people => format!("{people} people"),
    };
    let PastRoom {
        room,
        name,
        line_name,
        began_ms,
        ended_ms,
        attendance,
    } = past;
    let began = desk::exact(began_ms);
    let whose = is_of_many.then(|| view! {
        <p class="past-name"><A href=format!("/conferences/{room}")>{name}</A>" "<span class="cell-sub">{line_name}</span></p>
    });
    view! {
        <li class="past-row">
            {whose}
            <p class="past-when">{began.clone()}" "<span class="cell-sub"><When ms=ended_ms/></span></p>
            <p class="past-figures">{people}", "{length}</p>
            <details class="fold past-attendance">
                <summary>"Attendance"<span class="unseen">" of "{began.clone()}</span></summary>
                <Attendance attendance began=began.clone()/>
            </details>
            <Csv href=csv of=began/>
        </li>
    }
}

/// Who was in, from when to when.
#[component]
fn Attendance(attendance: Vec<Attended>, began: String) -> impl IntoView {
    let rows = attendance.into_iter().map(|one| {
        let joined = desk::time_of_day(one.joined_ms);
        let left = one.left_ms.map(desk::time_of_day).unwrap_or_default();
        let length = desk::duration(one.length_ms(one.joined_ms));
        let why = match one.met_ms {
            Some(_) => one.why,
            None => format!("{}; heard nobody", one.why),
        };
        view! {
            <tr>
                <th scope="row">{one.label}<span class="cell-sub">{one.role.label()}</span></th>
                <td>{joined}" – "{left}<span class="cell-sub">{why}</span></td>
                <td class="number">{length}</td>
            </tr>
        }
    });
    view! {
        <div class="wire">
            <table class="table table--attendance">
                <caption class="unseen">"Attendance of " {began}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Who"</th>
                        <th scope="col">"From, to (UTC)"</th>
                        <th scope="col" class="number">"Length"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// Attendance as a file.
#[component]
pub(super) fn Csv(href: String, of: String) -> impl IntoView {
    view! {
        <a class="button button--plain past-csv" href=href rel="external" download>
            <Icon glyph=Glyph::Down/>
            "CSV"
            <span class="unseen">" of the attendance, " {of}</span>
        </a>
    }
}

/// The ways to the neighbouring pages.
#[component]
pub(super) fn Paging(page: u32, per_page: u32, total: u64) -> impl IntoView {
    let last = total.div_ceil(u64::from(per_page.max(1))).max(1);
    let to = |page: u32| format!("/conferences?page={page}");
    let later = (page > 1).then(|| to(page - 1));
    let earlier = (u64::from(page) < last).then(|| to(page + 1));
    (last > 1).then(|| view! {
        <nav class="paging" aria-label="Pages of what is over">
            {later.map(|href| view! { <A href attr:class="button"><Icon glyph=Glyph::Back/>"Later"</A> })}
            <span class="paging-here">{format!("Page {page} of {last}")}</span>
            {earlier.map(|href| view! { <A href attr:class="button">"Earlier"<Icon glyph=Glyph::Onward/></A> })}
        </nav>
    })
}
