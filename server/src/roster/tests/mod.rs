//! Rosters read and compared, without a database.

mod legislators;
mod report;
mod sheet;

use std::collections::BTreeMap;

use exchange::{DirectoryId, Region, RegionAction, RegionCode};
use jiff::civil::{Date, date};

use super::{BadLine, Ground, Roster, read};

const TODAY: Date = date(2026, 11, 20);

/// Reads a file against a country of two states, a district and an island.
fn read_as(directory: &str, name: &str, text: &str) -> Result<Roster, Vec<BadLine>> {
    read_on(TODAY, directory, name, text.as_bytes())
}

fn read_on(today: Date, directory: &str, name: &str, bytes: &[u8]) -> Result<Roster, Vec<BadLine>> {
    let directory = DirectoryId::parse(directory).unwrap();
    let regions = regions();
    read(
        bytes,
        name,
        Ground {
            directory: &directory,
            regions: &regions,
        },
        today,
    )
}

fn regions() -> BTreeMap<RegionCode, Region> {
    let region = |code: &str, name: &str, action: RegionAction| {
        let code = RegionCode::parse(code).unwrap();
        let region = Region {
            code: code.clone(),
            name: name.to_owned(),
            kind: "state".to_owned(),
            country: "US".to_owned(),
            action,
            time_zone: None,
        };
        (code, region)
    };
    BTreeMap::from([
        region("OH", "Ohio", RegionAction::Connect),
        region("NM", "New Mexico", RegionAction::Connect),
        region("DC", "Washington, D.C.", RegionAction::NoSenators),
        region("PR", "Puerto Rico", RegionAction::NoSenators),
    ])
}

/// The offices in short: region, position, id, name, number.
fn summary(roster: &Roster) -> Vec<String> {
    roster
        .offices
        .iter()
        .map(|office| {
            let region = office.region.as_ref().map_or("-", |code| code.as_str());
            let (position, id, name, phone) =
                (office.position, &office.id, &office.name, &office.phone);
            format!("{region} {position} {id} {name} {phone}")
        })
        .collect()
}

fn reasons(refusal: &[BadLine]) -> Vec<String> {
    refusal.iter().map(ToString::to_string).collect()
}
