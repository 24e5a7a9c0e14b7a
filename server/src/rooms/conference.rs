//! The room of a conference line, as the monitor shows it.

use desk::rooms::{
    ActKind, ActState, ActView, Attended, PersonRole, PersonStage, PersonView, RecordingView,
    RoomKind, RoomStage, RoomView,
};
use exchange::Plan;
use exchange::conference::{
    self as rules, Acted, Invite, Member, Phase, Role, Room, RoomId, Stay, Whereabouts, WhyLeft,
};
use store::KnownRoom;

/// A room with somebody in it, or on the way.
pub(super) fn room(known: &KnownRoom, plan: &Plan) -> RoomView {
    let room = &known.room;
    let settings = plan.conference_room(&room.id);
    let line = plan.line(&room.id.line);
    let (stage, since) = stage(room);
    let mut people: Vec<PersonView> = room.members.iter().map(member).collect();
    people.extend(room.invites.iter().filter_map(called));
    RoomView {
        id: room.id.to_string(),
        kind: RoomKind::Conference,
        name: name(&room.id, plan),
        line_name: line_name(&room.id, plan),
        number: line
            .and_then(|line| line.number.as_ref())
            .map(exchange::PhoneNumber::formatted),
        stage,
        since_ms: since,
        began_ms: room.opened.0,
        people,
        is_locked: room.locked.is_some(),
        limit: settings.map(|settings| u32::from(settings.limit)),
        recording: recording(room),
        help: None,
        acts: acts(&room.acts, &room.invites),
        reconciled_ms: room.reconciled.map(|at| at.0),
    }
}

/// The name of a room for people.
pub(super) fn name(id: &RoomId, plan: &Plan) -> String {
    plan.conference_room(id)
        .map_or_else(|| id.room.to_string(), |room| room.name.clone())
}

/// The name of a room's line.
pub(super) fn line_name(id: &RoomId, plan: &Plan) -> String {
    plan.line(&id.line)
        .map_or_else(|| id.line.to_string(), |line| line.name.clone())
}

/// What invitations are called in forms: `invite-1`.
const INVITE: &str = "invite-";

/// The invitation that a form names.
pub(super) fn invite_named(person: &str) -> Option<u32> {
    person.strip_prefix(INVITE)?.parse().ok()
}

fn stage(room: &Room) -> (RoomStage, i64) {
    let is_being_ended = |member: &Member| {
        let why = member.leaving.as_ref().map(|leaving| &leaving.why);
        matches!(why, Some(WhyLeft::Ended { .. }))
    };
    match room.phase {
        Phase::Running { since } if room.members.iter().all(is_being_ended) => {
            (RoomStage::Ending, since.0)
        }
        Phase::Running { since } => (RoomStage::Running, since.0),
        Phase::Grace { since, until } => (RoomStage::Grace { until_ms: until.0 }, since.0),
        Phase::Waiting { since } if is_alone(room) => (RoomStage::Alone, since.0),
        Phase::Waiting { since } => (RoomStage::Waiting, since.0),
        Phase::Empty => (RoomStage::Waiting, room.opened.0),
    }
}

/// Whether a moderator is there alone.
fn is_alone(room: &Room) -> bool {
    match room.members.as_slice() {
        [only] => only.role == Role::Moderator && matches!(only.place, Whereabouts::Inside { .. }),
        [] | [_, _, ..] => false,
    }
}

fn recording(room: &Room) -> RecordingView {
    match &room.recording {
        None => RecordingView::None,
        Some(_) if room.started.is_none() => RecordingView::Awaited,
        Some(recording) if recording.is_on => RecordingView::Running,
        Some(_) => RecordingView::Paused,
    }
}

