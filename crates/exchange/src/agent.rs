//! A person who takes calls: what they chose, what they do, and whether they can be rung.

mod elsewhere;
mod shown;
mod step;
mod take_over;
mod taken_off;

use serde::{Deserialize, Serialize};

pub use elsewhere::{Elsewhere, Occupation};
pub use shown::{Shown, Standing, shown};
pub use step::{AgentEvent, AgentRefusal, AgentStep};
pub use take_over::Unanswered;

use crate::{CallSid, Language, Moment, TeamId, UserName};

/// How long a console may be silent before it counts as gone.
pub const ANSWERED_WITHIN_MS: i64 = 15_000;

/// A person who takes calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// Who they are, also for the carrier.
    pub user: UserName,
    /// Their name for people.
    pub name: String,
    /// The teams whose calls they take.
    pub teams: Vec<TeamId>,
    /// The languages they speak with callers; all where none is named.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// What they chose to be.
    pub chosen: Chosen,
    /// Since when.
    pub chosen_at: Moment,
    /// What they will be after the call.
    pub next: Option<Chosen>,
    /// What they do.
    pub duty: Duty,
    /// Since when they have had nothing to do; the longest idle is rung first.
    pub idle_since: Moment,
    /// The call in which their phone is though it was never offered to them: none rings at it meanwhile.
    #[serde(default)]
    pub elsewhere: Option<Elsewhere>,
    /// What they did not respond to before they took a call over.
    #[serde(default)]
    pub unanswered: Option<Unanswered>,
}

/// What an agent chose to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// Takes calls.
    Available,
    /// At work and takes none.
    Away(AwayReason),
    /// Not at work.
    Offline,
}

/// Why an agent is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwayReason {
    /// A short break.
    Break,
    /// A meal.
    Meal,
    /// A meeting.
    Meeting,
    /// A training.
    Training,
    /// Anything else.
    Other,
}

/// What an agent does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Nothing.
    Free,
    /// A call rings at them.
    Ringing {
        /// Which.
        call: CallSid,
        /// Which offer of it.
        offer: u32,
        /// Since when.
        since: Moment,
    },
    /// They talk.
    OnCall {
        /// In which call.
        call: CallSid,
        /// Since when.
        since: Moment,
    },
    /// Their leg went without a hang-up; the call is kept for them for a while.
    Lost {
        /// Which call.
        call: CallSid,
        /// Since when.
        since: Moment,
    },
    /// They write down what a call was about.
    WrapUp {
        /// Which call.
        call: CallSid,
        /// Since when.
        since: Moment,
        /// When it passes by itself; nothing when only they end it.
        until: Option<Moment>,
    },
    /// They were rung in vain, and are not rung again until they say otherwise.
    NotResponding {
        /// Since when.
        since: Moment,
        /// What became of the offer.
        why: WhyNot,
    },
}

/// Why an offer did not reach an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// They did not answer in time.
    Missed,
    /// They declined.
    Declined,
    /// Their browser could not be rung, or went.
    Unreachable,
}

/// What an agent's consoles tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    /// When one of them last answered.
    pub answered: Option<Moment>,
    /// Whether the phone of the one that owns it is registered with the carrier.
    pub registered: bool,
    /// Whether it may use the microphone.
    pub microphone: bool,
}

impl Chosen {
    /// Every status there is to choose, in the order menus show them.
    pub const ALL: [Self; 7] = [
        Self::Available,
        Self::Away(AwayReason::Break),
        Self::Away(AwayReason::Meal),
        Self::Away(AwayReason::Meeting),
        Self::Away(AwayReason::Training),
        Self::Away(AwayReason::Other),
        Self::Offline,
    ];

    /// A short word that stays the same for ever: for forms and the database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Away(AwayReason::Break) => "away-break",
            Self::Away(AwayReason::Meal) => "away-meal",
            Self::Away(AwayReason::Meeting) => "away-meeting",
            Self::Away(AwayReason::Training) => "away-training",
            Self::Away(AwayReason::Other) => "away-other",
            Self::Offline => "offline",
        }
    }

    /// The status of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|chosen| chosen.word() == word)
    }

    /// The status in plain words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Available => "Available",
            Self::Away(AwayReason::Break) => "Away: break",
            Self::Away(AwayReason::Meal) => "Away: meal",
            Self::Away(AwayReason::Meeting) => "Away: meeting",
            Self::Away(AwayReason::Training) => "Away: training",
            Self::Away(AwayReason::Other) => "Away",
            Self::Offline => "Offline",
        }
    }
}

