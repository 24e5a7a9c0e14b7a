//! The account's telephone numbers: where they point, pointing them at lines, and putting back what was before.

mod aim;
mod list;
mod point;
mod pointing;
mod way;

use std::sync::Arc;

use desk::FieldError;
use exchange::Plan;
use store::Store;
use twilio::rest::{Client, NumberFilter, NumberResource};

pub(crate) use aim::{Aim, Bearings, Judged};
pub(crate) use list::views;
pub(crate) use point::{form_of, point, put_back};
pub(crate) use pointing::Pointing;
pub(crate) use way::Way;

use crate::setup::{Ground, Unasked, within};

/// More numbers than these are not looked at.
const MOST: usize = 1_000;

/// Who changes numbers, and with what.
pub(crate) struct Hands<'a> {
    pub(crate) ground: &'a Ground,
    pub(crate) store: &'a Store,
    /// The user name of whoever does it.
    pub(crate) by: &'a str,
}

/// Why a number was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotDone {
    /// It cannot be; why, in words for people.
    #[error("{0}")]
    Refused(String),
    /// A field makes no sense.
    #[error("{}", .0.message)]
    Field(FieldError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Store(#[from] store::Error),
}

impl From<Unasked> for NotDone {
    fn from(unasked: Unasked) -> Self {
        Self::Refused(format!("{} {}", unasked.found(), unasked.todo()))
    }
}

impl Hands<'_> {
    fn client(&self) -> Result<Client, NotDone> {
        Ok(self.ground.client()?)
    }

    /// The lines, or that they cannot be read.
    pub(crate) async fn plan(&self) -> Result<Arc<Plan>, NotDone> {
        let plan = self.ground.plan().await;
        plan.ok_or_else(|| {
            NotDone::Refused("The lines cannot be read; `switchboard doctor` says why.".to_owned())
        })
    }
}

/// The numbers of the account.
///
/// # Errors
/// When the carrier does not tell.
pub(crate) async fn of_account(ground: &Ground) -> Result<Vec<NumberResource>, Unasked> {
    let pages = ground.client()?.list_numbers(&NumberFilter::new());
    within(ground.outside.patience, pages.collect(MOST)).await
}
