//! A menu tried by its keys: the true rules, told what a caller does, and what they say to it.

use crate::{
    Act, Answer, Call, CallSid, Caller, DialReport, DialStatus, Digits, Event, Input, LineId,
    Moment, NodeId, Outcome, Place, Plan, Progress, Route, Speech,
};

/// A call from nobody, for it is never made.
const SID: &str = "CA00000000000000000000000000000000";

/// How many lines lead to each other at most before somebody is asked something.
const MOST_LINES: usize = 5;

/// What whoever tries a menu does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// Presses keys.
    Keys(String),
    /// Presses nothing until the time is over.
    Nothing,
    /// Whoever is called talks with them, and hangs up.
    Talks,
    /// Nobody answers.
    NoAnswer,
    /// The number is busy.
    Busy,
}

impl Press {
    /// Every one that is no key, with its word.
    const OTHERS: [(&'static str, Self); 4] = [
        ("silence", Self::Nothing),
        ("talks", Self::Talks),
        ("no-answer", Self::NoAnswer),
        ("busy", Self::Busy),
    ];

    /// Its word in addresses: the keys themselves, or a word.
    #[must_use]
    pub fn word(&self) -> String {
        let known = Self::OTHERS.iter().find(|(_, other)| other == self);
        match (self, known) {
            (Self::Keys(keys), _) => keys.clone(),
            (Self::Nothing | Self::Talks | Self::NoAnswer | Self::Busy, known) => {
                known.map_or_else(String::new, |(word, _)| (*word).to_owned())
            }
        }
    }

    /// What a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let known = Self::OTHERS.into_iter().find(|(known, _)| *known == word);
        known
            .map(|(_, press)| press)
            .or_else(|| match Digits::parse(Some(word)) {
                Digits::Keys(keys) => Some(Self::Keys(keys)),
                Digits::None | Digits::Nonsense => None,
            })
    }

    fn input(&self) -> Input {
        let dialled = |status, bridged| {
            Some(DialReport {
                status,
                bridged: Some(bridged),
                seconds: bridged.then_some(30),
            })
        };
        match self {
            Self::Keys(keys) => Input {
                digits: Digits::Keys(keys.clone()),
                ..Input::default()
            },
            Self::Nothing => Input::default(),
            Self::Talks => Input {
                dial: dialled(DialStatus::Completed, true),
                ..Input::default()
            },
            Self::NoAnswer => Input {
                dial: dialled(DialStatus::NoAnswer, false),
                ..Input::default()
            },
            Self::Busy => Input {
                dial: dialled(DialStatus::Busy, false),
                ..Input::default()
            },
        }
    }
}

/// A menu, tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsal {
    /// What happened, one thing after the other.
    pub scenes: Vec<Scene>,
    /// How it stands now.
    pub stands: Stands,
}

/// What was done, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// What was done; nothing where the call came in.
    pub did: Option<Press>,
    /// What is said then, in each line's voice.
    pub said: Vec<Speech>,
    /// What the journal would say.
    pub lines: Vec<String>,
}

/// How a rehearsal stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Keys are waited for.
    Asked {
        /// The place of the menu.
        place: Option<NodeId>,
        /// A list is read out there.
        is_list: bool,
        /// How many keys make an answer.
        most: u8,
    },
    /// Somebody is called.
    Rings {
        /// Who.
        name: String,
    },
    /// The caller is on a line that is no menu, where this ends.
    Left {
        /// Which.
        line: LineId,
    },
    /// The call is over.
    Over {
        /// How it ended.
        how: Outcome,
    },
}

