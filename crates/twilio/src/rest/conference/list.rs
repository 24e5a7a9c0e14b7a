//! Which conferences are listed (reference E.3, E.7 ListConference).

use crate::date::to_iso_day;
use crate::rest::conference::ConferenceStatus;
use crate::rest::parameters::{Parameter, parameters, written_as};

parameters! {
    optional
    /// Which conferences are listed: those that everything fits that is set. The day of a time, in milliseconds since
    /// 1970 UTC, counts in UTC.
    pub struct ConferenceFilter {
        /// Born on the day of this time.
        created_on: i64 as to_iso_day => "DateCreated",
        /// Born on the day of this time or before.
        created_until: i64 as to_iso_day => "DateCreated<",
        /// Born on the day of this time or after.
        created_from: i64 as to_iso_day => "DateCreated>",
        /// Changed on the day of this time.
        updated_on: i64 as to_iso_day => "DateUpdated",
        /// Changed on the day of this time or before.
        updated_until: i64 as to_iso_day => "DateUpdated<",
        /// Changed on the day of this time or after.
        updated_from: i64 as to_iso_day => "DateUpdated>",
        /// The name.
        friendly_name: &str => "FriendlyName",
        /// How they stand.
        status: &ConferenceStatus => "Status",
        /// How many a page holds: at most 1,000, without this 50.
        page_size: u16 => "PageSize",
    }
}

written_as! {
    ConferenceStatus => |status| status.to_string();
}
