//! The agents' console: their status, the call they are in, what callers left, and who else is there.

mod call;
mod colleagues;
mod earlier;
mod hand_over;
mod help;
mod inbox;
mod keys;
mod ready;
mod recent;
mod status;
mod talk;
mod wrap_up;

use desk::{
    AtDesk, Board, CallerView, ConsoleView, Doing, Floor, InboxItem, MyDesk, Scene, Viewer,
};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::{ApiError, show_console};
use crate::live::live;
use crate::now::{ServerClock, every_second};
use crate::parts::Trouble;
use crate::softphone::{Phone, phone};
use call::Call;
use colleagues::{Colleagues, Queue};
use inbox::Inbox;
use keys::{Keys, Shortcuts};
use recent::Recent;
use status::Status;

/// The console, as the server has it and then as the feed tells.
#[component]
pub(crate) fn Console(viewer: Viewer) -> impl IntoView {
    let answer = Resource::new(|| (), |()| show_console());
    view! {
        <Transition>
            {
                let viewer = viewer.clone();
                move || {
                    let viewer = viewer.clone();
                    Suspend::new(async move {
                        match answer.await {
                            Ok(start) => view! { <Table start viewer/> }.into_any(),
                            Err(ApiError(error)) => view! { <Trouble error/> }.into_any(),
                        }
                    })
                }
            }
        </Transition>
    }
}

/// What every part of the console is made from.
#[derive(Clone, Copy)]
struct Seat {
    mine: Memo<MyDesk>,
    floor: Memo<Floor>,
    inbox: Memo<Vec<InboxItem>>,
    clock: ServerClock,
    phone: Phone,
    /// The call that the console is about.
    at: Memo<AtDesk>,
    keys: Keys,
}

impl Seat {
    /// A seat from what the page was loaded with, until the feed has told.
    fn at(start: ConsoleView, phone: Phone) -> Self {
        let live = live();
        let board = live.board.read_only();
        let start_ms = start.floor.now_ms;
        let start = StoredValue::new(start);
        let mine = told(
            board,
            |board| board.mine.clone(),
            move || start.read_value().mine.clone(),
        );
        let floor = told(
            board,
            |board| board.floor.clone(),
            move || start.read_value().floor.clone(),
        );
        let inbox = told(
            board,
            |board| board.mine.is_some().then(|| board.inbox.clone()),
            move || start.read_value().inbox.clone(),
        );
        Self {
            mine,
            floor,
            inbox,
            clock: ServerClock {
                start_ms,
                now: every_second(),
                ahead_ms: live.ahead_ms.read_only(),
            },
            phone,
            at: Memo::new(move |_| {
                mine.with(|mine| phone.state.with(|phone| AtDesk::of(&mine.doing, phone)))
            }),
            keys: Keys::recalled(),
        }
    }

    /// What the console is about.
    fn scene(self) -> Memo<Scene> {
        Memo::new(move |_| self.at.with(|at| at.scene))
    }

    /// Something of what the server says about the call that the console shows.
    fn of_call<T: PartialEq + Clone + Send + Sync + 'static>(
        self,
        of: fn(&Doing) -> Option<T>,
    ) -> Memo<Option<T>> {
        Memo::new(move |_| {
            let is_told = self.at.with(|at| at.call.is_some());
            self.mine
                .with(|mine| is_told.then(|| of(&mine.doing)).flatten())
        })
    }

    /// The line whose number is shown to somebody who is called about it.
    fn line_named(self, name: &str) -> Option<String> {
        self.floor.with_untracked(|floor| {
            let own = floor.calls_out.iter().find(|own| own.name == name)?;
            Some(own.line.clone())
        })
    }
}

/// What the board tells, or else what the page was loaded with.
fn told<T: PartialEq + Clone + Send + Sync + 'static>(
    board: ReadSignal<Board>,
    tell: fn(&Board) -> Option<T>,
    start: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| board.with(tell).unwrap_or_else(&start))
}

#[component]
fn Table(start: ConsoleView, viewer: Viewer) -> impl IntoView {
    let phone = phone()?;
    let seat = Seat::at(start, phone);
    let scene = seat.scene();
    let caller = seat.of_call(|doing| doing.caller().map(called));
    let title = move || match (scene.get(), caller.get()) {
        (Scene::Rings, Some(caller)) => format!("{caller} calls"),
        (Scene::Rings, None) => "Incoming call".to_owned(),
        (
            Scene::Idle
            | Scene::Joins
            | Scene::Talks
            | Scene::CallsOut
            | Scene::Apart
            | Scene::Ends
            | Scene::WrapsUp,
            _,
        ) => "Console".to_owned(),
    };
    let reads_calls = viewer.role.reads_calls();
    Some(view! {
        <Title text=title/>
        <div class="page page--console" data-scene=move || scene.get().word()>
            <Status seat name=viewer.name/>
            <div class="console">
                <div class="console-main">
                    <Call seat reads_calls/>
                    <Inbox seat/>
                </div>
                <div class="console-side">
                    <Queue seat/>
                    <Colleagues seat/>
                    <Recent seat reads_calls/>
                </div>
            </div>
            <Shortcuts seat/>
        </div>
    })
}

/// Who is at the other end, for people.
fn called(caller: &CallerView) -> String {
    caller.label.clone()
}
