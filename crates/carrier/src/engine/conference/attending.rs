//! A leg in a conference: it enters, hears what it hears there, and goes on with its document afterwards.

use twilio::CallSid;
use twiml::{Conference, Dial};

use super::hearing::Hearing;
use super::participant::{Presence, Sound};
use super::room::{Departed, Exit, Stage};
use crate::engine::agenda::Task;
use crate::engine::leg::Status;
use crate::engine::runner::{Doing, Ending, Leaving, Params, Purpose, Runner, Slot, Source};
use crate::engine::verbs::{AfterDial, DialOutcome};
use crate::engine::{ConferenceSid, Engine, Noted};

/// The longest stay of a Dial that names none, in seconds (reference A.3.6).
const LONGEST: u32 = 14_400;

/// A stay in a conference.
#[derive(Debug)]
pub(crate) struct Attending {
    room: ConferenceSid,
    after: AfterDial,
    leaves_on_star: bool,
    /// What the leg is given to hear.
    given: Option<Hearing>,
}

impl Attending {
    pub(crate) const fn room(&self) -> &ConferenceSid {
        &self.room
    }
}

impl Engine {
    /// Begins `<Dial><Conference>`.
    pub(crate) fn attend(&mut self, sid: &CallSid, slot: Slot, dial: &Dial, noun: &Conference) {
        self.pick_up(sid);
        let name = noun.name.trim();
        if name.is_empty() || name.chars().count() > 128 {
            self.dial_refused(sid, slot, dial);
            return;
        }
        let (participant, terms) = match self.described(sid, noun) {
            Ok(described) => described,
            Err(failure) => {
                self.trouble(sid, failure.code, failure.text);
                self.dial_refused(sid, slot, dial);
                return;
            }
        };
        let region = terms.region.clone();
        let found = self.room_for(name, terms);
        if let Err(refusal) = self.rooms.admit(&found, &participant) {
            self.trouble(sid, refusal.code(), refusal.in_words());
            self.dial_refused(sid, slot, dial);
            return;
        }
        let room = self.rooms.open(found);

        let attending = Attending {
            room: room.clone(),
            after: AfterDial::of(dial),
            leaves_on_star: dial.hangup_on_star == Some(true),
            given: None,
        };
        let limit = i64::from(dial.time_limit.unwrap_or(LONGEST)) * 1000;
        self.set_doing(sid, slot, Doing::InConference(Box::new(attending)));
        self.set_verb_timer(sid, slot, self.now.plus(limit));
        self.record_dial(sid, dial);
        let now = self.now;
        if let Some(room) = self.rooms.get_mut(&room) {
            room.take_in(participant, region, now);
        }
        self.room_changed(&room, Vec::new());
    }

    /// Somebody who was dialled by REST for a room has answered.
    pub(crate) fn arrive_in(&mut self, sid: &CallSid, room: &ConferenceSid) {
        let mut runner = Runner::new(Purpose::Call, Params::new());
        runner.doing = Doing::InConference(Box::new(Attending {
            room: room.clone(),
            after: AfterDial::default(),
            leaves_on_star: false,
            given: None,
        }));
        if let Some(leg) = self.leg_mut(sid) {
            leg.main = Some(runner);
        }
        let now = self.now;
        if let Some(room) = self.rooms.get_mut(room) {
            room.arrive(sid, now);
        }
        self.room_changed(room, Vec::new());
    }

    /// Somebody who was dialled by REST for a room was not reached.
    pub(crate) fn never_arrived(&mut self, sid: &CallSid, room: &ConferenceSid) {
        self.leave_room(sid, room, Exit::Failed);
    }

    /// The room that a leg is in.
    pub(crate) fn room_of(&self, sid: &CallSid) -> Option<&ConferenceSid> {
        let Doing::InConference(attending) = &self.leg(sid)?.main.as_ref()?.doing else {
            return None;
        };
        Some(&attending.room)
    }

    /// The stay has lasted as long as it may: the leg goes on with its document.
    pub(crate) fn stay_over(&mut self, sid: &CallSid) {
        if let Some(room) = self.room_of(sid).cloned() {
            self.leave_room(sid, &room, Exit::Stepped);
        }
    }

    /// `*` leaves the room, where the Dial says so.
    pub(crate) fn key_in_room(&mut self, sid: &CallSid, key: char) {
        let leaves = self
            .attending(sid)
            .is_some_and(|attending| attending.leaves_on_star);
        if key == '*' && leaves {
            self.stay_over(sid);
        }
    }

    /// Somebody leaves a room and is not on its way elsewhere already.
    pub(crate) fn leave_room(&mut self, sid: &CallSid, room: &ConferenceSid, exit: Exit) {
        let now = self.now;
        let Some(leg) = self.leg(sid) else { return };
        let status = match leg.status {
            Status::Queued | Status::Initiated | Status::Ringing => Status::Canceled,
            Status::InProgress
            | Status::Completed
            | Status::Busy
            | Status::Failed
            | Status::NoAnswer
            | Status::Canceled => leg.status,
        };
        let departed = self
            .rooms
            .get_mut(room)
            .map(|room| room.leave(sid, exit, status.word(), now));
        self.room_changed(room, departed.unwrap_or_default());
    }

    /// The leg is over or was given another document.
    pub(crate) fn attending_given_up(
        &mut self,
        sid: &CallSid,
        runner: &Runner,
        attending: Attending,
        leaving: Leaving,
    ) {
        let exit = match leaving {
            Leaving::HungUp => Exit::HungUp,
            Leaving::Moved => Exit::Moved,
        };
        let talked = self
            .rooms
            .get(&attending.room)
            .is_some_and(|room| room.stage == Stage::Open);
        self.leave_room(sid, &attending.room, exit);
        let status = match leaving {
            Leaving::Moved if !talked => Status::Canceled,
            Leaving::Moved | Leaving::HungUp => Status::Completed,
        };
        let mut outcome = DialOutcome::unreached(status.word());
        outcome.bridged = talked;
        self.after_dial_unheard(sid, runner, attending.after, outcome);
    }

