//! Conferences and participants listed, changed and ended by REST (reference E.3).

use twilio::CallSid;
use twiml::Method;

use super::change::Change;
use super::participant::{Participant, Sound, Voice};
use super::room::{Exit, Refusal, Room};
use super::{
    ConferenceFilter, ConferenceView, ParticipantFilter, ParticipantView, UpdateConference,
    UpdateParticipant,
};
use crate::engine::runner::{Target, parse_method};
use crate::engine::url::is_absolute;
use crate::engine::{ConferenceSid, Engine, RestError};

impl Engine {
    /// The conferences that fit, the latest first.
    #[must_use]
    pub fn conferences(&self, filter: &ConferenceFilter) -> Vec<ConferenceView> {
        let mut found: Vec<&Room> = self.rooms.all().filter(|room| filter.fits(room)).collect();
        found.sort_by_key(|room| std::cmp::Reverse(room.serial));
        found.into_iter().map(ConferenceView::of).collect()
    }

    /// One conference.
    #[must_use]
    pub fn conference(&self, sid: &ConferenceSid) -> Option<ConferenceView> {
        self.rooms.get(sid).map(ConferenceView::of)
    }

    /// Ends a conference, or announces something in it.
    ///
    /// # Errors
    /// There is no such conference or it is over (20404), or a value makes no sense.
    pub fn update_conference(
        &mut self,
        sid: &ConferenceSid,
        update: &UpdateConference,
    ) -> Result<ConferenceView, RestError> {
        self.live_room(sid)?;
        let ends = match update.status.as_deref() {
            None => false,
            Some("completed") => true,
            Some(other) => {
                let text = format!("Status {other} is not completed");
                return Err(RestError::new(400, 20001, text));
            }
        };
        let announcement = target(
            update.announce_url.as_deref(),
            update.announce_method.as_deref(),
            Method::Post,
        )?;
        if let Some(announcement) = announcement {
            self.announce(sid, None, &announcement);
        }
        if ends {
            let now = self.now;
            let departed = self.rooms.get_mut(sid).map(|room| room.close(now));
            self.room_changed(sid, departed.unwrap_or_default());
        }
        self.settle();
        self.conference(sid)
            .ok_or_else(|| RestError::not_found(sid.as_str()))
    }

    /// The participants that are in a conference or dialled for it, in the order of their coming. None once it is over.
    ///
    /// # Errors
    /// There is no such conference (20404).
    pub fn participants(
        &self,
        sid: &ConferenceSid,
        filter: &ParticipantFilter,
    ) -> Result<Vec<ParticipantView>, RestError> {
        let room = self
            .rooms
            .get(sid)
            .ok_or_else(|| RestError::not_found(sid.as_str()))?;
        let fitting = room.participants.iter().filter(|one| filter.fits(one));
        Ok(fitting
            .map(|one| ParticipantView::of(one, room, self.leg(&one.call)))
            .collect())
    }

    /// One participant, by the SID of its call or by its label. Nothing once it has left.
    #[must_use]
    pub fn participant(&self, sid: &ConferenceSid, who: &str) -> Option<ParticipantView> {
        let room = self.rooms.get(sid)?;
        let one = found(room, who)?;
        Some(ParticipantView::of(one, room, self.leg(&one.call)))
    }

    /// Changes a participant, who is named by the SID of its call or by its label.
    ///
    /// # Errors
    /// There is no such participant (20404), it cannot coach (16027, 16028), or a value makes no sense.
    pub fn update_participant(
        &mut self,
        sid: &ConferenceSid,
        who: &str,
        update: &UpdateParticipant,
    ) -> Result<ParticipantView, RestError> {
        let room = self.live_room(sid)?;
        let one = found(room, who).ok_or_else(|| RestError::not_found(who))?;
        let call = one.call.clone();
        let change = change(one, update)?;
        let announcement = target(
            update.announce_url.as_deref(),
            update.announce_method.as_deref(),
            Method::Post,
        )?;

        let now = self.now;
        if let Some(room) = self.rooms.get_mut(sid) {
            room.change(&call, change, now).map_err(refused)?;
        }
        if let Some(announcement) = announcement {
            self.announce(sid, Some(call.clone()), &announcement);
        }
        self.changed.insert(call);
        self.room_changed(sid, Vec::new());
        self.settle();
        self.participant(sid, who)
            .ok_or_else(|| RestError::not_found(who))
    }

