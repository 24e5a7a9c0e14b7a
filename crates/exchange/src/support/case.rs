//! One turn of a support call, with what every part of its rules needs.

use super::{LegOf, Refusal, Seat, Stage, Support, SupportLine, Timer, Waiting};
use crate::turn::Turn;
use crate::{
    AgentEvent, Call, CallSid, DialRules, Effect, Language, Line, LineKind, Moment, Progress, Step,
    TeamId, UserName,
};

/// How long a leg may take to do what it was told before somebody looks after it.
pub(super) const GRACE_S: i64 = 5;

/// How long it may take until the carrier asks where to lead a caller whose room has ended.
const REGROUP_S: i64 = 3;

/// When the ending of a leg is tried again after the call, and for how long.
const END_AGAIN_S: i64 = 30;
const END_FOR_S: i64 = 3_600;

/// How often the carrier is asked who is in the room.
const SWEEP_EVERY_S: i64 = 15;

pub(super) struct Case<'a> {
    pub(super) turn: Turn<'a>,
    pub(super) state: Support,
    pub(super) settings: SupportLine,
}

/// The line of a call whose own was taken away: the caller goes on under the usual settings.
pub(super) fn stand_in(call: &Call) -> Line {
    Line {
        id: call.line.clone(),
        name: call.line.to_string(),
        number: call.dialled.clone(),
        language: Language::English,
        voice: None,
        kind: LineKind::Support(Box::new(usual())),
        person: None,
        dial: DialRules::default(),
        hours: None,
    }
}

fn usual() -> SupportLine {
    SupportLine::of(TeamId::parse("support").expect("the word is a team id"))
}

/// What the call's line is set to; the usual settings where it is no support line any more.
pub(super) fn settings(line: &Line) -> SupportLine {
    match &line.kind {
        LineKind::Support(settings) => settings.as_ref().clone(),
        LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Conference(_) => usual(),
    }
}

