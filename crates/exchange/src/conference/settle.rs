//! What follows from how a room stands, whatever happened: its phase, whose leaving ends it, and that
//! nobody in it is alone in silence.

use super::case::Case;
use super::{ActKind, ActState, Acted, Member, Phase, Role, RoomDeed, RoomTimer, Toggle};
use crate::{CallSid, Moment};

/// How long somebody may be alone in a conference that has started.
const ALONE_S: i64 = 2;

/// How long something that the carrier refused is left alone before it is tried again.
pub(super) const AGAIN_S: i64 = 4;

/// How long a sweep may be overdue until it was lost.
const LOST_S: i64 = 60;

impl Case<'_> {
    pub(super) fn settle(&mut self) {
        if self.room.members.is_empty() {
            return;
        }
        self.settle_phase();
        self.settle_flags();
        self.settle_company();
        self.settle_acts();
        self.settle_end();
        self.settle_sweep();
        self.look_for_the_lonely();
    }

    fn settle_phase(&mut self) {
        let now = self.now();
        let is_moderated = self.settings.is_moderated;
        let (has_moderator, has_met) = (self.has_moderator(), self.room.first_met.is_some());
        let is_anybody_left = self.staying().next().is_some();
        match self.room.phase {
            Phase::Empty | Phase::Waiting { .. } | Phase::Running { .. }
                if is_moderated && has_met && !has_moderator && is_anybody_left =>
            {
                let grace = i64::from(self.settings.grace_s);
                let until = now.plus_seconds(grace);
                self.room.phase = Phase::Grace { since: now, until };
                self.turn.note(format!(
                    "No moderator is in {} any more; everybody waits {grace} s for one to come back.",
                    self.settings.name
                ));
                self.tick(RoomTimer::Grace { since: now }, grace);
            }
            Phase::Grace { .. } if has_moderator => {
                self.room.phase = Phase::Waiting { since: now };
                let name = self.settings.name.clone();
                self.turn.note(format!("A moderator is back in {name}."));
            }
            Phase::Empty | Phase::Waiting { .. } | Phase::Running { .. } | Phase::Grace { .. } => {}
        }
        self.end_without_moderator();
    }

    /// The carrier itself ends a conference with its last moderator; where it did not, it is asked to.
    fn end_without_moderator(&mut self) {
        let is_due = matches!(self.room.phase, Phase::Grace { .. }) && self.room.started.is_some();
        if !is_due || self.room.ending == self.room.conference {
            return;
        }
        if let Some(conference) = self.room.conference.clone() {
            self.room.ending = Some(conference.clone());
            self.deed(RoomDeed::End { conference });
        }
    }

    /// The leaving of the only moderator ends the room; that of one of several does not.
    fn settle_flags(&mut self) {
        if !self.settings.is_moderated {
            return;
        }
        let now = self.now();
        let moderates = |one: &Member| one.role == Role::Moderator && one.leaving.is_none();
        let members = self.room.members.iter();
        let several = members.filter(|one| moderates(one) && one.is_in()).count() > 1;
        let mut changed = Vec::new();
        for member in &mut self.room.members {
            let on = moderates(member) && !several;
            if member.role == Role::Moderator
                && member.is_inside()
                && member.leaving.is_none()
                && may_ask(member.ends, now)
                && member.ends.want(on, now)
            {
                changed.push((member.leg.clone(), on));
            }
        }
        for (leg, on) in changed {
            self.deed(RoomDeed::EndsRoom { leg, on });
        }
    }

    /// Where all others are on hold, the only one left to hear hears music too.
    fn settle_company(&mut self) {
        let now = self.now();
        let is_held = |one: &Member| one.hold.is_wanted && !one.is_company;
        let soon = now.plus_seconds(ALONE_S);
        let is_present = |one: &&Member| one.is_in_by(soon);
        let present = || self.room.members.iter().filter(is_present);
        let is_lonely = self.room.started.is_some()
            && present().any(is_held)
            && present().filter(|one| !is_held(one)).count() == 1;
        let mut changed = Vec::new();
        for member in &mut self.room.members {
            let on = is_lonely && member.is_inside() && !is_held(member);
            let is_concerned = on || member.is_company;
            if !is_concerned || !may_ask(member.hold, now) {
                continue;
            }
            member.is_company = on || member.hold.is_on || member.hold.is_under_way();
            if member.hold.want(on, now) {
                changed.push((member.leg.clone(), on));
            }
        }
        let late = ActState::Refused("everybody else is on hold".to_owned());
        for (leg, on) in changed {
            if on {
                self.act_is(Some(&leg), ActKind::Hold, false, &late);
            }
            self.deed(RoomDeed::Hold { leg, on });
        }
    }

    /// Muting everybody is done when all are muted who were there and are to be. Who is not heard does not speak.
    fn settle_acts(&mut self) {
        for member in &mut self.room.members {
            if member.mute.is_on || member.hold.is_on {
                member.speaking = None;
            }
        }
        let acts = self.room.acts.iter();
        let all = acts.filter(|act| act.kind == ActKind::MuteAll);
        let Some(since) = all.map(|act| act.at).max() else {
            return;
        };
        let is_concerned = |one: &&Member| one.role == Role::Participant && one.came <= since;
        let concerned: Vec<&Member> = self.staying().filter(is_concerned).collect();
        if concerned.iter().any(|one| is_to_be_muted(one)) {
            return;
        }
        let refused = concerned.iter().filter(|one| was_not_muted(one, since));
        let state = match refused.count() {
            0 => ActState::Done,
            1 => ActState::Refused("one of them could not be muted".to_owned()),
            some => ActState::Refused(format!("{some} of them could not be muted")),
        };
        self.act_is(None, ActKind::MuteAll, true, &state);
    }

    /// A conference is ended for everybody when all are out who were in it, and not before.
    fn settle_end(&mut self) {
        let mut members = self.room.members.iter();
        if !members.any(|one| self.room.is_being_ended(one)) {
            self.end_is(&ActState::Done);
        }
    }

    /// How the conference's end stands. It can be refused and true later on.
    pub(super) fn end_is(&mut self, state: &ActState) {
        if let Some(end) = self.room.end_under_way_mut() {
            end.state = state.clone();
        }
    }

    /// A sweep that should have been long ago was lost, and with it all that would have followed it.
    fn settle_sweep(&mut self) {
        let now = self.now();
        let is_under_way = |at: Moment| now.seconds_since(at) < LOST_S;
        if !self.room.sweeps_at.is_some_and(is_under_way) {
            self.room.sweep += 1;
            self.room.sweeps_again = None;
            self.sweep_due(0);
        }
    }

    /// In a conference that has started, one who is alone hears nothing: they are led into a new one,
    /// with music, unless somebody comes in a moment.
    fn look_for_the_lonely(&mut self) {
        let now = self.now();
        if self.lonely().is_none() {
            self.room.alone = None;
        } else if self.room.alone.is_none() {
            self.room.alone = Some(now);
            self.tick(RoomTimer::Alone { since: now }, ALONE_S);
        }
    }

    /// Whoever comes before this is company.
    pub(super) fn soon(&self) -> Moment {
        self.now().plus_seconds(ALONE_S)
    }

    /// Who is alone in a conference that has started, and not on hold.
    pub(super) fn lonely(&self) -> Option<CallSid> {
        self.room.started?;
        let soon = self.soon();
        let members = self.room.members.iter();
        let mut present = members.filter(|one| one.is_in_by(soon));
        let first = present.next()?;
        let is_alone = present.next().is_none() && !first.hold.is_on;
        is_alone.then(|| first.leg.clone())
    }
}

/// Whether somebody is still to be muted, wherever they are.
const fn is_to_be_muted(one: &Member) -> bool {
    one.mute.is_wanted && !one.mute.is_on
}

/// Whether somebody was to be muted since a moment, and could not be.
fn was_not_muted(one: &Member, since: Moment) -> bool {
    let is_refused = |act: &Acted| match act.state {
        ActState::Refused(_) => act.kind == ActKind::Mute && act.on && act.at >= since,
        ActState::Wanted | ActState::Done => false,
    };
    !one.mute.is_on && one.acts.iter().any(is_refused)
}

fn may_ask(toggle: Toggle, now: Moment) -> bool {
    toggle
        .refused
        .is_none_or(|refused| now.seconds_since(refused) >= AGAIN_S)
}
