//! Our CSV: what is taken, what is refused, and that what is written is read back.

use std::collections::BTreeMap;

use exchange::{DirectoryId, Office, OfficeId, PhoneNumber, RegionCode};
use proptest::prelude::*;

use super::{TODAY, read_as, read_on, reasons, regions, summary};
use crate::roster::{self, Ground, sheet};

const BRANCHES: &str = "id,region,position,name,title,phone,hours\n\
    cleveland,OH,1,Cleveland,Branch,+12165550123,9 to 5\n\
    columbus,OH,2,Columbus,Branch,+16145550123,\n\
    santa-fe,NM,1,Santa Fe,Branch,+15055550123,8 to 4\n";

#[test]
fn offices_are_read_in_the_order_of_regions_and_positions() {
    let roster = read_as("branches", "branches.csv", BRANCHES).unwrap();

    assert_eq!(
        summary(&roster),
        [
            "NM 1 santa-fe Santa Fe +15055550123",
            "OH 1 cleveland Cleveland +12165550123",
            "OH 2 columbus Columbus +16145550123",
        ]
    );
    assert_eq!(
        roster
            .offices
            .first()
            .unwrap()
            .details
            .get("hours")
            .unwrap(),
        "8 to 4"
    );
    assert_eq!(roster.offices.last().unwrap().details, BTreeMap::new());
    assert_eq!(roster.warnings, Vec::<String>::new());
}

#[test]
fn spreadsheets_of_every_kind_are_understood() {
    let expected = summary(&read_as("branches", "branches.csv", BRANCHES).unwrap());
    let kinds = [
        ("a byte order mark", format!("\u{feff}{BRANCHES}")),
        ("semicolons", BRANCHES.replace(',', ";")),
        ("tabs", BRANCHES.replace(',', "\t")),
        ("line ends of Windows", BRANCHES.replace('\n', "\r\n")),
        ("no last line end", BRANCHES.trim_end().to_owned()),
        ("empty lines", BRANCHES.replace('\n', "\n\n,,,,,,\n")),
        ("spaces", BRANCHES.replace(',', " , ")),
        (
            "headers in capitals",
            BRANCHES.replace("id,region", "ID,State"),
        ),
        ("small letters", BRANCHES.replace("OH", "oh")),
        ("names of states", BRANCHES.replace("NM", "new mexico")),
        ("quotes", BRANCHES.replace("Cleveland", "\"Cleveland\"")),
        (
            "American numbers",
            BRANCHES.replace("+15055550123", "(505) 555-0123"),
        ),
    ];

    for (kind, text) in kinds {
        let roster = read_as("branches", "branches.csv", &text);
        assert_eq!(
            roster.map(|roster| summary(&roster)),
            Ok(expected.clone()),
            "{kind}"
        );
    }
}

#[test]
fn columns_stand_in_any_order_and_some_may_be_missing() {
    let text = "telephone;name;key_contact;bioguide id\n505-555-0123;Luján;Ann;L000570\n505-555-0124;Heinrich;;H001046\n";

    let roster = read_as("friends", "friends.csv", text).unwrap();

    assert_eq!(
        summary(&roster),
        [
            "- 1 L000570 Luján +15055550123",
            "- 2 H001046 Heinrich +15055550124"
        ]
    );
    assert_eq!(
        roster
            .offices
            .first()
            .unwrap()
            .details
            .get("key_contact")
            .unwrap(),
        "Ann"
    );
}

#[test]
fn a_text_over_several_lines_counts_as_the_line_it_begins_on() {
    let text = "id,name,phone,note\na,Ann,+12165550123,\"one\ntwo\"\nb,Bob,nobody,\n";

    let refusal = read_as("friends", "friends.csv", text).unwrap_err();

    assert_eq!(refusal.iter().map(|bad| bad.line).collect::<Vec<_>>(), [4]);
}

#[test]
fn every_bad_line_is_named_and_nothing_is_taken() {
    let text = "id,region,position,name,title,phone\n\
        D000001,OH,1,Ann,Senator,+12022240001\n\
        D 2,OH,2,Bob,Senator,+12022240002\n\
        \n\
        D000003,ZZ,1,Cy,Senator,911\n\
        D000004,NM,first,,Senator,+12022240004\n\
        D000005,,0,Eve,Senator,+12022240005\n\
        D000006,NM\n";

    let refusal = read_as("senators", "senators.csv", text).unwrap_err();

    assert_eq!(
        reasons(&refusal),
        [
            "line 3: \"D 2\" is no office id: it takes 1 to 64 letters, digits, hyphens or underscores",
            "line 5: there is no region \"ZZ\"",
            "line 5: \"911\" is no telephone number; write it like +12022246665 or (202) 224-6665",
            "line 6: \"first\" is no position; it takes a whole number from 1",
            "line 6: the name is missing",
            "line 7: the region is missing",
            "line 7: \"0\" is no position; it takes a whole number from 1",
            "line 8: there are 2 cells, and the header has 6",
        ]
    );
}

#[test]
fn headers_without_what_is_needed_are_refused() {
    let cases = [
        ("", "line 1: the file is empty"),
        (
            "id,name\n",
            "line 1: there is no column \"phone\" in the header",
        ),
        (
            "id,name,phone,name\n",
            "line 1: two columns are called \"name\"",
        ),
        ("id,name,phone\n", "line 1: the file has no offices"),
    ];

    for (text, reason) in cases {
        assert_eq!(
            reasons(&read_as("friends", "friends.csv", text).unwrap_err()),
            [reason],
            "{text:?}"
        );
    }
}

