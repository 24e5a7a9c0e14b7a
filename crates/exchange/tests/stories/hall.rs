//! A conference line in a story: one room, its callers, and a small carrier that obeys.

mod carrier;
mod chance;
mod check;
mod rest;
mod told;

use std::collections::BTreeMap;

use exchange::conference::{InviteOutcome, Member, Phase, Room};
use exchange::{
    Act, Agent, Answer, By, Call, CallSid, Caller, ConferenceEvent, ConferenceRoom,
    ConferenceRoute, ConferenceSid, DialRules, Effect, Event, Input, Join, Language, Line, LineId,
    LineKind, Moment, Outcome, Place, Plan, PlanRows, RoomAct, RoomDeed, RoomId, RoomRefusal,
    Route, Step, UserName,
};

use crate::desk::{leg, present, user};
use crate::model::Lots;
use crate::support::{input, number, rows};

/// Where a leg is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// It rings, for an invitation.
    Ringing(u32),
    /// It is asked something; the answer leads on.
    Asked(Route),
    /// It goes on elsewhere in a moment.
    Going(Route, Moment),
    /// It hears what is said before it goes into the conference.
    Told(Join, Moment),
    /// In the conference.
    Room,
    /// Over.
    Gone,
}

/// A leg with its call.
pub(crate) struct Leg {
    pub(crate) at: At,
    pub(crate) call: Option<Call>,
    /// What it was told, in the keys of prompts.
    pub(crate) heard: Vec<String>,
    /// The last room that it was led into.
    pub(crate) join: Option<Join>,
    /// Since when it hears nothing.
    silent: Option<Moment>,
}

/// A leg in the carrier's conference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Within {
    pub(crate) starts: bool,
    pub(crate) ends: bool,
    pub(crate) is_muted: bool,
    pub(crate) is_held: bool,
}

/// The carrier's conference.
pub(crate) struct Conference {
    pub(crate) sid: ConferenceSid,
    pub(crate) has_started: bool,
    pub(crate) is_paused: bool,
    /// From when on the carrier knows of its recording.
    recorded: Moment,
    pub(crate) people: BTreeMap<CallSid, Within>,
    sequence: u32,
}

/// What is kept of a story, to be told when it goes wrong.
enum Written {
    Begins(Moment, CallSid),
    Happened(Moment, CallSid, Event),
    Lost(Event),
    Does(Moment, RoomDeed),
    Line(String),
}

/// Something on its way to us: an event for a call.
struct Mail {
    due: Moment,
    to: CallSid,
    event: Event,
}

pub(crate) struct Hall {
    pub(crate) now: Moment,
    pub(crate) plan: Plan,
    pub(crate) id: RoomId,
    pub(crate) room: Room,
    pub(crate) legs: BTreeMap<CallSid, Leg>,
    /// Those of ours whom something of the room concerned.
    pub(crate) agents: BTreeMap<UserName, Agent>,
    pub(crate) conference: Option<Conference>,
    journal: Vec<Written>,
    pub(crate) stays: Vec<exchange::conference::Stay>,
    pub(crate) over: Vec<exchange::conference::Gathering>,
    pub(crate) wrong_codes: u32,
    /// Whether the carrier lets in no more than the document says.
    pub(crate) is_strict: bool,
    /// How long it takes to say a character, and until the carrier knows of a recording.
    pub(crate) letter_ms: i64,
    pub(crate) recording_ms: i64,
    /// Whether what is to be done by REST waits.
    pub(crate) is_slow: bool,
    /// Whether the carrier refuses whatever it is asked by REST.
    pub(crate) refuses: bool,
    /// Which deeds it refuses whatever else it does.
    pub(crate) refuses_to: fn(&RoomDeed) -> bool,
    conferences: u32,
    created: u32,
    mail: Vec<Mail>,
    outbox: Vec<(Moment, CallSid, Effect)>,
    lots: Lots,
    /// How many of twelve callbacks are lost, and whether REST fails.
    loses: usize,
    may_trouble: bool,
    failures: u32,
    is_troubled: bool,
}

pub(crate) const MODERATOR: &str = "+13125550100";
pub(crate) const IDA: &str = "+13125550123";
pub(crate) const JIM: &str = "+13125550124";
/// So many things at one moment are a circle.
const MOST_AT_ONCE: u32 = 2_000;

pub(crate) const OWN: &str = "+12025550120";

