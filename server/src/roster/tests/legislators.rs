//! The public legislators file: who is taken for a day, and what is refused.

use jiff::civil::date;

use super::{TODAY, read_as, read_on, reasons, summary};
use crate::roster::Format;

/// Two states, a district and a representative, with the quirks of the public file: dates with
/// and without quotes, numbers as text and as numbers, absent contact forms, a nickname.
const YAML: &str = "---
- id:
    bioguide: 'J000001'
    fec:
    - S0OH00001
  name: {first: Ada, last: Jones, official_full: Ada Q. Jones}
  bio: {gender: F}
  terms:
  - type: rep
    start: '2011-01-05'
    end: '2013-01-03'
    state: OH
    district: 3
    party: Democrat
  - type: sen
    start: '2025-01-03'
    end: '2031-01-03'
    state: OH
    class: 1
    state_rank: senior
    party: Democrat
    url: https://www.jones.senate.gov
    contact_form: https://www.jones.senate.gov/contact
    phone: 202-224-0001
- id:
    bioguide: K000002
  name:
    first: Ben
    last: Kim
  terms:
  - {type: sen, start: 2025-01-21, end: 2026-11-03, state: OH, class: 3, state_rank: junior,
     party: Republican, how: appointment, url: 'https://www.kim.senate.gov', phone: 202-224-0002}
- id: {bioguide: L000570}
  name: {first: Ben Ray, last: Luján, official_full: Ben Ray Luján}
  terms:
  - type: sen
    start: '2021-01-03'
    end: '2027-01-03'
    state: NM
    class: 2
    state_rank: junior
    party: Independent
    caucus: Democrat
    phone: 2022246621
- id: {bioguide: H001046}
  name: {first: Martin, last: Heinrich}
  terms:
  - {type: sen, start: '2025-01-03', end: '2031-01-03', state: NM, class: 1, state_rank: senior, party: Democrat, phone: (202) 224-5521}
- id: {bioguide: N000147}
  name: {first: Eleanor, last: Norton}
  terms:
  - {type: rep, start: '2025-01-03', end: '2027-01-03', state: DC, district: 0, party: Democrat, phone: 202-225-8050}
- id: {bioguide: H001103}
  name: {first: Pablo José, last: Hernández}
  terms:
  - {type: rep, start: '2025-01-03', end: '2029-01-03', state: PR, district: 0, party: Democrat, phone: 202-225-2615}
- id: {bioguide: R000001}
  name: {first: Rae, last: Representative}
  terms:
  - {type: rep, start: '2025-01-03', end: '2027-01-03', state: OH, district: 4, party: Republican}
";

#[test]
fn senators_of_the_day_are_taken_senior_first() {
    let roster = read_as("senators", "legislators-current.yaml", YAML).unwrap();

    assert_eq!(
        summary(&roster),
        [
            "NM 1 H001046 Martin Heinrich +12022245521",
            "NM 2 L000570 Ben Ray Luján +12022246621",
            "OH 1 J000001 Ada Q. Jones +12022240001",
            "OH 2 K000002 Ben Kim +12022240002",
        ]
    );
    let jones = roster
        .offices
        .iter()
        .find(|office| office.id.as_str() == "J000001")
        .unwrap();
    let details: Vec<(&str, &str)> = jones
        .details
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        details,
        [
            ("class", "1"),
            ("contact_form_url", "https://www.jones.senate.gov/contact"),
            ("party", "Democrat"),
            ("term_end", "2031-01-03"),
            ("term_start", "2025-01-03"),
            ("website_url", "https://www.jones.senate.gov"),
        ]
    );
}

#[test]
fn a_term_that_ended_fills_a_seat_only_while_nobody_else_holds_it() {
    let later = YAML.replace("Rae, last", "Ray, last").replace(
        "{type: rep, start: '2025-01-03', end: '2027-01-03', state: OH, district: 4, party: Republican}",
        "{type: sen, start: '2026-11-18', end: '2029-01-03', state: OH, class: 3, state_rank: junior, phone: 202-224-0009}",
    );

    let before = read_as("senators", "legislators-current.yaml", YAML).unwrap();
    let after = read_as("senators", "legislators-current.yaml", &later).unwrap();
    let long_after = read_on(date(2027, 3, 1), "senators", "x.yaml", YAML.as_bytes()).unwrap();

    assert_eq!(
        before.warnings,
        [
            "Ben Kim (OH): the term ended on 2026-11-03, and the file names nobody else for the seat; kept."
        ]
    );
    assert!(summary(&after).contains(&"OH 2 R000001 Ray Representative +12022240009".to_owned()));
    assert_eq!(after.warnings, Vec::<String>::new());
    assert!(
        !summary(&long_after)
            .iter()
            .any(|office| office.contains("Kim"))
    );
    assert!(
        long_after
            .warnings
            .contains(&"Ohio has 1 of 2 senators.".to_owned())
    );
}

