//! The live feed: what the server tells while a page is open, taken onto the page's board.

use std::time::Duration;

use desk::{Board, LiveEvent, Ping};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::Closure;
use leptos::web_sys::{Event, EventSource, MessageEvent};

use crate::now;

/// Where the feed is, and where its pings are answered.
const FEED: &str = "/live";
const PONG: &str = "/live/pong";

/// How long to wait before a feed that the browser has given up is opened again.
const AGAIN: Duration = Duration::from_secs(2);

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
}

/// An open feed, which closes with its page.
struct Feed {
    source: EventSource,
    _messages: Vec<Closure<dyn FnMut(MessageEvent)>>,
    _error: Closure<dyn FnMut(Event)>,
}

type Kept = StoredValue<Option<Feed>, LocalStorage>;

/// Follows the feed from the board that the page was loaded with.
pub(crate) fn follow(board: Board) -> Live {
    let live = Live {
        board: RwSignal::new(board),
        link: RwSignal::new(Link::Asleep),
        ahead_ms: RwSignal::new(0),
    };
    // The feed is kept by the effect: the server may drop what belongs to a page on another thread than it was made on,
    // which a browser's objects do not survive.
    Effect::new(move |_| open(live, StoredValue::new_local(None)));
    live
}

fn open(live: Live, kept: Kept) {
    let Ok(source) = EventSource::new(FEED) else {
        return;
    };
    let messages = ["fresh", "news", "ping"].map(|name| {
        let told = move |message: MessageEvent| {
            let text = message.data().as_string().unwrap_or_default();
            if name == "ping" {
                answer(&text);
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

/// Says that somebody is here. The event does it, not a timer: those of a hidden page are held back.
fn answer(text: &str) {
    if let Ok(Ping { connection, beat }) = serde_json::from_str(text) {
        let address = format!("{PONG}?connection={connection}&beat={beat}");
        // It is refused only for messages that are too long.
        let _ = window().navigator().send_beacon(&address);
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.source.close();
    }
}
