//! Every request that the REST client can make, checked against the facts of Twilio's own description of the interface,
//! and every resource, read from documents made from the same facts.

mod carrier;
mod coverage;
mod examples;
mod facts;
mod failures;
mod paging;
mod resources;
mod sent;
