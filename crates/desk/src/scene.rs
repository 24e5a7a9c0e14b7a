//! What an agent's console is about: what the server says of them, put together with what their phone knows.

use crate::floor::{CallState, CallerView, Doing, EarlierCall, MyCall};
use crate::softphone::{CallEnd, CallKey, CallStage, Softcall, Softphone};

/// The call that a console is about, if any, and what can be done with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AtDesk {
    /// What it is about.
    pub scene: Scene,
    /// The caller's call, where the server has told of it.
    pub call: Option<String>,
    /// The same call on the phone of this tab, where it is there.
    pub key: Option<CallKey>,
}

/// What a console is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scene {
    /// No call.
    #[default]
    Idle,
    /// A call rings.
    Rings,
    /// It was answered and is being connected.
    Joins,
    /// They talk.
    Talks,
    /// They call somebody, who has not answered.
    CallsOut,
    /// They are in a call, and the phone of this tab is not.
    Apart,
    /// The call is being ended.
    Ends,
    /// They write down what it was about.
    WrapsUp,
}

impl Scene {
    /// The scene as one word, for tests and style sheets.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Rings => "rings",
            Self::Joins => "joins",
            Self::Talks => "talks",
            Self::CallsOut => "calls-out",
            Self::Apart => "apart",
            Self::Ends => "ends",
            Self::WrapsUp => "wraps-up",
        }
    }

    /// What stands over it.
    #[must_use]
    pub const fn headline(self) -> &'static str {
        match self {
            Self::Idle => "No call",
            Self::Rings => "Incoming call",
            Self::Joins => "Connecting…",
            Self::Talks => "In a call",
            Self::CallsOut => "Calling…",
            Self::Apart => "Your call",
            Self::Ends => "Ending…",
            Self::WrapsUp => "After the call",
        }
    }
}

impl AtDesk {
    /// What a console is about. The phone hears of its own calls before the server's news of them come, and the server
    /// knows of calls that this tab's phone lost.
    #[must_use]
    pub fn of(doing: &Doing, phone: &Softphone) -> Self {
        let call = doing.call().map(str::to_owned);
        let live = || phone.calls.iter().rev().filter(|call| call.is_live());
        let same = live().find(|live| match (live.of_call(), doing.call()) {
            (Some(said), Some(known)) => said == known,
            (None, Some(_)) => doing.is_calling_out(),
            (_, None) => false,
        });
        let found = same.or_else(|| live().next());
        let scene = match (doing, found) {
            (Doing::WrapUp(wrapping), Some(found)) if found.of_call() == Some(&wrapping.call) => {
                Scene::WrapsUp
            }
            (Doing::Call(mine), Some(_)) if mine.state == CallState::Ending => Scene::Ends,
            (_, Some(found)) => Scene::of_phone(found),
            (Doing::Nothing, None) => Scene::Idle,
            (Doing::Rung(rung), None) if rung.again => Scene::Apart,
            (Doing::Rung(_), None) => Scene::Rings,
            (Doing::Call(mine), None) => match mine.state {
                CallState::Talking | CallState::CallingOut if has_ended(phone, mine) => Scene::Ends,
                CallState::Talking | CallState::Lost | CallState::CallingOut => Scene::Apart,
                CallState::Ending => Scene::Ends,
            },
            (Doing::WrapUp(_), None) => Scene::WrapsUp,
        };
        let is_shown = scene != Scene::WrapsUp;
        Self {
            scene,
            call: call.filter(|_| same.is_some() || found.is_none()),
            key: found.map(|call| call.key).filter(|_| is_shown),
        }
    }
}

/// Whether the phone just saw the call end as calls do, of which the server will hear in a moment.
fn has_ended(phone: &Softphone, mine: &MyCall) -> bool {
    phone.calls.iter().any(|call| {
        let is_same = call.of_call().is_none_or(|said| said == mine.call);
        let has_ended = match &call.stage {
            CallStage::Over { end, .. } => *end == CallEnd::EndedThere || *end == CallEnd::HungUp,
            CallStage::Ringing(_)
            | CallStage::Answering(_)
            | CallStage::Calling(_)
            | CallStage::RingingThere(_)
            | CallStage::Talking(_)
            | CallStage::Reconnecting(_) => false,
        };
        is_same && has_ended
    })
}

