//! A call in a transfer with everything that is on its way: a state of the search through all orders
//! of events.
//!
//! Callbacks arrive in order unless a fault loses, repeats or delays one; requests for documents and
//! each lane of the outbox go on independently of each other; people may act at any moment. Time only
//! passes when nothing is on its way but what a fault delays.

mod carrier;
mod check;
mod offered;
mod people;
mod search;
mod watcher;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use exchange::{
    Act, Agent, Answer, Call, CallSid, ConferenceSid, Digits, Effect, Event, HeardBy, Input,
    Moment, Plan, Presence, Route, Support, SupportEvent, SupportRoute, Timer, TransferKind,
    UserName,
};

pub(crate) use search::{search, walk};

use crate::desk::leg;
use crate::transfer::settled;

/// What can go wrong, and what people may do, in one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Budget {
    pub(crate) faults: u8,
    pub(crate) acts: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Where {
    Room,
    Asked,
    Gone,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Member {
    starts: bool,
    ends: bool,
    is_held: bool,
    heard: HeardBy,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Conference {
    number: u32,
    has_started: bool,
    members: BTreeMap<CallSid, Member>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Leg {
    agent: UserName,
    is_telephone: bool,
    offer: u32,
    is_answered: bool,
    is_over: bool,
}

/// A request for a document.
#[derive(Clone, Debug)]
enum Asks {
    /// The caller's. What answers the action of a room that we led them out of is not obeyed.
    Caller(SupportRoute, bool),
    /// An agent's leg is out of the room and alive.
    Leg(CallSid),
    /// An agent's leg has been answered.
    Joins(CallSid),
    /// Whoever answered a telephone is asked to press a key, and does; a machine does not.
    Key(CallSid, bool),
    /// Sam's leg is out of the room and alive.
    Sam,
}

#[derive(Clone)]
pub(crate) struct Flight {
    plan: Rc<Plan>,
    call: Call,
    agents: BTreeMap<UserName, Agent>,
    closed: BTreeSet<UserName>,
    now: Moment,
    caller: Where,
    room: Option<Conference>,
    rooms: u32,
    sequence: u32,
    legs: BTreeMap<CallSid, Leg>,
    /// Whether there is a supervisor whose leg lives.
    has_sam: bool,
    created: u32,
    callbacks: VecDeque<Event>,
    late: Vec<Event>,
    asks: Vec<Asks>,
    outbox: BTreeMap<String, VecDeque<Effect>>,
    timers: Vec<(Moment, Timer)>,
    sweep: Option<(Moment, u32)>,
    left: Budget,
    silent_ms: i64,
    failures: i64,
    is_troubled: bool,
}

/// What came of taking a state further: the state, or what is wrong with it.
type Taken = Result<Flight, String>;

impl Flight {
    /// Ana talks with the caller, and everything is as it should be.
    fn begins(budget: Budget) -> Self {
        let desk = settled();
        let (caller, ana) = (desk.story.call.sid.clone(), leg(1));
        let member = |starts| Member {
            starts,
            ends: true,
            is_held: false,
            heard: HeardBy::Everybody,
        };
        let members = BTreeMap::from([(caller, member(false)), (ana.clone(), member(true))]);
        let talks = Leg {
            agent: crate::desk::user("ana"),
            is_telephone: false,
            offer: 1,
            is_answered: true,
            is_over: false,
        };
        let now = desk.story.now;
        let sweep = desk.support().sweep;
        Self {
            plan: Rc::new(desk.story.plan),
            call: desk.story.call,
            agents: desk.agents,
            closed: BTreeSet::new(),
            now,
            caller: Where::Room,
            room: Some(Conference {
                number: 1,
                has_started: true,
                members,
            }),
            rooms: 1,
            sequence: 10,
            legs: BTreeMap::from([(ana, talks)]),
            has_sam: false,
            created: 1,
            callbacks: VecDeque::new(),
            late: Vec::new(),
            asks: Vec::new(),
            outbox: BTreeMap::new(),
            timers: Vec::new(),
            sweep: Some((now.plus_seconds(10), sweep)),
            left: budget,
            silent_ms: 0,
            failures: 0,
            is_troubled: false,
        }
    }

    fn sid(&self) -> CallSid {
        self.call.sid.clone()
    }

    fn support(&self) -> &Support {
        self.call.support().expect("a support call")
    }

    fn presence(&self, agent: &UserName) -> Presence {
        Presence {
            answered: Some(self.now),
            registered: !self.closed.contains(agent),
            microphone: true,
        }
    }

    /// Takes an event through the door. False when it was refused.
    fn takes(&mut self, event: &Event) -> Result<(Option<Answer>, bool), String> {
        let step = self.call.on(event.clone(), false, self.now, &self.plan);
        if step.refusal.is_some() {
            return Ok((None, false));
        }
        let mut agents = self.agents.clone();
        for (who, what) in &step.agents {
            let Some(agent) = agents.get_mut(who) else {
                continue;
            };
            match agent.on(what, &self.presence(who), self.now) {
                Ok(after) => *agent = after.agent,
                Err(_) => return Ok((None, false)),
            }
        }
        self.follows(event, &step.call)?;
        self.call = step.call;
        self.agents = agents;
        for effect in step.effects {
            self.pushes(effect)?;
        }
        self.is_sane()?;
        Ok((step.answer, true))
    }

    fn pushes(&mut self, effect: Effect) -> Result<(), String> {
        match &effect {
            Effect::Tick { timer, due } => self.timers.push((*due, *timer)),
            Effect::Sweep { sweep, due } => self.sweep = Some((*due, *sweep)),
            Effect::AskCarrier { .. } => {}
            Effect::RingAgent { offer, .. } => {
                self.is_private(*offer)?;
                self.queues(effect);
            }
            Effect::RingNumber { .. }
            | Effect::EndLeg { .. }
            | Effect::EndRoom
            | Effect::SetEndsRoom { .. }
            | Effect::Hold { .. }
            | Effect::Mute { .. }
            | Effect::SetHeard { .. }
            | Effect::SendAway { .. }
            | Effect::InRoom { .. }
            | Effect::RedirectCaller { .. } => self.queues(effect),
        }
        Ok(())
    }

    fn queues(&mut self, effect: Effect) {
        let lane = effect.lane().expect("it has a lane");
        self.outbox.entry(lane).or_default().push_back(effect);
    }

    /// While a consult's agent is there, nobody is rung before the caller cannot hear them.
    fn is_private(&self, offer: u32) -> Result<(), String> {
        let Some(transfer) = &self.support().transfer else {
            return Ok(());
        };
        let asks = transfer.kind == TransferKind::Consult && transfer.step.offer() == Some(offer);
        let sid = self.sid();
        let member = self.room.as_ref().and_then(|room| room.members.get(&sid));
        let talks = matches!(self.support().stage, exchange::Stage::Talking { .. });
        if asks && talks && member.is_some_and(|member| !member.is_held) {
            return Err("a consult rings while the caller hears".to_owned());
        }
        Ok(())
    }

    /// The caller's or a leg's request is answered, and the answer obeyed.
    fn serves(&mut self, asks: Asks) -> Result<(), String> {
        match asks {
            Asks::Caller(route, is_obeyed) => {
                if self.caller == Where::Gone {
                    return Ok(());
                }
                let event = match route {
                    SupportRoute::Left => SupportEvent::Left(Input::default()),
                    SupportRoute::Next
                    | SupportRoute::Enter
                    | SupportRoute::Wait
                    | SupportRoute::Hold
                    | SupportRoute::Keyed
                    | SupportRoute::Recorded
                    | SupportRoute::AgentLeft
                    | SupportRoute::Screened
                    | SupportRoute::WatchLeft
                    | SupportRoute::TakenOver => SupportEvent::Next(Input::default()),
                };
                let (answer, _) = self.takes(&Event::Support(event))?;
                if is_obeyed {
                    self.obeys(&answer.ok_or("no document")?)?;
                }
            }
            Asks::Sam => self.sam_asks()?,
            Asks::Key(sid, presses) => self.is_screened(&sid, presses)?,
            Asks::Leg(sid) => {
                let is_over = false;
                let leg = sid.clone();
                let left = SupportEvent::AgentLeft { leg, is_over };
                let (answer, _) = self.takes(&Event::Support(left))?;
                self.leg_obeys(&sid, answer.as_ref());
            }
            Asks::Joins(sid) => {
                let at = &self.legs[&sid];
                if at.is_over {
                    return Ok(());
                }
                let joins = SupportEvent::AgentJoins {
                    agent: at.agent.clone(),
                    leg: sid.clone(),
                    offer: Some(at.offer),
                };
                let (answer, _) = self.takes(&Event::Support(joins))?;
                self.leg_obeys(&sid, answer.as_ref());
            }
        }
        Ok(())
    }

    fn is_screened(&mut self, sid: &CallSid, presses: bool) -> Result<(), String> {
        if self.legs[sid].is_over {
            return Ok(());
        }
        let screened = SupportEvent::Screened {
            leg: sid.clone(),
            keys: Digits::parse(Some(if presses { "1" } else { "" })),
        };
        let (answer, _) = self.takes(&Event::Support(screened))?;
        self.leg_obeys(sid, answer.as_ref());
        Ok(())
    }

    fn leg_obeys(&mut self, sid: &CallSid, answer: Option<&Answer>) {
        if self.legs[sid].is_over {
            return;
        }
        match answer.and_then(|answer| answer.0.last()) {
            Some(Act::Join(join)) => self.enters(sid, join),
            Some(Act::Ask(_)) => self.asks.push(Asks::Key(sid.clone(), true)),
            Some(
                Act::Say(_)
                | Act::Dial(_)
                | Act::Music
                | Act::Beep
                | Act::Record(_)
                | Act::Goto(_)
                | Act::HangUp,
            )
            | None => self.leg_ends(sid, exchange::LegStatus::Completed),
        }
    }

    fn obeys(&mut self, answer: &Answer) -> Result<(), String> {
        for act in &answer.0 {
            match act {
                Act::Say(_) | Act::Music | Act::Beep => {}
                Act::Join(join) => {
                    self.caller = Where::Room;
                    let sid = self.sid();
                    self.enters(&sid, join);
                    return Ok(());
                }
                Act::Ask(_) | Act::Record(_) => {
                    self.caller = Where::Asked;
                    return Ok(());
                }
                Act::Goto(Route::Support(_, route)) => {
                    self.asks.push(Asks::Caller(*route, true));
                    return Ok(());
                }
                Act::HangUp => {
                    self.caller_is_over();
                    return Ok(());
                }
                Act::Dial(_) | Act::Goto(_) => return Err("led out of the call".to_owned()),
            }
        }
        Err("a document leads nowhere".to_owned())
    }
}

fn conference(number: u32) -> ConferenceSid {
    ConferenceSid::parse(&format!("CF{number:032x}")).expect("a conference")
}