impl WhyNot {
    /// The reason in plain words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Missed => "did not answer",
            Self::Declined => "declined",
            Self::Unreachable => "could not be reached",
        }
    }
}

impl Duty {
    /// The call they are busy with.
    #[must_use]
    pub const fn call(&self) -> Option<&CallSid> {
        match self {
            Self::Ringing { call, .. }
            | Self::OnCall { call, .. }
            | Self::Lost { call, .. }
            | Self::WrapUp { call, .. } => Some(call),
            Self::Free | Self::NotResponding { .. } => None,
        }
    }
}

impl Presence {
    /// Why a browser cannot be rung, in words; nothing when it can.
    #[must_use]
    pub fn trouble(&self, now: Moment) -> Option<&'static str> {
        let is_there = |answered: Moment| now.0.saturating_sub(answered.0) < ANSWERED_WITHIN_MS;
        if !self.answered.is_some_and(is_there) {
            Some("console silent")
        } else if !self.registered {
            Some("phone not registered")
        } else if !self.microphone {
            Some("microphone not allowed")
        } else {
            None
        }
    }
}

impl Agent {
    /// Somebody who has chosen nothing yet.
    #[must_use]
    pub const fn new(user: UserName, name: String, teams: Vec<TeamId>, now: Moment) -> Self {
        Self {
            user,
            name,
            teams,
            languages: Vec::new(),
            chosen: Chosen::Offline,
            chosen_at: now,
            next: None,
            duty: Duty::Free,
            idle_since: now,
            elsewhere: None,
            unanswered: None,
        }
    }

    /// The agent as they stand at a moment: a wrap-up whose time is over has passed by itself.
    #[must_use]
    pub fn at(&self, now: Moment) -> Self {
        let mut agent = self.clone();
        if let Duty::WrapUp {
            until: Some(until), ..
        } = agent.duty
            && until <= now
        {
            agent.rest(until);
        }
        agent
    }

    /// When something about them changes by itself.
    #[must_use]
    pub const fn changes_at(&self) -> Option<Moment> {
        match self.duty {
            Duty::WrapUp { until, .. } => until,
            Duty::Free
            | Duty::Ringing { .. }
            | Duty::OnCall { .. }
            | Duty::Lost { .. }
            | Duty::NotResponding { .. } => None,
        }
    }

    /// Whether they speak a language with callers.
    #[must_use]
    pub fn speaks(&self, language: Language) -> bool {
        self.languages.is_empty() || self.languages.contains(&language)
    }

    /// Whether a call of a team may ring at them.
    #[must_use]
    pub fn can_take(&self, team: &TeamId, presence: &Presence, now: Moment) -> bool {
        self.teams.contains(team) && self.trouble(presence, now).is_none()
    }

    /// Whether the call that they lost may ring at them again. What they chose meanwhile does not
    /// count: the caller is theirs.
    #[must_use]
    pub fn can_take_back(&self, lost: &CallSid, presence: &Presence, now: Moment) -> bool {
        matches!(&self.duty, Duty::Lost { call, .. } if call == lost)
            && presence.registered
            && presence.trouble(now) != Some("console silent")
    }

    /// Why no call may ring at them, in words.
    #[must_use]
    pub fn trouble(&self, presence: &Presence, now: Moment) -> Option<&'static str> {
        let agent = self.at(now);
        match (&agent.duty, agent.chosen) {
            (Duty::Ringing { .. }, _) => Some("another call is ringing"),
            (Duty::OnCall { .. } | Duty::Lost { .. }, _) => Some("on a call"),
            (Duty::WrapUp { .. }, _) => Some("in wrap-up"),
            (Duty::NotResponding { .. }, _) => Some("not responding"),
            (Duty::Free, Chosen::Away(_)) => Some("away"),
            (Duty::Free, Chosen::Offline) => Some("offline"),
            (Duty::Free, Chosen::Available) => match &agent.elsewhere {
                Some(elsewhere) => Some(elsewhere.what.trouble()),
                None => presence.trouble(now),
            },
        }
    }
}
