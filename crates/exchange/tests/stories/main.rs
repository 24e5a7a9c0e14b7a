//! Stories of calls, and what holds of every story.

mod agents;
mod calling_out;
mod desk;
mod flight;
mod forward;
mod lost_calls;
mod model;
mod phone_tree;
mod properties;
mod routing;
mod support;
mod support_always;
mod support_aside;
mod support_lost;
mod support_talk;
mod support_wait;
mod transfer;
mod transfer_always;
mod transfer_refused;
mod transfer_talk;
mod watch;
mod watch_take_over;
