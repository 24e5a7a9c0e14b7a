//! A support line in a story: one caller, its agents, and what is to be done.

use std::collections::BTreeMap;

use exchange::{
    Agent, AgentEvent, CallSid, Caller, Chosen, Command, Done, Duty, Effect, Event, Filed, Hours,
    Input, Join, LineKind, Moment, Outcome, Place, PlanRows, Presence, QueuePlace, Refusal,
    RoomName, Stage, Step, Support, SupportEvent, SupportLine, TeamId, UserName,
};

use crate::support::{Story, input, number, rows};

pub(crate) fn user(name: &str) -> UserName {
    UserName::parse(name).expect("a name of the story")
}

/// The leg of an offer.
pub(crate) fn leg(n: u32) -> CallSid {
    CallSid::parse(&format!("CAa{n:031x}")).expect("a leg of the story")
}

/// An agent's console with everything as it should be.
pub(crate) fn present(now: Moment) -> Presence {
    Presence {
        answered: Some(now),
        registered: true,
        microphone: true,
    }
}

pub(crate) struct Desk {
    pub(crate) story: Story,
    pub(crate) agents: BTreeMap<UserName, Agent>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) filed: Vec<Filed>,
}

impl Desk {
    /// A caller arrives on a support line with these settings; Ana and Ben are there.
    pub(crate) fn with(change: impl FnOnce(&mut SupportLine)) -> Self {
        let mut desk = Self::before(change);
        desk.happens(SupportEvent::Enter(Input::default()));
        desk
    }

    pub(crate) fn open() -> Self {
        Self::with(|_| {})
    }

    /// The same, before the caller arrives.
    pub(crate) fn before(change: impl FnOnce(&mut SupportLine)) -> Self {
        Self::keeping(None, change)
    }

    /// The same, with opening hours.
    pub(crate) fn keeping(hours: Option<Hours>, change: impl FnOnce(&mut SupportLine)) -> Self {
        let mut rows: PlanRows = rows();
        let line = rows
            .lines
            .iter_mut()
            .find(|line| line.id.as_str() == "support");
        let line = line.expect("the line of the story");
        line.hours = hours;
        match &mut line.kind {
            LineKind::Support(settings) => change(settings),
            LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Conference(_) => {
                unreachable!()
            }
        }
        let caller = Caller::Number(number("+13125550123"));
        let story = Story::with(rows, "support", caller, Place::default());
        let mut agents = BTreeMap::new();
        for name in ["Ana", "Ben"] {
            let who = user(&name.to_lowercase());
            let team = TeamId::parse("support").expect("a team");
            let mut agent = Agent::new(who.clone(), name.to_owned(), vec![team], story.now);
            agent.chosen = Chosen::Available;
            agents.insert(who, agent);
        }
        Self {
            story,
            agents,
            effects: Vec::new(),
            filed: Vec::new(),
        }
    }

    pub(crate) fn happens(&mut self, event: SupportEvent) -> Step {
        self.takes(Event::Support(event))
    }

    pub(crate) fn takes(&mut self, event: Event) -> Step {
        let step = self.story.happens(event);
        for (who, event) in &step.agents {
            let now = self.story.now;
            let Some(agent) = self.agents.get_mut(who) else {
                continue;
            };
            let after = agent.on(event, &present(now), now);
            *agent = after.expect("the agent takes part").agent;
        }
        self.effects.extend(step.effects.clone());
        self.filed.extend(step.filed.clone());
        step
    }

    pub(crate) fn refused(&mut self, event: SupportEvent) -> Refusal {
        let before = self.story.call.clone();
        let step = self.happens(event);
        assert_eq!(step.call, before, "a refusal changes nothing");
        assert!(step.effects.is_empty() && step.agents.is_empty());
        step.refusal.expect("it is refused")
    }

    /// The dispatcher offers the caller to somebody.
    pub(crate) fn offers(&mut self, name: &str) -> Step {
        self.happens(SupportEvent::Offer {
            agent: user(&name.to_lowercase()),
            name: name.to_owned(),
        })
    }

    /// The call of an offer is placed, by a leg of the same number.
    pub(crate) fn placed(&mut self, offer: u32) -> Step {
        let leg = Ok(leg(offer));
        self.happens(SupportEvent::Did(Done::Rang { offer, leg }))
    }

    /// Somebody answers an offer, by a leg of the same number.
    pub(crate) fn answers(&mut self, name: &str, offer: u32) -> Step {
        self.happens(SupportEvent::AgentJoins {
            agent: user(&name.to_lowercase()),
            leg: leg(offer),
            offer: Some(offer),
        })
    }

