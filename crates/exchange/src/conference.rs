//! The conference line: rooms in which visitors wait for a moderator, and what people at the monitor
//! do in them.

mod acts;
mod announce;
mod calls;
mod case;
mod deed;
mod did;
mod entry;
mod event;
mod inside;
mod invites;
mod line;
mod member;
mod room;
mod said;
mod settle;
mod sweep;
mod timers;
mod toggle;
mod visitor;

use serde::{Deserialize, Serialize};

pub use announce::announcement;
pub use deed::{RoomDeed, RoomTimer};
pub use event::{
    By, ConferenceEvent, ConferenceRoute, ConferenceSaid, RoomAct, RoomRefusal, RoomSeen, Said,
    SeenInRoom, Undone,
};
pub use line::{BadRoomId, ConferenceLine, ConferenceRoom, Recorded, RoomId, Told};
pub use member::{Leaving, Member, Role, Stay, Whereabouts, WhyLeft};
pub use room::{
    ActKind, ActState, Acted, Announcement, Gathering, Invite, InviteOutcome, Locked, Phase, Room,
    Untold, Words,
};
pub use toggle::Toggle;
pub use visitor::{Guest, Visitor, VisitorStage, WaitWords};

use self::case::{Case, stand_in};
use crate::turn::Turn;
use crate::{
    Act, Answer, Call, Digits, Input, LineKind, Moment, Plan, Progress, RoomKey, Route, Step, call,
};

/// What a step makes of a room. It is written with the call, in one commit; a room that has moved on
/// since it was read is a conflict, and the step is taken again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomStep {
    /// The room as it stands.
    pub room: Room,
    /// Stays that are over: rows of the attendance.
    pub stays: Vec<Stay>,
    /// The gathering that is over.
    pub over: Option<Gathering>,
}

/// What becomes of a call, and of its room, when something of a conference line happens.
pub(crate) fn on(
    call: &Call,
    event: ConferenceEvent,
    room: Option<&Room>,
    is_first: bool,
    now: Moment,
    plan: &Plan,
) -> Step {
    let stand_in = stand_in(call);
    let line = plan.line(&call.line).unwrap_or(&stand_in);
    let mut call = call.clone();
    let is_fresh = matches!(&call.progress, Progress::Forward(_) | Progress::Menu(_))
        && matches!(line.kind, LineKind::Conference(_));
    if is_fresh && call.ended.is_none() {
        call.progress = Progress::beginning(line, now);
    }
    let turn = Turn::new(call, line, plan, now);
    if let ConferenceEvent::Visits(_, input) = &event
        && turn.call.visitor().is_none()
    {
        return no_visit(turn, input);
    }
    let nowhere = Room::new(nowhere(&turn));
    let mut case = Case::new(turn, room.unwrap_or(&nowhere));
    if is_first {
        let arrival = arrival(&case.turn);
        case.turn.note(arrival);
    }
    case.take(event)
}

/// Where a visitor is of whom it is not known to which room they come.
fn nowhere(turn: &Turn<'_>) -> RoomId {
    RoomId {
        line: turn.call.line.clone(),
        room: RoomKey::parse("nowhere").expect("the word is a room key"),
    }
}

fn arrival(turn: &Turn<'_>) -> String {
    match turn.call.visitor().map(|visitor| &visitor.guest) {
        Some(Guest::Person { name, .. }) => {
            format!("{name} comes to {} by their browser.", turn.line.name)
        }
        Some(Guest::Invited { .. }) => {
            let label = turn.call.caller.label();
            format!("{label} answered a call into {}.", turn.line.name)
        }
        Some(Guest::Caller) | None => call::arrival(&turn.call, turn.line),
    }
}