fn member(member: &Member) -> PersonView {
    let (stage, since) = match member.place {
        Whereabouts::OnTheWay { since, .. } => (PersonStage::Coming, since),
        Whereabouts::Inside { since } => (PersonStage::In, since),
        Whereabouts::Outside { since } | Whereabouts::Aside { since } => {
            (PersonStage::Aside, since)
        }
    };
    let stage = if member.leaving.is_some() {
        PersonStage::Leaving
    } else {
        stage
    };
    PersonView {
        leg: member.leg.to_string(),
        label: member.name.clone(),
        user: member.user.as_ref().map(ToString::to_string),
        role: role(member.role, member.invite.is_some()),
        stage,
        since_ms: match stage {
            PersonStage::In | PersonStage::Aside | PersonStage::Leaving => member.came.0,
            PersonStage::Ringing | PersonStage::Coming => since.0,
        },
        speaking_since_ms: member.speaking.map(|since| since.0),
        is_muted: member.mute.is_on,
        is_held: member.hold.is_on,
        hand_since_ms: member.hand.map(|since| since.0),
        acts: acts(&member.acts, &[]),
    }
}

/// Somebody who is being called.
fn called(invite: &Invite) -> Option<PersonView> {
    if invite.outcome.is_some() {
        return None;
    }
    Some(PersonView {
        leg: format!("{INVITE}{}", invite.id),
        label: invite.number.formatted(),
        role: PersonRole::Outside,
        stage: PersonStage::Ringing,
        since_ms: invite.began.0,
        ..PersonView::default()
    })
}

const fn role(role: Role, is_called: bool) -> PersonRole {
    match role {
        Role::Moderator => PersonRole::Moderator,
        Role::Participant if is_called => PersonRole::Outside,
        Role::Participant => PersonRole::Participant,
    }
}

/// What was done, and of numbers that were called in which.
fn acts(acts: &[Acted], invites: &[Invite]) -> Vec<ActView> {
    let number = |act: &Acted| {
        let mut invites = invites.iter();
        let found = invites.find(|invite| Some(invite.id) == act.invite)?;
        Some(found.number.formatted())
    };
    let latest_first = acts.iter().rev();
    latest_first
        .map(|act| ActView {
            kind: kind(act.kind),
            about: number(act),
            on: act.on,
            state: match &act.state {
                rules::ActState::Wanted => ActState::Wanted,
                rules::ActState::Done => ActState::Done,
                rules::ActState::Refused(why) => ActState::Refused(why.clone()),
            },
            at_ms: act.at.0,
            by: act.by.name.clone(),
        })
        .collect()
}

const fn kind(kind: rules::ActKind) -> ActKind {
    match kind {
        rules::ActKind::Mute => ActKind::Mute,
        rules::ActKind::Hold => ActKind::Hold,
        rules::ActKind::Remove => ActKind::Remove,
        rules::ActKind::Hand => ActKind::Hand,
        rules::ActKind::Announce => ActKind::Announce,
        rules::ActKind::MuteAll => ActKind::MuteAll,
        rules::ActKind::Add => ActKind::Add,
        rules::ActKind::Lock => ActKind::Lock,
        rules::ActKind::Record => ActKind::Record,
        rules::ActKind::End => ActKind::End,
    }
}

/// A stay that is over, as a row of the attendance.
pub(super) fn attended(stay: &Stay) -> Attended {
    Attended {
        leg: stay.leg.to_string(),
        label: stay.name.clone(),
        number: stay.number.as_ref().map(ToString::to_string),
        role: role(stay.role, stay.was_called),
        joined_ms: stay.came.0,
        met_ms: stay.met.map(|met| met.0),
        left_ms: Some(stay.left.0),
        why: why(&stay.why),
    }
}

/// Somebody who is there, as a row of the attendance.
pub(super) fn attending(member: &Member) -> Attended {
    Attended {
        leg: member.leg.to_string(),
        label: member.name.clone(),
        number: member.number.as_ref().map(ToString::to_string),
        role: role(member.role, member.invite.is_some()),
        joined_ms: member.came.0,
        met_ms: member.met.map(|met| met.0),
        left_ms: None,
        why: String::new(),
    }
}

fn why(why: &WhyLeft) -> String {
    match why {
        WhyLeft::HungUp => "Hung up".to_owned(),
        WhyLeft::Removed { by } => format!("Removed by {}", by.name),
        WhyLeft::Ended { by } => format!("Ended by {}", by.name),
        WhyLeft::GraceOver => "No moderator came back".to_owned(),
        WhyLeft::NobodyCame => "It did not begin".to_owned(),
        WhyLeft::Trouble => "Could not be led in".to_owned(),
    }
}
