//! What became of what was to be done.

use super::case::{Case, GRACE_S};
use super::settle::AGAIN_S;
use super::{
    ActKind, ActState, By, Leaving, Member, RoomDeed, RoomTimer, Toggle, Undone, Whereabouts,
    WhyLeft, Words,
};
use crate::CallSid;

/// A recording begins a moment after its conference, and the carrier does not know of it before.
const RECORDING_COMES_S: i64 = 60;
const RECORD_AGAIN_S: i64 = 1;

/// The act's state after an answer of the carrier's, and what it means where there is no such thing.
fn state_of(how: &Result<(), Undone>, not_there: &str) -> ActState {
    match how {
        Ok(()) => ActState::Done,
        Err(Undone::NotThere) => ActState::Refused(not_there.to_owned()),
        Err(Undone::Refused(why)) => ActState::Refused(why.clone()),
    }
}

impl Case<'_> {
    pub(super) fn did(&mut self, deed: RoomDeed, how: Result<(), Undone>) {
        let state = state_of(&how, "they have just left");
        match deed {
            RoomDeed::EndsRoom { leg, on } => {
                if self.toggled(&leg, on, &how, |one| &mut one.ends) {
                    self.again(
                        &leg,
                        |one| one.ends,
                        |leg, on| RoomDeed::EndsRoom { leg, on },
                    );
                }
                self.explain(
                    &how,
                    "What a moderator's leaving does to the room could not be set",
                );
            }
            RoomDeed::Mute { leg, on } => {
                if self.toggled(&leg, on, &how, |one| &mut one.mute) {
                    self.again(&leg, |one| one.mute, |leg, on| RoomDeed::Mute { leg, on });
                }
                self.act_is(Some(&leg), ActKind::Mute, on, &state);
                self.explain(&how, "Muting was not done");
            }
            RoomDeed::Hold { leg, on } => {
                if self.toggled(&leg, on, &how, |one| &mut one.hold) {
                    self.again(&leg, |one| one.hold, |leg, on| RoomDeed::Hold { leg, on });
                }
                self.act_is(Some(&leg), ActKind::Hold, on, &state);
                self.explain(&how, "The hold was not set");
            }
            RoomDeed::Remove { leg } => self.removed(&leg, how),
            RoomDeed::Redirect { leg, round } => self.redirected(&leg, round, how),
            RoomDeed::Announce { announcement, leg } => {
                self.announced(announcement, how.as_ref().copied().map_err(words_of));
                let state = match &leg {
                    Some(_) => state,
                    None => state_of(&how, "nobody is in the conference any more"),
                };
                if self.is_last_written(announcement, leg.as_ref()) {
                    self.act_is(leg.as_ref(), ActKind::Announce, true, &state);
                }
                self.explain(&how, "The announcement was not made");
            }
            RoomDeed::Record { on } => self.recorded(on, &how),
            RoomDeed::End { conference } => {
                if let Err(Undone::Refused(why)) = how {
                    if self.room.ending.as_ref() == Some(&conference) {
                        self.room.ending = None;
                        self.end_refused(&why);
                    }
                } else if self.room.conference.as_ref() == Some(&conference) {
                    self.has_ended();
                }
            }
            RoomDeed::EndInvite { .. } => self.explain(&how, "A telephone could not be called off"),
            RoomDeed::Ring { invite, .. } => {
                if let Err(why) = how {
                    self.rang(invite, Err(words_of(&why)));
                }
            }
            RoomDeed::Sweep { sweep, .. } => {
                if sweep == self.room.sweep {
                    self.sweep_due(GRACE_S);
                }
            }
            RoomDeed::Tick { .. } => {}
        }
    }

    /// What the carrier refused is written down with its reason.
    fn explain(&mut self, how: &Result<(), Undone>, what: &str) {
        if let Err(Undone::Refused(why)) = how {
            self.turn.note(format!("{what}: {why}."));
        }
    }

    /// True when the carrier has to be asked again.
    fn toggled(
        &mut self,
        leg: &CallSid,
        on: bool,
        how: &Result<(), Undone>,
        which: fn(&mut Member) -> &mut Toggle,
    ) -> bool {
        let now = self.now();
        if *how == Err(Undone::NotThere) {
            self.is_not_there(leg);
        }
        let Some(member) = self.member_mut(leg) else {
            return false;
        };
        let is_inside = member.is_inside();
        let toggle = which(member);
        match how {
            // They were led into the room anew meanwhile: its document said how it is.
            Ok(()) if !is_inside => false,
            Ok(()) => toggle.done(on, now),
            Err(Undone::NotThere | Undone::Refused(_)) => {
                toggle.failed(on, now);
                self.tick(RoomTimer::Again, AGAIN_S);
                false
            }
        }
    }

    fn again(
        &mut self,
        leg: &CallSid,
        which: fn(&Member) -> Toggle,
        deed: fn(CallSid, bool) -> RoomDeed,
    ) {
        if let Some(on) = self.room.member(leg).map(|one| which(one).is_wanted) {
            self.deed(deed(leg.clone(), on));
        }
    }

    /// The carrier has no such participant: they have left, or are on their way in.
    fn is_not_there(&mut self, leg: &CallSid) {
        let now = self.now();
        if let Some(member) = self.member_mut(leg) {
            if member.is_inside() {
                member.place = Whereabouts::Outside { since: now };
            }
            self.sweep_in(0);
            self.look_after(leg);
        }
    }

    /// Unless the leg asks where to go, it is led.
    pub(super) fn look_after(&mut self, leg: &CallSid) {
        if let Some(round) = self.room.member(leg).map(|one| one.round) {
            let leg = leg.clone();
            self.tick(RoomTimer::Regroup { leg, round }, GRACE_S);
        }
    }

    fn removed(&mut self, leg: &CallSid, how: Result<(), Undone>) {
        let now = self.now();
        match how {
            Ok(()) | Err(Undone::NotThere) => {
                if let Some(member) = self.member_mut(leg)
                    && member.is_in()
                {
                    member.place = Whereabouts::Outside { since: now };
                }
                self.act_is(Some(leg), ActKind::Remove, true, &ActState::Done);
                self.look_after(leg);
            }
            Err(Undone::Refused(why)) => {
                self.turn.note(format!("The removal was not done: {why}."));
                let ended_by = self.ended_by(leg);
                if let Some(member) = self.member_mut(leg) {
                    member.leaving = ended_by.map(|by| Leaving {
                        why: WhyLeft::Ended { by },
                        since: now,
                    });
                }
                // What ends the conference may have been done already.
                self.look_after(leg);
                let refused = ActState::Refused(why);
                self.act_is(Some(leg), ActKind::Remove, true, &refused);
            }
        }
    }

    fn redirected(&mut self, leg: &CallSid, round: u32, how: Result<(), Undone>) {
        let member = self.room.member(leg);
        if member.is_none_or(|member| member.round != round) {
            return;
        }
        match how {
            Ok(()) => {}
            Err(Undone::NotThere) => self.gone(leg, WhyLeft::HungUp),
            Err(Undone::Refused(why)) => {
                self.turn.note(format!(
                    "Somebody could not be led on: {why}; they will be."
                ));
                self.look_after(leg);
                if self.ended_by(leg).is_some() {
                    self.not_out_yet(&why);
                }
            }
        }
    }

    fn recorded(&mut self, on: bool, how: &Result<(), Undone>) {
        let now = self.now();
        let may_come = self.recording_may_come();
        let Some(recording) = &mut self.room.recording else {
            return;
        };
        if !recording.is_under_way() {
            return;
        }
        if *how == Err(Undone::NotThere) && may_come {
            return self.tick(RoomTimer::Record, RECORD_AGAIN_S);
        }
        match how {
            Ok(()) => {
                let was = recording.is_on;
                if recording.done(on, now) {
                    let on = recording.is_wanted;
                    self.deed(RoomDeed::Record { on });
                } else if was != on {
                    let words = if on {
                        Words::RecordingResumed
                    } else {
                        Words::RecordingPaused
                    };
                    self.say_to(None, words, None);
                }
            }
            Err(Undone::NotThere | Undone::Refused(_)) => recording.failed(on, now),
        }
        let state = state_of(how, "the carrier knows of no recording");
        self.act_is(None, ActKind::Record, on, &state);
        if let ActState::Refused(why) = &state {
            self.turn
                .note(format!("The recording could not be switched: {why}."));
        }
    }

    /// Whether the carrier may know of a recording in a moment.
    fn recording_may_come(&self) -> bool {
        let acts = self.room.acts.iter();
        let wanted = acts.filter(|act| act.kind == ActKind::Record);
        let wanted = wanted.map(|act| act.at).max();
        self.room
            .started
            .map(|started| wanted.map_or(started, |wanted| wanted.max(started)))
            .is_some_and(|since| self.now().seconds_since(since) < RECORDING_COMES_S)
    }

    /// The carrier is asked once more for what it knew nothing of.
    pub(super) fn record_again(&mut self) {
        let wanted = self.room.recording.filter(Toggle::is_under_way);
        if let Some(recording) = wanted
            && self.room.started.is_some()
        {
            let on = recording.is_wanted;
            self.deed(RoomDeed::Record { on });
        }
    }

    /// A conference that could not be ended as a whole is left by one after the other.
    fn end_refused(&mut self, why: &str) {
        self.turn.note(format!(
            "The conference could not be ended at once: {why}; everybody is led out of it."
        ));
        let legs: Vec<CallSid> = self
            .room
            .members
            .iter()
            .map(|one| one.leg.clone())
            .collect();
        for leg in legs {
            self.redirect(&leg);
        }
    }

    /// The end was refused, and so was leading somebody out: it is said that they are still there, until they are not.
    fn not_out_yet(&mut self, why: &str) {
        let members = self.room.members.iter();
        let some = members.filter(|one| self.room.is_being_ended(one)).count();
        let (are, are_led) = if some == 1 {
            ("is", "is led")
        } else {
            ("are", "are led")
        };
        self.end_is(&ActState::Refused(format!(
            "{why}; {some} {are} not out yet, and {are_led} out again"
        )));
    }

    /// Who ends the conference that somebody is in.
    fn ended_by(&self, leg: &CallSid) -> Option<By> {
        let member = self.room.member(leg)?;
        let end = self.room.end_under_way()?;
        (member.came <= end.at).then(|| end.by.clone())
    }
}

pub(super) fn words_of(why: &Undone) -> String {
    match why {
        Undone::NotThere => "it is not there any more".to_owned(),
        Undone::Refused(why) => why.clone(),
    }
}
