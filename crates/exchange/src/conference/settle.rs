//! What follows from how a room stands, whatever happened: its phase, whose leaving ends it, and that
//! nobody in it is alone in silence.

use super::case::Case;
use super::{Member, Phase, Role, RoomDeed, RoomTimer, Toggle};
use crate::{CallSid, Moment};

/// How long somebody may be alone in a conference that has started.
const ALONE_S: i64 = 2;

/// How long something that the carrier refused is left alone before it is tried again.
pub(super) const AGAIN_S: i64 = 4;

impl Case<'_> {
    pub(super) fn settle(&mut self) {
        if self.room.members.is_empty() {
            return;
        }
        self.settle_phase();
        self.settle_flags();
        self.settle_company();
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
        let is_present = |one: &&Member| one.is_in();
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
            member.is_company = on || member.hold.is_on || member.hold.due > 0;
            if member.hold.want(on, now) {
                changed.push((member.leg.clone(), on));
            }
        }
        for (leg, on) in changed {
            self.deed(RoomDeed::Hold { leg, on });
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

    /// Who is alone in a conference that has started, and not on hold.
    pub(super) fn lonely(&self) -> Option<CallSid> {
        self.room.started?;
        let mut present = self.room.members.iter().filter(|one| one.is_in());
        let first = present.next()?;
        let is_alone = present.next().is_none() && !first.hold.is_on;
        is_alone.then(|| first.leg.clone())
    }
}

fn may_ask(toggle: Toggle, now: Moment) -> bool {
    toggle
        .refused
        .is_none_or(|refused| now.seconds_since(refused) >= AGAIN_S)
}
