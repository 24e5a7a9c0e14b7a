//! The sweep: the carrier's own picture of a room, held against ours.

use super::case::{Case, GRACE_S, SWEEP_EVERY_S};
use super::{Member, RoomDeed, RoomSeen, SeenInRoom, Toggle, Whereabouts, WhyLeft};
use crate::{CallSid, LegStatus, Moment, Reported};

/// How long somebody speaks at most without a pause: then the carrier's word that they ceased was lost.
const SPEAKS_S: i64 = 60;

/// How long somebody may be in the star menu: it asks once, and is answered or not.
const ASIDE_S: i64 = 45;

impl Case<'_> {
    /// What a sweep saw. Whatever changed within the last seconds is not judged: it may have changed
    /// while the sweep looked.
    pub(super) fn seen(&mut self, sweep: u32, what: Result<RoomSeen, String>) {
        if sweep != self.room.sweep || self.room.members.is_empty() {
            return;
        }
        let again = self.room.sweeps_again.take();
        self.room.sweeps_at = None;
        let Ok(seen) = what else {
            return self.sweep_due(GRACE_S);
        };
        self.room.reconciled = Some(seen.at);
        self.see_conference(&seen);
        let legs: Vec<CallSid> = self
            .room
            .members
            .iter()
            .map(|one| one.leg.clone())
            .collect();
        for leg in &legs {
            match seen.people.iter().find(|one| one.leg == *leg) {
                Some(found) => self.see_inside(leg, found, seen.at),
                None => self.see_outside(leg, seen.elsewhere.get(leg), seen.at),
            }
        }
        if seen.has_started {
            self.has_started();
        }
        self.see_invites(&seen);
        for found in &seen.people {
            if !legs.contains(&found.leg) {
                self.turn
                    .note("Somebody is in the room who is not on its list; they are led out.");
                let leg = found.leg.clone();
                self.deed(RoomDeed::Remove { leg });
            }
        }
        self.forget_old_speech(seen.at);
        self.sweep_on(&seen, again);
    }

    /// Another sweep, in the usual time; sooner where something was not judged yet.
    fn sweep_on(&mut self, seen: &RoomSeen, again: Option<Moment>) {
        if self.room.members.is_empty() {
            return;
        }
        let usual = if self.is_as_seen(seen) {
            SWEEP_EVERY_S
        } else {
            GRACE_S
        };
        let again = again.map(|again| again.seconds_since(self.now()).max(0));
        let seconds = again.map_or(usual, |again| again.min(usual));
        if self.room.sweeps_at.is_none() {
            self.sweep_due(seconds);
        } else {
            self.sweep_in(seconds);
        }
    }

    /// Whether the carrier's picture is ours.
    fn is_as_seen(&self, seen: &RoomSeen) -> bool {
        let mut ours = self.room.members.iter().filter(|one| one.is_in_by(seen.at));
        let is_seen = |one: &Member| {
            seen.people.iter().any(|found| {
                found.leg == one.leg
                    && found.is_muted == one.mute.is_on
                    && found.is_held == one.hold.is_on
                    && found.ends_room == one.ends.is_on
            })
        };
        ours.clone().count() == seen.people.len() && ours.all(is_seen)
    }

    fn forget_old_speech(&mut self, at: Moment) {
        for member in &mut self.room.members {
            let is_over = |since: Moment| at.seconds_since(since) >= SPEAKS_S;
            member.speaking = member.speaking.filter(|since| !is_over(*since));
        }
    }

    /// A telephone whose call is over rings no more.
    fn see_invites(&mut self, seen: &RoomSeen) {
        let over = |leg: &CallSid| match seen.elsewhere.get(leg) {
            Some(Reported::Completed | Reported::NotAnswered(_) | Reported::Unknown(_)) => true,
            Some(Reported::Live) | None => false,
        };
        let invites = self.room.invites.iter();
        let silent: Vec<(u32, CallSid)> = invites
            .filter(|invite| invite.outcome.is_none())
            .filter_map(|invite| Some((invite.id, invite.leg.clone()?)))
            .filter(|(_, leg)| over(leg))
            .collect();
        for (invite, leg) in silent {
            self.invited(invite, &leg, &LegStatus::NoAnswer);
        }
    }

    fn see_conference(&mut self, seen: &RoomSeen) {
        if self.room.conference_since > seen.at {
            return;
        }
        match &seen.conference {
            Some(conference) => {
                self.know_conference(conference);
                let is_wrong = self
                    .room
                    .started
                    .is_some_and(|since| is_old(since, seen.at));
                if !seen.has_started && is_wrong {
                    self.has_ended();
                    self.know_conference(conference);
                }
            }
            None if self.room.conference.is_some() => self.has_ended(),
            None => {}
        }
    }

    fn see_inside(&mut self, leg: &CallSid, found: &SeenInRoom, at: Moment) {
        let Some(member) = self.room.member(leg).cloned() else {
            return;
        };
        if let Some(leaving) = &member.leaving {
            if is_old(leaving.since, at) && member.moving.is_none_or(|since| is_old(since, at)) {
                self.redirect(leg);
            }
            return;
        }
        match member.place {
            Whereabouts::Inside { .. } => {}
            Whereabouts::OnTheWay { .. } => self.is_in(leg),
            Whereabouts::Outside { since } | Whereabouts::Aside { since } => {
                if is_old(since, at) {
                    self.is_in(leg);
                }
            }
        }
        self.see_switch(leg, found.is_muted, at, |one| &mut one.mute);
        self.see_switch(leg, found.is_held, at, |one| &mut one.hold);
        self.see_switch(leg, found.ends_room, at, |one| &mut one.ends);
    }

    /// What the carrier shows of a switch with nothing under way is how it is.
    fn see_switch(
        &mut self,
        leg: &CallSid,
        on: bool,
        at: Moment,
        which: fn(&mut Member) -> &mut Toggle,
    ) {
        let Some(member) = self.member_mut(leg) else {
            return;
        };
        let toggle = which(member);
        if !toggle.is_under_way() && toggle.is_on != on && is_old(toggle.since, at) {
            toggle.is(on, at);
        }
    }

    fn see_outside(&mut self, leg: &CallSid, call: Option<&Reported>, at: Moment) {
        let Some(member) = self.room.member(leg) else {
            return;
        };
        let since = member
            .moving
            .unwrap_or(member.came)
            .max(member.place.settled());
        let is_stuck = match member.place {
            Whereabouts::Aside { .. } => at.seconds_since(since) >= ASIDE_S,
            Whereabouts::OnTheWay { .. }
            | Whereabouts::Inside { .. }
            | Whereabouts::Outside { .. } => is_old(since, at),
        };
        match call {
            Some(Reported::Completed | Reported::NotAnswered(_) | Reported::Unknown(_)) => {
                self.gone(leg, WhyLeft::HungUp);
            }
            Some(Reported::Live) if is_stuck => {
                self.turn.note(format!(
                    "Asked, the carrier says that {} is not in the room.",
                    member.name
                ));
                self.redirect(leg);
            }
            Some(Reported::Live) | None => {}
        }
    }
}

/// Whether something was so before the sweep began to look.
const fn is_old(since: Moment, at: Moment) -> bool {
    at.seconds_since(since) >= GRACE_S
}
