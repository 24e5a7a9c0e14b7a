//! Handing over, told from both ends of the wire: each cell of the table in ARCHITECTURE.md, through people's desks.

mod after;
mod cells;
mod clicks;
mod guests;
mod leaving;
mod parties;
mod picture;
mod queue;
mod screened;
mod shown;
mod target;
mod whose;
mod wire;
mod world;
