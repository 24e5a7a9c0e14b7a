//! The carrier from outside: over loopback HTTP, with an application in this process that it calls.

mod browsers;
mod calls;
mod control;
mod faults;
mod fetching;
mod heard;
mod rest_calls;
mod rest_conferences;
mod rest_numbers;
mod rest_queues;
mod rest_recordings;
mod rest_rules;
mod schema;
mod sockets;
mod support;