    pub(crate) fn commands(&mut self, name: &str, what: Command) -> Step {
        self.happens(SupportEvent::Command {
            by: user(&name.to_lowercase()),
            what,
        })
    }

    /// The caller waits, Ana is rung and answers as offer 1.
    pub(crate) fn talking(change: impl FnOnce(&mut SupportLine)) -> Self {
        let mut desk = Self::with(change);
        desk.offers("Ana");
        desk.answers("Ana", 1);
        desk
    }

    pub(crate) fn later(&mut self, seconds: i64) {
        self.story.now = self.story.now.plus_seconds(seconds);
    }

    /// What is to be done is taken off the list.
    pub(crate) fn takes_off(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Whether something was to be done.
    pub(crate) fn does(&self, effect: &Effect) -> bool {
        self.effects.contains(effect)
    }

    /// Every timer that is due by now rings, once.
    pub(crate) fn rings_timers(&mut self) {
        let now = self.story.now;
        let (due, rest): (Vec<Effect>, Vec<Effect>) = self
            .takes_off()
            .into_iter()
            .partition(|effect| matches!(effect, Effect::Tick { due, .. } if *due <= now));
        self.effects = rest;
        for effect in due {
            if let Effect::Tick { timer, .. } = effect {
                self.happens(SupportEvent::Due(timer));
            }
        }
    }

    pub(crate) fn support(&self) -> &Support {
        self.story.call.support().expect("a support call")
    }

    pub(crate) fn stage(&self) -> &Stage {
        &self.support().stage
    }

    pub(crate) fn duty(&self, name: &str) -> &Duty {
        &self.agents[&user(&name.to_lowercase())].duty
    }

    /// The caller's room.
    pub(crate) fn room(&self) -> RoomName {
        RoomName::Call(self.story.call.sid.clone())
    }

    /// The room that the last answer leads into.
    #[track_caller]
    pub(crate) fn joins(&self) -> Join {
        let join = self.story.answer.iter().find_map(|act| match act {
            exchange::Act::Join(join) => Some(join.clone()),
            exchange::Act::Say(_)
            | exchange::Act::Ask(_)
            | exchange::Act::Dial(_)
            | exchange::Act::Music
            | exchange::Act::Beep
            | exchange::Act::Record(_)
            | exchange::Act::Goto(_)
            | exchange::Act::HangUp => None,
        });
        join.unwrap_or_else(|| panic!("no room in {:?}", self.story.answer))
    }

    #[track_caller]
    pub(crate) fn ended(&self, how: Outcome) {
        assert_eq!(
            self.story.call.ended.as_ref().map(|ended| ended.how),
            Some(how),
            "{:?}",
            self.story.journal
        );
    }

    #[track_caller]
    pub(crate) fn told(&self, line: &str) {
        assert!(
            self.story.journal.iter().any(|told| told.contains(line)),
            "{line:?} is not in {:#?}",
            self.story.journal
        );
    }

    /// The caller's leg is out of the room, alive.
    pub(crate) fn left(&mut self) -> Step {
        self.happens(SupportEvent::Left(Input::default()))
    }

    pub(crate) fn next(&mut self) -> Step {
        self.happens(SupportEvent::Next(Input::default()))
    }

    pub(crate) fn keys(&mut self, keys: &str) -> Step {
        self.happens(SupportEvent::Keyed(input(keys)))
    }

    /// The caller hangs up, as their own request tells.
    pub(crate) fn caller_goes(&mut self) -> Step {
        self.happens(SupportEvent::Left(Input {
            caller_is_gone: true,
            ..Input::default()
        }))
    }

    /// The waiting caller asks what to hear.
    pub(crate) fn hears_wait(&mut self, place: u32, minutes: Option<u32>) -> String {
        let queue = QueuePlace {
            place,
            waiting: place,
            minutes,
        };
        self.happens(SupportEvent::Wait(Input {
            queue: Some(queue),
            ..Input::default()
        }));
        self.story.heard.join(" ")
    }

    /// What becomes of an agent alone.
    pub(crate) fn agent_does(&mut self, name: &str, event: &AgentEvent) {
        let now = self.story.now;
        let agent = self
            .agents
            .get_mut(&user(&name.to_lowercase()))
            .expect("an agent");
        *agent = agent
            .on(event, &present(now), now)
            .expect("it may be")
            .agent;
    }
}
