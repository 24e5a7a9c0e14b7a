//! What the check of a menu finds before it goes live: each fault by name, at its place and key.

use std::collections::BTreeMap;

use exchange::menu::{Draft, DraftKey, DraftPlace, DraftTo, Fault, What, Words, check};
use exchange::{
    DialRefusal, Directory, DirectoryId, Language, LineKind, MAX_PROMPTS, MenuId, NodeId, Plan,
    PlanRows,
};

use crate::support::{number, office, rows};

pub(crate) fn earth() -> MenuId {
    MenuId::parse("earth").expect("a menu of the story")
}

pub(crate) fn words(text: &str) -> Words {
    Words::from([(Language::English, text.to_owned())])
}

pub(crate) fn place(id: &str, keys: Vec<DraftKey>) -> DraftPlace {
    DraftPlace {
        id: NodeId::parse(id).expect("a place of the story"),
        name: String::new(),
        prompt: words(&format!("You are at {id}.")),
        keys,
    }
}

pub(crate) fn key(key: &str, to: DraftTo) -> DraftKey {
    DraftKey {
        key: key.to_owned(),
        label: String::new(),
        to,
    }
}

pub(crate) fn to_place(id: &str) -> DraftTo {
    DraftTo::Menu {
        node: id.to_owned(),
    }
}

pub(crate) fn announce() -> DraftTo {
    DraftTo::Announce {
        text: words("All is well."),
    }
}

pub(crate) fn list(directory: &str) -> DraftTo {
    DraftTo::List {
        directory: directory.to_owned(),
        intro: words("Choose one."),
    }
}

pub(crate) fn call(number: &str) -> DraftTo {
    DraftTo::Number {
        name: "Headquarters".to_owned(),
        number: number.to_owned(),
    }
}

pub(crate) fn line(id: &str) -> DraftTo {
    DraftTo::Line {
        line: id.to_owned(),
    }
}

pub(crate) fn draft(places: Vec<DraftPlace>) -> Draft {
    Draft {
        name: "Earth".to_owned(),
        places,
    }
}

/// A draft whose beginning leads on by 1, with more keys and places.
fn begins(more: Vec<DraftKey>, others: Vec<DraftPlace>) -> Draft {
    let keys = std::iter::once(key("1", announce())).chain(more).collect();
    draft(std::iter::once(place("root", keys)).chain(others).collect())
}

/// A place, a row of its keys, and what is wrong there.
type At<'a> = (&'a str, Option<usize>, What);

/// The faults by their place, row and sentence.
fn told(faults: &[Fault]) -> Vec<(String, Option<usize>, What)> {
    let told = |fault: &Fault| {
        let place = fault
            .place
            .as_ref()
            .map_or_else(String::new, ToString::to_string);
        (place, fault.row, fault.what.clone())
    };
    faults.iter().map(told).collect()
}

