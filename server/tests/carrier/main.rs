//! Whole calls: the real server, the real carrier, one time for both, and everything that can go wrong between them.

mod faults;
mod person;
mod planets;
mod senators;
mod stage;
mod support;
