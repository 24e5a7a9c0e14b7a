//! Whether callers are offered in their order and to the agent who has been idle longest, judged at the moment of each
//! offer by the floor as it was before.

use exchange::{ANSWERED_WITHIN_MS, Chosen, Duty, Moment, Priority};
use server::AppState;
use store::{KnownAgent, OnFloor};

/// Watches the dispatcher.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// Nobody looks, unless somebody wants to know.
    pub(crate) is_judged: bool,
    seen: Option<(Vec<OnFloor>, Vec<KnownAgent>)>,
    pub(crate) offers: usize,
    pub(crate) findings: Vec<String>,
}

impl Order {
    pub(crate) async fn before(&mut self, state: &AppState) {
        if self.is_judged {
            self.seen = Some(look(state).await);
        }
    }

    pub(crate) async fn after(&mut self, state: &AppState) {
        if let Some((floor, agents)) = self.seen.take() {
            let (_, agents_after) = look(state).await;
            self.judge(&floor, &agents_after, &agents, state.clock.now());
        }
    }

    /// Sets what the dispatcher did beside what was true before it.
    fn judge(
        &mut self,
        before: &[OnFloor],
        after: &[KnownAgent],
        agents: &[KnownAgent],
        now: Moment,
    ) {
        let rung_for = |one: &OnFloor, agents: &[KnownAgent]| {
            let rings = |known: &&KnownAgent| matches!(&known.agent.duty, Duty::Ringing { call, .. } if *call == one.call);
            let rung = agents.iter().find(rings);
            rung.map(|known| known.agent.user.clone())
        };
        let mut free: Vec<&KnownAgent> = agents.iter().filter(|one| is_free(one, now)).collect();
        free.sort_by_key(|one| (one.agent.at(now).idle_since, one.agent.user.clone()));
        let mut waiting: Vec<&OnFloor> = before
            .iter()
            .filter(|one| {
                matches!(one.row.stage, "waiting" | "seeking") && one.row.not_before <= now
            })
            .collect();
        waiting.sort_by_key(|one| {
            let rank = match one.row.priority {
                Priority::Front => 0,
                Priority::Normal => 1,
            };
            (rank, one.row.queued, one.call.clone())
        });
        for one in waiting {
            let rung = rung_for(one, after).filter(|_| rung_for(one, agents).is_none());
            let rung = rung.as_ref();
            self.offers += usize::from(rung.is_some());
            if one.row.agent.is_some() && one.row.stage == "waiting" {
                // Kept for the agent who lost them, who is not free for others.
                if rung.is_some() && rung != one.row.agent.as_ref() {
                    let lost = &one.row.agent;
                    self.find(format!(
                        "{}: kept for {lost:?}, offered to {rung:?}",
                        one.call
                    ));
                }
                continue;
            }
            let hands_over = |agent: &KnownAgent| {
                one.row.stage == "seeking" && one.row.agent.as_ref() == Some(&agent.agent.user)
            };
            let suits = |agent: &&KnownAgent| {
                let team = one.row.team.as_ref();
                let takes = team.is_some_and(|team| agent.agent.teams.contains(team));
                takes && !hands_over(agent)
            };
            let next = free.iter().position(suits).map(|place| free.remove(place));
            let next = next.map(|known| &known.agent.user);
            if rung != next {
                self.find(format!(
                    "{}: {rung:?} was rung, {next:?} was the next to be",
                    one.call
                ));
            }
        }
    }

    fn find(&mut self, what: String) {
        self.findings.push(what);
    }
}

async fn look(state: &AppState) -> (Vec<OnFloor>, Vec<KnownAgent>) {
    let floor = state.store.floor().await;
    let agents = state.store.agents().await;
    (
        floor.expect("the database answers"),
        agents.expect("the database answers"),
    )
}

fn is_free(known: &KnownAgent, now: Moment) -> bool {
    let agent = known.agent.at(now);
    let answered = known.presence.answered;
    agent.duty == Duty::Free
        && agent.chosen == Chosen::Available
        && known.presence.registered
        && known.presence.microphone
        && answered.is_some_and(|answered| now.0 - answered.0 < ANSWERED_WITHIN_MS)
}
