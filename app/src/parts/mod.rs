//! Small things that more than one page is made of.

mod action;
mod entry;
mod field;
mod fold;
mod icon;
mod keeps_focus;
mod keys;
mod loaded;
mod problems;
mod refused;
mod state;
mod trouble;
mod when;

pub(crate) use action::action;
pub(crate) use entry::Entry;
pub(crate) use field::{Field, FieldProblem};
pub(crate) use fold::{Fold, one_open};
pub(crate) use icon::{Glyph, Icon, Mark};
pub(crate) use keeps_focus::{KeepsFocus, row_at, went_with};
pub(crate) use keys::{KEYS, named, typed};
pub(crate) use loaded::{loaded, when_here};
pub(crate) use problems::{Problems, problem_with, problems_of, refusal, returned};
pub(crate) use refused::{Refusal, Refused, words_of};
pub(crate) use state::State;
pub(crate) use trouble::{Gate, Trouble};
pub(crate) use when::When;
