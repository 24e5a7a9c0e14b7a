//! The monitor: rooms in which people are now, and those that are over.

mod acts;
mod forms;
mod join;
mod past;
mod people;
mod room;
mod rows;
mod watch;

use desk::Role;
use desk::rooms::{Rooms, RoomsPage};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;

use crate::api::{ApiError, show_rooms};
use crate::live::{Link, live};
use crate::now::{ServerClock, every_second};
use crate::parts::{Gate, loaded};
use crate::query::use_query;
use past::{Paging, Past};
use rows::Now;

pub(crate) use room::Conference;

/// The monitor, for those who read calls.
#[component]
pub(crate) fn Conferences() -> impl IntoView {
    view! {
        <Title text="Conferences"/>
        <Gate opens_to=Role::sees_rooms>
            <Loaded/>
        </Gate>
    }
}

/// What the server has, and then what the feed tells. When a room comes or goes, what is over is asked for again.
#[component]
fn Loaded() -> impl IntoView {
    let query = use_query();
    let page = Memo::new(move |_| query.with(|query| query.get("page").parse().unwrap_or(1)));
    loaded(page, show_rooms, |start| {
        view! { <Shown start/> }.into_any()
    })
}

#[component]
fn Shown(start: RoomsPage) -> impl IntoView {
    let live = live();
    let board = live.board;
    let clock = server_clock(start.live.now_ms);
    let page = start.page;
    let start = StoredValue::new(start);
    let rooms: Memo<Rooms> = Memo::new(move |_| {
        let told = board.with(|board| board.rooms.clone());
        told.unwrap_or_else(|| start.read_value().live.clone())
    });
    let ids: Memo<Vec<String>> = Memo::new(move |_| {
        rooms.with(|rooms| rooms.rooms.iter().map(|room| room.id.clone()).collect())
    });
    let later = asked_again(ids, move || show_rooms(page));
    let over = Memo::new(move |_| later.get().unwrap_or_else(|| start.get_value()));
    let past = Memo::new(move |_| over.with(|over| over.past.clone()));
    let pages = Memo::new(move |_| over.with(|over| (over.page, over.per_page, over.total)));
    view! {
        <div class="page page--conferences">
            <Head/>
            <Now rooms ids clock/>
            <section class="block" aria-labelledby="over">
                <h2 id="over">"Over"</h2>
                <Past past is_of_many=true/>
                {move || {
                    let (page, per_page, total) = pages.get();
                    view! { <Paging page per_page total/> }
                }}
            </section>
        </div>
    }
}

/// The name of the page, and whether it follows.
#[component]
fn Head() -> impl IntoView {
    view! {
        <div class="page-head">
            <h1>"Conferences"</h1>
            <Following/>
            <a class="button before-life" href="/conferences" rel="external">"Look again"</a>
        </div>
    }
}

/// Says so when the page does not follow.
#[component]
fn Following() -> impl IntoView {
    let link = live().link;
    view! {
        <p class="status-link" role="status">
            {move || (link.get() == Link::Lost).then_some("Not connected to the server. Trying again…")}
        </p>
    }
}

/// The server's clock, from what it showed as the page was made.
fn server_clock(start_ms: i64) -> ServerClock {
    ServerClock {
        start_ms,
        now: every_second(),
        ahead_ms: live().ahead_ms.read_only(),
    }
}

/// Asks again whenever something changes; the last answer. There is none before that, nor on the server.
fn asked_again<K, T, F>(of: Memo<K>, ask: impl Fn() -> F + 'static) -> ReadSignal<Option<T>>
where
    K: PartialEq + Send + Sync + 'static,
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, ApiError>> + 'static,
{
    let (answer, set_answer) = signal(None);
    let last = StoredValue::new(0_u32);
    Effect::new(move |before: Option<u32>| {
        // What nobody reads is not followed.
        of.with(|_| ());
        let Some(before) = before else { return 0 };
        let number = before + 1;
        last.set_value(number);
        let asked = ask();
        spawn_local(async move {
            // Whoever left the page meanwhile has no answer to wait for, and an earlier one comes too late.
            if let Ok(said) = asked.await
                && last.try_get_value() == Some(number)
            {
                set_answer.try_set(Some(said));
            }
        });
        number
    });
    answer
}
