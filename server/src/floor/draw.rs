//! Drawing a picture: the little that has changed is read, the rest is remembered from the picture before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use desk::{AgentCall, AgentRow, EarlierCall, Floor, LineNow, StandingView, WaitingRow, WatchView};
use exchange::{
    ANSWERED_WITHIN_MS, Call, CallSid, Duty, LineKind, Moment, Plan, Priority, UserName, shown,
};
use store::{InboxEntry, InboxKind, KnownAgent, OnFloor, Version};
use tokio::sync::watch;

use super::free::{free_for, unspoken};
use super::history::History;
use super::inboxes;
use super::mine::{self, Around, caller, line_name};
use super::people::People;
use super::picture::{Picture, Written, change, is_as, is_same};
use super::watchers;
use crate::agents;
use crate::calling_out;
use crate::effects::guard;
use crate::pictures::{Draw, Pictures};
use crate::state::AppState;

/// How long what was ticked off is still shown.
const DONE_MS: i64 = 12 * 3_600_000;

/// How far back a caller's earlier calls are looked for, and how many are shown.
const EARLIER_MS: i64 = 90 * 24 * 3_600_000;
const EARLIER: u32 = 5;

/// What is remembered from one picture to the next.
#[derive(Debug, Default)]
pub struct Drawing {
    was_followed: bool,
    people: People,
    changes_at: Option<Moment>,
    /// The calls on the floor, and those that agents are busy with.
    calls: BTreeMap<CallSid, (Version, Call)>,
    duties: BTreeMap<UserName, Duty>,
    earlier: BTreeMap<CallSid, Vec<EarlierCall>>,
    history: Option<History>,
}

/// What the database has.
pub(super) struct Gathered {
    now: Moment,
    pub(super) plan: Arc<Plan>,
    floor: Vec<OnFloor>,
    /// How many legs the account carries.
    legs: usize,
    /// Whether the calls of further offers could not be placed soon.
    is_behind: bool,
    pub(super) agents: Arc<[KnownAgent]>,
    pub(super) inbox: Vec<InboxEntry>,
}

impl Draw for Drawing {
    type Picture = Picture;

    const OF: &'static str = "floor";

    fn pictures(state: &AppState) -> &Pictures<Self> {
        &state.floor
    }

    fn wakes(state: &AppState) -> Vec<watch::Receiver<()>> {
        vec![state.store.floor_wakes()]
    }

    async fn draw(
        &mut self,
        state: &AppState,
        last: Option<&Arc<Picture>>,
        is_followed: bool,
    ) -> Result<Arc<Picture>, store::Error> {
        // What came and went while nobody followed was not seen.
        if !self.was_followed {
            self.history = None;
        }
        let gathered = gather(state, &mut self.people).await?;
        self.catch_up(state, &gathered).await?;
        let picture = self.paint(state, &gathered, last.map(Arc::as_ref));
        self.changes_at = changes_at(&gathered);
        self.was_followed = is_followed;
        Ok(match last {
            Some(last) if is_same(last, &picture) => Arc::clone(last),
            Some(_) | None => Arc::new(picture),
        })
    }

    fn changes_at(&self) -> Option<Moment> {
        self.changes_at
    }
}

impl Drawing {
    /// Reads the calls that have changed, and takes them into the history.
    async fn catch_up(&mut self, state: &AppState, now: &Gathered) -> Result<(), store::Error> {
        let store = &state.store;
        if self.history.is_none() {
            self.history = Some(History::read(store, &now.plan, now.now).await?);
        }
        let versions = store.versions_on_floor().await?;
        let duties: BTreeMap<UserName, Duty> = now
            .agents
            .iter()
            .map(|known| (known.agent.user.clone(), known.agent.at(now.now).duty))
            .collect();
        let mut stale: BTreeSet<CallSid> = versions
            .iter()
            .filter(|(sid, version)| self.calls.get(sid).map(|(known, _)| known) != Some(version))
            .map(|(sid, _)| sid.clone())
            .collect();
        let left = self.calls.keys().filter(|sid| !versions.contains_key(sid));
        let busy: BTreeSet<&CallSid> = duties.values().filter_map(Duty::call).collect();
        stale.extend(left.filter(|sid| !busy.contains(sid)).cloned());
        for (user, duty) in &duties {
            let before = self.duties.get(user);
            if before != Some(duty) {
                let both = [before.and_then(Duty::call), duty.call()];
                stale.extend(both.into_iter().flatten().cloned());
            }
        }
        for sid in stale {
            let found = match (store.recall(&sid), versions.get(&sid)) {
                (Some(known), Some(version)) if known.0 == *version => Some(known),
                (_, _) => store.load_readable(&sid).await?,
            };
            let Some((version, call)) = found else {
                continue;
            };
            if let Some(history) = &mut self.history {
                history.note(&call, &now.plan);
            }
            if versions.contains_key(&sid) || busy.contains(&sid) {
                self.calls.insert(sid, (version, call));
            } else {
                self.calls.remove(&sid);
            }
        }
        for sid in &busy {
            self.look_back(state, now, sid).await?;
        }
        self.earlier.retain(|sid, _| busy.contains(sid));
        self.duties = duties;
        Ok(())
    }

