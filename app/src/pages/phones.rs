//! The pretend telephones: calling a line, and answering where it leads.

mod dial;
mod handset;
mod keypad;
mod outside;
mod papers;
mod transcript;

use desk::{Board, Phone, Phones as Start, Side, Tone};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::{PlaceCall, UsePhone, show_phones};
use crate::live::{Link, follow};
use crate::now::every_second;
use crate::parts::{Glyph, Icon, State, action, loaded};
use crate::query::use_query;
use dial::Dial;
use handset::{Handset, Timing};
use outside::Outside;
use papers::Papers;
use transcript::refusal;

/// The telephones, as the server has them and then as the feed tells.
#[component]
pub(crate) fn Phones() -> impl IntoView {
    loaded(
        Memo::new(|_| ()),
        |()| show_phones(),
        |start| view! { <Table start/> }.into_any(),
    )
}

/// A table with telephones on it.
#[component]
fn Table(start: Start) -> impl IntoView {
    let Start {
        now_ms,
        lines,
        regions,
        offices,
        board,
    } = start;
    let live = follow(board);
    let timing = Timing {
        start_ms: now_ms,
        now: every_second(),
        ahead_ms: live.ahead_ms.read_only(),
    };
    let board = live.board.read_only();
    let call = action::<PlaceCall>();
    let placed = Memo::new(move |_| call.value().get().and_then(Result::ok));
    view! {
        <Title text="Phones"/>
        <div class="page page--phones">
            <div class="page-head">
                <h1>"Pretend telephones"</h1>
                <Following link=live.link.read_only()/>
            </div>
            <p class="lead">
                "Call one of your lines as somebody would from outside, press keys, and answer at the offices it rings. Nothing leaves this machine."
            </p>
            <LateRefusal/>
            <Dial call lines regions/>
            <div class="switchboard">
                <Handsets board timing placed/>
                <Papers phone=followed(board)/>
            </div>
            <Outside board offices/>
            <Rings board/>
        </div>
    }
}

/// Whether the page follows what happens.
#[component]
fn Following(link: ReadSignal<Link>) -> impl IntoView {
    view! {
        <span class="following" role="status">
            {move || match link.get() {
                Link::Asleep => None,
                Link::Live => Some(view! { <State tone=Tone::Good word="Live"/> }),
                Link::Lost => Some(view! { <State tone=Tone::Unknown word="Reconnecting…"/> }),
            }}
        </span>
        <a class="button before-life" href="/phones">"Look again"</a>
    }
}

/// Why a form that was posted without script was refused.
#[component]
fn LateRefusal() -> impl IntoView {
    let used = action::<UsePhone>();
    let told = refusal(used.value().get_untracked());
    told.map(|words| view! { <p class="refusal" role="alert"><Icon glyph=Glyph::Fault/><span>{words}</span></p> })
}

/// The telephones: those in calls, then those whose call is over.
#[component]
fn Handsets(
    board: ReadSignal<Board>,
    timing: Timing,
    placed: Memo<Option<String>>,
) -> impl IntoView {
    let sids = Memo::new(move |_| board.with(Board::in_sight));
    view! {
        <section class="handsets" aria-label="Telephones">
            <Show when=move || sids.with(Vec::is_empty)>
                <div class="empty">
                    <p class="empty-headline">"No telephone is in a call"</p>
                    <p>"Choose who calls and which line, then press Call. Offices that the line dials ring here as well."</p>
                </div>
            </Show>
            <For each=move || sids.get() key=String::clone let:sid>
                <Handset sid board timing placed/>
            </For>
        </section>
    }
}

/// The telephone whose documents are followed: the one that the address names, else the latest caller's.
fn followed(board: ReadSignal<Board>) -> Memo<Option<Phone>> {
    let query = use_query();
    let named = Memo::new(move |_| query.read().get("phone"));
    Memo::new(move |_| {
        board.with(|board| {
            let latest = || {
                let mut callers = board.phones.iter().rev();
                callers.find(|phone| phone.side == Side::Caller)
            };
            board.phone(&named.read()).or_else(latest).cloned()
        })
    })
}

/// Says to those who cannot see it which telephones ring.
#[component]
fn Rings(board: ReadSignal<Board>) -> impl IntoView {
    let ringing = Memo::new(move |_| {
        board.with(|board| {
            let rings = board.phones.iter().filter(|phone| phone.wants_answer());
            rings
                .map(|phone| format!("{} rings.", phone.holder))
                .collect::<Vec<_>>()
                .join(" ")
        })
    });
    view! { <p class="unseen" role="status">{move || ringing.get()}</p> }
}