#[test]
fn somebody_whose_term_has_not_begun_is_announced_and_not_taken() {
    let text = YAML.replace(
        "start: '2025-01-03', end: '2031-01-03', state: NM",
        "start: '2027-01-03', end: '2033-01-03', state: NM",
    );

    let roster = read_as("senators", "x.yaml", &text).unwrap();

    assert_eq!(roster.offices.len(), 3);
    assert!(
        roster
            .warnings
            .contains(&"Martin Heinrich takes a seat on 2027-01-03; import again then.".to_owned())
    );
    assert!(
        roster
            .warnings
            .contains(&"New Mexico has 1 of 2 senators.".to_owned())
    );
}

#[test]
fn delegates_come_from_the_same_file_with_their_titles() {
    let roster = read_as("delegates", "legislators-current.yaml", YAML).unwrap();

    assert_eq!(
        summary(&roster),
        [
            "DC 1 N000147 Eleanor Norton +12022258050",
            "PR 1 H001103 Pablo José Hernández +12022252615"
        ]
    );
    let titles: Vec<&str> = roster
        .offices
        .iter()
        .map(|office| office.title.as_str())
        .collect();
    assert_eq!(titles, ["Delegate", "Resident Commissioner"]);
    assert_eq!(roster.warnings, Vec::<String>::new());
}

#[test]
fn json_gives_the_same_as_yaml() {
    let value: serde_json::Value = serde_saphyr::from_str(YAML).unwrap();
    let forms = [
        serde_json::to_string(&value).unwrap(),
        serde_json::to_string_pretty(&value).unwrap(),
    ];

    let from_yaml = read_as("senators", "legislators-current", YAML).unwrap();

    assert_eq!(from_yaml.format, Format::Yaml);
    for json in forms {
        let from_json = read_as("senators", "legislators-current", &json).unwrap();
        assert_eq!(from_json.format, Format::Json);
        assert_eq!(from_json.offices, from_yaml.offices);
    }
}

#[test]
fn every_person_that_cannot_be_taken_is_named_with_the_line() {
    let text = "- id: {bioguide: A000001}\n  name: {first: Ann, last: Able}\n  terms:\n  \
        - {type: sen, start: '2025-01-03', end: '2031-01-03', state: ZZ, phone: 202-224}\n\
        - id: {}\n  name: {first: Bob, last: Baker}\n  terms:\n  \
        - {type: sen, start: '2025-01-03', end: 'soon', state: OH, phone: 202-224-0001}\n\
        - id: {bioguide: C000001}\n  name: {first: Cy, last: Clark}\n\
        - id: {bioguide: D000001}\n  terms:\n  \
        - {type: sen, start: '2025-01-03', end: '2031-01-03', state: OH, phone: 202-224-0002}\n";
    let value: serde_json::Value = serde_saphyr::from_str(text).unwrap();
    let people: Vec<String> = value
        .as_array()
        .unwrap()
        .iter()
        .map(|person| serde_json::to_string(person).unwrap())
        .collect();

    let of_yaml = read_as("senators", "x.yaml", text).unwrap_err();
    let of_json = read_as(
        "senators",
        "x.json",
        &format!("[\n{}\n]", people.join(",\n")),
    )
    .unwrap_err();

    let expected = [
        "Ann Able: there is no state \"ZZ\"",
        "Ann Able: \"202-224\" is no telephone number; write it like +12022246665 or (202) 224-6665",
        "Bob Baker: \"soon\" is no end of a term; it takes a date like 2027-01-03",
        "Cy Clark: there are no terms",
        "somebody without a name: the name is missing",
    ];
    let with_lines = |lines: [u64; 5]| -> Vec<String> {
        lines
            .iter()
            .zip(expected)
            .map(|(line, reason)| format!("line {line}: {reason}"))
            .collect()
    };
    assert_eq!(reasons(&of_yaml), with_lines([1, 1, 5, 9, 11]));
    assert_eq!(reasons(&of_json), with_lines([2, 2, 3, 4, 5]));
}

#[test]
fn files_that_break_off_are_refused_where_they_break() {
    let cases = [
        (
            "x.json",
            "[\n{\"id\": {\"bioguide\": \"A\"}\n",
            "line 3: the JSON cannot be read",
        ),
        ("x.json", "[\n", "line 2: the JSON list does not end"),
        (
            "x.json",
            "[\n{}\n{}]",
            "line 3: the JSON list goes on without a comma",
        ),
        (
            "x.json",
            "{\"people\": []}",
            "line 1: the JSON is no list of people",
        ),
        (
            "x.yaml",
            "- id: 1\n- name: 'Ann\n",
            "line 3: the YAML cannot be read",
        ),
        ("x.yaml", "people: none", "line 1: the YAML cannot be read"),
        ("x.yaml", "[]", "line 1: the file has no offices"),
    ];

    for (name, text, start) in cases {
        let refusal = reasons(&read_as("senators", name, text).unwrap_err());
        assert!(
            refusal.first().unwrap().starts_with(start),
            "{text:?}: {refusal:?}"
        );
    }
}

#[test]
fn other_directories_take_no_legislators() {
    let refusal = read_on(
        TODAY,
        "planets",
        "legislators-current.yaml",
        YAML.as_bytes(),
    )
    .unwrap_err();

    assert_eq!(
        reasons(&refusal),
        [
            "line 1: the public legislators file fills senators or delegates; planets takes a CSV file"
        ]
    );
}
