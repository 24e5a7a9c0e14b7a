//! The call that the console is about: who it is, how it stands, and what can be done.

use desk::softphone::{CallKey, CallNews, PhoneEvent, SetUp};
use desk::{Doing, Scene};
use leptos::html;
use leptos::prelude::*;

use super::Seat;
use super::earlier::Earlier;
use super::hand_over::{HandOver, Handed};
use super::keys;
use super::ready::Ready;
use super::talk::Talk;
use super::wrap_up::WrapUp;
use crate::api::{Decline, HangUp};
use crate::dock::Remarks;
use crate::parts::{Glyph, Icon, Refused, State, action, typed};

/// The call, or what there is to do while there is none.
#[component]
pub(super) fn Call(seat: Seat, reads_calls: bool) -> impl IntoView {
    let scene = seat.scene();
    let article = NodeRef::<html::Article>::new();
    let sid = move || seat.at.with(|at| at.call.clone());
    let press = move |key: &str| {
        let key_of = seat.at.with_untracked(|at| at.key);
        if let Some((key_of, digit)) = key_of.zip(typed(key)) {
            seat.phone.with_call(key_of, CallNews::Press(digit));
        }
    };
    view! {
        <article
            class="desk-call"
            class:desk-call--rings=move || scene.get() == Scene::Rings
            id="call"
            tabindex="-1"
            node_ref=article
            aria-labelledby="call-name"
            data-scene=move || scene.get().word()
            data-call=sid
            on:keydown=move |event| {
                let is_plain = !(event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat());
                if is_plain && !keys::writes(&event) {
                    press(&event.key());
                }
            }
        >
            <Head seat/>
            <Facts seat/>
            <Handed seat/>
            {move || match scene.get() {
                Scene::Idle => view! { <Ready seat/> }.into_any(),
                Scene::Rings => view! { <Ringing seat article/> }.into_any(),
                Scene::Talks => view! { <Talk seat article/> }.into_any(),
                Scene::Joins | Scene::CallsOut => view! {
                    <div class="desk-buttons"><HangUpButton seat article/></div>
                }
                .into_any(),
                Scene::Apart => view! { <Apart seat article/> }.into_any(),
                Scene::Ends => ().into_any(),
                Scene::WrapsUp => view! { <WrapUp seat/> }.into_any(),
            }}
            <Over seat/>
            <Earlier seat reads_calls/>
        </article>
    }
}

/// Who it is, how it stands, and since when.
#[component]
fn Head(seat: Seat) -> impl IntoView {
    let scene = seat.scene();
    let phone = seat.phone;
    let caller = seat.of_call(|doing| doing.caller().map(super::called));
    let on_phone = Memo::new(move |_| {
        let key = seat.at.with(|at| at.key)?;
        phone.state.with(|phone| {
            let call = phone.call(key)?;
            let other = call.offered().is_none().then(|| call.other.clone());
            Some((other, call.tone(), call.words()))
        })
    });
    let name = move || match scene.get() {
        Scene::Idle => scene.get().headline().to_owned(),
        Scene::Rings
        | Scene::Joins
        | Scene::Talks
        | Scene::CallsOut
        | Scene::Apart
        | Scene::Ends
        | Scene::WrapsUp => {
            let other = || on_phone.get().and_then(|(other, _, _)| other);
            let known = caller.get().or_else(other);
            known.unwrap_or_else(|| scene.get().headline().to_owned())
        }
    };
    let since = seat.of_call(|doing| match doing {
        Doing::Nothing => None,
        Doing::Rung(rung) => Some(rung.since_ms),
        Doing::Call(call) => Some(call.since_ms),
        Doing::WrapUp(wrapping) => Some(wrapping.since_ms),
    });
    let held = seat.of_call(|doing| match doing {
        Doing::Call(call) => call.hold.label(),
        Doing::Nothing | Doing::Rung(_) | Doing::WrapUp(_) => None,
    });
    let standing = move || {
        if scene.get() == Scene::Idle {
            return None;
        }
        let known = on_phone.get();
        let (tone, word) = match (scene.get(), known, held.get()) {
            (Scene::Talks, Some((_, tone, _)), Some(held)) => (tone, held),
            (Scene::Talks | Scene::Joins | Scene::CallsOut, Some((_, tone, words)), _) => {
                (tone, words)
            }
            (scene, _, _) => (desk::Tone::Live, scene.headline()),
        };
        Some(view! { <State tone word/> })
    };
    view! {
        <header class="desk-head">
            <h2 class="desk-name" id="call-name">{name}</h2>
            <p class="desk-standing">
                {standing}
                " "
                <span class="desk-time">{move || since.get().map(|since| seat.clock.since(since))}</span>
            </p>
        </header>
    }
}

