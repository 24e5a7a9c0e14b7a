//! Which calls are listed (reference E.2, E.7 ListCall).

use crate::date::{to_iso_day, to_iso_time};
use crate::rest::parameters::parameters;
use crate::sid::CallSid;
use crate::status::CallStatus;

parameters! {
    optional
    /// Which calls are listed: those that everything fits that is set. Times are in milliseconds since 1970 UTC.
    pub struct CallFilter {
        /// Who is called.
        to: &str => "To",
        /// Who calls.
        from: &str => "From",
        /// The leg that dialled them.
        parent_call_sid: &CallSid => "ParentCallSid",
        /// How they stand.
        status: &CallStatus => "Status",
        /// Begun on the day, in UTC, of this time.
        started_on: i64 as to_iso_day => "StartTime",
        /// Begun at this time or before.
        started_until: i64 as to_iso_time => "StartTime<",
        /// Begun at this time or after.
        started_from: i64 as to_iso_time => "StartTime>",
        /// Ended on the day, in UTC, of this time.
        ended_on: i64 as to_iso_day => "EndTime",
        /// Ended at this time or before.
        ended_until: i64 as to_iso_time => "EndTime<",
        /// Ended at this time or after.
        ended_from: i64 as to_iso_time => "EndTime>",
        /// How many a page holds: at most 1,000, without this 50.
        page_size: u16 => "PageSize",
    }
}