impl Case<'_> {
    fn take(mut self, event: ConferenceEvent) -> Step {
        match event {
            ConferenceEvent::Visits(step, input) => {
                self.visits(step, &input);
                return self.spoken();
            }
            ConferenceEvent::Act { by, what, .. } => {
                if let Err(refusal) = self.act(&by, what) {
                    return self.refused(refusal);
                }
            }
            ConferenceEvent::Said(_, said) => self.said(said),
            ConferenceEvent::Invited {
                invite,
                leg,
                status,
                ..
            } => self.invited(invite, &leg, &status),
            ConferenceEvent::Did { deed, how, .. } => self.did(deed, how),
            ConferenceEvent::Rang { invite, leg, .. } => self.rang(invite, leg),
            ConferenceEvent::Due(_, timer) => self.due(timer),
            ConferenceEvent::Seen { sweep, what, .. } => self.seen(sweep, what),
        }
        self.settle();
        self.quiet()
    }

    fn visits(&mut self, step: ConferenceRoute, input: &Input) {
        if self.turn.call.ended.is_some() {
            return self.turn.late(input);
        }
        if input.caller_is_gone {
            let leg = self.leg();
            self.gone(&leg, WhyLeft::HungUp);
            self.settle();
            return self.turn.caller_left(input);
        }
        let stage = self.visitor().map(|visitor| visitor.stage.clone());
        match step {
            ConferenceRoute::Wait | ConferenceRoute::Hold => return self.wait(),
            ConferenceRoute::Enter => self.enter(input),
            ConferenceRoute::Code if stage == Some(VisitorStage::AskedCode) => {
                let leads = self.leads_here(&input.digits);
                self.code(input, leads);
            }
            ConferenceRoute::Pin if stage == Some(VisitorStage::AskedPin) => self.pin(input),
            ConferenceRoute::Left => self.left(input),
            ConferenceRoute::Menu => self.menu(input),
            ConferenceRoute::Code | ConferenceRoute::Pin | ConferenceRoute::Next => {
                self.lead(input);
            }
        }
        self.settle();
    }

    /// Whether keys are the code of the room that was handed in.
    fn leads_here(&self, digits: &Digits) -> bool {
        let code = self.settings.code.as_ref();
        code.is_some_and(|code| keyed(digits) == Some(code.as_str()))
    }
}

/// The keys, without the pound sign that ends them.
fn keyed(digits: &Digits) -> Option<&str> {
    match digits {
        Digits::Keys(keys) => Some(keys.trim_end_matches('#')),
        Digits::None | Digits::Nonsense => None,
    }
}

/// Something of a conference line is asked for by a call that is no visit to one.
fn no_visit(mut turn: Turn<'_>, input: &Input) -> Step {
    if turn.call.ended.is_some() {
        turn.late(input);
    } else if input.caller_is_gone {
        turn.caller_left(input);
    } else {
        turn.note("The request belongs to another kind of call; the caller is led back to the beginning of this one.");
        turn.restart();
    }
    turn.into_step()
}

/// Adds to a step with which a call has ended that the visitor is out of their room.
pub(crate) fn close(step: &mut Step, room: Option<&Room>, plan: &Plan, now: Moment) {
    let taken = step.room.take();
    let Some(room) = taken.as_ref().map(|step| &step.room).or(room) else {
        return;
    };
    if room.member(&step.call.sid).is_none() {
        step.room = taken;
        return;
    }
    let stand_in = stand_in(&step.call);
    let line = plan.line(&step.call.line).unwrap_or(&stand_in);
    let turn = Turn::new(step.call.clone(), line, plan, now);
    let mut case = Case::new(turn, room);
    let leg = case.leg();
    case.gone(&leg, WhyLeft::HungUp);
    case.settle();
    let after = case.quiet();
    step.call = after.call;
    step.lines.extend(after.lines);
    step.effects.extend(after.effects);
    step.agents.extend(after.agents);
    let (mut stays, over) = taken.map_or((Vec::new(), None), |step| (step.stays, step.over));
    step.room = after.room.map(|after| {
        stays.extend(after.stays);
        RoomStep {
            room: after.room,
            stays,
            over: after.over.or(over),
        }
    });
}

/// What somebody on hold in a room hears, for as long as it takes.
#[must_use]
pub fn hold_document() -> Answer {
    Answer(vec![
        Act::Music,
        Act::Goto(Route::Conference(ConferenceRoute::Hold)),
    ])
}

impl Room {
    /// Whether a deed is still to be done. Asked right before it is, with the room as it stands then:
    /// what has been overtaken meanwhile is dropped without a word.
    #[must_use]
    pub fn wants(&self, deed: &RoomDeed) -> bool {
        match deed {
            RoomDeed::Redirect { leg, round } => self
                .member(leg)
                .is_some_and(|member| member.moving.is_some() && member.round == *round),
            RoomDeed::Sweep { sweep, .. } => self.sweep == *sweep,
            RoomDeed::Ring { invite, .. } => self
                .invite(*invite)
                .is_some_and(|invite| invite.outcome.is_none() && invite.leg.is_none()),
            RoomDeed::EndsRoom { leg, on } => {
                self.member(leg).is_some_and(|one| one.ends.wants(*on))
            }
            RoomDeed::Mute { leg, on } => self.member(leg).is_some_and(|one| one.mute.wants(*on)),
            RoomDeed::Hold { leg, on } => self.member(leg).is_some_and(|one| one.hold.wants(*on)),
            RoomDeed::Record { on } => self.recording.is_some_and(|one| one.wants(*on)),
            // Somebody who is not on the list is led out as well.
            RoomDeed::Remove { leg } => self.member(leg).is_none_or(|one| one.leaving.is_some()),
            RoomDeed::Announce { .. }
            | RoomDeed::End { .. }
            | RoomDeed::EndInvite { .. }
            | RoomDeed::Tick { .. } => true,
        }
    }
}
