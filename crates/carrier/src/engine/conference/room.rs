//! A room: who is in it, when it starts, who leaves with whom, and what ends it (reference F.5).

use std::collections::VecDeque;

use twilio::CallSid;
use twilio::callback::{ConferenceEvent as Event, LeaveReason, ReasonConferenceEnded as EndReason};

use super::notice::{Leave, Notice, Subscription};
use super::participant::{Participant, Presence};
use crate::engine::recording::Order;
use crate::engine::runner::Params;
use crate::engine::{ConferenceSid, Time};

/// What the first participant fixes for the whole conference (C17).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    pub(crate) subscription: Option<Subscription>,
    /// The first that names one decides.
    pub(crate) region: Option<String>,
    /// The most participants.
    pub(crate) most: usize,
    /// How it is recorded from its start, if it is.
    pub(crate) record: Option<Order>,
}

impl Terms {
    /// The most participants of any conference, and the default (reference A.3.9).
    pub(crate) const MOST: usize = 250;
    const REGION: &'static str = "us1";
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            subscription: None,
            region: None,
            most: Self::MOST,
            record: None,
        }
    }
}

/// How far a conference has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It has not started.
    Gathering,
    /// Its participants hear each other.
    Open,
    /// It is over.
    Over {
        reason: EndReason,
        /// The participant whose leaving ended it, with its label.
        by: Option<(CallSid, Option<String>)>,
    },
}

impl Stage {
    /// The word of the REST resource.
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Gathering => "init",
            Self::Open => "in-progress",
            Self::Over { .. } => "completed",
        }
    }
}

/// Why somebody cannot enter, or be what it wants to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Full,
    LabelInUse,
    CoachedAbsent,
    CoachedHeld,
    Over,
}

/// How somebody goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The leg is over.
    HungUp,
    /// REST gave the leg another document.
    Moved,
    /// REST removed the participant.
    Kicked,
    /// The participant pressed `*`, or its time in the room is up.
    Stepped,
    /// It was dialled and did not answer, or what it should hear while waiting could not be had.
    Failed,
}

/// Somebody who is in the room no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Departed {
    pub(crate) participant: Participant,
    /// How, for the one who went; none for those who had to because the conference ended.
    pub(crate) exit: Option<Exit>,
    /// Whether the conference had started then.
    pub(crate) had_started: bool,
}

/// A conference, from its first participant on.
#[derive(Debug)]
pub(crate) struct Room {
    pub(crate) sid: ConferenceSid,
    /// Its place in the order of creation.
    pub(crate) serial: u64,
    pub(crate) name: String,
    pub(crate) created: Time,
    pub(crate) updated: Time,
    pub(crate) terms: Terms,
    pub(crate) stage: Stage,
    /// In the order in which they came or were dialled.
    pub(crate) participants: Vec<Participant>,
    pub(super) next_sequence: u32,
    pub(super) notices: VecDeque<Notice>,
    pub(super) beeps: Vec<CallSid>,
}

impl Room {
    pub(crate) fn new(sid: ConferenceSid, name: &str, terms: Terms, first: u32, now: Time) -> Self {
        Self {
            sid,
            serial: 0,
            name: name.to_owned(),
            created: now,
            updated: now,
            terms,
            stage: Stage::Gathering,
            participants: Vec::new(),
            next_sequence: first,
            notices: VecDeque::new(),
            beeps: Vec::new(),
        }
    }

    pub(crate) const fn is_over(&self) -> bool {
        match self.stage {
            Stage::Over { .. } => true,
            Stage::Gathering | Stage::Open => false,
        }
    }

    pub(crate) fn participant(&self, call: &CallSid) -> Option<&Participant> {
        self.participants.iter().find(|one| one.call == *call)
    }

    pub(super) fn participant_mut(&mut self, call: &CallSid) -> Option<&mut Participant> {
        self.participants.iter_mut().find(|one| one.call == *call)
    }

    pub(crate) fn labelled(&self, label: &str) -> Option<&Participant> {
        let is_it = |one: &&Participant| one.label.as_deref() == Some(label);
        self.participants.iter().find(is_it)
    }

    pub(crate) fn region(&self) -> &str {
        self.terms.region.as_deref().unwrap_or(Terms::REGION)
    }

    /// Whether somebody may enter. Those who are dialled count: a place is kept for them.
    pub(crate) fn admits(&self, somebody: &Participant) -> Result<(), Refusal> {
        if self.is_over() {
            return Err(Refusal::Over);
        }
        if self.participants.len() >= self.terms.most {
            return Err(Refusal::Full);
        }
        if let Some(label) = &somebody.label
            && self.labelled(label).is_some()
        {
            return Err(Refusal::LabelInUse);
        }
        somebody
            .coached()
            .map_or(Ok(()), |coached| self.can_be_coached(coached, somebody))
    }

    pub(super) fn can_be_coached(
        &self,
        coached: &CallSid,
        coach: &Participant,
    ) -> Result<(), Refusal> {
        match self.participant(coached) {
            Some(one) if one.call == coach.call || !one.is_present() => Err(Refusal::CoachedAbsent),
            None => Err(Refusal::CoachedAbsent),
            Some(one) if one.is_held() => Err(Refusal::CoachedHeld),
            Some(_) => Ok(()),
        }
    }

