//! How many agents a call of a line could ring at, by the rule by which they are rung.

use exchange::routing::may_ring;
use exchange::{Language, Moment, TeamId};
use store::KnownAgent;

/// Of a team, in a language or in whichever.
pub(super) fn free_for(
    agents: &[KnownAgent],
    team: &TeamId,
    language: Option<Language>,
    now: Moment,
) -> u32 {
    let free = agents
        .iter()
        .filter(|known| may_ring(&known.agent, &known.presence, (team, language), now));
    u32::try_from(free.count()).unwrap_or(u32::MAX)
}

/// A line's language, where agents of its team are free and none of them speaks it.
pub(super) fn unspoken(
    agents: &[KnownAgent],
    team: &TeamId,
    language: Language,
    now: Moment,
) -> Option<String> {
    let is_unspoken =
        free_for(agents, team, Some(language), now) == 0 && free_for(agents, team, None, now) > 0;
    is_unspoken.then(|| language.name().to_owned())
}
