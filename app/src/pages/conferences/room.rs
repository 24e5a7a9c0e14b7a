//! One room: who is in it and how they stand, what can be done, and what was.

use desk::rooms::{ActView, PastRoom, PersonStage, RoomLine, RoomStory, RoomView};
use desk::{Role, Tone};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use super::acts::{Acts, NUMBER};
use super::join::Own;
use super::past::{Csv, Past};
use super::people::People;
use super::rows::{stage_word, standing};
use super::{Following, asked_again, server_clock};
use crate::api::{ActInRoom, show_room};
use crate::layout::viewer;
use crate::live::live;
use crate::now::ServerClock;
use crate::parts::{Gate, Glyph, Icon, Problems, Refused, State, action, loaded, problems_of};

/// The room that the address names.
#[component]
pub(crate) fn Conference() -> impl IntoView {
    view! {
        <Gate opens_to=Role::sees_rooms>
            <Loaded/>
        </Gate>
    }
}

#[component]
fn Loaded() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    loaded(id, show_room, |story| view! { <Story story/> }.into_any())
}

/// What every part of the page is made from.
#[derive(Clone, Copy)]
pub(super) struct Monitor {
    pub(super) id: StoredValue<String>,
    pub(super) name: StoredValue<String>,
    /// Nothing while nobody is in it.
    pub(super) room: Memo<Option<RoomView>>,
    pub(super) clock: ServerClock,
    /// What is done from anywhere on the page; it is answered above all of it, unless a field says why it was not.
    pub(super) act: ServerAction<ActInRoom>,
    /// What was wrong with its fields.
    pub(super) problems: Problems,
    /// Whoever looks, by user name.
    pub(super) me: StoredValue<String>,
    /// Whether it is the room of a support call, which lives once.
    pub(super) is_of_call: bool,
}

impl Monitor {
    /// Something of the room, told again only when it is something else.
    pub(super) fn of<T: PartialEq + Send + Sync + 'static>(
        self,
        of: fn(&RoomView) -> T,
    ) -> Memo<Option<T>> {
        Memo::new(move |_| self.room.with(|room| room.as_ref().map(of)))
    }

    /// Whether something of the room is so; not while it does not live.
    pub(super) fn is(self, so: fn(&RoomView) -> bool) -> Memo<bool> {
        Memo::new(move |_| self.room.with(|room| room.as_ref().is_some_and(so)))
    }
}

#[component]
fn Story(story: RoomStory) -> impl IntoView {
    let board = live().board;
    let name = story.name.clone();
    let line_name = story.line_name.clone();
    let clock = server_clock(story.now_ms);
    let id = StoredValue::new(story.id.clone());
    let start = StoredValue::new(story);
    let room = Memo::new(move |_| {
        let told = board.with(|board| {
            let rooms = board.rooms.as_ref()?;
            Some(rooms.room(&id.read_value()).cloned())
        });
        told.unwrap_or_else(|| start.read_value().live.clone())
    });
    let act = action();
    let monitor = Monitor {
        id,
        name: StoredValue::new(name.clone()),
        room,
        clock,
        act,
        problems: problems_of(act),
        me: StoredValue::new(viewer().map(|viewer| viewer.user_name).unwrap_or_default()),
        is_of_call: id.with_value(|id| id.starts_with("CA")),
    };
    let turns = Memo::new(move |_| room.with(|room| room.as_ref().map(Turn::of)));
    let later = asked_again(turns, move || show_room(id.get_value()));
    let told = Memo::new(move |_| later.get().unwrap_or_else(|| start.get_value()));
    let past = Memo::new(move |_| told.with(|story| story.past.clone()));
    let is_live = Memo::new(move |_| room.with(Option::is_some));
    let has_acts = monitor.is(RoomView::is_moderated);
    let refused = move || {
        let problems = monitor.problems.read();
        let is_at_field = has_acts.get() && problems.iter().any(|error| error.field == NUMBER);
        act.value().get().filter(|_| !is_at_field)
    };
    let stage = move || room.with(|room| room.as_ref().map(stage_word));
    view! {
        <Title text=format!("{name} · Conferences")/>
        <article class="page page--conference" data-stage=stage>
            <p class="trail"><A href="/conferences"><Icon glyph=Glyph::Back/>"Conferences"</A></p>
            <div class="page-head">
                <h1>{name}</h1>
                <Standing monitor/>
                <Following/>
                <a class="button before-life" href=format!("/conferences/{}", id.get_value()) rel="external">"Look again"</a>
            </div>
            <Facts monitor line_name/>
            <div class="conference-refusal">
                <Refused answer=refused/>
            </div>
            <div class="conference" class:conference--empty=move || !is_live.get()>
                <Show when=move || is_live.get()>
                    <People monitor/>
                </Show>
                <div class="conference-side">
                    <Own monitor/>
                    <Acts monitor/>
                </div>
            </div>
            {move || view! { <Log log=told.with(|story| story.log.clone())/> }}
            <Before past/>
        </article>
    }
}

