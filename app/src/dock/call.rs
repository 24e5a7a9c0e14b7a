//! One call at the foot of the page: who it is, how it stands, and what can be done.

use desk::softphone::{CallKey, CallNews, CallStage, Softcall};
use leptos::html;
use leptos::prelude::*;

use super::set_up::Told;
use crate::live::live;
use crate::now::every_second;
use crate::parts::{Glyph, Icon, KEYS, State, named, typed};
use crate::softphone::Phone;

/// What buttons a call has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offer {
    Answer,
    HangUp,
    Talk,
    PutAway,
}

/// A call by its key.
#[component]
pub(super) fn Card(phone: Phone, key_of: CallKey) -> impl IntoView {
    let call = Memo::new(move |_| phone.state.with(|phone| phone.call(key_of).cloned()));
    let card = NodeRef::<html::Article>::new();
    // Whoever called has the keys under their fingers; a call that comes takes nobody's.
    Effect::new(move |_| {
        if let Some(card) = card.get()
            && call.with_untracked(|call| call.as_ref().is_some_and(is_own))
        {
            _ = card.focus();
        }
    });
    let stage = move || call.with(|call| call.as_ref().map(|call| call.stage.word()));
    let sid = call.with_untracked(|call| call.as_ref().map(|call| call.sid.clone()));
    let name = format!("dock-call-{key_of}");
    let named_by = name.clone();
    view! {
        <article
            class="dock-call"
            class:dock-call--rings=move || stage() == Some("ringing")
            class:dock-call--over=move || stage() == Some("over")
            tabindex="-1"
            node_ref=card
            aria-labelledby=named_by
            data-call=stage
            data-sid=sid
            data-muted=move || call.with(|call| call.as_ref().is_some_and(|call| call.is_muted)).to_string()
            on:keydown=move |event| {
                let is_plain = !(event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat());
                if let Some(digit) = typed(&event.key()).filter(|_| is_plain) {
                    phone.with_call(key_of, CallNews::Press(digit));
                }
            }
        >
            <Caller call name/>
            <Buttons phone key_of call card/>
            <Remarks call/>
        </article>
    }
}

/// Whether it was made here just now.
fn is_own(call: &Softcall) -> bool {
    matches!(call.stage, CallStage::Calling(_))
}

/// Who it is, what is known of it, how it stands and since when.
#[component]
fn Caller(call: Memo<Option<Softcall>>, name: String) -> impl IntoView {
    let now = every_second();
    let (offered, other, about) = call
        .with_untracked(|call| {
            let call = call.as_ref()?;
            let offered = call.offered().map(|(sid, _)| sid.to_owned());
            Some((offered, call.other.clone(), told(call)))
        })
        .unwrap_or_default();
    let board = live().board;
    // The server knows the caller; the carrier only tells which number of ours rings here. What was known of a call
    // stays known when the server is done with it.
    let known = Memo::new(move |before: Option<&Option<(String, String)>>| {
        let told = board.with(|board| {
            let doing = &board.mine.as_ref()?.doing;
            let is_same = offered
                .as_deref()
                .is_some_and(|sid| doing.call() == Some(sid));
            let (caller, line) = doing.caller().zip(doing.line_name()).filter(|_| is_same)?;
            Some((caller.label.clone(), format!("on the line {line}")))
        });
        told.or_else(|| before.cloned().flatten())
    });
    let name_of = move || {
        known
            .get()
            .map_or_else(|| other.clone(), |(label, _)| label)
    };
    let about = move || known.get().map_or_else(|| about.clone(), |(_, line)| line);
    let standing =
        Memo::new(move |_| call.with(|call| call.as_ref().map(|call| (call.tone(), call.words()))));
    let time = move || {
        let now = now.get()?;
        let talked = call.with(|call| call.as_ref()?.talked_ms(now))?;
        Some(desk::clock(talked))
    };
    view! {
        <div class="dock-who">
            <h2 class="dock-other" id=name>{name_of}</h2>
            <p class="dock-about">{about}</p>
            <p class="dock-standing">
                {move || standing.get().map(|(tone, word)| view! { <State tone word/> })}
                " "
                <span class="dock-time">{time}</span>
            </p>
        </div>
    }
}

/// What our own document says about it, without what is only for the phone itself.
fn told(call: &Softcall) -> String {
    let is_ours = call.offered().is_some();
    let about = call.about.iter().filter(|_| !is_ours);
    let about: Vec<_> = about
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    about.join(" · ")
}

