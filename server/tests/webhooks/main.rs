//! Webhooks through the front door: the real router, a real database, signed requests.

mod bad_input;
mod calling_out;
mod door;
mod lines;
mod lost;
mod property;
mod world;
