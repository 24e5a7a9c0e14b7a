//! Conferences of conference lines, by the names of their rooms.

use exchange::conference::SeenInRoom;
use exchange::{CallSid, ConferenceSid};
use twilio::rest::{
    self, ConferenceStatus, ParticipantFilter, ParticipantKey, ParticipantStatus, PauseBehavior,
    RecordingChange, RecordingKey, RecordingOwner, UpdateConference, UpdateParticipant, WebMethod,
};

use super::rooms::{held, ours};
use super::{CarrierApi, NotSaid, leg, our_leg};

/// More than the carrier lets into a conference (reference A.3.9).
const ENOUGH: usize = 300;

/// A conference, and who is connected to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside {
    /// The conference.
    pub conference: ConferenceSid,
    /// Whether it has started.
    pub has_started: bool,
    /// Who is connected to it.
    pub people: Vec<SeenInRoom>,
}

impl CarrierApi {
    /// The conference of a name that is not over, with its people; nothing when there is none.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn inside(&self, name: &str) -> Result<Option<Inside>, NotSaid> {
        let Some(conference) = self.conference(name).await? else {
            return Ok(None);
        };
        let listed = self
            .client()?
            .list_participants(&conference.sid, &ParticipantFilter::new().page_size(1000))
            .collect(ENOUGH)
            .await;
        let people = match listed {
            Ok(people) => people,
            Err(rest::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        Ok(Some(Inside {
            conference: ours(&conference.sid),
            has_started: conference.status == ConferenceStatus::InProgress,
            people: people
                .iter()
                .filter(|one| one.status == ParticipantStatus::Connected)
                .map(|one| SeenInRoom {
                    leg: our_leg(&one.call_sid),
                    is_muted: one.muted,
                    is_held: one.hold,
                    ends_room: one.end_conference_on_exit,
                })
                .collect(),
        }))
    }

    /// Decides whether a leg's leaving ends its conference. False when it is not in there.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn sets_end_of(&self, name: &str, leg: &CallSid, on: bool) -> Result<bool, NotSaid> {
        let update = UpdateParticipant::new().end_conference_on_exit(on);
        self.change_in(name, leg, &update).await
    }

    /// Mutes a leg in a conference, or lets it be heard again. False when it is not in there.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn mute_in(&self, name: &str, leg: &CallSid, on: bool) -> Result<bool, NotSaid> {
        self.change_in(name, leg, &UpdateParticipant::new().muted(on))
            .await
    }

    /// Puts a leg in a conference on hold, with what is heard meanwhile, or takes it off. False when it is not in there.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn hold_in(
        &self,
        name: &str,
        leg: &CallSid,
        music: Option<&str>,
    ) -> Result<bool, NotSaid> {
        self.change_in(name, leg, &held(music)).await
    }

    /// Takes a leg out of a conference; its call goes on. False when it is not in there.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn take_out(&self, name: &str, sid: &CallSid) -> Result<bool, NotSaid> {
        let Some(conference) = self.conference(name).await? else {
            return Ok(false);
        };
        let key = ParticipantKey::from(&leg(sid));
        let removed = self
            .client()?
            .delete_participant(&conference.sid, &key)
            .await;
        match removed {
            Ok(()) => Ok(true),
            Err(rest::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Says something to everybody in a conference, or to one of them. False when nobody is there to hear it.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn announce(
        &self,
        name: &str,
        to: Option<&CallSid>,
        document: &str,
    ) -> Result<bool, NotSaid> {
        if let Some(to) = to {
            let update = UpdateParticipant::new()
                .announce_url(document)
                .announce_method(WebMethod::Post);
            return self.change_in(name, to, &update).await;
        }
        let Some(conference) = self.conference(name).await? else {
            return Ok(false);
        };
        let update = UpdateConference::new()
            .announce_url(document)
            .announce_method(WebMethod::Post);
        let told = self
            .client()?
            .update_conference(&conference.sid, &update)
            .await;
        match told {
            Ok(_) => Ok(true),
            Err(rest::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Lets the recording of a conference go on, or pauses it; what is said meanwhile is left out. False when nothing is
    /// recorded.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn record(&self, name: &str, on: bool) -> Result<bool, NotSaid> {
        let Some(conference) = self.conference(name).await? else {
            return Ok(false);
        };
        let change = if on {
            RecordingChange::resuming()
        } else {
            RecordingChange::pausing(PauseBehavior::Skip)
        };
        let owner = RecordingOwner::Conference(conference.sid);
        let changed = self
            .client()?
            .update_recording_of(&owner, &RecordingKey::Current, &change)
            .await;
        match changed {
            Ok(_) => Ok(true),
            Err(rest::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Ends a conference for all who are in it. One that is over is ended.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn end_conference(&self, sid: &ConferenceSid) -> Result<(), NotSaid> {
        let sid = twilio::ConferenceSid::parse(sid.as_str())
            .expect("both take CF and 32 hexadecimal digits");
        match self.client()?.end_conference(&sid).await {
            Ok(_) | Err(rest::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
