//! A small carrier and a small desk around one support call, for schedules in which whatever can go
//! wrong does.

mod carrier;
mod people;
mod watchers;

use std::collections::{BTreeMap, VecDeque};

use exchange::{
    Act, Agent, Answer, CallSid, ConferenceSid, Duty, Effect, Event, HeardBy, Input, Moment,
    Reported, Route, Stage, Support, SupportEvent, SupportRoute, Switch, UserName,
};

use crate::desk::Desk;
use crate::support::input;

/// Lots that are drawn from a schedule; when it is used up, everything goes well.
pub(crate) struct Lots(VecDeque<u8>);

impl Lots {
    pub(crate) fn of(schedule: Vec<u8>) -> Self {
        Self(schedule.into())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A number below `most`; 0 when the schedule is used up.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0.pop_front().map_or(0, |lot| usize::from(lot) % most)
    }

    /// True about once in `n` times; never when the schedule is used up.
    pub(crate) fn once_in(&mut self, n: usize) -> bool {
        !self.0.is_empty() && self.below(n) == 1
    }
}

/// What the caller's leg does.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Where {
    /// In the room.
    Room,
    /// A question or a message: it leads on when it is answered.
    Asked(Route),
    /// The call is over.
    Gone,
}

struct Member {
    starts: bool,
    ends: bool,
    is_held: bool,
    heard: HeardBy,
}

struct Conference {
    sid: ConferenceSid,
    has_started: bool,
    members: BTreeMap<CallSid, Member>,
}

struct Leg {
    agent: UserName,
    offer: u32,
    is_answered: bool,
    is_over: bool,
}

/// One support call with everything around it.
pub(crate) struct World {
    pub(crate) desk: Desk,
    lots: Lots,
    caller: Where,
    conference: Option<Conference>,
    conferences: u32,
    sequence: u32,
    legs: BTreeMap<CallSid, Leg>,
    /// The supervisor's legs, and whether they are over.
    watch_legs: BTreeMap<CallSid, bool>,
    created: u32,
    /// Callbacks on their way, with when they come.
    mail: Vec<(Moment, Event)>,
    /// What is to be done, in order.
    outbox: Vec<(Moment, Effect)>,
    /// Agents whose browser is closed, until when.
    closed: BTreeMap<UserName, Moment>,
    /// Since when the caller is alone in silence.
    silent_since: Option<Moment>,
    /// Whether any callback has been lost, or REST has failed.
    pub(crate) is_troubled: bool,
    may_trouble: bool,
    /// How many of twelve callbacks are lost.
    loses: usize,
    failures: u32,
    pub(crate) story: Vec<String>,
}

/// The longest silence that a caller may meet: when everything arrives, and when something is lost: until the next
/// sweep, and the moment in which they are led on.
const SILENCE_MS: i64 = 5_000;
const TROUBLED_SILENCE_MS: i64 = 16_000;

/// How much longer when REST fails, each time.
const FAILURE_MS: i64 = 6_000;

impl World {
    pub(crate) fn new(mut lots: Lots, may_trouble: bool) -> Self {
        let loses = [0, 2, 8, 11][lots.below(4)];
        let mut world = Self {
            desk: Desk::before(|line| {
                line.survey = true;
                line.nobody_after_s = 90;
                line.choices_after_s = Some(40);
            }),
            lots,
            caller: Where::Room,
            conference: None,
            conferences: 0,
            sequence: 0,
            legs: BTreeMap::new(),
            watch_legs: BTreeMap::new(),
            created: 0,
            mail: Vec::new(),
            outbox: Vec::new(),
            closed: BTreeMap::new(),
            silent_since: None,
            is_troubled: false,
            may_trouble,
            loses,
            failures: 0,
            story: Vec::new(),
        };
        world.brings_sam();
        world.asks(&Route::Support(world.sid(), SupportRoute::Enter));
        world
    }

    fn sid(&self) -> CallSid {
        self.desk.story.call.sid.clone()
    }

    fn now(&self) -> Moment {
        self.desk.story.now
    }

    fn support(&self) -> &Support {
        self.desk.support()
    }

    /// Takes an event through the door: call and agents together.
    fn takes(&mut self, event: Event) -> Option<Answer> {
        self.story
            .push(format!("{:>6} {event:?}", self.now().0 % 1_000_000));
        let before = self.desk.effects.len();
        let step = self.desk.takes(event);
        let now = self.now();
        for effect in self.desk.effects.split_off(before) {
            self.outbox.push((effect.due(now), effect));
        }
        step.answer
    }

    fn support_event(&mut self, event: SupportEvent) -> Option<Answer> {
        self.takes(Event::Support(event))
    }

