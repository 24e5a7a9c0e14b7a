//! A runner: what obeys one document on one leg, verb by verb (reference A.1.3).

use std::collections::{BTreeMap, VecDeque};

use twiml::Method;

use super::RequestId;
use super::conference::Attending;
use super::queue::{Taking, Waiting};
use super::reading::Planned;
use super::recording::Taping;
use super::verbs::{Cues, Dialling, Gathering};
use crate::timers::TimerKey;

/// Parameters of a request by name, in the order of the alphabet.
pub(crate) type Params = BTreeMap<String, String>;

/// Which of a leg's two documents is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slot {
    /// The document of the call.
    Main,
    /// The document beside it: what is heard while the call waits or is held.
    Side,
}

/// A URL and how it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) url: String,
    pub(crate) method: Method,
}

impl Target {
    pub(crate) fn new(url: impl Into<String>, method: Option<Method>) -> Self {
        Self {
            url: url.into(),
            method: method.unwrap_or(Method::Post),
        }
    }

    /// From what a REST request or a setting gives; an empty URL is none, an unknown method is POST.
    pub(crate) fn given(url: Option<String>, method: Option<String>) -> Option<Self> {
        let url = url.filter(|url| !url.trim().is_empty())?;
        Some(Self::new(
            url.trim(),
            method.and_then(|method| parse_method(&method)),
        ))
    }
}

/// `GET` or `POST`, in any case.
pub(crate) fn parse_method(text: &str) -> Option<Method> {
    Method::ALL
        .iter()
        .copied()
        .find(|method| text.eq_ignore_ascii_case(method.as_str()))
}

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// It is fetched.
    Url(Target),
    /// It was given.
    Inline(String),
}

/// What a document is for, which decides the verbs it may use and what its end means (reference A.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It is the call's own: its end is the call's end.
    Call,
    /// A callee hears it before the parties are joined: its end joins them.
    Screening,
    /// It is heard while a conference has not begun, while one is held, or over the talk.
    Conference,
    /// It is heard while waiting in a queue; it is asked again when it ends.
    QueueWait,
    /// It is heard by somebody who is taken out of a queue, just before.
    QueueWhisper,
}

/// How a document came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Its last verb is done.
    RanOut,
    /// It said to hang up.
    HungUp,
    /// It said to leave the queue.
    Left,
    /// It could not be fetched or read; the code says why.
    Failed(u32),
}

/// Why a verb in progress is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leaving {
    /// The leg is over.
    HungUp,
    /// REST gave the leg another document.
    Moved,
}

/// A document that is being asked for.
#[derive(Clone, Debug)]
pub(crate) struct Fetch {
    pub(crate) target: Target,
    /// What is told beside the standard parameters.
    pub(crate) params: Params,
    /// Whether this is the fallback, after which there is none.
    pub(crate) is_fallback: bool,
}

impl Fetch {
    pub(crate) const fn new(target: Target, params: Params) -> Self {
        Self {
            target,
            params,
            is_fallback: false,
        }
    }
}

/// The verb in progress.
#[derive(Debug)]
pub(crate) enum Doing {
    /// Nothing: the next verb can begin.
    Ready,
    /// A document is being fetched.
    Fetching(RequestId, Box<Fetch>),
    /// Too many documents came in one second: this one is asked for in the next (reference A.6).
    Breathing(Box<Fetch>),
    /// Say, Play or Pause.
    Giving(Cues),
    /// Gather.
    Gathering(Box<Gathering>),
    /// Dial of telephones and browsers.
    Dialling(Box<Dialling>),
    /// Dial of a conference, or being put into one by REST.
    InConference(Box<Attending>),
    /// Enqueue.
    Queued(Box<Waiting>),
    /// Dial of a queue.
    Taking(Box<Taking>),
    /// Record.
    Recording(Box<Taping>),
    /// Echo, until somebody hangs up.
    Echoing,
}

/// What obeys one document on one leg.
#[derive(Debug)]
pub(crate) struct Runner {
    pub(crate) purpose: Purpose,
    /// What every document of this purpose is told beside the standard parameters.
    pub(crate) extra: Params,
    /// Where the document came from; none for one that was given.
    pub(crate) at: Option<String>,
    /// The verbs that have not begun.
    pub(crate) verbs: VecDeque<Planned>,
    pub(crate) doing: Doing,
    pub(crate) timer: Option<TimerKey>,
}

impl Runner {
    pub(crate) const fn new(purpose: Purpose, extra: Params) -> Self {
        Self {
            purpose,
            extra,
            at: None,
            verbs: VecDeque::new(),
            doing: Doing::Ready,
            timer: None,
        }
    }

    /// What the leg is given to hear, if anything is.
    pub(crate) const fn cues(&self) -> Option<&Cues> {
        match &self.doing {
            Doing::Giving(cues) => Some(cues),
            Doing::Gathering(gathering) => Some(&gathering.cues),
            Doing::Ready
            | Doing::Fetching(..)
            | Doing::Breathing(_)
            | Doing::Dialling(_)
            | Doing::InConference(_)
            | Doing::Queued(_)
            | Doing::Taking(_)
            | Doing::Recording(_)
            | Doing::Echoing => None,
        }
    }

    /// As [`Self::cues`], to be changed.
    pub(crate) const fn cues_mut(&mut self) -> Option<&mut Cues> {
        match &mut self.doing {
            Doing::Giving(cues) => Some(cues),
            Doing::Gathering(gathering) => Some(&mut gathering.cues),
            Doing::Ready
            | Doing::Fetching(..)
            | Doing::Breathing(_)
            | Doing::Dialling(_)
            | Doing::InConference(_)
            | Doing::Queued(_)
            | Doing::Taking(_)
            | Doing::Recording(_)
            | Doing::Echoing => None,
        }
    }
}
