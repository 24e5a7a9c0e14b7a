//! What the seeds must hold.

use std::collections::{BTreeMap, BTreeSet};

use exchange::{DialRules, LineKind, Plan, Prompt, RegionAction};

use super::*;

#[test]
fn the_seeds_make_a_plan() {
    let rows = rows().unwrap();

    let plan = Plan::new(rows).unwrap();

    assert_eq!(plan.lines().count(), 7);
}

#[test]
fn every_language_has_a_line_and_every_prompt() {
    let rows = rows().unwrap();

    for language in Language::ALL {
        let keys: BTreeSet<&str> = rows
            .prompts
            .iter()
            .filter(|row| row.language == language)
            .map(|row| row.key.as_str())
            .collect();
        assert_eq!(
            keys,
            Prompt::ALL.iter().map(|prompt| prompt.key()).collect(),
            "{language:?}"
        );
        assert!(
            rows.lines.iter().any(|line| line.language == language),
            "{language:?}"
        );
    }
}

#[test]
fn every_state_has_a_senior_and_a_junior_senator_with_numbers_of_their_own() {
    let rows = rows().unwrap();

    let mut positions: BTreeMap<&RegionCode, Vec<u16>> = BTreeMap::new();
    let mut phones = BTreeSet::new();
    for office in rows
        .offices
        .iter()
        .filter(|office| office.directory.as_str() == "senators")
    {
        positions
            .entry(office.region.as_ref().unwrap())
            .or_default()
            .push(office.position);
        assert!(
            office.phone.as_str().starts_with("+1202224"),
            "{}",
            office.name
        );
        assert!(
            phones.insert(&office.phone),
            "{} shares a number",
            office.name
        );
    }
    let states: Vec<&RegionCode> = codes_with(&rows, RegionAction::Connect);
    assert_eq!(states.len(), 50);
    assert_eq!(positions.keys().copied().collect::<Vec<_>>(), states);
    assert!(positions.values().all(|of_state| of_state == &[1, 2]));
}

#[test]
fn every_place_without_senators_has_a_delegate() {
    let rows = rows().unwrap();

    let places: Vec<&RegionCode> = rows
        .offices
        .iter()
        .filter(|office| office.directory.as_str() == "delegates")
        .filter_map(|office| office.region.as_ref())
        .collect();

    assert_eq!(places, codes_with(&rows, RegionAction::NoSenators));
}

#[test]
fn every_kind_of_region_has_its_action() {
    let rows = rows().unwrap();

    let mut kinds: BTreeMap<&str, (usize, BTreeSet<String>)> = BTreeMap::new();
    for region in &rows.regions {
        let (count, actions) = kinds.entry(&region.kind).or_default();
        *count += 1;
        actions.insert(format!("{:?}", region.action));
    }

    let expected = [
        ("associated", 3, "NoCongress"),
        ("district", 1, "NoSenators"),
        ("military", 3, "AskHomeZip"),
        ("province", 13, "AskZip"),
        ("state", 50, "Connect"),
        ("territory", 5, "NoSenators"),
    ];
    let found: Vec<(&str, usize, String)> = kinds
        .into_iter()
        .map(|(kind, (count, actions))| (kind, count, actions.into_iter().collect::<String>()))
        .collect();
    assert_eq!(
        found,
        expected.map(|(kind, count, action)| (kind, count, action.to_owned()))
    );
}

#[test]
fn zip_codes_of_every_region_are_found_by_the_ranges() {
    let plan = Plan::new(rows().unwrap()).unwrap();
    let samples = include_str!("zip_samples.csv");

    for sample in samples.lines().skip(1) {
        let (zip, region) = sample.split_once(',').unwrap();
        let found = plan
            .region_of_zip(&Zip::parse(zip).unwrap())
            .map(|region| region.code.as_str());
        assert_eq!(found, Some(region), "{zip}");
    }
}

#[test]
fn codes_of_unassigned_prefixes_are_nobody_s() {
    let plan = Plan::new(rows().unwrap()).unwrap();

    for code in [
        "00000", "00499", "21300", "34300", "53600", "71500", "98700", "98799",
    ] {
        assert_eq!(
            plan.region_of_zip(&Zip::parse(code).unwrap()),
            None,
            "{code}"
        );
    }
}

#[test]
fn ranges_follow_each_other_without_overlap() {
    let rows = rows().unwrap();

    for pair in rows.zip_ranges.windows(2) {
        let [before, after] = pair else {
            panic!("windows are two wide")
        };
        assert!(
            before.first <= before.last && before.last < after.first,
            "{before:?} {after:?}"
        );
    }
}

#[test]
fn every_code_that_leads_to_a_region_leads_to_a_known_one() {
    let rows = rows().unwrap();
    let known: BTreeSet<&RegionCode> = rows.regions.iter().map(|region| &region.code).collect();

    let spans = rows
        .zip_spans
        .iter()
        .flat_map(|span| span.others.iter().chain([&span.region]));
    let ranges = rows.zip_ranges.iter().map(|range| &range.region);
    let areas = rows.area_codes.iter().map(|area| &area.region);
    let offices = rows
        .offices
        .iter()
        .filter_map(|office| office.region.as_ref());

    for code in spans.chain(ranges).chain(areas).chain(offices) {
        assert!(known.contains(code), "{code}");
    }
    assert_eq!(rows.zip_spans.len(), 147);
    assert_eq!(rows.area_codes.len(), 433);
}

