//! What the carrier says of a room, unasked. It may come late, twice, or in another order.

use super::case::{Case, GRACE_S};
use super::{
    ActKind, ActState, ConferenceSaid, Member, Phase, Role, RoomDeed, RoomTimer, Said, Toggle,
    Whereabouts,
};
use crate::{CallSid, ConferenceSid, Filed, LeftBecause};

impl Case<'_> {
    pub(super) fn said(&mut self, said: ConferenceSaid) {
        if self.room.past.contains(&said.conference) || self.room.members.is_empty() {
            return self.note_recording(&said.conference, &said.what);
        }
        // Who was not led in since they were out has not come in: such a word is late.
        let is_expected = match &said.what {
            Said::Joined(leg) => self.room.member(leg).is_some_and(Member::is_in),
            Said::Started => self.room.conference.is_none(),
            Said::Ended
            | Said::Left(..)
            | Said::Muted(..)
            | Said::Held(..)
            | Said::EndsRoom(..)
            | Said::Speaks(..)
            | Said::Recorded(_)
            | Said::Other => false,
        };
        if self.room.conference.as_ref() != Some(&said.conference) {
            if !is_expected {
                return self.note_recording(&said.conference, &said.what);
            }
            if self.room.conference.is_some() {
                // One of the two is late: the carrier knows which.
                self.sweep_in(0);
            }
            self.know_conference(&said.conference);
        }
        let sequence = said.sequence;
        match said.what {
            Said::Started => self.has_started(),
            Said::Ended => {
                self.conference_is_past();
                self.expect_everybody();
            }
            Said::Joined(leg) => {
                if self.hears(&leg, sequence) && is_expected {
                    self.is_in(&leg);
                }
            }
            Said::Left(leg, why) => {
                if self.hears(&leg, sequence) {
                    self.is_out(&leg, why);
                }
            }
            Said::Muted(leg, on) => self.switched(&leg, sequence, on, |one| &mut one.mute),
            Said::Held(leg, on) => self.switched(&leg, sequence, on, |one| &mut one.hold),
            Said::EndsRoom(leg, on) => self.switched(&leg, sequence, on, |one| &mut one.ends),
            Said::Speaks(leg, on) => {
                let now = self.now();
                if self.hears(&leg, sequence)
                    && let Some(member) = self.member_mut(&leg)
                {
                    member.speaking = on.then(|| member.speaking.unwrap_or(now));
                }
            }
            Said::Recorded(_) => self.note_recording(&said.conference, &said.what),
            Said::Other => {}
        }
    }

    fn note_recording(&mut self, conference: &ConferenceSid, said: &Said) {
        let Said::Recorded(recording) = said else {
            return;
        };
        if self.room.unwanted.contains(conference) {
            self.turn
                .note("A recording is not kept: somebody who was in the room was erased.");
            self.turn.file(Filed::Unwanted(recording.sid.clone()));
        } else if !self.turn.is_unwanted(recording) {
            let seconds = recording.seconds;
            let name = self.settings.name.clone();
            self.turn
                .note(format!("A recording of {name} is ready, {seconds} s long."));
        }
    }

    /// A conference that is not known to be past is the room's.
    pub(super) fn know_conference(&mut self, conference: &ConferenceSid) {
        if self.room.conference.as_ref() == Some(conference) {
            return;
        }
        if self.room.conference.is_some() {
            let inside: Vec<CallSid> = self.inside().map(|one| one.leg.clone()).collect();
            self.forget_conference();
            // They are led into this one, or were already.
            let since = self.now();
            for leg in inside {
                if let Some(member) = self.member_mut(&leg) {
                    member.place = Whereabouts::OnTheWay { since, due: since };
                }
            }
        }
        self.room.past.retain(|past| past != conference);
        self.room.conference = Some(conference.clone());
        self.room.conference_since = self.now();
    }

    fn inside(&self) -> impl Iterator<Item = &Member> {
        self.room.members.iter().filter(|one| one.is_inside())
    }

    /// Whether something said of a leg is later than whatever was said of it before.
    fn hears(&mut self, leg: &CallSid, sequence: u32) -> bool {
        let Some(member) = self.member_mut(leg) else {
            return false;
        };
        let is_later = sequence > member.heard;
        if is_later {
            member.heard = sequence;
        }
        is_later
    }

    fn switched(
        &mut self,
        leg: &CallSid,
        sequence: u32,
        on: bool,
        which: fn(&mut Member) -> &mut Toggle,
    ) {
        let now = self.now();
        if self.hears(leg, sequence)
            && let Some(member) = self.member_mut(leg)
        {
            let toggle = which(member);
            // What the carrier answered a moment ago may be later than this.
            if now.seconds_since(toggle.since) >= GRACE_S {
                toggle.is(on, now);
            }
        }
    }

    pub(super) fn has_started(&mut self) {
        if self.room.started.is_some() {
            return;
        }
        let now = self.now();
        self.room.started = Some(now);
        if let Phase::Waiting { .. } = self.room.phase {
            self.room.phase = Phase::Running { since: now };
            let name = self.settings.name.clone();
            self.turn.note(format!("{name} began."));
        }
        self.meet();
        self.begin_recording();
    }

    /// A conference that the last has left is over.
    pub(super) fn ends_with_the_last(&mut self) {
        let now = self.now();
        let is_anybody_in = self.room.members.iter().any(|one| one.is_in_by(now));
        if self.room.conference.is_some() && !is_anybody_in {
            self.has_ended();
            // Who was about to come in may find it going on: the carrier's word that it started was heard before.
            self.sweep_in(1);
        }
    }

    /// Whoever is in a conference that has started hears the others.
    fn meet(&mut self) {
        let now = self.now();
        if !self.is_running() || self.room.started.is_none() {
            return;
        }
        self.room.first_met.get_or_insert(now);
        for member in self.room.members.iter_mut().filter(|one| one.is_inside()) {
            member.met.get_or_insert(now);
            member.waiting = None;
        }
    }

    /// A room that is recorded is recorded from its start; where that is not wanted, it pauses.
    fn begin_recording(&mut self) {
        let now = self.now();
        if let Some(recording) = &mut self.room.recording {
            // One that was taken for over is recorded as it was.
            if self.room.recorded != self.room.conference {
                let is_wanted = recording.is_wanted;
                *recording = Toggle::settled(true, now);
                recording.is_wanted = is_wanted;
                self.room.recorded.clone_from(&self.room.conference);
            }
            match recording.catch_up(now) {
                Some(on) => self.deed(RoomDeed::Record { on }),
                None if recording.is_under_way() => {
                    let on = recording.is_wanted;
                    self.deed(RoomDeed::Record { on });
                }
                None => {
                    let on = recording.is_on;
                    self.act_is(None, ActKind::Record, on, &ActState::Done);
                }
            }
        }
    }

    /// The conference is over, as it seems.
    pub(super) fn has_ended(&mut self) {
        self.forget_conference();
        self.expect_everybody();
    }

    /// Whoever is out of the room is to ask where to go.
    fn expect_everybody(&mut self) {
        let legs: Vec<CallSid> = self
            .room
            .members
            .iter()
            .map(|one| one.leg.clone())
            .collect();
        for leg in legs {
            self.expect(&leg);
        }
    }

    /// A leg that is out of the room is to ask where to go; if it does not, it is led.
    fn expect(&mut self, leg: &CallSid) {
        let member = self.room.member(leg);
        let round = member
            .filter(|one| matches!(one.place, Whereabouts::Outside { .. }))
            .map(|one| one.round);
        if let Some(round) = round {
            let leg = leg.clone();
            self.tick(RoomTimer::Regroup { leg, round }, GRACE_S);
        }
    }

    /// A leg is in the conference.
    pub(super) fn is_in(&mut self, leg: &CallSid) {
        let now = self.now();
        let Some(member) = self.member_mut(leg) else {
            return;
        };
        if member.is_inside() {
            return;
        }
        member.place = Whereabouts::Inside { since: now };
        let is_leaving = member.leaving.is_some();
        let is_waiting = member.waiting.is_some();
        let is_first = member.entered.is_none();
        member.entered.get_or_insert(now);
        let (hold, mute) = (member.hold.catch_up(now), member.mute.catch_up(now));
        let leg = leg.clone();
        if let Some(on) = hold {
            let leg = leg.clone();
            self.deed(RoomDeed::Hold { leg, on });
        }
        if let Some(on) = mute {
            let leg = leg.clone();
            self.deed(RoomDeed::Mute { leg, on });
        }
        if is_leaving {
            return;
        }
        if !is_waiting && !self.is_running() {
            self.begins_to_wait(&leg);
        }
        if self.must_have_started() {
            self.has_started();
        }
        self.meet();
        if is_first {
            self.tell_of_coming();
        }
    }

    /// Two are in, and one of them starts it: that is before the carrier's word for it.
    fn must_have_started(&self) -> bool {
        let starts = |one: &Member| !self.settings.is_moderated || one.role == Role::Moderator;
        self.room.conference.is_some() && self.inside().count() > 1 && self.inside().any(starts)
    }

    /// A leg is out of the conference. Whether its call is over, the call itself tells, or a sweep.
    fn is_out(&mut self, leg: &CallSid, why: LeftBecause) {
        let now = self.now();
        let Some(member) = self.member_mut(leg) else {
            return;
        };
        let led = match member.place {
            Whereabouts::OnTheWay { due, .. } => member.led.max(due),
            Whereabouts::Inside { .. }
            | Whereabouts::Outside { .. }
            | Whereabouts::Aside { .. } => member.led,
        };
        if now.seconds_since(led) < GRACE_S {
            // It may be about an earlier entry; if it is not, the leg asks where to go.
            return self.sweep_in(GRACE_S);
        }
        member.speaking = None;
        if let Whereabouts::Inside { .. } | Whereabouts::OnTheWay { .. } = member.place {
            member.place = Whereabouts::Outside { since: now };
        }
        self.expect(leg);
        match why {
            LeftBecause::HungUp | LeftBecause::NeverCame | LeftBecause::Unknown => self.sweep_in(1),
            LeftBecause::RoomEnded | LeftBecause::Moved => {}
        }
    }
}
