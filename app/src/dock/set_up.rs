//! Setting the telephone up: choosing and trying devices, and what is wrong.

use desk::softphone::{PhoneEvent, SetUp, Trouble};
use leptos::prelude::*;

use crate::parts::{Glyph, Icon};
use crate::softphone::{Phone, Purpose, SoundDevice};

/// How loud a microphone has to be once to be known to work.
const HEARD: u8 = 8;

/// What is wrong with the telephone, and what to do.
#[component]
pub(super) fn Wrong(phone: Phone) -> impl IntoView {
    let trouble = Memo::new(move |_| {
        phone.state.with(|phone| {
            let trouble = phone.trouble()?;
            Some((trouble.clone(), phone.is_ready()))
        })
    });
    move || {
        trouble
            .get()
            .map(|(trouble, is_passing)| view! { <Told trouble is_passing/> })
    }
}

/// Something that is wrong, in words.
#[component]
pub(super) fn Told(
    trouble: Trouble,
    /// Whether the phone itself mends it.
    is_passing: bool,
) -> impl IntoView {
    let small_print = trouble.small_print();
    view! {
        <div class="refusal dock-trouble" class:dock-trouble--passing=is_passing>
            <Icon glyph=Glyph::Fault/>
            <p>
                <strong>{trouble.what}</strong>
                " "
                {trouble.advice}
                {small_print.map(|words| view! { " " <small class="dock-fault">{words}</small> })}
            </p>
        </div>
    }
}

/// Microphone, loudspeaker and bell, each chosen and tried.
#[component]
pub(super) fn Choices(phone: Phone) -> impl IntoView {
    let is_first = phone
        .state
        .with_untracked(|phone| phone.set_up == SetUp::Choosing);
    let microphones = move || phone.devices.get().microphones;
    let speakers = move || phone.devices.get().speakers;
    let can_choose = Memo::new(move |_| phone.devices.with(|devices| !devices.speakers.is_empty()));
    view! {
        <section class="dock-choices" aria-labelledby="dock-sound">
            <h2 id="dock-sound">{if is_first { "Try your phone" } else { "Sound" }}</h2>
            <div class="dock-choice">
                <Pick phone purpose=Purpose::Microphone label="Microphone" id="dock-microphone" devices=microphones/>
                <Level phone/>
            </div>
            <Show when=move || can_choose.get()>
                <div class="dock-choice">
                    <Pick phone purpose=Purpose::Speaker label="You hear callers in" id="dock-speaker" devices=speakers/>
                    <Try phone purpose=Purpose::Speaker word="Play a sound"/>
                </div>
                <div class="dock-choice">
                    <Pick phone purpose=Purpose::Ringer label="It rings in" id="dock-ringer" devices=speakers/>
                    <Try phone purpose=Purpose::Ringer word="Ring once"/>
                </div>
            </Show>
            <Show when=move || !can_choose.get()>
                <div class="dock-choice">
                    <p class="field-hint">"This browser chooses the loudspeaker itself."</p>
                    <Try phone purpose=Purpose::Ringer word="Ring once"/>
                </div>
            </Show>
            <button class="button button--main" type="button" on:click=move |_| phone.tell(PhoneEvent::ChoiceMade)>
                {if is_first { "I hear it: turn on" } else { "Done" }}
            </button>
        </section>
    }
}

/// Choosing a device.
#[component]
fn Pick(
    phone: Phone,
    purpose: Purpose,
    label: &'static str,
    id: &'static str,
    devices: impl Fn() -> Vec<SoundDevice> + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let options = move || {
        let chosen = phone.device_for(purpose);
        let devices = devices();
        let has_default = devices
            .iter()
            .any(|device| device.id == "default" || device.id.is_empty());
        let own = (!has_default).then(|| SoundDevice {
            id: String::new(),
            name: "The browser’s choice".to_owned(),
        });
        own.into_iter()
            .chain(devices)
            .map(|SoundDevice { id, name }| {
                let is_chosen = id == chosen;
                view! { <option value=id selected=is_chosen>{name}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id on:change=move |event| phone.choose(purpose, event_target_value(&event))>
                {options}
            </select>
        </div>
    }
}

#[component]
fn Try(phone: Phone, purpose: Purpose, word: &'static str) -> impl IntoView {
    view! {
        <button class="button" type="button" on:click=move |_| phone.try_out(purpose)>
            <Icon glyph=Glyph::Aloud/>
            {word}
        </button>
    }
}

/// How loud the microphone is, and whether it was heard at all.
#[component]
fn Level(phone: Phone) -> impl IntoView {
    let level = phone.level;
    let was_heard = Memo::new(move |before: Option<&bool>| {
        before.copied().unwrap_or_default() || level.get() > HEARD
    });
    let words = move || {
        if was_heard.get() {
            "Your microphone works."
        } else {
            "Say something: the bar moves."
        }
    };
    view! {
        <div class="dock-level" data-heard=move || was_heard.get().to_string()>
            <meter min="0" max="100" aria-label="Loudness of your microphone" prop:value=move || level.get().to_string()></meter>
            <p class="field-hint" role="status">{words}</p>
        </div>
    }
}
