//! People as admins keep them, what the audit says of it, and what is kept for how long.

mod acts;
mod audit;
mod commands;
mod erasing;
mod keeping;
mod links;
mod looking;
#[path = "../support/mod.rs"]
mod support;
mod written;
