//! Shortcuts: single keys that press the buttons in sight, unless somebody writes or has turned them off.

use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlElement};
use wasm_bindgen::JsCast;

use super::Seat;

/// The name under which a browser remembers that they are off.
const OFF: &str = "switchboard-shortcuts-off";

/// The keys, as `aria-keyshortcuts` writes them, and what they do.
const ALL: [(&str, &str); 15] = [
    ("A", "Answer the call"),
    ("D", "Decline the call"),
    ("M", "Mute, or speak again"),
    ("H", "Hold the caller, or take them back"),
    ("K", "Show the keypad, or put it away"),
    ("T", "Go to those to hand over to"),
    ("W", "Turn to the other one, while you ask first"),
    ("J", "Join all three"),
    ("Shift+L", "Complete: leave the call to them"),
    ("Shift+T", "Cancel the transfer"),
    ("Shift+X", "Hang up"),
    ("N", "Write notes after the call"),
    ("S", "Change your status"),
    ("C", "Call a number"),
    ("?", "Show these shortcuts"),
];

/// Whether the shortcuts are on.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    are_on: RwSignal<bool>,
}

impl Keys {
    /// As this browser remembers them.
    pub(super) fn recalled() -> Self {
        let keys = Self {
            are_on: RwSignal::new(true),
        };
        Effect::new(move |_| {
            let kept = storage().and_then(|storage| storage.get_item(OFF).ok()?);
            keys.are_on.set(kept.is_none());
            let pressed = window_event_listener(keydown, move |event| keys.press(&event));
            on_cleanup(move || pressed.remove());
        });
        keys
    }

    /// What a button says of its key; nothing while the keys are off. It is by this that a key finds its button.
    pub(super) fn of(self, key: &'static str) -> Signal<Option<&'static str>> {
        Signal::derive(move || self.are_on.get().then_some(key))
    }

    fn turn(self) {
        self.are_on.update(|are_on| *are_on = !*are_on);
        if let Some(storage) = storage() {
            // A browser may keep nothing; then they are on again after a load.
            let _ = match self.are_on.get_untracked() {
                true => storage.remove_item(OFF),
                false => storage.set_item(OFF, "off"),
            };
        }
    }

    fn press(self, event: &KeyboardEvent) {
        let has_more = event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat();
        if has_more || writes(event) {
            return;
        }
        let Some(key) = meant(&event.key(), event.shift_key()) else {
            return;
        };
        let button = document().query_selector(&format!("[aria-keyshortcuts='{key}']"));
        if let Some(button) = button.ok().flatten() {
            event.prevent_default();
            use_it(&button);
        }
    }
}

/// The shortcut that a key means.
fn meant(key: &str, with_shift: bool) -> Option<&'static str> {
    let wanted = match key {
        "?" => "?".to_owned(),
        letter if with_shift => format!("Shift+{}", letter.to_uppercase()),
        letter => letter.to_uppercase(),
    };
    let mut keys = ALL.iter().map(|(key, _)| *key);
    keys.find(|key| *key == wanted)
}

/// Whether the key belongs to what somebody writes.
pub(super) fn writes(event: &KeyboardEvent) -> bool {
    let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    target.is_some_and(|element| {
        let writing = "textarea, select, [contenteditable], \
            input:not([type=radio]):not([type=checkbox]):not([type=button]):not([type=submit])";
        element.matches(writing).unwrap_or_default()
    })
}

/// Presses a button; a field is gone to, and so is the first button of a group.
fn use_it(found: &Element) {
    let Some(element) = found.dyn_ref::<HtmlElement>() else {
        return;
    };
    if found.matches("input, textarea").unwrap_or_default() {
        _ = element.focus();
        return;
    }
    if found.matches("[role=group]").unwrap_or_default() {
        let first = found.query_selector("button").ok().flatten();
        focus(first.or_else(|| Some(found.clone())));
        return;
    }
    if found.matches("summary").unwrap_or_default() {
        _ = element.focus();
    }
    element.click();
}

/// Gives an element the focus.
pub(super) fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        _ = element.focus();
    }
}

fn storage() -> Option<leptos::web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// The list of shortcuts, and the button that turns them off.
#[component]
pub(super) fn Shortcuts(seat: Seat) -> impl IntoView {
    let keys = seat.keys;
    let rows = ALL
        .map(|(key, what)| {
            view! {
                <div class="shortcut">
                    <dt><kbd>{key.replace('+', " + ")}</kbd></dt>
                    <dd>{what}</dd>
                </div>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <section class="shortcuts" id="shortcuts" popover="auto" aria-labelledby="shortcuts-name">
            <h2 id="shortcuts-name">"Keyboard shortcuts"</h2>
            <p class="field-hint" role="status">
                {move || if keys.are_on.get() {
                    "They work while you are not writing. In a call, the digits of the keypad work as well."
                } else {
                    "They are turned off in this browser."
                }}
            </p>
            <dl class="shortcuts-list">{rows}</dl>
            <div class="shortcuts-acts">
                <button class="button" type="button" on:click=move |_| keys.turn()>
                    {move || if keys.are_on.get() { "Turn shortcuts off" } else { "Turn shortcuts on" }}
                </button>
                <button class="button button--plain" type="button" popovertarget="shortcuts" popovertargetaction="hide">"Close"</button>
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_means_its_shortcut_in_either_case_and_hanging_up_needs_two() {
        let cases = [
            ("a", false, Some("A")),
            ("A", false, Some("A")),
            ("A", true, None),
            ("x", false, None),
            ("X", true, Some("Shift+X")),
            ("?", true, Some("?")),
            ("?", false, Some("?")),
            ("Enter", false, None),
            ("1", false, None),
        ];

        for (key, with_shift, shortcut) in cases {
            assert_eq!(meant(key, with_shift), shortcut, "{key} {with_shift}");
        }
    }
}
