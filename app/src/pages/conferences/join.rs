//! Whoever looks, in the room themselves: by their own phone, at the foot of the page.

use desk::rooms::PersonStage;
use desk::softphone::{Door, SetUp, Softphone, Way};
use leptos::prelude::*;

use super::room::Monitor;
use super::watch::Watch;
use crate::parts::{Glyph, Icon, KeepsFocus};
use crate::softphone::{Phone, phone};

/// The panel, for those who have a phone.
#[component]
pub(super) fn Own(monitor: Monitor) -> impl IntoView {
    let phone = phone()?;
    let is_support = monitor.is_of_call;
    let is_over = Memo::new(move |_| is_support && monitor.room.with(Option::is_none));
    Some(move || {
        (!is_over.get()).then(|| view! {
        <section class="panel" aria-labelledby="own" tabindex="-1">
            <KeepsFocus within="main"/>
            <h2 id="own">"You"</h2>
            <noscript>"Your phone needs JavaScript: allow it in your browser to be in the room yourself."</noscript>
            {if is_support {
                view! { <Watch monitor phone/> }.into_any()
            } else {
                view! { <Join monitor phone/> }.into_any()
            }}
        </section>
    })
    })
}

/// Going in as a moderator.
#[component]
fn Join(monitor: Monitor, phone: Phone) -> impl IntoView {
    let mine = Memo::new(move |_| {
        monitor.room.with(|room| {
            let me = room.as_ref()?.leg_of(&monitor.me.read_value())?;
            Some((me.stage, me.role, me.is_muted, me.is_held))
        })
    });
    let words = move || match mine.get() {
        None => "You are not in the room.".to_owned(),
        Some((PersonStage::In, role, is_muted, is_held)) => {
            let heard = match (is_held, is_muted) {
                (true, _) => ", on hold",
                (false, true) => ", muted",
                (false, false) => "",
            };
            format!("You are in: {}{heard}.", role.label())
        }
        Some((PersonStage::Ringing | PersonStage::Coming, ..)) => {
            "Your phone is on its way in.".to_owned()
        }
        Some((PersonStage::Aside, ..)) => "You are out for a moment.".to_owned(),
        Some((PersonStage::Leaving, ..)) => "You are leaving.".to_owned(),
    };
    let enter = move |()| {
        phone.enter(Door {
            way: Way::Room(monitor.id.get_value()),
            name: monitor.name.get_value(),
        });
    };
    view! {
        <p role="status">{words}</p>
        <Enter phone is_in=Signal::derive(move || mine.get().is_some()) verb="Join by your phone" enter=Callback::new(enter)/>
    }
}

/// The button that lets the phone go in, or what has to be done first.
#[component]
pub(super) fn Enter(
    phone: Phone,
    is_in: Signal<bool>,
    verb: &'static str,
    enter: Callback<()>,
) -> impl IntoView {
    let can_call = Memo::new(move |_| phone.state.with(Softphone::can_call));
    let first = Memo::new(move |_| phone.state.with(first));
    view! {
        <div class="needs-life">
            <Show when=move || !is_in.get() && can_call.get()>
                <button class="button button--main" type="button" on:click=move |_| enter.run(())>
                    <Icon glyph=Glyph::Phone/>
                    {verb}
                </button>
            </Show>
            <Show when=move || is_in.get()>
                <p class="field-hint">"Hang up in the phone at the foot of the page to leave."</p>
            </Show>
            <Show when=move || !is_in.get() && !can_call.get()>
                <p class="field-hint">{move || first.get()}</p>
            </Show>
        </div>
    }
}

/// What has to be done before the phone can go in.
fn first(phone: &Softphone) -> &'static str {
    if phone.is_busy() {
        return "Your phone is in a call.";
    }
    match phone.set_up {
        SetUp::Asleep
        | SetUp::WantsClick
        | SetUp::Microphone
        | SetUp::Choosing
        | SetUp::Stopped(_) => "Set up your phone at the foot of the page first.",
        SetUp::Elsewhere => "Your phone is in another tab of this browser.",
        SetUp::Claiming | SetUp::Loading | SetUp::Ready { .. } => "Your phone is being connected…",
    }
}