/// What can be done with it. The card takes the focus from a button that goes.
#[component]
fn Buttons(
    phone: Phone,
    key_of: CallKey,
    call: Memo<Option<Softcall>>,
    card: NodeRef<html::Article>,
) -> impl IntoView {
    let offer = Memo::new(move |_| call.with(|call| call.as_ref().map(|call| offer(&call.stage))));
    let act = move |news: CallNews| {
        if let Some(card) = card.get_untracked() {
            _ = card.focus();
        }
        phone.with_call(key_of, news);
    };
    let hang_up = move || {
        view! {
            <button class="button button--end" type="button" on:click=move |_| act(CallNews::HangUp)>
                <Icon glyph=Glyph::HangUp/>
                "Hang up"
            </button>
        }
    };
    move || {
        match offer.get() {
        Some(Offer::Answer) => view! {
            <div class="dock-buttons">
                <button class="button button--answer" type="button" on:click=move |_| act(CallNews::Answer)>
                    <Icon glyph=Glyph::Phone/>
                    "Answer"
                </button>
                <button class="button button--end" type="button" on:click=move |_| act(CallNews::Decline)>
                    <Icon glyph=Glyph::HangUp/>
                    "Decline"
                </button>
            </div>
        }
        .into_any(),
        Some(Offer::HangUp) => view! { <div class="dock-buttons">{hang_up()}</div> }.into_any(),
        Some(Offer::Talk) => view! {
            <Talk phone key_of call/>
            <div class="dock-buttons">{hang_up()}</div>
        }
        .into_any(),
        Some(Offer::PutAway) => view! {
            <div class="dock-buttons">
                <button
                    class="button button--plain"
                    type="button"
                    on:click=move |_| phone.with_call(key_of, CallNews::PutAway)
                >
                    <Icon glyph=Glyph::Away/>
                    "Put away"
                </button>
            </div>
        }
        .into_any(),
        None => ().into_any(),
    }
    }
}

fn offer(stage: &CallStage) -> Offer {
    match stage {
        CallStage::Ringing(_) => Offer::Answer,
        CallStage::Answering(_) | CallStage::Calling(_) | CallStage::RingingThere(_) => {
            Offer::HangUp
        }
        CallStage::Talking(_) | CallStage::Reconnecting(_) => Offer::Talk,
        CallStage::Over { .. } => Offer::PutAway,
    }
}

/// Mute and keypad, while both sides are connected.
#[component]
fn Talk(phone: Phone, key_of: CallKey, call: Memo<Option<Softcall>>) -> impl IntoView {
    let shows_keys = RwSignal::new(false);
    view! {
        <div class="dock-buttons">
            <Mute phone key_of call/>
            <button
                class="button"
                type="button"
                aria-expanded=move || shows_keys.get().to_string()
                on:click=move |_| shows_keys.update(|shows| *shows = !*shows)
            >
                <Icon glyph=Glyph::Keys/>
                "Keypad"
            </button>
        </div>
        <Show when=move || shows_keys.get()>
            <Keypad phone key_of call/>
        </Show>
    }
}

/// Turns the microphone off and on.
#[component]
pub(crate) fn Mute(
    phone: Phone,
    key_of: CallKey,
    call: Memo<Option<Softcall>>,
    /// The key that presses it.
    #[prop(optional)]
    shortcut: Signal<Option<&'static str>>,
) -> impl IntoView {
    let is_muted =
        Memo::new(move |_| call.with(|call| call.as_ref().is_some_and(|call| call.is_muted)));
    view! {
        <button
            class="button"
            type="button"
            aria-pressed=move || is_muted.get().to_string()
            aria-keyshortcuts=shortcut
            on:click=move |_| phone.with_call(key_of, CallNews::Mute(!is_muted.get_untracked()))
        >
            {move || {
                let glyph = if is_muted.get() { Glyph::Muted } else { Glyph::Microphone };
                view! { <Icon glyph/> }
            }}
            "Mute"
        </button>
    }
}

/// The keys of the telephone.
#[component]
pub(crate) fn Keypad(phone: Phone, key_of: CallKey, call: Memo<Option<Softcall>>) -> impl IntoView {
    let sent = move || call.with(|call| call.as_ref().map(|call| call.keys.clone()));
    let keys = KEYS.map(|(key, letters)| {
        view! {
            <button
                class="key"
                type="button"
                aria-label=named(key)
                on:click=move |_| phone.with_call(key_of, CallNews::Press(key))
            >
                <span class="key-sign">{key.to_string()}</span>
                <span class="key-letters" aria-hidden="true">{letters}</span>
            </button>
        }
    });
    view! {
        <div class="dock-keys">
            <p class="dock-sent" aria-label="Keys sent">{sent}</p>
            <div class="keypad" role="group" aria-label="Keypad">
                {keys.into_iter().collect_view()}
            </div>
        </div>
    }
}

/// What makes it hard to follow, and what went wrong with it.
#[component]
pub(crate) fn Remarks(call: Memo<Option<Softcall>>) -> impl IntoView {
    let warnings = Memo::new(move |_| {
        call.with(|call| call.as_ref().map(Softcall::warnings).unwrap_or_default())
    });
    let trouble =
        Memo::new(move |_| call.with(|call| call.as_ref().and_then(Softcall::trouble).cloned()));
    view! {
        {move || {
            let warnings = warnings.get();
            (!warnings.is_empty()).then(|| view! {
                <ul class="dock-warnings" role="status">
                    {warnings.into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}
                </ul>
            })
        }}
        {move || trouble.get().map(|trouble| view! { <Told trouble is_passing=false/> })}
    }
}