/// What is known of the caller.
#[component]
fn Facts(seat: Seat) -> impl IntoView {
    let line = seat.of_call(|doing| doing.line_name().map(str::to_owned));
    let place = seat.of_call(|doing| {
        doing
            .caller()
            .map(|caller| caller.place.clone())
            .filter(|place| !place.is_empty())
    });
    let waited = seat.of_call(|doing| match doing {
        Doing::Rung(rung) => Some(rung.waiting_since_ms),
        Doing::Nothing | Doing::Call(_) | Doing::WrapUp(_) => None,
    });
    let fact =
        |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    move || {
        let facts = [
            ("Line", line.get()),
            ("Calling from", place.get()),
            (
                "Waiting for",
                waited.get().map(|since| seat.clock.since(since)),
            ),
        ];
        let facts: Vec<_> = facts
            .into_iter()
            .filter_map(|(name, value)| Some(fact(name, value?)))
            .collect();
        (!facts.is_empty()).then(|| view! { <dl class="desk-facts">{facts}</dl> })
    }
}

/// Answering and declining. The call takes the focus from a button that goes; it takes none before.
#[component]
fn Ringing(seat: Seat, article: NodeRef<html::Article>) -> impl IntoView {
    let phone = seat.phone;
    let key = Memo::new(move |_| seat.at.with(|at| at.key));
    let act = move |news: CallNews| {
        focus(article);
        if let Some(key) = key.get_untracked() {
            phone.with_call(key, news);
        }
    };
    let decline = action::<Decline>();
    let offer = move || {
        seat.mine.with_untracked(|mine| match &mine.doing {
            Doing::Rung(rung) => Some((rung.call.clone(), rung.offer)),
            Doing::Nothing | Doing::Call(_) | Doing::WrapUp(_) => None,
        })
    };
    let decline_apart = move || {
        focus(article);
        if let Some((call, offer)) = offer() {
            decline.dispatch(Decline { call, offer });
        }
    };
    view! {
        <div class="desk-buttons needs-life">
            <Show when=move || key.get().is_some()>
                <button class="button button--answer" type="button" aria-keyshortcuts=seat.keys.of("A") on:click=move |_| act(CallNews::Answer)>
                    <Icon glyph=Glyph::Phone/>
                    "Answer"
                </button>
            </Show>
            <button
                class="button button--end"
                type="button"
                aria-keyshortcuts=seat.keys.of("D")
                on:click=move |_| if key.get_untracked().is_some() { act(CallNews::Decline) } else { decline_apart() }
            >
                <Icon glyph=Glyph::HangUp/>
                "Decline"
            </button>
        </div>
        {offer().map(|(call, offer)| view! {
            <ActionForm action=decline attr:class="before-life">
                <input type="hidden" name="call" value=call/>
                <input type="hidden" name="offer" value=offer.to_string()/>
                <button class="button button--end" type="submit"><Icon glyph=Glyph::HangUp/>"Decline"</button>
            </ActionForm>
        })}
        <Show when=move || key.get().is_none()>
            <p class="desk-hint">{move || phone.state.with(|phone| match phone.set_up {
                SetUp::Elsewhere => "It rings in another tab of this browser: answer it there.",
                SetUp::Asleep
                | SetUp::Claiming
                | SetUp::Loading
                | SetUp::WantsClick
                | SetUp::Microphone
                | SetUp::Choosing
                | SetUp::Ready { .. }
                | SetUp::Stopped(_) => "It is on its way to your phone.",
            })}</p>
        </Show>
        <Refused answer=move || decline.value().get()/>
    }
}

