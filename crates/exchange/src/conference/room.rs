//! A room of a conference line: who is in it, and how it stands.

use serde::{Deserialize, Serialize};

use super::{By, Member, RoomId, Stay, Toggle};
use crate::{CallSid, ConferenceSid, Moment, PhoneNumber};

/// How many conferences a room remembers whose recordings are not kept.
const MOST_UNWANTED: usize = 20;

/// A room of a conference line, across the conferences that the carrier makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// Which.
    pub id: RoomId,
    /// The number of the present gathering, or of the last one: it lasts from the first who comes in
    /// to the last who goes.
    pub gathering: u32,
    /// When that began.
    pub opened: Moment,
    /// How it stands.
    pub phase: Phase,
    /// When the gathering's people first heard each other.
    pub first_met: Option<Moment>,
    /// Who is in it, or on their way in or out, in the order of their coming.
    pub members: Vec<Member>,
    /// Who has left, latest last; only the last few are kept here.
    pub gone: Vec<Stay>,
    /// How many have been in the gathering.
    pub visits: u32,
    /// The numbers that were called into the room, latest last; only the last few are kept. Those of
    /// this gathering began after it opened.
    pub invites: Vec<Invite>,
    /// How many there have been.
    pub invited: u32,
    /// The announcements, latest last; only the last few are kept.
    pub announcements: Vec<Announcement>,
    /// How many there have been.
    pub announced: u32,
    /// Who locked it, and when.
    pub locked: Option<Locked>,
    /// Whether its recording goes on; nothing where it is not recorded.
    pub recording: Option<Toggle>,
    /// The conference whose recording that is.
    #[serde(default)]
    pub recorded: Option<ConferenceSid>,
    /// What was last done with the whole room at the monitor: one of each kind, and one for each number that was called
    /// in.
    pub acts: Vec<Acted>,
    /// The conference that the carrier made of it, once it is known.
    pub conference: Option<ConferenceSid>,
    /// Since when that is known to be the room's, or that there is none.
    pub conference_since: Moment,
    /// When it started.
    pub started: Option<Moment>,
    /// The conference that the carrier was asked to end.
    pub ending: Option<ConferenceSid>,
    /// Earlier conferences of the room, latest last: what is said of them is past.
    pub past: Vec<ConferenceSid>,
    /// Conferences of the room in which an erased caller was, latest last: what is recorded of them is not kept.
    #[serde(default)]
    pub unwanted: Vec<ConferenceSid>,
    /// Since when somebody seems to be alone in the started conference.
    pub alone: Option<Moment>,
    /// The number of the sweep that counts; an earlier one does not go on.
    pub sweep: u32,
    /// When that one is due; nothing while none is.
    #[serde(default)]
    pub sweeps_at: Option<Moment>,
    /// When the next one is wanted, of what happened while that one was under way.
    #[serde(default)]
    pub sweeps_again: Option<Moment>,
    /// When the carrier was last asked who is in it, and had an answer.
    pub reconciled: Option<Moment>,
    /// How many came and went whom nobody has been told of, and when somebody last was.
    pub untold: Untold,
}

/// How a room stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "phase")]
pub enum Phase {
    /// Nobody is in it.
    #[default]
    Empty,
    /// Everybody hears music until the conference begins.
    Waiting {
        /// Since when.
        since: Moment,
    },
    /// The conference is on.
    Running {
        /// Since when.
        since: Moment,
    },
    /// The moderators are gone, and everybody hears music until one comes back.
    Grace {
        /// Since when.
        since: Moment,
        /// Until when.
        until: Moment,
    },
}

/// A gathering, once it is over: a past conference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathering {
    /// The room.
    pub room: RoomId,
    /// Its number.
    pub number: u32,
    /// When the first came in.
    pub opened: Moment,
    /// When people first heard each other.
    pub first_met: Option<Moment>,
    /// When the last left.
    pub closed: Moment,
    /// How many came.
    pub visits: u32,
}

/// A number that is called into the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// Its own number in the room, from 1.
    pub id: u32,
    /// Which telephone.
    pub number: PhoneNumber,
    /// Who added it.
    pub by: By,
    /// When.
    pub began: Moment,
    /// The call in whose outbox its effects stand: what becomes of its leg goes through that call.
    pub via: CallSid,
    /// Its leg, once it is known.
    pub leg: Option<CallSid>,
    /// What became of it, once that is known.
    pub outcome: Option<InviteOutcome>,
}

/// What became of a number that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InviteOutcome {
    /// They answered, and were led in.
    Answered,
    /// They were busy, or declined.
    Busy,
    /// They did not answer.
    NoAnswer,
    /// They could not be called, in words.
    Failed(String),
    /// It was given up.
    GivenUp,
}

/// Something that was said, or is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// Its number in the room.
    pub number: u32,
    /// To whom; everybody, where nothing is said.
    pub leg: Option<CallSid>,
    /// What.
    pub what: Words,
    /// Who said so; nobody for what the room says by itself.
    pub by: Option<By>,
    /// When.
    pub at: Moment,
    /// Whether it is being said, once the carrier has answered; else why not.
    pub how: Option<Result<(), String>>,
}

/// What is said in an announcement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Words {
    /// Somebody's own words.
    Text(String),
    /// Somebody has come in; so many are there.
    Came(u32),
    /// Somebody has left; so many are there.
    Went(u32),
    /// The recording pauses.
    RecordingPaused,
    /// The recording goes on.
    RecordingResumed,
    /// A beep, for somebody who went.
    Beep,
}

