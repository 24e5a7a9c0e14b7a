//! `<Start>`: work beside the call that goes on while later verbs are obeyed.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::recording::Recording;
use crate::siprec::Siprec;
use crate::stream::Stream;
use crate::transcription::Transcription;
use crate::word::Method;
use crate::write::Xml;

element! {
    /// Begins work beside the call, and goes on at once with the next verb (A.1.3, X2).
    ///
    /// ```
    /// use twiml::{Response, Say, Start, Stop, Stream};
    ///
    /// let document = Response::new()
    ///     .start(Start::new(Stream::to("wss://example.com/ear").name("ear")))
    ///     .say(Say::new("Somebody listens."))
    ///     .stop(Stop::new(Stream::named("ear")));
    ///
    /// assert_eq!(document.check(), []);
    /// ```
    #[derive(Default)]
    pub struct Start named "Start" {
        /// known to the helper libraries alone.
        pub action: Option<String> = "action",
        /// how `action` is requested.
        pub method: Option<Method> = "method",
    } holding {
        /// What begins.
        pub work: Vec<Started>,
    }
}

/// What can be started beside a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Started {
    /// Sound sent to a WebSocket.
    Stream(Box<Stream>),
    /// Sound sent to a recorder by SIPREC.
    Siprec(Box<Siprec>),
    /// Speech turned into text.
    Transcription(Box<Transcription>),
    /// The call recorded.
    Recording(Box<Recording>),
}

impl Start {
    /// Begins one thing.
    #[must_use]
    pub fn new(work: impl Into<Started>) -> Self {
        Self {
            work: vec![work.into()],
            ..Self::default()
        }
    }

    /// Begins one thing more.
    #[must_use]
    pub fn then(mut self, work: impl Into<Started>) -> Self {
        self.work.push(work.into());
        self
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        Self {
            work: content::all(element, notes, Started::read),
            ..Self::begin(element, notes)
        }
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).each(&self.work, Started::write);
    }
}

/// What may stand in an element about work beside the call, each kind with an element of its name.
macro_rules! work {
    ($($work:ident { $($kind:ident)+ })+) => { $(
        impl $work {
            fn read(
                element: $crate::read::tree::Element<'_>,
                notes: &mut $crate::read::notes::Notes<'_>,
            ) -> $crate::read::content::Found<Self> {
                use $crate::read::content::Found;
                match element.name() {
                    $( $kind::NAME => Found::Here($kind::read(element, notes).into()), )+
                    _ => Found::Misplaced,
                }
            }

            fn write(&self, xml: &mut Xml) {
                match self {
                    $( Self::$kind(kind) => kind.write(xml), )+
                }
            }
        }

        $(
            impl From<$kind> for $work {
                fn from(kind: $kind) -> Self {
                    Self::$kind(kind.into())
                }
            }
        )+
    )+ };
}

pub(crate) use work;

work! {
    Started { Stream Siprec Transcription Recording }
}
