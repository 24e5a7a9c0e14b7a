//! What the store promises, on SQLite always, and on PostgreSQL where one is given for tests.

mod addresses;
mod admins;
mod agents;
mod borne;
mod commits;
mod creations;
mod directories;
mod edits;
mod erasing;
mod floor;
mod given;
mod menus;
mod outages;
mod outbox;
mod pages;
mod people;
mod people_changes;
mod plan;
mod races;
mod retention;
mod rooms;
mod sessions;
mod standing;
mod talks;
mod throttle;
mod tries;
