//! Handing a caller over: what the form says, what those who are in the call see, and whom there is to hand over to.

use exchange::{CallSid, PartyAct, TeamId, TransferAct, TransferKind, UserName};
use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::floor::{Floor, HoldState, StandingView};
use crate::tone::Tone;

/// The longest note for whoever takes the caller, in characters.
pub const LONGEST_NOTE: usize = 500;

/// To whom and how a caller is to be handed over, as the form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HandOverForm {
    /// The call.
    pub call: String,
    /// How, by the word of a [`TransferKind`]: `warm consult cold`.
    pub kind: String,
    /// To what: `agent queue number`.
    pub target: String,
    /// The user name, where it is an agent.
    pub agent: String,
    /// The team, where it is a queue.
    pub team: String,
    /// The number as it was typed, where it is one.
    pub number: String,
    /// What they are to know before they answer.
    pub note: String,
}

/// A [`HandOverForm`] whose fields make sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// The call.
    pub call: CallSid,
    /// How.
    pub kind: TransferKind,
    /// To whom.
    pub to: To,
    /// What they are to know before they answer; may be empty.
    pub note: String,
}

/// To whom a caller is to be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// An agent.
    Agent(UserName),
    /// Whoever of a team is free first.
    Queue(TeamId),
    /// A telephone, by its number as it was typed.
    Number(String),
}

/// A transfer that is under way, as whoever is in the call, or is rung first, sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferView {
    /// What it is to whoever looks.
    pub mine: TransferPart,
    /// How, by the word of a [`TransferKind`].
    pub kind: String,
    /// How far it is, by a word that stays the same for ever:
    /// `preparing seeking ringing briefing swapped three_way`.
    pub step: String,
    /// The same as a sentence.
    pub text: String,
    /// The name of whoever hands over.
    pub by: String,
    /// The name of whom it is to; a telephone's number as people read it.
    pub to: String,
    /// What was written for them.
    pub note: String,
    /// Since when.
    pub since_ms: i64,
    /// Which buttons change something now, in their order.
    pub acts: Vec<TransferAct>,
    /// Whom a swap turns to, where there is one: `the caller`, or the target's name.
    pub swap_to: Option<String>,
}

/// What a transfer is to whoever looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferPart {
    /// They hand over.
    By,
    /// The caller is handed over to them.
    To,
    /// They are in the call besides.
    Beside,
}

/// A transfer that is over, as the one who began it sees it until the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastTransferView {
    /// How it ended, as a sentence: the reason.
    pub text: String,
    /// How that is to be taken.
    pub tone: Tone,
    /// When.
    pub at_ms: i64,
}

/// From whom an agent has, or is to have, a caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedView {
    /// The name of whoever hands over.
    pub by: String,
    /// How, by the word of a [`TransferKind`].
    pub kind: String,
    /// Why and how, as a sentence.
    pub text: String,
    /// What they wrote; may be empty.
    pub note: String,
}

/// One leg of a call, as an agent in it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyView {
    /// The leg.
    pub leg: String,
    /// Whose it is.
    pub who: PartyIs,
    /// Their name or number, for people.
    pub label: String,
    /// Whether they are on hold.
    pub hold: HoldState,
    /// Whether they are muted, or about to be.
    pub muted: bool,
    /// What may be done to them now.
    pub acts: Vec<PartyAct>,
}

/// Whose leg a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyIs {
    /// The caller's.
    Caller,
    /// Of whoever looks.
    Me,
    /// Another agent's.
    Agent,
    /// A telephone's.
    Telephone,
}

/// A colleague to hand a caller over to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Their user name.
    pub user: String,
    /// Their name.
    pub name: String,
    /// How they stand.
    pub standing: StandingView,
    /// Why they cannot be rung, in words; nothing where they can.
    pub cannot: Option<String>,
}

/// A team to whose queue a caller can be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueChoice {
    /// The team.
    pub team: String,
    /// How many wait for it.
    pub waiting: u32,
    /// Since when the one has waited who has waited longest.
    pub longest_since_ms: Option<i64>,
    /// How many of it a call could ring at.
    pub free: u32,
}

impl HandOverForm {
    /// What was asked for.
    ///
    /// # Errors
    /// One for each field that makes no sense.
    pub fn parse(&self) -> Result<HandOver, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, words: &str| errors.push(FieldError::new(field, words));
        let call = CallSid::parse(&self.call).ok();
        if call.is_none() {
            wrong("call", "Choose a call of yours.");
        }
        let kind = TransferKind::parse(&self.kind);
        if kind.is_none() {
            wrong("kind", "Choose how to hand the caller over.");
        }
        let note = self.note.trim();
        if note.chars().count() > LONGEST_NOTE {
            wrong("note", "Write at most 500 characters.");
        }
        let to = match self.target.as_str() {
            "agent" => UserName::parse(self.agent.trim())
                .map(To::Agent)
                .map_err(|_| ("agent", "Choose a colleague.")),
            "queue" => TeamId::parse(self.team.trim())
                .map(To::Queue)
                .map_err(|_| ("team", "Choose a team.")),
            "number" => match self.number.trim() {
                "" => Err(("number", "Enter a number.")),
                number => Ok(To::Number(number.to_owned())),
            },
            _ => Err(("target", "Choose a colleague, a team or a number.")),
        };
        if let Err((field, words)) = to {
            wrong(field, words);
        }
        match (call, kind, to) {
            (Some(call), Some(kind), Ok(to)) if errors.is_empty() => Ok(HandOver {
                call,
                kind,
                to,
                note: note.to_owned(),
            }),
            (_, _, _) => Err(errors),
        }
    }
}

impl Floor {
    /// Everybody but oneself to whom a caller could be handed over: who can be rung first, then by name.
    #[must_use]
    pub fn colleagues(&self, me: &str) -> Vec<Colleague> {
        let others = self.agents.iter().filter(|row| row.user != me);
        let mut colleagues: Vec<Colleague> = others
            .map(|row| Colleague {
                user: row.user.clone(),
                name: row.name.clone(),
                standing: row.standing.clone(),
                cannot: (row.standing.word != "available").then(|| row.standing.text()),
            })
            .collect();
        colleagues.sort_by_key(|one| one.cannot.is_some());
        colleagues
    }

    /// Every team that answers a line, in the order of the plan. Of a team with several lines, those are free who could be
    /// rung for the line named, which is the caller's.
    #[must_use]
    pub fn queues(&self, own_line: &str) -> Vec<QueueChoice> {
        let mut queues: Vec<QueueChoice> = Vec::new();
        for line in &self.lines {
            let known = queues.iter_mut().find(|queue| queue.team == line.team);
            match known {
                Some(queue) => {
                    queue.waiting += line.waiting;
                    let both = [queue.longest_since_ms, line.longest_since_ms];
                    queue.longest_since_ms = both.into_iter().flatten().min();
                    if line.name == own_line {
                        queue.free = line.free;
                    }
                }
                None => queues.push(QueueChoice {
                    team: line.team.clone(),
                    waiting: line.waiting,
                    longest_since_ms: line.longest_since_ms,
                    free: line.free,
                }),
            }
        }
        queues
    }
}

impl TransferView {
    /// A button's label.
    #[must_use]
    pub fn label(&self, act: TransferAct) -> String {
        match act {
            TransferAct::Cancel => "Cancel the transfer".to_owned(),
            TransferAct::Swap => {
                let other = self.swap_to.as_deref().unwrap_or("the other one");
                format!("Speak with {other}")
            }
            TransferAct::JoinAll => "Join all three".to_owned(),
            TransferAct::Complete => "Complete: leave the call".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