#[test]
fn a_spanning_zip_code_s_mail_goes_where_the_ranges_say() {
    let rows = rows().unwrap();
    let plan = Plan::new(rows.clone()).unwrap();

    for span in &rows.zip_spans {
        let region = plan.region_of_zip(&span.zip).map(|region| &region.code);
        assert_eq!(region, Some(&span.region), "{}", span.zip);
        assert!(!span.others.contains(&span.region), "{}", span.zip);
    }
}

#[test]
fn every_office_may_be_dialled_by_the_lines_that_lead_to_it() {
    let rows = rows().unwrap();

    for office in &rows.offices {
        assert_eq!(
            DialRules::default().check(&office.phone),
            Ok(()),
            "{}",
            office.name
        );
    }
    for line in &rows.lines {
        assert_eq!(line.dial, DialRules::default(), "{}", line.id);
    }
}

#[test]
fn seeded_lines_and_planets_have_fictional_numbers() {
    let rows = rows().unwrap();
    let planets = rows
        .offices
        .iter()
        .filter(|office| office.directory.as_str() == "planets");

    let numbers: Vec<String> = rows
        .lines
        .iter()
        .filter_map(|line| line.number.as_ref())
        .chain(planets.map(|planet| &planet.phone))
        .map(ToString::to_string)
        .collect();

    assert_eq!(numbers.len(), 10);
    assert!(
        numbers
            .iter()
            .all(|number| number.starts_with("+120255501")),
        "{numbers:?}"
    );
}

#[test]
fn the_planets_answer_to_the_keys_of_the_tutorial() {
    let plan = Plan::new(rows().unwrap()).unwrap();
    let planets = DirectoryId::parse("planets").unwrap();

    let keys: Vec<(u16, &str)> = plan
        .entries(&planets)
        .iter()
        .map(|planet| (planet.position, planet.name.as_str()))
        .collect();

    assert_eq!(
        keys,
        [(2, "Brodo Asogi"), (3, "Dagobah"), (4, "Uber asteroid")]
    );
}

#[test]
fn a_forwarding_line_offers_delegates_where_there_are_no_senators() {
    let rows = rows().unwrap();

    for line in &rows.lines {
        match &line.kind {
            LineKind::Forward { directory, instead } => {
                assert_eq!(directory.as_str(), "senators");
                assert_eq!(instead.as_ref().map(DirectoryId::as_str), Some("delegates"));
            }
            LineKind::Menu { menu } => assert_eq!(menu.as_str(), "planets"),
            LineKind::Support(settings) => assert_eq!(settings.team.as_str(), "support"),
            LineKind::Conference(settings) => {
                assert!(settings.rooms.iter().any(|room| room.is_moderated));
            }
        }
    }
}

#[test]
fn the_support_line_asks_what_callers_thought_and_keeps_nobody_for_long() {
    let rows = rows().unwrap();
    let line = rows.lines.iter().find(|line| line.id.as_str() == "support");
    let line = line.unwrap();

    let LineKind::Support(settings) = &line.kind else {
        panic!("{line:?}")
    };

    assert!(line.number.is_some());
    assert!(settings.survey);
    assert!(settings.choices_after_s.unwrap() < settings.nobody_after_s);
    assert!(settings.nobody_after_s <= 300);
}

#[test]
fn a_bad_seed_is_named_with_file_and_line() {
    let csv = Seed {
        file: "zip_ranges.csv",
        text: "first,last,region\n00500,00599,NY\n0060,00799,PR\n",
    };
    let json = Seed {
        file: "lines.json",
        text: "[\n  {\n    \"id\": \"Senators!\"\n  }\n]",
    };

    let of_csv = csv.rows::<ZipRange>().unwrap_err();
    let of_json = json.json::<Vec<Line>>().unwrap_err();

    assert_eq!(
        (of_csv.file.as_str(), of_csv.line),
        ("zip_ranges.csv", 3),
        "{of_csv}"
    );
    assert!(
        of_json.to_string().starts_with("seeds/lines.json, line "),
        "{of_json}"
    );
}

#[test]
fn the_seeded_rosters_are_what_an_export_writes() {
    let rows = rows().unwrap();

    for (directory, seed) in OFFICES {
        let offices: Vec<Office> = rows
            .offices
            .iter()
            .filter(|office| office.directory.as_str() == directory)
            .cloned()
            .collect();
        assert_eq!(
            roster::sheet::write(&offices, &[], ""),
            seed.text,
            "{}",
            seed.file
        );
    }
}

fn codes_with(rows: &PlanRows, action: RegionAction) -> Vec<&RegionCode> {
    let mut codes: Vec<&RegionCode> = rows
        .regions
        .iter()
        .filter(|region| region.action == action)
        .map(|region| &region.code)
        .collect();
    codes.sort();
    codes
}
