//! What a decision about a call writes, and what becomes of it.

use std::fmt;
use std::sync::Arc;

use exchange::conference::{Gathering, Room, Stay};
use exchange::{Agent, Call, CallSid, Filed, Moment, TeamId};
use serde::Serializer;

use crate::floor::FloorChange;

/// How often a call has been changed; the first commit makes it 1, and 0 stands for a call that is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub i64);

/// How often the plan has been changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlanVersion(pub i64);

/// Names a row of the outbox.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EffectId {
    pub(crate) started_at: i64,
    pub(crate) call: CallSid,
    /// Its place among the call's effects; later ones have higher numbers.
    pub(crate) seq: i64,
}

impl fmt::Display for EffectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.call, self.seq)
    }
}

/// One step of a call, to be written whole or not at all.
#[derive(Clone, Debug)]
pub struct Change {
    /// The call as it stands after the step.
    pub call: Call,
    /// The version that the step was taken from; 0 when the call is believed to be new.
    pub was: Version,
    /// The plan that the step was taken with.
    pub plan: PlanVersion,
    /// The step's line in the journal.
    pub entry: Entry,
    /// What is to be done later, in order; at most 1,000.
    pub effects: Vec<NewEffect>,
    /// The row of the outbox whose outcome this is; it is removed with the step.
    pub settles: Option<EffectId>,
    /// The agents whom the step concerns, as they stand after it. One of them who has moved on
    /// meanwhile makes the whole change a conflict.
    pub agents: Vec<AgentChange>,
    /// What becomes of the call's row on the floor.
    pub floor: FloorChange,
    /// What is left for people to deal with.
    pub filed: Vec<Filed>,
    /// Whose agents answer the call's line; kept with what is filed.
    pub team: Option<TeamId>,
    /// The room that the step changed, as it stands after it. One that has moved on meanwhile makes the
    /// whole change a conflict.
    pub room: Option<RoomChange>,
}

/// A room of a conference line as it stands after a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomChange {
    /// The room.
    pub room: Room,
    /// The version that the step was taken from; 0 for one that was never written.
    pub was: Version,
    /// Stays that are over.
    pub stays: Vec<Stay>,
    /// The gathering, where it is over.
    pub over: Option<Gathering>,
}

/// An agent as they stand after a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentChange {
    /// The agent.
    pub agent: Agent,
    /// The version that the step was taken from; 0 for one who was never written.
    pub was: Version,
}

/// A line of the journal. One without an event leaves no row: what set it off is over as soon as it happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// When it happened.
    pub at: Moment,
    /// What tells a repeated delivery of the same webhook; no two entries of a call have the same.
    pub identity: Option<String>,
    /// What was decided, in plain words.
    pub lines: Vec<String>,
    /// What set it off, such as `POST /callcongress/welcome`.
    pub event: String,
    /// The webhook's parameters.
    pub request: Request,
    /// The TwiML that answers.
    pub document: Option<String>,
}

/// A webhook's parameters in order, as the journal keeps them; cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request(pub(crate) Arc<str>);

impl Default for Request {
    fn default() -> Self {
        Self("[]".into())
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Request {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(pairs: I) -> Self {
        let mut json = Vec::with_capacity(1024);
        serde_json::Serializer::new(&mut json)
            .collect_seq(pairs)
            .expect("pairs of texts can be written as JSON");
        Self(String::from_utf8(json).expect("JSON is text").into())
    }
}

impl Request {
    /// The same, with another text in the place of whatever was sent under a name.
    #[must_use]
    pub fn masked(&self, name: &str, mask: &str) -> Self {
        let pairs: Vec<(String, String)> = serde_json::from_str(&self.0).unwrap_or_default();
        pairs
            .iter()
            .map(|(own, value)| match value.as_str() {
                "" => (own.as_str(), ""),
                _ if own == name => (own.as_str(), mask),
                value => (own.as_str(), value),
            })
            .collect()
    }
}

/// Something to be done later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEffect {
    /// Which kind of thing, as a word.
    pub kind: String,
    /// The thing itself, as JSON.
    pub payload: String,
    /// Not before this moment.
    pub due: Moment,
    /// The effects of a call in one lane are done one after the other; one without a lane is done
    /// when it is due.
    pub lane: Option<String>,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commit {
    /// It is written, and this is the call's version.
    Committed(Version),
    /// The call has moved on: load it and decide again.
    Conflict,
    /// The plan has moved on to this version: load it and decide again.
    StalePlan(PlanVersion),
    /// The same webhook or outcome was written before; a webhook was answered with this document.
    Duplicate {
        /// The TwiML of the first delivery, where it had any.
        document: Option<String>,
    },
}