#[track_caller]
fn finds(rows: PlanRows, draft: &Draft, expected: &[At<'_>]) {
    let plan = Plan::new(rows).expect("the plan of the story");
    let expected: Vec<_> = expected
        .iter()
        .map(|(place, row, what)| ((*place).to_owned(), *row, what.clone()))
        .collect();

    assert_eq!(told(&check(&earth(), draft, &plan)), expected);
}

#[test]
fn what_the_seeds_and_stories_have_passes() {
    let rows = rows();
    let menu = rows.menus[0].clone();
    finds(rows, &Draft::of(&menu), &[]);
}

#[test]
fn each_fault_is_named_at_its_place_and_key() {
    let cases: Vec<(&str, Draft, Vec<At<'_>>)> = vec![
        (
            "a key twice",
            begins(
                vec![key("2", announce()), key("1", call("+12025550199"))],
                vec![],
            ),
            vec![("root", Some(2), What::KeyTwice { key: '1' })],
        ),
        (
            "a key that is none",
            begins(
                vec![
                    key("12", announce()),
                    key("*", announce()),
                    key("", announce()),
                ],
                vec![],
            ),
            vec![
                ("root", Some(1), What::NoKey { text: "12".into() }),
                ("root", Some(2), What::Star),
                (
                    "root",
                    Some(3),
                    What::NoKey {
                        text: String::new(),
                    },
                ),
            ],
        ),
        (
            "a menu without a way on",
            begins(
                vec![key("2", to_place("more"))],
                vec![place("more", vec![])],
            ),
            vec![("more", None, What::NoWayOn)],
        ),
        (
            "a loop",
            draft(vec![
                place(
                    "root",
                    vec![key("1", to_place("one")), key("2", announce())],
                ),
                place("one", vec![key("1", to_place("two"))]),
                place("two", vec![key("1", to_place("one"))]),
            ]),
            vec![("one", None, What::Loop), ("two", None, What::Loop)],
        ),
        (
            "a loop by the way back",
            draft(vec![
                place(
                    "root",
                    vec![key("1", to_place("one")), key("2", DraftTo::Back)],
                ),
                place("one", vec![key("9", DraftTo::Back)]),
            ]),
            vec![("root", None, What::Loop), ("one", None, What::Loop)],
        ),
        (
            "an unknown destination",
            begins(
                vec![
                    key("2", to_place("nowhere")),
                    key("3", list("nobody")),
                    key("4", line("nothing")),
                    key("5", DraftTo::Nowhere),
                    key("6", DraftTo::Person),
                    key("7", to_place("Not an id!")),
                ],
                vec![],
            ),
            vec![
                (
                    "root",
                    Some(1),
                    What::NoSuchPlace {
                        id: "nowhere".into(),
                    },
                ),
                (
                    "root",
                    Some(2),
                    What::NoSuchList {
                        id: "nobody".into(),
                    },
                ),
                (
                    "root",
                    Some(3),
                    What::NoSuchLine {
                        id: "nothing".into(),
                    },
                ),
                ("root", Some(4), What::Nowhere),
                (
                    "root",
                    Some(5),
                    What::NoPerson {
                        line: "planets".into(),
                    },
                ),
                (
                    "root",
                    Some(6),
                    What::NoSuchPlace {
                        id: "Not an id!".into(),
                    },
                ),
            ],
        ),
        (
            "numbers that are none, that are nobody's, and that the line does not dial",
            begins(
                vec![
                    key("2", call("soon")),
                    key("3", call("+442071838750")),
                    key("4", call("+19005550123")),
                    key(
                        "5",
                        DraftTo::Number {
                            name: " ".into(),
                            number: "+12025550199".into(),
                        },
                    ),
                ],
                vec![],
            ),
            vec![
                (
                    "root",
                    Some(1),
                    What::NoSuchNumber {
                        text: "soon".into(),
                    },
                ),
                (
                    "root",
                    Some(2),
                    What::NotDialled {
                        line: "planets".into(),
                        refusal: DialRefusal::NotAllowed,
                    },
                ),
                (
                    "root",
                    Some(3),
                    What::NotDialled {
                        line: "planets".into(),
                        refusal: DialRefusal::Premium,
                    },
                ),
                ("root", Some(4), What::NamelessNumber),
            ],
        ),
        (
            "a list without entries of its own",
            begins(vec![key("2", list("senators"))], vec![]),
            vec![(
                "root",
                Some(1),
                What::EmptyList {
                    list: "senators".into(),
                },
            )],
        ),
        (
            "places that nobody can reach",
            begins(vec![], vec![place("island", vec![key("1", announce())])]),
            vec![("island", None, What::Unreached)],
        ),
        (
            "a menu without a place, or a name",
            Draft::default(),
            vec![("", None, What::NoName), ("", None, What::NoPlace)],
        ),
    ];
    for (what, draft, expected) in cases {
        eprintln!("{what}");
        finds(rows(), &draft, &expected);
    }
}

#[test]
fn nothing_said_is_found_in_every_language_that_a_line_of_the_menu_speaks() {
    let mut rows = rows();
    let mut spanish = rows.lines[1].clone();
    spanish.id = exchange::LineId::parse("planetas").unwrap();
    spanish.number = None;
    spanish.language = Language::Spanish;
    rows.lines.push(spanish);
    let in_spanish = rows.prompts.iter().cloned().map(|row| exchange::PromptRow {
        language: Language::Spanish,
        ..row
    });
    rows.prompts = in_spanish.chain(rows.prompts.clone()).collect();
    let both = |text: &str| {
        BTreeMap::from([Language::English, Language::Spanish].map(|l| (l, text.to_owned())))
    };
    let mut menu = Draft::of(&rows.menus[0]);
    for place in &mut menu.places {
        place.prompt = both("Both.");
        for key in &mut place.keys {
            match &mut key.to {
                DraftTo::List { intro: words, .. } | DraftTo::Announce { text: words } => {
                    *words = both("Both.");
                }
                DraftTo::Nowhere
                | DraftTo::Menu { .. }
                | DraftTo::Number { .. }
                | DraftTo::Line { .. }
                | DraftTo::Person
                | DraftTo::Back => {}
            }
        }
    }
    rows.menus = menu.menu(&earth(), 1).into_iter().collect();
    let whole = menu.clone();
    finds(rows.clone(), &whole, &[]);

    let language = Language::Spanish;
    menu.places[0].prompt = words("English alone.");
    menu.places[0].keys[0].to = announce();
    menu.places[0].keys[1].to = list("planets");

    finds(
        rows,
        &menu,
        &[
            ("root", None, What::NothingSaid { language }),
            ("root", Some(0), What::NothingAnnounced { language }),
            ("root", Some(1), What::NothingSaidFirst { language }),
        ],
    );
}

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
