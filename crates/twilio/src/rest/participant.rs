//! Participants: the legs in a conference (reference E.3).

mod create;
mod list;
mod update;

pub use create::CreateParticipant;
pub use list::ParticipantFilter;
pub use update::UpdateParticipant;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::parameters::Parameters;
use super::{Client, ConferenceKey, Error, Pages, ParticipantKey, read};
use crate::sid::{AccountSid, CallSid, ConferenceSid};
use crate::words::words;

words! {
    /// How a participant stands.
    pub enum ParticipantStatus {
        /// Its call waits for its turn.
        Queued = "queued",
        /// It is being connected.
        Connecting = "connecting",
        /// It rings.
        Ringing = "ringing",
        /// It is in the conference.
        Connected = "connected",
        /// It has left: a word of its own, not that of calls.
        Complete = "complete",
        /// It was not reached.
        Failed = "failed",
    }
}

/// One leg in a conference. Fields without a place of their own are in [`rest`](Self::rest).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ParticipantResource {
    /// The leg.
    pub call_sid: CallSid,
    /// The conference.
    pub conference_sid: ConferenceSid,
    /// The account that owns it.
    pub account_sid: AccountSid,
    /// The name it was given, which may stand in an address instead of its identifier.
    #[serde(default, deserialize_with = "read::filled")]
    pub label: Option<String>,
    /// How it stands.
    pub status: ParticipantStatus,
    /// Whether it is muted.
    #[serde(default, deserialize_with = "read::truth")]
    pub muted: bool,
    /// Whether it is on hold.
    #[serde(default, deserialize_with = "read::truth")]
    pub hold: bool,
    /// Whether it speaks to one other participant alone.
    #[serde(default, deserialize_with = "read::truth")]
    pub coaching: bool,
    /// That other participant.
    #[serde(default, deserialize_with = "read::sid")]
    pub call_sid_to_coach: Option<CallSid>,
    /// Whether its entering starts the conference.
    #[serde(default, deserialize_with = "read::truth")]
    pub start_conference_on_enter: bool,
    /// Whether its leaving ends the conference.
    #[serde(default, deserialize_with = "read::truth")]
    pub end_conference_on_exit: bool,
    /// How long its call waited for its turn, in milliseconds.
    #[serde(default, rename = "queue_time", deserialize_with = "read::whole")]
    pub queued_ms: Option<u32>,
    /// When it was added, in milliseconds since 1970 UTC.
    #[serde(default, rename = "date_created", deserialize_with = "read::date_ms")]
    pub created_ms: Option<i64>,
    /// When it last changed, in milliseconds since 1970 UTC.
    #[serde(default, rename = "date_updated", deserialize_with = "read::date_ms")]
    pub updated_ms: Option<i64>,
    /// Every other field, as sent.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl Client {
    /// Calls somebody into a conference. There is no protection against calling twice: see [`Error::repeat_is_safe`].
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn create_participant(
        &self,
        conference: &ConferenceKey,
        participant: &CreateParticipant,
    ) -> Result<ParticipantResource, Error> {
        let path = format!("Conferences/{conference}/Participants.json");
        self.post(&path, &participant.0).await
    }

    /// Fetches a participant who is there.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it has left; else as [`Error`] says.
    pub async fn fetch_participant(
        &self,
        conference: &ConferenceSid,
        participant: &ParticipantKey,
    ) -> Result<ParticipantResource, Error> {
        self.get(&path(conference, participant), &Parameters::default())
            .await
    }

    /// Lists those who are there or being connected; behind the end of the conference there are none.
    #[must_use]
    pub fn list_participants(
        &self,
        conference: &ConferenceSid,
        filter: &ParticipantFilter,
    ) -> Pages<ParticipantResource> {
        let path = format!("Conferences/{conference}/Participants.json");
        self.pages(&path, &filter.0, "participants")
    }

    /// Changes a participant who is there.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it has left; else as [`Error`] says.
    pub async fn update_participant(
        &self,
        conference: &ConferenceSid,
        participant: &ParticipantKey,
        update: &UpdateParticipant,
    ) -> Result<ParticipantResource, Error> {
        self.post(&path(conference, participant), &update.0).await
    }

    /// Removes a participant, whose call ends.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it has left; else as [`Error`] says.
    pub async fn delete_participant(
        &self,
        conference: &ConferenceSid,
        participant: &ParticipantKey,
    ) -> Result<(), Error> {
        self.delete(&path(conference, participant)).await
    }
}

fn path(conference: &ConferenceSid, participant: &ParticipantKey) -> String {
    format!("Conferences/{conference}/Participants/{participant}.json")
}
