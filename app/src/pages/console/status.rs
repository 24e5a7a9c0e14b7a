//! One's own status: how one stands, since when and why, and the menu that changes it.

use desk::{Doing, MyDesk, status_choices};
use leptos::html;
use leptos::prelude::*;

use super::Seat;
use crate::api::{ChooseNext, ChooseStatus};
use crate::live::{Link, live};
use crate::parts::{Glyph, Icon, Refused, State, action};

/// The bar on top of the console.
#[component]
pub(super) fn Status(seat: Seat, name: String) -> impl IntoView {
    let mine = seat.mine;
    let standing = Memo::new(move |_| mine.with(|mine| mine.standing.clone()));
    let is_busy = Memo::new(move |_| mine.with(|mine| mine.doing != Doing::Nothing));
    let link = live().link;
    let mut greeting = name;
    greeting.insert_str(0, "Hello, ");
    view! {
        <section class="status" aria-label="Your status">
            <h1 class="status-name">{greeting}</h1>
            <p class="status-now" data-status=move || standing.get().word>
                {move || {
                    let standing = standing.get();
                    view! { <State tone=standing.tone word=standing.label/> }
                }}
                " "
                <span class="status-time">{move || {
                    // Who never chose anything has not been so since any time.
                    let since = Some(standing.get().since_ms).filter(|since| *since > 0);
                    since.map(|since| seat.clock.since(since))
                }}</span>
            </p>
            {move || standing.get().why.map(|why| view! { <p class="status-why">{capital(&why)}</p> })}
            <p class="status-link" role="status">
                {move || (link.get() == Link::Lost).then_some("Not connected to the server. Trying again…")}
            </p>
            <div class="status-acts">
                {move || if is_busy.get() {
                    view! { <After seat/> }.into_any()
                } else {
                    view! { <Now seat/> }.into_any()
                }}
                <a class="button before-life" href="/" rel="external">"Look again"</a>
                <button class="button button--plain needs-life" type="button" popovertarget="shortcuts" aria-keyshortcuts=seat.keys.of("?")>
                    <Icon glyph=Glyph::Keys/>
                    "Shortcuts"
                </button>
            </div>
        </section>
    }
}

/// What one is now.
#[component]
fn Now(seat: Seat) -> impl IntoView {
    let choose = action::<ChooseStatus>();
    let chosen = Memo::new(move |_| seat.mine.with(|mine| mine.chosen.clone()));
    let menu = NodeRef::<html::Details>::new();
    // A handler on the form, which is another component's, would stay there when the form is made anew for the other
    // list (leptos 0.8): hence the element around it.
    view! {
        <div on:submit=move |_| fold(menu)>
            <ActionForm action=choose>
                <Menu seat menu word=move || "Change status".to_owned() chosen no_next=false/>
            </ActionForm>
        </div>
        <Refused answer=move || choose.value().get()/>
    }
}

/// What one will be after the call.
#[component]
fn After(seat: Seat) -> impl IntoView {
    let choose = action::<ChooseNext>();
    let chosen = Memo::new(move |_| seat.mine.with(|mine| mine.next.clone().unwrap_or_default()));
    let menu = NodeRef::<html::Details>::new();
    let word = move || {
        seat.mine
            .with(|mine| format!("After this: {}", after(mine)))
    };
    view! {
        <div on:submit=move |_| fold(menu)>
            <ActionForm action=choose>
                <Menu seat menu word chosen no_next=true/>
            </ActionForm>
        </div>
        <Refused answer=move || choose.value().get()/>
    }
}

/// The statuses, as a list that folds out.
#[component]
fn Menu(
    seat: Seat,
    menu: NodeRef<html::Details>,
    word: impl Fn() -> String + Send + Sync + 'static,
    chosen: Memo<String>,
    /// Whether what was chosen can be taken back.
    no_next: bool,
) -> impl IntoView {
    let back = no_next.then_some(("", "As before"));
    let choices = status_choices()
        .into_iter()
        .chain(back)
        .map(|(word, label)| {
            let is_chosen = move || chosen.with(|chosen| chosen == word).then_some("true");
            view! {
                <li>
                    <button class="menu-choice" type="submit" name="status" value=word aria-current=is_chosen>
                        <Icon glyph=Glyph::Done/>
                        {label}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <details
            class="menu"
            node_ref=menu
            on:keydown=move |event| if event.key() == "Escape" { fold(menu) }
        >
            <summary class="button" aria-keyshortcuts=seat.keys.of("S")>
                {word}
                <Icon glyph=Glyph::Down/>
            </summary>
            <ul class="menu-list">{choices}</ul>
        </details>
    }
}

/// Folds the list away and leaves the focus where it came from.
fn fold(menu: NodeRef<html::Details>) {
    if let Some(menu) = menu.get_untracked() {
        menu.set_open(false);
        let summary = menu.query_selector("summary").ok().flatten();
        super::keys::focus(summary);
    }
}

/// What somebody will be after the call, in words.
fn after(mine: &MyDesk) -> String {
    let word = mine.next.as_ref().unwrap_or(&mine.chosen);
    let mut choices = status_choices().into_iter();
    choices
        .find(|(known, _)| known == word)
        .map_or_else(|| word.clone(), |(_, label)| label.to_owned())
}

/// A reason as a sentence.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first
        .into_iter()
        .flatten()
        .chain(letters)
        .chain(['.'])
        .collect()
}
