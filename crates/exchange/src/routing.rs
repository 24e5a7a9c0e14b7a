//! Who is rung for whom: the waiting order, and the longest idle agent of the team who speaks the line's language.

use std::collections::BTreeSet;

use crate::{Agent, CallSid, Language, Moment, Presence, Priority, TeamId, UserName};

/// A caller who waits and is not being offered to anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// The call.
    pub call: CallSid,
    /// Whose agents answer.
    pub team: TeamId,
    /// The language of their line; nothing when it is not known, and then anybody will do.
    pub language: Option<Language>,
    /// Whether they come before others.
    pub priority: Priority,
    /// Since when they wait.
    pub queued: Moment,
    /// The agent who lost them, who alone may take them for a while.
    pub first: Option<UserName>,
    /// Who hands them over, and is the one person not to be rung for them.
    pub by: Option<UserName>,
    /// Not to be offered before this moment.
    pub not_before: Moment,
}

/// An agent with what their consoles tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The agent.
    pub agent: Agent,
    /// What their consoles tell.
    pub presence: Presence,
}

/// A caller and the agent to be rung for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The call.
    pub call: CallSid,
    /// Who.
    pub agent: UserName,
    /// Their name.
    pub name: String,
}

/// The order in which callers are served: those who had somebody already, then who came first.
pub fn sort(waiting: &mut [Queued]) {
    waiting.sort_by(|a, b| key(a).cmp(&key(b)));
}

fn key(queued: &Queued) -> (Priority, Moment, &CallSid) {
    (queued.priority, queued.queued, &queued.call)
}

/// A call's place among those who wait for its team, from 1.
#[must_use]
pub fn place(waiting: &[Queued], call: &CallSid) -> Option<u32> {
    let own = waiting.iter().find(|queued| queued.call == *call)?;
    let before = waiting
        .iter()
        .filter(|other| other.team == own.team && key(other) < key(own))
        .count();
    u32::try_from(before).ok()?.checked_add(1)
}

/// Whether a call of a team, in a language, may ring at somebody; where the language is not known, anybody will do.
#[must_use]
pub fn may_ring(
    agent: &Agent,
    presence: &Presence,
    (team, language): (&TeamId, Option<Language>),
    now: Moment,
) -> bool {
    language.is_none_or(|language| agent.speaks(language)) && agent.can_take(team, presence, now)
}

/// Who is to be rung for whom now, in the order of the queue; nobody twice. It only proposes: each
/// pair is brought to its call as [`crate::SupportEvent::Offer`], which may be refused.
#[must_use]
pub fn pair(waiting: &[Queued], agents: &[Candidate], now: Moment) -> Vec<Pair> {
    let mut order: Vec<&Queued> = waiting.iter().collect();
    order.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut idle: Vec<Candidate> = agents.to_vec();
    for candidate in &mut idle {
        candidate.agent = candidate.agent.at(now);
    }
    idle.sort_by(|a, b| {
        (a.agent.idle_since, &a.agent.user).cmp(&(b.agent.idle_since, &b.agent.user))
    });
    let mut taken = BTreeSet::new();
    let mut pairs = Vec::new();
    for queued in order.into_iter().filter(|queued| queued.not_before <= now) {
        let fits = |candidate: &&Candidate| match &queued.first {
            Some(first) => {
                candidate.agent.user == *first
                    && candidate
                        .agent
                        .can_take_back(&queued.call, &candidate.presence, now)
            }
            None => {
                let Candidate { agent, presence } = candidate;
                queued.by.as_ref() != Some(&agent.user)
                    && may_ring(agent, presence, (&queued.team, queued.language), now)
            }
        };
        let found = idle
            .iter()
            .filter(|candidate| !taken.contains(&candidate.agent.user))
            .find(fits);
        if let Some(candidate) = found {
            taken.insert(candidate.agent.user.clone());
            pairs.push(Pair {
                call: queued.call.clone(),
                agent: candidate.agent.user.clone(),
                name: candidate.agent.name.clone(),
            });
        }
    }
    pairs
}

/// When to look again though nothing is told: somebody's wrap-up passes, or a caller may be offered
/// again.
#[must_use]
pub fn looks_again_at(waiting: &[Queued], agents: &[Candidate], now: Moment) -> Option<Moment> {
    let callers = waiting.iter().map(|queued| queued.not_before);
    let people = agents.iter().filter_map(|one| one.agent.changes_at());
    callers.chain(people).filter(|at| *at > now).min()
}
