//! What admins do with directories: brought to the store, and answered in words.

mod change;
mod files;
mod form;
mod history;
mod import;
mod list;
mod looked;
mod office;
mod table;
mod undo;
mod warnings;
mod whole;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use desk::DeskError;
use desk::directory::DirectoryHead;
use exchange::{Directory, DirectoryId, DirectoryShape, Moment, Office, Plan, Region, RegionCode};
use jiff::civil::Date;
use store::{KeptDirectory, PlanVersion};

use crate::chain::chain;
use crate::roster::{self, Ground};
use crate::state::AppState;

pub(crate) use files::{IMPORT, SHEET, router};
pub(crate) use history::history;
pub(crate) use import::{confirm, preview};
pub(crate) use list::{list, make, slug};
pub(crate) use looked::LookedAt;
pub(crate) use office::{remove, save};
pub(crate) use table::table;
pub(crate) use undo::undo;
pub(crate) use whole::{delete, rename};
pub(crate) use words::folded;

/// How often a change is decided again because somebody else changed the plan meanwhile.
const TRIES: u32 = 5;

/// A directory and the ground that it stands on.
#[derive(Debug)]
pub(crate) struct Known {
    kept: KeptDirectory,
    regions: BTreeMap<RegionCode, Region>,
    today: Date,
}

impl Known {
    fn id(&self) -> &DirectoryId {
        &self.kept.directory.id
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            directory: self.id(),
            regions: &self.regions,
        }
    }

    fn head(&self) -> DirectoryHead {
        head(&self.kept.directory, self.is_by_region(), self.today)
    }

    /// Whether its offices serve regions: as it was made, else as its offices tell.
    fn is_by_region(&self) -> bool {
        match self.kept.shape {
            Some(shape) => shape == DirectoryShape::ByRegion,
            None => {
                !roster::usual_title(self.id()).is_empty()
                    || self
                        .kept
                        .offices
                        .iter()
                        .any(|office| office.region.is_some())
            }
        }
    }

    fn office(&self, id: &str) -> Option<&Office> {
        self.kept
            .offices
            .iter()
            .find(|office| office.id.as_str() == id)
    }

    /// The version of an office's row; 0 for one that never changed.
    fn version(&self, office: &Office) -> i64 {
        let version = self.kept.versions.get(&office.id);
        version.map_or(0, |version| version.0)
    }
}

/// The name of the region that an office serves; empty for none.
fn region_name<'a>(known: &'a Known, office: &Office) -> &'a str {
    let region = office.region.as_ref();
    region
        .and_then(|code| known.regions.get(code))
        .map_or("", |region| region.name.as_str())
}

/// The plan as it stands in the database, and its version.
async fn fresh_plan(state: &AppState) -> Result<(PlanVersion, Arc<Plan>), DeskError> {
    let fresh = state.plans.fresh(&state.store).await;
    fresh.map_err(|problem| {
        tracing::error!(error = chain(&problem), "could not read the plan");
        DeskError::Internal
    })
}

/// Reads a directory.
async fn known(state: &AppState, id: &str) -> Result<Known, DeskError> {
    let id = DirectoryId::parse(id).map_err(|_| DeskError::NotFound)?;
    let kept = state.store.directory(&id).await;
    let kept = kept.map_err(|error| broken("read a directory", &error))?;
    let regions = state.store.regions().await;
    let regions = regions.map_err(|error| broken("read the regions", &error))?;
    Ok(Known {
        kept: kept.ok_or(DeskError::NotFound)?,
        regions: regions
            .into_iter()
            .map(|region| (region.code.clone(), region))
            .collect(),
        today: day_of(state.clock.now()),
    })
}

/// What a directory is, whatever stands in it.
fn head(directory: &Directory, by_region: bool, today: Date) -> DirectoryHead {
    let as_of: Option<Date> = directory.as_of.parse().ok();
    let age = as_of.and_then(|day| today.since(day).ok());
    DirectoryHead {
        id: directory.id.to_string(),
        name: directory.name.clone(),
        source: directory.source.clone(),
        as_of: directory.as_of.clone(),
        age_days: age.map(|age| i64::from(age.get_days())),
        by_region,
    }
}

/// The day in UTC.
fn day_of(now: Moment) -> Date {
    jiff::Timestamp::from_millisecond(now.0).map_or(Date::ZERO, |instant| {
        instant.to_zoned(jiff::tz::TimeZone::UTC).date()
    })
}

fn broken(what: &'static str, error: &store::Error) -> DeskError {
    tracing::error!(error = chain(error), "could not {what}");
    DeskError::Internal
}

/// What is said when others change the plan again and again.
fn too_busy() -> DeskError {
    DeskError::Refused("Others are changing the directories at this moment. Try again.".to_owned())
}
