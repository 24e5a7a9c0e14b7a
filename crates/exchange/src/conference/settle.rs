//! What follows from how a room stands, whatever happened: its phase, whose leaving ends it, and that
//! nobody in it is alone in silence.

use super::case::Case;
use super::{ActKind, ActState, Acted, Member, Phase, Role, RoomDeed, RoomTimer, Toggle, WhyLeft};
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
        self.settle_acts();
        self.settle_end();
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

    /// Muting everybody is done when everybody is muted. Who is not heard does not speak.
    fn settle_acts(&mut self) {
        let mut is_under_way = false;
        let mut refused = 0;
        for member in &mut self.room.members {
            if member.mute.is_on || member.hold.is_on {
                member.speaking = None;
            }
            if member.role == Role::Participant && member.mute.is_wanted {
                is_under_way |= member.is_inside() && member.mute.is_under_way();
            }
            let is_refused = |act: &&Acted| matches!(act.state, ActState::Refused(_));
            let acts = member.acts.iter().filter(is_refused);
            refused += acts.filter(|act| act.kind == ActKind::Mute).count();
        }
        let state = match refused {
            _ if is_under_way => return,
            0 => ActState::Done,
            1 => ActState::Refused("one of them could not be muted".to_owned()),
            some => ActState::Refused(format!("{some} of them could not be muted")),
        };
        self.act_is(None, ActKind::MuteAll, true, &state);
    }

    /// A conference is ended for everybody when those are out who were in it.
    fn settle_end(&mut self) {
        let is_being_ended = |one: &Member| {
            let why = one.leaving.as_ref().map(|leaving| &leaving.why);
            matches!(why, Some(WhyLeft::Ended { .. }))
        };
        if !self.room.members.iter().any(is_being_ended) {
            self.act_is(None, ActKind::End, true, &ActState::Done);
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

fn may_ask(toggle: Toggle, now: Moment) -> bool {
    toggle
        .refused
        .is_none_or(|refused| now.seconds_since(refused) >= AGAIN_S)
}
