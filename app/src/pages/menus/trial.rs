//! Trying the draft in the page: its keys are pressed, and what callers would hear stands here.

use desk::menus::{Awaits, MenuLine, SceneView, TrialView, presses_of};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::{at, use_id};
use crate::api::{TryOnPhone, try_menu};
use crate::layout::site;
use crate::parts::{KEYS, Refused, action, named, typed, when_here};
use crate::query::use_query;

/// What is being tried.
#[derive(Clone, Copy)]
struct Trying {
    menu: Memo<String>,
    line: RwSignal<String>,
    /// What was done so far.
    done: RwSignal<Vec<String>>,
    /// Keys of an answer that takes several.
    typed: RwSignal<String>,
    awaits: RwSignal<Awaits>,
}

impl Trying {
    fn does(self, word: &str) {
        self.done.update(|done| done.push(word.to_owned()));
        self.typed.set(String::new());
    }

    fn press(self, key: char) {
        match (self.awaits.get_untracked(), key) {
            (Awaits::Keys, '#') => self.does(&self.typed.get_untracked()),
            (Awaits::Keys, '0'..='9') => self.typed.update(|keys| keys.push(key)),
            (Awaits::Key | Awaits::Keys, _) => self.does(&key.to_string()),
            (Awaits::Answer | Awaits::Nothing, _) => {}
        }
    }

    /// What was done and this besides, as an address says it.
    fn with(self, word: &str) -> String {
        self.done.with(|done| {
            let words = done.iter().map(String::as_str).chain([word]);
            words.collect::<Vec<_>>().join(".")
        })
    }
}

/// The trial, from what the address says was done.
#[component]
pub(super) fn Trial() -> impl IntoView {
    let (menu, query) = (use_id(), use_query());
    let begun = query.get_untracked();
    let trying = Trying {
        menu,
        line: RwSignal::new(begun.get("line")),
        done: RwSignal::new(presses_of(&begun.get("try"))),
        typed: RwSignal::new(String::new()),
        awaits: RwSignal::new(Awaits::Nothing),
    };
    let saved = Memo::new(move |_| query.with(|query| query.get("saved")));
    let answer = Resource::new(
        move || {
            (
                menu.get(),
                trying.line.get(),
                trying.done.get(),
                saved.get(),
            )
        },
        |(menu, line, done, _)| try_menu(menu, line, done.join(".")),
    );
    let pressed = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if let Some(key) = typed(&event.key()) {
            event.prevent_default();
            trying.press(key);
        }
    };
    view! {
        <section class="panel menu-trial" id="try" aria-labelledby="trial">
            <h2 id="trial">"Try it"</h2>
            <p class="field-hint">"The draft as it is saved, by the rules that callers meet. Press keys here, or on your keyboard while you are in this box."</p>
            <div class="trial" tabindex="0" role="group" aria-label="Try the draft by its keys" on:keydown=pressed>
                <Transition>
                    {move || when_here(answer, move |view| {
                        trying.awaits.set(view.awaits);
                        view! { <Heard view trying/> }.into_any()
                    })}
                </Transition>
                <Keypad trying/>
            </div>
        </section>
    }
}

/// What was said so far, and how it stands.
#[component]
fn Heard(view: TrialView, trying: Trying) -> impl IntoView {
    let TrialView {
        line,
        lines,
        scenes,
        stands,
        place,
        awaits,
    } = view;
    let menu = trying.menu.get_untracked();
    let here = (!place.is_empty()).then(|| {
        view! { " " <a href=at(&menu, &place)>"Edit this place"</a> }
    });
    view! {
        <Lines line=line.clone() lines=lines.clone() trying/>
        <div role="log" aria-label="What callers hear">
            <ol class="trial-scenes">{scenes.into_iter().map(|scene| view! { <Scene scene/> }).collect_view()}</ol>
        </div>
        <p class="trial-stands" role="status">{stands}{here}</p>
        {(awaits == Awaits::Answer).then(|| view! { <Answers trying/> })}
        {(awaits == Awaits::Keys).then(|| view! {
            <p class="field-hint">"This list takes several keys: press them, then #. "{move || trying.typed.get()}</p>
        })}
        <OnPhone menu line lines/>
    }
}

