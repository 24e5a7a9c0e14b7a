//! `<Queue>`: the caller at the front of a queue.

use crate::code::Code;
use crate::element::element;
use crate::enqueue::MOST_OF_NAME;
use crate::read::content;
use crate::read::notes::{Notes, quoted};
use crate::read::tree::Element;
use crate::rule;
use crate::word::Method;
use crate::write::Xml;

element! {
    /// The caller who waits longest in a queue (A.3.10); an empty queue is waited for.
    #[derive(Default)]
    pub struct Queue named "Queue" {
        /// a document for the queued caller before the parties hear each other.
        pub url: Option<String> = "url" [14211: rule::url],
        /// how `url` is requested; POST by default.
        pub method: Option<Method> = "method" [14210],
        /// a TaskRouter reservation to accept.
        pub reservation_sid: Option<String> = "reservationSid",
        /// what a TaskRouter worker does afterwards.
        pub post_work_activity_sid: Option<String> = "postWorkActivitySid",
    } holding {
        /// The queue's name (14212, 14213).
        pub name: String,
    }
}

impl Queue {
    /// Takes from the queue of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let queue = Self {
            name: content::text(element, notes),
            ..Self::begin(element, notes)
        };
        match queue.name.chars().count() {
            0 => notes.note(
                const { Code::of(14212) },
                element.at(),
                "<Queue> without a name",
            ),
            1..=MOST_OF_NAME => {}
            _ => notes.note(const { Code::of(14213) }, element.at(), quoted(&queue.name)),
        }
        queue
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.name);
    }
}