/// Tries what a line's menu does: the trial of this number, with what is done on the way. What comes after the end is
/// passed over.
#[must_use]
pub fn rehearse(plan: &Plan, line: &LineId, trial: u32, presses: &[Press]) -> Option<Rehearsal> {
    let line = plan.line(line)?;
    let sid = CallSid::parse(SID).ok()?;
    let call = Call::new(
        sid,
        line,
        Caller::Withheld,
        line.number.clone(),
        Place::default(),
        Moment(0),
    );
    let mut stage = Stage {
        plan,
        call,
        scenes: Vec::new(),
        last: None,
    };
    let begins = Input {
        trial: Some(trial),
        ..Input::default()
    };
    stage.happens(None, Event::Arrived(begins));
    for press in presses {
        let Some(event) = stage.answered(press) else {
            break;
        };
        stage.happens(Some(press.clone()), event);
    }
    let stands = stage.stands();
    Some(Rehearsal {
        scenes: stage.scenes,
        stands,
    })
}

struct Stage<'a> {
    plan: &'a Plan,
    call: Call,
    scenes: Vec<Scene>,
    /// What the last document ends with.
    last: Option<Act>,
}

impl Stage<'_> {
    fn happens(&mut self, did: Option<Press>, event: Event) {
        let mut scene = Scene {
            did,
            said: Vec::new(),
            lines: Vec::new(),
        };
        let mut event = Some(event);
        for _ in 0..MOST_LINES {
            let Some(happens) = event.take() else { break };
            let step = self.call.on(happens, false, Moment(0), self.plan);
            self.call = step.call;
            scene.lines.extend(step.lines);
            let Answer(acts) = step.answer.unwrap_or_default();
            scene.said.extend(acts.iter().filter_map(speech).cloned());
            self.last = acts.into_iter().next_back();
            event = self.goes_on();
        }
        self.scenes.push(scene);
    }

    /// What happens next by itself: a line that leads to another menu is followed.
    fn goes_on(&self) -> Option<Event> {
        let is_menu = matches!(self.call.progress, Progress::Menu(_));
        let goes = matches!(self.last, Some(Act::Goto(_)));
        (is_menu && goes).then(|| Event::Arrived(Input::default()))
    }

    /// The event that an act of the caller, or of whoever is called, makes now; nothing where it makes no sense.
    fn answered(&self, press: &Press) -> Option<Event> {
        let then = match (self.last.as_ref()?, press) {
            (Act::Ask(ask), Press::Keys(_) | Press::Nothing) => &ask.then,
            (Act::Dial(dial), Press::Talks | Press::NoAnswer | Press::Busy) => &dial.then,
            (
                Act::Ask(_)
                | Act::Dial(_)
                | Act::Say(_)
                | Act::Join(_)
                | Act::Music
                | Act::Beep
                | Act::Record(_)
                | Act::Goto(_)
                | Act::HangUp,
                _,
            ) => return None,
        };
        match then {
            Route::Menu(route) => Some(Event::Menu(route.clone(), press.input())),
            Route::Forward(_)
            | Route::Line(_)
            | Route::CallOut(_)
            | Route::Support(..)
            | Route::Conference(_) => None,
        }
    }

    fn stands(&self) -> Stands {
        if let Some(ended) = &self.call.ended {
            return Stands::Over { how: ended.how };
        }
        if let (Some(Act::Ask(ask)), Progress::Menu(tree)) = (&self.last, &self.call.progress) {
            return Stands::Asked {
                place: tree.place(self.plan).cloned(),
                is_list: tree.list.is_some(),
                most: ask.keys.most,
            };
        }
        if let Some(Act::Dial(_)) = &self.last {
            let visit = self.call.visits.last();
            let name = visit.map_or_else(String::new, |visit| visit.name.clone());
            return Stands::Rings { name };
        }
        Stands::Left {
            line: self.call.line.clone(),
        }
    }
}

fn speech(act: &Act) -> Option<&Speech> {
    match act {
        Act::Say(speech) => Some(speech),
        Act::Ask(ask) => Some(&ask.speech),
        Act::Dial(_)
        | Act::Join(_)
        | Act::Music
        | Act::Beep
        | Act::Record(_)
        | Act::Goto(_)
        | Act::HangUp => None,
    }
}