/// A line `board` whose only room is `main`.
pub(crate) fn board(change: impl FnOnce(&mut ConferenceRoom)) -> (Plan, RoomId) {
    let id = RoomId::parse("board.main").expect("a room of the story");
    let mut room = ConferenceRoom::of(id.room.clone(), "Board");
    room.moderators = vec![number(MODERATOR)];
    change(&mut room);
    (plan_of(vec![room]), id)
}

/// A plan whose line `board` has these rooms.
pub(crate) fn plan_of(rooms: Vec<ConferenceRoom>) -> Plan {
    let mut rows: PlanRows = rows();
    rows.lines.push(Line {
        id: LineId::parse("board").expect("a line of the story"),
        name: "Board line".into(),
        number: Some(number(OWN)),
        language: Language::English,
        voice: None,
        kind: LineKind::Conference(Box::new(exchange::ConferenceLine { rooms })),
        person: None,
        dial: DialRules::default(),
        hours: None,
    });
    Plan::new(rows).expect("a plan of the story")
}

/// The leg of a telephone that is called, by its number in the order of ringing.
pub(crate) fn called(n: u32) -> CallSid {
    leg(1_000_000 + n)
}

/// Somebody at the monitor.
pub(crate) fn sam() -> By {
    By {
        user: user("sam"),
        name: "Sam".to_owned(),
    }
}

impl Hall {
    pub(crate) fn with(change: impl FnOnce(&mut ConferenceRoom)) -> Self {
        let (plan, id) = board(change);
        Self::of(plan, id, Lots::of(Vec::new()))
    }

    pub(crate) fn open() -> Self {
        Self::with(|_| {})
    }

    /// A conference: Ida and Jim, and their moderator.
    pub(crate) fn running() -> (Self, [CallSid; 3]) {
        let mut hall = Self::open();
        let ida = hall.calls(1, IDA);
        let jim = hall.calls(2, JIM);
        let mo = hall.calls(3, MODERATOR);
        (hall, [ida, jim, mo])
    }

    pub(crate) fn of(plan: Plan, id: RoomId, lots: Lots) -> Self {
        Self {
            now: Moment(1_700_000_000_000),
            plan,
            room: Room::new(id.clone()),
            id,
            legs: BTreeMap::new(),
            agents: BTreeMap::new(),
            conference: None,
            journal: Vec::new(),
            stays: Vec::new(),
            over: Vec::new(),
            wrong_codes: 0,
            is_strict: false,
            letter_ms: 0,
            recording_ms: 0,
            is_slow: false,
            refuses: false,
            refuses_to: |_| false,
            conferences: 0,
            created: 0,
            mail: Vec::new(),
            outbox: Vec::new(),
            lots,
            loses: 0,
            may_trouble: false,
            failures: 0,
            is_troubled: false,
        }
    }

    fn line(&self) -> &Line {
        self.plan.line(&self.id.line).expect("the line")
    }

    /// Takes an event through the door: the call, and the room that it concerns.
    pub(crate) fn takes(&mut self, to: &CallSid, event: Event) -> Step {
        let written = Written::Happened(self.now, to.clone(), event.clone());
        self.journal.push(written);
        let call = self.legs[to].call.clone().expect("a call that has begun");
        self.decides(&call, event, false)
    }

    /// The beginning of a call.
    fn begins(&mut self, call: &Call, event: Event) -> Step {
        self.journal
            .push(Written::Begins(self.now, call.sid.clone()));
        self.decides(call, event, true)
    }

    fn decides(&mut self, call: &Call, event: Event, is_first: bool) -> Step {
        let step = match call.room_of(&event, &self.plan) {
            Some(room) => {
                assert_eq!(room, self.id);
                call.in_room(&self.room, event, is_first, self.now, &self.plan)
            }
            None => call.on(event, is_first, self.now, &self.plan),
        };
        if step.refusal.is_some() {
            return step;
        }
        if let Some(room) = &step.room {
            assert_ne!(
                (&room.room, room.stays.len()),
                (&self.room, 0),
                "a room that has not changed is not written"
            );
            self.room = room.room.clone();
            self.stays.extend(room.stays.clone());
            self.over.extend(room.over.clone());
        }
        for (who, event) in &step.agents {
            let known = self
                .agents
                .remove(who)
                .unwrap_or_else(|| told::available(who, self.now));
            let after = known.on(event, &present(self.now), self.now);
            let after = after.expect("nothing of a room can be refused");
            self.agents.insert(who.clone(), after.agent);
        }
        self.wrong_codes += u32::from(step.wrong_code);
        for effect in &step.effects {
            let due = effect.due(self.now);
            self.outbox.push((due, call.sid.clone(), effect.clone()));
        }
        let lines = step.lines.iter().cloned();
        self.journal.extend(lines.map(Written::Line));
        if let Some(leg) = self.legs.get_mut(&call.sid) {
            leg.call = Some(step.call.clone());
        }
        step
    }