#[component]
fn Scene(scene: SceneView) -> impl IntoView {
    let did = (!scene.did.is_empty()).then(|| view! { <p class="trial-did">{scene.did}</p> });
    let said = scene.said.into_iter();
    let said = said
        .map(|words| view! { <p class="trial-said">{words}</p> })
        .collect_view();
    view! { <li>{did}{said}</li> }
}

/// Which line it is tried on, where there are several.
#[component]
fn Lines(line: String, lines: Vec<MenuLine>, trying: Trying) -> impl IntoView {
    (lines.len() > 1).then(|| {
        let options = lines
            .into_iter()
            .map(|choice| view! { <option value=choice.id.clone() selected={choice.id == line}>{choice.name}</option> })
            .collect_view();
        view! {
            <div class="field">
                <label for="trial-line">"On the line"</label>
                <select id="trial-line" on:change=move |event| {
                    trying.line.set(event_target_value(&event));
                    trying.done.set(Vec::new());
                }>{options}</select>
            </div>
        }
    })
}

/// What becomes of somebody who is called.
#[component]
fn Answers(trying: Trying) -> impl IntoView {
    let buttons = [
        ("talks", "They talk, and hang up"),
        ("no-answer", "Nobody answers"),
        ("busy", "It is busy"),
    ]
    .map(|(word, label)| view! { <Act trying word=word.to_owned() label/> });
    view! { <form class="trial-acts" method="get" action=move || format!("/menus/{}", trying.menu.get())>{buttons.into_iter().collect_view()}</form> }
}

/// A button that does one thing: in the page with script, by the address without.
#[component]
fn Act(trying: Trying, word: String, label: &'static str) -> impl IntoView {
    let value = {
        let word = word.clone();
        move || trying.with(&word)
    };
    view! {
        <button class="button" type="submit" name="try" value=value on:click=move |event| {
            event.prevent_default();
            trying.does(&word);
        }>{label}</button>
    }
}

/// The keys, silence, and the way back. Without script each leads to the page in which it was pressed.
#[component]
fn Keypad(trying: Trying) -> impl IntoView {
    let place = use_query().with_untracked(|query| query.get("place"));
    let keys = KEYS.map(|(key, letters)| {
        view! {
            <button class="key" type="submit" name="try" value=move || trying.with(&key.to_string()) aria-label=named(key)
                on:click=move |event| {
                    event.prevent_default();
                    trying.press(key);
                }
            >
                <span class="key-sign">{key.to_string()}</span>
                <span class="key-letters" aria-hidden="true">{letters}</span>
            </button>
        }
    });
    view! {
        <form method="get" action=move || format!("/menus/{}", trying.menu.get())>
            <input type="hidden" name="place" value=place/>
            <input type="hidden" name="line" value=move || trying.line.get()/>
            <div class="keypad" role="group" aria-label="Keypad">{keys.into_iter().collect_view()}</div>
            <div class="trial-acts">
                <Act trying word="silence".to_owned() label="Press nothing"/>
                <button class="button" type="submit" name="try" value="" on:click=move |event| {
                    event.prevent_default();
                    trying.done.set(Vec::new());
                    trying.typed.set(String::new());
                }>"Begin again"</button>
            </div>
        </form>
    }
}

/// The same from a pretend telephone, where there are some.
#[component]
fn OnPhone(menu: String, line: String, lines: Vec<MenuLine>) -> impl IntoView {
    let call = action::<TryOnPhone>();
    let can_be_called = lines
        .iter()
        .any(|choice| choice.id == line && choice.has_number);
    (site().phones && can_be_called).then(|| {
        view! {
            <ActionForm action=call attr:class="trial-acts">
                <input type="hidden" name="form[menu]" value=menu/>
                <input type="hidden" name="form[line]" value=line/>
                <button class="button" type="submit">"Try it on a pretend phone"</button>
                <Refused answer=move || call.value().get()/>
            </ActionForm>
        }
    })
}
