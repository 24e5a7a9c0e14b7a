//! How an agent stands, in the forms that pages show.

use exchange::{Shown, Standing};
use serde::{Deserialize, Serialize};

use crate::tone::Tone;

/// How an agent stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingView {
    /// A word that stays the same for ever: `available ringing on-call wrap-up away not-responding offline`.
    pub word: String,
    /// The same for people.
    pub label: String,
    /// How it is to be taken.
    pub tone: Tone,
    /// Since when, in milliseconds since 1970 UTC.
    pub since_ms: i64,
    /// What keeps them from being what they chose, in words.
    pub why: Option<String>,
}

impl StandingView {
    /// The label with the reason: `Offline: phone not registered`.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.why {
            Some(why) => format!("{}: {why}", self.label),
            None => self.label.clone(),
        }
    }
}

impl From<&Standing> for StandingView {
    fn from(standing: &Standing) -> Self {
        Self {
            word: standing.shown.word().to_owned(),
            label: standing.shown.label().to_owned(),
            tone: Tone::of_agent(standing),
            since_ms: standing.since.0,
            why: standing.why.map(str::to_owned),
        }
    }
}

impl Tone {
    /// The tone of an agent's standing. Somebody who chose to take calls and cannot be rung wants looking at.
    #[must_use]
    pub fn of_agent(standing: &Standing) -> Self {
        match standing.shown {
            Shown::Available => Self::Good,
            Shown::Ringing => Self::Live,
            Shown::OnCall if standing.why.is_some() => Self::Bad,
            Shown::OnCall => Self::Live,
            Shown::NotResponding(_) => Self::Bad,
            Shown::Offline if standing.why.is_some() => Self::Bad,
            Shown::WrapUp | Shown::Away(_) | Shown::Offline => Self::Quiet,
        }
    }
}
