//! The live feed: what the server tells while a page is open, taken onto one board for all pages; and what it is told in
//! return: that somebody is here, and whether their phone can ring.

use std::time::Duration;

use desk::softphone::{Reachable, Softphone};
use desk::{Board, LiveEvent, Ping};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::Closure;
use leptos::web_sys::js_sys::futures::JsFuture;
use leptos::web_sys::{Event, EventSource, MessageEvent, RequestInit};

use crate::layout::viewer;
use crate::now;
use crate::softphone::{Phone, phone};

/// Where the feed is, and where its pings are answered.
const FEED: &str = "/live";
const PONG: &str = "/live/pong";

/// How long to wait before a feed that the browser has given up is opened again.
const AGAIN: Duration = Duration::from_secs(2);

/// After this long, what is on its way to the server is no reason to wait with the next.
const STUCK_MS: i64 = 3_000;

/// How the feed stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// The page is not alive yet: it shows what it was loaded with.
    Asleep,
    /// The page follows.
    Live,
    /// The feed is interrupted; the browser tries again by itself.
    Lost,
}

/// A board that follows the feed.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    pub(crate) board: RwSignal<Board>,
    pub(crate) link: RwSignal<Link>,
    /// How far the server's clock is ahead of the browser's, in milliseconds.
    pub(crate) ahead_ms: RwSignal<i64>,
    /// How the server names this tab's feed, once it asked whether somebody is here.
    connection: StoredValue<Option<String>>,
    telling: StoredValue<Telling>,
    /// Whose phone is told of; nobody's, and then the feed is the page's own.
    phone: Option<Phone>,
}

/// What is on its way to the server. Of two words the older may arrive last, and would be believed until the next ping:
/// so there is one at a time.
#[derive(Clone, Copy, Debug, Default)]
struct Telling {
    since_ms: Option<i64>,
    /// Whether there is something to tell besides.
    has_more: bool,
}

/// An open feed, which closes with its page.
struct Feed {
    source: EventSource,
    _messages: Vec<Closure<dyn FnMut(MessageEvent)>>,
    _error: Closure<dyn FnMut(Event)>,
}

type Kept = StoredValue<Option<Feed>, LocalStorage>;

/// Opens the feed of this tab for whoever is signed in. It goes on from page to page.
pub(crate) fn provide() {
    let live = Live {
        board: RwSignal::new(Board::default()),
        link: RwSignal::new(Link::Asleep),
        ahead_ms: RwSignal::new(0),
        connection: StoredValue::new(None),
        telling: StoredValue::new(Telling::default()),
        phone: phone(),
    };
    provide_context(live);
    if viewer().is_some() {
        live.open_while_here();
    }
    let Some(phone) = live.phone else { return };
    let reachable = Memo::new(move |_| phone.state.with(Softphone::reachable));
    Effect::new(move |before: Option<Reachable>| {
        let now = reachable.get();
        if before.is_some_and(|before| before != now) {
            live.tell();
        }
        now
    });
}

/// The feed of this tab.
pub(crate) fn live() -> Live {
    use_context().expect("the application provides the feed around every page")
}

/// Follows the telephones from the board that their page was loaded with, also for those who are not signed in.
pub(crate) fn follow(start: Board) -> Live {
    let live = live();
    let is_behind = live.link.get_untracked() != Link::Live
        || live
            .board
            .with_untracked(|board| board.number < start.number);
    if is_behind {
        live.board.update(|board| {
            board.number = start.number;
            board.now_ms = start.now_ms;
            board.phones = start.phones;
            board.habits = start.habits;
        });
    }
    if viewer().is_none() {
        live.open_while_here();
        on_cleanup(move || {
            live.link.try_set(Link::Asleep);
        });
    }
    live
}

impl Live {
    /// Keeps the feed open for as long as whoever asks for it is there.
    fn open_while_here(self) {
        // The feed is kept by the effect: the server may drop what belongs to a page on another thread than it was made
        // on, which a browser's objects do not survive.
        Effect::new(move |_| open(self, StoredValue::new_local(None)));
    }

    /// Says that somebody is here, and whether their phone can ring: at once, or when what was said before has arrived.
    fn tell(self) {
        let Some(address) = self.word() else { return };
        let now_ms = now::read();
        let is_free = self.telling.try_update_value(|telling| {
            let is_free = telling
                .since_ms
                .is_none_or(|since| now_ms - since >= STUCK_MS);
            if is_free {
                telling.since_ms = Some(now_ms);
            }
            telling.has_more = !is_free;
            is_free
        });
        if is_free != Some(true) {
            return;
        }
        let post = RequestInit::new();
        post.set_method("POST");
        let said = window().fetch_with_str_and_init(&address, &post);
        spawn_local(async move {
            // What does not arrive is said again with the next ping.
            let _ = JsFuture::from(said).await;
            let told = self.telling.try_update_value(std::mem::take);
            if told.is_some_and(|told| told.has_more) {
                self.tell();
            }
        });
    }

    /// What there is to say; nothing before the server has asked.
    fn word(self) -> Option<String> {
        let connection = self.connection.try_get_value().flatten()?;
        let phone = self.phone.and_then(|phone| {
            let state = phone.state;
            state.try_with_untracked(Softphone::reachable)
        });
        let phone = phone.unwrap_or_default().query();
        Some(format!("{PONG}?connection={connection}&{phone}"))
    }
}

fn open(live: Live, kept: Kept) {
    let Ok(source) = EventSource::new(FEED) else {
        return;
    };
    let messages = ["fresh", "news", "floor", "rooms", "ping"].map(|name| {
        let told = move |message: MessageEvent| {
            let text = message.data().as_string().unwrap_or_default();
            if name == "ping" {
                answer(live, &text);
            } else {
                take(live, &text);
            }
        };
        let told = Closure::<dyn FnMut(MessageEvent)>::new(told);
        // It fails for listeners that are no functions.
        let _ = source.add_event_listener_with_callback(name, told.as_ref().unchecked_ref());
        told
    });
    let seen = source.clone();
    let error = Closure::<dyn FnMut(Event)>::new(move |_: Event| {
        live.link.try_set(Link::Lost);
        if seen.ready_state() == EventSource::CLOSED {
            set_timeout(move || open(live, kept), AGAIN);
        }
    });
    source.set_onerror(Some(error.as_ref().unchecked_ref()));
    // Where the page is gone by now, the feed comes back and is closed.
    drop(kept.try_set_value(Some(Feed {
        source,
        _messages: messages.into(),
        _error: error,
    })));
}

fn take(live: Live, text: &str) {
    let Ok(event) = serde_json::from_str::<LiveEvent>(text) else {
        return;
    };
    if let LiveEvent::Fresh(board) = &event {
        live.ahead_ms.try_set(board.now_ms - now::read());
        live.link.try_set(Link::Live);
    }
    live.board.try_update(|board| board.apply(event));
}

/// Somebody is here. The event says so, not a timer: those of a hidden page are held back.
fn answer(live: Live, text: &str) {
    if let Ok(Ping { connection, .. }) = serde_json::from_str(text) {
        drop(live.connection.try_set_value(Some(connection)));
        live.tell();
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.source.close();
    }
}
