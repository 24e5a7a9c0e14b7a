//! One turn in a room, with what every part of its rules needs.

use super::{
    ActKind, ActState, Acted, By, ConferenceRoom, Gathering, Member, Phase, Recorded, Role, Room,
    RoomDeed, RoomRefusal, RoomStep, RoomTimer, Stay, Toggle, Visitor, Whereabouts, WhyLeft,
};
use crate::turn::Turn;
use crate::{
    AgentEvent, Call, CallSid, ConferenceLine, DialRules, Effect, Language, Line, LineKind, Moment,
    Plan, Progress, Refusal, RoomId, Step,
};

/// How long a leg may take to do what it was told before somebody looks after it.
pub(super) const GRACE_S: i64 = 5;

/// How often the carrier is asked who is in a room.
pub(super) const SWEEP_EVERY_S: i64 = 15;

/// How many stays that are over a room remembers.
const MOST_GONE: usize = 20;

/// How many conferences that are over a room remembers.
const MOST_PAST: usize = 20;

pub(super) struct Case<'a> {
    pub(super) turn: Turn<'a>,
    pub(super) room: Room,
    pub(super) settings: ConferenceRoom,
    pub(super) wrong_code: bool,
    before: Room,
    stays: Vec<Stay>,
    over: Option<Gathering>,
}

/// The line of a call whose own was taken away: whoever is in a room goes on.
pub(super) fn stand_in(call: &Call) -> Line {
    Line {
        id: call.line.clone(),
        name: call.line.to_string(),
        number: call.dialled.clone(),
        language: Language::English,
        voice: None,
        kind: LineKind::Conference(Box::new(ConferenceLine { rooms: Vec::new() })),
        person: None,
        dial: DialRules::default(),
        hours: None,
    }
}

/// What a room is set to; the usual settings where it was taken away.
pub(super) fn settings(plan: &Plan, id: &RoomId) -> ConferenceRoom {
    plan.conference_room(id).cloned().unwrap_or_else(|| {
        let name = id.room.to_string();
        ConferenceRoom::of(id.room.clone(), &name)
    })
}

impl<'a> Case<'a> {
    pub(super) fn new(turn: Turn<'a>, room: &Room) -> Self {
        Self {
            settings: settings(turn.plan, &room.id),
            room: room.clone(),
            before: room.clone(),
            turn,
            wrong_code: false,
            stays: Vec::new(),
            over: None,
        }
    }

    pub(super) fn now(&self) -> Moment {
        self.turn.now
    }

    /// The call's own leg.
    pub(super) fn leg(&self) -> CallSid {
        self.turn.call.sid.clone()
    }

    /// The step of an event that asks for a document.
    pub(super) fn spoken(self) -> Step {
        let (room, wrong_code) = self.outcome();
        Step {
            room,
            wrong_code,
            ..self.turn.into_step()
        }
    }

    /// The step of any other event.
    pub(super) fn quiet(self) -> Step {
        Step {
            answer: None,
            ..self.spoken()
        }
    }

    pub(super) fn refused(self, refusal: RoomRefusal) -> Step {
        Step {
            refusal: Some(Refusal::Room(refusal)),
            ..Step::nothing(self.turn.call)
        }
    }

    fn outcome(&self) -> (Option<RoomStep>, bool) {
        let has_changed = self.room != self.before || !self.stays.is_empty();
        let room = has_changed.then(|| RoomStep {
            room: self.room.clone(),
            stays: self.stays.clone(),
            over: self.over.clone(),
        });
        (room, self.wrong_code)
    }

    pub(super) fn visitor(&self) -> Option<&Visitor> {
        self.turn.call.visitor()
    }

    pub(super) fn visitor_mut(&mut self) -> Option<&mut Visitor> {
        match &mut self.turn.call.progress {
            Progress::Conference(visitor) => Some(visitor),
            Progress::Forward(_)
            | Progress::Menu(_)
            | Progress::CallingOut(_)
            | Progress::Support(_) => None,
        }
    }

