//! The board: who takes calls and who waits at this moment, and what the day has brought.

mod agents;
mod help;
mod hours;
mod queues;

use desk::{BoardView, DayView, Floor, IN_TIME_S, Role};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::show_board;
use crate::live::{Link, live};
use crate::now::{ServerClock, every_second};
use crate::parts::{Gate, Glyph, Icon, loaded};
use agents::Agents;
use help::Help;
use hours::Days;
use queues::Queues;

/// The board, for those who read calls.
#[component]
pub(crate) fn Board() -> impl IntoView {
    view! {
        <Title text="Board"/>
        <Gate opens_to=Role::reads_calls>
            <Loaded/>
        </Gate>
    }
}

/// The board as the server has it, and then as the feed tells.
#[component]
fn Loaded() -> impl IntoView {
    loaded(
        Memo::new(|_| ()),
        |()| show_board(),
        |start| view! { <Hung wall=Wall::at(start)/> }.into_any(),
    )
}

/// What every part of the board is made from.
#[derive(Clone, Copy)]
struct Wall {
    floor: Memo<Floor>,
    day: Memo<DayView>,
    clock: ServerClock,
}

impl Wall {
    /// A wall from what the page was loaded with, until the feed has told.
    fn at(start: BoardView) -> Self {
        let live = live();
        let board = live.board;
        let start_ms = start.floor.now_ms;
        let start = StoredValue::new(start);
        let floor = move || {
            let told = board.with(|board| board.floor.clone());
            told.unwrap_or_else(|| start.read_value().floor.clone())
        };
        let day = move || {
            let told = board.with(|board| board.day.clone());
            told.unwrap_or_else(|| start.read_value().day.clone())
        };
        Self {
            floor: Memo::new(move |_| floor()),
            day: Memo::new(move |_| day()),
            clock: ServerClock {
                start_ms,
                now: every_second(),
                ahead_ms: live.ahead_ms.read_only(),
            },
        }
    }

    /// Something of the floor, told again only when it is something else.
    fn of_floor<T: PartialEq + Send + Sync + 'static>(self, of: fn(&Floor) -> T) -> Memo<T> {
        Memo::new(move |_| self.floor.with(of))
    }
}

#[component]
fn Hung(wall: Wall) -> impl IntoView {
    let guard = wall.of_floor(|floor| floor.guard.clone());
    view! {
        <div class="page page--board">
            <Head/>
            <div class="board-guard" role="status">
                {move || guard.get().map(|words| view! {
                    <p class="refusal"><Icon glyph=Glyph::Fault/><span>{words}</span></p>
                })}
            </div>
            <Help wall/>
            <Figures wall/>
            <div class="board">
                <Queues wall/>
                <Agents wall/>
            </div>
            <Days wall/>
        </div>
    }
}

/// The name of the page, and whether it follows.
#[component]
fn Head() -> impl IntoView {
    let link = live().link;
    view! {
        <div class="page-head">
            <h1>"Board"</h1>
            <p class="status-link" role="status">
                {move || (link.get() == Link::Lost).then_some("Not connected to the server. Trying again…")}
            </p>
            <a class="button before-life" href="/board" rel="external">"Look again"</a>
        </div>
    }
}

/// What one wants to know at a glance.
#[component]
fn Figures(wall: Wall) -> impl IntoView {
    let Wall { floor, day, clock } = wall;
    let waiting = wall.of_floor(|floor| floor.queue.len());
    let talking = wall.of_floor(|floor| floor.talking);
    let free = wall.of_floor(Floor::free);
    let left = wall.of_floor(Floor::left_text);
    let total = Memo::new(move |_| day.with(DayView::total));
    let longest = move || floor.with(|floor| floor.longest_wait_ms(clock.read()));
    let level = move || total.with(|total| total.service_level());
    view! {
        <dl class="figures">
            <Figure name="Waiting" value=move || waiting.get().to_string() aside=move || {
                longest().map(|ms| format!("longest {}", desk::clock(ms)))
            }/>
            <Figure name="Talking" value=move || talking.get().to_string() aside=move || None/>
            <Figure name="Free agents" value=move || free.get().to_string() aside=move || None/>
            <Figure
                name="Service level today"
                value=move || level().map_or_else(|| "–".to_owned(), |level| format!("{level} %"))
                aside=move || Some(format!("answered within {IN_TIME_S} s"))
            />
            <Figure
                name="Answered today"
                value=move || total.with(|total| total.answered.to_string())
                aside=move || Some(total.with(|total| format!("of {}", calls(total.calls))))
            />
            <Figure
                name="Gave up today"
                value=move || total.with(|total| total.abandoned.to_string())
                aside=move || total.with(|total| {
                    (total.abandoned > 0).then(|| format!("{} of them after {IN_TIME_S} s", total.abandoned_late))
                })
            />
            <Figure
                name="To see to"
                value=move || floor.with(|floor| (floor.voicemails + floor.callbacks).to_string())
                aside=move || left.get()
            />
        </dl>
    }
}

/// A figure, what it is of, and what is to be said beside it.
#[component]
fn Figure(
    name: &'static str,
    value: impl Fn() -> String + Send + Sync + 'static,
    aside: impl Fn() -> Option<String> + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <div class="figure">
            <dt>{name}</dt>
            <dd>
                <span class="figure-value">{value}</span>
                " "
                <span class="figure-aside">{aside}</span>
            </dd>
        </div>
    }
}

/// So many calls, in words.
fn calls(count: u32) -> String {
    match count {
        1 => "1 call".to_owned(),
        many => format!("{} calls", desk::grouped(u64::from(many))),
    }
}
