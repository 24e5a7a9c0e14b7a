//! What people at the monitor do in a room.

use super::case::Case;
use super::{
    ActKind, ActState, By, Leaving, Locked, Member, Phase, Role, RoomAct, RoomDeed, RoomRefusal,
    Toggle, Whereabouts, WhyLeft, Words,
};
use crate::CallSid;

/// How many characters an announcement has at most: about half a minute.
const MOST_WORDS: usize = 500;

impl Case<'_> {
    pub(super) fn act(&mut self, by: &By, what: RoomAct) -> Result<(), RoomRefusal> {
        if self.room.members.is_empty() {
            return Err(RoomRefusal::Empty);
        }
        match what {
            RoomAct::Mute { leg, on } => self.mute(by, &leg, on),
            RoomAct::MuteAll => self.mute_all(by),
            RoomAct::Hold { leg, on } => self.hold(by, &leg, on),
            RoomAct::Remove { leg } => self.remove(by, &leg),
            RoomAct::LowerHand { leg } => self.lower_hand(by, &leg),
            RoomAct::Announce { leg, text } => self.announce(by, leg, &text),
            RoomAct::Add { number } => self.add(by, &number),
            RoomAct::GiveUp { invite } => self.give_up(by, invite),
            RoomAct::Lock { on } => self.lock(by, on),
            RoomAct::Record { on } => self.record(by, on),
            RoomAct::End => self.end(by),
        }
    }

    /// Somebody who is there and stays.
    fn present(&self, leg: &CallSid) -> Result<Member, RoomRefusal> {
        let Some(member) = self.room.member(leg) else {
            let stay = self.room.gone.iter().rev().find(|stay| stay.leg == *leg);
            let name = stay.map_or("They", |stay| stay.name.as_str());
            return Err(RoomRefusal::JustLeft(name.to_owned()));
        };
        if member.leaving.is_some() {
            return Err(RoomRefusal::Leaving(member.name.clone()));
        }
        Ok(member.clone())
    }

    fn mute(&mut self, by: &By, leg: &CallSid, on: bool) -> Result<(), RoomRefusal> {
        let member = self.present(leg)?;
        let done = if on { "muted" } else { "unmuted" };
        self.turn
            .note(format!("{} {done} {}.", by.name, member.name));
        self.set_mute(by, &member, on);
        Ok(())
    }

    fn set_mute(&mut self, by: &By, member: &Member, on: bool) {
        let now = self.now();
        let leg = member.leg.clone();
        let mut is_asked = false;
        if let Some(member) = self.member_mut(&leg) {
            match member.place {
                Whereabouts::Inside { .. } => is_asked = member.mute.want(on, now),
                // The carrier is asked as soon as they are in.
                Whereabouts::OnTheWay { .. } => member.mute.is_wanted = on,
                // The document that leads them in says so.
                Whereabouts::Outside { .. } | Whereabouts::Aside { .. } => {
                    member.mute = Toggle::settled(on, now);
                }
            }
        }
        let member = self.room.member(&leg);
        let is_due = |mute: Toggle| mute.is_under_way() || mute.is_on != mute.is_wanted;
        let state = if member.is_some_and(|one| is_due(one.mute)) {
            ActState::Wanted
        } else {
            ActState::Done
        };
        self.acted(Some(&leg), ActKind::Mute, on, by, state);
        if is_asked {
            self.deed(RoomDeed::Mute { leg, on });
        }
    }

    fn mute_all(&mut self, by: &By) -> Result<(), RoomRefusal> {
        self.turn.note(format!(
            "{} muted everybody in {} but moderators.",
            by.name, self.settings.name
        ));
        let others: Vec<Member> = self
            .staying()
            .filter(|one| one.role == Role::Participant && !(one.mute.is_wanted && one.mute.is_on))
            .cloned()
            .collect();
        for member in &others {
            self.set_mute(by, member, true);
        }
        self.acted(None, ActKind::MuteAll, true, by, ActState::Wanted);
        Ok(())
    }

    fn hold(&mut self, by: &By, leg: &CallSid, on: bool) -> Result<(), RoomRefusal> {
        let now = self.now();
        let found = self.present(leg)?;
        if !matches!(self.room.phase, Phase::Running { .. }) {
            return Err(RoomRefusal::NotRunning);
        }
        if !found.is_inside() {
            return Err(RoomRefusal::NotInside(found.name));
        }
        if found.is_company && !on {
            return Err(RoomRefusal::Company(found.name));
        }
        let done = if on { "put" } else { "took" };
        let rest = if on { "on hold" } else { "off hold" };
        self.turn
            .note(format!("{} {done} {} {rest}.", by.name, found.name));
        let mut is_asked = false;
        if let Some(member) = self.member_mut(leg) {
            member.is_company = false;
            is_asked = member.hold.want(on, now);
        }
        let member = self.room.member(leg);
        let state = if member.is_some_and(|one| one.hold.is_under_way()) {
            ActState::Wanted
        } else {
            ActState::Done
        };
        self.acted(Some(leg), ActKind::Hold, on, by, state);
        if is_asked {
            let leg = leg.clone();
            self.deed(RoomDeed::Hold { leg, on });
        }
        Ok(())
    }

    fn remove(&mut self, by: &By, leg: &CallSid) -> Result<(), RoomRefusal> {
        let member = self.present(leg)?;
        self.turn
            .note(format!("{} removes {}.", by.name, member.name));
        let why = WhyLeft::Removed { by: by.clone() };
        self.acted(Some(leg), ActKind::Remove, true, by, ActState::Wanted);
        if member.is_inside() {
            let since = self.now();
            if let Some(member) = self.member_mut(leg) {
                member.leaving = Some(Leaving { why, since });
            }
            self.deed(RoomDeed::Remove { leg: leg.clone() });
        } else {
            self.send_off(leg, why);
        }
        Ok(())
    }

    /// Somebody is led out, to words that tell them why.
    pub(super) fn send_off(&mut self, leg: &CallSid, why: WhyLeft) {
        let since = self.now();
        if let Some(member) = self.member_mut(leg) {
            member.leaving.get_or_insert(Leaving { why, since });
            self.redirect(leg);
        }
    }

    fn lower_hand(&mut self, by: &By, leg: &CallSid) -> Result<(), RoomRefusal> {
        let found = self.present(leg)?;
        if found.hand.is_some() {
            self.turn
                .note(format!("{} has seen the hand of {}.", by.name, found.name));
        }
        if let Some(member) = self.member_mut(leg) {
            member.hand = None;
        }
        self.acted(Some(leg), ActKind::Hand, false, by, ActState::Done);
        Ok(())
    }

    fn announce(&mut self, by: &By, leg: Option<CallSid>, text: &str) -> Result<(), RoomRefusal> {
        let text = text.trim();
        if text.is_empty() {
            return Err(RoomRefusal::NoWords);
        }
        if text.chars().count() > MOST_WORDS {
            return Err(RoomRefusal::TooManyWords(MOST_WORDS));
        }
        let to = match &leg {
            Some(leg) => {
                let member = self.present(leg)?;
                if !member.is_inside() {
                    return Err(RoomRefusal::NotInside(member.name));
                }
                member.name
            }
            None => format!("everybody in {}", self.settings.name),
        };
        if self.room.started.is_none() {
            return Err(RoomRefusal::NotRunning);
        }
        self.turn.note(format!(
            "{} has it said to {to}: \u{201c}{text}\u{201d}",
            by.name
        ));
        self.acted(leg.as_ref(), ActKind::Announce, true, by, ActState::Wanted);
        self.say_to(leg, Words::Text(text.to_owned()), Some(by.clone()));
        Ok(())
    }

    fn lock(&mut self, by: &By, on: bool) -> Result<(), RoomRefusal> {
        if self.room.locked.is_some() != on {
            let done = if on { "locked" } else { "unlocked" };
            self.turn
                .note(format!("{} {done} {}.", by.name, self.settings.name));
            self.room.locked = on.then(|| Locked {
                by: by.clone(),
                at: self.turn.now,
            });
        }
        self.acted(None, ActKind::Lock, on, by, ActState::Done);
        Ok(())
    }

    fn record(&mut self, by: &By, on: bool) -> Result<(), RoomRefusal> {
        let now = self.now();
        let is_running = self.room.started.is_some();
        let Some(recording) = &mut self.room.recording else {
            return Err(RoomRefusal::NotRecorded);
        };
        if !is_running {
            return Err(RoomRefusal::NotRunning);
        }
        let is_asked = recording.want(on, now);
        let state = if recording.is_under_way() {
            ActState::Wanted
        } else {
            ActState::Done
        };
        if is_asked {
            let done = if on { "goes on with" } else { "pauses" };
            self.turn.note(format!(
                "{} {done} the recording of {}.",
                by.name, self.settings.name
            ));
            self.deed(RoomDeed::Record { on });
        }
        self.acted(None, ActKind::Record, on, by, state);
        Ok(())
    }

    fn end(&mut self, by: &By) -> Result<(), RoomRefusal> {
        self.turn.note(format!(
            "{} ends {} for everybody.",
            by.name, self.settings.name
        ));
        self.acted(None, ActKind::End, true, by, ActState::Wanted);
        self.give_up_invites();
        let since = self.now();
        let why = WhyLeft::Ended { by: by.clone() };
        let conference = self.room.conference.clone();
        let mut outside = Vec::new();
        for member in &mut self.room.members {
            let is_ended = conference.is_some() && member.is_inside();
            let leaving = Leaving {
                why: why.clone(),
                since,
            };
            member.leaving.get_or_insert(leaving);
            if !is_ended {
                outside.push(member.leg.clone());
            }
        }
        if let Some(conference) = conference {
            self.room.ending = Some(conference.clone());
            self.deed(RoomDeed::End { conference });
        }
        for leg in outside {
            self.redirect(&leg);
        }
        let inside: Vec<CallSid> = self
            .room
            .members
            .iter()
            .filter(|one| one.moving.is_none())
            .map(|one| one.leg.clone())
            .collect();
        for leg in inside {
            self.look_after(&leg);
        }
        Ok(())
    }
}
