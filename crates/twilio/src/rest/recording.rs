//! Recordings: of calls, of conferences, and all of an account (reference E.4).

mod change;
mod list;
mod sound;

pub use change::{RecordingChange, StartRecording};
pub use list::{RecordingDates, RecordingFilter};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::parameters::Parameters;
use super::{Client, Error, Pages, RecordingKey, RecordingOwner, read};
use crate::callback::{RecordingSource, RecordingStatus, RecordingTrack};
use crate::sid::{AccountSid, CallSid, ConferenceSid, RecordingSid};

/// One recording. Fields without a place of their own are in [`rest`](Self::rest).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct RecordingResource {
    /// The recording.
    pub sid: RecordingSid,
    /// The account that owns it.
    pub account_sid: AccountSid,
    /// The leg that was recorded, or through which it came.
    #[serde(default, deserialize_with = "read::sid")]
    pub call_sid: Option<CallSid>,
    /// The conference that was recorded.
    #[serde(default, deserialize_with = "read::sid")]
    pub conference_sid: Option<ConferenceSid>,
    /// How it stands.
    pub status: RecordingStatus,
    /// What ordered it.
    #[serde(default)]
    pub source: Option<RecordingSource>,
    /// Which side it holds.
    #[serde(default)]
    pub track: Option<RecordingTrack>,
    /// One channel, or two with a party each.
    #[serde(default, deserialize_with = "read::whole")]
    pub channels: Option<u8>,
    /// Its length in seconds.
    #[serde(default, rename = "duration", deserialize_with = "read::whole")]
    pub duration_s: Option<u32>,
    /// When it began, in milliseconds since 1970 UTC.
    #[serde(default, rename = "start_time", deserialize_with = "read::date_ms")]
    pub start_time_ms: Option<i64>,
    /// Where its sound is.
    #[serde(default, deserialize_with = "read::filled")]
    pub media_url: Option<String>,
    /// Twilio's error code, if it is absent.
    #[serde(default, deserialize_with = "read::whole")]
    pub error_code: Option<u32>,
    /// What it cost, as a decimal number: negative.
    #[serde(default, deserialize_with = "read::decimal")]
    pub price: Option<String>,
    /// The currency of the price, three letters.
    #[serde(default, deserialize_with = "read::filled")]
    pub price_unit: Option<String>,
    /// Every other field, as sent.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl Client {
    /// Begins to record a live call.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn start_recording(
        &self,
        call: &CallSid,
        recording: &StartRecording,
    ) -> Result<RecordingResource, Error> {
        self.post(&format!("Calls/{call}/Recordings.json"), &recording.0)
            .await
    }

    /// Lists the recordings of a call or a conference.
    #[must_use]
    pub fn list_recordings_of(
        &self,
        owner: &RecordingOwner,
        dates: &RecordingDates,
    ) -> Pages<RecordingResource> {
        self.pages(&format!("{owner}.json"), &dates.0, "recordings")
    }

    /// Fetches a recording of a call or a conference.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn fetch_recording_of(
        &self,
        owner: &RecordingOwner,
        recording: &RecordingKey,
    ) -> Result<RecordingResource, Error> {
        self.get(&format!("{owner}/{recording}.json"), &Parameters::default())
            .await
    }

    /// Holds, continues or ends the recording of a live call or conference.
    ///
    /// # Errors
    /// As [`Error`] says; Twilio may answer 408, after which the recording is to be fetched.
    pub async fn update_recording_of(
        &self,
        owner: &RecordingOwner,
        recording: &RecordingKey,
        change: &RecordingChange,
    ) -> Result<RecordingResource, Error> {
        self.post(&format!("{owner}/{recording}.json"), &change.0)
            .await
    }

    /// Deletes a recording of a call or a conference.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn delete_recording_of(
        &self,
        owner: &RecordingOwner,
        recording: &RecordingSid,
    ) -> Result<(), Error> {
        self.delete(&format!("{owner}/{recording}.json")).await
    }

    /// Lists the recordings of the account, the youngest first.
    #[must_use]
    pub fn list_recordings(&self, filter: &RecordingFilter) -> Pages<RecordingResource> {
        self.pages("Recordings.json", &filter.0, "recordings")
    }

    /// Fetches a recording.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn fetch_recording(&self, sid: &RecordingSid) -> Result<RecordingResource, Error> {
        self.get(&format!("Recordings/{sid}.json"), &Parameters::default())
            .await
    }

    /// Fetches what is remembered of a recording, even if it was deleted.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn fetch_recording_even_deleted(
        &self,
        sid: &RecordingSid,
    ) -> Result<RecordingResource, Error> {
        let mut query = Parameters::default();
        query.set("IncludeSoftDeleted", &true);
        self.get(&format!("Recordings/{sid}.json"), &query).await
    }

    /// Deletes a recording.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn delete_recording(&self, sid: &RecordingSid) -> Result<(), Error> {
        self.delete(&format!("Recordings/{sid}.json")).await
    }
}
