//! Members: the callers in a queue (reference E.5).

use serde::Deserialize;
use serde_json::{Map, Value};

use super::choices::WebMethod;
use super::parameters::{Parameters, parameters};
use super::{Client, Error, MemberKey, Pages, read};
use crate::sid::{CallSid, QueueSid};

/// One caller who waits. Fields without a place of their own are in [`rest`](Self::rest).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct MemberResource {
    /// The leg that waits.
    pub call_sid: CallSid,
    /// The queue.
    #[serde(default, deserialize_with = "read::sid")]
    pub queue_sid: Option<QueueSid>,
    /// The caller's place, from 1.
    #[serde(default, deserialize_with = "read::whole")]
    pub position: Option<u32>,
    /// How long the caller has waited, in seconds.
    #[serde(default, rename = "wait_time", deserialize_with = "read::whole")]
    pub waited_s: Option<u32>,
    /// Since when the caller waits, in milliseconds since 1970 UTC.
    #[serde(default, rename = "date_enqueued", deserialize_with = "read::date_ms")]
    pub enqueued_ms: Option<i64>,
    /// Every other field, as sent.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

parameters! {
    /// Whereto a caller is taken out of a queue (E.7 UpdateMember).
    pub struct Dequeue {
        /// How the address is asked for the document.
        method: WebMethod => "Method",
    }
}

impl Dequeue {
    /// To the document of this address.
    #[must_use]
    pub fn to(url: &str) -> Self {
        let mut parameters = Parameters::default();
        parameters.set("Url", url);
        Self(parameters)
    }
}

parameters! {
    optional
    /// How members are listed: there is no choosing among them.
    pub struct MemberFilter {
        /// How many a page holds: at most 1,000, without this 50.
        page_size: u16 => "PageSize",
    }
}

impl Client {
    /// Lists the callers in a queue, the one in front first.
    #[must_use]
    pub fn list_members(&self, queue: &QueueSid, filter: &MemberFilter) -> Pages<MemberResource> {
        self.pages(
            &format!("Queues/{queue}/Members.json"),
            &filter.0,
            "queue_members",
        )
    }

    /// Fetches a caller who waits.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the caller does not wait, or nobody does; else as [`Error`] says.
    pub async fn fetch_member(
        &self,
        queue: &QueueSid,
        member: &MemberKey,
    ) -> Result<MemberResource, Error> {
        self.get(&path(queue, member), &Parameters::default()).await
    }

    /// Takes a caller out of a queue and to a document. A caller is taken once: of two who try, one is refused.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn dequeue(
        &self,
        queue: &QueueSid,
        member: &MemberKey,
        whereto: &Dequeue,
    ) -> Result<MemberResource, Error> {
        self.post(&path(queue, member), &whereto.0).await
    }
}

fn path(queue: &QueueSid, member: &MemberKey) -> String {
    format!("Queues/{queue}/Members/{member}.json")
}
