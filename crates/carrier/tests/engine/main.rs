//! Stories of calls on the carrier's side, told to the engine without HTTP.

mod acts;
mod answering;
mod any;
mod applications;
mod callbacks;
mod callers;
mod clients;
mod dial;
mod documents;
mod ears;
mod failures;
mod gather;
mod inner;
mod moved;
mod numbers;
mod properties;
mod rest;
mod screening;
mod sound;
mod support;