    /// Finds the earlier calls of the caller of a call that has an agent.
    async fn look_back(
        &mut self,
        state: &AppState,
        now: &Gathered,
        sid: &CallSid,
    ) -> Result<(), store::Error> {
        if self.earlier.contains_key(sid) {
            return Ok(());
        }
        let number = self
            .calls
            .get(sid)
            .and_then(|(_, call)| mine::number_of(call));
        let Some(number) = number else { return Ok(()) };
        let since = Moment(now.now.0 - EARLIER_MS);
        let found = state.store.calls_with(number, sid, since, EARLIER).await?;
        let found = found.into_iter();
        let rows = found.map(|(call, notes)| mine::earlier(&call, notes, &now.plan));
        self.earlier.insert(sid.clone(), rows.collect());
        Ok(())
    }

    fn paint(&mut self, state: &AppState, now: &Gathered, last: Option<&Picture>) -> Picture {
        let mut floor = self.floor(state, now);
        floor.number = match last {
            Some(last) if is_as(&last.floor, &floor) => last.floor.number,
            Some(last) => last.floor.number + 1,
            None => 1,
        };
        let names: BTreeMap<&UserName, &str> = now
            .agents
            .iter()
            .map(|known| (&known.agent.user, known.agent.name.as_str()))
            .collect();
        let name_of = |user: &UserName| {
            names
                .get(user)
                .map_or_else(|| user.to_string(), |name| (*name).to_owned())
        };
        let watched = self.calls.values();
        let mut watching: BTreeMap<String, WatchView> = watched
            .flat_map(|(_, call)| watchers::views(call, &name_of))
            .map(|view| (view.user.clone(), view))
            .collect();
        let none = History::default();
        let history = self.history.as_ref().unwrap_or(&none);
        let mut desks = BTreeMap::new();
        for known in now.agents.iter() {
            let user = known.agent.user.to_string();
            let duty = known.agent.at(now.now).duty;
            let call = duty.call();
            let is_over = matches!(duty, Duty::WrapUp { .. });
            let around = Around {
                plan: &now.plan,
                call: call
                    .and_then(|sid| self.calls.get(sid))
                    .map(|(_, call)| call),
                earlier: call
                    .and_then(|sid| self.earlier.get(sid))
                    .map_or(&[][..], Vec::as_slice),
                recent: history.of(&user, call.filter(|_| !is_over)),
                watching: watching.remove(&user),
                name_of: &name_of,
            };
            let desk = mine::of(&known.agent, &known.presence, now.now, around);
            let before = last.and_then(|last| last.mine.get(&user));
            desks.insert(user, Written::anew(desk, before));
        }
        let all_teams = agents::teams(&now.plan);
        let day = self.history.get_or_insert_default().day(&now.plan, now.now);
        Picture {
            change: last.map_or_else(Default::default, |last| {
                if last.floor.number == floor.number {
                    Arc::clone(&last.change)
                } else {
                    change(&last.floor, &floor)
                }
            }),
            whole: std::sync::OnceLock::new(),
            mine: desks,
            inboxes: inboxes::of(now, &all_teams, last),
            teams: now
                .agents
                .iter()
                .map(|known| (known.agent.user.to_string(), known.agent.teams.clone()))
                .collect(),
            all_teams,
            day: Written::anew(day, last.map(|last| &last.day)),
            floor,
        }
    }

    fn floor(&self, state: &AppState, now: &Gathered) -> Floor {
        let mut rows: Vec<AgentRow> = now
            .agents
            .iter()
            .map(|known| self.agent_row(known, now))
            .collect();
        rows.sort_by(|a, b| (&a.name, &a.user).cmp(&(&b.name, &b.user)));
        let mut floor = Floor {
            now_ms: now.now.0,
            lines: now
                .plan
                .lines()
                .filter_map(|line| match &line.kind {
                    LineKind::Support(settings) => Some(LineNow {
                        line: line.id.to_string(),
                        name: line.name.clone(),
                        team: settings.team.to_string(),
                        waiting: 0,
                        longest_since_ms: None,
                        talking: 0,
                        free: free_for(&now.agents, &settings.team, Some(line.language), now.now),
                        unspoken: unspoken(&now.agents, &settings.team, line.language, now.now),
                    }),
                    LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Conference(_) => {
                        None
                    }
                })
                .collect(),
            ..Floor::default()
        };
        for one in &now.floor {
            self.place(one, now, &mut floor);
        }
        let open = now.inbox.iter().filter(|entry| entry.done.is_none());
        let (mut voicemails, mut callbacks) = (0, 0);
        for entry in open {
            match entry.what {
                InboxKind::Voicemail { .. } => voicemails += 1,
                InboxKind::Callback => callbacks += 1,
            }
        }
        floor.voicemails = voicemails;
        floor.callbacks = callbacks;
        floor.agents = rows;
        floor.calls_out = calling_out::own_numbers(&now.plan);
        floor.guard = guarded(state, now, &floor);
        floor.full = guard::is_full(state, now.legs).then(|| guard::full(state));
        floor
    }