    /// Takes somebody in, or in prospect, whom the room admits.
    pub(crate) fn take_in(&mut self, somebody: Participant, region: Option<String>, now: Time) {
        if self.terms.region.is_none() {
            self.terms.region = region;
        }
        let call = somebody.call.clone();
        let is_here = somebody.is_present();
        self.updated = now;
        self.participants.push(somebody);
        if is_here {
            self.arrive(&call, now);
        }
    }

    /// Somebody is there: it is told, the conference starts if it can, and the others hear a beep (C3, C5, C6, C20).
    pub(crate) fn arrive(&mut self, call: &CallSid, now: Time) {
        let Some(one) = self.participant_mut(call) else {
            return;
        };
        one.presence = Presence::Present(now);
        one.updated = now;
        let one = one.clone();
        self.tell_of(now, Event::Joined, &one, Params::new());
        if self.stage == Stage::Gathering && self.can_start() {
            self.stage = Stage::Open;
            self.tell(now, Event::Started, Params::new());
        }
        if one.beeps.on_enter {
            self.beep(call);
        }
    }

    fn can_start(&self) -> bool {
        let present = || self.participants.iter().filter(|one| one.is_present());
        present().count() >= 2 && present().any(|one| one.starts_on_enter)
    }

    fn beep(&mut self, for_whom: &CallSid) {
        if self.stage != Stage::Open {
            return;
        }
        let others = self.participants.iter();
        let listening = others.filter(|one| one.is_present() && !one.is_held());
        self.beeps = listening
            .filter(|one| one.call != *for_whom)
            .map(|one| one.call.clone())
            .collect();
    }

    /// Somebody goes, and perhaps everybody with it (C8, C10). The status is that of its leg.
    pub(crate) fn leave(
        &mut self,
        call: &CallSid,
        exit: Exit,
        call_status: &'static str,
        now: Time,
    ) -> Vec<Departed> {
        let found = self.participants.iter().position(|one| one.call == *call);
        let Some(place) = found else {
            return Vec::new();
        };
        let one = self.participants.remove(place);
        let reason = match (exit, one.presence) {
            (Exit::Failed, _) | (Exit::HungUp, Presence::Expected) => LeaveReason::AddFailed,
            (Exit::HungUp | Exit::Stepped, _) => LeaveReason::HungUp,
            (Exit::Moved | Exit::Kicked, _) => LeaveReason::UpdatedViaApi,
        };
        self.tell_leave(
            now,
            &one,
            &Leave {
                reason,
                call_status,
            },
        );
        if one.is_present() && one.beeps.on_exit {
            self.beep(call);
        }

        let kicked = exit == Exit::Kicked;
        let by = Some((one.call.clone(), one.label.clone()));
        let ends = one.is_present() && one.ends_on_exit;
        let mut departed = vec![Departed {
            participant: one,
            exit: Some(exit),
            had_started: self.stage == Stage::Open,
        }];
        if ends {
            let reason = if kicked {
                EndReason::EndingParticipantKicked
            } else {
                EndReason::EndingParticipantLeft
            };
            departed.extend(self.end(reason, by, &LeaveReason::ModeratorEndedConference, now));
        } else if self.participants.is_empty() {
            let reason = if kicked {
                EndReason::LastParticipantKicked
            } else {
                EndReason::LastParticipantLeft
            };
            departed.extend(self.end(reason, by, &LeaveReason::ModeratorEndedConference, now));
        }
        departed
    }

    /// REST ends the conference for all.
    pub(crate) fn close(&mut self, now: Time) -> Vec<Departed> {
        if self.is_over() {
            return Vec::new();
        }
        self.end(
            EndReason::ViaApi,
            None,
            &LeaveReason::ConferenceEndedViaApi,
            now,
        )
    }

    fn end(
        &mut self,
        reason: EndReason,
        by: Option<(CallSid, Option<String>)>,
        left: &LeaveReason,
        now: Time,
    ) -> Vec<Departed> {
        let others = std::mem::take(&mut self.participants);
        let had_started = self.stage == Stage::Open;
        for one in &others {
            let call_status = match one.presence {
                Presence::Present(_) => "in-progress",
                Presence::Expected => "canceled",
            };
            let leave = Leave {
                reason: left.clone(),
                call_status,
            };
            self.tell_leave(now, one, &leave);
        }
        self.tell_end(now, &reason, by.as_ref());
        self.beeps.clear();
        self.updated = now;
        self.stage = Stage::Over { reason, by };
        others
            .into_iter()
            .map(|participant| Departed {
                participant,
                exit: None,
                had_started,
            })
            .collect()
    }

    /// The callbacks to be sent, in order.
    pub(crate) fn take_notices(&mut self) -> VecDeque<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// Who hears a beep now.
    pub(crate) fn take_beeps(&mut self) -> Vec<CallSid> {
        std::mem::take(&mut self.beeps)
    }
}
