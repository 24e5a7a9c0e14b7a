//! What concerns one agent: how they stand, the call they are busy with, and the calls before it.

use exchange::{Chosen, Switch};
use serde::{Deserialize, Serialize};

use super::StandingView;
use crate::error::FieldError;
use crate::tone::Tone;
use crate::transfer::{HandedView, PartyView, PastTransferView, TransferView};
use crate::watch::{WatchView, WatcherView};

/// What concerns whoever looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyDesk {
    /// Their user name.
    pub user: String,
    /// What they chose, by its word among [`status_choices`].
    pub chosen: String,
    /// What they will be after the call, by its word.
    pub next: Option<String>,
    /// How others see them.
    pub standing: StandingView,
    /// What they are busy with.
    pub doing: Doing,
    /// Their latest calls, latest first.
    pub recent: Vec<RecentCall>,
    /// The call of somebody else's in whose room their leg is.
    #[serde(default)]
    pub watching: Option<WatchView>,
}

/// What an agent is busy with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// Nothing.
    #[default]
    Nothing,
    /// A call rings.
    Rung(Box<Rung>),
    /// They are in a call.
    Call(Box<MyCall>),
    /// They write down what a call was about.
    WrapUp(Box<WrappingUp>),
}

/// Who is at the other end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallerView {
    /// The number or the name, for people.
    pub label: String,
    /// The number to call back, E.164; nothing where there is none.
    pub number: Option<String>,
    /// Where from, as the carrier reported it; may be empty.
    pub place: String,
}

/// A call that rings at an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// The call.
    pub call: String,
    /// Which offer of it.
    pub offer: u32,
    /// Who calls.
    pub caller: CallerView,
    /// On which line, by its name.
    pub line_name: String,
    /// Since when it rings.
    pub since_ms: i64,
    /// Since when the caller has waited.
    pub waiting_since_ms: i64,
    /// Whether the agent had this caller and lost them: the phone joins by itself.
    pub again: bool,
    /// From whom the caller comes, where somebody hands them over.
    #[serde(default)]
    pub handed: Option<HandedView>,
    /// Earlier calls of the same caller, latest first.
    pub earlier: Vec<EarlierCall>,
}

/// An earlier call of a caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierCall {
    /// The call.
    pub sid: String,
    /// When it began.
    pub at_ms: i64,
    /// On which line, by its name.
    pub line_name: String,
    /// How it ended, as a sentence.
    pub text: String,
    /// How that is to be taken.
    pub tone: Tone,
    /// What agents noted about it.
    pub notes: Vec<String>,
}

/// The call that an agent is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyCall {
    /// The call.
    pub call: String,
    /// Who is at the other end.
    pub caller: CallerView,
    /// On which line, by its name.
    pub line_name: String,
    /// How far it is.
    pub state: CallState,
    /// Since when they talk.
    pub since_ms: i64,
    /// Whether the caller is on hold.
    pub hold: HoldState,
    /// The names of other agents who are in.
    pub others: Vec<String>,
    /// Who is in, the caller first; nothing for a call that they made.
    #[serde(default)]
    pub parties: Vec<PartyView>,
    /// Whether they may hand the caller over now.
    #[serde(default)]
    pub may_hand_over: bool,
    /// The beginnings of the numbers to which the line lets a caller be handed over.
    #[serde(default)]
    pub dials: Vec<String>,
    /// The transfer that is under way.
    #[serde(default)]
    pub transfer: Option<TransferView>,
    /// The last transfer that they began in this call, where it came to nothing.
    #[serde(default)]
    pub failed: Option<PastTransferView>,
    /// From whom they have, or are to have, the caller.
    #[serde(default)]
    pub handed: Option<HandedView>,
    /// Who listens, coaches or speaks in it, as far as the line shows it.
    #[serde(default)]
    pub watchers: Vec<WatcherView>,
    /// Since when they ask for help in it.
    #[serde(default)]
    pub help_since_ms: Option<i64>,
    /// Earlier calls of the same caller, latest first.
    pub earlier: Vec<EarlierCall>,
}

/// How far an agent's call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// They talk with the caller.
    Talking,
    /// Their connection went; the caller hears music and is kept for them for a while.
    Lost,
    /// The call is being ended.
    Ending,
    /// They called somebody: holding is not for such a call.
    CallingOut,
}

/// Whether a caller is on hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldState {
    /// They are not.
    #[default]
    Off,
    /// The carrier was asked to put them on hold.
    TurningOn,
    /// They are, and hear music.
    On,
    /// The carrier was asked to take them off.
    TurningOff,
}

/// A call that an agent writes about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappingUp {
    /// The call.
    pub call: String,
    /// Who was at the other end.
    pub caller: CallerView,
    /// On which line, by its name.
    pub line_name: String,
    /// Since when they write.
    pub since_ms: i64,
    /// When it passes by itself; nothing once they took more time.
    pub until_ms: Option<i64>,
}

/// One of an agent's latest calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentCall {
    /// The call.
    pub sid: String,
    /// Who was at the other end.
    pub caller: CallerView,
    /// On which line, by its name.
    pub line_name: String,
    /// When it reached them, or they made it.
    pub at_ms: i64,
    /// Whether they called.
    pub called_out: bool,
    /// What came of it, for people: `Talked`, `did not answer`, …
    pub text: String,
    /// How that is to be taken.
    pub tone: Tone,
}

/// A status to choose: its word and its label.
pub type StatusChoice = (&'static str, &'static str);

/// Every status there is to choose, in the order of menus.
#[must_use]
pub fn status_choices() -> [StatusChoice; 7] {
    Chosen::ALL.map(|chosen| (chosen.word(), chosen.label()))
}

/// The status of a word that somebody sent in the field `status`.
///
/// # Errors
/// What to do about it, where it is none.
pub fn chosen(word: &str) -> Result<Chosen, Vec<FieldError>> {
    Chosen::parse(word)
        .ok_or_else(|| vec![FieldError::new("status", "Choose one of the statuses.")])
}

impl HoldState {
    /// Whether the caller is on hold, or about to be.
    #[must_use]
    pub const fn is_meant_on(self) -> bool {
        match self {
            Self::TurningOn | Self::On => true,
            Self::Off | Self::TurningOff => false,
        }
    }

    /// The state for people; nothing while they talk.
    #[must_use]
    pub const fn label(self) -> Option<&'static str> {
        match self {
            Self::Off => None,
            Self::TurningOn => Some("Being put on hold…"),
            Self::On => Some("On hold"),
            Self::TurningOff => Some("Being taken off hold…"),
        }
    }
}

impl From<Switch> for HoldState {
    fn from(switch: Switch) -> Self {
        match switch {
            Switch::Off => Self::Off,
            Switch::TurningOn => Self::TurningOn,
            Switch::On => Self::On,
            Switch::TurningOff => Self::TurningOff,
        }
    }
}