    /// Puts a call where it belongs on the floor.
    fn place(&self, one: &OnFloor, now: &Gathered, floor: &mut Floor) {
        let id = one.line.to_string();
        let line = floor.lines.iter_mut().find(|line| line.line == id);
        match one.row.stage {
            "talking" | "outside" | "seeking" => {
                floor.talking += 1;
                if let Some(line) = line {
                    line.talking += 1;
                }
            }
            "waiting" | "offered" => {
                let since = one.row.queued.0;
                if let Some(line) = line {
                    line.waiting += 1;
                    let longest = line.longest_since_ms.get_or_insert(since);
                    *longest = since.min(*longest);
                }
                let rings_at = one
                    .row
                    .agent
                    .as_ref()
                    .filter(|_| one.row.stage == "offered");
                floor.queue.push(WaitingRow {
                    call: one.call.to_string(),
                    caller: self
                        .calls
                        .get(&one.call)
                        .map(|(_, call)| caller(call))
                        .unwrap_or_default(),
                    line_name: line_name(&now.plan, &one.line),
                    line: id,
                    since_ms: since,
                    is_first: one.row.priority == Priority::Front,
                    rings_at: rings_at.map(|user| {
                        let known = now.agents.iter().find(|known| known.agent.user == *user);
                        known.map_or_else(|| user.to_string(), |known| known.agent.name.clone())
                    }),
                });
            }
            // On their way, asked something, or leaving a message: they neither wait nor talk. Nor is one who is
            // called by an agent a caller.
            _ => {}
        }
    }

    fn agent_row(&self, known: &KnownAgent, now: &Gathered) -> AgentRow {
        let agent = known.agent.at(now.now);
        let standing = shown(&agent, &known.presence, now.now);
        let call = agent.duty.call().and_then(|sid| self.calls.get(sid));
        AgentRow {
            user: agent.user.to_string(),
            name: agent.name.clone(),
            teams: agent.teams.iter().map(ToString::to_string).collect(),
            standing: StandingView::from(&standing),
            call: call.map(|(_, call)| AgentCall {
                sid: call.sid.to_string(),
                other: caller(call).label,
                line_name: line_name(&now.plan, &call.line),
                help_since_ms: watchers::help_since(&agent.user, call),
            }),
            next: agent.next.map(|next| next.label().to_owned()),
        }
    }
}

async fn gather(state: &AppState, people: &mut People) -> Result<Gathered, store::Error> {
    let now = state.clock.now();
    let (_, plan) = state.plans.current();
    let floor = state.store.floor().await?;
    let waits = floor.iter().any(|one| one.row.stage == "waiting");
    Ok(Gathered {
        now,
        is_behind: waits && guard::offers_left(state).await? == 0,
        legs: guard::on_floor(&floor) + guard::off_floor(state).await?,
        floor,
        agents: people.look(state, &plan, now).await?,
        plan,
        inbox: state.store.inbox(Moment(now.0 - DONE_MS)).await?,
    })
}

/// Why agents who are free are not rung for those who wait.
fn guarded(state: &AppState, now: &Gathered, floor: &Floor) -> Option<String> {
    let waits = floor.queue.iter().any(|row| row.rings_at.is_none());
    if !waits || floor.free() == 0 {
        return None;
    }
    if guard::is_full(state, now.legs) {
        return Some(guard::full_beside_agents(state));
    }
    now.is_behind.then(|| guard::behind(state))
}

/// When the picture changes though nothing is told: a wrap-up passes, or a console has been silent for too long.
fn changes_at(now: &Gathered) -> Option<Moment> {
    let passes = now.agents.iter().filter_map(|one| one.agent.changes_at());
    let silences = now.agents.iter().filter_map(|one| {
        let answered = one.presence.answered?;
        Some(Moment(answered.0 + ANSWERED_WITHIN_MS))
    });
    passes.chain(silences).filter(|at| *at > now.now).min()
}