    /// Does what follows from a change of a room: callbacks, beeps, recordings, what each one hears, and what becomes of
    /// those who left.
    pub(crate) fn room_changed(&mut self, sid: &ConferenceSid, departed: Vec<Departed>) {
        let Some(room) = self.rooms.get_mut(sid) else {
            return;
        };
        let notices = room.take_notices();
        let beeps = room.take_beeps();
        let stage = room.stage.clone();
        let begins = match stage {
            Stage::Open => room.terms.record.take(),
            Stage::Gathering | Stage::Over { .. } => None,
        };
        let present = room.participants.iter().filter(|one| one.is_present());
        let hearings: Vec<(CallSid, Hearing)> = present
            .filter_map(|one| Some((one.call.clone(), room.hearing(&one.call)?)))
            .collect();

        for notice in notices {
            let mut params = notice.params;
            params.insert("AccountSid".into(), self.settings.account.to_string());
            self.send_callback(None, &notice.target, notice.event.word(), &params, 16011);
        }
        for call in beeps {
            let what = "beep".to_owned();
            self.note(&call, Noted::Played { what });
            let now = self.now;
            if let Some(leg) = self.leg_mut(&call) {
                leg.beeped = Some(now);
            }
        }
        if let Some(order) = begins {
            self.start_recording(order, None, Some(sid.clone()));
        }
        if let Stage::Over { .. } = stage {
            self.end_recordings_of(sid.as_str());
            self.agenda.push_back(Task::RoomOver(sid.clone()));
        }
        for (call, hearing) in hearings {
            self.give_to_hear(&call, sid, hearing);
        }
        for gone in departed {
            self.departed(gone);
        }
    }

    fn give_to_hear(&mut self, call: &CallSid, room: &ConferenceSid, hearing: Hearing) {
        let Some(attending) = self.attending(call) else {
            return;
        };
        if attending.given.as_ref() == Some(&hearing) {
            return;
        }
        attending.given = Some(hearing.clone());
        self.take_runner(call, Slot::Side);
        let (when, sound) = match hearing {
            Hearing::Waits(sound) => ("while it waits for the conference", sound),
            Hearing::Held(sound) => ("while it is on hold", sound),
            Hearing::Others => {
                self.note_text(call, "It hears the conference.");
                return;
            }
            Hearing::Nobody => {
                self.note_text(call, "It is in the conference and hears nobody.");
                return;
            }
        };
        match sound {
            Sound::Music => self.note_text(call, &format!("It hears hold music {when}.")),
            Sound::Silence => self.note_text(call, &format!("It hears nothing {when}.")),
            Sound::Document(target) => {
                let runner = Runner::new(Purpose::Conference, self.room_extras(room));
                self.run(call, Slot::Side, runner, Source::Url(target));
            }
        }
    }

    /// What documents of a room are told beside the standard parameters (H9).
    pub(super) fn room_extras(&self, sid: &ConferenceSid) -> Params {
        let mut extras = Params::new();
        if let Some(room) = self.rooms.get(sid)
            && self.settings.options.conference_extras
        {
            extras.insert("ConferenceSid".into(), room.sid.to_string());
            extras.insert("FriendlyName".into(), room.name.clone());
        }
        extras
    }

    /// What was heard in a room by one alone is over: silence follows, but without its wait document nobody stays
    /// (reference A.1.5).
    pub(crate) fn room_document_over(&mut self, sid: &CallSid, ending: Ending) {
        let waits = self
            .attending(sid)
            .is_some_and(|attending| matches!(attending.given, Some(Hearing::Waits(_))));
        match ending {
            Ending::Failed(_) if waits => {
                if let Some(room) = self.room_of(sid).cloned() {
                    self.leave_room(sid, &room, Exit::Failed);
                }
            }
            Ending::Failed(_) | Ending::RanOut | Ending::HungUp | Ending::Left => {}
        }
    }

    fn departed(&mut self, gone: Departed) {
        let call = gone.participant.call;
        let options = &self.settings.options;
        let status = match (gone.participant.presence, gone.exit) {
            (_, Some(Exit::HungUp | Exit::Moved)) | (Presence::Expected, Some(Exit::Failed)) => {
                return;
            }
            (Presence::Expected, Some(Exit::Kicked | Exit::Stepped) | None) => {
                let end = self.end_of(&call, Status::Canceled);
                self.finish(&call, end);
                return;
            }
            (Presence::Present(_), Some(Exit::Failed)) => Status::Failed.word(),
            (Presence::Present(_), Some(Exit::Kicked | Exit::Stepped) | None) => {
                options.conference_left_is
            }
        };
        let mut outcome = DialOutcome::unreached(status);
        outcome.bridged = gone.had_started;
        self.take_runner(&call, Slot::Side);
        let Some(attending) = self.attending(&call) else {
            return;
        };
        let after = attending.after.clone();
        self.after_dial(&call, Slot::Main, after, outcome);
    }

    fn attending(&mut self, sid: &CallSid) -> Option<&mut Attending> {
        let Doing::InConference(attending) = &mut self.runner_mut(sid, Slot::Main)?.doing else {
            return None;
        };
        Some(attending)
    }

    pub(crate) fn note_text(&mut self, sid: &CallSid, text: &str) {
        let text = text.to_owned();
        self.note(sid, Noted::Note { text });
    }
}