    pub(super) fn member_mut(&mut self, leg: &CallSid) -> Option<&mut Member> {
        self.room
            .members
            .iter_mut()
            .find(|member| member.leg == *leg)
    }

    /// Whoever is not on their way out.
    pub(super) fn staying(&self) -> impl Iterator<Item = &Member> {
        self.room
            .members
            .iter()
            .filter(|member| member.leaving.is_none())
    }

    pub(super) fn has_moderator(&self) -> bool {
        self.staying().any(|member| member.role == Role::Moderator)
    }

    pub(super) fn deed(&mut self, what: RoomDeed) {
        let room = self.room.id.clone();
        self.turn.effect(Effect::InRoom { room, what });
    }

    pub(super) fn tick(&mut self, timer: RoomTimer, seconds: i64) {
        let due = self.now().plus_seconds(seconds);
        self.deed(RoomDeed::Tick { timer, due });
    }

    /// A sweep at this time or before: none that is due earlier is put off, and one that is under way
    /// counts, whatever happens meanwhile.
    pub(super) fn sweep_in(&mut self, seconds: i64) {
        let now = self.now();
        let due = now.plus_seconds(seconds);
        match self.room.sweeps_at {
            Some(at) if at <= now => {
                let again = self.room.sweeps_again.unwrap_or(due);
                self.room.sweeps_again = Some(again.min(due));
            }
            Some(at) if at <= due => {}
            Some(_) => {
                self.room.sweep += 1;
                self.sweep_due(seconds);
            }
            None => self.sweep_due(seconds),
        }
    }

    /// The only sweep.
    pub(super) fn sweep_due(&mut self, seconds: i64) {
        let due = self.now().plus_seconds(seconds);
        let sweep = self.room.sweep;
        self.room.sweeps_at = Some(due);
        self.deed(RoomDeed::Sweep { sweep, due });
    }

    /// A leg is led to whatever it is to meet now.
    pub(super) fn redirect(&mut self, leg: &CallSid) {
        let now = self.now();
        let Some(member) = self.member_mut(leg) else {
            return;
        };
        member.moving = Some(now);
        let round = member.round;
        let leg = leg.clone();
        self.deed(RoomDeed::Redirect {
            leg: leg.clone(),
            round,
        });
        self.tick(RoomTimer::Regroup { leg, round }, GRACE_S);
    }

    /// What is done at the monitor is written down, the latest of its kind.
    pub(super) fn acted(
        &mut self,
        leg: Option<&CallSid>,
        kind: ActKind,
        on: bool,
        by: &By,
        state: ActState,
    ) {
        let acted = Acted {
            kind,
            invite: None,
            on,
            by: by.clone(),
            at: self.now(),
            state,
        };
        if let Some(acts) = self.acts_mut(leg) {
            acts.retain(|one| one.kind != kind);
            acts.push(acted);
        }
    }

    /// What was wanted is done, or refused.
    pub(super) fn act_is(
        &mut self,
        leg: Option<&CallSid>,
        kind: ActKind,
        on: bool,
        state: &ActState,
    ) {
        let acts = self.acts_mut(leg).into_iter().flatten();
        for acted in acts {
            if acted.kind == kind && acted.on == on && acted.state == ActState::Wanted {
                acted.state = state.clone();
            }
        }
    }

    fn acts_mut(&mut self, leg: Option<&CallSid>) -> Option<&mut Vec<Acted>> {
        match leg {
            Some(leg) => Some(&mut self.member_mut(leg)?.acts),
            None => Some(&mut self.room.acts),
        }
    }

    /// The first who comes opens the room.
    pub(super) fn open(&mut self) {
        let now = self.now();
        let recording = match self.settings.recording {
            Recorded::Never => None,
            Recorded::FromStart => Some(Toggle::settled(true, now)),
            Recorded::Paused => Some(Toggle::settled(false, now)),
        };
        let was = &mut self.room;
        *was = Room {
            gathering: was.gathering + 1,
            opened: now,
            phase: Phase::Waiting { since: now },
            recording,
            past: std::mem::take(&mut was.past),
            unwanted: std::mem::take(&mut was.unwanted),
            announced: was.announced,
            invites: std::mem::take(&mut was.invites),
            invited: was.invited,
            sweep: was.sweep,
            conference_since: now,
            ..Room::new(was.id.clone())
        };
        self.sweep_in(SWEEP_EVERY_S);
    }

