//! What callers left, as each viewer may see it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use desk::{CallerView, InboxItem, InboxWhat, TickedOff};
use exchange::{Plan, TeamId};
use store::{InboxEntry, InboxKind};

use super::draw::Gathered;
use super::mine::line_name;
use super::picture::{Picture, Written};

/// What callers left, for each set of teams that there is, and for those who see everything.
pub(super) fn of(
    now: &Gathered,
    all_teams: &[TeamId],
    last: Option<&Picture>,
) -> BTreeMap<Option<Vec<TeamId>>, Arc<Written<Vec<InboxItem>>>> {
    let mut sets: BTreeSet<Option<Vec<TeamId>>> = now
        .agents
        .iter()
        .map(|known| Some(known.agent.teams.clone()))
        .collect();
    sets.extend([None, Some(all_teams.to_vec())]);
    let written = |set: Option<Vec<TeamId>>| {
        let is_theirs = |entry: &&InboxEntry| match (&set, &entry.team) {
            (None, _) | (_, None) => true,
            (Some(teams), Some(team)) => teams.contains(team),
        };
        let items = now.inbox.iter().filter(is_theirs);
        let items: Vec<InboxItem> = items.map(|entry| item(entry, &now.plan)).collect();
        let before = last.and_then(|last| last.inboxes.get(&set));
        let written = Written::anew(items, before);
        (set, written)
    };
    sets.into_iter().map(written).collect()
}

fn item(entry: &InboxEntry, plan: &Plan) -> InboxItem {
    let number = entry.number.as_ref();
    InboxItem {
        call: entry.call.to_string(),
        what: match &entry.what {
            InboxKind::Voicemail { seconds, .. } => InboxWhat::Voicemail { seconds: *seconds },
            InboxKind::Callback => InboxWhat::Callback,
        },
        caller: CallerView {
            label: number.map_or_else(|| entry.caller.clone(), exchange::PhoneNumber::formatted),
            number: number.map(ToString::to_string),
            place: String::new(),
        },
        line_name: line_name(plan, &entry.line),
        team: entry.team.as_ref().map(ToString::to_string),
        at_ms: entry.at.0,
        done: entry.done.as_ref().map(|(at, by)| TickedOff {
            by: by.to_string(),
            at_ms: at.0,
        }),
    }
}
