//! Calls: what Twilio remembers about one leg, and what it is asked to do with it (reference E.2).

mod create;
mod list;
mod update;

pub use create::CreateCall;
pub use list::CallFilter;
pub use update::{CallDocument, UpdateCall};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::parameters::Parameters;
use super::{Client, Error, Pages, read};
use crate::callback::AnsweredBy;
use crate::party::Party;
use crate::sid::{AccountSid, CallSid, NumberSid};
use crate::status::{CallStatus, Direction};

/// One leg as Twilio's records show it. Fields without a place of their own are in [`rest`](Self::rest).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CallResource {
    /// The leg.
    pub sid: CallSid,
    /// The account that owns the leg.
    pub account_sid: AccountSid,
    /// The leg that dialled this one.
    #[serde(default, deserialize_with = "read::sid")]
    pub parent_call_sid: Option<CallSid>,
    /// How the leg stands; never `Initiated`, which webhooks alone know.
    pub status: CallStatus,
    /// Who calls.
    #[serde(default = "read::nobody", deserialize_with = "read::calling")]
    pub from: Party,
    /// Who is called.
    #[serde(default = "read::nobody", deserialize_with = "read::called")]
    pub to: Party,
    /// Which way the leg goes.
    #[serde(default = "read::no_direction", deserialize_with = "read::direction")]
    pub direction: Direction,
    /// The number of ours that is called or calls.
    #[serde(default, deserialize_with = "read::sid")]
    pub phone_number_sid: Option<NumberSid>,
    /// The caller's name, if looking it up was ordered.
    #[serde(default, deserialize_with = "read::filled")]
    pub caller_name: Option<String>,
    /// The number that forwarded the call here, if the carrier tells.
    #[serde(default, deserialize_with = "read::filled")]
    pub forwarded_from: Option<String>,
    /// When the leg was created, in milliseconds since 1970 UTC, to the second, as all times of resources.
    #[serde(default, rename = "date_created", deserialize_with = "read::date_ms")]
    pub created_ms: Option<i64>,
    /// When the leg was answered.
    #[serde(default, rename = "start_time", deserialize_with = "read::date_ms")]
    pub start_time_ms: Option<i64>,
    /// When the leg ended.
    #[serde(default, rename = "end_time", deserialize_with = "read::date_ms")]
    pub end_time_ms: Option<i64>,
    /// How long the leg lasted, in seconds from its answer.
    #[serde(default, rename = "duration", deserialize_with = "read::whole")]
    pub duration_s: Option<u32>,
    /// How long the leg waited for its turn, in milliseconds.
    #[serde(default, rename = "queue_time", deserialize_with = "read::whole")]
    pub queued_ms: Option<u32>,
    /// What answered, if a machine was listened for.
    #[serde(default)]
    pub answered_by: Option<AnsweredBy>,
    /// What the leg cost, as a decimal number: negative, and known only some time after the end.
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
    /// Places a call. There is no protection against placing it twice: see [`Error::repeat_is_safe`].
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn create_call(&self, call: &CreateCall) -> Result<CallResource, Error> {
        self.post("Calls.json", &call.0).await
    }

    /// Fetches what Twilio knows about a leg.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the account has no such call; else as [`Error`] says. Asking again is always safe.
    pub async fn fetch_call(&self, sid: &CallSid) -> Result<CallResource, Error> {
        self.get(&format!("Calls/{sid}.json"), &Parameters::default())
            .await
    }

    /// Lists legs, the youngest first.
    #[must_use]
    pub fn list_calls(&self, filter: &CallFilter) -> Pages<CallResource> {
        self.pages("Calls.json", &filter.0, "calls")
    }

    /// Changes a live leg.
    ///
    /// # Errors
    /// [`Code::CallNotInProgress`](super::Code::CallNotInProgress) when it is over; else as [`Error`] says.
    pub async fn update_call(
        &self,
        sid: &CallSid,
        update: &UpdateCall,
    ) -> Result<CallResource, Error> {
        self.post(&format!("Calls/{sid}.json"), &update.0).await
    }

    /// Takes a live leg out of whatever it does and gives it another document.
    ///
    /// # Errors
    /// As [`update_call`](Self::update_call).
    pub async fn redirect_call(
        &self,
        sid: &CallSid,
        document: &CallDocument,
    ) -> Result<CallResource, Error> {
        self.update_call(sid, &UpdateCall::redirecting(document))
            .await
    }

    /// Ends a leg, answered or not.
    ///
    /// # Errors
    /// As [`update_call`](Self::update_call).
    pub async fn complete_call(&self, sid: &CallSid) -> Result<CallResource, Error> {
        self.update_call(sid, &UpdateCall::completing()).await
    }

    /// Ends a leg if it is still waiting for its turn or ringing; an answered one goes on.
    ///
    /// # Errors
    /// As [`update_call`](Self::update_call).
    pub async fn cancel_call(&self, sid: &CallSid) -> Result<CallResource, Error> {
        self.update_call(sid, &UpdateCall::cancelling()).await
    }

    /// Deletes what Twilio remembers of a leg that is over.
    ///
    /// # Errors
    /// [`Code::NotFinished`](super::Code::NotFinished) when it is not over; else as [`Error`] says.
    pub async fn delete_call(&self, sid: &CallSid) -> Result<(), Error> {
        self.delete(&format!("Calls/{sid}.json")).await
    }
}
