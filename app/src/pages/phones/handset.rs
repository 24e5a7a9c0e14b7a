//! One telephone: who holds it, how it stands, what is heard on it, and what can be done with it.

use desk::{Board, Phone, Side, Stage};
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;

use super::dial::still;
use super::keypad::{Keypad, Keys};
use super::outside::habit_of;
use super::transcript::{Transcript, refusal};
use crate::api::UsePhone;
use crate::parts::{Glyph, Icon, State, action, typed};
use crate::softphone::pretend::{Sounding, be_silent, end, talk};
use crate::voice::read_aloud;

/// What running times are told by.
#[derive(Clone, Copy)]
pub(super) struct Timing {
    /// The carrier's time when the page was made.
    pub(super) start_ms: i64,
    /// The browser's clock, once the page is alive.
    pub(super) now: ReadSignal<Option<i64>>,
    /// How far the carrier's clock is ahead of it.
    pub(super) ahead_ms: ReadSignal<i64>,
}

impl Timing {
    /// How long ago an instant of the carrier was.
    fn since(self, ms: i64) -> i64 {
        let now = self.now.get().map(|now| now + self.ahead_ms.get());
        now.unwrap_or(self.start_ms) - ms
    }
}

/// The telephone of a leg.
#[component]
pub(super) fn Handset(
    sid: String,
    board: ReadSignal<Board>,
    timing: Timing,
    /// The call that was placed here last.
    placed: Memo<Option<String>>,
) -> impl IntoView {
    let phone = {
        let sid = sid.clone();
        Memo::new(move |_| board.with(|board| board.phone(&sid).cloned()))
    };
    let article = NodeRef::<html::Article>::new();
    let is_placed = {
        let sid = sid.clone();
        Memo::new(move |_| placed.read().as_ref() == Some(&sid))
    };
    // Whoever placed the call has its keys under the fingers at once.
    Effect::new(move |_| {
        if let Some(article) = article.get().filter(|_| is_placed.get()) {
            _ = article.focus();
        }
    });
    let stage = Memo::new(move |_| phone.with(|phone| phone.as_ref().map(|phone| phone.stage)));
    let rings = move || phone.with(|phone| phone.as_ref().is_some_and(Phone::wants_answer));
    let (listens, set_listens) = signal(false);
    read_aloud(listens, phone);
    let name = format!("phone-{sid}");
    let keys = Keys::of(sid);
    let press = move |key: Option<char>| {
        let talks = stage.get_untracked() == Some(Stage::Talking);
        if let Some(key) = key.filter(|_| talks) {
            keys.press(key);
        }
    };
    let named_by = name.clone();
    view! {
        <article
            class="handset"
            class:handset--rings=rings
            class:handset--over=move || stage.get() == Some(Stage::Over)
            tabindex="0"
            node_ref=article
            aria-labelledby=named_by
            on:keydown=move |event| {
                let is_plain = !(event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat());
                press(typed(&event.key()).filter(|_| is_plain));
            }
        >
            <Holder phone timing name/>
            <Transcript phone/>
            {move || match stage.get() {
                Some(Stage::Ringing) => view! { <WhileRinging phone/> }.into_any(),
                Some(Stage::Talking) => view! { <WhileTalking phone keys/> }.into_any(),
                Some(Stage::Over) | None => view! { <WhenOver phone/> }.into_any(),
            }}
            <Foot phone listens set_listens/>
        </article>
    }
}

/// Who holds it, and how it stands.
#[component]
fn Holder(phone: Memo<Option<Phone>>, timing: Timing, name: String) -> impl IntoView {
    let text = move |of: fn(&Phone) -> String| {
        move || phone.with(|phone| phone.as_ref().map(of).unwrap_or_default())
    };
    let relation = text(|phone| match phone.side {
        Side::Caller => format!("calls {}", phone.other),
        Side::Callee => format!("called by {}", phone.other),
    });
    let state = move || {
        phone.with(|phone| {
            let phone = phone.as_ref()?;
            let word = match phone.stage {
                Stage::Ringing | Stage::Talking => phone.stage.word().to_owned(),
                Stage::Over => phone.outcome.clone(),
            };
            Some(view! { <State tone=phone.stage.tone() word/> })
        })
    };
    let time = move || {
        phone.with(|phone| {
            let phone = phone.as_ref().filter(|phone| phone.stage != Stage::Over)?;
            Some(desk::clock(timing.since(phone.since_ms)))
        })
    };
    view! {
        <header class="handset-head">
            <h3 class="handset-name" id=name>{text(|phone| phone.holder.clone())}</h3>
            <p>{state}</p>
            <p class="handset-about">{text(|phone| phone.about.clone())}</p>
            <p class="handset-other">{relation}</p>
            <p class="handset-time">{time}</p>
        </header>
    }
}

/// A button that does something with the telephone.
#[component]
fn ActButton(
    act: &'static str,
    word: &'static str,
    glyph: Glyph,
    class: &'static str,
) -> impl IntoView {
    view! {
        <button class=class type="submit" name="form[act]" value=act>
            <Icon glyph/>
            {word}
        </button>
    }
}

/// A form around buttons that do something with the telephone, and why it was refused.
#[component]
fn Acts(phone: Memo<Option<Phone>>, children: Children) -> impl IntoView {
    let used = action::<UsePhone>();
    let sid = phone.with_untracked(|phone| phone.as_ref().map(|phone| phone.sid.clone()));
    let version = used.version();
    let refused = move || refusal(used.value().get().filter(|_| version.get() > 0));
    view! {
        <ActionForm action=used>
            <input type="hidden" name="form[phone]" value=sid.unwrap_or_default()/>
            <div class="acts">{children()}</div>
        </ActionForm>
        {move || refused().map(|words| view! { <p class="refusal" role="alert">{words}</p> })}
    }
}