    /// The caller's leg asks for a document and obeys it.
    fn asks(&mut self, route: &Route) {
        let Route::Support(_, step) = route else {
            unreachable!("{route:?}");
        };
        let event = match step {
            SupportRoute::Enter => SupportEvent::Enter(Input::default()),
            SupportRoute::Left => SupportEvent::Left(Input::default()),
            SupportRoute::Keyed => {
                let keys = ["", "1", "2", "9", "5"][self.lots.below(5)];
                SupportEvent::Keyed(input(keys))
            }
            SupportRoute::Recorded => SupportEvent::Recorded(Input::default(), None),
            SupportRoute::Next => SupportEvent::Next(Input::default()),
            SupportRoute::Wait
            | SupportRoute::Hold
            | SupportRoute::AgentLeft
            | SupportRoute::Screened
            | SupportRoute::WatchLeft
            | SupportRoute::TakenOver => {
                unreachable!("{step:?}")
            }
        };
        let answer = self.support_event(event).expect("a document");
        self.obeys(&answer);
    }

    fn obeys(&mut self, answer: &Answer) {
        for act in &answer.0 {
            match act {
                Act::Say(_) | Act::Music | Act::Beep => {}
                Act::Join(join) => {
                    self.caller = Where::Room;
                    let sid = self.sid();
                    return self.enters(&sid, join);
                }
                Act::Ask(ask) => return self.caller = Where::Asked(ask.then.clone()),
                Act::Record(message) => return self.caller = Where::Asked(message.then.clone()),
                Act::Goto(route) => return self.asks(route),
                Act::HangUp => return self.caller_is_over(),
                Act::Dial(_) => unreachable!("nobody is dialled"),
            }
        }
        unreachable!("a document of the caller leads nowhere")
    }

    fn caller_is_over(&mut self) {
        self.caller = Where::Gone;
        self.posts(Event::Reported(Reported::Completed));
    }

    /// A callback goes out: it may be late, doubled, or lost.
    fn posts(&mut self, event: Event) {
        let late = [0, 0, 300, 1_000][self.lots.below(4)];
        if self.may_trouble && self.lots.below(12) < self.loses {
            self.is_troubled = true;
            self.story.push(format!("       lost: {event:?}"));
            return;
        }
        if self.lots.once_in(5) {
            let twice = Moment(self.now().0 + late + 1_500);
            self.mail.push((twice, event.clone()));
        }
        self.mail.push((Moment(self.now().0 + late), event));
    }

    /// Time goes on, from one due thing to the next.
    pub(crate) fn advances(&mut self, ms: i64) {
        let until = Moment(self.now().0 + ms);
        loop {
            self.looks();
            let mail = self.mail.iter().map(|(at, _)| *at);
            let outbox = self.outbox.iter().map(|(at, _)| *at);
            let next = mail.chain(outbox).min().filter(|at| *at <= until);
            let Some(next) = next else {
                break;
            };
            self.desk.story.now = next.max(self.now());
            self.looks();
            if let Some(n) = self.mail.iter().position(|(at, _)| *at <= self.now()) {
                let (_, event) = self.mail.remove(n);
                self.takes(event);
            } else if let Some(n) = self.outbox.iter().position(|(at, _)| *at <= self.now()) {
                let (_, effect) = self.outbox.remove(n);
                self.performs(effect);
            }
        }
        self.desk.story.now = until;
        self.looks();
    }

    /// One turn of the schedule; nothing when it is used up.
    pub(crate) fn goes_on(&mut self) -> bool {
        if self.lots.is_empty() {
            return false;
        }
        if self.lots.below(3) > 0 {
            self.dispatches();
        }
        self.somebody_acts();
        let ms = [50, 400, 1_000, 2_500, 6_000, 15_000][self.lots.below(6)];
        self.advances(ms);
        true
    }

    /// Nothing goes wrong any more, and nobody acts.
    pub(crate) fn settles(&mut self) {
        self.may_trouble = false;
        for _ in 0..60 {
            self.dispatches();
            self.advances(1_000);
        }
    }

    fn agents_in(&self) -> usize {
        let sid = self.sid();
        self.conference
            .iter()
            .flat_map(|at| at.members.keys())
            .filter(|leg| **leg != sid && !self.watches(leg))
            .count()
    }

    /// A caller in a room that has started, with nobody in it, hears nothing.
    fn is_alone_in_silence(&self) -> bool {
        let sid = self.sid();
        let is_held = self.conference.as_ref().and_then(|at| at.members.get(&sid));
        self.caller == Where::Room
            && self.conference.as_ref().is_none_or(|at| {
                at.has_started && self.agents_in() == 0 || !at.members.contains_key(&sid)
            })
            && !is_held.is_some_and(|member| member.is_held)
    }