/// A call in which the phone of this tab is not.
#[component]
fn Apart(seat: Seat, article: NodeRef<html::Article>) -> impl IntoView {
    let phone = seat.phone;
    let words = Memo::new(move |_| {
        phone.state.with(|phone| match phone.set_up {
            SetUp::Elsewhere => "This call is in another tab of this browser.",
            SetUp::WantsClick | SetUp::Asleep | SetUp::Stopped(_) => {
                "The caller hears music and is kept for you. One click, and you talk again: the browser wants it before it lets the page sound."
            }
            SetUp::Microphone => "Allow the microphone where the browser asks for it.",
            SetUp::Claiming | SetUp::Loading | SetUp::Choosing | SetUp::Ready { .. } => {
                "You are being connected again. The caller hears music until then."
            }
        })
    });
    let wants_click = Memo::new(move |_| {
        phone.state.with(|phone| {
            matches!(
                phone.set_up,
                SetUp::WantsClick | SetUp::Asleep | SetUp::Stopped(_)
            )
        })
    });
    let hang_up = action::<HangUp>();
    let is_call = seat.of_call(|doing| matches!(doing, Doing::Call(_)).then_some(()));
    let plain_call = seat.mine.with_untracked(|mine| match &mine.doing {
        Doing::Call(call) => Some(call.call.clone()),
        Doing::Nothing | Doing::Rung(_) | Doing::WrapUp(_) => None,
    });
    view! {
        <p class="desk-hint">{move || words.get()}</p>
        <div class="desk-buttons needs-life">
            <Show when=move || wants_click.get()>
                <button
                    class="button button--answer"
                    type="button"
                    aria-keyshortcuts=seat.keys.of("A")
                    on:click=move |_| { focus(article); phone.tell(PhoneEvent::SwitchedOn); }
                >
                    <Icon glyph=Glyph::Phone/>
                    "Continue the call"
                </button>
            </Show>
            <Show when=move || is_call.get().is_some()>
                <button
                    class="button button--end"
                    type="button"
                    aria-keyshortcuts=seat.keys.of("Shift+X")
                    on:click=move |_| {
                        focus(article);
                        if let Some(call) = seat.at.with_untracked(|at| at.call.clone()) {
                            hang_up.dispatch(HangUp { call });
                        }
                    }
                >
                    <Icon glyph=Glyph::HangUp/>
                    "Hang up"
                </button>
            </Show>
        </div>
        {plain_call.map(|call| view! {
            <ActionForm action=hang_up attr:class="before-life">
                <input type="hidden" name="call" value=call/>
                <button class="button button--end" type="submit"><Icon glyph=Glyph::HangUp/>"Hang up"</button>
            </ActionForm>
        })}
        <Refused answer=move || hang_up.value().get()/>
        <HandOver seat/>
    }
}

/// Ends the call on this tab's phone, which tells the server first.
#[component]
pub(super) fn HangUpButton(seat: Seat, article: NodeRef<html::Article>) -> impl IntoView {
    let hang_up = move |_| {
        focus(article);
        if let Some(key) = seat.at.with_untracked(|at| at.key) {
            seat.phone.with_call(key, CallNews::HangUp);
        }
    };
    view! {
        <button class="button button--end" type="button" aria-keyshortcuts=seat.keys.of("Shift+X") on:click=hang_up>
            <Icon glyph=Glyph::HangUp/>
            "Hang up"
        </button>
    }
}

/// How the last call on this tab's phone ended, where there is something to say about it.
#[component]
fn Over(seat: Seat) -> impl IntoView {
    let phone = seat.phone;
    let is_idle = Memo::new(move |_| seat.at.with(|at| at.scene == Scene::Idle));
    let over = Memo::new(move |_| {
        phone.state.with(|phone| {
            let over = phone.calls.iter().filter(|call| !call.is_live());
            // What goes on has the place, unless something went wrong with what was before.
            let shown = over.filter(|call| is_idle.get() || call.trouble().is_some());
            shown.map(|call| call.key).collect::<Vec<CallKey>>()
        })
    });
    view! {
        <For each=move || over.get() key=|key| *key let:key>
            <Ended seat key_of=key/>
        </For>
    }
}

#[component]
fn Ended(seat: Seat, key_of: CallKey) -> impl IntoView {
    let phone = seat.phone;
    let call = Memo::new(move |_| phone.state.with(|phone| phone.call(key_of).cloned()));
    let words = move || {
        call.with(|call| {
            let call = call.as_ref()?;
            let talked = call
                .talked_ms(0)
                .map(|ms| format!(" after {}", desk::clock(ms)));
            let word = format!("{}{}", call.words(), talked.unwrap_or_default());
            Some(view! { <State tone=call.tone() word/> })
        })
    };
    view! {
        <div class="desk-over">
            <p>"The last call: " {words}</p>
            <button class="button button--plain" type="button" on:click=move |_| phone.with_call(key_of, CallNews::PutAway)>
                <Icon glyph=Glyph::Away/>
                "Put away"
            </button>
            <Remarks call/>
        </div>
    }
}

/// Gives the call the focus, so that a button that goes does not take it along.
pub(super) fn focus(article: NodeRef<html::Article>) {
    if let Some(article) = article.get_untracked() {
        _ = article.focus();
    }
}
