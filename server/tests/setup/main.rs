//! Setting an installation up: each check with each fault, pointing numbers, and the commands that do the same.

mod account;
mod address;
mod application;
mod certificate;
mod commands;
mod database;
mod meanwhile;
mod numbers;
mod page;
mod pointing;
mod proxy;
#[path = "../support/mod.rs"]
mod support;
mod tls;
mod way;
mod world;
