//! Who watches which call: for the supervisor whose leg it is, for the agent, and for whoever sees the room.

use desk::{WatchView, WatcherView};
use exchange::{Call, HeardBy, LineKind, Plan, Stage, Support, UserName, WatchMode};

/// Everybody who listens to a call, coaches in it or speaks.
pub(crate) fn views(call: &Call, name_of: &dyn Fn(&UserName) -> String) -> Vec<WatchView> {
    let Some(support) = call.support().filter(|_| call.ended.is_none()) else {
        return Vec::new();
    };
    let agent = has_caller(support, name_of);
    let watching = support.watching();
    watching
        .map(|watcher| WatchView {
            call: call.sid.to_string(),
            agent: agent.clone(),
            leg: watcher.leg.to_string(),
            user: watcher.user.to_string(),
            name: watcher.name.clone(),
            since_ms: watcher.since.0,
            wanted: watcher.mode,
            confirmed: watcher.confirmed(),
            takes_over: watcher.takes_over.is_some(),
        })
        .collect()
}

/// What of that an agent in the call is told. Whoever is heard is always shown.
pub(super) fn shown_to(
    user: &UserName,
    call: &Call,
    support: &Support,
    plan: &Plan,
) -> Vec<WatcherView> {
    let are_shown = match plan.line(&call.line).map(|line| &line.kind) {
        Some(LineKind::Support(settings)) => settings.watchers_shown,
        Some(_) | None => true,
    };
    let mine = support.seats.iter().filter(|seat| seat.agent == *user);
    let mine: Vec<_> = mine.map(|seat| &seat.leg).collect();
    let watching = support.watching();
    watching
        .filter_map(|watcher| {
            let heard = watcher.heard.as_ref()?;
            let coaches_me = match heard {
                HeardBy::Only(leg) => mine.contains(&leg),
                HeardBy::Nobody | HeardBy::Everybody => false,
            };
            Some(WatcherView {
                name: watcher.name.clone(),
                does: heard.mode(),
                coaches_me,
            })
        })
        .filter(|watcher| are_shown || watcher.does != WatchMode::Listen)
        .collect()
}

/// Since when somebody asks for help in a call.
pub(super) fn help_since(user: &UserName, call: &Call) -> Option<i64> {
    let support = call.support().filter(|_| call.ended.is_none())?;
    let help = support.help.as_ref().filter(|help| help.by == *user)?;
    Some(help.since.0)
}

fn has_caller(support: &Support, name_of: &dyn Fn(&UserName) -> String) -> Option<String> {
    match &support.stage {
        Stage::Talking { agent, .. } => Some(name_of(agent)),
        Stage::Outside { number, .. } => Some(number.formatted()),
        Stage::Arrived
        | Stage::Waiting(_)
        | Stage::Offered { .. }
        | Stage::TurnedAway(_)
        | Stage::Asked(_)
        | Stage::Recording
        | Stage::Ending(_)
        | Stage::Survey { .. } => None,
    }
}