impl Scene {
    fn of_phone(call: &Softcall) -> Self {
        if call.is_ending() && !matches!(call.stage, CallStage::Ringing(_)) {
            return Self::Ends;
        }
        match call.stage {
            CallStage::Ringing(_) => Self::Rings,
            CallStage::Answering(_) => Self::Joins,
            CallStage::Calling(_) | CallStage::RingingThere(_) => Self::CallsOut,
            CallStage::Talking(_) | CallStage::Reconnecting(_) => Self::Talks,
            CallStage::Over { .. } => Self::Idle,
        }
    }
}

impl Doing {
    /// The call that it is about.
    #[must_use]
    pub fn call(&self) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Rung(rung) => Some(&rung.call),
            Self::Call(mine) => Some(&mine.call),
            Self::WrapUp(wrapping) => Some(&wrapping.call),
        }
    }

    /// Who is, or was, at the other end.
    #[must_use]
    pub fn caller(&self) -> Option<&CallerView> {
        match self {
            Self::Nothing => None,
            Self::Rung(rung) => Some(&rung.caller),
            Self::Call(mine) => Some(&mine.caller),
            Self::WrapUp(wrapping) => Some(&wrapping.caller),
        }
    }

    /// On which line, by its name.
    #[must_use]
    pub fn line_name(&self) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Rung(rung) => Some(&rung.line_name),
            Self::Call(mine) => Some(&mine.line_name),
            Self::WrapUp(wrapping) => Some(&wrapping.line_name),
        }
    }

    /// Earlier calls of the same caller, latest first.
    #[must_use]
    pub fn earlier(&self) -> &[EarlierCall] {
        match self {
            Self::Nothing | Self::WrapUp(_) => &[],
            Self::Rung(rung) => &rung.earlier,
            Self::Call(mine) => &mine.earlier,
        }
    }

    /// Whether they called somebody.
    #[must_use]
    pub fn is_calling_out(&self) -> bool {
        match self {
            Self::Call(mine) => mine.state == CallState::CallingOut,
            Self::Nothing | Self::Rung(_) | Self::WrapUp(_) => false,
        }
    }
}

/// What is said to those who do not see it: what happens to calls first, then the phone itself.
#[must_use]
pub fn announcement(doing: &Doing, phone: &Softphone) -> String {
    let at = AtDesk::of(doing, phone);
    let Some((caller, line)) = at.call.as_ref().and(doing.caller().zip(doing.line_name())) else {
        return phone.announcement();
    };
    let other = &caller.label;
    let is_muted = at.key.and_then(|key| phone.call(key));
    let is_muted = is_muted.is_some_and(|call| call.is_muted);
    let words = match at.scene {
        Scene::Rings => {
            let why = doing.handed().map(|handed| format!(" {}", handed.words()));
            format!(
                "{other} calls on the line {line}.{} Answer or decline.",
                why.unwrap_or_default()
            )
        }
        Scene::Joins => format!("Connecting with {other}."),
        Scene::Talks if doing.is_held() => format!("{other} is on hold."),
        Scene::Talks if is_muted => format!("{other} does not hear you: muted."),
        Scene::Talks => format!("You are connected with {other}."),
        Scene::Apart => format!("Your connection with {other} is interrupted."),
        Scene::Ends => format!("The call with {other} is being ended."),
        Scene::WrapsUp => format!("The call with {other} is over. Write down what it was about."),
        Scene::Idle | Scene::CallsOut => phone.announcement(),
    };
    match doing.handing_over() {
        Some(handing) if at.scene == Scene::Talks => format!("{handing} {words}"),
        Some(_) | None => words,
    }
}

impl Doing {
    /// Whether the caller is on hold.
    fn is_held(&self) -> bool {
        match self {
            Self::Call(mine) => mine.hold.is_meant_on(),
            Self::Nothing | Self::Rung(_) | Self::WrapUp(_) => false,
        }
    }
}

mod handing;

#[cfg(test)]
mod tests;
