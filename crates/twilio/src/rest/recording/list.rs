//! Which recordings are listed (reference E.4, E.7).

use crate::date::{to_iso_day, to_iso_time};
use crate::rest::parameters::parameters;
use crate::sid::{CallSid, ConferenceSid};

parameters! {
    optional
    /// Which recordings of a call or a conference are listed. The day of a time, in milliseconds since 1970 UTC, counts
    /// in UTC.
    pub struct RecordingDates {
        /// Made on the day of this time.
        created_on: i64 as to_iso_day => "DateCreated",
        /// Made on the day of this time or before.
        created_until: i64 as to_iso_day => "DateCreated<",
        /// Made on the day of this time or after.
        created_from: i64 as to_iso_day => "DateCreated>",
        /// How many a page holds: at most 1,000, without this 50.
        page_size: u16 => "PageSize",
    }
}

parameters! {
    optional
    /// Which recordings of the account are listed: those that everything fits that is set. Times are in milliseconds
    /// since 1970 UTC.
    pub struct RecordingFilter {
        /// Made on the day, in UTC, of this time.
        created_on: i64 as to_iso_day => "DateCreated",
        /// Made at this time or before.
        created_until: i64 as to_iso_time => "DateCreated<",
        /// Made at this time or after.
        created_from: i64 as to_iso_time => "DateCreated>",
        /// Of this leg.
        call_sid: &CallSid => "CallSid",
        /// Of this conference.
        conference_sid: &ConferenceSid => "ConferenceSid",
        /// Whether those are listed that were deleted and are still remembered.
        include_soft_deleted: bool => "IncludeSoftDeleted",
        /// How many a page holds: at most 1,000, without this 50.
        page_size: u16 => "PageSize",
    }
}