/// That a room is locked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    /// By whom.
    pub by: By,
    /// When.
    pub at: Moment,
}

/// Something that somebody at the monitor did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acted {
    /// What.
    pub kind: ActKind,
    /// Which number is called into the room, where it is that: its invitation.
    #[serde(default)]
    pub invite: Option<u32>,
    /// Which of the two, for what is switched on and off.
    pub on: bool,
    /// Who.
    pub by: By,
    /// When.
    pub at: Moment,
    /// Whether it is done.
    pub state: ActState,
}

/// A kind of act at the monitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// Somebody is muted, or heard again.
    Mute,
    /// Somebody is put on hold, or taken off it.
    Hold,
    /// Somebody is removed.
    Remove,
    /// A raised hand is taken down.
    Hand,
    /// Something is said.
    Announce,
    /// Everybody but moderators is muted.
    MuteAll,
    /// A number is called into the room.
    Add,
    /// The room is locked, or open again.
    Lock,
    /// The recording goes on, or pauses.
    Record,
    /// The conference ends for everybody.
    End,
}

/// Whether an act is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActState {
    /// The carrier has not answered yet.
    Wanted,
    /// It is done.
    Done,
    /// The carrier refused, in words.
    Refused(String),
}

/// Comings and goings of which the room has not been told in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Untold {
    /// The last of them.
    pub last: Option<Words>,
    /// When the room was last told.
    pub told: Option<Moment>,
}

impl Room {
    /// A room in which nobody has been.
    #[must_use]
    pub const fn new(id: RoomId) -> Self {
        Self {
            id,
            gathering: 0,
            opened: Moment(0),
            phase: Phase::Empty,
            first_met: None,
            members: Vec::new(),
            gone: Vec::new(),
            visits: 0,
            invites: Vec::new(),
            invited: 0,
            announcements: Vec::new(),
            announced: 0,
            locked: None,
            recording: None,
            recorded: None,
            acts: Vec::new(),
            conference: None,
            conference_since: Moment(0),
            started: None,
            ending: None,
            past: Vec::new(),
            unwanted: Vec::new(),
            alone: None,
            sweep: 0,
            sweeps_at: None,
            sweeps_again: None,
            reconciled: None,
            untold: Untold {
                last: None,
                told: None,
            },
        }
    }

    /// Whether a number is in it, or being called.
    #[must_use]
    pub fn has_number(&self, number: &PhoneNumber) -> bool {
        let is = |of: Option<&PhoneNumber>| of == Some(number);
        let mut called = self.invites.iter().filter(|one| one.outcome.is_none());
        self.members.iter().any(|one| is(one.number.as_ref()))
            || called.any(|one| is(Some(&one.number)))
    }

    /// The call through which goes what is about the whole room: of the first who is in it.
    #[must_use]
    pub fn anchor(&self) -> Option<&CallSid> {
        self.members.first().map(|member| &member.leg)
    }

    /// A member by their leg.
    #[must_use]
    pub fn member(&self, leg: &CallSid) -> Option<&Member> {
        self.members.iter().find(|member| member.leg == *leg)
    }

    /// That the conference was ended for everybody, while somebody is still in it who was.
    pub(super) fn end_under_way(&self) -> Option<&Acted> {
        self.acts.iter().find(|act| is_end_under_way(act))
    }

    pub(super) fn end_under_way_mut(&mut self) -> Option<&mut Acted> {
        self.acts.iter_mut().find(|act| is_end_under_way(act))
    }

    /// Whether somebody is there who was when the conference was ended for everybody.
    pub(super) fn is_being_ended(&self, member: &Member) -> bool {
        let end = self.end_under_way();
        end.is_some_and(|end| member.leaving.is_some() && member.came <= end.at)
    }

    /// An invitation by its number.
    #[must_use]
    pub fn invite(&self, number: u32) -> Option<&Invite> {
        self.invites.iter().find(|invite| invite.id == number)
    }

    /// Whose calls a sweep asks for that found these legs in the conference: of everybody else, and of
    /// the telephones that ring.
    #[must_use]
    pub fn elsewhere(&self, found: &[CallSid]) -> Vec<CallSid> {
        let members = self.members.iter().map(|member| &member.leg);
        let open = |invite: &&Invite| invite.outcome.is_none();
        let ringing = self.invites.iter().filter(open);
        let legs = members.chain(ringing.filter_map(|invite| invite.leg.as_ref()));
        legs.filter(|leg| !found.contains(leg)).cloned().collect()
    }

    /// How many are in it, or on their way, or being called.
    #[must_use]
    pub fn taken(&self) -> usize {
        let open = |invite: &&Invite| invite.outcome.is_none();
        self.members.len() + self.invites.iter().filter(open).count()
    }

    /// A recording of a conference that is ready only later is not to be kept. The last few are remembered.
    pub fn unwant(&mut self, conference: ConferenceSid) {
        if !self.unwanted.contains(&conference) {
            let too_many = (self.unwanted.len() + 1).saturating_sub(MOST_UNWANTED);
            self.unwanted.drain(..too_many);
            self.unwanted.push(conference);
        }
    }
}

fn is_end_under_way(act: &Acted) -> bool {
    act.kind == ActKind::End && act.state != ActState::Done
}
