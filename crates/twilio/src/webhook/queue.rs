//! Requests about a caller in a queue: while waiting, when taken out, and after (reference B.3, Enqueue and Queue).

use super::VoiceRequest;
use crate::field::{filled, number, or_dash, sid};
use crate::sid::{CallSid, QueueSid};
use crate::words::words;

/// A caller who waits: the request for what is to be heard meanwhile (`waitUrl`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueWait {
    /// The leg that waits.
    pub call_sid: CallSid,
    /// The queue.
    pub queue_sid: QueueSid,
    /// The caller's place in it, from 1.
    pub position: Option<u32>,
    /// How long the caller has waited, in seconds.
    pub waited_s: Option<u32>,
    /// How long callers wait on the average, in seconds.
    pub average_wait_s: Option<u32>,
    /// How many wait.
    pub size: Option<u32>,
    /// How many may wait.
    pub max_size: Option<u32>,
}

impl QueueWait {
    /// Takes the waiting out of a request; `None` when the request is of another kind.
    #[must_use]
    pub fn of(request: &VoiceRequest) -> Option<Self> {
        let form = &request.rest;
        filled(form, "QueuePosition").or_else(|| filled(form, "CurrentQueueSize"))?;
        Some(Self {
            call_sid: request.call_sid.clone(),
            queue_sid: sid(form, "QueueSid")?,
            position: number(form, "QueuePosition"),
            waited_s: number(form, "QueueTime"),
            average_wait_s: number(form, "AvgQueueTime"),
            size: number(form, "CurrentQueueSize"),
            max_size: number(form, "MaxQueueSize"),
        })
    }

    /// What every delivery of this request has in common: the leg, the queue, the place and the time waited.
    #[must_use]
    pub fn identity(&self) -> String {
        let place = or_dash(self.position.as_ref());
        let waited = or_dash(self.waited_s.as_ref());
        format!(
            "{} waits in {} {place} {waited}",
            self.call_sid, self.queue_sid
        )
    }
}

words! {
    /// How a caller left a queue.
    pub enum QueueResult {
        /// Somebody took the caller, and the two have parted.
        Bridged = "bridged",
        /// Somebody is taking the caller.
        BridgingInProcess = "bridging-in-process",
        /// The document could not be carried out.
        Error = "error",
        /// The caller hung up.
        Hangup = "hangup",
        /// `<Leave>`.
        Leave = "leave",
        /// REST took the caller out while waiting.
        Redirected = "redirected",
        /// REST took the caller away from the one who had taken the call.
        RedirectedFromBridged = "redirected-from-bridged",
        /// The queue was full, and the caller never was in it.
        QueueFull = "queue-full",
        /// Twilio failed.
        SystemError = "system-error",
    }
}

/// A caller who is no longer in a queue: the request for the `action` of `<Enqueue>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueLeft {
    /// The leg that waited.
    pub call_sid: CallSid,
    /// How it ended.
    pub result: QueueResult,
    /// The queue; `None` when the caller never was in one.
    pub queue_sid: Option<QueueSid>,
    /// How long the caller waited, in seconds.
    pub waited_s: Option<u32>,
}

impl QueueLeft {
    /// Takes the end of the waiting out of a request; `None` when the request is of another kind.
    #[must_use]
    pub fn of(request: &VoiceRequest) -> Option<Self> {
        let form = &request.rest;
        Some(Self {
            call_sid: request.call_sid.clone(),
            result: QueueResult::parse(filled(form, "QueueResult")?),
            queue_sid: sid(form, "QueueSid"),
            waited_s: number(form, "QueueTime"),
        })
    }

    /// What every delivery of this request has in common: the leg, the queue, how it ended and the time waited.
    #[must_use]
    pub fn identity(&self) -> String {
        let queue = or_dash(self.queue_sid.as_ref());
        let waited = or_dash(self.waited_s.as_ref());
        format!("{} left {queue} {} {waited}", self.call_sid, self.result)
    }
}

/// A caller who is about to be taken: the request for what the caller hears first (`url` of the noun `<Queue>`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dequeued {
    /// The leg that waited.
    pub call_sid: CallSid,
    /// The queue.
    pub queue_sid: QueueSid,
    /// How long the caller waited, in seconds.
    pub waited_s: Option<u32>,
    /// The leg that takes the caller: `DequeingCallSid`, which Twilio spells so.
    pub taken_by: CallSid,
}

impl Dequeued {
    /// Takes the meeting out of a request; `None` when the request is of another kind. The request for the action of
    /// the `<Dial>` that took the caller carries the same fields, and is none of this kind.
    #[must_use]
    pub fn of(request: &VoiceRequest) -> Option<Self> {
        if request.dial.is_some() {
            return None;
        }
        let form = &request.rest;
        Some(Self {
            call_sid: request.call_sid.clone(),
            queue_sid: sid(form, "QueueSid")?,
            waited_s: number(form, "QueueTime"),
            taken_by: sid(form, "DequeingCallSid")?,
        })
    }

    /// What every delivery of this request has in common: the two legs and the queue.
    #[must_use]
    pub fn identity(&self) -> String {
        format!(
            "{} taken from {} by {}",
            self.call_sid, self.queue_sid, self.taken_by
        )
    }
}