#[component]
fn WhileRinging(phone: Memo<Option<Phone>>) -> impl IntoView {
    let is_callee = phone.with_untracked(|phone| phone.as_ref().is_some_and(Phone::wants_answer));
    if is_callee {
        view! {
            <Acts phone>
                <ActButton act="answer" word="Answer" glyph=Glyph::Phone class="button button--answer"/>
                <ActButton act="decline" word="Decline" glyph=Glyph::HangUp class="button button--end"/>
            </Acts>
        }
        .into_any()
    } else {
        view! {
            <Acts phone>
                <ActButton act="hang_up" word="Hang up" glyph=Glyph::HangUp class="button button--end"/>
            </Acts>
        }
        .into_any()
    }
}

#[component]
fn WhileTalking(phone: Memo<Option<Phone>>, keys: Keys) -> impl IntoView {
    view! {
        <Sound phone/>
        <Keypad phone keys/>
        <Say phone/>
        <Acts phone>
            <ActButton act="hang_up" word="Hang up" glyph=Glyph::HangUp class="button button--end"/>
        </Acts>
    }
}

/// Talking and hearing through the browser's microphone and loudspeaker, for those who want to.
#[component]
fn Sound(phone: Memo<Option<Phone>>) -> impl IntoView {
    let sid = phone
        .with_untracked(|phone| phone.as_ref().map(|phone| phone.sid.clone()))
        .unwrap_or_default();
    let sounding = RwSignal::new(Sounding::Off);
    let is_on = Memo::new(move |_| matches!(sounding.get(), Sounding::On | Sounding::Opening));
    let turn = {
        let sid = sid.clone();
        move |_| {
            if is_on.get_untracked() {
                be_silent(&sid, sounding);
            } else {
                talk(sid.clone(), sounding);
            }
        }
    };
    on_cleanup(move || {
        let talks = phone.try_with_untracked(|phone| {
            phone
                .as_ref()
                .is_some_and(|phone| phone.stage == Stage::Talking)
        });
        if talks == Some(true) {
            be_silent(&sid, sounding);
        } else {
            end(&sid);
        }
    });
    let words = move || match sounding.get() {
        Sounding::Off | Sounding::Refused(_) => "Talk with your microphone",
        Sounding::Opening => "Connecting the microphone…",
        Sounding::On => "Your microphone is on",
    };
    let refused = move || match sounding.get() {
        Sounding::Refused(why) => Some(why),
        Sounding::Off | Sounding::Opening | Sounding::On => None,
    };
    view! {
        <div class="acts needs-life">
            <button class="button" type="button" aria-pressed=move || is_on.get().to_string() on:click=turn>
                <Icon glyph=Glyph::Microphone/>
                {words}
            </button>
        </div>
        {move || refused().map(|words| view! { <p class="refusal" role="alert">{words}</p> })}
    }
}

/// Saying something into the telephone.
#[component]
fn Say(phone: Memo<Option<Phone>>) -> impl IntoView {
    let used = action::<UsePhone>();
    let version = used.version();
    let sid = phone
        .with_untracked(|phone| phone.as_ref().map(|phone| phone.sid.clone()))
        .unwrap_or_default();
    let field = format!("say-{sid}");
    let refused = move || refusal(used.value().get().filter(|_| version.get() > 0));
    let words = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let (Some(Ok(())), Some(words)) = (used.value().get(), words.get()) {
            words.set_value("");
        }
    });
    view! {
        <ActionForm action=used>
            <input type="hidden" name="form[phone]" value=sid/>
            <input type="hidden" name="form[act]" value="speak"/>
            <div class="handset-say">
                <label class="unseen" for=field.clone()>"Say something"</label>
                <input
                    id=field
                    name="form[text]"
                    type="text"
                    autocomplete="off"
                    maxlength="500"
                    required
                    node_ref=words
                    on:keydown=|event| event.stop_propagation()
                />
                <button class="button" type="submit">"Say"</button>
            </div>
        </ActionForm>
        {move || refused().map(|words| view! { <p class="refusal" role="alert">{words}</p> })}
    }
}

#[component]
fn WhenOver(phone: Memo<Option<Phone>>) -> impl IntoView {
    view! {
        <Acts phone>
            <button class="button" type="submit" name="form[act]" value="put_away">"Put away"</button>
        </Acts>
    }
}

/// Where to read more, and reading aloud.
#[component]
fn Foot(
    phone: Memo<Option<Phone>>,
    listens: ReadSignal<bool>,
    set_listens: WriteSignal<bool>,
) -> impl IntoView {
    let (sid, call, number, side) = phone
        .with_untracked(|phone| {
            let phone = phone.as_ref()?;
            Some((
                phone.sid.clone(),
                phone.call.clone(),
                phone.number.clone(),
                phone.side,
            ))
        })
        .unwrap_or((String::new(), String::new(), String::new(), Side::Caller));
    view! {
        <footer class="handset-foot">
            {(side == Side::Caller).then(|| view! {
                <a {..still()} href=format!("/phones?phone={sid}")>"Its documents"</a>
            })}
            <A href=format!("/calls/{call}")>"The call’s own page"</A>
            <button
                class="button button--plain needs-life"
                type="button"
                aria-pressed=move || listens.get().to_string()
                on:click=move |_| set_listens.update(|listens| *listens = !*listens)
            >
                <Icon glyph=Glyph::Aloud/>
                "Read aloud"
            </button>
            {(side == Side::Callee).then(|| habit_of(&number))}
        </footer>
    }
}