    /// Removes a participant: its leg goes on with its document, or is hung up where there is none (C9, C11).
    ///
    /// # Errors
    /// There is no such participant (20404).
    pub fn delete_participant(&mut self, sid: &ConferenceSid, who: &str) -> Result<(), RestError> {
        let room = self.live_room(sid)?;
        let one = found(room, who).ok_or_else(|| RestError::not_found(who))?;
        let call = one.call.clone();
        self.leave_room(&call, sid, Exit::Kicked);
        self.settle();
        Ok(())
    }

    fn live_room(&self, sid: &ConferenceSid) -> Result<&Room, RestError> {
        let room = self.rooms.get(sid).filter(|room| !room.is_over());
        room.ok_or_else(|| RestError::not_found(sid.as_str()))
    }
}

pub(super) fn found<'a>(room: &'a Room, who: &str) -> Option<&'a Participant> {
    match CallSid::parse(who) {
        Ok(call) => room.participant(&call),
        Err(_) => room.labelled(who),
    }
}

fn change(one: &Participant, update: &UpdateParticipant) -> Result<Change, RestError> {
    let hold_target = target(
        update.hold_url.as_deref(),
        update.hold_method.as_deref(),
        Method::Get,
    )?;
    let wait = match update.wait_url.as_deref() {
        Some("") => Some(Sound::Silence),
        url => target(url, update.wait_method.as_deref(), Method::Post)?.map(Sound::Document),
    };
    let hold = match (update.hold, hold_target) {
        (Some(false), _) => Some(None),
        (Some(true), Some(target)) => Some(Some(Sound::Document(target))),
        (Some(true), None) if !one.is_held() => Some(Some(Sound::Music)),
        (None, Some(target)) if one.is_held() => Some(Some(Sound::Document(target))),
        (Some(true) | None, _) => None,
    };
    Ok(Change {
        muted: update.muted,
        hold,
        wait,
        beeps_on_exit: update.beep_on_exit,
        ends_on_exit: update.end_conference_on_exit,
        voice: voice(
            update.coaching,
            update.call_sid_to_coach.as_deref(),
            one.coached(),
        )?,
    })
}

/// Who is to hear a participant: `CallSidToCoach` implies `Coaching`, which needs it (reference E.3).
pub(super) fn voice(
    coaching: Option<bool>,
    coached: Option<&str>,
    before: Option<&CallSid>,
) -> Result<Option<Voice>, RestError> {
    let coached = coached.filter(|coached| !coached.is_empty());
    let coached = coached
        .map(CallSid::parse)
        .transpose()
        .map_err(|_| RestError::new(400, 16028, "CallSidToCoach is not the SID of a call"))?;
    match (coaching, coached.or_else(|| before.cloned())) {
        (Some(false), _) => Ok(Some(Voice::Everybody)),
        (Some(true), None) => Err(RestError::new(400, 20001, "Coaching needs CallSidToCoach")),
        (Some(true) | None, Some(coached)) => Ok(Some(Voice::Only(coached))),
        (None, None) => Ok(None),
    }
}

/// The URL of a request, with its method; none where it is absent or empty.
pub(crate) fn target(
    url: Option<&str>,
    method: Option<&str>,
    usually: Method,
) -> Result<Option<Target>, RestError> {
    let method = match method.map(str::trim) {
        None | Some("") => usually,
        Some(text) => parse_method(text).ok_or_else(|| {
            RestError::new(400, 21209, format!("Method {text} must be GET or POST"))
        })?,
    };
    let Some(url) = url.map(str::trim).filter(|url| !url.is_empty()) else {
        return Ok(None);
    };
    if !is_absolute(url) {
        let text = format!("Url {url} is not a valid URL");
        return Err(RestError::new(400, 21205, text));
    }
    Ok(Some(Target::new(url, Some(method))))
}

pub(super) fn refused(refusal: Refusal) -> RestError {
    let status = match refusal {
        Refusal::Over => 404,
        Refusal::Full | Refusal::LabelInUse | Refusal::CoachedAbsent | Refusal::CoachedHeld => 400,
    };
    RestError::new(status, refusal.rest_code(), refusal.in_words())
}
