//! What changed between two rosters, and how a person reads it.

use exchange::DirectoryId;

use super::read_as;
use crate::roster::{Changes, FieldChange, Report};

const BEFORE: &str = "id,region,position,name,title,phone,party,term_end\n\
    A000001,OH,1,Ann Able,Senator,+12022240001,Democrat,2031-01-03\n\
    B000001,OH,2,Bob Baker,Senator,+12022240002,Republican,2026-11-03\n\
    C000001,NM,1,Cy Clark,Senator,+12022240003,Democrat,2027-01-03\n";

const AFTER: &str = "id,region,position,name,title,phone,party,class\n\
    A000001,OH,1,Ann Able,Senator,+12022240011,Democrat,1\n\
    C000001,NM,1,Cy Clark,Senator,+12022240003,Democrat,\n\
    D000001,OH,2,Di Dunn,Senator,+12022240004,Democrat,3\n";

#[test]
fn changes_are_found_office_by_office_and_field_by_field() {
    let changes = changes(BEFORE, AFTER);

    let ids = |offices: &[exchange::Office]| -> Vec<String> {
        offices.iter().map(|office| office.id.to_string()).collect()
    };
    assert_eq!(ids(&changes.added), ["D000001"]);
    assert_eq!(ids(&changes.removed), ["B000001"]);
    let change = |field: &str, before: &str, after: &str| FieldChange {
        field: field.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
    };
    let fields: Vec<_> = changes
        .changed
        .iter()
        .map(|changed| changed.fields.clone())
        .collect();
    assert_eq!(
        fields,
        [
            vec![change("term_end", "2027-01-03", "")],
            vec![
                change("phone", "+12022240001", "+12022240011"),
                change("class", "", "1"),
                change("term_end", "2031-01-03", ""),
            ],
        ]
    );
}

#[test]
fn a_roster_does_not_differ_from_itself() {
    let changes = changes(BEFORE, BEFORE);

    assert!(changes.is_empty());
    assert_eq!(changes.unchanged, 3);
}

#[test]
fn the_report_reads_line_by_line() {
    let report = Report {
        directory: DirectoryId::parse("senators").unwrap(),
        is_new: false,
        changes: changes(BEFORE, AFTER),
        warnings: vec!["New Mexico has 1 of 2 senators.".to_owned()],
    };

    assert_eq!(
        report.to_string(),
        "senators: 3 offices: 1 added, 2 changed, 1 removed, 0 as before.\n  \
           added    OH 2 Di Dunn (D000001), +1 (202) 224-0004\n  \
           changed  NM 1 Cy Clark (C000001)\n             \
                      term_end: 2027-01-03 -> (none)\n  \
           changed  OH 1 Ann Able (A000001)\n             \
                      phone: +12022240001 -> +12022240011\n             \
                      class: (none) -> 1\n             \
                      term_end: 2031-01-03 -> (none)\n  \
           removed  OH 2 Bob Baker (B000001), +1 (202) 224-0002\n  \
           look at  New Mexico has 1 of 2 senators.\n"
    );
}

fn changes(before: &str, after: &str) -> Changes {
    let offices = |text| read_as("senators", "senators.csv", text).unwrap().offices;
    Changes::between(&offices(before), &offices(after))
}
