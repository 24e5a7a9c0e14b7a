//! Small things that more than one page is made of.

mod field;
mod icon;
mod keys;
mod refused;
mod state;
mod trouble;
mod when;

pub(crate) use field::{Field, FieldProblem};
pub(crate) use icon::{Glyph, Icon, Mark};
pub(crate) use keys::{KEYS, named, typed};
pub(crate) use refused::Refused;
pub(crate) use state::State;
pub(crate) use trouble::{Gate, Trouble};
pub(crate) use when::When;
