//! Where a caller may be from, by what the carrier tells.

use serde::{Deserialize, Serialize};

use crate::{Caller, Place, Plan, RegionCode};

/// Where a caller may be from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// The region.
    pub region: RegionCode,
    /// What tells so.
    pub from: GuessFrom,
}

/// What tells where a caller may be from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuessFrom {
    /// The carrier reported a place.
    Carrier,
    /// Only the area code of their number does.
    AreaCode,
}

impl Guess {
    /// The best guess from what the carrier tells; none where it would be a wild one.
    #[must_use]
    pub fn of(caller: &Caller, place: &Place, plan: &Plan) -> Option<Self> {
        let country = place.country.as_deref().unwrap_or("US");
        let by_state = place
            .state
            .as_deref()
            .and_then(|state| RegionCode::parse(&state.to_ascii_uppercase()).ok())
            .and_then(|code| plan.region(&code))
            .filter(|region| region.country == country || place.country.is_none());
        // Carriers name some territories as countries of their own.
        let by_country = RegionCode::parse(country)
            .ok()
            .and_then(|code| plan.region(&code))
            .filter(|region| matches!(region.kind.as_str(), "territory" | "associated"));
        if let Some(region) = by_state.or(by_country) {
            return Some(Self {
                region: region.code.clone(),
                from: GuessFrom::Carrier,
            });
        }
        if place.country.is_some() && country != "US" {
            return None;
        }
        let region = plan.region_of_area_code(caller.number()?.area_code()?)?;
        Some(Self {
            region: region.code.clone(),
            from: GuessFrom::AreaCode,
        })
    }
}
