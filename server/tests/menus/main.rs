//! Menus as admins write them, through the router: drafts, what callers hear, versions, trials, and for whom.

mod admins;
mod drafts;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/table.rs"]
#[expect(dead_code, reason = "each test file uses its part of it")]
mod table;
mod trials;
mod versions;
