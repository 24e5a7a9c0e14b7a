//! Stories of calls, and what holds of every story.

mod forward;
mod lost_calls;
mod phone_tree;
mod properties;
mod support;