/// What of a room is worth asking the server for its story again: who is in, how it stands, what became of acts.
#[derive(PartialEq)]
struct Turn {
    stage: &'static str,
    people: Vec<(String, PersonStage)>,
    acts: Vec<ActView>,
}

impl Turn {
    fn of(room: &RoomView) -> Self {
        let people = room.people.iter();
        let acts = people.clone().flat_map(|person| &person.acts);
        Self {
            stage: stage_word(room),
            acts: acts.chain(&room.acts).cloned().collect(),
            people: people
                .map(|person| (person.leg.clone(), person.stage))
                .collect(),
        }
    }
}

/// How the room stands, and what that means.
#[component]
fn Standing(monitor: Monitor) -> impl IntoView {
    let shown = Memo::new(move |_| {
        // Who is in, how long and how fresh is told elsewhere.
        monitor.room.with(|room| {
            let room = room.as_ref()?;
            Some(RoomView {
                stage: room.stage,
                recording: room.recording,
                is_locked: room.is_locked,
                help: room.help.clone(),
                ..RoomView::default()
            })
        })
    });
    move || {
        match shown.get() {
        Some(room) => view! { <p class="conference-standing">{standing(room)}</p> }.into_any(),
        None if monitor.is_of_call => view! {
            <p class="conference-standing" role="status"><State tone=Tone::Quiet word="The call is over, and its room with it"/></p>
        }
        .into_any(),
        None => view! {
            <p class="conference-standing"><State tone=Tone::Quiet word="Nobody is in"/></p>
        }
        .into_any(),
    }
    }
}

/// What is known of the room at a glance.
#[component]
fn Facts(monitor: Monitor, line_name: String) -> impl IntoView {
    let Monitor {
        room, clock, id, ..
    } = monitor;
    let number = monitor.of(|room| room.number.clone());
    let people = monitor.of(RoomView::people_text);
    let hands = monitor.of(RoomView::hands_text);
    let began = monitor.of(|room| room.began_ms);
    let stage = monitor.of(|room| (room.stage, room.since_ms));
    let fresh = move || room.with(|room| Some(room.as_ref()?.freshness(clock.read())));
    view! {
        <dl class="facts">
            <div><dt>"Line"</dt><dd>{line_name}</dd></div>
            {move || number.get().flatten().map(|number| view! { <div><dt>"Number to call"</dt><dd>{number}</dd></div> })}
            <div>
                <dt>"People"</dt>
                <dd>
                    {move || people.get().unwrap_or_else(|| "nobody in".to_owned())}
                    <span class="facts-note" role="status">{move || hands.get().flatten()}</span>
                </dd>
            </div>
            {move || began.get().map(|began| view! {
                <div><dt>"Length"</dt><dd>{move || clock.since(began)}</dd></div>
            })}
            {move || stage.get().map(|(stage, since)| view! {
                <div class="conference-stage">
                    <dt>{stage.label()} " for " {move || clock.since(since)}</dt>
                    <dd>{stage.text()}</dd>
                </div>
            })}
            {monitor.is_of_call.then(|| view! {
                <div><dt>"Call"</dt><dd><A href=format!("/calls/{}", id.get_value())>"Its journal"</A></dd></div>
            })}
            {move || began.get().is_some().then(|| view! {
                <div><dt>"How fresh"</dt><dd>{fresh}</dd></div>
            })}
        </dl>
    }
}

/// What was done in the room and with it.
#[component]
fn Log(log: Vec<RoomLine>) -> impl IntoView {
    let lines = log.into_iter().map(|RoomLine { at_ms, text }| {
        let desk::Clocked { iso, exact } = desk::Clocked::new(at_ms);
        view! {
            <li class="log-line">
                <time class="log-time" datetime=iso title=exact>{desk::time_of_day(at_ms)}</time>
                <span>{text}</span>
            </li>
        }
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="block" aria-labelledby="log">
                <h2 id="log">"What was done"</h2>
                <ol class="log">{lines}</ol>
            </section>
        }
    })
}

/// When the room lived before.
#[component]
fn Before(past: Memo<Vec<PastRoom>>) -> impl IntoView {
    let is_any = Memo::new(move |_| past.with(|past| !past.is_empty()));
    view! {
        <Show when=move || is_any.get()>
            <section class="block" aria-labelledby="before">
                <h2 id="before">"Before"</h2>
                <Past past is_of_many=false/>
            </section>
        </Show>
    }
}

/// Where the attendance so far is as a table for spreadsheets.
#[component]
pub(super) fn SoFar(monitor: Monitor) -> impl IntoView {
    let href = format!("/conferences/{}/attendance.csv", monitor.id.get_value());
    view! { <Csv href of="so far".to_owned()/> }
}
