//! Conferences, told from both ends of the wire: visitors at telephones, and a supervisor at the monitor.

mod acts;
mod added;
mod browser;
mod doors;
mod hall;
mod menu;
mod random;
mod refused;
mod tutorial;