impl<'a> Case<'a> {
    /// Takes up a call; gives the turn back when it is no support call.
    #[expect(
        clippy::result_large_err,
        reason = "the turn is what the caller goes on with"
    )]
    pub(super) fn new(turn: Turn<'a>) -> Result<Self, Turn<'a>> {
        match turn.call.progress.clone() {
            Progress::Support(state) => Ok(Self {
                settings: settings(turn.line),
                state: *state,
                turn,
            }),
            Progress::Forward(_)
            | Progress::Menu(_)
            | Progress::CallingOut(_)
            | Progress::Conference(_) => Err(turn),
        }
    }

    /// Writes what is true of the support call into the call, for rules that look at the whole.
    pub(super) fn sync(&mut self) {
        self.turn.call.progress = Progress::Support(Box::new(self.state.clone()));
    }

    /// The step of an event that asks for a document.
    pub(super) fn spoken(mut self) -> Step {
        self.settle();
        self.sync();
        self.turn.into_step()
    }

    /// The step of any other event.
    pub(super) fn quiet(mut self) -> Step {
        self.settle();
        self.sync();
        self.turn.into_quiet_step()
    }

    pub(super) fn refused(self, refusal: Refusal) -> Step {
        Step {
            refusal: Some(refusal),
            ..Step::nothing(self.turn.call)
        }
    }

    pub(super) fn now(&self) -> Moment {
        self.turn.now
    }

    pub(super) fn tick(&mut self, timer: Timer, seconds: i64) {
        let due = self.now().plus_seconds(seconds);
        self.turn.effect(Effect::Tick { timer, due });
    }

    /// Another sweep, in the usual time.
    pub(super) fn sweep_on(&mut self) {
        let due = self.now().plus_seconds(SWEEP_EVERY_S);
        let sweep = self.state.sweep;
        self.turn.effect(Effect::Sweep { sweep, due });
    }

    /// A sweep soon, instead of the one that is due.
    pub(super) fn sweep_in(&mut self, seconds: i64) {
        self.state.sweep += 1;
        let due = self.now().plus_seconds(seconds);
        let sweep = self.state.sweep;
        self.turn.effect(Effect::Sweep { sweep, due });
    }

    /// The caller is led to whatever they are to meet now.
    pub(super) fn move_caller(&mut self) {
        self.state.room.moving_since = Some(self.now());
        let round = self.state.room.round;
        self.turn.effect(Effect::RedirectCaller { round });
        self.tick(Timer::Regroup { round }, GRACE_S);
    }

    /// The caller's room ends, and the carrier will ask where to lead them. If it does not, they are
    /// led.
    pub(super) fn expect_caller(&mut self) {
        self.state.room.moving_since = Some(self.now());
        let round = self.state.room.round;
        self.tick(Timer::Regroup { round }, REGROUP_S);
    }

    /// A wait begins.
    pub(super) fn begin_wait(&mut self, first: Option<UserName>) {
        let now = self.now();
        self.state.waits += 1;
        self.state.waiting_since = now;
        self.state.told = None;
        self.state.stage = Stage::Waiting(Waiting {
            first,
            not_before: now,
        });
        let wait = self.state.waits;
        let patience = i64::from(self.settings.nobody_after_s);
        self.tick(Timer::NobodyCame { wait }, patience);
        if let Some(seconds) = self.settings.choices_after_s {
            self.tick(Timer::Choices { wait }, i64::from(seconds.max(30)));
        }
    }

    /// The name of an agent as people read it.
    pub(super) fn name_of(&self, agent: &UserName) -> String {
        let offer = self.state.offers.iter().rev();
        offer
            .into_iter()
            .find(|offer| offer.agent == *agent && offer.number.is_none())
            .map_or_else(|| agent.to_string(), |offer| offer.name.clone())
    }

    /// The legs that are or will be in the room.
    pub(super) fn live_seats(&self) -> impl Iterator<Item = &Seat> {
        self.state.seats.iter().filter(|seat| seat.gone.is_none())
    }

    /// The legs that are or will be in the room, without those whose agents have handed the caller
    /// over.
    pub(super) fn staying(&self) -> impl Iterator<Item = &Seat> {
        self.live_seats().filter(|seat| seat.leaving.is_none())
    }

    pub(super) fn seat(&self, leg: &CallSid) -> Option<&Seat> {
        self.state.seats.iter().find(|seat| seat.leg == *leg)
    }

    pub(super) fn seat_mut(&mut self, leg: &CallSid) -> Option<&mut Seat> {
        self.state.seats.iter_mut().find(|seat| seat.leg == *leg)
    }

    /// Whose leg it is, as people read it.
    pub(super) fn seat_name(&self, seat: &Seat) -> String {
        match &seat.number {
            Some(number) => number.formatted(),
            None => self.name_of(&seat.agent),
        }
    }

    /// Something that happens to the agent of a leg; a telephone has none.
    pub(super) fn tell_seat(&mut self, seat: &Seat, event: AgentEvent) {
        if seat.number.is_none() {
            self.turn.agent(&seat.agent, event);
        }
    }

    pub(super) fn end_leg(&mut self, leg: LegOf) {
        self.turn.effect(Effect::EndLeg { leg });
    }
}

/// A leg that could not be ended though the call is over: somebody would sit in an empty room for ever.
impl Case<'_> {
    pub(super) fn ends_later(&mut self, leg: LegOf) {
        let ended = self.turn.call.ended.as_ref().map(|ended| ended.at);
        let tries = |ended: Moment| self.now().seconds_since(ended) < END_FOR_S;
        if ended.is_some_and(tries) {
            self.state.unended.push(leg);
            self.tick(Timer::EndAgain, END_AGAIN_S);
        }
    }

    pub(super) fn end_again(&mut self) {
        for leg in std::mem::take(&mut self.state.unended) {
            self.end_leg(leg);
        }
    }
}

impl Seat {
    /// How effects name the leg.
    pub(super) fn leg_of(&self) -> LegOf {
        self.offer
            .map_or_else(|| LegOf::Leg(self.leg.clone()), LegOf::Offer)
    }
}
