//! Directories as admins change them, through the router: rows, files, what becomes of both, and for whom.

mod admins;
mod files;
mod hours;
mod rows;
#[path = "../support/mod.rs"]
mod support;
mod upstream;
mod warnings;
mod whole;
