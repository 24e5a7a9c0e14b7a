//! Webhooks through the front door: the real router, a real database, signed requests.

mod bad_input;
mod calling_out;
mod door;
mod lines;
mod lost;
mod property;
mod support;
mod support_bad_input;
mod support_notices;
mod support_rooms;
mod watch;
mod world;
