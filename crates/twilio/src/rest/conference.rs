//! Conferences: they are born when somebody joins, so they are only fetched and changed (reference E.3).

mod list;
mod update;

pub use list::ConferenceFilter;
pub use update::UpdateConference;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::parameters::Parameters;
use super::{Client, Error, Pages, read};
use crate::callback::ReasonConferenceEnded;
use crate::sid::{AccountSid, CallSid, ConferenceSid};
use crate::words::words;

words! {
    /// How a conference stands.
    pub enum ConferenceStatus {
        /// Somebody waits for it to begin.
        Init = "init",
        /// It runs.
        InProgress = "in-progress",
        /// It is over; its name may live again as another one.
        Completed = "completed",
    }
}

/// One life of a conference. Fields without a place of their own are in [`rest`](Self::rest).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ConferenceResource {
    /// The conference.
    pub sid: ConferenceSid,
    /// The account that owns it.
    pub account_sid: AccountSid,
    /// Its name.
    #[serde(default, deserialize_with = "read::filled")]
    pub friendly_name: Option<String>,
    /// How it stands.
    pub status: ConferenceStatus,
    /// Where its sound is mixed, such as `us1`.
    #[serde(default, deserialize_with = "read::filled")]
    pub region: Option<String>,
    /// Why it ended.
    #[serde(default)]
    pub reason_conference_ended: Option<ReasonConferenceEnded>,
    /// The leg whose leaving ended it.
    #[serde(default, deserialize_with = "read::sid")]
    pub call_sid_ending_conference: Option<CallSid>,
    /// When it was born, in milliseconds since 1970 UTC.
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
    /// Fetches a conference.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn fetch_conference(&self, sid: &ConferenceSid) -> Result<ConferenceResource, Error> {
        self.get(&format!("Conferences/{sid}.json"), &Parameters::default())
            .await
    }

    /// Lists conferences, the youngest first.
    #[must_use]
    pub fn list_conferences(&self, filter: &ConferenceFilter) -> Pages<ConferenceResource> {
        self.pages("Conferences.json", &filter.0, "conferences")
    }

    /// Changes a conference.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn update_conference(
        &self,
        sid: &ConferenceSid,
        update: &UpdateConference,
    ) -> Result<ConferenceResource, Error> {
        self.post(&format!("Conferences/{sid}.json"), &update.0)
            .await
    }

    /// Ends a conference for everybody in it.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn end_conference(&self, sid: &ConferenceSid) -> Result<ConferenceResource, Error> {
        self.update_conference(sid, &UpdateConference::completing())
            .await
    }
}
