//! What was typed into places and is not saved: kept as long as the page's document, so that looking at another place, or
//! at another page, loses nothing.

use std::cell::Cell;

use desk::menus::{PlaceForm, Unsaved};
use leptos::ev::{self, Event};
use leptos::form::FromFormData;
use leptos::prelude::*;
use leptos::web_sys::{Element, FormData, HtmlFormElement};
use wasm_bindgen::JsCast;

use crate::api::{DeleteMenu, RemovePlace, SavePlace};
use crate::parts::{Glyph, Icon, KeepsFocus};

thread_local! {
    /// On the server nobody types, and it stays empty.
    static UNSAVED: ArcRwSignal<Unsaved> = ArcRwSignal::default();
    static GUARDS: Cell<bool> = const { Cell::new(false) };
}

pub(super) fn unsaved() -> ArcRwSignal<Unsaved> {
    UNSAVED.with(Clone::clone)
}

/// The form of a place as it was left, or as it is saved.
pub(super) fn as_left(shown: &PlaceForm) -> PlaceForm {
    let kept = unsaved().with_untracked(|all| all.of(&shown.menu, &shown.place).cloned());
    kept.unwrap_or_else(|| shown.clone())
}

/// Keeps what stands in the form in which something was typed.
pub(super) fn keep(event: &Event, shown: &PlaceForm) {
    let element = event.target().and_then(|at| at.dyn_into::<Element>().ok());
    let form = element.and_then(|element| element.closest("form").ok().flatten());
    let form = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(data) = form.and_then(|form| FormData::new_with_form(&form).ok()) else {
        return;
    };
    if let Ok(typed) = SavePlace::from_form_data(&data) {
        unsaved().update(|all| all.type_into(shown, typed.form));
    }
}

fn forget(menu: &str, place: &str) {
    unsaved().update(|all| all.forget(menu, place));
}

/// What comes of a place whose form is sent: what is typed meanwhile is not saved with it.
pub(super) fn follow_saving(save: ServerAction<SavePlace>, shown: &PlaceForm) {
    let input = save.input();
    Effect::new(move |_| {
        if let Some(SavePlace { form }) = input.get() {
            unsaved().update(|all| all.send(form));
        }
    });
    let (menu, place) = (shown.menu.clone(), shown.place.clone());
    Effect::new(move |_| match save.value().get() {
        Some(Ok(revision)) => unsaved().update(|all| all.saved(&menu, &place, revision)),
        Some(Err(_)) => unsaved().update(|all| all.refused(&menu, &place)),
        None => (),
    });
}

/// What was typed into a place goes with it.
pub(super) fn follow_removing(remove: ServerAction<RemovePlace>, shown: &PlaceForm) {
    let (menu, place) = (shown.menu.clone(), shown.place.clone());
    Effect::new(move |_| {
        if let Some(Ok(())) = remove.value().get() {
            forget(&menu, &place);
        }
    });
}

/// What was typed into a menu goes with it.
pub(super) fn follow_deleting(delete: ServerAction<DeleteMenu>, menu: String) {
    Effect::new(move |_| {
        if let Some(Ok(())) = delete.value().get() {
            unsaved().update(|all| all.forget_menu(&menu));
        }
    });
}

/// What is about to be shown, by which what is kept is put right first.
pub(super) fn settle(by: impl FnOnce(&mut Unsaved)) {
    if !unsaved().with_untracked(Unsaved::is_clear) {
        unsaved().update(by);
    }
}

/// The browser asks before the document goes with what is not saved.
pub(super) fn guard() {
    Effect::new(|_| {
        if !GUARDS.replace(true) {
            // For as long as the document: what was typed is kept on other pages too.
            _ = window_event_listener(ev::beforeunload, |event| {
                if !unsaved().with_untracked(Unsaved::is_empty) {
                    event.prevent_default();
                }
            });
        }
    });
}

/// That something is not saved at a place.
#[component]
pub(super) fn Mark(menu: String, place: String) -> impl IntoView {
    let all = unsaved();
    let is_typed = Memo::new(move |_| all.with(|all| all.of(&menu, &place).is_some()));
    move || {
        is_typed.get().then(|| {
            view! { <span class="outline-unsaved"><Icon glyph=Glyph::Notice/>"not saved"</span> }
        })
    }
}

/// That the place is not shown as it is saved, and the way back to that.
#[component]
pub(super) fn Left(
    shown: PlaceForm,
    /// How often the form was made anew.
    round: RwSignal<u32>,
) -> impl IntoView {
    let (all, place) = (unsaved(), shown.clone());
    let is_typed = Memo::new(move |_| all.with(|all| all.of(&place.menu, &place.place).is_some()));
    move || {
        let shown = shown.clone();
        let throw_away = move |_| {
            forget(&shown.menu, &shown.place);
            round.update(|round| *round += 1);
        };
        is_typed.get().then(|| {
            view! {
                <div class="place-unsaved" role="status">
                    <KeepsFocus within="#place"/>
                    <p><Icon glyph=Glyph::Notice/>" What you typed here is not saved. It stays while this tab is open."</p>
                    <button class="button button--plain" type="button" on:click=throw_away>"Throw it away"</button>
                </div>
            }
        })
    }
}

/// That what is not saved does not go live.
#[component]
pub(super) fn NotPart(menu: String) -> impl IntoView {
    let all = unsaved();
    let is_any = Memo::new(move |_| all.with(|all| !all.places(&menu).is_empty()));
    move || {
        is_any.get().then(|| {
            view! { <p class="field-hint">"What is typed and not saved is not part of it."</p> }
        })
    }
}