    fn looks(&mut self) {
        if !self.is_alone_in_silence() {
            self.silent_since = None;
            return;
        }
        let since = *self.silent_since.get_or_insert(self.desk.story.now);
        let most = if self.is_troubled {
            TROUBLED_SILENCE_MS + i64::from(self.failures) * FAILURE_MS
        } else {
            SILENCE_MS
        };
        let lasts = self.now().0 - since.0;
        assert!(lasts <= most, "{lasts} ms of silence\n{}", self.tale());
    }

    fn tale(&self) -> String {
        format!("{}\n{:#?}", self.story.join("\n"), self.desk.story.journal)
    }

    /// What must be true when everything has come to rest.
    pub(crate) fn is_right(&self) {
        let tale = || self.tale();
        let ended = self.desk.story.call.ended.is_some();
        assert_eq!(ended, self.caller == Where::Gone, "{}", tale());
        for agent in self.desk.agents.values() {
            self.agent_is_right(agent, ended);
        }
        if ended {
            let open = self.legs.values().filter(|leg| !leg.is_over).count();
            let watching = self.watch_legs.values().filter(|is_over| !**is_over);
            let open = open + watching.count();
            assert_eq!(open, 0, "a leg goes on after the call\n{}", tale());
            let listens = self.desk.agents.values().any(|one| one.elsewhere.is_some());
            assert!(!listens, "somebody listens after the call\n{}", tale());
            return;
        }
        self.watchers_are_right();
        match self.desk.stage() {
            Stage::Talking { leg, .. } => {
                let members = &self
                    .conference
                    .as_ref()
                    .unwrap_or_else(|| panic!("{}", tale()))
                    .members;
                assert!(
                    members.contains_key(leg) && members.contains_key(&self.sid()),
                    "{}",
                    tale()
                );
                let hold = self.support().room.hold;
                assert_eq!(
                    members[&self.sid()].is_held,
                    hold == Switch::On,
                    "{}",
                    tale()
                );
                assert!(
                    members[leg].ends,
                    "the agent's leaving would leave the caller alone\n{}",
                    tale()
                );
            }
            Stage::Outside { .. } => panic!("nobody is handed over to a telephone\n{}", tale()),
            Stage::Waiting(_) | Stage::Offered { .. } => {
                assert_eq!(self.caller, Where::Room, "{}", tale());
                assert_eq!(self.agents_in(), 0, "{}", tale());
            }
            Stage::Asked(_) | Stage::Recording | Stage::Survey { .. } => {
                assert!(matches!(self.caller, Where::Asked(_)), "{}", tale());
            }
            Stage::Arrived | Stage::TurnedAway(_) | Stage::Ending(_) => {
                panic!("the caller is on their way for ever\n{}", tale());
            }
        }
    }

    fn agent_is_right(&self, agent: &Agent, ended: bool) {
        let is_true = match (&agent.duty, self.desk.stage()) {
            (Duty::Free | Duty::WrapUp { .. } | Duty::NotResponding { .. }, stage) => match stage {
                Stage::Talking { agent: talks, .. } => ended || *talks != agent.user,
                Stage::Arrived
                | Stage::Waiting(_)
                | Stage::Offered { .. }
                | Stage::Outside { .. }
                | Stage::TurnedAway(_)
                | Stage::Asked(_)
                | Stage::Recording
                | Stage::Ending(_)
                | Stage::Survey { .. } => true,
            },
            (Duty::Ringing { offer, .. }, Stage::Offered { offer: open }) => {
                !ended && offer == open
            }
            (Duty::OnCall { .. }, Stage::Talking { agent: talks, .. }) => {
                !ended && *talks == agent.user
            }
            (Duty::Lost { .. }, Stage::Waiting(waiting)) => {
                !ended && waiting.first.as_ref() == Some(&agent.user)
            }
            (Duty::Ringing { .. } | Duty::OnCall { .. } | Duty::Lost { .. }, _) => false,
        };
        assert!(
            is_true,
            "{:?} of {}\n{}",
            agent.duty,
            agent.user,
            self.tale()
        );
    }

    /// At no time does one agent ring twice, or do two ring at once.
    pub(crate) fn rings_one_at_a_time(&self) {
        let ringing = self
            .desk
            .agents
            .values()
            .filter(|agent| matches!(agent.duty, Duty::Ringing { .. }))
            .count();
        assert!(ringing <= 1, "{}", self.tale());
    }
}
