//! Rooms: who is in them, and what is to become of them.

use exchange::{CallSid, ConferenceSid, Present};
use twilio::rest::{
    self, ConferenceFilter, ConferenceResource, ConferenceStatus, ParticipantFilter,
    ParticipantKey, ParticipantStatus, UpdateParticipant, WebMethod,
};

use super::watch::heard_by;
use super::{CarrierApi, NotSaid, leg, our_leg};

/// A room of a caller has few people in it.
const ENOUGH: usize = 50;

/// A room as the carrier has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The conference.
    pub conference: ConferenceSid,
    /// Whether it has started.
    pub has_started: bool,
    /// Who is connected to it.
    pub people: Vec<Present>,
}

impl CarrierApi {
    /// The conference of a name that is not over, with its people; nothing when there is none.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn room(&self, name: &CallSid) -> Result<Option<Seen>, NotSaid> {
        let Some(conference) = self.conference(name.as_str()).await? else {
            return Ok(None);
        };
        let listed = self
            .client()?
            .list_participants(&conference.sid, &ParticipantFilter::new())
            .collect(ENOUGH)
            .await;
        let people = match listed {
            Ok(people) => people,
            Err(rest::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let is_in = |status: &ParticipantStatus| *status == ParticipantStatus::Connected;
        Ok(Some(Seen {
            conference: ours(&conference.sid),
            has_started: conference.status == ConferenceStatus::InProgress,
            people: people
                .iter()
                .filter(|one| is_in(&one.status))
                .map(|one| Present {
                    leg: our_leg(&one.call_sid),
                    is_held: one.hold,
                    ends_room: one.end_conference_on_exit,
                    heard: heard_by(one),
                })
                .collect(),
        }))
    }

    /// Ends a room for all who are in it. One that is over is ended.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn end_room(&self, name: &CallSid) -> Result<(), NotSaid> {
        let Some(conference) = self.conference(name.as_str()).await? else {
            return Ok(());
        };
        match self.client()?.end_conference(&conference.sid).await {
            Ok(_) | Err(rest::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Decides whether a leg's leaving ends the room. False when it is not in there.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn set_ends_room(
        &self,
        name: &CallSid,
        leg: &CallSid,
        on: bool,
    ) -> Result<bool, NotSaid> {
        let update = UpdateParticipant::new().end_conference_on_exit(on);
        self.change(name, leg, &update).await
    }

    /// Puts a leg on hold, with what is heard meanwhile, or takes it off. False when it is not in the room.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn hold(
        &self,
        name: &CallSid,
        leg: &CallSid,
        music: Option<&str>,
    ) -> Result<bool, NotSaid> {
        self.change(name, leg, &held(music)).await
    }

    /// Mutes a leg, or lets it be heard again. False when it is not in the room.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn mute(&self, name: &CallSid, leg: &CallSid, on: bool) -> Result<bool, NotSaid> {
        self.change(name, leg, &UpdateParticipant::new().muted(on))
            .await
    }

    pub(super) async fn change(
        &self,
        name: &CallSid,
        sid: &CallSid,
        update: &UpdateParticipant,
    ) -> Result<bool, NotSaid> {
        self.change_in(name.as_str(), sid, update).await
    }

    /// Changes a leg in the conference of a name. False when it is not in there.
    pub(super) async fn change_in(
        &self,
        name: &str,
        sid: &CallSid,
        update: &UpdateParticipant,
    ) -> Result<bool, NotSaid> {
        let Some(conference) = self.conference(name).await? else {
            return Ok(false);
        };
        let key = ParticipantKey::from(&leg(sid));
        match self
            .client()?
            .update_participant(&conference.sid, &key, update)
            .await
        {
            Ok(_) => Ok(true),
            Err(rest::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// A name is one conference's at a time, among those that are not over (reference F.5, C1 and C2);
    /// so it is looked up whenever it is needed.
    pub(super) async fn conference(
        &self,
        name: &str,
    ) -> Result<Option<ConferenceResource>, NotSaid> {
        let filter = ConferenceFilter::new().friendly_name(name);
        let mut pages = self.client()?.list_conferences(&filter);
        while let Some(page) = pages.next().await? {
            let live = page
                .into_iter()
                .find(|conference| conference.status != ConferenceStatus::Completed);
            if live.is_some() {
                return Ok(live);
            }
        }
        Ok(None)
    }
}

/// Somebody on hold, with what they hear meanwhile, or not.
pub(super) fn held(music: Option<&str>) -> UpdateParticipant {
    let update = UpdateParticipant::new().hold(music.is_some());
    match music {
        Some(music) => update.hold_url(music).hold_method(WebMethod::Post),
        None => update,
    }
}

pub(super) fn ours(sid: &twilio::ConferenceSid) -> ConferenceSid {
    ConferenceSid::parse(sid.as_str()).expect("both take CF and 32 hexadecimal digits")
}
