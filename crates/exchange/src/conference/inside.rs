//! The documents of whoever is let in: into the room, what they hear there, out of it and on.

use super::case::Case;
use super::{
    ActKind, ActState, Phase, Role, RoomTimer, Toggle, VisitorStage, WaitWords, Whereabouts,
    WhyLeft,
};
use crate::{
    Act, CallSid, ConferenceRoute, HeardBy, Input, Join, Keys, Moment, Outcome, Prompt, RoomName,
    Route,
};

/// So many documents that lead somebody somewhere, without their having heard anybody, are a circle
/// that has to end.
const MAX_ROUNDS: u32 = 200;

/// After how many rounds of music a waiting visitor is told the same again.
const TELL_EVERY: u32 = 3;

/// Who is out of the room so soon after being led in was most likely not let in by the carrier, and
/// so often in a row is told that it is full.
const BOUNCED_WITHIN_S: i64 = 3;
const MOST_BOUNCES: u8 = 3;

/// Two who are out of the room within so many seconds did not both press star.
const TOGETHER_S: i64 = 3;

impl Case<'_> {
    /// The visitor asks where to go: whatever they are to meet now.
    pub(super) fn lead(&mut self, input: &Input) {
        let Some(stage) = self.visitor().map(|visitor| visitor.stage.clone()) else {
            return;
        };
        let leaving = self.member().and_then(|member| member.leaving.clone());
        if let Some(leaving) = leaving {
            return self.part(leaving.why);
        }
        match stage {
            VisitorStage::Arrived => self.enter(input),
            VisitorStage::AskedCode => self.ask_code(input),
            VisitorStage::AskedPin => self.ask_pin(input),
            VisitorStage::Inside | VisitorStage::Menu => self.lead_in(),
            VisitorStage::Between { of }
                if of != self.room.conference || self.has_ended_around() =>
            {
                self.lead_in();
            }
            VisitorStage::Between { .. } => self.offer_menu(),
        }
    }

    fn member(&self) -> Option<&super::Member> {
        self.room.member(&self.turn.call.sid)
    }

    /// Into the room, in the role that they have.
    pub(super) fn lead_in(&mut self) {
        let role = self.visitor().map_or(Role::Participant, |one| one.role);
        if self.member().is_none() {
            if self.room.taken() >= usize::from(self.settings.limit) {
                return self.turn_away("The room is full.", Prompt::ConferenceFull);
            }
            self.add_member(role, None);
        }
        let now = self.now();
        let due = Moment(now.0 + self.turn.spoken_ms());
        let is_moderated = self.settings.is_moderated;
        let is_moderator = role == Role::Moderator;
        let is_running = self.is_running();
        let was_alone = self.room.alone.is_some() && self.is_only_one();
        if was_alone {
            // Their leaving ended the conference.
            self.forget_conference();
        }
        let leg = self.leg();
        let Some(member) = self.member_mut(&leg) else {
            return;
        };
        member.round += 1;
        member.led = now;
        member.moving = None;
        member.place = Whereabouts::OnTheWay { since: now, due };
        member.ends = Toggle::settled(is_moderated && is_moderator, now);
        member.mute = Toggle::settled(member.mute.is_wanted, now);
        let is_held = member.hold.is_wanted && !member.is_company;
        member.is_company = false;
        member.hold = Toggle {
            is_wanted: is_held,
            ..Toggle::settled(false, now)
        };
        member.speaking = None;
        let is_muted = member.mute.is_wanted;
        let is_back = member.entered.is_some();
        let begins_to_wait = !is_running && member.waiting.is_none();
        if member.round > MAX_ROUNDS {
            self.turn
                .note(format!("They were led into the room {MAX_ROUNDS} times."));
            return self.part(WhyLeft::Trouble);
        }
        self.is_led_as_wanted(&leg);
        if begins_to_wait {
            self.begins_to_wait(&leg);
        }
        if let Some(visitor) = self.visitor_mut() {
            visitor.stage = VisitorStage::Inside;
            visitor.told = None;
        }
        self.turn.call.tries = 0;
        self.turn.call.prompts = 0;
        let beep = self.beep(role, is_back);
        let room = RoomName::Line(self.room.id.clone());
        let route = |step| Route::Conference(step);
        self.turn.act(Act::Join(Join {
            starts: !is_moderated || is_moderator,
            ends: is_moderated && is_moderator,
            heard: if is_muted {
                HeardBy::Nobody
            } else {
                HeardBy::Everybody
            },
            beep,
            records: self.room.recording.is_some(),
            leaves_on_star: !is_moderator,
            most: Some(self.settings.limit),
            wait: Some(route(ConferenceRoute::Wait)),
            ..Join::to(room, route(ConferenceRoute::Left))
        }));
    }

    /// What was wanted of somebody and is in the document that leads them in is done.
    fn is_led_as_wanted(&mut self, leg: &CallSid) {
        let Some(member) = self.member_mut(leg) else {
            return;
        };
        let is_held = member.hold.is_wanted;
        for act in &mut member.acts {
            let is_in_document = match act.kind {
                ActKind::Mute => true,
                ActKind::Hold => !(act.on && is_held),
                ActKind::Remove
                | ActKind::Hand
                | ActKind::Announce
                | ActKind::MuteAll
                | ActKind::Add
                | ActKind::Lock
                | ActKind::Record
                | ActKind::End => false,
            };
            if is_in_document && act.state == ActState::Wanted {
                act.state = ActState::Done;
            }
        }
    }

    /// Somebody waits for others, and not for ever.
    pub(super) fn begins_to_wait(&mut self, leg: &CallSid) {
        let now = self.now();
        if let Some(member) = self.member_mut(leg) {
            member.waiting = Some(now);
            let patience = i64::from(self.settings.patience_s);
            let leg = leg.clone();
            self.tick(RoomTimer::Patience { leg }, patience);
        }
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self.room.phase, Phase::Running { .. })
    }

    /// Whether nobody else is in the conference, or on their way there.
    pub(super) fn is_only_one(&self) -> bool {
        let own = &self.turn.call.sid;
        let soon = self.soon();
        let others = self.room.members.iter().filter(|one| one.leg != *own);
        !others.into_iter().any(|one| one.is_in_by(soon))
    }

    /// What a waiting visitor hears: how it stands, music, and the same again.
    pub(super) fn wait(&mut self) {
        if let Some(words) = self.wait_words() {
            let told = self.visitor().and_then(|visitor| visitor.told);
            let heard = match told {
                Some((last, heard)) if last == words => heard,
                Some(_) | None => TELL_EVERY,
            };
            let is_due = heard >= TELL_EVERY;
            if is_due {
                self.turn.say(words.prompt(), &[]);
            }
            if let Some(visitor) = self.visitor_mut() {
                visitor.told = Some((words, if is_due { 1 } else { heard + 1 }));
            }
        }
        self.turn.act(Act::Music);
        let again = Route::Conference(ConferenceRoute::Wait);
        self.turn.act(Act::Goto(again));
    }

    fn wait_words(&self) -> Option<WaitWords> {
        let member = self.member()?;
        match self.room.phase {
            Phase::Grace { .. } => Some(WaitWords::Grace),
            Phase::Empty | Phase::Waiting { .. }
                if self.settings.is_moderated && member.role == Role::Participant =>
            {
                Some(WaitWords::ForModerator)
            }
            Phase::Empty | Phase::Waiting { .. } => Some(WaitWords::ForOthers),
            Phase::Running { .. } => None,
        }
    }

    /// The visitor is out of the room and still on the line.
    pub(super) fn left(&mut self, input: &Input) {
        let now = self.now();
        let leg = self.leg();
        let Some(visitor) = self.visitor().cloned() else {
            return;
        };
        if visitor.stage != VisitorStage::Inside {
            let next = Route::Conference(ConferenceRoute::Next);
            return self.turn.act(Act::Goto(next));
        }
        let is_running = self.is_running();
        let Some(member) = self.member_mut(&leg) else {
            return self.lead_in();
        };
        if member.moving.is_some() {
            // What follows a redirect of ours is not obeyed; if it is, it leads where the redirect does.
            member.speaking = None;
            member.place = Whereabouts::Outside { since: now };
            self.ends_with_the_last();
            let next = Route::Conference(ConferenceRoute::Next);
            return self.turn.act(Act::Goto(next));
        }
        if let Some(leaving) = member.leaving.clone() {
            return self.part(leaving.why);
        }
        let since = member.place.since();
        let is_bounced = matches!(member.place, Whereabouts::OnTheWay { .. })
            && now.seconds_since(member.place.settled()) < BOUNCED_WITHIN_S;
        let was_outside = matches!(member.place, Whereabouts::Outside { .. });
        member.speaking = None;
        member.place = Whereabouts::Aside { since: now };
        let has_ended = was_outside && self.room.conference_since >= since;
        self.ends_with_the_last();
        if self.has_bounced_too_often(is_bounced) {
            self.turn.note(
                "The carrier let them into the room no time; they were told that it is full.",
            );
            return self.turn_away("The room is full.", Prompt::ConferenceFull);
        }
        let may_be_star = visitor.role == Role::Participant && is_running && !is_bounced;
        if !may_be_star || has_ended || self.has_ended_around() {
            return self.lead(input);
        }
        let of = self.room.conference.clone();
        self.stage(VisitorStage::Between { of });
        self.sweep_in(0);
        self.turn.say(Prompt::ConferenceOneMoment, &[]);
        let next = Route::Conference(ConferenceRoute::Next);
        self.turn.act(Act::Goto(next));
    }

    fn has_bounced_too_often(&mut self, is_bounced: bool) -> bool {
        let Some(visitor) = self.visitor_mut() else {
            return false;
        };
        visitor.bounced = if is_bounced { visitor.bounced + 1 } else { 0 };
        visitor.bounced >= MOST_BOUNCES
    }

    /// Whether the visitor is out of the room because it ended, and not by a key of theirs.
    fn has_ended_around(&self) -> bool {
        let own = &self.turn.call.sid;
        let Some(member) = self.room.member(own) else {
            return true;
        };
        let now = self.now();
        let out = member.place.since();
        let mut others = self.room.members.iter().filter(|one| one.leg != *own);
        self.room.started.is_none()
            || !self.is_running()
            || !others.clone().any(|one| one.is_in_by(now))
            || others.any(|one| {
                let since = one.place.since();
                let apart = out.seconds_since(since).max(since.seconds_since(out));
                !one.is_in() && one.leaving.is_none() && apart < TOGETHER_S
            })
    }

    /// The star menu.
    fn offer_menu(&mut self) {
        self.turn.note("Pressed star.");
        self.stage(VisitorStage::Menu);
        let is_muted = self.member().is_some_and(|member| member.mute.is_wanted);
        self.turn.say(
            if is_muted {
                Prompt::ConferenceMenuMuted
            } else {
                Prompt::ConferenceMenu
            },
            &[],
        );
        let keys = Keys {
            most: 1,
            patience: 5,
        };
        self.turn
            .ask(keys, Route::Conference(ConferenceRoute::Menu));
    }

    /// A key of the star menu; whichever it is, they are led back in the same role.
    pub(super) fn menu(&mut self, input: &Input) {
        let is_there = self
            .visitor()
            .is_some_and(|visitor| visitor.stage == VisitorStage::Menu);
        let is_leaving = self.member().is_some_and(|one| one.leaving.is_some());
        if !is_there || is_leaving {
            return self.lead(input);
        }
        match input.digits.key() {
            Some('6') => self.mute_self(),
            Some('9') => self.raise_hand(),
            Some(_) | None => self.turn.note("Went back into the room."),
        }
        self.lead_in();
    }

    fn mute_self(&mut self) {
        let now = self.now();
        let leg = self.leg();
        let Some(member) = self.member_mut(&leg) else {
            return;
        };
        let on = !member.mute.is_wanted;
        member.mute = Toggle::settled(on, now);
        let name = member.name.clone();
        let (words, prompt) = if on {
            ("muted themselves", Prompt::ConferenceMuted)
        } else {
            ("is heard again", Prompt::ConferenceUnmuted)
        };
        self.turn.note(format!("{name} {words}."));
        self.turn.say(prompt, &[]);
    }

    fn raise_hand(&mut self) {
        let now = self.now();
        let leg = self.leg();
        let Some(member) = self.member_mut(&leg) else {
            return;
        };
        member.hand = match member.hand {
            None => Some(now),
            Some(_) => None,
        };
        let is_up = member.hand.is_some();
        let name = member.name.clone();
        let (words, prompt) = if is_up {
            ("raised their hand", Prompt::ConferenceHandUp)
        } else {
            ("took their hand down", Prompt::ConferenceHandDown)
        };
        self.turn.note(format!("{name} {words}."));
        self.turn.say(prompt, &[]);
    }

    /// Good-bye, in the words that fit the reason.
    pub(super) fn part(&mut self, why: WhyLeft) {
        let (words, outcome) = match &why {
            WhyLeft::HungUp => (Prompt::Goodbye, Outcome::Abandoned),
            WhyLeft::Removed { .. } => (Prompt::ConferenceRemoved, Outcome::TurnedAway),
            WhyLeft::Ended { .. } => (Prompt::ConferenceEnded, Outcome::NotReached),
            WhyLeft::GraceOver => (Prompt::ConferenceGraceOver, Outcome::NotReached),
            WhyLeft::NobodyCame => (Prompt::ConferenceNobodyCame, Outcome::NotReached),
            WhyLeft::Trouble => (Prompt::Apology, Outcome::Apologised),
        };
        let leg = self.leg();
        self.gone(&leg, why);
        self.turn.farewell(words, outcome);
    }
}

impl WaitWords {
    const fn prompt(self) -> Prompt {
        match self {
            Self::ForModerator => Prompt::ConferenceWaitModerator,
            Self::ForOthers => Prompt::ConferenceWaitOthers,
            Self::Grace => Prompt::ConferenceGrace,
        }
    }
}