#[test]
fn what_cannot_be_told_apart_is_refused_beside_what_cannot_be_read() {
    let text = "id,region,position,name,phone\n\
        a,OH,1,Ann,+12022240001\n\
        b,OH,1,Bob,+12022240002\n\
        c,OH,3,Di,nobody\n\
        a,OH,2,Cy,+12022240003\n";

    let refusal = read_as("branches", "branches.csv", text).unwrap_err();

    assert_eq!(
        reasons(&refusal),
        [
            "line 3: position OH 1 is already on line 2",
            "line 4: \"nobody\" is no telephone number; write it like +12022246665 or (202) 224-6665",
            "line 5: the id a is already on line 2"
        ]
    );
}

#[test]
fn what_is_only_unusual_is_taken_with_a_warning() {
    let text = "id,state,name,phone\n\
        a,OH,Ann,+12022240001\n\
        b,OH,Bob,+12022240001\n\
        c,NM,Cy,+12022240003\n\
        d,DC,Di,+12022240004\n";

    let roster = read_as("senators", "senators.csv", text).unwrap();

    assert_eq!(
        roster.warnings,
        [
            "Bob (line 3) has the same number as line 2: +1 (202) 224-0001.",
            "Washington, D.C. has no senators in Congress, and 1 here.",
            "New Mexico has 1 of 2 senators.",
        ]
    );
    assert!(
        roster
            .offices
            .iter()
            .all(|office| office.title == "Senator")
    );
}

#[test]
fn text_that_is_not_utf_8_is_read_as_windows_writes_it_and_that_is_said() {
    let bytes = b"id,name,phone\na,Ann,+12022240001\nb,Luj\xe1n,+12022240002\n";

    let roster = read_on(TODAY, "friends", "friends.csv", bytes).unwrap();

    assert_eq!(roster.offices.last().unwrap().name, "Luj\u{e1}n");
    assert!(roster.warnings.first().unwrap().contains("line 3"));
}

#[test]
fn a_file_goes_out_in_the_columns_it_came_in() {
    let text = "state,bioguide_id,name,phone,party,empty column,phone_2\n\
        NM,A000001,Ann,+12022240001,,,+15055550123\n\
        OH,B000001,Bob,+12022240002,Left,,\n";

    let roster = read_as("senators", "senators.csv", text).unwrap();

    assert_eq!(
        sheet::write(&roster.offices, &roster.header, "Senator"),
        text
    );
}

#[test]
fn what_a_file_had_no_column_for_comes_behind() {
    let text = "state,bioguide_id,name,phone\nNM,A000001,Ann,+12022240001\n";
    let mut roster = read_as("senators", "senators.csv", text).unwrap();
    let office = roster.offices.first_mut().unwrap();
    office.position = 2;
    office.title = "Acting senator".to_owned();
    office
        .details
        .insert("hours".to_owned(), "9 to 5".to_owned());

    let written = sheet::write(&roster.offices, &roster.header, "Senator");

    assert_eq!(
        written,
        "state,bioguide_id,name,phone,position,title,hours\n\
         NM,A000001,Ann,+12022240001,2,Acting senator,9 to 5\n"
    );
    let read = read_as("senators", "senators.csv", &written).unwrap();
    assert_eq!(read.offices, roster.offices);
}

#[test]
fn a_further_number_that_is_none_is_a_bad_line() {
    let text = "id,name,phone,phone_2\na,Ann,+12022240001,nobody\n";

    let refusal = reasons(&read_as("friends", "friends.csv", text).unwrap_err());

    assert_eq!(refusal.len(), 1);
    assert!(
        refusal[0].starts_with("line 2: phone_2: \"nobody\""),
        "{refusal:?}"
    );
}

#[test]
fn a_formula_is_written_as_text_and_a_number_stays_a_number() {
    let office = office("x", "=HYPERLINK(\"http://example.org\")", BTreeMap::new());

    let text = sheet::write(&[office], &[], "");

    assert_eq!(
        text,
        "id,region,position,name,title,phone\nx,,1,\"'=HYPERLINK(\"\"http://example.org\"\")\",Branch,+12165550123\n"
    );
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        name in "[-=+@', \"\n;a-zé]{0,12}[a-z]",
        notes in proptest::collection::btree_map("[a-z]{7,9}", "[-=+@', \"\n;a-zé]{0,8}[a-z]", 0..4),
        region in proptest::option::of("OH|NM"),
    ) {
        let trim = |text: &str| text.trim().to_owned();
        let details = notes.iter().map(|(key, value)| (key.clone(), trim(value))).collect();
        let mut office = office("x", &trim(&name), details);
        office.region = region.map(|code| RegionCode::parse(&code).unwrap());
        let regions = regions();
        let directory = DirectoryId::parse("branches").unwrap();

        let text = sheet::write(std::slice::from_ref(&office), &[], "");
        let read = roster::offices(&text, Ground { directory: &directory, regions: &regions });

        prop_assert_eq!(read, Ok(vec![office]));
    }
}

fn office(id: &str, name: &str, details: BTreeMap<String, String>) -> Office {
    Office {
        directory: DirectoryId::parse("branches").unwrap(),
        id: OfficeId::parse(id).unwrap(),
        region: None,
        position: 1,
        name: name.to_owned(),
        title: "Branch".to_owned(),
        phone: PhoneNumber::parse("+12165550123").unwrap(),
        details,
    }
}
