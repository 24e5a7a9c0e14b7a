//! Who is in a room: how they stand, and what can be done about each of them.

use desk::rooms::{PersonStage, PersonView, RoomView, Sign};
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;

use super::forms::{Became, Meant, Pressed, Written};
use super::room::{Monitor, SoFar};
use crate::parts::{Fold, Glyph, Icon, KeepsFocus, State, one_open, row_at, went_with};

/// The attribute that says whose row it is.
const LEG: &str = "data-leg";

/// Everybody in the room and on the way, in the order in which they came.
#[component]
pub(super) fn People(monitor: Monitor) -> impl IntoView {
    let legs = Memo::new(move |_| {
        monitor.room.with(|room| {
            let people = room.iter().flat_map(|room| &room.people);
            people.map(|person| person.leg.clone()).collect::<Vec<_>>()
        })
    });
    let is_moderated = monitor.is(RoomView::is_moderated);
    let section = NodeRef::<html::Section>::new();
    let at = StoredValue::new(None);
    Effect::new(move |_| {
        let gone = legs.with(|legs| {
            let at = at.try_get_value().flatten();
            at.filter(|leg| !legs.contains(leg))
        });
        if let (Some(gone), Some(section)) = (gone, section.get_untracked())
            && went_with(&gone, LEG)
        {
            at.set_value(None);
            _ = section.focus();
        }
    });
    view! {
        <section class="panel" aria-labelledby="people" tabindex="-1" node_ref=section>
            <div class="panel-head">
                <h2 id="people">"People"</h2>
                <Show when=move || is_moderated.get()><SoFar monitor/></Show>
            </div>
            <table class="table table--rows" role="table" aria-labelledby="people">
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">"Who"</th>
                        <th scope="col" role="columnheader">"State"</th>
                        <th scope="col" role="columnheader"><span class="unseen">"What can be done"</span></th>
                    </tr>
                </thead>
                <tbody role="rowgroup" on:focusin=move |event| at.set_value(row_at(event.target(), LEG))>
                    <For each=move || legs.get() key=String::clone let:leg>
                        <Person monitor leg is_moderated/>
                    </For>
                </tbody>
            </table>
        </section>
    }
}

/// Somebody. The row stays while what it shows changes, and with it an open menu and the focus.
#[component]
fn Person(monitor: Monitor, leg: String, is_moderated: Memo<bool>) -> impl IntoView {
    let id = StoredValue::new(leg.clone());
    let person: Memo<PersonView> = Memo::new(move |before: Option<&PersonView>| {
        let found = monitor.room.with(|room| {
            let room = room.as_ref()?;
            room.person(&id.read_value()).cloned()
        });
        // Who leaves is shown as they were until the row goes.
        found.or_else(|| before.cloned()).unwrap_or_default()
    });
    let signs = Memo::new(move |_| person.with(PersonView::signs));
    let acts = Memo::new(move |_| person.with(PersonView::shown_acts));
    let since = Memo::new(move |_| person.with(|person| person.since_ms));
    let about = Memo::new(move |_| person.with(|person| about(person, &monitor.me.read_value())));
    let name = Memo::new(move |_| person.with(|person| person.label.clone()));
    view! {
        <tr role="row" class="person" data-leg=leg data-signs=move || person.with(words)>
            <th scope="row" role="rowheader" class="person-name">
                <Name name id is_moderated/>
                <span class="cell-sub">
                    {move || about.get()}" · "
                    <span class="row-time">{move || monitor.clock.since(since.get())}</span>
                </span>
            </th>
            <td role="cell" class="person-state">
                {move || signs.get().into_iter().map(|sign| shown(monitor, sign)).collect_view()}
                <Became acts/>
            </td>
            <td role="cell" class="person-acts">
                <KeepsFocus within=".panel"/>
                <Show when=move || is_moderated.get()>
                    <Buttons monitor id person name/>
                </Show>
            </td>
        </tr>
    }
}

