//! Numbers that are called into a room, until they answer or it is known that they do not.

use super::case::Case;
use super::{ActKind, ActState, Acted, By, Invite, InviteOutcome, RoomDeed, RoomRefusal, WhyLeft};
use crate::{CallSid, LegStatus, PhoneNumber};

/// How many invitations a room remembers, besides those that are open.
const MOST_INVITES: usize = 30;

/// Of how many numbers that are not being called any more it is shown what became of them.
const MOST_TOLD: usize = 5;

impl Case<'_> {
    pub(super) fn add(&mut self, by: &By, number: &PhoneNumber) -> Result<(), RoomRefusal> {
        self.turn
            .line
            .dial
            .check(number)
            .map_err(RoomRefusal::NotDialled)?;
        if self.turn.line.number.as_ref() == Some(number) {
            return Err(RoomRefusal::OwnNumber(number.formatted()));
        }
        if self.room.has_number(number) {
            return Err(RoomRefusal::AlreadyIn(number.formatted()));
        }
        let keeps_place = self.settings.is_moderated && !self.has_moderator();
        let taken = self.room.taken() + usize::from(keeps_place);
        if taken >= usize::from(self.settings.limit) {
            return Err(RoomRefusal::Full(self.settings.limit));
        }
        self.turn.note(format!(
            "{} calls {} into {}.",
            by.name,
            number.formatted(),
            self.settings.name
        ));
        let (began, via) = (self.now(), self.leg());
        self.room.invited += 1;
        let invite = self.room.invited;
        self.room.invites.push(Invite {
            id: invite,
            number: number.clone(),
            by: by.clone(),
            began,
            via,
            leg: None,
            outcome: None,
        });
        self.forget_old_invites();
        self.is_being_added(invite, number, by);
        self.deed(RoomDeed::Ring {
            invite,
            number: number.clone(),
            ring_seconds: self.turn.line.dial.ring_seconds,
        });
        Ok(())
    }

    pub(super) fn give_up(&mut self, by: &By, invite: u32) -> Result<(), RoomRefusal> {
        let found = self.room.invite(invite);
        let open = found.filter(|found| found.outcome.is_none());
        let Some(number) = open.map(|open| open.number.formatted()) else {
            return Err(RoomRefusal::InviteOver);
        };
        self.turn
            .note(format!("{} gave up calling {number}.", by.name));
        self.close_invite(invite, InviteOutcome::GivenUp);
        let given_up = ActState::Refused(format!("{} gave it up", by.name));
        self.adding_is(invite, &given_up);
        self.deed(RoomDeed::EndInvite { invite });
        Ok(())
    }

    /// Nobody is called into the room any more.
    pub(super) fn give_up_invites(&mut self) {
        let open = self.room.invites.iter();
        let open: Vec<u32> = open
            .filter(|invite| invite.outcome.is_none())
            .map(|invite| invite.id)
            .collect();
        for invite in open {
            self.close_invite(invite, InviteOutcome::GivenUp);
            self.deed(RoomDeed::EndInvite { invite });
        }
        let over = ActState::Refused("the conference is over".to_owned());
        self.act_is(None, ActKind::Add, true, &over);
    }

    pub(super) fn close_invite(&mut self, invite: u32, outcome: InviteOutcome) {
        if let Some(found) = self.invite_mut(invite) {
            found.outcome = Some(outcome);
        }
    }

    pub(super) fn invite_mut(&mut self, invite: u32) -> Option<&mut Invite> {
        self.room.invites.iter_mut().find(|one| one.id == invite)
    }

    /// An act for each number. What became of an earlier try with it is past; of other numbers that are not being called
    /// any more, the last few are shown.
    fn is_being_added(&mut self, invite: u32, number: &PhoneNumber, by: &By) {
        let invites = &self.room.invites;
        let same = invites.iter().filter(|one| one.number == *number);
        let same: Vec<u32> = same.map(|one| one.id).collect();
        let is_past = |act: &Acted| act.kind == ActKind::Add && act.state != ActState::Wanted;
        let acts = &mut self.room.acts;
        acts.retain(|act| act.invite.is_none_or(|of| !same.contains(&of)));
        let mut past = acts.iter().filter(|act| is_past(act)).count();
        acts.retain(|act| {
            let is_kept = !is_past(act) || past <= MOST_TOLD;
            past -= usize::from(is_past(act));
            is_kept
        });
        acts.push(Acted {
            kind: ActKind::Add,
            invite: Some(invite),
            on: true,
            by: by.clone(),
            at: self.turn.now,
            state: ActState::Wanted,
        });
    }

    /// What became of calling a number into the room. An act of an earlier release tells of no invitation: it stands for
    /// the only one that there was.
    pub(super) fn adding_is(&mut self, invite: u32, state: &ActState) {
        for act in &mut self.room.acts {
            let is_meant = act.invite.is_none_or(|of| of == invite);
            if act.kind == ActKind::Add && is_meant && act.state == ActState::Wanted {
                act.state = state.clone();
            }
        }
    }

    fn forget_old_invites(&mut self) {
        while self.room.invites.len() > MOST_INVITES {
            let over = self
                .room
                .invites
                .iter()
                .position(|one| one.outcome.is_some());
            let Some(over) = over else { return };
            self.room.invites.remove(over);
        }
    }

    /// The leg of a number that is called into the room is made, or cannot be.
    pub(super) fn rang(&mut self, invite: u32, leg: Result<CallSid, String>) {
        let Some(found) = self.room.invite(invite).cloned() else {
            return;
        };
        match leg {
            Ok(leg) => {
                if let Some(open) = self.invite_mut(invite) {
                    open.leg = Some(leg);
                }
                if found.outcome == Some(InviteOutcome::GivenUp) {
                    self.deed(RoomDeed::EndInvite { invite });
                }
            }
            Err(why) if found.outcome.is_none() => {
                let number = found.number.formatted();
                self.turn
                    .note(format!("{number} could not be called: {why}."));
                self.invite_failed(invite, InviteOutcome::Failed(why.clone()), why);
            }
            Err(_) => {}
        }
    }

    fn invite_failed(&mut self, invite: u32, outcome: InviteOutcome, why: String) {
        self.close_invite(invite, outcome);
        self.adding_is(invite, &ActState::Refused(why));
    }

    /// How the leg of a number that is called into the room stands.
    pub(super) fn invited(&mut self, invite: u32, leg: &CallSid, status: &LegStatus) {
        let Some(found) = self.room.invite(invite).cloned() else {
            return;
        };
        if let Some(open) = self.invite_mut(invite) {
            open.leg.get_or_insert_with(|| leg.clone());
        }
        let (outcome, words) = match status {
            LegStatus::Ringing | LegStatus::Answered => return,
            LegStatus::Completed if found.outcome == Some(InviteOutcome::Answered) => {
                return self.gone(leg, WhyLeft::HungUp);
            }
            LegStatus::Completed => {
                let words = "hung up at once";
                (InviteOutcome::Failed(words.to_owned()), words)
            }
            LegStatus::Busy => (InviteOutcome::Busy, "is busy"),
            LegStatus::NoAnswer => (InviteOutcome::NoAnswer, "does not answer"),
            LegStatus::Failed => (
                InviteOutcome::Failed("the call failed".to_owned()),
                "could not be called",
            ),
            LegStatus::Canceled => (InviteOutcome::GivenUp, "was given up"),
        };
        if found.outcome.is_none() {
            let number = found.number.formatted();
            self.turn.note(format!("{number} {words}."));
            self.invite_failed(invite, outcome, words.to_owned());
        }
    }
}
