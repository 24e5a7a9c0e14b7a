//! Lines and what they say, as admins change them, through the router: forms, what becomes of them, and who hears it.

mod admins;
mod fields;
mod hours;
mod prompts;
mod rows;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/table.rs"]
#[expect(dead_code, reason = "each test file uses its part of it")]
mod table;
mod trying;
