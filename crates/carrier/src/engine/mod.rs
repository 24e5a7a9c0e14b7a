//! The engine: everything that happens on the carrier's side of a call, without any input or output.
//!
//! **After every call of a method that changes it, drain `Engine::poll` until it says nothing.**
//! The loop around it: make the requests it asks for and bring their answers with
//! `Engine::answered`; when nothing is under way, move time on to `Engine::next_due` with
//! `Engine::advance_to`.

mod ids;
mod log;
mod settings;
mod time;
mod views;
mod wire;

pub use ids::{ConferenceSid, NumberSid, QueueSid, RecordingSid};
pub use log::{LogEntry, Noted};
pub use settings::{Habit, Number, Options, Settings};
pub use time::Time;

pub use views::{
    CallFilter, CallView, CreateCall, LegRole, LegState, LegView, Place, PlaceCall, UpdateCall,
    UpdateNumber,
};
pub use wire::{Answer, ControlError, Output, Request, RequestId, RequestKind, RestError};