/// Their name or number, which leads to their own call where they have one with us.
#[component]
fn Name(name: Memo<String>, id: StoredValue<String>, is_moderated: Memo<bool>) -> impl IntoView {
    let address = id.with_value(|id| id.starts_with("CA").then(|| format!("/calls/{id}")));
    move || match address.clone().filter(|_| is_moderated.get()) {
        Some(href) => view! { <A href attr:class="row-link">{move || name.get()}</A> }.into_any(),
        None => view! { <span>{move || name.get()}</span> }.into_any(),
    }
}

/// What they are, and whether it is whoever looks.
fn about(person: &PersonView, me: &str) -> String {
    let role = person.role.label();
    match person.user.as_deref() {
        Some(user) if user == me => format!("{role}, you"),
        Some(_) | None => role.to_owned(),
    }
}

/// How somebody stands, in words that stay: for tests.
fn words(person: &PersonView) -> String {
    let signs = person.signs().into_iter();
    let words: Vec<_> = signs.map(|sign| sign.word).collect();
    words.join(", ")
}

fn shown(monitor: Monitor, sign: Sign) -> impl IntoView {
    let Sign {
        tone,
        word,
        since_ms,
    } = sign;
    let since = since_ms.map(|since| {
        view! { " " <span class="row-time">{move || monitor.clock.since(since)}</span> }
    });
    view! { <p class="room-sign"><State tone word/>{since}</p> }
}

/// Mute and hold, and a menu with what is done less often.
#[component]
fn Buttons(
    monitor: Monitor,
    id: StoredValue<String>,
    person: Memo<PersonView>,
    name: Memo<String>,
) -> impl IntoView {
    let is_in = Memo::new(move |_| person.with(|person| person.stage == PersonStage::In));
    let is_muted = Memo::new(move |_| person.with(PersonView::is_meant_muted));
    let is_held = Memo::new(move |_| person.with(PersonView::is_meant_held));
    view! {
        <ActionForm action=monitor.act>
            <Meant monitor person=Some(id)/>
            <Show when=move || is_in.get()>
                <Pressed is_on=is_muted acts=["mute", "unmute"] label="Mute" glyph=Glyph::Muted whose=Some(name)/>
                <Pressed is_on=is_held acts=["hold", "unhold"] label="Hold" glyph=Glyph::Pause whose=Some(name)/>
            </Show>
        </ActionForm>
        <Menu monitor id person name is_in/>
    }
}

/// What is done less often, folded away.
#[component]
fn Menu(
    monitor: Monitor,
    id: StoredValue<String>,
    person: Memo<PersonView>,
    name: Memo<String>,
    is_in: Memo<bool>,
) -> impl IntoView {
    let fold = Fold::new();
    let has_hand = Memo::new(move |_| person.with(|person| person.hand_since_ms.is_some()));
    let remove = move || match is_in.get() {
        true => "Remove from the room",
        false => "Stop calling them",
    };
    view! {
        <details class="menu" {..one_open("person-menu")} node_ref=fold.menu on:keydown=move |event| fold.left_by(&event)>
            <summary class="button button--small" node_ref=fold.summary>
                "More"
                <span class="unseen">" for " {move || name.get()}</span>
                <Icon glyph=Glyph::Down/>
            </summary>
            <div class="menu-list">
                <ActionForm action=monitor.act on:submit:capture=move |_| fold.away()>
                    <Meant monitor person=Some(id)/>
                    <Show when=move || has_hand.get()>
                        <button class="menu-choice" type="submit" name="form[act]" value="lower-hand">"Lower the hand"</button>
                    </Show>
                    <button class="menu-choice menu-choice--last" type="submit" name="form[act]" value="remove">{remove}</button>
                </ActionForm>
                <Show when=move || is_in.get()>
                    <Written
                        monitor
                        person=Some(id)
                        act="announce"
                        field="text"
                        kind="text"
                        label="Say to them alone"
                        verb="Say"
                        glyph=Glyph::Aloud
                        sent=Some(Callback::new(move |()| fold.away()))
                        problems=None
                    />
                </Show>
            </div>
        </details>
    }
}
