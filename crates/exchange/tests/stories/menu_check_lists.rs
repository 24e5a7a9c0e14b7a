//! What the check finds in lists, in lines that lead to menus, and in trees that go deep; and what it only mentions.

use exchange::menu::{DraftTo, Fault, What, check};
use exchange::{Directory, DirectoryId, LineKind, MAX_PROMPTS, MenuId, Plan};

use crate::menu_check::{begins, finds};
use crate::menu_draft::{announce, call, draft, earth, key, line, list, place, to_place};
use crate::support::{number, office, rows};

#[test]
fn a_list_with_more_entries_than_keys_is_found_and_one_with_nine_passes() {
    let with = |positions: std::ops::RangeInclusive<u16>| {
        let mut rows = rows();
        rows.directories.push(Directory {
            id: DirectoryId::parse("moons").unwrap(),
            name: "Moons".into(),
            source: String::new(),
            as_of: String::new(),
        });
        rows.offices.extend(positions.map(|position| {
            office(
                "moons",
                &format!("m{position}"),
                None,
                position,
                "A moon",
                "+12025550150",
            )
        }));
        rows
    };
    let menu = begins(vec![key("2", list("moons"))], vec![]);

    finds(with(1..=9), &menu, &[]);
    let (list, entries) = ("moons".to_owned(), 10);
    finds(
        with(1..=10),
        &menu,
        &[(
            "root",
            Some(1),
            What::LongList {
                list: list.clone(),
                entries,
            },
        )],
    );
    let entry = "A moon".to_owned();
    finds(
        with(9..=10),
        &menu,
        &[(
            "root",
            Some(1),
            What::ListKey {
                list,
                entry,
                key: 10,
            },
        )],
    );
}

#[test]
fn lines_that_only_lead_to_each_other_are_found_and_those_with_a_way_out_pass() {
    let mut rows = rows();
    let mut other = rows.lines[1].clone();
    other.id = exchange::LineId::parse("other").unwrap();
    other.name = "Other".into();
    other.number = None;
    other.kind = LineKind::Menu {
        menu: MenuId::parse("mars").unwrap(),
    };
    rows.lines.push(other);
    let back = draft(vec![place("root", vec![key("1", line("planets"))])]);
    let mars = MenuId::parse("mars").unwrap();
    rows.menus.push(back.menu(&mars, 1).unwrap());

    let round = draft(vec![place("root", vec![key("1", line("other"))])]);
    let circle = What::CircleOfLines {
        line: "Other".into(),
    };
    finds(rows.clone(), &round, &[("root", Some(0), circle)]);

    let out = draft(vec![place(
        "root",
        vec![key("1", line("other")), key("2", line("senators"))],
    )]);
    finds(rows, &out, &[]);
}

#[test]
fn a_place_that_is_further_than_a_call_goes_is_found() {
    let last = usize::from(MAX_PROMPTS);
    let mut places: Vec<_> = (0..last)
        .map(|n| {
            place(
                &format!("p{n}"),
                vec![key("1", to_place(&format!("p{}", n + 1)))],
            )
        })
        .collect();
    places.push(place(&format!("p{last}"), vec![key("1", announce())]));

    let far = format!("p{last}");
    finds(rows(), &draft(places), &[(&far, None, What::TooDeep)]);
}

#[test]
fn what_is_only_worth_a_look_stops_nobody() {
    let mut rows = rows();
    rows.lines[1].person = Some(number("+12025550177"));
    rows.offices.push(office(
        "planets",
        "abroad",
        None,
        4,
        "Naboo",
        "+442071838750",
    ));
    let plan = Plan::new(rows).unwrap();
    let menu = begins(
        vec![
            key("0", announce()),
            key("2", list("planets")),
            key("3", DraftTo::Person),
        ],
        vec![place("island", vec![key("1", announce())])],
    );

    let faults = check(&earth(), &menu, &plan);

    let whats: Vec<_> = faults.iter().map(|fault| fault.what.to_string()).collect();
    assert_eq!(
        whats,
        [
            "Callers of the line planets are told that 0 reaches a person. Here it does something else.",
            "The line planets would not dial Naboo: the line's dial rules do not allow that country or prefix.",
            "No key leads here.",
        ]
    );
    assert!(faults.iter().all(Fault::is_warning));
}

#[test]
fn what_is_missing_is_called_missing() {
    let plan = Plan::new(rows()).unwrap();
    let menu = begins(vec![key("", announce()), key("2", call(""))], vec![]);

    let whats: Vec<_> = check(&earth(), &menu, &plan)
        .iter()
        .map(|fault| fault.what.to_string())
        .collect();

    assert_eq!(
        whats,
        [
            "The key is missing. Use one digit, 0 to 9.",
            "The telephone number is missing. Write it with its country code, like +12022246665.",
        ]
    );
}
