//! Stories of conferences, queues and recordings, told to the engine without HTTP.

mod added;
mod announcing;
#[path = "../engine/ears.rs"]
mod ears;
mod endings;
mod hearing;
mod notices;
mod past;
mod people;
mod properties;
mod queues;
mod recordings;
mod refusals;
mod seen;
mod sound;
mod starting;
#[path = "../engine/support.rs"]
#[expect(dead_code, reason = "the stories of calls use more of it")]
mod support;
