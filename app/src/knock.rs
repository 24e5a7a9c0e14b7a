//! Telling of calls on the desktop while somebody looks elsewhere, where they allowed it.

use desk::{Doing, Rung};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::js_sys::futures::JsFuture;
use leptos::web_sys::{Notification, NotificationOptions, NotificationPermission};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use crate::live::live;

/// Whether the desktop may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Knocking {
    Allowed,
    Denied,
    NotAsked,
}

/// What the browser allows; nothing until the page is alive, and where there are no notifications.
pub(crate) fn knocking() -> RwSignal<Option<Knocking>> {
    let knocking = RwSignal::new(None);
    Effect::new(move |_| knocking.set(allowed()));
    knocking
}

/// Lets the browser ask its person.
pub(crate) fn ask(knocking: RwSignal<Option<Knocking>>) {
    let Ok(asked) = Notification::request_permission() else {
        return;
    };
    spawn_local(async move {
        // What was answered, the browser knows.
        let _ = JsFuture::from(asked).await;
        knocking.try_set(allowed());
    });
}

/// Tells of each call that rings while the page is not looked at, and takes it back when it rings no longer.
pub(crate) fn follow() {
    let board = live().board;
    let rung = Memo::new(move |_| {
        board.with(|board| match &board.mine.as_ref()?.doing {
            Doing::Rung(rung) => Some(Rung::clone(rung)),
            Doing::Nothing | Doing::Call(_) | Doing::WrapUp(_) => None,
        })
    });
    Effect::new(move |shown: Option<Option<Shown>>| {
        drop(shown);
        let rung = rung.get()?;
        let looks = document().has_focus().unwrap_or(true);
        if looks || allowed() != Some(Knocking::Allowed) {
            return None;
        }
        Shown::of(&rung)
    });
}

/// What is on the desktop; it goes when this is dropped.
struct Shown {
    notification: Notification,
    _clicked: Closure<dyn FnMut()>,
}

impl Shown {
    fn of(rung: &Rung) -> Option<Self> {
        let options = NotificationOptions::new();
        options.set_body(&format!("On the line {}.", rung.line_name));
        options.set_tag(&format!("{}-{}", rung.call, rung.offer));
        let title = format!("{} calls", rung.caller.label);
        let notification = Notification::new_with_options(&title, &options).ok()?;
        let clicked = Closure::<dyn FnMut()>::new(|| {
            // A browser may leave the window where it is.
            let _ = window().focus();
        });
        notification.set_onclick(Some(clicked.as_ref().unchecked_ref()));
        Some(Self {
            notification,
            _clicked: clicked,
        })
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.notification.close();
    }
}

fn allowed() -> Option<Knocking> {
    let is_known = leptos::web_sys::js_sys::Reflect::has(&window(), &"Notification".into());
    if !is_known.unwrap_or_default() {
        return None;
    }
    let said = Notification::permission();
    Some(if said == NotificationPermission::Granted {
        Knocking::Allowed
    } else if said == NotificationPermission::Denied {
        Knocking::Denied
    } else {
        Knocking::NotAsked
    })
}
