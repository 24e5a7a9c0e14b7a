//! What of a live support call the board, the queue and the dispatcher need: one row.

use super::{Priority, Stage, Support, Target, Transfer, TransferStep};
use crate::{Moment, TeamId, UserName};

/// What the board, the queue and the dispatcher need to know of a live support call: one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FloorRow {
    /// Whose agents answer; nothing when the line is no support line any more.
    pub team: Option<TeamId>,
    /// A word for the stage: `arrived waiting offered talking outside turned_away asked recording
    /// ending survey`; `seeking` for a talk that is to be handed over to whoever of the team is free;
    /// `calling_out` for a call that somebody of ours makes.
    pub stage: &'static str,
    /// Since when the stage's part of the call lasts: the wait, or the talk.
    pub since: Moment,
    /// For the order of the queue.
    pub queued: Moment,
    /// For the order of the queue.
    pub priority: Priority,
    /// Who rings or talks, or is to be rung first.
    pub agent: Option<UserName>,
    /// Not to be offered before this moment.
    pub not_before: Moment,
    /// How many legs there are beside the caller's own, or are about to be.
    pub legs: u32,
}

impl Support {
    pub(crate) fn row(&self, team: Option<TeamId>) -> FloorRow {
        let (since, agent, not_before) = match &self.stage {
            Stage::Arrived | Stage::TurnedAway(_) | Stage::Asked(_) | Stage::Recording => {
                (self.waiting_since, None, Moment(0))
            }
            Stage::Waiting(waiting) => (
                self.waiting_since,
                waiting.first.clone(),
                waiting.not_before,
            ),
            Stage::Offered { offer } => {
                let offer = self.offer(*offer);
                (
                    self.waiting_since,
                    offer.map(|offer| offer.agent.clone()),
                    Moment(0),
                )
            }
            Stage::Talking { agent, since, .. } => (*since, Some(agent.clone()), Moment(0)),
            Stage::Outside { since, .. } => (*since, None, Moment(0)),
            Stage::Ending(ending) => (ending.since, Some(ending.by.clone()), Moment(0)),
            Stage::Survey { .. } => (self.room.led_at, None, Moment(0)),
        };
        let legs = u32::try_from(self.other_legs()).unwrap_or(u32::MAX);
        let seeks = self.transfer.as_ref().and_then(|transfer| match transfer {
            Transfer {
                target: Target::Queue { team },
                step: TransferStep::Seeking { not_before },
                ..
            } => Some((team, *not_before)),
            Transfer { .. } => None,
        });
        if let (Stage::Talking { .. }, Some((team, not_before))) = (&self.stage, seeks) {
            return FloorRow {
                team: Some(team.clone()),
                stage: "seeking",
                since,
                queued: self.queued,
                priority: Priority::Front,
                agent,
                not_before,
                legs,
            };
        }
        FloorRow {
            team: self.team.clone().or(team),
            stage: self.stage.word(),
            since,
            queued: self.queued,
            priority: self.priority,
            agent,
            not_before,
            legs,
        }
    }
}
