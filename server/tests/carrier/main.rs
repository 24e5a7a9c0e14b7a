//! Whole calls: the real server, the real carrier, one time for both, and everything that can go wrong between them.

mod closed;
mod conference;
mod faults;
mod menus;
mod person;
mod placing;
mod planets;
mod programs;
mod runner;
mod senators;
mod shifts;
mod stage;
mod support;
mod transfer;
mod watch;
