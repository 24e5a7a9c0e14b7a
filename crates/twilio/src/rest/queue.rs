//! Queues of callers who wait (reference E.5). Members have a file of their own.

mod change;

pub use change::{CreateQueue, QueueFilter, UpdateQueue};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::parameters::Parameters;
use super::{Client, Error, Pages, read};
use crate::sid::{AccountSid, QueueSid};

/// One queue. Fields without a place of their own are in [`rest`](Self::rest).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct QueueResource {
    /// The queue.
    pub sid: QueueSid,
    /// The account that owns it.
    pub account_sid: AccountSid,
    /// Its name.
    #[serde(default, deserialize_with = "read::filled")]
    pub friendly_name: Option<String>,
    /// How many wait.
    #[serde(default, deserialize_with = "read::whole")]
    pub current_size: Option<u32>,
    /// How many may wait.
    #[serde(default, deserialize_with = "read::whole")]
    pub max_size: Option<u32>,
    /// How long those who wait have waited on the average, in seconds.
    #[serde(
        default,
        rename = "average_wait_time",
        deserialize_with = "read::whole"
    )]
    pub average_wait_s: Option<u32>,
    /// When it was made, in milliseconds since 1970 UTC.
    #[serde(default, rename = "date_created", deserialize_with = "read::date_ms")]
    pub created_ms: Option<i64>,
    /// Every other field, as sent.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl Client {
    /// Makes a queue. A name that is in use is refused.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn create_queue(&self, queue: &CreateQueue) -> Result<QueueResource, Error> {
        self.post("Queues.json", &queue.0).await
    }

    /// Fetches a queue.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn fetch_queue(&self, sid: &QueueSid) -> Result<QueueResource, Error> {
        self.get(&format!("Queues/{sid}.json"), &Parameters::default())
            .await
    }

    /// Lists the queues of the account.
    #[must_use]
    pub fn list_queues(&self, filter: &QueueFilter) -> Pages<QueueResource> {
        self.pages("Queues.json", &filter.0, "queues")
    }

    /// Changes a queue.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn update_queue(
        &self,
        sid: &QueueSid,
        update: &UpdateQueue,
    ) -> Result<QueueResource, Error> {
        self.post(&format!("Queues/{sid}.json"), &update.0).await
    }

    /// Deletes a queue in which nobody waits.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn delete_queue(&self, sid: &QueueSid) -> Result<(), Error> {
        self.delete(&format!("Queues/{sid}.json")).await
    }
}
