//! Legs that the server makes, leads elsewhere and ends.

use exchange::{CallSid, Moment};
use twilio::rest::{self, CallDocument, CallEvent, CallFilter, CallResource, Code, CreateCall};
use twilio::{CallStatus, Party};

use super::{CarrierApi, NotSaid, leg, our_leg};

/// By how much the carrier's clock may be behind ours: a leg that was made after a moment of ours may bear an earlier
/// time. That an older leg is found, too, does no harm: whose it is is known by then.
const CLOCKS_DIFFER_MS: i64 = 5_000;

/// A leg that we made, or another program with our account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegTo {
    /// The leg.
    pub sid: CallSid,
    /// Who rings, as whoever is rung sees it.
    pub from: Party,
    /// When it was made, by the carrier's clock and to the second.
    pub made: Moment,
}

/// An agent, or a telephone, to be rung.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ring<'a> {
    /// Who: a number, or a browser with what it is told as a query string.
    pub to: &'a Party,
    /// The number or name of ours that rings.
    pub from: &'a str,
    /// The address of the document that leads them on.
    pub document: &'a str,
    /// The address that is told how the leg goes on.
    pub status: &'a str,
    /// How long it rings, in seconds.
    pub ring_seconds: u16,
}

impl CarrierApi {
    /// Rings somebody.
    ///
    /// # Errors
    /// [`NotSaid`]. An answer that was lost may have made the leg: look by [`CarrierApi::legs_to`]
    /// before asking again.
    pub async fn ring(&self, ring: &Ring<'_>) -> Result<CallSid, NotSaid> {
        let document = CallDocument::Url(ring.document.to_owned());
        let call = CreateCall::new(ring.to, &Party::parse(ring.from), &document)
            .timeout_s(ring.ring_seconds)
            .status_callback(ring.status)
            .status_callback_events(&[
                CallEvent::Ringing,
                CallEvent::Answered,
                CallEvent::Completed,
            ]);
        let made = self.client()?.create_call(&call).await?;
        Ok(our_leg(&made.sid))
    }

    /// The legs to a browser (`client:…`) or number that were made since a moment and are not over, latest first: a
    /// number may be rung for several callers at once. Who was dialled by a document is left out.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn legs_to(&self, to: &str, since: Moment) -> Result<Vec<LegTo>, NotSaid> {
        let begun = earliest(since);
        let mut pages = self.client()?.list_calls(&CallFilter::new().to(to));
        let mut found = Vec::new();
        while let Some(page) = pages.next().await? {
            let is_past = |leg: &CallResource| leg.created_ms.is_some_and(|made| made < begun.0);
            let (older, legs): (Vec<_>, Vec<_>) = page.iter().partition(|leg| is_past(leg));
            found.extend(legs.into_iter().filter_map(leg_to));
            // The latest come first.
            if !older.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// Ends a leg: one that rings is cancelled. One that is over is ended.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn end_leg(&self, sid: &CallSid) -> Result<(), NotSaid> {
        let client = self.client()?;
        let sid = leg(sid);
        let status = match client.fetch_call(&sid).await {
            Ok(call) => call.status,
            Err(rest::Error::NotFound { .. }) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let ended = match status {
            CallStatus::Queued | CallStatus::Initiated | CallStatus::Ringing => {
                client.cancel_call(&sid).await
            }
            CallStatus::InProgress | CallStatus::Other(_) => client.complete_call(&sid).await,
            CallStatus::Completed
            | CallStatus::Busy
            | CallStatus::Failed
            | CallStatus::NoAnswer
            | CallStatus::Canceled => return Ok(()),
        };
        match ended {
            Ok(_) => Ok(()),
            Err(error) if is_gone(&error) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes a caller out of whatever they are in and leads them to a document. False when their call
    /// is over.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn redirect(&self, sid: &CallSid, url: &str) -> Result<bool, NotSaid> {
        let document = CallDocument::Url(url.to_owned());
        match self.client()?.redirect_call(&leg(sid), &document).await {
            Ok(_) => Ok(true),
            Err(error) if is_gone(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

impl LegTo {
    /// Whether it can have been made after a moment of ours.
    #[must_use]
    pub const fn may_be_since(&self, moment: Moment) -> bool {
        self.made.0 >= earliest(moment).0
    }

    /// Whether it can have been made with this number or name of ours as the one that rings.
    #[must_use]
    pub fn may_be_from(&self, from: &Party) -> bool {
        match &self.from {
            Party::Number(_) | Party::Client(_) | Party::Sip(_) => self.from == *from,
            // The carrier does not say.
            Party::Withheld(_) | Party::Other(_) => true,
        }
    }
}

/// The earliest time that a leg can bear which was made after a moment of ours. Times of resources are told to the
/// second.
const fn earliest(since: Moment) -> Moment {
    let since = since.0 - CLOCKS_DIFFER_MS;
    Moment(since - since.rem_euclid(1000))
}

/// A leg that is not over, and not dialled by a document.
fn leg_to(leg: &CallResource) -> Option<LegTo> {
    let is_sought = !leg.status.is_final() && leg.parent_call_sid.is_none();
    Some(LegTo {
        sid: our_leg(&leg.sid),
        from: leg.from.clone(),
        made: Moment(leg.created_ms.filter(|_| is_sought)?),
    })
}

/// Whether a refusal says that the call is over already (reference F.7, 5).
fn is_gone(error: &rest::Error) -> bool {
    matches!(error, rest::Error::NotFound { .. }) || error.code() == Some(Code::CallNotInProgress)
}
