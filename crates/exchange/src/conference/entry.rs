//! A visitor comes: which room, by which right, and whether there is a place.

use super::case::Case;
use super::{ActState, Guest, InviteOutcome, Member, Phase, Recorded, Role, VisitorStage, keyed};
use crate::closed;
use crate::{
    AgentEvent, Caller, ConferenceRoute, Digits, Input, Keys, LineKind, MAX_TRIES, Outcome, Part,
    PhoneNumber, Pin, Prompt, Route,
};

/// How long to wait for keys, in seconds.
const PATIENCE: u8 = 7;

/// The most keys of a room's code, and of a PIN.
const MOST_CODE: u8 = 10;
const MOST_PIN: u8 = 12;

impl Case<'_> {
    /// The beginning, or the same request again.
    pub(super) fn enter(&mut self, input: &Input) {
        let Some(visitor) = self.visitor().cloned() else {
            return;
        };
        if visitor.stage != VisitorStage::Arrived {
            return self.lead(input);
        }
        match visitor.guest {
            Guest::Invited { invite } => self.admit_invited(invite),
            Guest::Person { .. } => self.admit(Role::Moderator),
            Guest::Caller if !self.turn.line.is_open(&input.clocks) => {
                closed::turn_away(&mut self.turn, input);
            }
            Guest::Caller if self.has_room() => self.identify(input),
            Guest::Caller => self.ask_code(input),
        }
    }

    /// Whether it is known which room the visitor comes to: the one that was handed in is theirs.
    fn has_room(&self) -> bool {
        let is_known = self
            .visitor()
            .is_some_and(|visitor| visitor.room.as_ref() == Some(&self.room.id));
        is_known || self.only_room()
    }

    fn only_room(&self) -> bool {
        match &self.turn.line.kind {
            LineKind::Conference(line) => line.only_room().is_some(),
            LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Support(_) => false,
        }
    }

    pub(super) fn ask_code(&mut self, input: &Input) {
        if input.too_many {
            return self.throttled();
        }
        self.stage(VisitorStage::AskedCode);
        self.turn.say(Prompt::ConferenceAskCode, &[]);
        self.ask(MOST_CODE, ConferenceRoute::Code);
    }

    fn ask(&mut self, most: u8, then: ConferenceRoute) {
        let keys = Keys {
            most,
            patience: PATIENCE,
        };
        self.turn.ask(keys, Route::Conference(then));
    }

    pub(super) fn stage(&mut self, stage: VisitorStage) {
        if let Some(visitor) = self.visitor_mut() {
            visitor.stage = stage;
        }
    }

    /// The code of a room was keyed in; the room that it leads to was handed in.
    pub(super) fn code(&mut self, input: &Input, leads: bool) {
        if input.too_many {
            return self.throttled();
        }
        if leads {
            self.turn.call.tries = 0;
            let name = self.settings.name.clone();
            self.turn.note(format!("Keyed in the code of {name}."));
            return self.identify(input);
        }
        if self.may_try(input, "code", Prompt::ConferenceWrongCode) {
            self.ask_code(input);
        }
    }

    /// By which right the visitor comes.
    pub(super) fn identify(&mut self, input: &Input) {
        let id = self.room.id.clone();
        if let Some(visitor) = self.visitor_mut() {
            visitor.room = Some(id);
        }
        let number = self.turn.call.caller.number();
        if number.is_some_and(|number| self.settings.moderators.contains(number)) {
            return self.admit(Role::Moderator);
        }
        if self.settings.pin.is_none() && self.settings.moderator_pin.is_none() {
            return self.admit(Role::Participant);
        }
        self.ask_pin(input);
    }

    pub(super) fn ask_pin(&mut self, input: &Input) {
        if input.too_many {
            return self.throttled();
        }
        self.stage(VisitorStage::AskedPin);
        let prompt = if self.settings.pin.is_some() {
            Prompt::ConferenceAskPin
        } else {
            Prompt::ConferenceAskModeratorPin
        };
        self.turn.say(prompt, &[]);
        self.ask(MOST_PIN, ConferenceRoute::Pin);
    }

    /// A PIN was keyed in, or none.
    pub(super) fn pin(&mut self, input: &Input) {
        if input.too_many {
            return self.throttled();
        }
        let fits =
            |keys: &str, pin: &Option<Pin>| pin.as_ref().is_some_and(|pin| pin.as_str() == keys);
        match keyed(&input.digits) {
            Some(keys) if fits(keys, &self.settings.moderator_pin) => {
                self.turn.note("Keyed in the moderators' PIN.");
                self.admit(Role::Moderator);
            }
            Some(keys) if fits(keys, &self.settings.pin) => {
                self.turn.note("Keyed in the PIN.");
                self.admit(Role::Participant);
            }
            None | Some("") if self.settings.pin.is_none() => self.admit(Role::Participant),
            Some(_) | None => {
                if self.may_try(input, "PIN", Prompt::ConferenceWrongPin) {
                    self.ask_pin(input);
                }
            }
        }
    }

    /// Counts what led nowhere. True when there may be another try; else the call has been ended
    /// kindly.
    fn may_try(&mut self, input: &Input, what: &str, why: Prompt) -> bool {
        let is_silent = input.digits == Digits::None;
        self.wrong_code |= !is_silent;
        self.turn.note(if is_silent {
            "Nothing was keyed in.".to_owned()
        } else {
            format!("Keyed in a wrong {what}.")
        });
        self.turn.call.tries += 1;
        if self.turn.call.tries < MAX_TRIES {
            self.turn
                .say(if is_silent { Prompt::Silence } else { why }, &[]);
            return true;
        }
        self.turn.note(format!("{MAX_TRIES} tries led nowhere."));
        if is_silent {
            self.turn.farewell(Prompt::TooManyTries, Outcome::NoInput);
        } else {
            let outcome = Outcome::NotAdmitted;
            self.turn.farewell(Prompt::ConferenceNotAdmitted, outcome);
        }
        false
    }

    fn throttled(&mut self) {
        let (whence, words) = match self.turn.call.caller {
            Caller::Withheld => (
                "callers who withhold their number",
                Prompt::ConferenceTooManyWithheld,
            ),
            Caller::Number(_) | Caller::Client(_) | Caller::Sip(_) | Caller::Other(_) => {
                ("this number", Prompt::ConferenceTooMany)
            }
        };
        self.turn.note(format!(
            "Too many wrong codes and PINs came from {whence} of late."
        ));
        self.turn.farewell(words, Outcome::NotAdmitted);
    }

    /// Somebody with the right to come in comes in, where there is a place.
    fn admit(&mut self, role: Role) {
        if let Some(visitor) = self.visitor_mut() {
            visitor.role = role;
        }
        if self.room.locked.is_some() && role == Role::Participant {
            return self.turn_away("The room is locked.", Prompt::ConferenceLocked);
        }
        if self.is_full_for(role) {
            return self.turn_away("The room is full.", Prompt::ConferenceFull);
        }
        self.turn
            .say(Prompt::ConferenceWelcome, &[self.room_name()]);
        self.come_in(role, None);
    }

    /// One place is kept for the first moderator.
    fn is_full_for(&self, role: Role) -> bool {
        let limit = usize::from(self.settings.limit);
        let keeps_place =
            self.settings.is_moderated && role == Role::Participant && !self.has_moderator();
        self.room.taken() + usize::from(keeps_place) >= limit
    }

    pub(super) fn turn_away(&mut self, why: &str, words: Prompt) {
        self.turn.note(why);
        self.turn.farewell(words, Outcome::TurnedAway);
    }

    /// Somebody who was called into the room has answered.
    fn admit_invited(&mut self, invite: u32) {
        let own = self.leg();
        let open = self.invite_mut(invite);
        let open = open.filter(|one| one.outcome.is_none());
        let Some(open) = open else {
            self.turn.note("The conference expects them no more.");
            return self
                .turn
                .farewell(Prompt::ConferenceTooLate, Outcome::NotReached);
        };
        open.outcome = Some(InviteOutcome::Answered);
        open.leg = Some(own);
        self.adding_is(invite, &ActState::Done);
        self.turn
            .say(Prompt::ConferenceInvited, &[self.room_name()]);
        self.come_in(Role::Participant, Some(invite));
    }

    pub(super) fn room_name(&self) -> (&'static str, Part) {
        ("room", Part::Name(self.settings.name.clone()))
    }

    fn come_in(&mut self, role: Role, invite: Option<u32>) {
        self.add_member(role, invite);
        match (self.settings.recording, self.room.recording) {
            (Recorded::Never, _) | (_, None) => {}
            (Recorded::FromStart | Recorded::Paused, Some(recording)) => {
                let words = if recording.is_wanted {
                    Prompt::ConferenceRecorded
                } else {
                    Prompt::ConferenceMayBeRecorded
                };
                self.turn.say(words, &[]);
            }
        }
        self.lead_in();
    }

    /// The visitor is in the room's list, or there again: a member whom the list had lost.
    pub(super) fn add_member(&mut self, role: Role, invite: Option<u32>) {
        let now = self.now();
        if self.room.members.is_empty() {
            self.open();
        }
        let (user, name) = match self.visitor().map(|visitor| &visitor.guest) {
            Some(Guest::Person { user, name }) => (Some(user.clone()), name.clone()),
            Some(Guest::Caller | Guest::Invited { .. }) | None => {
                (None, self.turn.call.caller.label())
            }
        };
        let words = match role {
            Role::Moderator => format!("{name} came into {} as a moderator.", self.settings.name),
            Role::Participant => format!("{name} came into {}.", self.settings.name),
        };
        self.turn.note(words);
        let call = self.leg();
        if let Some(user) = &user {
            let moderates = AgentEvent::Moderates { call: call.clone() };
            self.turn.agent(user, moderates);
        }
        let member = Member::new(call, name, role, now);
        self.room.visits += 1;
        self.room.members.push(Member {
            number: number_of(&self.turn.call.caller),
            user,
            invite,
            ..member
        });
        if self.room.phase == Phase::Empty {
            self.room.phase = Phase::Waiting { since: now };
        }
        if let Some(visitor) = self.visitor_mut() {
            visitor.came.get_or_insert(now);
        }
    }
}

fn number_of(caller: &Caller) -> Option<PhoneNumber> {
    caller.number().cloned()
}
