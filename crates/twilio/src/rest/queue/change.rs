//! The requests that make, change and list queues (reference E.5, E.7).

use crate::rest::parameters::{Parameters, parameters};

parameters! {
    /// A queue to be made (E.7 CreateQueue).
    pub struct CreateQueue {
        /// How many may wait: at most 5,000, without this 1,000.
        max_size: u16 => "MaxSize",
    }
}

impl CreateQueue {
    /// A queue of this name, 1 to 64 characters.
    #[must_use]
    pub fn named(friendly_name: &str) -> Self {
        let mut parameters = Parameters::default();
        parameters.set("FriendlyName", friendly_name);
        Self(parameters)
    }
}

parameters! {
    optional
    /// What is to become of a queue (E.7 UpdateQueue).
    pub struct UpdateQueue {
        /// Its name, 1 to 64 characters.
        friendly_name: &str => "FriendlyName",
        /// How many may wait: at most 5,000.
        max_size: u16 => "MaxSize",
    }
}

parameters! {
    optional
    /// How queues are listed: there is no choosing among them.
    pub struct QueueFilter {
        /// How many a page holds: at most 1,000, without this 50.
        page_size: u16 => "PageSize",
    }
}
