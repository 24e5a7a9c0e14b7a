//! Stories of calls, and what holds of every story.

mod calling_out;
mod forward;
mod lost_calls;
mod phone_tree;
mod properties;
mod support;
