//! What falls due of calls, rooms and recordings.

use twilio::CallSid;

use super::RecordingSid;
use super::runner::Slot;

/// What is to be done when its time comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// A call that waited for its turn is made.
    Turn(CallSid),
    /// Nobody has answered in time.
    RingsOut(CallSid),
    /// The call has lasted as long as it may.
    Limit(CallSid),
    /// The outside telephone does what it is wont to do.
    Habit(CallSid),
    /// The verb in progress goes on.
    Verb(CallSid, Slot),
    /// Somebody in a room has stopped speaking.
    Quiet(CallSid),
    /// What was announced is over.
    Announcement(u64),
    /// A recording is written.
    Written(RecordingSid),
}
