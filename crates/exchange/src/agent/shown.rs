//! What others see of an agent.

use super::{Agent, AwayReason, Chosen, Duty, Presence, WhyNot};
use crate::Moment;

/// What an agent is shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A call may ring at them.
    Available,
    /// A call rings at them.
    Ringing,
    /// They talk.
    OnCall,
    /// They write down what the call was about.
    WrapUp,
    /// At work and takes no calls.
    Away(AwayReason),
    /// Was rung in vain.
    NotResponding(WhyNot),
    /// Not at work, or not to be reached.
    Offline,
}

/// An agent as others see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What they are.
    pub shown: Shown,
    /// Since when.
    pub since: Moment,
    /// What keeps them from being what they chose, in words.
    pub why: Option<&'static str>,
}

impl Shown {
    /// A short word that stays the same for ever.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Ringing => "ringing",
            Self::OnCall => "on-call",
            Self::WrapUp => "wrap-up",
            Self::Away(_) => "away",
            Self::NotResponding(_) => "not-responding",
            Self::Offline => "offline",
        }
    }

    /// The state in plain words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Available => "Available",
            Self::Ringing => "Ringing",
            Self::OnCall => "On call",
            Self::WrapUp => "Wrap-up",
            Self::Away(reason) => Chosen::Away(reason).label(),
            Self::NotResponding(_) => "Not responding",
            Self::Offline => "Offline",
        }
    }
}

/// What an agent is shown as at a moment.
#[must_use]
pub fn shown(agent: &Agent, presence: &Presence, now: Moment) -> Standing {
    let agent = agent.at(now);
    let free_since = agent.chosen_at.max(agent.idle_since);
    let (shown, since, why) = match (&agent.duty, agent.chosen) {
        (Duty::Ringing { since, .. }, _) => (Shown::Ringing, *since, None),
        (Duty::OnCall { since, .. }, _) => (Shown::OnCall, *since, None),
        (Duty::Lost { since, .. }, _) => (Shown::OnCall, *since, Some("connection lost")),
        (Duty::WrapUp { since, .. }, _) => (Shown::WrapUp, *since, None),
        (Duty::Free | Duty::NotResponding { .. }, Chosen::Offline) => {
            (Shown::Offline, agent.chosen_at, None)
        }
        (Duty::Free | Duty::NotResponding { .. }, Chosen::Away(reason)) => {
            (Shown::Away(reason), agent.chosen_at, None)
        }
        (Duty::NotResponding { since, why }, Chosen::Available) => {
            (Shown::NotResponding(*why), *since, Some(why.label()))
        }
        (Duty::Free, Chosen::Available) => match (&agent.elsewhere, presence.trouble(now)) {
            (Some(elsewhere), _) => {
                let label = elsewhere.what.label();
                (Shown::OnCall, elsewhere.since, Some(label))
            }
            (None, None) => (Shown::Available, free_since, None),
            (None, Some(why)) => (
                Shown::Offline,
                presence.answered.unwrap_or(agent.chosen_at),
                Some(why),
            ),
        },
    };
    Standing { shown, since, why }
}
