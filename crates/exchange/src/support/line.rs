//! What a support line is set to.

use serde::{Deserialize, Serialize};

use crate::TeamId;

/// What a support line is set to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportLine {
    /// Whose agents answer.
    pub team: TeamId,
    /// How long a call rings at one agent, in seconds.
    #[serde(default = "ring_seconds")]
    pub ring_seconds: u16,
    /// What callers meet while it is closed, or full.
    #[serde(default = "voicemail")]
    pub closed: Instead,
    /// How long a caller waits at most, in seconds.
    #[serde(default = "nobody_after_s")]
    pub nobody_after_s: u32,
    /// What they meet then.
    #[serde(default = "voicemail")]
    pub nobody: Instead,
    /// How often they are asked whether they wish to go on waiting, in seconds; never, where nothing
    /// is said.
    #[serde(default = "choices_after_s")]
    pub choices_after_s: Option<u32>,
    /// Whether they are told their place in the queue.
    #[serde(default = "yes")]
    pub tell_place: bool,
    /// How long an agent may write about a call afterwards, in seconds.
    #[serde(default = "wrap_up_s")]
    pub wrap_up_s: u32,
    /// Whether callers are asked two questions after the call.
    #[serde(default)]
    pub survey: bool,
    /// How many may wait at once; any number, where nothing is said.
    #[serde(default)]
    pub queue_limit: Option<u32>,
    /// Whether an agent sees who listens to their call. Whoever is heard is always shown.
    #[serde(default = "yes")]
    pub watchers_shown: bool,
}

/// What a caller meets instead of an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instead {
    /// They may leave a message.
    Voicemail,
    /// They may ask to be called back.
    Callback,
    /// They are asked to call again.
    Goodbye,
}

const fn ring_seconds() -> u16 {
    20
}

const fn voicemail() -> Instead {
    Instead::Voicemail
}

const fn nobody_after_s() -> u32 {
    600
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the field is optional, and serde wants its type"
)]
const fn choices_after_s() -> Option<u32> {
    Some(120)
}

const fn yes() -> bool {
    true
}

const fn wrap_up_s() -> u32 {
    SupportLine::WRAP_UP_S
}

impl SupportLine {
    /// How long an agent may usually write about a call, in seconds.
    pub const WRAP_UP_S: u32 = 30;

    /// The usual settings for a team.
    #[must_use]
    pub const fn of(team: TeamId) -> Self {
        Self {
            team,
            ring_seconds: ring_seconds(),
            closed: voicemail(),
            nobody_after_s: nobody_after_s(),
            nobody: voicemail(),
            choices_after_s: choices_after_s(),
            tell_place: yes(),
            wrap_up_s: wrap_up_s(),
            survey: false,
            queue_limit: None,
            watchers_shown: yes(),
        }
    }
}