    pub(crate) fn act(&mut self, what: RoomAct) -> Result<(), RoomRefusal> {
        let through = what.leg().or_else(|| self.room.anchor());
        let Some(through) = through.cloned() else {
            return Err(RoomRefusal::Empty);
        };
        let event = Event::Conference(ConferenceEvent::Act {
            room: self.id.clone(),
            by: sam(),
            what,
        });
        let refusal = self.takes(&through, event).refusal;
        self.works();
        match refusal {
            Some(exchange::Refusal::Room(refusal)) => Err(refusal),
            Some(other) => panic!("{other}"),
            None => Ok(()),
        }
    }

    /// Somebody calls the line.
    pub(crate) fn calls(&mut self, n: u32, from: &str) -> CallSid {
        self.calls_as(n, Caller::Number(number(from)))
    }

    pub(crate) fn calls_as(&mut self, n: u32, caller: Caller) -> CallSid {
        let line = self.line().clone();
        let dialled = line.number.clone();
        let call = Call::new(leg(n), &line, caller, dialled, Place::default(), self.now);
        self.comes(&call, Input::default())
    }

    /// A call begins at the entry.
    pub(crate) fn comes(&mut self, call: &Call, input: Input) -> CallSid {
        let sid = call.sid.clone();
        self.seat(&sid);
        let step = self.begins(call, visits(ConferenceRoute::Enter, input));
        self.obeys(&sid, step.answer);
        self.works();
        sid
    }

    fn seat(&mut self, sid: &CallSid) {
        let route = Route::Conference(ConferenceRoute::Enter);
        self.legs.insert(
            sid.clone(),
            Leg {
                at: At::Asked(route),
                call: None,
                heard: Vec::new(),
                join: None,
                silent: None,
            },
        );
    }

    /// Somebody of ours comes by their browser.
    pub(crate) fn browser(&mut self, n: u32, name: &str) -> CallSid {
        let by = By {
            user: user(&name.to_lowercase()),
            name: name.to_owned(),
        };
        let call = Call::at_browser(leg(n), &by, &self.id, &self.plan, self.now);
        self.comes(&call.expect("there is the room"), Input::default())
    }

    /// Somebody who is asked something presses keys; silence is the empty text.
    pub(crate) fn keys(&mut self, who: &CallSid, keys: &str) {
        self.keys_with(who, input(keys));
    }

    pub(crate) fn keys_with(&mut self, who: &CallSid, input: Input) {
        let At::Asked(route) = self.legs[who].at.clone() else {
            panic!("{who} is not asked anything: {:?}", self.legs[who].at)
        };
        self.asks(who, &route, input);
        self.works();
    }

    /// What is on its way comes, and what is due is done, until nothing is.
    pub(crate) fn works(&mut self) {
        let mut times = 0;
        while self.does_one() {
            times += 1;
            assert!(
                times < MOST_AT_ONCE,
                "it goes round and round\n{}",
                self.tale()
            );
        }
    }

    /// Time goes by, from one thing that is due to the next.
    pub(crate) fn later(&mut self, seconds: i64) {
        let until = self.now.plus_seconds(seconds);
        self.works();
        while let Some(next) = self.next_due().filter(|next| *next <= until) {
            self.now = self.now.max(next);
            self.works();
            self.looks();
        }
        self.now = until;
        self.works();
        self.looks();
    }

    pub(crate) fn hangs_up(&mut self, who: &CallSid) {
        self.leg_ends(who);
        self.works();
    }

    pub(crate) fn stars(&mut self, who: &CallSid) {
        self.presses_star(who);
        self.works();
    }
}

pub(crate) fn visits(step: ConferenceRoute, input: Input) -> Event {
    Event::Conference(ConferenceEvent::Visits(step, input))
}
