//! The request that changes a conference (reference E.3, E.7 UpdateConference).

use crate::rest::choices::WebMethod;
use crate::rest::parameters::parameters;

parameters! {
    optional
    /// What is to become of a conference.
    pub struct UpdateConference {
        /// The address of something that everybody is to hear.
        announce_url: &str => "AnnounceUrl",
        /// How it is asked.
        announce_method: WebMethod => "AnnounceMethod",
    }
}

impl UpdateConference {
    /// Ends it for everybody.
    #[must_use]
    pub fn completing() -> Self {
        let mut update = Self::new();
        update.0.set("Status", "completed");
        update
    }
}
