//! The keys of a telephone, under the fingers and on the computer's keyboard.

use desk::{Phone, PhoneActForm};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, UsePhone, use_phone};
use crate::parts::{KEYS, action, named, words_of};

/// Keys on their way to the server, one request at a time, so that they arrive in the order in which they were pressed.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    sid: StoredValue<String>,
    waiting: StoredValue<String>,
    is_sending: StoredValue<bool>,
    refused: RwSignal<Option<String>>,
}

impl Keys {
    /// The keys of a telephone.
    pub(super) fn of(sid: String) -> Self {
        Self {
            sid: StoredValue::new(sid),
            waiting: StoredValue::new(String::new()),
            is_sending: StoredValue::new(false),
            refused: RwSignal::new(None),
        }
    }

    /// Presses a key.
    pub(super) fn press(self, key: char) {
        self.waiting.update_value(|keys| keys.push(key));
        if !self.is_sending.get_value() {
            self.is_sending.set_value(true);
            spawn_local(self.send());
        }
    }

    async fn send(self) {
        // The telephone may be put away while a request is under way.
        while let Some(keys) = self.waiting.try_update_value(std::mem::take)
            && !keys.is_empty()
            && let Some(sid) = self.sid.try_get_value()
        {
            let refused = match use_phone(PhoneActForm::pressing(&sid, &keys)).await {
                Ok(()) => None,
                Err(ApiError(error)) => Some(words_of(&error)),
            };
            self.refused.try_set(refused);
        }
        self.is_sending.try_set_value(false);
    }
}

/// The keys as buttons. Without script each sends the form around them.
#[component]
pub(super) fn Keypad(phone: Memo<Option<Phone>>, keys: Keys) -> impl IntoView {
    let sid = phone
        .with_untracked(|phone| phone.as_ref().map(|phone| phone.sid.clone()))
        .unwrap_or_default();
    let awaits = move || phone.with(|phone| phone.as_ref().is_some_and(|phone| phone.awaits_keys));
    let pressed = action::<UsePhone>();
    let buttons = KEYS.map(|(key, letters)| {
        view! {
            <button
                class="key"
                type="submit"
                name="form[keys]"
                value=key.to_string()
                aria-label=named(key)
                on:click=move |event| {
                    event.prevent_default();
                    keys.press(key);
                }
            >
                <span class="key-sign">{key.to_string()}</span>
                <span class="key-letters" aria-hidden="true">{letters}</span>
            </button>
        }
    });
    view! {
        <ActionForm action=pressed>
            <input type="hidden" name="form[phone]" value=sid/>
            <input type="hidden" name="form[act]" value="press"/>
            <div class="keypad" class:keypad--awaited=awaits role="group" aria-label="Keypad">
                {buttons.into_iter().collect_view()}
            </div>
            <p class="keypad-hint">
                {move || if awaits() { "The line waits for keys" } else { "Your keyboard’s digits work, too" }}
            </p>
        </ActionForm>
        {move || keys.refused.get().map(|words| view! { <p class="refusal" role="alert">{words}</p> })}
    }
}