    /// Somebody is out for good.
    pub(super) fn gone(&mut self, leg: &CallSid, why: WhyLeft) {
        let now = self.now();
        let found = self.room.members.iter().position(|one| one.leg == *leg);
        let Some(found) = found else {
            return;
        };
        let member = self.room.members.remove(found);
        let is_own = *leg == self.turn.call.sid;
        if is_own && let Some(visitor) = self.visitor_mut() {
            visitor.met = visitor.met.or(member.met);
        }
        if let Some(user) = &member.user {
            let mut other = self.room.members.iter();
            let other = other.rfind(|one| one.user.as_ref() == Some(user));
            let event = match other.map(|other| other.leg.clone()) {
                Some(call) => AgentEvent::Moderates { call },
                None => AgentEvent::PhoneIsBack {
                    call: member.leg.clone(),
                },
            };
            self.turn.agent(user, event);
        }
        let why = member.leaving.map_or(why, |leaving| leaving.why);
        self.turn.note(format!(
            "{} {}",
            member.name,
            why.sentence(&self.settings.name)
        ));
        let (role, was_in) = (member.role, member.entered.is_some());
        let stay = Stay {
            gathering: self.room.gathering,
            leg: member.leg,
            name: member.name,
            number: member.number,
            user: member.user,
            role: member.role,
            was_called: member.invite.is_some(),
            came: member.came,
            met: member.met,
            left: now,
            why,
        };
        self.stays.push(stay.clone());
        self.room.gone.push(stay);
        let surplus = self.room.gone.len().saturating_sub(MOST_GONE);
        self.room.gone.drain(..surplus);
        if was_in {
            self.tell_of_going(role);
        }
        if self.room.members.is_empty() {
            self.close();
        }
    }

    /// The last who goes closes the room.
    fn close(&mut self) {
        let now = self.now();
        self.over = Some(Gathering {
            room: self.room.id.clone(),
            number: self.room.gathering,
            opened: self.room.opened,
            first_met: self.room.first_met,
            closed: now,
            visits: self.room.visits,
        });
        self.turn
            .note(format!("Nobody is in {} any more.", self.settings.name));
        self.give_up_invites();
        self.conference_is_past();
        self.nothing_is_wanted();
        self.room.phase = Phase::Empty;
        self.room.locked = None;
        self.room.recording = None;
        self.room.alone = None;
        self.room.ending = None;
        self.room.sweep += 1;
        self.room.sweeps_at = None;
        self.room.sweeps_again = None;
    }

    /// Nobody is left with whom anything could be done. Whether something was said is still to be told.
    fn nothing_is_wanted(&mut self) {
        self.end_is(&ActState::Done);
        let late = ActState::Refused("everybody has left".to_owned());
        for on in [true, false] {
            self.act_is(None, ActKind::MuteAll, on, &late);
            self.act_is(None, ActKind::Record, on, &late);
        }
    }

    /// The conference is over, as the carrier says: whatever else is said of it is past.
    pub(super) fn conference_is_past(&mut self) {
        let room = &mut self.room;
        if let Some(past) = room.conference.clone() {
            room.past.retain(|one| *one != past);
            room.past.push(past);
            let surplus = room.past.len().saturating_sub(MOST_PAST);
            room.past.drain(..surplus);
        }
        self.forget_conference();
    }

    /// Nobody knows of a conference of the room.
    pub(super) fn forget_conference(&mut self) {
        let now = self.now();
        let room = &mut self.room;
        room.conference = None;
        room.started = None;
        room.conference_since = now;
        if let Phase::Running { .. } = room.phase {
            room.phase = Phase::Waiting { since: now };
        }
        for member in &mut room.members {
            member.heard = 0;
            member.speaking = None;
            if let Whereabouts::Inside { .. } = member.place {
                member.place = Whereabouts::Outside { since: now };
            }
        }
    }
}
